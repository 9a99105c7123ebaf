"""Whether a thing is between two others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.measures import bearing_rad, in_turn, plan_m
from allocentric.questions.families.reasons import NEAR_A_SECTOR, not_within
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

LEAST_M: Final = 0.3
MOST_M: Final = 5.0
WITHIN_RAD: Final = math.radians(45)
MOST_DRAWN: Final = 20_000


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Things that are clearly between two others and things that clearly are not, in turn."""
    rows, apart_m = unique(scene), plan_m(scene)
    fit = (apart_m >= LEAST_M) & (apart_m <= MOST_M)
    held: dict[bool, list[Ask]] = {True: [], False: []}
    triples = first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN)
    for drawn in (
        each for each in triples if each[1] < each[2]
    ):  # the others the other way round is the same
        thing, one, other = (rows[each] for each in drawn)
        if not (fit[thing, one] and fit[thing, other]):
            yield not_within(LEAST_M, MOST_M)
            continue
        bend = math.pi - abs(bearing_rad(*(scene.centers[row] for row in (thing, one, other))))
        if abs(bend - WITHIN_RAD) < TOLERANCE["rad"]:
            yield NEAR_A_SECTOR
            continue
        a, b, c = (scene.labels[row] for row in (thing, one, other))
        ask = Ask(f'between(the("{a}"), the("{b}"), the("{c}"))', {"a": a, "b": b, "c": c})
        held[bend < WITHIN_RAD].append(ask)
    yield from in_turn(random, held[True], held[False])


FAMILY = Family(
    name="between",
    code="C14",
    about="whether two things lie on opposite sides of another, within 45 degrees of straight",
    kind="yes_no",
    templates=(
        "Is the {a} between the {b} and the {c}?",
        "Does the {a} lie between the {b} and the {c}?",
        "Is the {a} located between the {b} and the {c}?",
    ),
    asks=_asks,
    human=True,
)
