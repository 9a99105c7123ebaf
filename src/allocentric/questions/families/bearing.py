"""By how many degrees an observer must turn to face a thing, and how far off the middle of sight it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.geometry.sectors import RINGS
from allocentric.questions.families.measures import bearing_rad, plan_m
from allocentric.questions.families.reasons import NEAR_A_SECTOR, closer_than
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

LEAST_M: Final = 0.3
LEAST_RAD: Final = math.radians(5)
MOST_DRAWN: Final = 5_000
SIGHT: Final = ("slightly left", "slightly right", "front-left", "front-right", "out of sight")


def _triples(scene: Scene, random: np.random.Generator) -> Iterator[tuple[tuple[str, str, str], float] | str]:
    rows, apart_m = unique(scene), plan_m(scene)
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        at, facing, to = (rows[each] for each in drawn)
        if min(apart_m[at, facing], apart_m[at, to]) < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        bearing = bearing_rad(*(scene.centers[row] for row in (at, facing, to)))
        yield (scene.labels[at], scene.labels[facing], scene.labels[to]), bearing


def _turns(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """The shorter way round, and not a turn of next to nothing."""
    for each in _triples(scene, random):
        if isinstance(each, str):
            yield each
            continue
        (at, facing, to), bearing = each
        if not LEAST_RAD <= abs(bearing) <= math.pi - LEAST_RAD:
            yield "next to no turn, or half a turn"
            continue
        side = "left" if bearing > 0 else "right"
        frame = f'standing(at=the("{at}"), facing=the("{facing}"))'
        slots = {"at": at, "facing": facing, "to": to, "side": side}
        yield Ask(f'bearing(the("{to}"), {frame}, turning="{side}")', slots)


def _in_sight(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    for each in _triples(scene, random):
        if isinstance(each, str):
            yield each
            continue
        (at, facing, to), bearing = each
        if RINGS["sight"].gap_rad(bearing) < TOLERANCE["rad"]:
            yield NEAR_A_SECTOR
            continue
        frame = f'standing(at=the("{at}"), facing=the("{facing}"))'
        slots = {"at": at, "facing": facing, "to": to}
        yield Ask(f'direction(the("{to}"), {frame}, sectors="sight")', slots, options=SIGHT)


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
            "I am standing by the {at} and facing the {facing}. Is the {to} slightly left or right (by up to "
            "22.5 degrees), front-left or front-right (by up to 45 degrees), or out of sight?",
            "If I stand at the {at} facing the {facing} and see 45 degrees to either side, where do I see "
            "the {to}: slightly left or right (by up to 22.5 degrees), front-left or front-right, or not at "
            "all?",
            "Standing by the {at} and facing the {facing}, I see 45 degrees to either side. Is the {to} "
            "slightly left or right (by up to 22.5 degrees), front-left or front-right, or out of sight?",
        ),
        asks=_in_sight,
        frame="observer",
    ),
)
