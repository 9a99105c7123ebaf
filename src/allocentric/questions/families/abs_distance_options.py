"""How far apart two things are, with distances to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.measures import amounts_beside, gap_rows
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured

LEAST_M: Final = 0.2
MOST_DRAWN: Final = 5_000


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    rows = unique(scene)
    for a, b in first(shuffled_tuples(len(rows), 2, random, ordered=False), MOST_DRAWN):
        if gap_rows(scene, rows[a])[rows[b]] * scene.scale.low < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        yield Ask(f'distance(the("{one}"), the("{other}"))', {"a": one, "b": other})


def _offer(ask: Ask, found: Measured, random: np.random.Generator) -> tuple[str, ...]:
    return amounts_beside(float(found.value), random, say=lambda metres: f"{metres:.2f} m")  # type: ignore[arg-type]


FAMILY = Family(
    name="abs_distance_options",
    code="B1",
    about="how far apart two things are, between their closest points, of four distances",
    kind="choice",
    templates=(
        "Measured between their closest points, how far is the {a} from the {b}?",
        "How far is the {a} from the {b}?",
        "How large is the gap between the {a} and the {b}?",
    ),
    asks=_asks,
    offer=_offer,
    needs=("things", "scale"),
)
