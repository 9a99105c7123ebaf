"""Boxes that a person can write by hand: `{"format": "boxes", "things": [...]}`, with a floor and rooms.

Right-handed, z up, in the unit that the file states (m, cm, mm, ft, in; null: the scale is unknown), read
into metres. `size` is full extents along the thing's own axes, `yaw_deg` turns them counterclockwise about
the vertical (`rotation`, three rows whose columns are the own axes, stands in its place for a tilted thing);
`front_deg` is the direction of its front in its own axes. Slacks are half widths, in metres by their name
(in the file's unit where that is null). `north_deg` is counterclockwise from x. `complete` is true, or a
list of labels. What is left out is unknown: north, a front, whether the list is complete. A misspelt key is
refused, with its near miss.
"""

from __future__ import annotations

import math
import re
from functools import partial
from typing import Annotated, Final, Literal

import msgspec
import numpy as np
from jaxtyping import Float
from shapely import is_valid_reason
from shapely.geometry import Polygon

from allocentric.errors import BadInput, nearest_names
from allocentric.geometry.frames import rotation_about_up
from allocentric.intervals import FULL_CIRCLE, ONE, Arc, Interval
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Complete, Footprint, Kind, Scene, Source, Thing, scene_of
from allocentric.worlds.readers.boxes import below, checked_axes, half_extents, label_of_name, plausibility
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

METRES: Final[dict[str, float]] = {"m": 1.0, "cm": 0.01, "mm": 0.001, "ft": 0.3048, "in": 0.0254}
ANY_SCALE: Final = Interval(0.0, math.inf, open_low=True)

Three = tuple[float, float, float]
Ring = Annotated[list[tuple[float, float]], msgspec.Meta(min_length=3)]


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    pass


class _Thing(_Strict):
    label: str
    center: Three
    size: Three
    name: str | None = None
    kind: Kind = "object"
    yaw_deg: float = 0.0
    rotation: tuple[Three, Three, Three] | None = None
    front_deg: float | None = None
    slack_m: float | Three = 0.0
    size_slack_m: float | Three = 0.0
    yaw_slack_deg: float = 0.0


class _Region(_Strict):
    name: str
    polygon: Ring
    label: str | None = None
    holes: list[Ring] = []
    height: float = 0.0


class _File(_Strict):
    things: list[_Thing]
    format: Literal["boxes"] = "boxes"
    id: str | None = None
    unit: Literal["m", "cm", "mm", "ft", "in"] | None = "m"
    floor: Ring | None = None
    holes: list[Ring] = []
    north_deg: float | None = None
    complete: bool | list[str] = False
    rooms: list[_Region] = []


_UNKNOWN_KEY: Final = re.compile(r"Object contains unknown field `(.*)`")
_KEYS: Final = [*_Thing.__struct_fields__, *_Region.__struct_fields__, *_File.__struct_fields__]


def _scenes(peek: Peek) -> Scenes:
    where = str(peek.path)
    try:
        file = decode(peek.data, _File, where=where)
    except BadInput as error:
        key = _UNKNOWN_KEY.fullmatch(error.what)
        if key is None:
            raise
        mend = nearest_names(key.group(1), _KEYS)
        raise BadInput(f"there is no key {key.group(1)!r}", where=error.where, mend=mend) from None
    id = file.id or peek.path.name.split(".")[0]
    return {id: partial(_scene, file, id, where)}


def _scene(file: _File, id: str, where: str) -> Scene:
    unit_m = 1.0 if file.unit is None else METRES[file.unit]
    names = [each.name or f"{each.label} (thing {row})" for row, each in enumerate(file.things)]
    labels = [each.label for each in file.things]
    centers = np.array([each.center for each in file.things], dtype=float).reshape(-1, 3) * unit_m
    sizes = np.array([each.size for each in file.things], dtype=float).reshape(-1, 3) * unit_m
    rotations = np.array([_rotation(each) for each in file.things]).reshape(-1, 3, 3)
    rotations, warnings = checked_axes(names, centers, sizes, rotations=rotations, where=where)
    warnings += plausibility(labels, centers, sizes, rotations=rotations) if file.unit else []
    warnings += below((centers - half_extents(sizes, rotations))[:, 2], 0.0) if file.floor else []
    things = [
        Thing(
            label=each.label,
            name=each.name,
            kind=each.kind,
            center=centers[row],
            size=sizes[row],
            rotation=rotations[row],
            front=None if each.front_deg is None else _direction(each.front_deg),
            center_slack=each.slack_m,
            size_slack=each.size_slack_m,
            yaw_slack_rad=math.radians(each.yaw_slack_deg),
        )
        for row, each in enumerate(file.things)
    ]
    things += [_room(each, unit_m, where) for each in file.rooms]
    unit = "the unit is unknown" if file.unit is None else f"unit {file.unit}"
    notes = (unit + ("" if file.unit in ("m", None) else ", turned to metres"), "z up")
    return scene_of(
        id,
        things,
        floor=None
        if file.floor is None
        else _polygon(file.floor, file.holes, unit_m, where=f"{where}, $.floor"),
        scale=ANY_SCALE if file.unit is None else ONE,
        north=FULL_CIRCLE if file.north_deg is None else Arc(math.radians(file.north_deg)),
        complete=_complete(file.complete),
        source=Source("boxes", where, notes, tuple(warnings)),
    )


def _complete(told: bool | list[str]) -> Complete | None:
    if isinstance(told, list):
        return Complete(labels=frozenset(told))
    return Complete() if told else None


def _rotation(told: _Thing) -> Float[np.ndarray, "3 3"]:
    if told.rotation is not None:
        return np.array(told.rotation, dtype=float)
    return rotation_about_up(math.radians(told.yaw_deg))


def _direction(angle_deg: float) -> Float[np.ndarray, "3"]:
    """The unit direction on the floor; exact for quarter turns."""
    quarters = angle_deg / 90
    if quarters == round(quarters):
        return np.array([(1, 0, 0), (0, 1, 0), (-1, 0, 0), (0, -1, 0)][round(quarters) % 4], dtype=float)
    return rotation_about_up(math.radians(angle_deg))[:, 0]


def _room(told: _Region, unit_m: float, where: str) -> Thing:
    polygon = _polygon(told.polygon, told.holes, unit_m, where=f"{where}, room {told.name!r}")
    height = told.height * unit_m
    if not height >= 0:
        raise BadInput(f"room {told.name!r} has a height below 0", where=where, mend="mend its height")
    west, south, east, north = polygon.bounds
    return Thing(
        label=told.label or label_of_name(told.name),
        name=told.name,
        kind="region",
        center=((west + east) / 2, (south + north) / 2, height / 2),
        size=(east - west, north - south, height),
        shape=Footprint(polygon, 0.0, height),
    )


def _polygon(outline: Ring, holes: list[Ring], unit_m: float, *, where: str) -> Polygon:
    outer, *inner = (np.array(ring, dtype=float) * unit_m for ring in (outline, *holes))
    polygon = Polygon(outer, inner)
    if not polygon.is_valid:
        what = f"this outline is no area: {is_valid_reason(polygon).lower()}"
        raise BadInput(what, where=where, mend="name the corners in order, once round, holes within")
    return polygon


def _claims(peek: Peek) -> bool:
    return "things" in peek.keys and "names" not in peek.keys


READER: Final = Reader("boxes", (".boxes.json",), _claims, _scenes)
