"""GeoTIFF: a raster of classes as regions, any other as a picture of the ground from straight above.

A raster of one band of few whole numbers is taken for classes (land cover): each connected part of one number
is a thing, its outline along the edges of the pixels. Of any other the ground that it shows is a thing, and
the picture a view of that size. What its scale and shift place in its
reference system is converted to degrees on WGS84. Reading takes rasterio and pyproj, of the extra `geo`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from allocentric.errors import BadInput
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Scene, View
from allocentric.worlds.readers.geo_crs import reference
from allocentric.worlds.readers.geo_things import Declared, Features, map_scene
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

MOST_CLASSES: Final = 64
MOST_REGIONS: Final = 20_000
LARGEST_PX: Final = 100_000_000
_LITTLE, _BIG = b"II*\x00", b"MM\x00*"
_KEYS: Final = (b"\xaf\x87\x03\x00", b"\x87\xaf\x00\x03")  # the tag of a directory of geographic keys
_AHEAD: Final = 1 << 20  # bytes at either end in which the tags are looked for


def _claims(peek: Peek) -> bool:
    if peek.data[:4] not in (_LITTLE, _BIG) and peek.data[:4] not in (b"II+\x00", b"MM\x00+"):
        return False
    ends = peek.data[:_AHEAD] + peek.data[-_AHEAD:]
    return any(each in ends for each in _KEYS)


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.name.split(".")[0]: partial(map_of, peek, Declared())}


def map_of(peek: Peek, declared: Declared) -> Scene:
    """The scene of a raster: its classes as regions, else the ground that it shows and its picture."""
    path, where = peek.path, str(peek.path)
    raster, features = _rasterio(where)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a raster without a place, which is refused here
            with raster.open(path) as held:
                if held.width * held.height > LARGEST_PX:
                    what = f"it has {held.width} x {held.height} pixels"
                    raise BadInput(what, where=where, mend=f"cut out a part of {LARGEST_PX} at most")
                system = None if held.crs is None else held.crs.to_wkt()
                if held.transform.is_identity:
                    what = "it does not say where its pixels lie on the ground"
                    raise BadInput(what, where=where, mend="get the file with its world file")
                found = _classes(held, features, where) or _ground(held, path)
                size, step = (held.width, held.height), held.transform
    except raster.errors.RasterioError as error:
        what = f"GDAL cannot read it: {str(error).splitlines()[0][:120]}"
        raise BadInput(what, where=where, mend="get the file again") from None
    placed = f"pixels {size[0]} x {size[1]}; from a pixel to its system: {tuple(step)[:6]}"
    layer = (found, reference(declared.crs or system, where=where))
    view = View(path.name.split(".")[0], Pose(np.eye(3), np.zeros(3)), image=where, size_px=size)
    return map_scene("geotiff", path, [layer], declared=declared, notes=[placed], views=(view,))


def _classes(held: Any, features: Any, where: str) -> Features | None:
    """The connected parts of each class; None where the raster is no raster of classes."""
    if held.count != 1 or not np.issubdtype(np.dtype(held.dtypes[0]), np.integer):
        return None
    values = held.read(1)
    present = np.unique(values)
    if len(present) > MOST_CLASSES:
        return None
    shown = held.dataset_mask() > 0
    outlines = list(_outlines(features.shapes(values.astype(np.int32), mask=shown, transform=held.transform)))
    if len(outlines) > MOST_REGIONS:
        what = f"its classes lie in {len(outlines)} parts"
        raise BadInput(what, where=where, mend=f"smooth it to {MOST_REGIONS} at most, or cut out a part")
    named = held.tags(1)
    labels = [{"class": named.get(f"CLASS_{value}", f"class {value}")} for _, value in outlines]
    return Features([shape for shape, _ in outlines], labels, "classes")


def _outlines(shapes: Any) -> Iterator[tuple[Any, int]]:
    for told, value in shapes:
        yield shapely.geometry.shape(told), int(value)


def _ground(held: Any, path: Path) -> Features:
    """The ground that a picture shows."""
    corners = [(0, 0), (held.width, 0), (held.width, held.height), (0, held.height)]
    outline = shapely.Polygon([held.transform * each for each in corners])
    stem = path.name.split(".")[0]
    return Features([outline], [{"class": "image", "name": stem}], stem)


def _rasterio(where: str) -> tuple[Any, Any]:
    try:
        import rasterio  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415
        import rasterio.errors  # noqa: PLC0415
        from rasterio import features  # noqa: PLC0415
    except ImportError:
        what = "reading a GeoTIFF needs rasterio, which is not installed"
        raise BadInput(what, where=where, mend="pip install allocentric[geo]") from None
    return rasterio, features


READER: Final = Reader("geotiff", (".tif", ".tiff"), _claims, _scenes)
