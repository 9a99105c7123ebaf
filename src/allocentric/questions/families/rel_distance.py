"""Which of some things is nearest to, or farthest from, another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.words import a_list

OPTIONS: Final = 4
MOST_DRAWN: Final = 5_000


def _asks(scene: Scene, random: np.random.Generator, *, word: str) -> Iterator[Ask]:
    rows = unique(scene)
    for drawn in first(shuffled_tuples(len(rows), OPTIONS + 1, random), MOST_DRAWN):
        to, *others = (scene.names[rows[each]] for each in drawn)
        listed = ", ".join(f'all("{each}")' for each in others)
        slots = {"to": to, "options": a_list(others, last="or")}
        yield Ask(f'{word}([{listed}], to=the("{to}"))', slots, options=tuple(others))


def _family(word: str, adjective: str, code: str) -> Family:
    asks: Callable[[Scene, np.random.Generator], Iterator[Ask]] = partial(_asks, word=word)
    return Family(
        name=f"rel_distance_{adjective}",
        code=code,
        about=f"which of four things is the {adjective} to another, between their closest points",
        kind="choice",
        templates=(
            f"Measuring from the closest point of each object, which of these objects ({{options}}) is the "
            f"{adjective} {'to' if word == 'nearest' else 'from'} the {{to}}?",
        ),
        asks=asks,
    )


FAMILIES: Final = (_family("nearest", "closest", "B6"), _family("farthest", "farthest", "B6"))
