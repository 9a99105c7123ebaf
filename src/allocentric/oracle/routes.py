"""How to get there: the shortest way on the free floor, and the turns along a route."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.paths import Route, free_floor, shortest_path
from allocentric.geometry.sectors import TURNING
from allocentric.intervals import Arc, Interval, directions
from allocentric.oracle.gaps import gap
from allocentric.oracle.places import (
    Anchor,
    Place,
    anchor_of,
    exact_offset,
    is_exact,
    name_of,
    near_m,
    offset_between,
    spot,
    unplaced,
    upright_offset,
)
from allocentric.oracle.solids import corners, footprint, span_up
from allocentric.scene.scene import Scene
from allocentric.scene.truth import LENGTH, Body, Path, Quantity, Turns, Unknown, margin, narrowest

CLEARANCE: Final = Quantity(Interval.of(0.2), LENGTH)
"""The default radius of a walker."""

HEADROOM_M: Final = 1.8
"""What hangs higher than this over the floor is not in the way."""

STEP_M: Final = 0.05
"""What is lower than this is stepped over: a rug, a door sill."""

ARM_M: Final = 1.0
"""The last stretch to a thing needs no room for the walker's body: it is within reach of an arm."""

PASSED_THROUGH: Final = frozenset({"door", "doorway", "floor", "ceiling"})
"""What never stands in the way, by label."""


def walk(scene: Scene, start: Place, goal: Place, *, clearance: Quantity = CLEARANCE) -> Path | Unknown:
    """The shortest way on the free floor from the edge of one place to the edge of another.

    For a round walker of radius `clearance` (20 cm), on the scene's outline without what stands
    on it between 5 cm and 1.8 m; the last metre to a thing is an arm's reach. What is not placed
    exactly bounds the length: from below as if it were not there, from above as if it filled all
    that it may.
    """
    first, last = anchor_of(start), anchor_of(goal)
    if scene.floor is None:
        return Unknown(
            "not_complete", "the walkable floor is not known", "state the outline of the floor (`floor`)"
        )
    if first == last:
        return Path((), Interval(0.0, 0.0))
    if not is_exact(scene, first, last):
        low = gap(scene, first, last, "floor").low
        return Path((), Interval(low, math.inf), doubt=unplaced(scene, first, last))
    if not scene.scale.exact:
        doubt = Unknown(
            "no_scale", "how wide a walker is on this scale, is not known", "state the scale (`scale`)"
        )
        return Path((), Interval(gap(scene, first, last, "floor").low, math.inf), doubt=doubt)
    unit = scene.scale.low
    rows = [each.row for each in (first, last) if isinstance(each, Body)]
    blocking = [row for row in _in_the_way(scene, unit) if row not in rows]
    loose = [Body(row) for row in blocking if not scene.exact_rows[row]]
    sure = [footprint(scene, Body(row)) for row in blocking if scene.exact_rows[row]]
    radius = clearance.bound.low / unit
    found = _route(scene, (first, last), sure, radius, ARM_M / unit)
    if found is None:
        names = f"{name_of(scene, start)!r} and {name_of(scene, goal)!r}"
        what = f"no way on the free floor joins {names} for a walker {2 * clearance.bound.low:.2g} m wide"
        return Unknown("unconnected", what, "ask for a narrower walker, or move what stands between")
    points = tuple((float(x), float(y)) for x, y in found.points_m)
    if not loose:
        return Path(points, Interval.of(float(found.length_m)))
    longest = _longest(
        scene, (first, last), [*sure, *_all_that_it_may_fill(scene, loose)], radius, ARM_M / unit
    )
    bound = Interval(float(found.length_m), max(longest, float(found.length_m)))
    return Path(points, bound, doubt=None if bound.exact else unplaced(scene, *loose))


def turns(scene: Scene, stops: Sequence[Place], facing: Place) -> Turns | Unknown:
    """The turn to take at each stop of a route before walking straight on to the next.

    One begins at the first stop, looking at `facing`; where that is the second stop, no first
    turn is told. Straight is within 45 degrees, back from 135.
    """
    anchors = [anchor_of(each) for each in stops]
    headings = list[Arc]()
    for here, there in zip((anchors[0], *anchors[:-1]), (anchor_of(facing), *anchors[1:]), strict=True):
        heading = _heading(scene, here, there)
        if isinstance(heading, Unknown):
            return heading
        headings.append(heading)
    if anchors[1:2] == [anchor_of(facing)]:
        headings = headings[1:]
    told, gaps, doubt = [], [], None
    for before, after in itertools.pairwise(headings):
        arc = after - before
        met = TURNING.met(arc)
        told.append(met)
        if len(met) > 1:
            doubt = doubt or unplaced(scene, *anchors)
        ends = (arc.middle_rad - arc.half_rad, arc.middle_rad + arc.half_rad)
        gaps.append(margin(min(TURNING.gap_rad(end) for end in ends), "rad", f"turn {len(told)}"))
    return Turns(tuple(told), None if doubt else narrowest(gaps), doubt)


def _heading(scene: Scene, here: Anchor, there: Anchor) -> Arc | Unknown:
    if is_exact(scene, here, there):
        x, y, _ = exact_offset(scene, here, there)
        if math.hypot(x, y) >= max(near_m(scene), 1e-12):
            return Arc(math.atan2(y, x))
        return Unknown("overlap", "two stops of the route are at one spot", "name stops that lie apart")
    x_bound, y_bound, _ = upright_offset(scene, here, there)
    heading = directions(x_bound, y_bound)
    return unplaced(scene, here, there) if heading.full else heading


def _route(
    scene: Scene, ends: tuple[Anchor, Anchor], obstacles: Sequence[BaseGeometry], radius: float, reach: float
) -> Route | None:
    """The shortest way around these obstacles."""
    assert scene.floor is not None
    start, goal = (footprint(scene, each) for each in ends)
    free = free_floor(scene.floor, obstacles, radius)
    arms = [_arm(scene.floor, end, obstacles, reach) for end in (start, goal)]
    return shortest_path(shapely.union_all([free, *arms]), start, goal)


def _longest(
    scene: Scene, ends: tuple[Anchor, Anchor], obstacles: Sequence[BaseGeometry], radius: float, reach: float
) -> float:
    found = _route(scene, ends, obstacles, radius, reach)
    return math.inf if found is None else float(found.length_m)


def _all_that_it_may_fill(scene: Scene, loose: Sequence[Body]) -> list[BaseGeometry]:
    """A disc that holds each wherever it is; the whole floor for one that may be anywhere."""
    assert scene.floor is not None
    discs = list[BaseGeometry]()
    for each in loose:
        x, y, _ = offset_between(scene, spot(np.zeros(3)), each)
        reach = math.hypot(x.high - x.low, y.high - y.low) / 2
        reach += float(np.linalg.norm(corners(scene, each, "high")[:, :2], axis=1).max())
        discs.append(Point(x.middle, y.middle).buffer(1.01 * reach) if math.isfinite(reach) else scene.floor)
    return discs


def _in_the_way(scene: Scene, unit: float) -> list[int]:
    """What stands on the floor, by row."""
    standing = [row for row, kind in enumerate(scene.kinds) if kind != "region"]
    ground = min((span_up(scene, row)[0] for row in standing), default=0.0)
    return [
        row
        for row in standing
        if span_up(scene, row)[0] < ground + HEADROOM_M / unit
        and span_up(scene, row)[1] > ground + STEP_M / unit
        and scene.labels[row] not in PASSED_THROUGH
    ]


def _arm(floor: Polygon, end: BaseGeometry, obstacles: Sequence[BaseGeometry], reach: float) -> BaseGeometry:
    """What an arm reaches from a thing: over what carries it, not through what stands beside it."""
    beside = [each for each in obstacles if not each.intersects(end)]
    return end.union(end.buffer(reach).intersection(floor).difference(shapely.union_all(beside)))
