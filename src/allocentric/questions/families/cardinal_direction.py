"""In which direction of the compass a thing is from another, and which way one faces."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.geometry.sectors import RINGS
from allocentric.questions.families.measures import plan_m
from allocentric.questions.families.reasons import NEAR_A_SECTOR, closer_than
from allocentric.questions.families.things import first, fronted, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

LEAST_M: Final = 0.3
MOST_DRAWN: Final = 5_000
EIGHT: Final = RINGS["compass8"].labels
FOUR: Final = ("north", "east", "south", "west")


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    rows, apart_m = unique(scene), plan_m(scene)
    for one, other in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        here, to = rows[one], rows[other]
        if apart_m[here, to] < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        x, y = scene.centers[to, :2] - scene.centers[here, :2]
        if RINGS["compass8"].gap_rad(math.atan2(y, x) - scene.north.middle_rad) < TOLERANCE["rad"]:
            yield NEAR_A_SECTOR
            continue
        a, b = scene.labels[here], scene.labels[to]
        program = f'direction(the("{b}"), north(at=the("{a}")), sectors="compass8")'
        yield Ask(program, {"at": a, "to": b}, options=EIGHT)


def _faces(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    """Where a step forward leads, from the thing itself."""
    fronts = fronted(scene)
    held = [row for row in unique(scene) if row in fronts]
    for place in random.permutation(len(held)):
        name = scene.labels[held[int(place)]]
        there = f'moved(of(the("{name}")), forward=1)'
        yield Ask(
            f'direction({there}, north(at=the("{name}")), sectors="compass4")', {"thing": name}, options=FOUR
        )


FAMILIES: Final = (
    Family(
        name="cardinal_direction",
        code="C10",
        about="in which of the eight directions of the compass a thing is from another",
        kind="choice",
        templates=(
            "In which compass direction is the {to} from the {at}?",
            "Going from the {at} to the {to}, in which compass direction must I walk?",
            "What is the cardinal direction from the {at} to the {to}?",
        ),
        chinese=(
            "从{at}看，{to}在哪个方向（东、南、西、北等八个方向）？",
            "{to}在{at}的哪个方位？",
            "从{at}走到{to}，要朝哪个方向走？",
        ),
        asks=_asks,
        needs=("things", "north"),
        frame="map",
    ),
    Family(
        name="allocentric_facing",
        code="D5",
        about="in which of the four directions of the compass a thing faces",
        kind="choice",
        templates=(
            "In which compass direction does the {thing} face: north, east, south or west?",
            "Which way does the {thing} face: north, east, south or west?",
            "Is the {thing} facing north, east, south or west?",
        ),
        asks=_faces,
        needs=("things", "fronts", "north"),
        frame="map",
    ),
)
