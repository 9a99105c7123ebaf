"""Redwood's and Open3D's RGB-D layout: `color` (or `image`), `depth` and a trajectory `.log`.

The log has for each frame a line of three numbers, the first counting frames, and a 4 x 4 matrix:
camera-to-world, OpenCV's camera axes, metres. Depth is registered to the picture, in millimetres along the
view's axis. Cameras are Open3D's JSON of `width`, `height` and `intrinsic_matrix`, column by column, in the
folder or the one above it; where several differ, the one under which the frames' depths agree best. The
world is that of the first frames: gravity is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode
from allocentric.scene.pictures import picture_size_px
from allocentric.scene.scene import DepthImage, Scene, Source, View
from allocentric.words import say_length
from allocentric.worlds.readers.agreement import agreement, telling_pairs
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.posed import (
    World,
    check_counts,
    checked_poses,
    opencv_pinhole,
    pictures_in,
    posed_scene,
    read_text,
)
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

LOG, DEPTH = "trajectory.log", "depth"
COLOURS: Final = ("color", "image", "rgb")
METRES_PER_COUNT: Final = 0.001
DECLARED: Final = Convention(to_world=True, opencv=True)
PRIMESENSE: Final = np.array([[525, 0, 319.5], [0, 525, 239.5], [0, 0, 1]])


class _Intrinsic(Struct):
    width: int
    height: int
    intrinsic_matrix: list[float]


def _claims(peek: Peek) -> bool:
    return LOG in peek.entries and DEPTH in peek.entries and bool(peek.entries.intersection(COLOURS))


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.resolve().name: partial(_scene, peek)}


def _scene(peek: Peek) -> Scene:
    folder = peek.path
    colour = next((each for each in COLOURS if each in peek.entries), COLOURS[0])
    images, depths = pictures_in(folder / colour), pictures_in(folder / DEPTH)
    written = _log(folder / LOG)
    counts = {"pictures": len(images), "depth images": len(depths), "poses": len(written)}
    check_counts(counts, where=str(folder))
    names = [each.stem for each in images]
    poses, rounded = checked_poses(names, written, where=str(folder / LOG))
    size = picture_size_px(images[0])
    cameras = _cameras(folder, size)
    made = {name: _views(poses, images, depths, camera=camera) for name, camera in cameras.items()}
    name, told = _best(made)
    doubt = ("no camera is told: PrimeSense's default is taken",) * (name == "PrimeSense")
    notes = ("depth in millimetres, metres inside", told)
    source = Source("redwood", str(folder), notes, (*rounded, *doubt))
    return posed_scene(folder.resolve().name, made[name], world=World(DECLARED, None), source=source)


def _log(path: Path) -> Float[np.ndarray, "view 4 4"]:
    """The poses of a log; raises BadInput where it stops short or its frames are not counted one by one."""
    lines = [each.split() for each in read_text(path).splitlines() if each.strip()]
    if len(lines) % 5:
        what = f"it ends within a pose, after {len(lines)} lines"
        raise BadInput(what, where=str(path), mend="get the whole file again: five lines a frame")
    heads, rows = lines[::5], [line for row, line in enumerate(lines) if row % 5]
    try:
        counted = [int(head[0]) for head in heads if len(head) == 3]
        written = np.array([[float(each) for each in row] for row in rows]).reshape(-1, 4, 4)
    except ValueError as error:
        raise BadInput(f"this is no trajectory: {error}", where=str(path), mend="get it again") from None
    if counted != list(range(len(heads))):
        what = "its frames are not counted 0, 1, 2, ..."
        raise BadInput(what, where=str(path), mend="give the trajectory of all frames, in order")
    return written


def _cameras(folder: Path, size: tuple[int, int]) -> dict[str, Pinhole]:
    """Cameras for pictures of this size by the names of their files: in the folder, else in the one above."""
    for place in (folder, folder.resolve().parent):
        found = dict[str, Pinhole]()
        for path in sorted(place.glob("*.json")):
            try:
                told = decode(read_bytes(path), _Intrinsic, where=str(path))
            except BadInput:  # some other JSON: nothing says what else may lie here
                continue
            if (told.width, told.height) == size and len(told.intrinsic_matrix) == 9:
                columns = np.array(told.intrinsic_matrix).reshape(3, 3)
                found[path.name] = opencv_pinhole(columns.T, size, where=str(path))
        if found:
            return found
    return {"PrimeSense": opencv_pinhole(PRIMESENSE, size, where=str(folder))}


def _views(
    poses: Sequence[Pose], images: Sequence[Path], depths: Sequence[Path], *, camera: Pinhole
) -> tuple[View, ...]:
    """The views of each frame through one camera."""
    return tuple(
        View(
            image.stem,
            DECLARED.world_from_camera(pose),
            image=str(image),
            camera=camera,
            depth=DepthImage(str(depth), METRES_PER_COUNT),
        )
        for pose, image, depth in zip(poses, images, depths)
    )


def _best(made: dict[str, tuple[View, ...]]) -> tuple[str, str]:
    """The camera under which the frames' depths agree best, and how it was found."""
    if len({views[0].camera for views in made.values()}) == 1:
        return next(iter(made)), f"camera: {', '.join(made)}"
    missed_m = {}
    for name, views in made.items():
        missed_m[name] = agreement(views, telling_pairs(views), DECLARED)[0].median_m
    best, *others = sorted(missed_m, key=lambda each: np.nan_to_num(missed_m[each], nan=np.inf))
    worse = ", ".join(f"{each} ({say_length(missed_m[each])})" for each in others)
    return best, f"camera: {best}, under which depths agree to {say_length(missed_m[best])}, not {worse}"


READER: Final = Reader("redwood", (), _claims, _scenes, folder=True)
