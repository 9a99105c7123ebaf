"""How far apart the centres of two things are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.reasons import closer_than
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured

LEAST_M: Final = 0.2
MOST_DRAWN: Final = 20_000


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    rows = unique(scene)
    for a, b in first(shuffled_tuples(len(rows), 2, random, ordered=False), MOST_DRAWN):
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        program = f'distance(the("{one}"), the("{other}"), geometry="centre")'
        yield Ask(program, {"a": one, "b": other})


def _fair(scene: Scene, ask: Ask, found: Measured) -> str | None:
    return None if float(found.value) >= LEAST_M else closer_than(LEAST_M)  # type: ignore[arg-type]


FAMILY = Family(
    name="abs_distance_centre",
    code="B2",
    about="how far apart the centres of two things are",
    kind="length",
    unit="m",
    templates=(
        "What is the distance between the centres of the {a} and the {b}, in metres?",
        "How far is the centre of the {a} from the centre of the {b}, in metres?",
        "Measured from centre to centre, how many metres are there between the {a} and the {b}?",
    ),
    asks=_asks,
    fair=_fair,
    needs=("things", "scale"),
)
