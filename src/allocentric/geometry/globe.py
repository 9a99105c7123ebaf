"""Shapes on the globe: points, lines and areas whose coordinates are longitude and latitude in degrees.

Their sides are the shortest ways between their corners on WGS84 (`geodesics`), as in PROJ and GeographicLib.
What is asked of two shapes together, which meets which, is read off a flat chart of longitude and latitude,
with corners added along each side until the chart's straight line keeps within `CHART_M` of it; the same side
of two shapes gets the same corners, so that neighbours stay neighbours.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.earth import EQUATOR_M, FLATTENING, POLE_M
from allocentric.geometry.geodesics import EARTH_M2, gone, reached, shortest

CHART_M: Final = 0.1
PIECE_M: Final = 100_000.0  # of a side, where the nearest is looked for
BOW_M: Final = 3.0  # how far a piece of the shortest way bends off a great circle, at most
FEET: Final = 8  # steps to the foot on a side: each leaves a small share of what was off
FOOT_M: Final = 1e-4  # beside which a distance changes by far less than a micrometre
MOST_PAIRS: Final = 2_000_000  # of corners and sides that are looked at at a time
WIDE_DEG: Final = 1.0  # what is wider has its centre in space

Corners = Float[np.ndarray, "_ 2"]  # lines differ in length
Sides = tuple[Corners, Corners]


def length_m(shape: BaseGeometry) -> float:
    """The length of all lines of a shape, along the globe; of an area, all round it.

    >>> round(length_m(shapely.LineString([(0, 0), (1, 0)])), 3)
    111319.491
    """
    starts, ends = sides(shape)
    return float(shortest(starts, ends).length_m.sum()) if len(starts) else 0.0


def area_m2(shape: BaseGeometry) -> float:
    """The area of all polygons of a shape, their holes left out: 0 of points and lines.

    >>> round(area_m2(shapely.box(0, 0, 1, 1)) / 1e6, 3)
    12308.778
    """
    whole = 0.0
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and not part.is_empty:
            rings = [
                abs(_ring_m2(shapely.get_coordinates(ring))) for ring in (part.exterior, *part.interiors)
            ]
            whole += rings[0] - sum(rings[1:])
    return whole


def _ring_m2(corners: Corners) -> float:
    starts, ends = corners[:-1], corners[1:]
    along_pole = (np.abs(starts[:, 1]) == 90) & (
        starts[:, 1] == ends[:, 1]
    )  # of no length: a way on the chart
    round_pole = (np.sign(starts[:, 1]) * (ends[:, 0] - starts[:, 0]))[along_pole].sum() / 360
    return float(shortest(starts, ends).under_m2.sum() + EARTH_M2 / 2 * round_pole)


def azimuth_deg(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Which way one sets out from a place to another: degrees clockwise from north, 0 to 360."""
    return float(shortest(np.array([start]), np.array([end])).start_deg[0]) % 360


def sides(shape: BaseGeometry) -> Sides:
    """Where every side of a shape starts and ends."""
    starts, ends = [np.zeros((0, 2))], [np.zeros((0, 2))]
    for part in shapely.get_parts(shape):
        rings = (
            [part.exterior, *part.interiors] if part.geom_type == "Polygon" and not part.is_empty else [part]
        )
        for ring in rings:
            corners = shapely.get_coordinates(ring)
            starts.append(corners[:-1])
            ends.append(corners[1:])
    return np.concatenate(starts), np.concatenate(ends)


def centre(shape: BaseGeometry) -> tuple[float, float]:
    """The middle of a shape, longitude and latitude: of the chart's, or where a wide one balances in space.

    Of the verticals over an area (all along a line, of all points) the mean, by Stokes' sum round its sides.
    """
    left, low, right, high = shape.bounds
    if right - left <= WIDE_DEG and high - low <= WIDE_DEG:
        return float(shape.centroid.x), float(shape.centroid.y)
    starts, ends = sides(shape)
    dimension = shapely.get_dimensions(shape)
    if dimension == 0:
        mean = _vertical(shapely.get_coordinates(shape)).sum(axis=0)
    else:
        first, last = _vertical(starts), _vertical(ends)
        across = np.cross(first, last)
        sine = np.linalg.norm(across, axis=1)
        arc = np.arctan2(sine, (first * last).sum(axis=1))
        if dimension == 1:
            middles = first + last
            middles /= np.linalg.norm(middles, axis=1, keepdims=True)
            mean = (middles * arc[:, None]).sum(axis=0)
        else:
            mean = _balanced(shape)
    longitude = math.degrees(math.atan2(mean[1], mean[0]))
    longitude += 360 * round(((left + right) / 2 - longitude) / 360)
    return longitude, math.degrees(math.atan2(mean[2], math.hypot(mean[0], mean[1])))


def _balanced(shape: BaseGeometry) -> Float[np.ndarray, "3"]:
    """The sum of the verticals over all areas of a shape, their holes left out."""
    mean = np.zeros(3)
    for part in shapely.get_parts(shapely.orient_polygons(shape)):
        for ring in (part.exterior, *part.interiors):
            corners = _vertical(shapely.get_coordinates(ring))
            across = np.cross(corners[:-1], corners[1:])
            sine = np.linalg.norm(across, axis=1)
            arc = np.arctan2(sine, (corners[:-1] * corners[1:]).sum(axis=1))
            mean += (across * (arc / np.maximum(sine, 1e-300))[:, None])[sine > 0].sum(axis=0)
    return mean


def _vertical(places: Corners) -> Float[np.ndarray, "corner 3"]:
    longitude, latitude = np.radians(places).T
    level = np.cos(latitude)
    return np.stack([level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)], axis=1)


@lru_cache(maxsize=4096)
def charted(shape: BaseGeometry) -> BaseGeometry:
    """The shape on the chart of longitude and latitude, with corners added until it is true to `CHART_M`."""
    starts, ends = sides(shape)
    if not len(starts):
        return shape
    ways = shortest(starts, ends)
    steep = np.tan(np.radians(np.minimum(np.maximum(np.abs(starts[:, 1]), np.abs(ends[:, 1])), 89.0)))
    straight = (starts[:, 0] == ends[:, 0]) | ((np.abs(starts[:, 1]) == 90) & (starts[:, 1] == ends[:, 1]))
    pieces = np.ceil(ways.length_m * np.sqrt((steep + 1e-2) / (8 * POLE_M * CHART_M)))
    pieces = np.where(straight, 1, np.maximum(pieces, 1)).astype(int)
    if pieces.max() == 1:
        return shape
    added = iter(_along(starts, ends, pieces))

    def line(bare: BaseGeometry) -> Corners:
        corners = shapely.get_coordinates(bare)
        between = [np.concatenate([corner[None], next(added)]) for corner in corners[:-1]]
        return np.concatenate([*between, corners[-1:]])

    made = list[BaseGeometry]()
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            made.append(shapely.Polygon(line(part.exterior), [line(each) for each in part.interiors]))
        else:
            made.append(shapely.LineString(line(part)))
    if len(made) > 1:
        several = shapely.multipolygons if made[0].geom_type == "Polygon" else shapely.multilinestrings
        made = [several(made)]
    return _mended(made[0])


def _mended(shape: BaseGeometry) -> BaseGeometry:
    """The chart of a shape whose bent sides cross: as much of it as is area, where it is one."""
    if shape.is_valid or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return shape
    parts = shapely.get_parts(shapely.make_valid(shape))
    return shapely.union_all([each for each in parts if shapely.get_dimensions(each) == 2])


def _along(starts: Corners, ends: Corners, pieces: np.ndarray) -> list[Corners]:
    """The corners between the pieces of each side: the same whichever way it is walked."""
    turned = (starts[:, 0] > ends[:, 0]) | ((starts[:, 0] == ends[:, 0]) & (starts[:, 1] > ends[:, 1]))
    first, last = np.where(turned[:, None], ends, starts), np.where(turned[:, None], starts, ends)
    rows = np.repeat(np.arange(len(starts)), pieces - 1)
    number = np.arange(len(rows)) - np.repeat(np.cumsum(pieces - 1) - (pieces - 1), pieces - 1) + 1
    ways = shortest(first, last)
    places = reached(first[rows], ways.start_deg[rows], ways.length_m[rows] * number / pieces[rows])
    middle = (first[rows, 0] + last[rows, 0]) / 2
    places[:, 0] += 360 * np.round((middle - places[:, 0]) / 360)
    found = np.split(places, np.cumsum(pieces - 1)[:-1])
    return [each[::-1] if back else each for each, back in zip(found, turned.tolist())]


def side_by_side(first: BaseGeometry, second: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """Two shapes on one chart, that is cut where neither is, if there is such a meridian.

    What was cut along the old edge of the chart is whole again.
    """
    first, second = charted(first), charted(second)
    spans = sorted(
        (float(left), float(right))
        for shape in (first, second)
        for left, _, right, _ in shapely.bounds(shapely.get_parts(shape)).tolist()
    )
    if spans[0][0] > -180 and max(right for _, right in spans) < 180:
        return first, second
    edges = sorted((left % 360, left % 360 + (right - left)) for left, right in spans)
    reach, best, cut = edges[-1][1] - 360, 0.0, None
    reach = max(right for _, right in edges) - 360
    for left, right in edges:
        if left - reach > best:
            best, cut = left - reach, (left + reach) / 2
        reach = max(reach, right)
    if cut is None:
        return first, second
    return _cut_at(first, cut), _cut_at(second, cut)


def _cut_at(shape: BaseGeometry, cut: float) -> BaseGeometry:
    """The shape with every part set to the right of a meridian, areas that meet there joined."""

    def moved(part: BaseGeometry) -> BaseGeometry:
        turns = 360 * math.ceil((cut - part.bounds[0]) / 360)
        return shapely.transform(part, lambda places: np.add(places, (turns, 0.0))) if turns else part

    return shapely.union_all([moved(part) for part in shapely.get_parts(shape)])


def gap_m(first: BaseGeometry, second: BaseGeometry) -> float:
    """How far two shapes are apart along the globe: the least over all their points, 0 where they meet.

    Infinite where one is empty. Of two that do not meet, one of the nearest points is a corner: on a surface
    that bulges, ways that run side by side come together.
    """
    if first.is_empty or second.is_empty:
        return math.inf
    if first.geom_type == second.geom_type == "Point":
        return float(shortest(shapely.get_coordinates(first), shapely.get_coordinates(second)).length_m[0])
    if shapely.intersects(*side_by_side(first, second)):
        return 0.0
    return min(_to_sides(first, second), _to_sides(second, first))


def _to_sides(corners_of: BaseGeometry, other: BaseGeometry) -> float:
    """The least way from the corners of one shape to the sides, or the points, of another."""
    corners = np.unique(shapely.get_coordinates(corners_of), axis=0)
    starts, ends = sides(other)
    if not len(starts):
        starts = ends = shapely.get_coordinates(other)
    ways = shortest(starts, ends)
    pieces = np.maximum(np.ceil(ways.length_m / PIECE_M), 1).astype(int)
    if pieces.max() > 1:
        joints = [
            np.concatenate([s[None], m, e[None]])
            for s, m, e in zip(starts, _along(starts, ends, pieces), ends)
        ]
        starts, ends = (
            np.concatenate([each[part] for each in joints]) for part in (slice(-1), slice(1, None))
        )
    high, pairs = math.inf, list[np.ndarray]()
    bow_m = BOW_M * min(1.0, float(ways.length_m.max()) / PIECE_M) ** 2 + 1e-6
    step = max(1, MOST_PAIRS // len(starts))
    bounds = []
    for at in range(0, len(corners), step):
        arcs = _arcs(corners[at : at + step], starts, ends)
        high = min(high, float(arcs.min()) * EQUATOR_M + bow_m)
        rows = np.argwhere(arcs * POLE_M - bow_m <= high)
        pairs.append(np.add(rows, (at, 0)))
        bounds.append(arcs[tuple(rows.T)] * POLE_M - bow_m)
    near = np.concatenate(pairs)[np.concatenate(bounds) <= high]
    return _exact(corners[near[:, 0]], starts[near[:, 1]], ends[near[:, 1]])


def _sphere(places: Corners) -> Float[np.ndarray, "corner 3"]:
    """Places on the auxiliary sphere: of a way, each step is there between 1/a and 1/b as long."""
    longitude, latitude = np.radians(places).T
    low = np.arctan2((1 - FLATTENING) * np.sin(latitude), np.cos(latitude))
    level = np.cos(low)
    return np.stack([level * np.cos(longitude), level * np.sin(longitude), np.sin(low)], axis=1)


def _arcs(corners: Corners, starts: Corners, ends: Corners) -> Float[np.ndarray, "corner side"]:
    """How far each corner is from each side on the auxiliary sphere, in radians."""
    here, first, last = _sphere(corners), _sphere(starts), _sphere(ends)
    to_first, to_last = (_angle(here, each) for each in (first, last))
    normal = np.cross(first, last)
    size = np.linalg.norm(normal, axis=1)
    unit = normal / np.where(size > 0, size, 1.0)[:, None]
    within = (here @ np.cross(unit, first).T >= 0) & (here @ np.cross(last, unit).T >= 0) & (size > 0)
    across = np.abs(np.arcsin(np.clip(here @ unit.T, -1, 1)))
    found: Float[np.ndarray, "corner side"] = np.where(within, across, np.minimum(to_first, to_last))
    return found


def _angle(
    here: Float[np.ndarray, "corner 3"], there: Float[np.ndarray, "side 3"]
) -> Float[np.ndarray, "corner side"]:
    """The angle between each two directions, good for small ones too."""
    squares = ((here[:, None, :] - there[None, :, :]) ** 2).sum(axis=2)
    angle: Float[np.ndarray, "corner side"] = 2 * np.arcsin(np.minimum(1.0, np.sqrt(squares) / 2))
    return angle


def _exact(corners: Corners, starts: Corners, ends: Corners) -> float:
    """The least of the ways from each corner to its side: to its foot on it, found by steps, or to an end."""
    whole = shortest(starts, ends)
    length, along, best = whole.length_m, whole.length_m / 2, math.inf
    for _ in range(FEET):
        here, heading = gone(starts, whole.start_deg, along)
        to_corner = shortest(here, corners)
        best = min(best, float(to_corner.length_m.min()))
        off = np.radians(to_corner.start_deg - heading)
        arc = np.minimum(to_corner.length_m / EQUATOR_M, 1.4)
        before, along = along, np.clip(along + EQUATOR_M * np.arctan(np.tan(arc) * np.cos(off)), 0.0, length)
        if np.abs(along - before).max() < FOOT_M:
            return best
    return min(best, float(shortest(gone(starts, whole.start_deg, along)[0], corners).length_m.min()))
