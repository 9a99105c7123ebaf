"""ARKitScenes, 3D object detection: `<scan>_3dod_annotation.json` and, where it is there, `<scan>_frames`.

Metres, z up. A box is `obbAligned`: full sizes along three axes, the ROWS of `normalizedAxes`, as the
release's own code reads it. Frames: pictures and depth of 256 x 192 pixels, millimetres along the view's
axis; a `.pincam` each (width height fx fy cx cy, counted from the middle of a pixel); poses in
`lowres_wide.traj`, world-to-camera, a time, an angle-axis and a shift in metres, OpenCV's camera axes. The
release labels only some kinds of furniture.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.pinhole import Pinhole
from allocentric.scene.json_text import decode
from allocentric.scene.pictures import picture_size_px
from allocentric.scene.scene import DepthImage, Scene, Source, Thing, View
from allocentric.worlds.readers.boxes import checked_axes, plain_label, plausibility
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.posed import (
    World,
    matrices,
    opencv_pinhole,
    pictures_in,
    posed_scene,
    read_numbers,
    rotation_from_angle_axis,
)
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.trajectory import Trajectory, trajectory
from allocentric.worlds.readers.vsi_bench import Nine, Three

ANNOTATION: Final = "_3dod_annotation.json"
WIDE, DEPTH, CAMERAS, POSES = "lowres_wide", "lowres_depth", "lowres_wide_intrinsics", "lowres_wide.traj"
METRES_PER_COUNT: Final = 0.001
CAMERA_WITHIN_S: Final = 0.0015  # names of one frame may be rounded apart
DECLARED: Final = Convention(to_world=False, opencv=True)
_MARK: Final = b'"obbAligned"'


class _Box(Struct):
    centroid: Three
    axesLengths: Three
    normalizedAxes: Nine


class _Segments(Struct):
    obbAligned: _Box


class _Object(Struct):
    label: str
    segments: _Segments


class _Annotation(Struct):
    data: list[_Object]
    skipped: bool | None = None


def _claims(peek: Peek) -> bool:
    return "data" in peek.keys and _MARK in peek.data


def _id(peek: Peek) -> str:
    return peek.path.name.removesuffix(".json").removesuffix("_3dod_annotation")


def _scenes(peek: Peek) -> Scenes:
    return {_id(peek): partial(_scene, peek)}


def _scene(peek: Peek) -> Scene:
    where, frames = str(peek.path), peek.path.parent / f"{_id(peek)}_frames"
    held = decode(peek.data, _Annotation, where=where)
    labels = [plain_label(each.label) for each in held.data]
    boxes = [each.segments.obbAligned for each in held.data]
    centers, sizes = (
        np.array([getattr(each, part) for each in boxes]).reshape(-1, 3)
        for part in ("centroid", "axesLengths")
    )
    rows_are_axes = np.array([each.normalizedAxes for each in boxes]).reshape(-1, 3, 3)
    names = [f"{label} (box {row})" for row, label in enumerate(labels)]
    rotations, said = checked_axes(
        names, centers, sizes, rotations=rows_are_axes.transpose(0, 2, 1), where=where
    )
    said += plausibility(labels, centers, sizes, rotations=rotations)
    said += ["the release skipped this scan: its labels are not whole"] * bool(held.skipped)
    things = [
        Thing(label=label, center=center, size=size, rotation=rotation)
        for label, center, size, rotation in zip(labels, centers, sizes, rotations)
    ]
    views, notes, rounded = (
        _views(frames) if frames.is_dir() else ([], [f"no pictures: no {frames.name}"], ())
    )
    return posed_scene(
        _id(peek),
        views,
        world=World(DECLARED, "z"),
        source=Source(
            "arkitscenes", where, ("the rows of normalizedAxes are the axes", *notes), (*said, *rounded)
        ),
        things=things,
    )


def _views(folder: Path) -> tuple[list[View], list[str], tuple[str, ...]]:
    """The views of frames with a pose, notes, and what was rounded."""
    way = _way(folder / POSES)
    images = {each.stem: each for each in pictures_in(folder / WIDE)}
    depths = {each.stem: each for each in pictures_in(folder / DEPTH)}
    alone = sorted(set(images) ^ set(depths))
    if alone:
        what = f"{WIDE} and {DEPTH} differ: {len(images)} frames and {len(depths)}, {alone[0]!r} in one alone"
        raise BadInput(what, where=str(folder), mend="get all files of the scan")
    lenses = {_time_s(each): each for each in (folder / CAMERAS).glob("*.pincam")}
    start_s = min(map(_time_s, images.values()))
    views = list[View]()
    for name, image in images.items():
        time_s = _time_s(image)
        pose = way.at(time_s)
        if pose is not None:
            camera = _camera(lenses, time_s, image)
            depth = DepthImage(str(depths[name]), METRES_PER_COUNT)
            views.append(View(name, pose, time_s - start_s, str(image), camera=camera, depth=depth))
    lost = len(images) - len(views)
    notes = ["depth in millimetres, metres inside", f"times count from {start_s} s"]
    return views, notes + [f"frames left out, without a pose at their time: {lost}"] * bool(lost), way.rounded


def _way(path: Path) -> Trajectory:
    rows = read_numbers(path, 7)
    turns = [rotation_from_angle_axis(each) for each in rows[:, 1:4]]
    return trajectory(rows[:, 0], matrices(turns, rows[:, 4:]), declared=DECLARED, path=path)


def _time_s(path: Path) -> float:
    """The time in the name of a file, after the scan's number."""
    try:
        return float(path.stem.rsplit("_", 1)[-1])
    except ValueError:
        what = "the name of the file ends in no time"
        raise BadInput(
            what, where=str(path), mend="name it as the release does, 41048190_3414.850.png"
        ) from None


def _camera(lenses: dict[float, Path], time_s: float, image: Path) -> Pinhole:
    """The camera of the frame's own time."""
    near = min(lenses, key=lambda each: abs(each - time_s), default=np.inf)
    if abs(near - time_s) > CAMERA_WITHIN_S:
        raise BadInput(
            "this picture has no .pincam of its time", where=str(image), mend=f"get {CAMERAS} whole"
        )
    width, height, fx, fy, cx, cy = read_numbers(lenses[near], 6)[0].tolist()
    size = picture_size_px(image)
    if size != (width, height):
        what = f"the picture is {size[0]} x {size[1]} pixels, its camera {width:g} x {height:g}"
        raise BadInput(what, where=str(image), mend="get the picture that belongs to the camera")
    matrix = np.array([[fx, 0, cx], [0, fy, cy], [0, 0, 1]])
    return opencv_pinhole(matrix, size, where=str(lenses[near]))


READER: Final = Reader("arkitscenes", (ANNOTATION,), _claims, _scenes)
"""Told by `obbAligned`, which no other format has."""
