"""A walk recorded with a HoloLens: `images`, `depth`, `K.txt`, `poses.txt`, perhaps `frames.txt`.

Poses are camera-to-world, a 4 x 4 matrix row by row on each line, in the order of the names of the
pictures; OpenCV's camera axes, metres. Depth is registered to the pictures, in millimetres along the view's
axis, 0 where nothing was measured. `K.txt` is OpenCV's camera matrix. The headset's world is y up by its
own sense of gravity; z where the cameras say so. Times are not kept.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from allocentric.errors import BadInput
from allocentric.scene.pictures import picture_size_px
from allocentric.scene.scene import DepthImage, Scene, Source, View
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.posed import (
    World,
    check_counts,
    checked_poses,
    opencv_pinhole,
    pictures_in,
    posed_scene,
    read_matrix,
    read_numbers,
    read_text,
    upright_axis,
)
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

CAMERA, POSES, FRAMES, IMAGES, DEPTH = "K.txt", "poses.txt", "frames.txt", "images", "depth"
METRES_PER_COUNT: Final = 0.001
DECLARED: Final = Convention(to_world=True, opencv=True)


def _claims(peek: Peek) -> bool:
    return {CAMERA, POSES, IMAGES} <= peek.entries


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.resolve().name: partial(_scene, peek.path)}


def _scene(folder: Path) -> Scene:
    names, images, depths = _files(folder)
    written = read_numbers(folder / POSES, 16).reshape(-1, 4, 4)
    check_counts({"pictures": len(images), "poses": len(written)}, where=str(folder))
    poses, rounded = checked_poses(names, written, where=str(folder / POSES))
    matrix = read_matrix(folder / CAMERA, 3)
    camera = opencv_pinhole(matrix, picture_size_px(images[0]), where=str(folder / CAMERA))
    views = [
        View(
            name,
            DECLARED.world_from_camera(pose),
            image=str(image),
            camera=camera,
            depth=DepthImage(str(depth), METRES_PER_COUNT) if depth else None,
        )
        for name, pose, image, depth in zip(names, poses, images, depths)
    ]
    notes = ("depth in millimetres, metres inside", "K counts from the middle of a pixel: half a pixel added")
    source = Source("hololens_rgbd", str(folder), notes, rounded)
    return posed_scene(
        folder.resolve().name, views, world=World(DECLARED, upright_axis(views)), source=source
    )


def _files(folder: Path) -> tuple[list[str], list[Path], list[Path | None]]:
    """Names of the frames in the order of the poses, their pictures, and their depth images if there are any.

    Raises BadInput where they do not match.
    """
    images = {each.stem: each for each in pictures_in(folder / IMAGES)}
    names = list(images)
    if (folder / FRAMES).exists():
        names = [Path(each.strip()).stem for each in read_text(folder / FRAMES).splitlines() if each.strip()]
        _check_same(names, list(images), f"{FRAMES} and {IMAGES}", folder=folder)
    if not (folder / DEPTH).is_dir():
        return names, [images[each] for each in names], [None] * len(names)
    depths = {each.stem: each for each in pictures_in(folder / DEPTH)}
    _check_same(list(depths), names, f"{DEPTH} and {IMAGES}", folder=folder)
    return names, [images[each] for each in names], [depths[each] for each in names]


def _check_same(some: list[str], others: list[str], which: str, *, folder: Path) -> None:
    """Raise BadInput, naming the first, where two lists of frames differ."""
    alone = sorted(set(some) ^ set(others))
    if alone or len(some) != len(others):
        what = (
            f"{which} differ: {len(some)} frames and {len(others)}"
            + f", {alone[0]!r} in one alone" * bool(alone)
        )
        raise BadInput(what, where=str(folder), mend="each frame has a picture, a depth image and a pose")


READER: Final = Reader("hololens_rgbd", (), _claims, _scenes, folder=True)
