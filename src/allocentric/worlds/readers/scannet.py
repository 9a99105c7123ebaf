"""ScanNet's layout: `color`, `depth`, `pose`, `intrinsic` as its tools export them, and the mesh's labels.

Poses are camera-to-world, a 4 x 4 matrix in a text for each frame, OpenCV's camera axes, metres; where
tracking was lost they are infinite, and the frame is left out. Depth has a camera of its own, in
millimetres along the view's axis. The world is z up; `axisAlignment` of `<scene>.txt`, which turns the
walls along the axes, is applied to poses and labels alike. A labelled thing is the box, along the axes, of
the vertices of its segments; segments are numbered for each vertex of `<scene>_vh_clean_2.ply`. Either half
of the layout may be missing.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from allocentric.errors import BadInput
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.scene.pictures import picture_size_px
from allocentric.scene.scene import DepthImage, Scene, Source, Thing, View
from allocentric.worlds.readers.boxes import plausibility
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.posed import (
    World,
    checked_poses,
    opencv_pinhole,
    pictures_in,
    posed_scene,
    read_matrix,
    read_text,
)
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.segments import segmented

COLOUR, DEPTH, POSE, INTRINSIC = "color", "depth", "pose", "intrinsic"
GROUPS: Final = ".aggregation.json"
SEGMENTS: Final = "_vh_clean_2.0.010000.segs.json"
MESH: Final = "_vh_clean_2.ply"
METRES_PER_COUNT: Final = 0.001
DECLARED: Final = Convention(to_world=True, opencv=True)
UNALIGNED: Final = Pose(np.eye(3), np.zeros(3))
_ALIGNMENT: Final = re.compile(r"(?m)^\s*axisAlignment\s*=\s*(.+)$")


def _labelled(entries: frozenset[str]) -> str | None:
    """The name of the scene whose mesh is labelled; None where none is."""
    names = (each.removesuffix(GROUPS) for each in entries if each.endswith(GROUPS))
    return min((each for each in names if each + SEGMENTS in entries), default=None)


def _claims(found: Peek) -> bool:
    return {COLOUR, POSE, INTRINSIC} <= found.entries or _labelled(found.entries) is not None


def _scenes(found: Peek) -> Scenes:
    return {_labelled(found.entries) or found.path.resolve().name: partial(_scene, found)}


def _scene(found: Peek) -> Scene:
    folder, name = found.path, _labelled(found.entries)
    id = name or folder.resolve().name
    world_from_file, aligned = _alignment(folder / f"{id}.txt")
    views, notes, rounded = _views(folder) if COLOUR in found.entries else ([], ["no pictures in it"], ())
    things = list[Thing]()
    if name:
        groups, segments, mesh = (folder / f"{name}{end}" for end in (GROUPS, SEGMENTS, MESH))
        things = segmented(groups, segments, mesh, world_from_file=world_from_file)
    labels = [each.label for each in things]
    boxes = (np.array([getattr(each, part) for each in things]).reshape(-1, 3) for part in ("center", "size"))
    axes = np.tile(np.eye(3), (len(things), 1, 1))
    warnings = (*rounded, *plausibility(labels, *boxes, rotations=axes))
    return posed_scene(
        id,
        views,
        world=World(DECLARED, "z", world_from_file=world_from_file),
        source=Source("scannet", str(folder), (aligned, *notes), warnings),
        things=things,
    )


def _alignment(path: Path) -> tuple[Pose, str]:
    """What turns the file's world along the axes, and a note on it."""
    found = _ALIGNMENT.search(read_text(path)) if path.exists() else None
    if found is None:
        return UNALIGNED, "z up as the release states; no axisAlignment: walls need not lie along the axes"
    try:
        written = np.array([float(each) for each in found[1].split()]).reshape(1, 4, 4)
    except ValueError:
        what = "axisAlignment is no 4 x 4 matrix"
        raise BadInput(what, where=str(path), mend="get the file again: 16 numbers in a line") from None
    (pose,), _ = checked_poses(["axisAlignment"], written, where=str(path))
    return pose, "axisAlignment applied to poses and boxes"


def _views(folder: Path) -> tuple[list[View], list[str], tuple[str, ...]]:
    """The views of frames that were tracked, notes, and what was rounded."""
    images = {each.stem: each for each in pictures_in(folder / COLOUR)}
    depths = {each.stem: each for each in pictures_in(folder / DEPTH)} if (folder / DEPTH).is_dir() else {}
    texts = {each.stem: each for each in sorted((folder / POSE).glob("*.txt"))}
    for which, held in ((POSE, texts), (DEPTH, depths or images)):
        alone = sorted(set(held) ^ set(images), key=lambda each: (len(each), each))
        if alone:
            counts = f"{len(images)} frames and {len(held)}"
            what = f"{COLOUR} and {which} differ: {counts}, {alone[0]!r} in one alone"
            raise BadInput(what, where=str(folder), mend="export all of them with one step between frames")
    written = np.stack([read_matrix(texts[each], 4) for each in images])
    tracked = np.isfinite(written).all((1, 2))
    names = [each for each, told in zip(images, tracked) if told]
    poses, rounded = checked_poses(names, written[tracked], where=str(folder / POSE))
    colour = _camera(folder, "color", next(iter(images.values())))
    deep = _camera(folder, "depth", next(iter(depths.values()))) if depths else None
    views = [
        View(
            name,
            DECLARED.world_from_camera(pose),
            image=str(images[name]),
            camera=colour,
            depth=DepthImage(str(depths[name]), METRES_PER_COUNT, camera=deep) if deep else None,
        )
        for name, pose in zip(names, poses)
    ]
    lost = len(images) - len(names)
    notes = ["depth in millimetres, with a camera of its own"] * (deep is not None)
    return views, notes + [f"frames left out, their tracking lost: {lost}"] * bool(lost), rounded


def _camera(folder: Path, kind: str, picture: Path) -> Pinhole:
    path = folder / INTRINSIC / f"intrinsic_{kind}.txt"
    return opencv_pinhole(read_matrix(path, 4)[:3, :3], picture_size_px(picture), where=str(path))


READER: Final = Reader("scannet", (), _claims, _scenes, folder=True)
