"""ScanNet++: the folder of one scene, `scans`, `dslr` and `iphone`; any of them may be missing.

Metres, z up: mesh and poses stand in one aligned world. Things are the groups of `segments_anno.json` over
`mesh_aligned_0.05.ply`. Views are of both COLMAP models (world-to-camera, OpenCV's axes; the DSLR's lens is a
fisheye), whose ids say which: `dslr/DSC00001.JPG`, `iphone/frame_000000.jpg`; the phone's depth is in
millimetres, in fewer pixels of the same view. Without the DSLR's model its `nerfstudio/transforms.json` is
read (camera-to-world, OpenGL's axes), whose world the release's converter turned (x and y exchanged, z
reversed): that is undone where the cameras then stand within the mesh, and not where they do as written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from allocentric.errors import BadInput
from allocentric.geometry.poses import Pose
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode
from allocentric.scene.pictures import picture_size_px
from allocentric.scene.scene import DepthImage, Scene, Source, Thing, View
from allocentric.worlds.readers.boxes import plausibility
from allocentric.worlds.readers.colmap import DECLARED, posed_images
from allocentric.worlds.readers.colmap_model import read_model
from allocentric.worlds.readers.posed import World, posed_scene, resized
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.segments import Vertices, mesh_vertices_m, segmented
from allocentric.worlds.readers.transforms import File, views_of

MESH, SEGMENTS, GROUPS = "scans/mesh_aligned_0.05.ply", "scans/segments.json", "scans/segments_anno.json"
MODELS: Final = {"dslr": "resized_images", "iphone": "rgb"}
TRANSFORMS: Final = "dslr/nerfstudio/transforms.json"
METRES_PER_COUNT: Final = 0.001
BESIDE_M: Final = 0.5  # how far out of the mesh's box a camera may stand
UNTURNED: Final = Pose(np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, -1]]), np.zeros(3))
SAME: Final = Pose(np.eye(3), np.zeros(3))


def _claims(peek: Peek) -> bool:
    scanned = "scans" in peek.entries and (peek.path / MESH).exists()
    return scanned or any(each in peek.entries and (peek.path / each / "colmap").is_dir() for each in MODELS)


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.resolve().name: partial(_scene, peek.path)}


def _scene(folder: Path) -> Scene:
    vertices_m = mesh_vertices_m(folder / MESH) if (folder / MESH).exists() else None
    things = list[Thing]()
    if vertices_m is not None and (folder / GROUPS).exists():
        things = segmented(folder / GROUPS, folder / SEGMENTS, folder / MESH, world_from_file=SAME)
    views, notes, confirmed, rounded = list[View](), list[str](), list[str](), tuple[str, ...]()
    for which in MODELS:
        if (folder / which / "colmap").is_dir():
            held, told = _of_model(folder / which, which)
            views += held
            confirmed.append(f"{which}: {told}")
    if not any(each.id.startswith("dslr/") for each in views) and (folder / TRANSFORMS).exists():
        held, told, rounded = _of_transforms(folder, vertices_m)
        views += held
        notes.append(told)
    labels = [each.label for each in things]
    centers, sizes = (
        np.array([getattr(each, part) for each in things]).reshape(-1, 3) for part in ("center", "size")
    )
    rotations = np.array([each.world_from_thing() for each in things]).reshape(-1, 3, 3)
    warnings = [*rounded, *plausibility(labels, centers, sizes, rotations=rotations)]
    if vertices_m is not None and views and not _within(views, vertices_m):
        warnings.append("most cameras stand out of the mesh: are poses and mesh of one alignment?")
    notes += ["no labels"] * (not things) + ["no pictures"] * (not views)
    return posed_scene(
        folder.resolve().name,
        views,
        world=World(DECLARED, "z", confirmed="; ".join(confirmed)),
        source=Source("scannetpp", str(folder), (*confirmed, *notes), tuple(warnings)),
        things=things,
    )


def _of_model(folder: Path, which: str) -> tuple[list[View], str]:
    """The views of one of the two COLMAP models, with the phone's depth."""
    model, pictures = read_model(folder / "colmap"), folder / MODELS[which]
    files = dict[str, Path]()
    if pictures.is_dir():
        files = {each.name: pictures / Path(each.name).name for each in model.images.values()}
    views, told = posed_images(model, files, where=str(folder / "colmap"))
    return [_named(view, which, folder / "depth") for view in views], told


def _named(view: View, which: str, depths: Path) -> View:
    name = Path(view.id).name
    path = depths / f"{Path(name).stem}.png"
    depth = None
    if which == "iphone" and depths.is_dir():
        if not path.exists():
            raise BadInput(f"{name!r} has no depth image", where=str(depths), mend="export the whole video")
        assert view.camera is not None
        own = resized(view.camera, picture_size_px(path), where=str(path))
        depth = DepthImage(str(path), METRES_PER_COUNT, camera=own)
    return replace(view, id=f"{which}/{name}", depth=depth)


def _of_transforms(folder: Path, vertices_m: Vertices | None) -> tuple[list[View], str, tuple[str, ...]]:
    """The DSLR's views by transforms.json, in the mesh's world where the mesh tells which that is."""
    path = folder / TRANSFORMS
    where = str(path)
    views, rounded = views_of(
        decode(read_bytes(path), File, where=where), folder / "dslr/resized_images", where=where
    )
    views = [replace(each, id=f"dslr/{each.id}") for each in views]
    turned = [replace(each, world_from_camera=UNTURNED @ each.world_from_camera) for each in views]
    if vertices_m is None:
        return (
            turned,
            "dslr: x and y of transforms.json exchanged and z reversed, unconfirmed: there is no mesh",
            rounded,
        )
    if _within(turned, vertices_m):
        told = (
            "dslr: x and y of transforms.json exchanged and z reversed: the cameras stand within the mesh so"
        )
        return turned, told, rounded
    if _within(views, vertices_m):
        return views, "dslr: transforms.json as written: the cameras stand within the mesh so", rounded
    what = "the cameras of transforms.json stand out of the mesh, turned back or not"
    raise BadInput(what, where=where, mend="get poses and mesh of one scene")


def _within(views: Sequence[View], vertices_m: Vertices) -> bool:
    """Whether most cameras stand within the mesh's box."""
    places = np.array([each.world_from_camera.translation_m for each in views])
    low, high = vertices_m.min(0) - BESIDE_M, vertices_m.max(0) + BESIDE_M
    return bool(((places >= low) & (places <= high)).all(1).mean() > 0.5)


READER: Final = Reader("scannetpp", (), _claims, _scenes, folder=True)
