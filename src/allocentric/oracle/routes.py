"""How to get there: the shortest way on the free floor, and the turns along a route."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.frames import UP
from allocentric.geometry.paths import Route, free_floor, shortest_path
from allocentric.geometry.sectors import TURNING
from allocentric.intervals import Arc, Interval, directions, least, norm
from allocentric.oracle.gaps import gap
from allocentric.oracle.numbers import in_scene
from allocentric.oracle.places import (
    Anchor,
    Place,
    anchor_of,
    exact_offset,
    is_exact,
    name_of,
    near_m,
    offset_between,
    same_place,
    spot,
    unplaced,
    upright_offset,
)
from allocentric.oracle.solids import corners, footprint, reach_along, span_up
from allocentric.oracle.unseen import withheld
from allocentric.scene.placement import center_of
from allocentric.scene.scene import Scene
from allocentric.scene.truth import LENGTH, Body, Path, Quantity, Turns, Unknown, margin, narrowest

CLEARANCE: Final = Quantity(Interval.of(0.2), LENGTH)
"""The default radius of a walker."""

HEADROOM_M: Final = 1.8
"""What hangs higher than this over the floor is not in the way."""

STEP_M: Final = 0.05
"""What is lower than this is stepped over: a rug, a door sill."""

ARM_M: Final = 1.0
"""The last stretch to a thing needs room for an arm only, half as wide as the walker."""

HAIR: Final = 1e-6
"""The thickness of what has none."""

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
    if same_place(first, last):
        return Path((), Interval(0.0, 0.0))
    if not is_exact(scene, first, last):
        low = gap(scene, first, last, geometry="floor").low
        return Path((), Interval(low, math.inf), doubt=unplaced(scene, first, last))
    if not scene.scale.exact:
        what = "how wide a walker is on this scale, is not known"
        low = gap(scene, first, last, geometry="floor").low
        return Path((), Interval(low, math.inf), doubt=Unknown("no_scale", what, "state the scale (`scale`)"))
    unit, width = scene.scale.low, in_scene(scene, clearance)
    if not width.exact:
        low = gap(scene, first, last, geometry="floor").low
        return Path((), Interval(low, math.inf), doubt=clearance.doubt)
    rows = [each.row for each in (first, last) if isinstance(each, Body)]
    sure, maybe = _in_the_way(scene, unit, rows)
    found = _route(scene, (first, last), sure, radius=width.low, reach=ARM_M / unit)
    if found is None:
        names = f"{name_of(scene, start)!r} and {name_of(scene, goal)!r}"
        what = f"no way on the free floor joins {names} for a walker {2 * width.low * unit:.2g} m wide"
        return Unknown("unconnected", what, "ask for a narrower walker, or move what stands between")
    shortest = float(found.length_m)
    points = tuple((float(x), float(y)) for x, y in found.points_m)
    if not maybe:
        return Path(points, Interval.of(shortest))
    around = _route(scene, (first, last), sure, radius=width.low, reach=ARM_M / unit, maybe=maybe)
    longest = math.inf if around is None else max(shortest, float(around.length_m))
    doubt = unplaced(scene, *(Body(row) for row in maybe))
    return Path(points, Interval(shortest, longest), doubt=doubt)


def turns(scene: Scene, stops: Sequence[Place], facing: Place) -> Turns | Unknown:
    """The turn to take at each stop of a route before walking straight on to the next.

    One begins at the first stop, looking at `facing`; where that is the second stop, no first
    turn is told. Straight is within 45 degrees, back from 135.
    """
    anchors = [anchor_of(each) for each in stops]
    if anchors[0] == anchor_of(facing):
        what = f"nobody standing at {name_of(scene, facing)!r} can face it"
        return Unknown("overlap", what, "name two different places")
    headings = list[Arc]()
    for here, there in zip((anchors[0], *anchors[:-1]), (anchor_of(facing), *anchors[1:]), strict=True):
        heading = _heading(scene, here, there)
        if isinstance(heading, Unknown):
            return heading
        headings.append(heading)
    if same_place(anchors[1], anchor_of(facing)):
        headings = headings[1:]
    elif anchors[1] == anchor_of(facing):
        return unplaced(scene, *anchors)
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
        apart, heading = Interval.of(math.hypot(x, y)), Arc(math.atan2(y, x))
    else:
        x_bound, y_bound, _ = upright_offset(scene, here, there)
        apart, heading = norm((x_bound, y_bound)), directions(x_bound, y_bound)
    near = max(near_m(scene), 1e-12)
    if apart.high < near:
        return Unknown("overlap", "two stops of the route are at one spot", "name stops that lie apart")
    return unplaced(scene, here, there) if apart.low < near or heading.full else heading


def _route(
    scene: Scene,
    ends: tuple[Anchor, Anchor],
    obstacles: Sequence[BaseGeometry],
    *,
    radius: float,
    reach: float,
    maybe: Sequence[int] = (),
) -> Route | None:
    """The shortest way around these obstacles, and around all that what may be in the way may fill."""
    assert scene.floor is not None
    start, goal = (footprint(scene, each) for each in ends)
    discs = [_all_that_it_may_fill(scene, Body(row)) for row in maybe]
    free = free_floor(scene.floor, [*obstacles, *discs], radius)
    beside, about = ([each.buffer(radius / 2, quad_segs=2) for each in held] for held in (obstacles, discs))
    arms = [_arm(scene.floor, end, beside, reach=reach, about=about) for end in (start, goal)]
    whole = shapely.get_parts(shapely.union_all([free, *arms]))
    walkable = MultiPolygon([part for part in whole if isinstance(part, Polygon)])
    return shortest_path(walkable, start, goal, reach_m=0.0)


def _all_that_it_may_fill(scene: Scene, thing: Body) -> BaseGeometry:
    """Its footprint, or a disc that holds it wherever it is; the whole floor where it may be anywhere."""
    assert scene.floor is not None
    if is_exact(scene, thing):
        return _stand(scene, thing.row)
    if withheld(scene, thing):
        complete = scene.complete
        looked_at = Polygon() if complete is None or complete.region is None else complete.region
        return scene.floor.difference(looked_at)
    x, y, _ = offset_between(scene, spot(np.zeros(3)), thing)
    reach = math.hypot(x.high - x.low, y.high - y.low) / 2
    reach += float(np.linalg.norm(corners(scene, thing, "high")[:, :2], axis=1).max())
    return Point(x.middle, y.middle).buffer(1.01 * reach) if math.isfinite(reach) else scene.floor


def _in_the_way(scene: Scene, unit: float, but: Sequence[int]) -> tuple[list[BaseGeometry], list[int]]:
    """The footprints of what surely stands in the way, and the rows of what may; all but these rows."""
    standing = [row for row, kind in enumerate(scene.kinds) if kind != "region"]
    spans = {row: _span(scene, row) for row in standing}
    ground = _ground(scene)
    sure, maybe = list[BaseGeometry](), list[int]()
    for row in standing:
        if row in but or scene.labels[row] in PASSED_THROUGH:
            continue
        under, over = spans[row][0] - ground, spans[row][1] - ground
        if is_exact(scene, Body(row)) and under.high < HEADROOM_M / unit and over.low > STEP_M / unit:
            sure.append(_stand(scene, row))
        elif under.low < HEADROOM_M / unit and over.high > STEP_M / unit:
            maybe.append(row)
    return sure, maybe


def _ground(scene: Scene) -> Interval:
    """How high the floor lies: the least of all undersides. Who was shown the whole floor knows it."""
    whole = scene.root if scene.knowledge is not None else scene
    standing = [row for row, kind in enumerate(whole.kinds) if kind != "region"]
    return least([_span(whole, row)[0] for row in standing] or [Interval(0.0, 0.0)])


def _stand(scene: Scene, row: int) -> BaseGeometry:
    """What a thing covers of the floor; a hair's breadth for what is flat and stands on edge."""
    covered = footprint(scene, Body(row))
    return covered if covered.area > 0 else covered.buffer(HAIR)


def _span(scene: Scene, row: int) -> tuple[Interval, Interval]:
    """Where the underside and the top of a thing may be."""
    if scene.exact_rows[row]:
        low, high = span_up(scene, row)
        return Interval.of(low), Interval.of(high)
    middle = center_of(scene, row)[2]
    down, up = (reach_along(scene, Body(row), way) for way in (-UP, UP))
    return middle - down, middle + up


def _arm(
    floor: Polygon,
    end: BaseGeometry,
    beside: Sequence[BaseGeometry],
    *,
    reach: float,
    about: Sequence[BaseGeometry],
) -> BaseGeometry:
    """What an arm reaches from a thing: over what carries it, not past what may stand close beside it."""
    held = shapely.union_all([*(each for each in beside if not each.intersects(end)), *about])
    return end.union(end.buffer(reach).intersection(floor).difference(held))
