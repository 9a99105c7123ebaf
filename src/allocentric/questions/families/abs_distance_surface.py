"""How far apart two things are, between their closest points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.reasons import closer_than
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured

LEAST_M: Final = 0.2  # closer things all but touch, and an error of centimetres is the whole answer
MOST_DRAWN: Final = 20_000


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    rows = unique(scene)
    pairs = first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN)
    for a, b in (pair for pair in pairs if pair[0] < pair[1]):  # the other way round it is the same
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        yield Ask(f'distance(the("{one}"), the("{other}"))', {"a": one, "b": other})


def _fair(scene: Scene, ask: Ask, found: Measured) -> str | None:
    return None if float(found.value) >= LEAST_M else closer_than(LEAST_M)  # type: ignore[arg-type]


FAMILY = Family(
    name="abs_distance_surface",
    code="B1",
    about="how far apart two things are, between their closest points",
    kind="length",
    unit="m",
    templates=(
        "Measuring from the closest point of each object, what is the distance between the {a} and the {b} "
        "(in meters)?",
        "How far is the {a} from the {b}, in metres?",
        "What is the distance between the {a} and the {b} in metres?",
    ),
    chinese=(
        "从最近的点量起，{a}和{b}相距多少米？",
        "{a}离{b}有多少米？",
        "{a}与{b}之间的距离是多少米？",
    ),
    asks=_asks,
    fair=_fair,
    needs=("things", "scale"),
)
