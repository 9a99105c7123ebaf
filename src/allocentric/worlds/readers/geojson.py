"""GeoJSON (RFC 7946): features, a feature or a bare shape; degrees, longitude first, on WGS84.

Heights are left out: what lies there, lies on the ground. The `crs` member of GeoJSON 2008 is heeded,
and needs the extra `geo` where it names another system.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from allocentric.errors import BadInput
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.geo_crs import reference
from allocentric.worlds.readers.geo_things import Declared, Features, map_scene
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

SHAPES: Final = frozenset(
    ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"]
)
_DEFAULT: Final = "OGC:CRS84"
_BROKEN: Final = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    shapely.errors.ShapelyError,
)


def _claims(peek: Peek) -> bool:
    if {"type", "features"} <= peek.keys or {"type", "geometry", "properties"} <= peek.keys:
        return True
    return {"type", "coordinates"} <= peek.keys or {"type", "geometries"} <= peek.keys


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.name.split(".")[0]: partial(map_of, peek, Declared())}


def map_of(peek: Peek, declared: Declared) -> Scene:
    """The scene of a GeoJSON text."""
    where = str(peek.path)
    held = decode(peek.data, dict[str, Any], where=where)
    named = declared.crs or _system(held, where)
    listed = _features(held, where)
    shapes = [_shape(each.get("geometry"), f"{where}, feature {row}") for row, each in enumerate(listed)]
    properties = [each.get("properties") or {} for each in listed]
    features = Features(
        shapes, [each if isinstance(each, dict) else {} for each in properties], _layer(peek, held)
    )
    return map_scene(
        "geojson", peek.path, [(features, reference(named or _DEFAULT, where=where))], declared=declared
    )


def _layer(peek: Peek, held: dict[str, Any]) -> str:
    named = held.get("name")
    return named if isinstance(named, str) and named else peek.path.name.split(".")[0]


def _system(held: dict[str, Any], where: str) -> str | None:
    """What the member `crs` of GeoJSON 2008 names; None where there is none."""
    match held.get("crs"):
        case {"type": "name", "properties": {"name": str(name)}}:
            return name
        case {"type": "EPSG", "properties": {"code": int(code)}}:
            return f"EPSG:{code}"
        case None if "crs" in held:
            what = "its `crs` is null: it says that its system is not known"
            raise BadInput(what, where=where, mend='say which: read_map(path, crs="EPSG:...")')
        case None:
            return None
        case _:
            raise BadInput("its `crs` names no system", where=where, mend="name one, or leave it out")


def _features(held: dict[str, Any], where: str) -> list[dict[str, Any]]:
    kind = held.get("type")
    if kind == "FeatureCollection" and isinstance(held.get("features"), list):
        found = held["features"]
    elif kind == "Feature":
        found = [held]
    elif kind in SHAPES:
        found = [{"geometry": {key: each for key, each in held.items() if key != "crs"}}]
    else:
        raise BadInput(f"this is no GeoJSON: its type is {kind!r}", where=where, mend="get the file again")
    if not all(isinstance(each, dict) for each in found):
        raise BadInput("a feature is no object", where=where, mend="get the file again")
    features: list[dict[str, Any]] = found
    return features


def _shape(told: Any, where: str) -> BaseGeometry | None:
    """The shape that a GeoJSON object is; None for null."""
    if told is None:
        return None
    if not isinstance(told, dict) or told.get("type") not in SHAPES:
        raise BadInput("its geometry is no GeoJSON", where=where, mend="get the file again")
    try:
        return shapely.geometry.shape(told)
    except _BROKEN as error:
        what = (
            f"its geometry cannot be read: {str(error).splitlines()[0] if str(error) else 'no coordinates'}"
        )
        raise BadInput(
            what, where=where, mend="mend its coordinates: lists of [longitude, latitude]"
        ) from None


READER: Final = Reader("geojson", (".geojson", ".json"), _claims, _scenes)
