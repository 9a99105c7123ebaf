"""The shortest way over a free floor, exact by its visibility graph, and the turns along it; metres."""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float, Int
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.visibility import (
    STRAIGHT,
    Floor,
    Points,
    Region,
    Rows,
    cross,
    feet,
    floor_of,
    in_sight,
    least_in_sight,
    region_of,
    taut,
    ways_to_corners,
)

CHORDS: Final = 8  # of a quarter of a round corner
TIE: Final = 1.02  # as near as the nearest: the middle of a chord is nearer than a straight wall
APART_M: Final = 1e-9  # points nearer than this are one


@dataclass(frozen=True, eq=False, slots=True)
class Route:
    """A way of straights that bends at each inner point; a single point where start and goal meet."""

    points_m: Float[np.ndarray, "corner 2"]
    length_m: float


def free_floor(
    floor: Polygon | MultiPolygon, obstacles: Sequence[BaseGeometry], clearance_m: float
) -> MultiPolygon:
    """Where the centre of a round walker of radius `clearance_m` may be: off the walls and off the obstacles.

    Round corners are drawn with eight chords a quarter turn: they come at most 0.5 % of the clearance too
    near, and a way round a square corner is at most 0.3 % of the clearance short (0.7 mm at 0.25 m).
    May be empty.
    Raises ValueError for a clearance that is negative or not finite.
    """
    if not 0 <= clearance_m < math.inf:
        raise ValueError(f"a clearance is zero or more metres, not {clearance_m}")
    blocked = shapely.union_all(list(obstacles)).buffer(clearance_m, quad_segs=CHORDS)
    left = floor.buffer(-clearance_m, quad_segs=CHORDS).difference(blocked)
    return MultiPolygon([part for part in shapely.get_parts(left) if isinstance(part, Polygon)])


def shortest_path(
    free: Polygon | MultiPolygon, start: BaseGeometry, goal: BaseGeometry, *, reach_m: float = 0.6
) -> Route | None:
    """The shortest way on `free` from any point of `start` to any point of `goal`; None where there is none.

    A region off the free floor is left from the free points nearest to it (ties within 2 %), in each
    connected part of the floor from its own, up to `reach_m` away.

    >>> room = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 0, 2, 3))
    >>> shortest_path(room, shapely.Point(0, 0), shapely.Point(3, 0)).points_m.tolist()
    [[0.0, 0.0], [1.0, 3.0], [2.0, 3.0], [3.0, 0.0]]
    """
    first, last = _standing(free, start, reach_m), _standing(free, goal, reach_m)
    if first.is_empty or last.is_empty:
        return None
    if shapely.dwithin(first, last, APART_M):
        return Route(shapely.get_coordinates(shapely.shortest_line(first, last))[:1], 0.0)
    parts = shapely.get_parts(free)
    joining = parts[shapely.dwithin(parts, first, APART_M) & shapely.dwithin(parts, last, APART_M)]
    if not len(joining):
        return None
    points = _shortest(floor_of(MultiPolygon(joining.tolist())), region_of(first), region_of(last))
    if points is None:
        return None
    return Route(_bends(points), float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum()))


def turns_along(points_m: Float[np.ndarray, "corner 2"]) -> Float[np.ndarray, " turn"]:
    """The turn at each inner corner of a route in radians, left positive, from -pi to pi.

    Raises ValueError where two neighbouring points are the same.

    >>> turns_along(np.array([[0.0, 0], [1, 0], [1, 1], [2, 1]])).round(2).tolist()
    [1.57, -1.57]
    """
    steps = np.diff(points_m, axis=0)
    if not steps.any(axis=1).all():
        raise ValueError("where two neighbouring points of a route are the same there is no turn")
    before, after = steps[:-1], steps[1:]
    turns: Float[np.ndarray, " turn"] = np.arctan2(cross(before, after), (before * after).sum(axis=1))
    return turns


def _standing(free: BaseGeometry, region: BaseGeometry, reach_m: float) -> BaseGeometry:
    """The free part of the region, else the free points nearest to it; empty where none is in reach."""
    met = free.intersection(region)
    if not met.is_empty:
        return met
    parts = shapely.get_parts(free)
    near_m = shapely.distance(parts, region)
    near = near_m <= reach_m
    around = shapely.buffer(region, near_m[near] * TIE + APART_M, quad_segs=4 * CHORDS)
    return shapely.union_all(shapely.intersection(parts[near], around))


def _shortest(floor: Floor, start: Region, goal: Region) -> Points | None:
    """The points of the shortest way, by A* over the reflex corners; None where there is none."""
    at = floor.corners_m
    everyone = np.arange(len(at))
    gone, begin = ways_to_corners(floor, start, everyone)
    to_go = shapely.distance(shapely.points(at), goal.shape)
    came_from = np.full(len(at), -1)
    settled = np.zeros(len(at), dtype=bool)
    best, route = _straight(floor, start, goal)
    queue = [(gone[row] + to_go[row], row) for row in everyone[np.isfinite(gone)].tolist()]
    heapq.heapify(queue)
    while queue and queue[0][0] < best:
        row = heapq.heappop(queue)[1]
        if settled[row]:
            continue
        settled[row] = True
        (length,), end = ways_to_corners(floor, goal, everyone[[row]])
        if gone[row] + length < best:
            best = gone[row] + length
            route = np.concatenate([_way_back(floor, came_from, begin, row=row), end])
        lengths = gone[row] + np.linalg.norm(at - at[row], axis=1)
        new = _next_corners(floor, row, everyone[~settled & (lengths < gone) & (lengths + to_go < best)])
        gone[new], came_from[new] = lengths[new], row
        for each in new.tolist():
            heapq.heappush(queue, (gone[each] + to_go[each], each))
    return route


def _straight(floor: Floor, start: Region, goal: Region) -> tuple[float, Points | None]:
    """The shortest straight way between two regions that lies on the free floor; infinity and None for none.

    One end of it is a corner of its region, or a straight way beside it is as short.
    """
    best, route = math.inf, None
    for one, other, order in ((start, goal, 1), (goal, start, -1)):
        lengths, ends = least_in_sight(floor, one.vertices_m, feet(other, one.vertices_m))
        row = int(lengths.argmin())
        if lengths[row] < best:
            best, route = float(lengths[row]), np.stack([one.vertices_m[row], ends[row]])[::order]
    return best, route


def _next_corners(floor: Floor, row: int, others: Rows) -> Int[np.ndarray, " seen"]:
    """Of other corners those in sight of a corner to which a taut way runs."""
    at, here = floor.corners_m, np.full(len(others), row)
    bends = taut(floor, here, at[others]) & taut(floor, others, at[here])
    others, here = others[bends], here[bends]
    seen: Int[np.ndarray, " seen"] = others[in_sight(floor, at[here], at[others])]
    return seen


def _bends(points: Points) -> Float[np.ndarray, "corner 2"]:
    """The points without those that repeat the one before and those on a straight."""
    points = points[np.append(True, np.linalg.norm(np.diff(points, axis=0), axis=1) > APART_M)]
    steps = np.diff(points, axis=0)
    steps /= np.linalg.norm(steps, axis=1, keepdims=True)
    bent = np.abs(cross(steps[:-1], steps[1:])) > STRAIGHT
    kept: Float[np.ndarray, "corner 2"] = points[np.concatenate([[True], bent, [True]])]
    return kept


def _way_back(floor: Floor, came_from: Rows, begin: Points, *, row: int) -> Float[np.ndarray, "corner 2"]:
    """The points from the start's region to a corner."""
    rows = [row]
    while came_from[rows[-1]] >= 0:
        rows.append(int(came_from[rows[-1]]))
    return np.concatenate([begin[[rows[-1]]], floor.corners_m[rows[::-1]]])
