"""Where a picture says that it was taken: the GPS fix in its EXIF."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.earth import EarthPoint, from_degrees

GPS: Final = 0x8825  # EXIF's folder of GPS tags, and those of them that are read
LATITUDE_SIDE, LATITUDE, LONGITUDE_SIDE, LONGITUDE = 1, 2, 3, 4
ALTITUDE_SIDE, ALTITUDE, ERROR_M = 5, 6, 31
BELOW_SEA: Final = (1, b"\x01")


@dataclass(frozen=True, slots=True)
class Fix:
    """A place on the earth, and how far off it may be as the picture itself says (None: it does not).

    EXIF counts altitude from the sea's level. It is taken for height above the ellipsoid: all fixes of one
    place are off by the same, so that what lies between them is not.
    """

    place: EarthPoint
    accuracy_m: float | None


def gps_fix(path: str | Path) -> Fix | None:
    """The fix of a picture; None where it has none, or none with an altitude.

    Raises BadInput for a picture that cannot be read and for numbers that are no place on the earth.
    """
    try:
        with Image.open(path) as picture:
            tags = dict(picture.getexif().get_ifd(GPS))
    except (OSError, ValueError, SyntaxError) as error:
        what = f"the picture cannot be read: {str(error).lower()}"
        raise BadInput(what, where=str(path), mend="get it again") from None
    if not {LATITUDE, LONGITUDE, ALTITUDE} <= tags.keys():
        return None
    try:
        latitude = _degrees(tags[LATITUDE]) * (-1 if str(tags.get(LATITUDE_SIDE)).upper() == "S" else 1)
        longitude = _degrees(tags[LONGITUDE]) * (-1 if str(tags.get(LONGITUDE_SIDE)).upper() == "W" else 1)
        height_m = float(tags[ALTITUDE]) * (-1 if tags.get(ALTITUDE_SIDE) in BELOW_SEA else 1)
        return Fix(from_degrees(latitude, longitude, height_m), _error_m(tags))
    except (ValueError, TypeError, ZeroDivisionError) as error:
        what = f"its GPS tags make no place on the earth: {error}"
        raise BadInput(what, where=str(path), mend="mend its EXIF, or leave the picture out") from None


def _degrees(parts: Any) -> float:
    """Degrees, minutes and seconds, each a number of its own."""
    degrees, minutes, seconds = (float(each) for each in parts)
    return degrees + minutes / 60 + seconds / 3600


def _error_m(tags: Mapping[int, Any]) -> float | None:
    told = float(tags.get(ERROR_M, math.nan))
    return told if 0 < told < math.inf else None
