"""Where on earth: how far a place is off, and whether within the customary distances."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np

from allocentric.answers.kinds import Expected, Pixel, Value
from allocentric.answers.metrics.metric import Metric, Score, Truth, as_numbers, no_truth
from allocentric.geometry.earth import EQUATOR_M, POLE_M

MEAN_RADIUS_M: Final = (2 * EQUATOR_M + POLE_M) / 3
WITHIN_KM: Final[Mapping[str, float]] = {
    "street": 1.0,
    "city": 25.0,
    "region": 200.0,
    "country": 750.0,
    "continent": 2500.0,
}


def great_circle_km(one: Pixel, other: Pixel) -> float:
    """The distance of two places (latitude, longitude in degrees) on a sphere of the earth's mean radius.

    By haversines, as geolocation sets measure it; up to 0.6 % from the distance on the ellipsoid.

    >>> round(great_circle_km((0.0, 0.0), (0.0, 90.0)), 1)
    10007.6
    """
    (lat, lon), (there_lat, there_lon) = (np.radians(one), np.radians(other))
    half = math.sin((there_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(there_lat) * math.sin((there_lon - lon) / 2) ** 2
    return 2 * MEAN_RADIUS_M * math.asin(min(1.0, math.sqrt(half))) / 1000


def as_place(value: object) -> Pixel | None:
    """The latitude and longitude that a value is; None beyond a pole or twice round the globe."""
    found = as_numbers(value, 2)
    fits = found is not None and abs(found[0]) <= 90 and abs(found[1]) <= 360
    return (found[0], found[1]) if found is not None and fits else None


def _within(reach_km: float) -> Score:
    """1 where the place is at most so far off."""

    def score(value: Value | None, truth: Truth, _: Expected) -> float:
        given, right = as_place(value), as_place(truth)
        if right is None:
            raise no_truth(truth, "geolocation", "latitude and longitude in degrees")
        return 0.0 if given is None else float(great_circle_km(given, right) <= reach_km)

    return score


METRICS: Final = tuple(
    Metric(
        name=f"within_{reach_km:.0f}_km",
        about=f"1 where the place is at most {reach_km:.0f} km off ({name}), along the great circle",
        source="IM2GPS and its followers",
        score=_within(reach_km),
        kinds=frozenset({"point"}),
    )
    for name, reach_km in WITHIN_KM.items()
)
