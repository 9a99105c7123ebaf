"""Standing at one thing and facing another: in which direction is a third."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.geometry.sectors import RINGS
from allocentric.intervals import wrap
from allocentric.questions.families.measures import bearing_rad, corners_m, plan_m
from allocentric.questions.families.reasons import NEAR_A_SECTOR, not_within
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE, Measured

LEAST_M: Final = 0.3
MOST_M: Final = 5.0
MOST_CORNERS: Final = 2
"""So many of the eight corners of the thing may lie in another sector than its centre."""

BEHIND_RAD: Final = math.radians(135)
MOST_DRAWN: Final = 20_000
AWAY: Final = not_within(LEAST_M, MOST_M)
BEHIND: Final = "behind: 135 degrees and more from straight ahead"
FORMS: Final = {
    "hard": ("quadrants", ("front-left", "front-right", "back-left", "back-right")),
    "medium": ("left_right_back", ("left", "right", "back")),
    "easy": ("left_right", ("left", "right")),
}


def _asks(
    scene: Scene, random: np.random.Generator, *, level: str, backward: bool = False
) -> Iterator[Ask | str]:
    """Triples of things that are neither on top of one another nor far apart on the plan, well in one."""
    rows, apart_m = unique(scene), plan_m(scene)
    sectors, options = FORMS[level]
    ring = RINGS[sectors]
    fit = (apart_m >= LEAST_M) & (apart_m <= MOST_M)
    centers = scene.centers.tolist()
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        at, facing, to = (rows[each] for each in drawn)
        if not (fit[at, facing] and fit[at, to] and fit[facing, to]):
            yield AWAY
            continue
        bearing = wrap(bearing_rad(centers[at], centers[facing], centers[to]) + math.pi * backward)
        if ring.gap_rad(bearing) < TOLERANCE["rad"]:
            yield NEAR_A_SECTOR
            continue
        if level == "easy" and abs(bearing) >= BEHIND_RAD:
            yield BEHIND
            continue
        a, b, c = (scene.labels[row] for row in (at, facing, to))
        frame = f'standing(at=the("{a}"), facing=the("{b}"))'
        frame = f"turned({frame}, deg(180))" if backward else frame
        program = f'direction(the("{c}"), {frame}, sectors="{sectors}")'
        yield Ask(program, {"at": a, "facing": b, "to": c}, options=options)


def _fair(scene: Scene, ask: Ask, found: Measured, *, level: str, backward: bool = False) -> str | None:
    """Nearly all of the thing's box lies where its centre does."""
    at, facing, to = (scene.labels.index(ask.slots[each]) for each in ("at", "facing", "to"))
    centers, ring = scene.centers.tolist(), RINGS[FORMS[level][0]]
    corners = corners_m(scene)[to].tolist()

    def label(point: list[float]) -> str:
        return ring.label(wrap(bearing_rad(centers[at], centers[facing], point) + math.pi * backward))

    here = label(centers[to])
    elsewhere = sum(label(each) != here for each in corners)
    return "its box reaches into another direction" if elsewhere > MOST_CORNERS else None


_ASKED: Final = {
    "hard": (
        "If I am standing by the {at} and facing the {facing}, is the {to} to my front-left, front-right, "
        "back-left, or back-right? The directions refer to the quadrants of a Cartesian plane (if I am "
        "standing at the origin and facing along the positive y-axis).",
        "When I stand at the {at} and look at the {facing}, is the {to} front-left, front-right, back-left "
        "or back-right of me?",
        "Standing by the {at} and facing the {facing}, in which quadrant is the {to}: front-left, "
        "front-right, back-left or back-right?",
    ),
    "medium": (
        "If I am standing by the {at} and facing the {facing}, is the {to} to my left, right, or back? An "
        "object is to my back if I would have to turn at least 135 degrees in order to face it.",
        "Standing at the {at} and facing the {facing}, where is the {to}: to my left, to my right or behind "
        "me?",
        "I am standing by the {at} and facing the {facing}. Is the {to} to my left, to my right or behind "
        "me?",
    ),
    "easy": (
        "If I am standing by the {at} and facing the {facing}, is the {to} to the left or the right of "
        "the {facing}?",
        "I am standing beside the {at} and looking at the {facing}. Is the {to} on my left or on my right?",
        "Standing by the {at} and facing the {facing}, is the {to} to my left or to my right?",
    ),
}


_WHERE_IN_CHINESE: Final = {
    "hard": "左前方、右前方、左后方还是右后方",
    "medium": "左边、右边还是后面",
    "easy": "左边还是右边",
}
_ASKED_IN_CHINESE: Final = {
    level: (
        f"如果我站在{{at}}旁边，面向{{facing}}，那么{{to}}在我的{where}？",
        f"站在{{at}}旁边并面朝{{facing}}时，{{to}}位于我的{where}？",
        f"我站在{{at}}旁边看着{{facing}}。{{to}}在我的{where}？",
    )
    for level, where in _WHERE_IN_CHINESE.items()
}

_BACKWARD: Final = {
    "hard": (
        "If I am standing by the {at} with my back to the {facing}, is the {to} to my front-left, "
        "front-right, back-left, or back-right?",
        "I am standing by the {at} with my back turned to the {facing}. In which quadrant is the {to}: "
        "front-left, front-right, back-left or back-right?",
        "Standing by the {at}, my back to the {facing}, is the {to} front-left, front-right, back-left or "
        "back-right of me?",
    ),
    "easy": (
        "If I am standing by the {at} with my back to the {facing}, is the {to} to the left or the right of "
        "me?",
        "I am standing by the {at}, my back turned to the {facing}. Is the {to} on my left or on my right?",
        "Standing by the {at} with my back to the {facing}, is the {to} to my left or to my right?",
    ),
}

FAMILIES: Final = (
    *(
        Family(
            name=f"anchored_direction_{level}",
            code=code,
            about="standing at one thing and facing another, in which direction a third is",
            kind="choice",
            templates=_ASKED[level],
            chinese=_ASKED_IN_CHINESE[level],
            asks=partial(_asks, level=level),
            fair=partial(_fair, level=level),
            frame="observer",
        )
        for level, code in (("hard", "C5"), ("medium", "C6"), ("easy", "C7"))
    ),
    *(
        Family(
            name=f"anchored_direction_{level}_backward",
            code=code,
            about="standing at one thing with one's back to another, in which direction a third is",
            kind="choice",
            templates=_BACKWARD[level],
            asks=partial(_asks, level=level, backward=True),
            fair=partial(_fair, level=level, backward=True),
            frame="observer",
        )
        for level, code in (("hard", "C5"), ("easy", "C7"))
    ),
)
