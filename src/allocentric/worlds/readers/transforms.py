"""transforms.json of nerfstudio and instant-ngp, or its folder: pictures with matrices, cameras, depth.

Matrices are camera-to-world, in OpenGL's camera axes (x right, y up, z back); a camera in pixels counted from
the corner, for all frames or for each, or `camera_angle_x` alone. `camera_model` is OPENCV, PINHOLE,
OPENCV_FISHEYE or EQUIRECTANGULAR. Depth images, where there are any, are in millimetres unless
`depth_unit_scale_factor` (or `integer_depth_scale`) says otherwise; only then is the unit of the poses told.
The file says neither its scale nor that z is up, though it often is: both are unknown unless it has
`metres_per_unit` and `gravity_aligned`, which we read and other tools pass over. `applied_transform` is what
turned the poses of the source into these; it is reported, not undone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float
from msgspec import Struct

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole
from allocentric.geometry.distortion import Distortion
from allocentric.intervals import Interval
from allocentric.scene.json_text import decode
from allocentric.scene.pictures import picture_size_px
from allocentric.scene.scene import DepthImage, Scene, Source, View
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.posed import PICTURES, World, checked_poses, made, posed_scene, resized
from allocentric.worlds.readers.reader import Peek, Reader, Scenes, peek

DECLARED: Final = Convention(to_world=True, opencv=False)
METRES_PER_COUNT: Final = 0.001
PINHOLES: Final = ("OPENCV", "PINHOLE", "SIMPLE_PINHOLE", "SIMPLE_RADIAL", "RADIAL", "PERSPECTIVE")
FISHEYE: Final = "OPENCV_FISHEYE"
NAME: Final = "transforms.json"
_MARK: Final = b'"transform_matrix"'


class _Lens(Struct):
    """A camera, whole or in part: what a frame leaves out stands at the top of the file."""

    w: float | None = None
    h: float | None = None
    fl_x: float | None = None
    fl_y: float | None = None
    cx: float | None = None
    cy: float | None = None
    camera_angle_x: float | None = None
    camera_angle_y: float | None = None
    camera_model: str | None = None
    is_fisheye: bool | None = None
    k1: float | None = None
    k2: float | None = None
    k3: float | None = None
    k4: float | None = None
    p1: float | None = None
    p2: float | None = None


class _Frame(_Lens):
    file_path: str = ""
    transform_matrix: list[list[float]] = []
    depth_file_path: str | None = None
    depth_path: str | None = None


class File(_Lens):
    """What a file holds, as it is written; `test_frames` stand in ScanNet++'s."""

    frames: list[_Frame] = []
    test_frames: list[_Frame] = []
    depth_unit_scale_factor: float | None = None
    integer_depth_scale: float | None = None
    applied_transform: list[list[float]] | None = None
    applied_scale: float | None = None
    metres_per_unit: float | None = None
    gravity_aligned: bool = False


def _claims(found: Peek) -> bool:
    return NAME in found.entries or ("frames" in found.keys and _MARK in found.data)


def _scenes(found: Peek) -> Scenes:
    if found.entries:
        id = found.path.resolve().name
        return {id: partial(_scene, peek(found.path / NAME), id)}
    id = found.path.name.removesuffix(".json")
    return {id: partial(_scene, found, id)}


def _scene(found: Peek, id: str) -> Scene:
    where = str(found.path)
    file = decode(found.data, File, where=where)
    views, rounded = views_of(file, found.path.parent, where=where)
    deep = any(view.depth is not None for view in views)
    scale = file.metres_per_unit if file.metres_per_unit is not None else 1.0 if deep else None
    return posed_scene(
        id,
        views,
        world=World(DECLARED, "z" if file.gravity_aligned else None, scale is not None),
        source=Source("transforms", where, tuple(_notes(file, deep)), rounded),
        **{} if scale is None else {"scale": Interval.of(scale)},
    )


def views_of(file: File, folder: Path, *, where: str) -> tuple[list[View], tuple[str, ...]]:
    """The views of a file's frames, whose pictures are in `folder`, and what was rounded.

    Raises BadInput for a matrix or a camera that is none.
    """
    frames = [*file.frames, *file.test_frames]
    poses, rounded = checked_poses([each.file_path for each in frames], _written(frames, where), where=where)
    views = []
    for frame, pose in zip(frames, poses):
        picture = _picture(folder, frame.file_path)
        camera = _camera(_lens(file, frame), picture, f"{where}, {frame.file_path!r}")
        told, depth = DECLARED.world_from_camera(pose), _depth(file, frame, folder, camera=camera)
        views.append(View(frame.file_path, told, image=str(picture), camera=camera, depth=depth))
    return views, rounded


def _written(frames: list[_Frame], where: str) -> Float[np.ndarray, "view 4 4"]:
    """The matrices of the frames; raises BadInput for one of another shape."""
    if not frames:
        raise BadInput("it has no frames", where=where, mend="write one for each picture")
    written = np.tile(np.eye(4), (len(frames), 1, 1))
    for row, frame in enumerate(frames):
        rows = frame.transform_matrix
        if len(rows) not in (3, 4) or {len(each) for each in rows} != {4}:
            what = f"the transform_matrix of {frame.file_path!r} is no 4 x 4 matrix"
            raise BadInput(what, where=where, mend="write four rows of four numbers")
        written[row, : len(rows)] = rows
    return written


def _picture(folder: Path, name: str) -> Path:
    """The file of a picture, whose suffix Blender's files leave out."""
    path = folder / name
    if path.suffix.lower() in PICTURES:
        return path
    return next(
        (found for suffix in PICTURES if (found := path.with_name(path.name + suffix)).exists()), path
    )


def _lens(file: File, frame: _Frame) -> _Lens:
    """What a frame tells of its camera, and for the rest the file."""
    told = {name: getattr(frame, name) for name in _Lens.__struct_fields__}
    return _Lens(**{name: getattr(file, name) if value is None else value for name, value in told.items()})


def _camera(lens: _Lens, picture: Path, where: str) -> Camera:
    """The camera; where no size and no middle is told, they are the picture's own."""
    told = lens.w is not None and lens.h is not None
    width, height = (int(lens.w or 0), int(lens.h or 0)) if told else picture_size_px(picture)
    model = lens.camera_model or ("OPENCV_FISHEYE" if lens.is_fisheye else "OPENCV")
    if model == "EQUIRECTANGULAR":
        return made(lambda: Panorama(width, height), what="no camera", where=where)
    if model not in (*PINHOLES, FISHEYE):
        raise UnknownName("camera model", model, (*PINHOLES, FISHEYE, "EQUIRECTANGULAR"), where=where)
    across = lens.fl_x or _focal(lens.camera_angle_x, width)
    down = lens.fl_y or _focal(lens.camera_angle_y, height)
    if across is None and down is None:
        raise BadInput("no focal length is told", where=where, mend="write fl_x, or camera_angle_x")
    cx, cy = width / 2 if lens.cx is None else lens.cx, height / 2 if lens.cy is None else lens.cy
    sensor = width, height, float(across or down or 0), float(down or across or 0), float(cx), float(cy)
    k1, k2, k3, k4 = (float(each or 0) for each in (lens.k1, lens.k2, lens.k3, lens.k4))
    p1, p2 = float(lens.p1 or 0), float(lens.p2 or 0)
    if model == FISHEYE:
        return made(lambda: Fisheye(*sensor, (k1, k2, k3, k4)), what="no camera", where=where)
    if k4:
        what = "tools differ in what k4 of a pinhole camera means"
        raise BadInput(what, where=where, mend="undistort the pictures, or calibrate without it")
    distortion = Distortion(k1, k2, p1, p2, k3) if any((k1, k2, k3, p1, p2)) else None
    return made(lambda: Pinhole(*sensor, distortion), what="no camera", where=where)


def _focal(angle_rad: float | None, pixels: int) -> float | None:
    return None if angle_rad is None else pixels / (2 * math.tan(angle_rad / 2))


def _depth(file: File, frame: _Frame, folder: Path, *, camera: Camera) -> DepthImage | None:
    """The depth image of a frame; one that is smaller than the picture has the same view, in fewer pixels."""
    name = frame.depth_file_path or frame.depth_path
    if name is None:
        return None
    scale = file.depth_unit_scale_factor or file.integer_depth_scale or METRES_PER_COUNT
    size = picture_size_px(folder / name)
    own = (
        None
        if size == (camera.width_px, camera.height_px)
        else resized(camera, size, where=str(folder / name))
    )
    return DepthImage(str(folder / name), scale, camera=own)


def _notes(file: File, deep: bool) -> Iterator[str]:
    yield "OpenGL cameras turned to OpenCV's; pixels count from the corner"
    if file.metres_per_unit is not None:
        yield f"a unit is {file.metres_per_unit} m, as the file says"
    elif deep:
        yield "metres, as the depth images are"
    if file.applied_transform is not None:
        yield f"the poses were turned from their source's by applied_transform {file.applied_transform}"
    if file.applied_scale is not None:
        yield f"the poses were scaled by {file.applied_scale}"


READER: Final = Reader("transforms", (".json",), _claims, _scenes, folder=None)
