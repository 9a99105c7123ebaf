"""Places on the earth: latitude, longitude and height on WGS84, and local metres east, north and up.

Exact, by way of earth-centred coordinates: no map projection is between. Angles are in radians; heights are
above the ellipsoid, which is up to a hundred metres off the sea's level.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float

EQUATOR_M: Final = 6378137.0  # WGS84's half axes, and what follows from them
FLATTENING: Final = 1 / 298.257223563
POLE_M: Final = EQUATOR_M * (1 - FLATTENING)
SQUARED: Final = FLATTENING * (2 - FLATTENING)  # first eccentricity, squared
ROUNDS: Final = 6  # each gives more than four digits to a height of ten thousand kilometres

Rows = Float[np.ndarray, "*n 3"]


@dataclass(frozen=True, slots=True)
class EarthPoint:
    """A place on the earth. Raises ValueError for a latitude beyond a pole and for what is not finite."""

    latitude_rad: float
    longitude_rad: float
    height_m: float = 0.0

    def __post_init__(self) -> None:
        held = (self.latitude_rad, self.longitude_rad, self.height_m)
        if not all(map(math.isfinite, held)) or abs(self.latitude_rad) > math.pi / 2:
            raise ValueError(f"no place on the earth: {held}")

    def row(self) -> Float[np.ndarray, "3"]:
        """Latitude and longitude in radians, height in metres."""
        return np.array([self.latitude_rad, self.longitude_rad, self.height_m])


def from_degrees(latitude: float, longitude: float, height_m: float = 0.0) -> EarthPoint:
    """The place of a latitude and a longitude in degrees, north and east positive."""
    return EarthPoint(math.radians(latitude), math.radians(longitude), height_m)


def earth_centred_m(places: Rows) -> Rows:
    """Rows of latitude, longitude and height as places from the earth's middle.

    x points to latitude and longitude 0, z to the north pole.

    >>> earth_centred_m(np.array([0.0, 0.0, 10.0]))
    array([6378147.,       0.,       0.])
    """
    latitude, longitude, height_m = np.moveaxis(np.asarray(places, dtype=float), -1, 0)
    across_m = EQUATOR_M / np.sqrt(1 - SQUARED * np.sin(latitude) ** 2)
    level_m = (across_m + height_m) * np.cos(latitude)
    z_m = (across_m * (1 - SQUARED) + height_m) * np.sin(latitude)
    return np.stack([level_m * np.cos(longitude), level_m * np.sin(longitude), z_m], axis=-1)


def geodetic(earth_centred: Rows) -> Rows:
    """Latitude, longitude (radians) and height (metres) of places from the earth's middle.

    Good to a nanometre from the sea's floor up to far satellites; not within the earth's core.
    """
    x_m, y_m, z_m = np.moveaxis(np.asarray(earth_centred, dtype=float), -1, 0)
    level_m = np.hypot(x_m, y_m)
    reduced = np.arctan2(z_m, (1 - FLATTENING) * level_m)
    for _ in range(ROUNDS):  # Bowring: the latitude follows from the reduced one, which follows from it
        rise = z_m + SQUARED / (1 - SQUARED) * POLE_M * np.sin(reduced) ** 3
        latitude = np.arctan2(rise, level_m - SQUARED * EQUATOR_M * np.cos(reduced) ** 3)
        reduced = np.arctan2((1 - FLATTENING) * np.sin(latitude), np.cos(latitude))
    surface_m = EQUATOR_M * np.sqrt(1 - SQUARED * np.sin(latitude) ** 2)
    height_m = level_m * np.cos(latitude) + z_m * np.sin(latitude) - surface_m
    return np.stack([latitude, np.arctan2(y_m, x_m), height_m], axis=-1)


def enu_axes(origin: EarthPoint) -> Float[np.ndarray, "3 3"]:
    """East, north and up at a place, as the rows of a rotation from earth-centred axes."""
    sine, cosine = math.sin(origin.latitude_rad), math.cos(origin.latitude_rad)
    across, along = math.sin(origin.longitude_rad), math.cos(origin.longitude_rad)
    return np.array(
        [
            [-across, along, 0.0],
            [-sine * along, -sine * across, cosine],
            [cosine * along, cosine * across, sine],
        ]
    )


def enu_m(places: Rows, origin: EarthPoint) -> Rows:
    """Rows of latitude, longitude and height as metres east, north and up of a place.

    Straight lines in space: over a distance d the ground falls away by d squared by twice the earth's radius.

    >>> enu_m(from_degrees(52.001, 13.001, 7.0).row(), from_degrees(52.0, 13.0)).round(1).tolist()
    [68.7, 111.3, 7.0]
    """
    offset: Rows = (earth_centred_m(places) - earth_centred_m(origin.row())) @ enu_axes(origin).T
    return offset


def geodetic_from_enu(enu: Rows, origin: EarthPoint) -> Rows:
    """The way back: latitude, longitude and height of metres east, north and up of a place."""
    return geodetic(enu @ enu_axes(origin) + earth_centred_m(origin.row()))
