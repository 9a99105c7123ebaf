"""Where a thing is from another's own point of view, and which side of one is turned to another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
from shapely.geometry import MultiPoint, Polygon

from allocentric.geometry.sectors import RINGS
from allocentric.questions.families.measures import bearing_rad, corners_m, plan_m
from allocentric.questions.families.reasons import NEAR_A_SECTOR, NO_FRONT, farther_than
from allocentric.questions.families.things import first, fronted, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

MOST_M: Final = 5.0
MOST_DRAWN: Final = 5_000
FOUR: Final = ("front", "left", "right", "back")
EIGHT: Final = RINGS["eight"].labels


def _asks(scene: Scene, random: np.random.Generator, *, sectors: str) -> Iterator[Ask | str]:
    """A thing with a front and another that it does not overlap on the plan."""
    rows, apart_m, fronts = unique(scene), plan_m(scene), fronted(scene)
    for one, other in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        of, to = rows[one], rows[other]
        if of not in fronts:
            yield NO_FRONT
            continue
        if apart_m[of, to] > MOST_M:
            yield farther_than(MOST_M)
            continue
        if apart_m[of, to] == 0 or _overlap(scene, of, to):
            yield "they overlap on the plan"
            continue
        x, y = scene.centers[of, :2].tolist()
        ahead = (x + fronts[of][0], y + fronts[of][1])
        if (
            RINGS[sectors].gap_rad(bearing_rad(scene.centers[of], ahead, scene.centers[to]))
            < TOLERANCE["rad"]
        ):
            yield NEAR_A_SECTOR
            continue
        a, b = scene.labels[of], scene.labels[to]
        program = f'direction(the("{b}"), of(the("{a}")), sectors="{sectors}")'
        yield Ask(program, {"of": a, "to": b}, options=EIGHT if sectors == "eight" else FOUR)


def _overlap(scene: Scene, row: int, other: int) -> bool:
    return bool(_plan(scene, row).intersects(_plan(scene, other)))


def _plan(scene: Scene, row: int) -> Polygon:
    return scene.cached(
        f"plan of box {row}", lambda: MultiPoint(corners_m(scene)[row, :, :2]).convex_hull.buffer(1e-6)
    )


FAMILIES: Final = (
    Family(
        name="facing_object_relation",
        code="C8",
        about="in which of four directions a thing is, from another's own point of view",
        kind="choice",
        templates=(
            "From the {of}'s own point of view, is the {to} in front, behind, to the left or to the right?",
            "From the point of view of the {of}, in which direction is the {to}: front, left, right or back?",
            "Going by the {of}'s own front, is the {to} in front, behind, to the left or to the right?",
        ),
        asks=partial(_asks, sectors="four"),
        needs=("things", "fronts"),
        frame="object",
    ),
    Family(
        name="facing_object_relation_8",
        code="C8",
        about="in which of eight directions a thing is, from another's own point of view",
        kind="choice",
        templates=(
            "From the {of}'s own point of view, in which of the eight directions is the {to}?",
            "Seen from the {of}'s own front, in which of the eight directions is the {to}?",
            "From the point of view of the {of}, in which of the eight directions is the {to}?",
        ),
        asks=partial(_asks, sectors="eight"),
        needs=("things", "fronts"),
        frame="object",
    ),
    Family(
        name="side_facing",
        code="D1",
        about="which side of a thing is turned to another",
        kind="choice",
        templates=(
            "Which side of the {of} is turned to the {to}: front, left, right or back?",
            "Which side of the {of} faces the {to}: its front, left, right or back?",
            "Which side of the {of} is towards the {to}: front, left, right or back?",
        ),
        asks=partial(_asks, sectors="four"),
        needs=("things", "fronts"),
        frame="object",
    ),
)
