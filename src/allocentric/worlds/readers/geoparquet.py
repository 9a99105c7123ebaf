"""GeoParquet 1.0 and 1.1: a table of shapes in WKB; its system is the `crs` of the column's metadata.

Without a `crs` the format says longitude and latitude on WGS84; a `crs` of null is a system unknown. Places
are brought to degrees, longitude first; heights are left out. Reading takes pyarrow, of the extra `data`.
"""

from __future__ import annotations

import io
import json
from functools import partial
from typing import Any, Final

import shapely

from allocentric.errors import BadInput
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.geo_crs import reference
from allocentric.worlds.readers.geo_things import Declared, Features, map_scene
from allocentric.worlds.readers.reader import Peek, Reader, Scenes


def _claims(peek: Peek) -> bool:
    return peek.data[:4] == b"PAR1" and b"primary_column" in peek.data[-(1 << 20) :]


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.name.split(".")[0]: partial(map_of, peek, Declared())}


def map_of(peek: Peek, declared: Declared) -> Scene:
    """The scene of a GeoParquet table."""
    where = str(peek.path)
    parquet, arrow = _pyarrow(where)
    try:
        table = parquet.read_table(io.BytesIO(peek.data))
        geo = json.loads((table.schema.metadata or {}).get(b"geo", b"null"))
        column = geo["primary_column"]
        told = geo["columns"][column]
        shapes = shapely.from_wkb(table.column(column).to_pylist())
    except (
        arrow.ArrowException,
        OSError,
        ValueError,
        TypeError,
        KeyError,
        shapely.errors.ShapelyError,
    ) as error:
        what = f"this is no GeoParquet table: {str(error).splitlines()[0][:120]}"
        raise BadInput(what, where=where, mend="get the file again") from None
    if told.get("encoding") != "WKB":
        what = f"its shapes are encoded as {told.get('encoding')!r}"
        raise BadInput(what, where=where, mend="write them as WKB")
    if told.get("edges", "planar") not in ("planar", "spherical"):
        raise BadInput(f"its sides are {told['edges']!r}", where=where, mend="write planar ones")
    rest = table.drop_columns([column])
    features = Features(list(shapes), rest.to_pylist(), peek.path.name.split(".")[0])
    system = reference(declared.crs or _system(told), where=where)
    return map_scene("geoparquet", peek.path, [(features, system)], declared=declared)


def _system(told: dict[str, Any]) -> str | None:
    if "crs" not in told:
        return "OGC:CRS84"
    crs = told["crs"]
    if isinstance(crs, dict) and isinstance(crs.get("id"), dict):
        code = crs["id"]
        return f"{code.get('authority')}:{code.get('code')}"
    return None if crs is None else crs if isinstance(crs, str) else json.dumps(crs)


def _pyarrow(where: str) -> tuple[Any, Any]:
    try:
        import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        what = "reading GeoParquet needs pyarrow, which is not installed"
        raise BadInput(what, where=where, mend="pip install allocentric[data]") from None
    return parquet, pyarrow


READER: Final = Reader("geoparquet", (".parquet", ".geoparquet"), _claims, _scenes)
