"""Shortest ways on WGS84: how long, which way, where they end, the area beside them. Row and metres.

Karney, Algorithms for geodesics (J. Geodesy 87, 2013): the auxiliary sphere, with his integrals (7), (8) and
(63) summed by Gauss's rule, not as series. Places are rows of longitude and latitude in degrees; azimuths are
degrees clockwise from north. Lengths are good to a micrometre all over the ellipsoid, ends almost on opposite
sides of it included, where the way is found by halving the azimuth; so is where a way ends, but for starts by
a pole, where it is some micrometres.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from jaxtyping import Float

from allocentric.geometry.earth import EQUATOR_M, FLATTENING, POLE_M, SQUARED

SECOND_SQUARED: Final = SQUARED / (1 - SQUARED)  # second eccentricity, squared
AUTHALIC2_M2: Final = EQUATOR_M**2 / 2 + POLE_M**2 / 2 * math.atanh(math.sqrt(SQUARED)) / math.sqrt(
    SQUARED
)  # the square of the radius of the sphere with as much area
EARTH_M2: Final = 4 * math.pi * AUTHALIC2_M2
HALF_ROUND_M: Final = 20_003_931.46  # from pole to pole: no two places are farther apart
ROUNDS: Final = 30  # of the iteration for ordinary ends
HALVINGS: Final = 80  # of the azimuth, for ends almost opposite
SETTLED_RAD: Final = 1e-14
_SPOTS, _WEIGHTS = np.polynomial.legendre.leggauss(20)

Row = Float[np.ndarray, " row"]
Places = Float[np.ndarray, "row 2"]


class Ways(NamedTuple):
    """Shortest ways, a row each: metres, azimuths where they start and end, area between them and equator."""

    length_m: Row
    start_deg: Row
    end_deg: Row
    under_m2: Row  # positive eastward on the northern half


def shortest(starts: Places, ends: Places) -> Ways:
    """The shortest way from each start to its end, the nearer way round.

    >>> ways = shortest(np.array([[0.0, 0.0]]), np.array([[0.0, 90.0]]))
    >>> round(float(ways.length_m[0]), 3), float(ways.start_deg[0])
    (10001965.729, 0.0)
    """
    (lon1, lat1), (lon2, lat2) = np.asarray(starts, dtype=float).T, np.asarray(ends, dtype=float).T
    east = _around(lon2 - lon1)
    low1, low2 = _reduced(lat1), _reduced(lat2)
    # Eastward, from the end farther from the equator, taken to the south: it comes in northward.
    swap = np.abs(low1) < np.abs(low2)
    far, near = np.where(swap, low2, low1), np.where(swap, low1, low2)
    mirror = np.where(far >= 0, -1.0, 1.0)
    way = _eastward(-np.abs(far), near * mirror, np.radians(np.abs(east)))
    start, end = way.start, way.end
    start, end = (np.where(mirror < 0, math.pi - each, each) for each in (start, end))
    start, end = np.where(swap, math.pi - end, start), np.where(swap, math.pi - start, end)
    west = np.where(east < 0, -1.0, 1.0)
    same = (lat1 == lat2) & (east == 0)
    length = np.where(same, 0.0, way.length_m)
    under = np.where(same, 0.0, west * mirror * way.under_m2)
    return Ways(length, west * np.degrees(start), west * np.degrees(end), under)


def reached(starts: Places, azimuths_deg: Row, lengths_m: Row) -> Places:
    """Where one comes to who goes straight on from each start: longitude in -180 to 180, and latitude.

    >>> reached(np.array([[10.0, 0.0]]), np.array([90.0]), np.array([111319.49079327358])).round(9).tolist()
    [[11.0, 0.0]]
    """
    return gone(starts, azimuths_deg, lengths_m)[0]


def gone(starts: Places, azimuths_deg: Row, lengths_m: Row) -> tuple[Places, Row]:
    """Where one comes to, as `reached` says, and the azimuth in which one goes on there."""
    low, azimuth = _reduced(starts[:, 1]), np.radians(azimuths_deg)
    sine0 = np.sin(azimuth) * np.cos(low)
    cosine0 = np.hypot(np.cos(azimuth), np.sin(azimuth) * np.sin(low))
    start = np.arctan2(np.sin(low), np.cos(azimuth) * np.cos(low))
    bulge = SECOND_SQUARED * cosine0**2
    end = start + lengths_m / POLE_M
    for _ in range(12):  # Newton: the length by arc is nearly straight
        off_m = _arc_length(start, end, bulge) - lengths_m
        end = end - off_m / (POLE_M * np.sqrt(1 + bulge * np.sin(end) ** 2))
        if (np.abs(off_m) < 1e-9 * np.maximum(1.0, np.abs(lengths_m) * 1e-6)).all():
            break
    latitude = np.arctan2(cosine0 * np.sin(end), (1 - FLATTENING) * np.hypot(cosine0 * np.cos(end), sine0))
    swept = _swept(sine0, start, end) - FLATTENING * sine0 * _lag(start, end, bulge)
    heading = np.degrees(np.arctan2(sine0, cosine0 * np.cos(end)))
    places = np.stack([_around(starts[:, 0] + np.degrees(swept)), np.degrees(latitude)], axis=1)
    return places, heading


def _around(degrees: Row) -> Row:
    """The same longitudes from -180, left out, to 180."""
    turned: Row = 180.0 - np.mod(180.0 - degrees, 360.0)
    return turned


def _reduced(latitude: Row) -> Row:
    """The reduced latitude, in radians."""
    angle = np.radians(latitude)
    low: Row = np.arctan2((1 - FLATTENING) * np.sin(angle), np.cos(angle))
    return low


class _Way(NamedTuple):
    start: Row
    end: Row
    length_m: Row
    under_m2: Row


def _eastward(far: Row, near: Row, apart: Row) -> _Way:
    """Ways from southern ends to others no farther from the equator: azimuths from 0 to half a turn."""
    swept = apart.copy()
    for _ in range(ROUNDS):  # as on a sphere, where the ends are somewhat farther apart
        azimuth, final, arc = _on_sphere(far, near, swept)
        first = _first_arc(far, azimuth)
        sine0 = np.sin(azimuth) * np.cos(far)
        better = apart + FLATTENING * sine0 * _lag(first, first + arc, _bulge(far, azimuth))
        change, swept = np.abs(better - swept), better
        if (change < SETTLED_RAD).all():
            break
    last = first + arc
    # By the spherical excess: what is near turns by less than the rounding of either azimuth.
    turning = 2 * np.arctan2(
        np.sin(swept / 2) * np.sin((near + far) / 2), np.cos(swept / 2) * np.cos((near - far) / 2)
    )
    rest = (change >= 10 * SETTLED_RAD) | (swept > math.pi)
    if rest.any():
        azimuth[rest] = _halved(far[rest], near[rest], apart[rest])
        first[rest] = _first_arc(far[rest], azimuth[rest])
        north = _northward(far[rest], near[rest], azimuth[rest])
        final[rest] = np.arctan2(np.sin(azimuth[rest]) * np.cos(far[rest]), north)
        last[rest] = np.arctan2(np.sin(near[rest]), north)
        turning[rest] = final[rest] - azimuth[rest]
    sine0, bulge = np.sin(azimuth) * np.cos(far), _bulge(far, azimuth)
    rise = np.sqrt(bulge / SECOND_SQUARED) * sine0 * _lift(first, last, bulge)
    under = AUTHALIC2_M2 * turning + SQUARED * EQUATOR_M**2 * rise
    return _Way(azimuth, final, _arc_length(first, last, bulge), under)


def _on_sphere(far: Row, near: Row, swept: Row) -> tuple[Row, Row, Row]:
    """Azimuths at both ends, and the arc between, of ends on a sphere."""
    level = np.sin(far) * np.sin(near) + np.cos(far) * np.cos(near) * np.cos(swept)
    half = np.sin(swept / 2) ** 2  # sin(near - far) tells more of what is near than the products
    across = np.cos(near) * np.sin(swept)
    along = np.sin(near - far) + 2 * np.sin(far) * np.cos(near) * half
    onward = np.sin(near - far) - 2 * np.cos(far) * np.sin(near) * half
    azimuth = np.arctan2(across, along)
    final = np.arctan2(np.cos(far) * np.sin(swept), onward)
    return azimuth, final, np.arctan2(np.hypot(across, along), level)


def _first_arc(far: Row, azimuth: Row) -> Row:
    """How far along its great circle a way starts, from where that goes north through the equator."""
    arc: Row = np.arctan2(np.sin(far), np.cos(azimuth) * np.cos(far))
    return arc


def _bulge(low: Row, azimuth: Row) -> Row:
    bulge: Row = SECOND_SQUARED * (np.cos(azimuth) ** 2 + (np.sin(azimuth) * np.sin(low)) ** 2)
    return bulge


def _halved(far: Row, near: Row, apart: Row) -> Row:
    """The azimuth for ends almost on opposite sides.

    The longitude at which a way goes north through the other latitude grows with its azimuth: halving finds
    the one.
    """
    least, most = np.zeros(len(apart)), np.full(len(apart), math.pi)
    for _ in range(HALVINGS):
        middle = (least + most) / 2
        beyond = _longitude(far, near, middle) > apart
        least, most = np.where(beyond, least, middle), np.where(beyond, middle, most)
    azimuth: Row = (least + most) / 2
    return azimuth


def _northward(far: Row, near: Row, azimuth: Row) -> Row:
    """The cosine of the azimuth where a way goes north through the other latitude, times that latitude's."""
    farther = (np.sin(far) - np.sin(near)) * (np.sin(far) + np.sin(near))
    north: Row = np.sqrt((np.cos(azimuth) * np.cos(far)) ** 2 + farther)
    return north


def _longitude(far: Row, near: Row, azimuth: Row) -> Row:
    """How far east a way goes north through the other latitude."""
    sine0 = np.sin(azimuth) * np.cos(far)
    first = _first_arc(far, azimuth)
    last = np.arctan2(np.sin(near), _northward(far, near, azimuth))
    east: Row = _swept(sine0, first, last) - FLATTENING * sine0 * _lag(first, last, _bulge(far, azimuth))
    return east


def _swept(sine0: Row, first: Row, last: Row) -> Row:
    """The longitude on the sphere between two arcs from where a way goes north through the equator."""
    ends = []
    for arc in (first, last):  # whole turns are kept: an arc and its longitude are never half a turn apart
        turns = np.round(arc / (2 * math.pi))
        ends.append(np.arctan2(sine0 * np.sin(arc), np.cos(arc)) + 2 * math.pi * turns)
    swept: Row = ends[1] - ends[0]
    return swept


def _summed(start: Row, end: Row) -> tuple[Float[np.ndarray, "spot row"], Float[np.ndarray, "spot row"]]:
    """Arcs between two ends, and the weight of each in a sum."""
    half = (end - start) / 2
    return start + half + _SPOTS[:, None] * half, _WEIGHTS[:, None] * half


def _arc_length(start: Row, end: Row, bulge: Row) -> Row:
    arcs, weights = _summed(start, end)
    length: Row = POLE_M * (weights * np.sqrt(1 + bulge * np.sin(arcs) ** 2)).sum(axis=0)
    return length


def _lag(start: Row, end: Row, bulge: Row) -> Row:
    arcs, weights = _summed(start, end)
    root = np.sqrt(1 + bulge * np.sin(arcs) ** 2)
    lag: Row = (weights * (2 - FLATTENING) / (1 + (1 - FLATTENING) * root)).sum(axis=0)
    return lag


def _lift(start: Row, end: Row, bulge: Row) -> Row:
    """The integral (63), with its quotient of differences as a polynomial: nothing cancels."""
    arcs, weights = _summed(start, end)
    least = bulge * np.sin(arcs) ** 2
    quotient, powers = np.zeros_like(least), np.zeros_like(least)
    for order, factor in enumerate(_RISE):
        powers = powers * SECOND_SQUARED + least**order
        quotient = quotient + factor * powers
    lift: Row = -(weights * quotient * np.sin(arcs) / 2).sum(axis=0)
    return lift


def _rise(terms: int) -> tuple[float, ...]:
    """The series of x + sqrt(1/x + 1) asinh(sqrt x) from its first power on."""
    of_root = [1.0]  # asinh(s) / (s sqrt(1 + s²)) in s²
    for order in range(1, terms + 1):
        of_root.append(-of_root[-1] * 2 * order / (2 * order + 1))
    return tuple((order == 0) + of_root[order + 1] + of_root[order] for order in range(terms))


_RISE: Final = _rise(8)
