"""GeoPackage, shapefiles (zipped ones too) and extracts of OpenStreetMap, by GDAL: of the extra `geo`.

Every layer with shapes is read, its places converted to degrees on WGS84, longitude first; heights are left
out. A shapefile states its system in the .prj beside it; without one it is asked
for. Of OpenStreetMap the points with tags, lines, routes and areas are taken, as GDAL makes them of nodes and
ways.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import shapely

from allocentric.errors import BadInput
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.geo_crs import Reference, reference
from allocentric.worlds.readers.geo_things import Declared, Features, map_scene
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

SHAPEFILE: Final = b"\x00\x00\x27\x0a"
_TAG: Final = re.compile(r'"((?:[^"\\]|\\.){1,255})"=>"((?:[^"\\]|\\.){0,255})"')
_OF_WAYS: Final = frozenset({"points", "lines", "multilinestrings", "multipolygons"})  # of OpenStreetMap


def _is_geopackage(peek: Peek) -> bool:
    return peek.data[:15] == b"SQLite format 3" and peek.data[68:72] in (b"GPKG", b"GP10", b"GP11")


def _is_shapefile(peek: Peek) -> bool:
    return peek.data[:4] == SHAPEFILE or (peek.data[:2] == b"PK" and b".shp" in peek.data[-65536:])


def _is_osm(peek: Peek) -> bool:
    opening = peek.data[:512]
    return b"<osm" in opening or b"OSMHeader" in opening[:64]


def map_of(peek: Peek, declared: Declared, *, format: str) -> Scene:
    """The scene of every layer of a file that GDAL reads."""
    found = _layers(peek.path, format, declared)
    return map_scene(format, peek.path, found, declared=declared)


def _layers(path: Path, format: str, declared: Declared) -> Iterator[tuple[Features, Reference]]:
    where, gdal = str(path), _pyogrio(path)
    source = f"/vsizip/{path}" if path.suffix == ".zip" else where
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL's: what matters of it is checked here
            layers = [str(name) for name, kind in gdal.list_layers(source).tolist() if kind is not None]
            for layer in layers:
                if format != "osm" or layer in _OF_WAYS:
                    held = _features(gdal.raw.read(source, layer=layer), layer)
                    if len(held[0].shapes) or len(layers) == 1:
                        yield held[0], reference(declared.crs or held[1], where=where)
    except gdal.errors.DataSourceError as error:
        raise _broken(error, where) from None
    except gdal.errors.DataLayerError as error:
        raise _broken(error, where) from None
    except gdal.errors.FeatureError as error:
        raise _broken(error, where) from None


def _broken(error: Exception, where: str) -> BadInput:
    what = f"GDAL cannot read it: {str(error).splitlines()[0][:120]}"
    return BadInput(what, where=where, mend="get the file again, with the files that belong to it")


def _features(held: Any, layer: str) -> tuple[Features, str | None]:
    meta, _, shapes, columns = held
    names = [str(each) for each in meta["fields"]]
    rows = [_row(dict(zip(names, values))) for values in zip(*(each.tolist() for each in columns))]
    made = shapely.from_wkb(shapes) if shapes is not None else []
    return Features(list(made), rows or [{}] * len(made), layer), meta["crs"]


def _row(held: dict[str, Any]) -> Mapping[str, Any]:
    """A row's values, the other tags of OpenStreetMap among them."""
    tags = held.pop("other_tags", None)
    return held if not isinstance(tags, str) else {**dict(_TAG.findall(tags)), **held}


def _pyogrio(path: Path) -> Any:
    try:
        import pyogrio  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415
        import pyogrio.errors  # noqa: PLC0415
        import pyogrio.raw  # noqa: PLC0415
    except ImportError:
        what = "reading this map needs GDAL's pyogrio, which is not installed"
        raise BadInput(what, where=str(path), mend="pip install allocentric[geo]") from None
    return pyogrio


def _scenes(peek: Peek, *, format: str) -> Scenes:
    return {peek.path.name.split(".")[0]: partial(map_of, peek, Declared(), format=format)}


GEOPACKAGE: Final = Reader("geopackage", (".gpkg",), _is_geopackage, partial(_scenes, format="geopackage"))
SHAPE: Final = Reader("shapefile", (".shp", ".zip"), _is_shapefile, partial(_scenes, format="shapefile"))
OSM: Final = Reader("osm", (".osm", ".pbf"), _is_osm, partial(_scenes, format="osm"))
