"""How things are arranged: which way three go round, and what stands in a corner of a room."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.intervals import Interval
from allocentric.oracle.contact import at_most, both, inside
from allocentric.oracle.direction import direction
from allocentric.oracle.frames import standing
from allocentric.oracle.globe import flat_only
from allocentric.oracle.numbers import in_scene, metric
from allocentric.oracle.places import Place, is_exact, offset_between, unplaced
from allocentric.oracle.solids import corners, footprint
from allocentric.scene.scene import Scene
from allocentric.scene.truth import EITHER, LENGTH, NEVER, Body, Label, Quantity, Truth, Unknown, narrowest

WITHIN: Final = Quantity(Interval.of(0.5), LENGTH)
"""The default of `within`: half a metre."""

WIDEST_CORNER_RAD: Final = math.radians(135)
STRAIGHT_M: Final = 0.05  # by how much less than this a wall bends, is how it was drawn
ROUND: Final = {"left": "anticlockwise", "right": "clockwise"}


def winding(scene: Scene, first: Place, second: Place, *, third: Place) -> Label | Unknown:
    """Which way round three places follow each other, seen from above: `clockwise` or `anticlockwise`.

    The margin is the least angle of their triangle, or by how much the greatest falls short of straight.
    """
    if scene.space == "globe":
        return flat_only("winding")
    sides = list[Label]()
    for one, other, last in ((first, second, third), (second, third, first), (third, first, second)):
        frame = standing(scene, one, other)
        side = frame if isinstance(frame, Unknown) else direction(scene, last, frame, sectors="left_right")
        if isinstance(side, Unknown):
            return side
        sides.append(side)
    possible = tuple(way for side, way in ROUND.items() if all(side in each.possible for each in sides))
    if len(possible) == 1:
        return Label(possible, narrowest(each.margin for each in sides))
    doubt = next((each.doubt for each in sides if each.doubt is not None), None)
    line = Unknown("overlap", "the three lie on one line", "name three that do not")
    return Label(tuple(ROUND.values()), doubt=doubt or line)


def in_corner(scene: Scene, thing: Body, room: Body, *, within: Quantity = WITHIN) -> Truth | Unknown:
    """True where the centre of a thing is in a room, and its footprint near two of its walls that meet.

    Near is within half a metre of each, unless `within` says otherwise. Walls are the edges of the room's
    outline that are at least as long as that; they meet in a corner where the room turns by 45 degrees or
    more, inwards.
    """
    if scene.space == "globe":
        return flat_only("in_corner")
    if thing == room:
        return Truth(NEVER)
    doubt = unplaced(scene, thing, room)
    limit = in_scene(scene, within)
    if not limit.exact or scene.tilt_rad or scene.size_slacks[room.row].any():
        return Truth(EITHER, doubt=metric(scene, Quantity(limit, LENGTH, 1)).doubt or doubt)
    where = footprint(scene, thing)
    gaps = [
        max(one.distance(where), other.distance(where))
        for one, other in _corners_of(footprint(scene, room), limit.low, STRAIGHT_M / scene.scale.low)
    ]
    if not gaps:
        return Truth(NEVER)
    moved = 0.0 if is_exact(scene, thing, room) else _moved(scene, thing, room)
    apart = Interval(max(0.0, min(gaps) - moved), min(gaps) + moved)
    says = f"{scene.names[thing.row]} to the walls of a corner"
    return both((inside(scene, thing, room), at_most(scene, apart, limit, says=says, doubt=doubt)))


def _corners_of(
    outline: BaseGeometry, least: float, straight: float
) -> Iterator[tuple[LineString, LineString]]:
    """The two walls of each corner: edges that are long enough, where the outline turns inwards."""
    for part in getattr(outline, "geoms", (outline,)):
        if not isinstance(part, Polygon):
            continue
        ring = shapely.get_coordinates(shapely.orient_polygons(part.simplify(straight)).exterior)[:-1, :2]
        before, after = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
        for place, corner in enumerate(ring):
            long_enough = min(np.linalg.norm(before[place]), np.linalg.norm(after[place])) >= least
            if long_enough and _turn(before[place], after[place]) >= math.pi - WIDEST_CORNER_RAD - 1e-9:
                start, end = corner - before[place], corner + after[place]
                yield LineString([start, corner]), LineString([corner, end])


def _turn(before: Float[np.ndarray, "2"], after: Float[np.ndarray, "2"]) -> float:
    """By what angle an outline turns from one edge to the next, left positive."""
    return math.atan2(before[0] * after[1] - before[1] * after[0], float(before @ after))


def _moved(scene: Scene, thing: Body, room: Body) -> float:
    """By how much the gap of a footprint to an outline may be another than it is in the middle of bounds."""
    offset = offset_between(scene, room, thing)
    if not all(each.finite for each in offset[:2]):
        return math.inf
    moved = math.hypot(*((each.high - each.low) / 2 for each in offset[:2]))
    reaches = []
    for each in (thing, room):
        high, low = corners(scene, each, "high"), corners(scene, each, "low")
        if not np.isfinite(high).all():
            return math.inf
        reaches.append(float(np.linalg.norm(high, axis=1).max()))
        moved += float(np.linalg.norm(high - low, axis=1).max())
    moved += min(float(scene.yaw_slacks_rad[thing.row]), 2.0) * reaches[0]
    moved += min(float(scene.yaw_slacks_rad[room.row]), 2.0) * reaches[1]
    return moved
