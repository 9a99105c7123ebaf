"""How many things of a kind there are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from allocentric.questions.families.things import counted
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.words import plural


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Labels with two things or more: of one thing, "how many" gives the answer away."""
    counts = counted(scene)
    labels = sorted(label for label, count in counts.items() if count > 1)
    yield from ("the only one of its kind" for _ in range(len(counts) - len(labels)))
    for row in random.permutation(len(labels)):
        label = labels[int(row)]
        yield Ask(f'count(all("{label}"))', {"thing": label, "things": plural(label)})


FAMILY = Family(
    name="object_count",
    code="A1",
    about="how many things of a kind there are",
    kind="count",
    templates=(
        "How many {thing}(s) are in this room?",
        "How many {things} are there?",
        "What is the number of {things} here?",
    ),
    chinese=("这个房间里有多少个{thing}？", "一共有几个{thing}？", "{thing}的数量是多少？"),
    asks=_asks,
    needs=("things", "complete"),
)
