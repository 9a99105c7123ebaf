"""The layout of our scene file: what stands in the JSON, and how arrays and polygons are kept in it.

JSON has no infinity and no NaN: a number is written as itself or as one of the words "inf", "-inf", "nan".
An array is nested lists of such numbers, or, when it is large, base64 of its little-endian bytes.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

import msgspec
import numpy as np
from jaxtyping import Float, Shaped
from shapely.geometry import MultiPolygon, Polygon

from allocentric.errors import BadInput
from allocentric.scene.facts import Kind, Measure, Sensing, Space

FORMAT: Final = "allocentric-scene"
VERSION: Final = 1
LISTED_AT_MOST: Final = 4096  # numbers; a larger array is kept as base64

Number = float | Literal["inf", "-inf", "nan"]
_CANONICAL_NAN: Final = np.array(np.nan).view(np.int64)


class _Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Packed(_Layout, frozen=True):
    """A large array: the bytes of its rows, little-endian, in base64."""

    dtype: Literal["<f8", "<i8"]
    shape: list[int]
    base64: str


Numbers = Packed | list[Number | list[Number | list[Number]]]
Rings = list[Numbers]


class Header(msgspec.Struct):
    """What must be right before the rest of the file is looked at."""

    format: str
    version: int


class StoredPaint(_Layout, frozen=True):
    """Colours of faces (light, 1 is white; of each corner, or one a face, or one for all), pictures laid on.

    A face's `picture` is a place in `pictures`, rows of the file's, or -1; `uv`: where its corners are on it.
    """

    colours: Numbers
    picture: Numbers | None = None
    uv: Numbers | None = None
    pictures: list[int] = []


class StoredMesh(_Layout, frozen=True):
    """Triangles: vertices in scene units, world frame, rows of three vertex numbers, their colours."""

    vertices: Numbers
    faces: Numbers
    paint: StoredPaint | None = None


class StoredInterval(_Layout, frozen=True):
    """All numbers from low to high; an open end is itself left out."""

    low: Number
    high: Number
    open_low: bool = False
    open_high: bool = False


class StoredArc(_Layout, frozen=True):
    """All angles within half_rad of middle_rad."""

    middle_rad: Number
    half_rad: Number


class MeshShape(_Layout, frozen=True, tag_field="kind", tag="mesh"):
    """A thing's geometry: the row of its mesh in the file's `meshes`."""

    mesh: int


class FootprintShape(_Layout, frozen=True, tag_field="kind", tag="footprint"):
    """A thing's geometry: a polygon on the floor (its outline, then its holes), from low to high.

    In its stead, with the polygon empty, several `polygons`, or `lines`, or `points`; `several` of one.
    """

    polygon: Rings
    low: Number
    high: Number
    polygons: list[Rings] = []
    lines: Rings = []
    points: Numbers | None = None
    several: bool = False


class StoredTrack(_Layout, frozen=True):
    """Where one thing is in time."""

    row: int
    times_s: Numbers
    centers: Numbers
    rotations: Numbers


class StoredPinhole(_Layout, frozen=True, tag_field="kind", tag="pinhole"):
    """A pinhole camera: the middle of its first pixel is at (0.5, 0.5); OpenCV's twelve coefficients."""

    width_px: int
    height_px: int
    fx_px: float
    fy_px: float
    cx_px: float
    cy_px: float
    distortion: Annotated[list[float], msgspec.Meta(min_length=12, max_length=12)] | None = None


class StoredFisheye(_Layout, frozen=True, tag_field="kind", tag="fisheye"):
    """A fisheye camera: any number of radial coefficients, two tangential, four of a thin prism."""

    width_px: int
    height_px: int
    fx_px: float
    fy_px: float
    cx_px: float
    cy_px: float
    radial: list[float]
    tangential: tuple[float, float]
    thin_prism: tuple[float, float, float, float]


class StoredPanorama(_Layout, frozen=True, tag_field="kind", tag="panorama"):
    """An equirectangular panorama, z in the middle."""

    width_px: int
    height_px: int


StoredCamera = StoredPinhole | StoredFisheye | StoredPanorama


class StoredDepth(_Layout, frozen=True):
    """Depth by reference: counts times metres, along the z axis or each ray; its camera, if its own."""

    path: str
    metres_per_count: float
    kind: Literal["z", "range"] = "z"
    camera: StoredCamera | None = None


class StoredView(_Layout, frozen=True):
    """Where a camera was: right, down and ahead are the columns of its rotation."""

    id: str
    rotation: Numbers
    translation: Numbers
    time_s: Number | None = None
    image: str | None = None
    size_px: tuple[int, int] | None = None
    camera: StoredCamera | None = None
    depth: StoredDepth | None = None


class StoredDifference(_Layout, frozen=True):
    """How much farther along a world axis `second` lies than `first`."""

    first: int
    second: int
    axis: Literal[0, 1, 2]
    bound: StoredInterval


class StoredMeasure(_Layout, frozen=True):
    """A measure stated without geometry, in metres, square metres or cubic metres."""

    row: int
    measure: Measure
    bound: StoredInterval


class StoredSighting(_Layout, frozen=True):
    """A thing seen: which view, where in it (left, top, right, bottom), how much of it, how far."""

    row: int
    view: str
    box_px: Annotated[list[Number], msgspec.Meta(min_length=4, max_length=4)] | None = None
    share: Number | None = None
    range: StoredInterval | None = None
    mark: str | None = None


class StoredComplete(_Layout, frozen=True):
    """Where the list of things is complete: these labels (null: all), these polygons (null: everywhere)."""

    labels: list[str] | None = None
    region: list[Rings] | None = None


class StoredWithheld(_Layout, frozen=True):
    """A thing of which nothing is known but its name, and why."""

    row: int
    reason: Literal["never_seen", "hidden"]
    detail: str


class StoredKnowledge(_Layout, frozen=True):
    """What the scene is known from: the views looked at, with what sense, what they did not tell."""

    views: list[str]
    sensing: Sensing
    withheld: list[StoredWithheld] = []


class StoredSource(_Layout, frozen=True):
    """Where the scene came from, and what was found on the way."""

    format: str = "made"
    path: str = ""
    notes: list[str] = []
    warnings: list[str] = []


class StoredScene(_Layout, frozen=True, kw_only=True):
    """One scene: right-handed, z up; each array has a row for each thing."""

    id: str
    names: list[str]
    labels: list[str]
    kinds: list[Kind]
    centers: Numbers
    sizes: Numbers
    rotations: Numbers
    fronts: Numbers
    center_slacks: Numbers
    slack_axes: Numbers
    size_slacks: Numbers
    yaw_slacks_rad: Numbers
    shapes: list[MeshShape | FootprintShape | None]
    scale: StoredInterval
    north: StoredArc
    tracks: list[StoredTrack] = []
    views: list[StoredView] = []
    differences: list[StoredDifference] = []
    stated: list[StoredMeasure] = []
    sightings: list[StoredSighting] = []
    floor: Rings | None = None
    tilt_rad: Number = 0.0
    space: Space = "solid"
    complete: StoredComplete | None = None
    knowledge: StoredKnowledge | None = None
    source: StoredSource
    change: str = ""


class SceneFile(_Layout, frozen=True, kw_only=True):
    """A scene and those it is derived from: each scene's parent stands before it, the last is the scene.

    `pictures` are laid on the meshes: PNG, in base64.
    """

    format: Literal["allocentric-scene"]
    version: Literal[1]
    meshes: list[StoredMesh] = []
    pictures: list[str] = []
    scenes: list[StoredScene]


def number(value: float) -> Number:
    """A number as it stands in JSON."""
    value = float(value)
    if value != value:
        return "nan"
    return value if abs(value) != np.inf else "inf" if value > 0 else "-inf"


def numbers(array: Shaped[np.ndarray, "..."]) -> Numbers:
    """An array as it stands in JSON: bit for bit the same when read back."""
    floats = array.dtype.kind == "f"
    plain = np.ascontiguousarray(array, dtype="<f8" if floats else "<i8")
    odd = floats and bool((plain.view(np.int64)[np.isnan(plain)] != _CANONICAL_NAN).any())
    if plain.size > LISTED_AT_MOST or odd:
        text = base64.b64encode(plain.tobytes()).decode()
        return Packed("<f8" if floats else "<i8", list(plain.shape), text)
    listed: list[Any] = plain.tolist()
    return listed if not floats or np.isfinite(plain).all() else _worded(listed)


def _worded(value: Any) -> Any:
    return [_worded(each) for each in value] if isinstance(value, list) else number(value)


def array_of(
    stored: Numbers, shape: Sequence[int], *, where: str, dtype: type = float
) -> Shaped[np.ndarray, "..."]:
    """The array that `stored` keeps, -1 standing for any length; raises BadInput for another shape."""
    try:
        array = _unpacked(stored) if isinstance(stored, Packed) else np.array(stored, dtype=float)
        if not array.size:
            array = array.reshape([max(each, 0) for each in shape])
        whole: Shaped[np.ndarray, "..."] = array.astype(dtype)
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise BadInput(f"an array cannot be read: {error}", where=where, mend=_MEND) from None
    fits = array.ndim == len(shape) and all(want in (-1, got) for want, got in zip(shape, array.shape))
    if not fits or (dtype is int and (whole != array).any()):
        wanted = " x ".join("any" if each < 0 else str(each) for each in shape)
        kind = "whole numbers" if dtype is int else "numbers"
        found = " x ".join(map(str, array.shape))
        raise BadInput(f"{wanted} {kind} belong here, not {found}", where=where, mend=_MEND)
    return whole


_MEND: Final = "write one row for each thing, all rows of one length"


def _unpacked(stored: Packed) -> Shaped[np.ndarray, "..."]:
    data = base64.b64decode(stored.base64, validate=True)
    return np.frombuffer(data, dtype=stored.dtype).reshape(stored.shape)


def rings(polygon: Polygon) -> Rings:
    """A polygon's outline and holes as they stand in JSON."""
    if polygon.is_empty:
        return []
    return [numbers(np.array(ring.coords)) for ring in (polygon.exterior, *polygon.interiors)]


def polygon_of(stored: Rings, *, where: str) -> Polygon:
    """The polygon of these rings; raises BadInput for a ring that is none."""
    held = [_ring(each, where) for each in stored]
    try:
        return Polygon(held[0], held[1:]) if held else Polygon()
    except ValueError as error:
        raise BadInput(f"a polygon cannot be read: {error}", where=where, mend=_RING) from None


_RING: Final = "a ring is at least three points, each of two numbers"


def polygons(region: Polygon | MultiPolygon) -> list[Rings]:
    """One polygon or several as they stand in JSON."""
    return [rings(each) for each in (region.geoms if isinstance(region, MultiPolygon) else [region])]


def polygons_of(stored: list[Rings], *, where: str) -> Polygon | MultiPolygon:
    """The polygon, or the several, of these rings; raises BadInput for a ring that is none."""
    held = [polygon_of(each, where=where) for each in stored]
    return held[0] if len(held) == 1 else MultiPolygon(held)


def _ring(stored: Numbers, where: str) -> Float[np.ndarray, "point axis"]:
    points = array_of(stored, (-1, -1), where=where)
    if points.shape[1] not in (2, 3):
        raise BadInput("a ring's points are not places", where=where, mend=_RING)
    return points
