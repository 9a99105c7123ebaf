"""How to get there: the shortest way on the free floor, and the turns along a route."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.paths import free_floor, shortest_path
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
    unplaced,
    upright_offset,
)
from allocentric.oracle.solids import footprint, span_up
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
    on it between 5 cm and 1.8 m; the last metre to a thing is an arm's reach. Exact where the
    scene is; else bounded from below by the gap on the floor.
    """
    first, last = anchor_of(start), anchor_of(goal)
    if scene.floor is None:
        return Unknown(
            "not_complete", "the walkable floor is not known", "state the outline of the floor (`floor`)"
        )
    if not is_exact(scene, first, last) and not (scene.exact or _only_scale_unknown(scene)):
        low = gap(scene, first, last, "floor").low
        return Path((), Interval(low, math.inf), doubt=unplaced(scene, first, last))
    if first == last:
        return Path((), Interval(0.0, 0.0))
    unit = scene.scale.middle or 1.0
    radius = clearance.bound.middle / (1.0 if clearance.scaled else unit)
    ends = footprint(scene, first), footprint(scene, last)
    rows = frozenset(each.row for each in (first, last) if isinstance(each, Body))
    obstacles = [footprint(scene, Body(row)) for row in _in_the_way(scene, unit) if row not in rows]
    free = free_floor(scene.floor, obstacles, radius)
    arms = [_arm(scene.floor, end, obstacles, ARM_M / unit) for end in ends]
    route = shortest_path(shapely.union_all([free, *arms]), *ends)
    if route is None:
        names = f"{name_of(scene, start)!r} and {name_of(scene, goal)!r}"
        what = f"no way on the free floor joins {names} for a walker {2 * radius:.2g} wide"
        return Unknown("unconnected", what, "ask for a narrower walker, or move what stands between")
    points = tuple((float(x), float(y)) for x, y in route.points_m)
    return Path(points, Interval.of(float(route.length_m)))


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


def _only_scale_unknown(scene: Scene) -> bool:
    slack = (scene.center_slacks, scene.size_slacks, scene.yaw_slacks_rad)
    return not scene.differences and scene.tilt_rad == 0 and not any(each.any() for each in slack)


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
