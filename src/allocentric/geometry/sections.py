"""A convex solid cut by a plane: its faces, its edges, and the polygon of the cut, in exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

Number = int | Fraction
Corner = tuple[int, int, int]
Place = tuple[Number, Number, Number]


def faces(corners: Sequence[Corner]) -> tuple[tuple[int, ...], ...]:
    """The faces of the convex solid with these corners: their numbers, counterclockwise from outside.

    >>> len(faces([(0, 0, 0), (4, 0, 0), (0, 4, 0), (0, 0, 4)]))
    4
    """
    found = dict[frozenset[int], Place]()
    for three in combinations(range(len(corners)), 3):
        p, q, r = (corners[each] for each in three)
        normal = _normal(p, q, r)
        heights = [_dot(normal, _from(p, each)) for each in corners]
        if not any(heights) or (min(heights) < 0 < max(heights)):
            continue
        outward = normal if max(heights) == 0 else _from(normal, (0, 0, 0))
        found[frozenset(row for row, height in enumerate(heights) if height == 0)] = outward
    return tuple(_around({row: corners[row] for row in sorted(face)}, out) for face, out in found.items())


def edges(corners: Sequence[Corner]) -> tuple[tuple[int, int], ...]:
    """The edges of the convex solid with these corners, as pairs of their numbers.

    >>> len(edges([(0, 0, 0), (4, 0, 0), (0, 4, 0), (0, 0, 4)]))
    6
    """
    return tuple((a, b) for each in faces(corners) for a, b in zip(each, (*each[1:], each[0])) if a < b)


def section(corners: Sequence[Corner], plane: tuple[Corner, Corner, Corner]) -> tuple[Place, ...]:
    """The corners of the cut by the plane through three points, in order around it.

    Empty where the plane misses the solid, or only touches it, or one of its faces lies in the plane.
    """
    normal = _normal(*plane)
    heights = [_dot(normal, _from(plane[0], each)) for each in corners]
    if min(heights) >= 0 or max(heights) <= 0:
        return ()
    places: list[Place] = [corners[row] for row, height in enumerate(heights) if height == 0]
    for a, b in edges(corners):
        if heights[a] * heights[b] < 0:
            share = Fraction(heights[a]) / (heights[a] - heights[b])
            x, y, z = (one + share * (other - one) for one, other in zip(corners[a], corners[b]))
            places.append((x, y, z))
    return tuple(places[row] for row in _around(dict(enumerate(places)), normal))


def _around(places: dict[int, Place], normal: Place) -> tuple[int, ...]:
    """The corners of a flat convex polygon in order: next is the one that has all others on its left."""
    ordered = [min(places)]
    while len(ordered) < len(places):
        at = places[ordered[-1]]
        ordered.append(
            next(
                row
                for row, to in places.items()
                if row not in ordered
                and all(_dot(normal, _cross(_from(at, to), _from(at, each))) >= 0 for each in places.values())
            )
        )
    return tuple(ordered)


def _normal(p: Place, q: Place, r: Place) -> Place:
    return _cross(_from(p, q), _from(p, r))


def _from(p: Place, q: Place) -> Place:
    return q[0] - p[0], q[1] - p[1], q[2] - p[2]


def _cross(a: Place, b: Place) -> Place:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _dot(a: Place, b: Place) -> Number:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
