"""A sparse model of COLMAP: `cameras`, `images`, `points3D`, text or binary, in the folder or its `sparse/0`.

Images are world-to-camera, a quaternion w x y z and a shift; OpenCV's camera axes; pixels count from the
corner of the picture, as ours do. Neither scale nor gravity is known. Points are not kept: where they
project into the pictures that saw them says whether the poses are read as they were written. Pictures are
looked for in `images` in the folder, beside it or two above it. Rigs and frames, where newer models have
them, are not needed: each image has its own pose.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, project
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Scene, Source, View
from allocentric.worlds.readers.colmap_model import Image, Model, read_model
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.posed import World, checked_poses, matrices, posed_scene, unit_rotation
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

DECLARED: Final = Convention(to_world=False, opencv=True)
PICTURES: Final = ("images", "../images", "../../images", "../../../images")
MOST_CHECKED: Final = 40  # images whose observations are looked at
SHARE_FAR_PX: Final = 0.02  # of the picture's width: no reconstruction is so far off
CLEARLY: Final = 5.0


def _model_folder(folder: Path, entries: frozenset[str]) -> Path | None:
    """Where the model is in a folder; None where there is none."""
    if {"cameras", "images"} <= {
        each.rsplit(".", 1)[0] for each in entries if each.endswith((".txt", ".bin"))
    }:
        return folder
    inner = [folder / "sparse" / "0", folder / "sparse"] if "sparse" in entries else []
    ends = (".bin", ".txt")
    return next((each for each in inner if any((each / f"images{end}").exists() for end in ends)), None)


def _claims(peek: Peek) -> bool:
    return _model_folder(peek.path, peek.entries) is not None


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.resolve().name: partial(_scene, peek)}


def _scene(peek: Peek) -> Scene:
    folder = _model_folder(peek.path, peek.entries) or peek.path
    model = read_model(folder)
    where = str(folder)
    images = [model.images[each] for each in sorted(model.images)]
    pictures = _pictures(folder, images)
    views, confirmed = posed_images(model, {} if pictures is None else _files(pictures, images), where=where)
    notes = [f"points not kept: {len(model.points)}"]
    notes += ["rigs and frames not read: each image has its own pose"] * model.rigs
    notes += ["no pictures: there is no folder 'images' near the model that has them"] * (pictures is None)
    source = Source("colmap", str(peek.path), tuple(notes))
    world = World(DECLARED, None, metric=False, confirmed=confirmed)
    return posed_scene(peek.path.resolve().name, views, world=world, source=source)


def posed_images(model: Model, files: Mapping[str, Path], *, where: str) -> tuple[list[View], str]:
    """The views of a model's images by id, and what its points say of the convention.

    `files` are the pictures by the images' names; without one a view has no picture. Raises BadInput where
    ids do not fit, a pose is not rigid, or points fall far from where they were seen.
    """
    images = [model.images[each] for each in sorted(model.images)]
    turns = [unit_rotation(each.wxyz, of=each.name, where=where) for each in images]
    shifts = np.array([each.shift for each in images]).reshape(-1, 3)
    poses, _ = checked_poses([each.name for each in images], matrices(turns, shifts), where=where)
    cameras = [_camera_of(each, model.cameras, where) for each in images]
    views = [
        View(
            each.name,
            DECLARED.world_from_camera(pose),
            image=str(files[each.name]) if each.name in files else None,
            camera=camera,
        )
        for each, pose, camera in zip(images, poses, cameras)
    ]
    return views, _reprojected(model, images, poses=poses, cameras=cameras, where=where)


def _files(pictures: Path, images: Sequence[Image]) -> dict[str, Path]:
    return {each.name: pictures / each.name for each in images}


def _camera_of(image: Image, cameras: Mapping[int, Camera], where: str) -> Camera:
    if image.camera not in cameras:
        what = f"image {image.name!r} is by camera {image.camera}, which is not there"
        known = ", ".join(map(str, sorted(cameras)[:6]))
        raise BadInput(what, where=where, mend=f"name a camera of the model: {known}")
    return cameras[image.camera]


def _pictures(folder: Path, images: Sequence[Image]) -> Path | None:
    """The folder with the pictures; None where none has any of them."""
    places = [Path(os.path.normpath(folder / each)) for each in PICTURES]
    return next((each for each in places if any((each / image.name).exists() for image in images)), None)


def _reprojected(
    model: Model, images: Sequence[Image], *, poses: Sequence[Pose], cameras: Sequence[Camera], where: str
) -> str:
    """How far points fall from where they were seen; raises BadInput where far, or nearer if inverted."""
    rows = sorted(set(np.linspace(0, len(images) - 1, MOST_CHECKED).astype(int).tolist())) if images else []
    read, inverse = list[Float[np.ndarray, " seen"]](), list[Float[np.ndarray, " seen"]]()
    for row in rows:
        ids, pixels = images[row].seen()
        unknown = next((each for each in ids.tolist() if each not in model.points), None)
        if unknown is not None:
            what = f"image {images[row].name!r} sees point {unknown}, which is not there"
            raise BadInput(what, where=where, mend="get images and points3D of one model")
        points = np.array([model.points[each] for each in ids.tolist()]).reshape(-1, 3)
        for off, pose in ((read, poses[row]), (inverse, poses[row].inverse())):
            there = project(cameras[row], pose.apply(points))[0]
            off.append(np.nan_to_num(np.linalg.norm(there - pixels, axis=1), nan=np.inf))
    if not sum(map(len, read)):
        return f"{DECLARED}, as the format declares; it sees no points that could confirm it"
    read_px, inverse_px = (float(np.median(np.concatenate(each))) for each in (read, inverse))
    far_px = SHARE_FAR_PX * max(each.width_px for each in cameras)
    if read_px > far_px and inverse_px < min(far_px, read_px / CLEARLY):
        what = f"poses look camera-to-world: points fall {inverse_px:.2g} px from where they were seen so, "
        raise BadInput(what + f"{read_px:.2g} px as read", where=where, mend="write world-to-camera poses")
    if read_px > far_px:
        far = f"points fall {read_px:.2g} px from where they were seen"
        what = far if np.isfinite(read_px) else "most points are in no picture that saw them"
        raise BadInput(what, where=where, mend="get cameras, images and points3D of one model")
    told = f"{sum(map(len, read))} points fall {read_px:.2g} px (median) from where they were seen"
    return f"world-to-camera detected: {told}; read as camera-to-world {_px(inverse_px)}"


def _px(off_px: float) -> str:
    return f"{off_px:.3g} px" if np.isfinite(off_px) else "most of them are in no picture"


READER: Final = Reader("colmap", (), _claims, _scenes, folder=True)
