"""At which of some things one stands, from what one faces and what one has at one's side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.geometry.sectors import RINGS
from allocentric.questions.families.measures import bearing_rad, plan_m
from allocentric.questions.families.reasons import NEAR_A_SECTOR, not_within
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE
from allocentric.words import a_list

LEAST_M: Final = 0.3
MOST_M: Final = 8.0
MOST_DRAWN: Final = 10_000
SIDES: Final = (
    ("left", "left_right", "to my left"),
    ("right", "left_right", "to my right"),
    ("back", "four", "behind me"),
)
PLACES: Final = 3


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Places of which from one alone the thing is at that side, and clearly not from the others."""
    rows, apart_m = unique(scene), plan_m(scene)
    fit = (apart_m >= LEAST_M) & (apart_m <= MOST_M)
    for drawn in first(shuffled_tuples(len(rows), PLACES + 2, random), MOST_DRAWN):
        facing, seen, *places = (rows[each] for each in drawn)
        if not all(fit[at, facing] and fit[at, seen] for at in places):
            yield not_within(LEAST_M, MOST_M)
            continue
        side, sectors, said = SIDES[int(random.integers(len(SIDES)))]
        ring = RINGS[sectors]
        angles = [bearing_rad(*(scene.centers[row] for row in (at, facing, seen))) for at in places]
        there = [at for at, angle in zip(places, angles, strict=True) if ring.label(angle) == side]
        if len(there) != 1:
            yield "not so from one place alone"
            continue
        if min(ring.gap_rad(each) for each in angles) < TOLERANCE["rad"]:
            yield NEAR_A_SECTOR
            continue
        names = tuple(scene.labels[row] for row in places)
        f, e = scene.labels[facing], scene.labels[seen]
        frame = f'standing(at=t, facing=the("{f}"))'
        among = " | ".join(f'all("{each}")' for each in names)
        program = f'{{t for t in {among} if direction(the("{e}"), {frame}, sectors="{sectors}") == "{side}"}}'
        slots = {
            "places": a_list([f"the {each}" for each in names], last="or"),
            "facing": f,
            "seen": e,
            "side": said,
            "your_side": said.replace("my", "your").replace("me", "you"),
        }
        yield Ask(program, slots, options=names)


FAMILY = Family(
    name="landmark_pose",
    code="F5",
    about="at which of some things one stands who faces one thing and has another at one side",
    kind="choice",
    templates=(
        "I am standing by {places} and facing the {facing}. The {seen} is {side}. Where am I standing?",
        "I am standing at {places}, facing the {facing}, and the {seen} is {side}. Where am I?",
        "You are standing at {places} and facing the {facing}. The {seen} is {your_side}. Where are you?",
    ),
    asks=_asks,
    frame="observer",
    human=True,
)
