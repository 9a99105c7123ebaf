"""By how many degrees an observer must turn to face a thing, and how far off the middle of sight it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.intervals import wrap
from allocentric.questions.families.measures import bearing_rad, plan_m
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE, Label, Measured, Undetermined, margin

LEAST_M: Final = 0.3
LEAST_RAD: Final = math.radians(5)
MOST_DRAWN: Final = 5_000
BINS: Final = (
    ("straight ahead", 0.0),
    ("slightly to my {side}", 22.5),
    ("to my front-{side}", 45.0),
    ("beyond my view", 180.0),
)
"""Bearings in the sight of 90 degrees, each up to so many degrees off its middle."""

EGOCENTRIC: Final = (
    "slightly to my left",
    "slightly to my right",
    "to my front-left",
    "to my front-right",
    "beyond my view",
)


def _triples(scene: Scene, random: np.random.Generator) -> Iterator[tuple[tuple[str, str, str], float]]:
    rows, apart_m = unique(scene), plan_m(scene)
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        at, facing, to = (rows[each] for each in drawn)
        if apart_m[at, facing] >= LEAST_M and apart_m[at, to] >= LEAST_M:
            bearing = bearing_rad(*(scene.centers[row] for row in (at, facing, to)))
            yield (scene.labels[at], scene.labels[facing], scene.labels[to]), bearing


def _turns(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    """The shorter way round, and not a turn of next to nothing."""
    for (at, facing, to), bearing in _triples(scene, random):
        if LEAST_RAD <= abs(bearing) <= math.pi - LEAST_RAD:
            side = "left" if bearing > 0 else "right"
            frame = f'standing(at=the("{at}"), facing=the("{facing}"))'
            slots = {"at": at, "facing": facing, "to": to, "side": side}
            yield Ask(f'bearing(the("{to}"), {frame}, turning="{side}")', slots)


def _bins(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    for (at, facing, to), bearing in _triples(scene, random):
        if _gap_rad(bearing) >= TOLERANCE["rad"]:
            frame = f'standing(at=the("{at}"), facing=the("{facing}"))'
            slots = {"at": at, "facing": facing, "to": to}
            yield Ask(f'bearing(the("{to}"), {frame})', slots, options=EGOCENTRIC)


def _in_bin(scene: Scene, ask: Ask) -> Measured | Undetermined:
    """The bin that the bearing of the program lies in."""
    found = settled(scene, ask.program)
    if isinstance(found, Undetermined):
        return found
    bearing = wrap(float(found.value))  # type: ignore[arg-type]
    side = "left" if bearing > 0 else "right"
    names = [name.format(side=side) for name, most in BINS if abs(math.degrees(bearing)) <= most]
    gap = margin(_gap_rad(bearing), "rad", "bearing")
    return Measured(names[0], Label((names[0],), gap), gap, found.evidence)


def _gap_rad(bearing: float) -> float:
    """How far a bearing is from the nearest border of a bin; straight ahead is one."""
    off = abs(math.degrees(bearing))
    return math.radians(min(abs(off - most) for _, most in BINS[:-1]))


FAMILIES: Final = (
    Family(
        name="bearing",
        code="C12",
        about="by how many degrees an observer must turn to face a thing",
        kind="angle",
        unit="deg",
        templates=(
            "Standing by the {at} and facing the {facing}, how many degrees must I turn to the {side} to "
            "face the {to}?",
            "If I stand at the {at} facing the {facing}, by how many degrees do I have to turn {side} to "
            "face the {to}?",
            "I am standing by the {at} and facing the {facing}. By what angle must I turn {side} to look at "
            "the {to}, in degrees?",
        ),
        asks=_turns,
        frame="observer",
    ),
    Family(
        name="egocentric_bins",
        code="C11",
        about="how far to which side of the middle of a sight of 90 degrees a thing is",
        kind="choice",
        templates=(
            "I am standing by the {at} and facing the {facing}, with a field of view of 90 degrees. Is the "
            "{to} slightly to my left or right (up to 22.5 degrees), to my front-left or front-right (up to "
            "45 degrees), or beyond my view?",
            "From the {at}, looking at the {facing} and seeing 45 degrees to either side, where is the {to}: "
            "slightly to my left or right (within 22.5 degrees), to my front-left or front-right, or beyond "
            "my view?",
            "Standing at the {at} and facing the {facing}, I see 45 degrees to the left and to the right. "
            "Where do I see the {to}: slightly left or right (by at most 22.5 degrees), front-left or "
            "front-right, or not at all?",
        ),
        asks=_bins,
        decide=_in_bin,
        frame="observer",
    ),
)
