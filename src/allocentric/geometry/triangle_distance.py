"""The closest points of two triangles, and of a point and a triangle, for many pairs at once.

Two triangles that do not meet are closest either at a point of two edges (nine pairs) or where a corner
stands over the other's face (six pairs); two that meet do so where an edge of one goes through the other's
face, or, in one plane, where edges cross or a corner lies on a face. Every candidate here is a pair of real
points of the two triangles, so a gap is never below the truth by more than rounding. A triangle thinner than
`FLATTEST` counts as its edges.

Inside this file the axes are turned round: (xyz, ..., pair), so that each numpy call runs over all pairs.
"""

from typing import Final, NamedTuple

import numpy as np
from jaxtyping import Float, Shaped

Array = Float[np.ndarray, "..."]
FLATTEST: Final = 1e-8  # sine of the angle at a corner below which a normal is mostly rounding


class ClosestPoints(NamedTuple):
    """Gaps in metres (0 where two meet), and the closest points of the first and of the second."""

    gaps_m: Float[np.ndarray, " pair"]
    first_points_m: Float[np.ndarray, "pair 3"]
    second_points_m: Float[np.ndarray, "pair 3"]


def triangle_gaps(
    first_m: Float[np.ndarray, "pair 3 3"], second_m: Float[np.ndarray, "pair 3 3"]
) -> ClosestPoints:
    """The gap and the closest points of each pair of triangles, given as (pair, corner, xyz).

    Triangles without area, even single points, are allowed.

    >>> floor = np.array([[[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]])
    >>> triangle_gaps(floor, floor + [0.0, 0, 2]).gaps_m
    array([2.])
    """
    first, second = _turned(first_m), _turned(second_m)
    edge_pairs = _edge_candidates(first, second)
    over_second = _face_candidates(first, second)
    over_first = tuple(reversed(_face_candidates(second, first)))
    return _least(*(np.concatenate(points, axis=1) for points in zip(edge_pairs, over_second, over_first)))


def point_triangle_gaps(
    points_m: Float[np.ndarray, "pair 3"], triangles_m: Float[np.ndarray, "pair 3 3"]
) -> ClosestPoints:
    """The gap and the closest points of each point and its triangle, given as (pair, corner, xyz).

    >>> point_triangle_gaps(np.zeros((1, 3)), np.array([[[1.0, 0, 0], [2, 0, 0], [1, 1, 0]]])).gaps_m
    array([1.])
    """
    points = np.ascontiguousarray(points_m.T)[:, None]
    triangles = _turned(triangles_m)
    along = _after(triangles) - triangles
    length2 = _dot(along, along)
    share = np.clip(_dot(points - triangles, along) / np.where(length2 > 0, length2, 1), 0, 1)
    own, other = _face_feet(points, triangles)
    at = np.concatenate([triangles + share * along, other], axis=1)
    return _least(np.concatenate([np.broadcast_to(points, along.shape), own], axis=1), at)


def _turned(triangles: Array) -> Array:
    """(pair, corner, xyz) as (xyz, corner, pair)."""
    return np.ascontiguousarray(triangles.transpose(2, 1, 0))


def _dot(a: Array, b: Array) -> Array:
    product: Array = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    return product


def _cross(a: Array, b: Array) -> Array:
    return np.stack([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def _after(corners: Shaped[np.ndarray, "..."]) -> Shaped[np.ndarray, "..."]:
    """Each corner's (or height's) successor round the triangle; corners are the last axis but one."""
    return np.roll(corners, -1, axis=-2)


def _least(first: Array, second: Array) -> ClosestPoints:
    """Of the candidates (xyz, candidate, pair) the closest of each pair; NaN marks one that is none."""
    apart = second - first
    squares = np.nan_to_num(_dot(apart, apart), nan=np.inf)
    best, pair = squares.argmin(axis=0), np.arange(squares.shape[1])
    return ClosestPoints(np.sqrt(squares[best, pair]), first[:, best, pair].T, second[:, best, pair].T)


def _edge_candidates(first: Array, second: Array) -> tuple[Array, Array]:
    """The closest points of the nine pairs of edges, each (xyz, 9, pair)."""
    starts = first.repeat(3, axis=1)
    d1 = _after(first).repeat(3, axis=1) - starts
    others = np.tile(second, (1, 3, 1))
    d2 = np.tile(_after(second), (1, 3, 1)) - others
    apart, normal = others - starts, _cross(d1, d2)
    a, b, c = _dot(d1, d1), _dot(d1, d2), _dot(d2, d2)
    d, e, n2 = _dot(d1, apart), _dot(d2, apart), _dot(normal, normal)
    a, c = np.where(a > 0, a, 1), np.where(c > 0, c, 1)
    # The triple product keeps its digits where edges are nearly parallel and a*c - b*b loses all of them.
    s = np.clip(_dot(_cross(apart, d2), normal) / np.where(n2 > 0, n2, 1), 0, 1)
    t = np.clip((b * s - e) / c, 0, 1)
    s = np.clip((b * t + d) / a, 0, 1)
    return starts + s * d1, others + t * d2


def _normal(triangle: Array) -> tuple[Array, Array]:
    """The normal (xyz, 1, pair) and its squared length (1, pair), NaN for a triangle too flat to have one."""
    u, v = triangle[:, 1:2] - triangle[:, :1], triangle[:, 2:] - triangle[:, :1]
    normal = _cross(u, v)
    length2 = _dot(normal, normal)
    thick = length2 > FLATTEST**2 * _dot(u, u) * _dot(v, v)
    return normal, np.where(thick, length2, np.nan)


def _kept_on_face(points: Array, triangle: Array, normal: Array) -> Array:
    """The points (xyz, point, pair) of a triangle's plane, NaN for those outside of the triangle."""
    inside = np.ones(points.shape[1:], dtype=bool)
    along = _after(triangle) - triangle
    for corner in range(3):
        here = slice(corner, corner + 1)
        inside &= _dot(_cross(along[:, here], points - triangle[:, here]), normal) >= 0
    return np.where(inside, points, np.nan)


def _face_feet(points: Array, triangle: Array) -> tuple[Array, Array]:
    """The points (xyz, point, pair) and their feet on the face, NaN where the foot is off it."""
    normal, length2 = _normal(triangle)
    heights = _dot(points - triangle[:, :1], normal)
    return points, _kept_on_face(points - heights / length2 * normal, triangle, normal)


def _face_candidates(corners: Array, triangle: Array) -> tuple[Array, Array]:
    """Corners over a face with their feet, and edges where they go through it; NaN for those that do not."""
    normal, length2 = _normal(triangle)
    heights = _dot(corners - triangle[:, :1], normal)
    feet = corners - heights / length2 * normal
    through = heights * _after(heights) < 0
    fall = np.where(through, heights - _after(heights), np.nan)
    pierced = corners + heights / fall * (_after(corners) - corners)
    own = np.concatenate([corners, pierced], axis=1)
    return own, _kept_on_face(np.concatenate([feet, pierced], axis=1), triangle, normal)
