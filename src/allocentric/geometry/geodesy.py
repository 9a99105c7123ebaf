"""Places on the earth as metres east, north and up of one of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float

# The ellipsoid of WGS84: its greater half axis, and the square of its eccentricity.
AXIS_M: Final = 6378137.0
ECCENTRICITY2: Final = (1 / 298.257223563) * (2 - 1 / 298.257223563)


@dataclass(frozen=True, slots=True)
class Geographic:
    """A place by WGS84: degrees north, degrees east, metres above the ellipsoid."""

    latitude_deg: float
    longitude_deg: float
    altitude_m: float = 0.0


def east_north_up_m(place: Geographic, origin: Geographic) -> Float[np.ndarray, "3"]:
    """How far a place is east, north and up of the origin, along the axes that stand there.

    >>> east_north_up_m(Geographic(52.001, 13.0), Geographic(52.0, 13.0)).round(2)
    array([  0.  , 111.27,  -0.  ])
    """
    north, east = math.radians(origin.latitude_deg), math.radians(origin.longitude_deg)
    axes = np.array(
        [
            [-math.sin(east), math.cos(east), 0],
            [-math.sin(north) * math.cos(east), -math.sin(north) * math.sin(east), math.cos(north)],
            [math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)],
        ]
    )
    offset_m: Float[np.ndarray, "3"] = axes @ (_from_the_middle_m(place) - _from_the_middle_m(origin))
    return offset_m


def _from_the_middle_m(place: Geographic) -> Float[np.ndarray, "3"]:
    """The place from the middle of the earth: x through 0 east on the equator, z through the pole."""
    north, east = math.radians(place.latitude_deg), math.radians(place.longitude_deg)
    across_m = AXIS_M / math.sqrt(1 - ECCENTRICITY2 * math.sin(north) ** 2)
    level_m = (across_m + place.altitude_m) * math.cos(north)
    return np.array(
        [
            level_m * math.cos(east),
            level_m * math.sin(east),
            (across_m * (1 - ECCENTRICITY2) + place.altitude_m) * math.sin(north),
        ]
    )
