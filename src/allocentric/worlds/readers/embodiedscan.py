"""EmbodiedScan's 9-DoF boxes as JSON: centre, full sizes and three Euler angles "zxy".

Metres and radians, world frame, z up. Two readings of the angles (a, b, c) are in use. `embodiedscan`, the
default, is the one of the release, which hands them to Open3D's `get_rotation_matrix_from_zxy`: intrinsic, R
= Rz(a) Rx(b) Ry(c). `embodiedscan-extrinsic` is R = Ry(c) Rx(b) Rz(a), what scipy's "zxy" gives. They agree
for a box that only turns about the vertical; where one is tilted, a warning says how far apart they are.

A file is a list of boxes, `{"instances": [boxes]}`, or the release's `{"metainfo", "data_list":
[{"instances"}]}` with many scenes. A box is `bbox_3d` with `bbox_label_3d`, `label` or `category`; a number
is looked up in `metainfo.categories`.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from jaxtyping import Float
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Source, Thing, scene_of
from allocentric.worlds.readers.boxes import checked_axes, plain_label, plausibility
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.vsi_bench import Nine

Angles = Float[np.ndarray, "box 3"]
Rotations = Float[np.ndarray, "box 3 3"]
TELLING: Final = 1e-6  # entries of two rotations that differ by more are of two boxes


class _Box(Struct):
    bbox_3d: Nine
    bbox_label_3d: int | str | None = None
    label: int | str | None = None
    category: int | str | None = None

    def named(self) -> int | str:
        found = (self.bbox_label_3d, self.label, self.category)
        return next((each for each in found if each is not None), "object")


class _Sample(Struct):
    instances: list[_Box]
    sample_idx: str | None = None
    scan_id: str | None = None


class _Metainfo(Struct, frozen=True):
    categories: dict[str, int] = {}


class _Release(Struct):
    data_list: list[_Sample]
    metainfo: _Metainfo = _Metainfo()


def intrinsic_zxy(angles_rad: Angles) -> Rotations:
    """Rz(a) Rx(b) Ry(c) of each row (a, b, c): turned about the box's own axes as they go.

    >>> intrinsic_zxy(np.array([[np.pi / 2, 0, 0]])).round(12)[0, :, 0].tolist()
    [0.0, 1.0, 0.0]
    """
    a, b, c = angles_rad.T
    turns: Rotations = rotation_about(a, 2) @ rotation_about(b, 0) @ rotation_about(c, 1)
    return turns


def extrinsic_zxy(angles_rad: Angles) -> Rotations:
    """Ry(c) Rx(b) Rz(a) of each row (a, b, c): turned about the world's axes."""
    a, b, c = angles_rad.T
    turns: Rotations = rotation_about(c, 1) @ rotation_about(b, 0) @ rotation_about(a, 2)
    return turns


def rotation_about(angles_rad: Float[np.ndarray, " box"], axis: int) -> Rotations:
    """The turn about one axis (0, 1, 2: x, y, z), counterclockwise, for each angle."""
    first, second = (axis + 1) % 3, (axis + 2) % 3
    turns = np.tile(np.eye(3), (len(angles_rad), 1, 1))
    turns[:, first, first] = turns[:, second, second] = np.cos(angles_rad)
    turns[:, second, first] = np.sin(angles_rad)
    turns[:, first, second] = -np.sin(angles_rad)
    return turns


def _scenes(peek: Peek, *, intrinsic: bool) -> Scenes:
    where, stem = str(peek.path), peek.path.name.split(".")[0]
    if peek.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        samples = [_Sample(decode(peek.data, list[_Box], where=where))]
        categories = dict[int, str]()
    elif "data_list" in peek.keys:
        release = decode(peek.data, _Release, where=where)
        samples = release.data_list
        categories = {number: name for name, number in release.metainfo.categories.items()}
    else:
        samples, categories = [decode(peek.data, _Sample, where=where)], {}
    ids = [
        each.sample_idx or each.scan_id or (stem if len(samples) == 1 else str(row))
        for row, each in enumerate(samples)
    ]
    twice = next((id for id in ids if ids.count(id) > 1), None)
    if twice is not None:
        raise BadInput(f"two scenes are called {twice!r}", where=where, mend="give each its own sample_idx")
    return {
        id: partial(_scene, where, id, sample, categories=categories, intrinsic=intrinsic)
        for id, sample in zip(ids, samples)
    }


def _scene(where: str, id: str, sample: _Sample, *, categories: dict[int, str], intrinsic: bool) -> Scene:
    numbers = np.array([each.bbox_3d for each in sample.instances], dtype=float).reshape(-1, 9)
    labels = [_label(each.named(), categories) for each in sample.instances]
    names = [f"{label} (box {row})" for row, label in enumerate(labels)]
    readings = intrinsic_zxy(numbers[:, 6:]), extrinsic_zxy(numbers[:, 6:])
    apart = np.abs(readings[0] - readings[1]).max((1, 2), initial=0)
    rotations, warnings = checked_axes(
        names,
        numbers[:, :3],
        numbers[:, 3:6],
        rotations=readings[0 if intrinsic else 1],
        where=f"{where}#{id}",
    )
    tilted = int((apart > TELLING).sum())
    if tilted:
        warnings.append(
            f"tilted boxes for which the two readings of zxy differ: {tilted}, by up to {apart.max():.2f}; "
            f"check with --format {'embodiedscan-extrinsic' if intrinsic else 'embodiedscan'}"
        )
    warnings += plausibility(labels, numbers[:, :3], numbers[:, 3:6], rotations=rotations)
    named = (
        "intrinsic, Rz(a) Rx(b) Ry(c), as the release does" if intrinsic else "extrinsic, Ry(c) Rx(b) Rz(a)"
    )
    things = [
        Thing(label=label, center=row[:3], size=row[3:6], rotation=rotation)
        for label, row, rotation in zip(labels, numbers, rotations)
    ]
    format = "embodiedscan" if intrinsic else "embodiedscan-extrinsic"
    notes = ("z up, metres", f"zxy angles read as {named}")
    return scene_of(id, things, source=Source(format, where, notes, tuple(warnings)))


def _label(named: int | str, categories: dict[int, str]) -> str:
    if isinstance(named, str):
        return plain_label(named)
    return plain_label(categories.get(named, f"class {named}"))


def _claims(peek: Peek) -> bool:
    return "bbox_3d" in peek.inner or bool(peek.keys & {"instances", "data_list"})


READER: Final = Reader("embodiedscan", (".embodiedscan.json",), _claims, partial(_scenes, intrinsic=True))
EXTRINSIC: Final = Reader("embodiedscan-extrinsic", (), lambda _: False, partial(_scenes, intrinsic=False))
