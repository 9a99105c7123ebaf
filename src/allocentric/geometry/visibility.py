"""The straight ways on a free floor: between its reflex corners, and from them to a region.

A shortest way bends only round reflex corners, and there it is taut: the floor's edge lies to one side of
the way's line. It leaves and meets a region at a corner of it or square to an edge, or it would grow shorter
by sliding along. So these few points carry every shortest way.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from jaxtyping import Bool, Float, Int
from shapely.geometry.base import BaseGeometry

Points = Float[np.ndarray, "row 2"]
Rows = Int[np.ndarray, " row"]
SLACK_M: Final = 1e-7  # a way may run along a wall; sight ends this much behind it
STRAIGHT: Final = 1e-9  # sine of an angle that counts as none


@dataclass(frozen=True, eq=False, slots=True)
class Floor:
    """The reflex corners of a free floor, the unit directions of its edge either way, and where one sees."""

    corners_m: Float[np.ndarray, "corner 2"]
    back: Float[np.ndarray, "corner 2"]
    onward: Float[np.ndarray, "corner 2"]
    sight: BaseGeometry


@dataclass(frozen=True, eq=False, slots=True)
class Region:
    """The vertices of a shape made of points, lines and polygons, and its edges as pairs of their rows."""

    shape: BaseGeometry
    vertices_m: Float[np.ndarray, "vertex 2"]
    edges: Int[np.ndarray, "edge 2"]


def floor_of(free: BaseGeometry) -> Floor:
    """The free floor, ready for questions of sight."""
    parts = shapely.orient_polygons(shapely.get_parts(free))  # the free side is on the left of every edge
    rings = [shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(parts)]
    at = np.concatenate(rings)
    onward = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings]) - at
    back = np.concatenate([np.roll(ring, 1, axis=0) for ring in rings]) - at
    reflex = cross(onward, back) < 0
    onward, back = (each[reflex] / np.linalg.norm(each[reflex], axis=1)[:, None] for each in (onward, back))
    sight = free.buffer(SLACK_M, join_style="mitre")
    shapely.prepare(sight)
    return Floor(at[reflex], back, onward, sight)


def region_of(shape: BaseGeometry) -> Region:
    """The vertices and edges of a shape, collections taken apart."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    flat = np.concatenate([shapely.get_rings(parts), parts[shapely.get_dimensions(parts) < 2]])
    at, owner = shapely.get_coordinates(flat, return_index=True)
    vertices, row = np.unique(at, axis=0, return_inverse=True)
    edges = np.stack([row.reshape(-1)[:-1], row.reshape(-1)[1:]], axis=1)
    real = (owner[1:] == owner[:-1]) & (edges[:, 0] != edges[:, 1])
    return Region(shape, vertices, edges[real])


def cross(a: Points, b: Points) -> Float[np.ndarray, " row"]:
    """The z of the cross product of vectors, row by row: positive where `b` is left of `a`."""
    z: Float[np.ndarray, " row"] = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return z


def in_sight(floor: Floor, from_m: Points, to_m: Points) -> Bool[np.ndarray, " row"]:
    """Whether the straight between two points lies on the free floor, row by row."""
    seen: Bool[np.ndarray, " row"] = shapely.contains_properly(
        floor.sight, shapely.linestrings(np.stack([from_m, to_m], axis=1))
    )
    return seen


def taut(floor: Floor, corner: Rows, other_m: Points) -> Bool[np.ndarray, " row"]:
    """Whether a way from another point can bend round a corner: the floor's edge is to one side of it."""
    to_other = other_m - floor.corners_m[corner]
    reach = np.linalg.norm(to_other, axis=1)
    sides = np.stack([cross(to_other, edge[corner]) for edge in (floor.back, floor.onward)])
    left, right = sides >= -STRAIGHT * reach, sides <= STRAIGHT * reach
    one_side: Bool[np.ndarray, " row"] = left.all(axis=0) | right.all(axis=0)
    return one_side


def feet(region: Region, points_m: Float[np.ndarray, "point 2"]) -> tuple[Rows, Points]:
    """The places of the region's edge that are nearer to a point than those beside them, in sight or not.

    Row by row the point's row, and the place.
    """
    start, end = region.vertices_m[region.edges.T]
    along = end - start
    share = ((points_m[:, None] - start) * along).sum(axis=2) / (along * along).sum(axis=1)
    row, edge = np.nonzero((share > 0) & (share < 1))
    inner = start[edge] + share[row, edge, None] * along[edge]
    nearer_beside = np.zeros((len(region.vertices_m), len(points_m)), dtype=bool)
    np.logical_or.at(nearer_beside, region.edges[:, 0], (share > 0).T)
    np.logical_or.at(nearer_beside, region.edges[:, 1], (share < 1).T)
    vertex, of = np.nonzero(~nearer_beside)
    return np.concatenate([row, of]), np.concatenate([inner, region.vertices_m[vertex]])


def ways_to_corners(floor: Floor, region: Region, corner: Rows) -> tuple[Float[np.ndarray, " row"], Points]:
    """For each corner the shortest taut straight way to the region: its length (or infinity) and end."""
    at = floor.corners_m[corner]
    row, foot = feet(region, at)
    bends = taut(floor, corner[row], foot)
    return least_in_sight(floor, at, (row[bends], foot[bends]))


def least_in_sight(
    floor: Floor, points_m: Float[np.ndarray, "point 2"], candidates: tuple[Rows, Points]
) -> tuple[Float[np.ndarray, " point"], Float[np.ndarray, "point 2"]]:
    """For each point how far the nearest place in sight is, and the place; infinity where there is none.

    The candidates are the row of a point, and a place.
    """
    row, place = candidates
    far = np.linalg.norm(points_m[row] - place, axis=1)
    seen = in_sight(floor, points_m[row], place)
    row, place, far = row[seen], place[seen], far[seen]
    order = np.lexsort((far, row))
    found, nearest = np.unique(row[order], return_index=True)
    lengths_m, places_m = np.full(len(points_m), np.inf), points_m.copy()
    lengths_m[found], places_m[found] = far[order][nearest], place[order][nearest]
    return lengths_m, places_m
