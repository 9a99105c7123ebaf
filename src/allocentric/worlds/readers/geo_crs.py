"""Reference systems of maps: what is declared, what its numbers show, and longitudes and latitudes on WGS84.

What counts degrees on WGS84 (or within a metre of it) is read without more; any other system is converted by
PROJ, of the extra `geo`, east or longitude first whatever order its authority states. A system that is not
declared is asked for, and one that the numbers contradict is refused: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput

Places = Float[np.ndarray, "place 2"]
ROUNDED_DEG: Final = 1e-6  # beyond the edge of the chart: rounding, and set back onto it

# Longitude and latitude on WGS84, by every name that it goes by.
_PLAIN: Final = re.compile(
    r"(EPSG::?|urn:ogc:def:crs:EPSG:[\d.]*:|http.*/EPSG/\d+/)4326|.*CRS84h?|WGS ?84", re.I
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference system: how it was declared, how it is called, how its places become degrees on WGS84."""

    declared: str
    told: str
    to_degrees: Callable[[Places], Places] | None  # None: they are


def reference(declared: str | None, *, where: str) -> Reference:
    """The system of that name, code, or well-known text; raises BadInput where none is declared or known."""
    if declared is None or not declared.strip():
        what = "no reference system is declared: what its coordinates count is not known"
        raise BadInput(what, where=where, mend='say which: read_map(path, crs="EPSG:...")')
    if _PLAIN.fullmatch(declared.strip()):
        return Reference(declared, "WGS 84, degrees, longitude first", None)
    proj = _pyproj(declared, where)
    try:
        system = proj.CRS.from_user_input(declared)
        change = proj.Transformer.from_crs(system, "OGC:CRS84", always_xy=True)
    except proj.exceptions.ProjError as error:
        what = f"the reference system {declared[:60]!r} is not known: {str(error).splitlines()[0]}"
        raise BadInput(what, where=where, mend='say which: read_map(path, crs="EPSG:...")') from None
    if system.to_epsg() == 4326 or system.equals(proj.CRS("OGC:CRS84")):
        return Reference(declared, "WGS 84, degrees, longitude first", None)

    def to_degrees(places: Places) -> Places:
        made: Places = np.stack(change.transform(places[:, 0], places[:, 1]), axis=1)
        if not np.isfinite(made).all():
            row = int(np.argmin(np.isfinite(made).all(axis=1)))
            what = f"{places[row].tolist()} is no place in {system.name}"
            mend = "check its reference system: it may be another than is declared"
            raise BadInput(what, where=where, mend=mend)
        return made

    unit = system.axis_info[0].unit_name if system.axis_info else "units"
    code = system.to_authority()
    name = f"{':'.join(code)}, {system.name}" if code else system.name
    return Reference(declared, f"{name}, in {_plural(unit)}, converted by PROJ", to_degrees)


def checked_degrees(places: Places, declared: str, *, where: str) -> Places:
    """Longitudes and latitudes, those off the chart by rounding set back; raises BadInput for others."""
    if not np.isfinite(places).all():
        row = int(np.argmin(np.isfinite(places).all(axis=1)))
        raise BadInput(f"a place is not finite: {places[row].tolist()}", where=where, mend="mend the file")
    longitude, latitude = np.abs(places).T
    if (latitude <= 90 + ROUNDED_DEG).all() and (longitude <= 180 + ROUNDED_DEG).all():
        held: Places = np.clip(places, (-180.0, -90.0), (180.0, 90.0))
        return held
    off = places[int(np.argmax(np.maximum(latitude - 90, longitude - 180)))].tolist()
    if (longitude <= 90 + ROUNDED_DEG).all() and (latitude <= 180 + ROUNDED_DEG).all():
        what = f"{off} lies beyond a pole: latitude seems to stand before longitude"
        raise BadInput(what, where=where, mend="write longitude first (RFC 7946)")
    if (
        (latitude <= 90 + ROUNDED_DEG).all()
        and (places[:, 0] <= 360 + ROUNDED_DEG).all()
        and places[:, 0].min() >= 0
    ):
        turned = places.copy()
        turned[:, 0] = np.where(turned[:, 0] > 180, turned[:, 0] - 360, turned[:, 0])
        return turned
    what = f"{off} is no longitude and latitude in degrees, as {declared} has it"
    raise BadInput(what, where=where, mend='say in which system it is: read_map(path, crs="EPSG:...")')


def _plural(unit: str) -> str:
    words = {"metre": "metres", "degree": "degrees", "US survey foot": "US survey feet", "foot": "feet"}
    return words.get(unit, f"{unit}s")


def _pyproj(declared: str, where: str) -> Any:
    try:
        import pyproj  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415 (of an extra)
        import pyproj.exceptions  # noqa: PLC0415
    except ImportError:
        what = f"reading the reference system {declared[:40]!r} needs pyproj, which is not installed"
        mend = "pip install allocentric[geo], or convert it to longitude and latitude (EPSG:4326)"
        raise BadInput(what, where=where, mend=mend) from None
    return pyproj
