"""MultiScan annotations: one room of labelled oriented boxes with front and up (`<scan>.annotations.json`).

Metres, z up (each box's own `up` says so; where they agree on y, the world is turned). The nine
`normalizedAxes` are three ROWS, each an axis of the box; `axesLengths` are full extents along them. `front`
and `up` are directions in the world: our boxes are turned so that z is their up and x their front. A label
"chair.1" is the chair called "chair 1"; "remove" marks scanning debris. Architecture (type `arch`) is
structure. Articulations are not read.
"""

from typing import Final

import numpy as np
from msgspec import Raw, Struct

from allocentric.geometry.frames import Z_UP_FROM_Y_UP
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Complete, Scene, Source, Thing, scene_of
from allocentric.worlds.readers.boxes import (
    as_bodies,
    checked_axes,
    corner_warnings,
    half_extents,
    plain_label,
    plausibility,
    world_ups,
)
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.vsi_bench import UNDECLARED, Nine, Three


class _Obb(Struct):
    centroid: Three
    axesLengths: Three
    normalizedAxes: Nine
    min: Three = UNDECLARED
    max: Three = UNDECLARED
    front: Three = UNDECLARED
    up: Three = UNDECLARED


class _Object(Struct):
    label: str
    obb: _Obb
    type: str = ""
    mobilityType: str = ""


class _Scan(Struct):
    scanId: str
    objects: list[_Object]
    articulations: dict[str, Raw] = {}


def _scenes(peek: Peek) -> Scenes:
    scan = decode(peek.data, _Scan, where=str(peek.path))
    return {scan.scanId: lambda: _scene(peek, scan)}


def _scene(peek: Peek, scan: _Scan) -> Scene:
    held = [each for each in scan.objects if each.label != "remove"]
    names = [each.label.replace(".", " ").replace("_", " ") for each in held]
    labels = [plain_label(each.label.split(".")[0]) for each in held]
    column = {
        name: np.array([getattr(each.obb, name) for each in held], dtype=float).reshape(len(held), -1)
        for name in _Obb.__struct_fields__
    }
    centers, sizes = column["centroid"], column["axesLengths"]
    rows_are_axes = column["normalizedAxes"].reshape(-1, 3, 3)
    rotations, warnings = checked_axes(
        names, centers, sizes, rotations=rows_are_axes.transpose(0, 2, 1), where=str(peek.path)
    )
    extents = half_extents(sizes, rotations)
    warnings += corner_warnings(names, centers, extents, low=column["min"], high=column["max"])
    notes = ["the rows of normalizedAxes are the axes"]
    world = _world_from_file(column["up"])
    notes.append("z up, as the boxes' own up says" if world is None else "y up: turned to z up")
    to_own = rotations.transpose(0, 2, 1)
    fronts = np.einsum("bij,bj->bi", to_own, column["front"])
    ups = np.einsum("bij,bj->bi", to_own, column["up"])
    if world is not None:
        centers, rotations = centers @ world.T, world @ rotations
    ups = np.where(np.isnan(ups), world_ups(rotations), ups)
    rotations, sizes, fronts = as_bodies(rotations, sizes, ups=ups, fronts=fronts)
    warnings += plausibility(labels, centers, sizes, rotations=rotations)
    dropped = len(scan.objects) - len(held)
    notes += [f"left out as marked 'remove': {dropped}"] * bool(dropped)
    notes += [f"articulations not read: {len(scan.articulations)}"] * bool(scan.articulations)
    things = [
        Thing(
            label=labels[row],
            name=names[row] if names.count(names[row]) == 1 else None,
            kind="structure" if "arch" in (each.type, each.mobilityType) else "object",
            center=centers[row],
            size=sizes[row],
            rotation=rotations[row],
            front=None if np.isnan(fronts[row]).any() else fronts[row],
        )
        for row, each in enumerate(held)
    ]
    notes.append("complete: the release labels every part of the scan")
    source = Source("multiscan", str(peek.path), tuple(notes), tuple(warnings))
    return scene_of(scan.scanId, things, source=source, complete=Complete())


def _world_from_file(ups: np.ndarray) -> np.ndarray | None:
    """The turn to z up where most boxes' up is the file's y; None where it is z, or nothing is said."""
    told = ups[~np.isnan(ups).any(1)]
    return Z_UP_FROM_Y_UP if len(told) and np.median(told, axis=0).argmax() == 1 else None


def _claims(peek: Peek) -> bool:
    return {"scanId", "objects"} <= peek.keys


READER: Final = Reader("multiscan", (".annotations.json",), _claims, _scenes)
