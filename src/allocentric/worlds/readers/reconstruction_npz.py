"""What feed-forward reconstructors save as npz (VGGT, DUSt3R, MASt3R and their kin): cameras of pictures.

There is no one layout: arrays are known by the names in `NAMES`, a row a picture. `extrinsic` is
world-to-camera by custom, `poses` and `cams2world` camera-to-world, OpenCV's axes; but which it is, is asked
of the points (each must fall on the pixel that it was seen at) or, without them, of the depths carried from
picture to picture, and the convention that they bear out is taken and said. Cameras count from the middle of
the first pixel. Neither scale nor gravity is known. Depth and points stay in the file; that they fit each
other is checked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from jaxtyping import Float, Shaped

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole, from_depth, pixel_centres, project
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Scene, Source, View
from allocentric.words import say_number
from allocentric.worlds.readers.convention import CONVENTIONS, Convention
from allocentric.worlds.readers.posed import World, checked_poses, opencv_pinhole, posed_scene
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "to camera": ("extrinsic", "extrinsics", "world2cam", "w2c"),
    "to world": ("poses", "cams2world", "cam2world", "camera_poses", "camera_pose", "c2w"),
    "intrinsic": ("intrinsic", "intrinsics", "K"),
    "focal": ("focals", "focal"),
    "points": ("world_points", "pts3d", "points3d", "points", "point_map"),
    "depth": ("depth", "depths", "depthmaps", "depth_map", "depth_z"),
    "confidence": ("world_points_conf", "depth_conf", "conf", "confidence", "confs"),
    "images": ("images", "imgs", "image"),
}
FITS: Final = 0.02  # of the picture's width, or of the depth: how far off the right convention may be
CLEARLY: Final = 2.0  # times nearer, for another convention to be told from the declared one
SAME_UNIT: Final = 0.05  # how far depths may be from the points' as a share
PIXELS_EACH: Final = 2000  # looked at in a picture
FEWEST: Final = 100  # points that tell anything

Maps = Float[np.ndarray, "view height width"]
PointMaps = Float[np.ndarray, "view height width 3"]


@dataclass(frozen=True, eq=False, slots=True)
class _Held:
    """A reconstruction as it is written: poses, matrices, and what was measured at each pixel."""

    declared: Convention
    written: Float[np.ndarray, "view 4 4"]
    cameras: tuple[Pinhole, ...]
    points: PointMaps | None
    depth: Maps | None


@dataclass(frozen=True, slots=True)
class _Off:
    """How far off a convention is: as a share of width or depth, in words, and by how many points."""

    share: float
    said: str
    count: int


def _claims(peek: Peek) -> bool:
    if not peek.data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(peek.data)) as held:
            names = {each.removesuffix(".npy") for each in held.namelist()}
    except (zipfile.BadZipFile, OSError):
        return peek.path.suffix == ".npz"
    return bool(names & {*NAMES["to camera"], *NAMES["to world"]})


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.name.removesuffix(".npz"): partial(_scene, peek)}


def _scene(peek: Peek) -> Scene:
    where = str(peek.path)
    arrays = _arrays(peek.data, where)
    held = _held(arrays, where)
    names = [str(row) for row in range(len(held.written))]
    poses, rounded = checked_poses(names, held.written, where=where)
    chosen, told, doubts = _convention(held, poses)
    views = [
        View(name, chosen.world_from_camera(pose), camera=camera)
        for name, pose, camera in zip(names, poses, held.cameras)
    ]
    doubts += _unlike(held, views)
    count = 0 if held.points is None else int(np.isfinite(held.points).all(-1).sum())
    notes = [
        f"arrays: {', '.join(sorted(arrays))}",
        f"depth and points stay in the file: {count} points",
        "pixels count from the middle of the first: half a pixel added",
    ]
    return posed_scene(
        peek.path.name.removesuffix(".npz"),
        views,
        world=World(chosen, None, metric=False, confirmed=told),
        source=Source("reconstruction_npz", where, tuple(notes), (*rounded, *doubts)),
    )


def _arrays(data: bytes, where: str) -> dict[str, Shaped[np.ndarray, "..."]]:
    """The arrays that are known by a name; raises BadInput for a file that is broken or holds objects."""
    known = {name for names in NAMES.values() for name in names}
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            return {name: np.asarray(held[name]) for name in held.files if name in known}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile, MemoryError) as error:
        what = (
            f"the arrays cannot be read: {str(error).splitlines()[0] if str(error) else 'the file is broken'}"
        )
        raise BadInput(what, where=where, mend="save it again, with arrays of numbers only") from None


def _named(arrays: Mapping[str, Shaped[np.ndarray, "..."]], what: str) -> Shaped[np.ndarray, "..."] | None:
    """The array of that meaning, a batch of one taken out of it."""
    name = next((each for each in NAMES[what] if each in arrays), None)
    if name is None:
        return None
    array = arrays[name]
    whole = {"to camera": 3, "to world": 3, "intrinsic": 3, "focal": 1, "points": 4, "depth": 3}.get(what, 3)
    if array.ndim > whole and array.shape[0] == 1:
        array = array[0]
    if what in ("depth", "confidence") and array.ndim == 4 and array.shape[-1] == 1:
        array = array[..., 0]
    return array.astype(float)


def _held(arrays: Mapping[str, Shaped[np.ndarray, "..."]], where: str) -> _Held:
    """What the arrays say; raises BadInput where their shapes do not belong together."""
    to_camera, to_world = _named(arrays, "to camera"), _named(arrays, "to world")
    poses = to_camera if to_world is None else to_world
    if poses is None or poses.ndim != 3 or poses.shape[1:] not in ((3, 4), (4, 4)):
        found = "missing" if poses is None else f"of shape {poses.shape}"
        raise BadInput(f"the poses are {found}", where=where, mend="save them as (picture, 3 or 4, 4)")
    written = np.tile(np.eye(4), (len(poses), 1, 1))
    written[:, : poses.shape[1]] = poses
    points, depth, sure = _named(arrays, "points"), _named(arrays, "depth"), _named(arrays, "confidence")
    maps = {"points": points, "depth": depth, "confidence": sure}
    sizes = {name: each.shape[:3] for name, each in maps.items() if each is not None}
    shape = next(iter(sizes.values()), _image_shape(_named(arrays, "images")))
    if shape is None or len(shape) != 3:
        raise BadInput(
            "nothing tells the size of the pictures", where=where, mend="save depth, points or images"
        )
    odd = next((name for name, each in sizes.items() if each != (len(poses), *shape[1:])), None)
    if odd is not None:
        what = f"{odd} is {sizes[odd]} for {len(poses)} poses of pictures of {shape[2]} x {shape[1]} pixels"
        raise BadInput(what, where=where, mend="save the arrays of one run, a row a picture")
    cameras = _cameras(arrays, len(poses), (shape[2], shape[1]), where=where)
    if sure is not None and points is not None:
        points = np.where((sure >= np.median(sure))[..., None], points, np.nan)
    return _Held(Convention(to_world=to_world is not None), written, cameras, points, depth)


def _image_shape(images: Shaped[np.ndarray, "..."] | None) -> tuple[int, ...] | None:
    if images is None or images.ndim != 4:
        return None
    first = images.shape[1] == 3  # channels come first
    return (len(images), *(images.shape[2:] if first else images.shape[1:3]))


def _cameras(
    arrays: Mapping[str, Shaped[np.ndarray, "..."]], count: int, size: tuple[int, int], *, where: str
) -> tuple[Pinhole, ...]:
    matrices, focals = _named(arrays, "intrinsic"), _named(arrays, "focal")
    if matrices is None and focals is not None and focals.size in (1, count):
        middle = [size[0] / 2 - 0.5, size[1] / 2 - 0.5]
        matrices = np.array([[[f, 0, middle[0]], [0, f, middle[1]], [0, 0, 1]] for f in focals.ravel()])
    if matrices is not None and matrices.ndim == 2:
        matrices = matrices[None]
    if matrices is None or matrices.shape[1:] != (3, 3) or len(matrices) not in (1, count):
        what = f"no camera matrix for each of {count} pictures"
        raise BadInput(what, where=where, mend="save intrinsic as (picture, 3, 3)")
    each = np.broadcast_to(matrices, (count, 3, 3))
    return tuple(opencv_pinhole(one, size, where=f"{where}, picture {row}") for row, one in enumerate(each))


def _convention(held: _Held, poses: Sequence[Pose]) -> tuple[Convention, str, list[str]]:
    """The convention that points or depths bear out, a note on it, and doubts."""
    measure = _off_points if held.points is not None else _off_depths if held.depth is not None else None
    as_named = f"{held.declared}, by the name of the array"
    if measure is None:
        return held.declared, as_named, ["no points and no depth: nothing confirms which way the poses lead"]
    found = {each: measure(held, [each.world_from_camera(pose) for pose in poses]) for each in CONVENTIONS}
    told = {each: off for each, off in found.items() if off.count >= FEWEST}
    read = told.get(held.declared)
    best = min(told, key=lambda each: told[each].share, default=held.declared)
    if best not in told or told[best].share > FITS:
        off = f": {told[best].said}, at best" if best in told else ""
        return held.declared, as_named, [f"no convention fits{off}: poses, cameras or points are off"]
    if read is not None and read.share <= max(CLEARLY * told[best].share, FITS / 10):
        best = held.declared
    other = found[Convention(not best.to_world, best.opencv)]
    otherwise = other.said if other.count >= FEWEST else "hardly a point tells"
    note = f"{best.direction} detected: {told[best].said}; read the other way, {otherwise}"
    odd = f"the array's name says {held.declared}, its points {best}" if best != held.declared else ""
    return best, note, [odd] * bool(odd)


def _off_points(held: _Held, world_from_camera: Sequence[Pose]) -> _Off:
    """How far each picture's points fall from the pixels that they are stored at."""
    assert held.points is not None
    off_px = list[Float[np.ndarray, " point"]]()
    for points, camera, pose in zip(held.points, held.cameras, world_from_camera):
        step = max(1, round((points.shape[0] * points.shape[1] / PIXELS_EACH) ** 0.5))
        some, pixels = (
            points[::step, ::step].reshape(-1, 3),
            pixel_centres(camera)[::step, ::step].reshape(-1, 2),
        )
        known = np.isfinite(some).all(1)
        there = project(camera, pose.inverse().apply(some[known]))[0]
        off_px.append(np.nan_to_num(np.linalg.norm(there - pixels[known], axis=1), nan=np.inf))
    together = np.concatenate(off_px)
    median_px = float(np.median(together)) if len(together) else np.inf
    far = "most points are behind their camera" if np.isinf(median_px) else ""
    said = far or f"points fall {say_number(round(median_px, 3))} px (median) from their own pixels"
    return _Off(median_px / held.cameras[0].width_px, said, len(together))


def _off_depths(held: _Held, world_from_camera: Sequence[Pose]) -> _Off:
    """How far the depth of each picture is off that of the next, where it is carried to it."""
    assert held.depth is not None
    shares = list[Float[np.ndarray, " point"]]()
    for first in range(len(held.depth) - 1):
        camera, there = held.cameras[first + 1], held.depth[first + 1]
        points = from_depth(held.cameras[first], held.depth[first]).reshape(-1, 3)
        points = points[np.isfinite(points).all(1)]
        points = points[:: max(1, len(points) // PIXELS_EACH)]
        moved = (world_from_camera[first + 1].inverse() @ world_from_camera[first]).apply(points)
        pixels, visible = project(camera, moved)
        columns, rows = np.floor(pixels[visible]).astype(int).T
        seen, meant = there[rows, columns], moved[visible, 2]
        told = (seen > 0) & (meant > 0)
        shares.append(np.abs(seen[told] - meant[told]) / seen[told])
    together = np.concatenate([*shares, []])
    share = float(np.median(together)) if len(together) else np.inf
    said = f"depth carried from picture to picture is {say_number(round(100 * share, 2))} % off (median)"
    return _Off(share, said, len(together))


def _unlike(held: _Held, views: Sequence[View]) -> list[str]:
    """What is amiss where depths are in another unit than points and poses."""
    if held.points is None or held.depth is None:
        return []
    ratios = list[Float[np.ndarray, " point"]]()
    for points, depth, view in zip(held.points, held.depth, views):
        ahead = view.world_from_camera.inverse().apply(points.reshape(-1, 3))[:, 2].reshape(depth.shape)
        told = np.isfinite(ahead) & (ahead > 0) & (depth > 0)
        ratios.append(depth[told] / ahead[told])
    together = np.concatenate(ratios)
    times = float(np.median(together)) if len(together) else 1.0
    if abs(times - 1) <= SAME_UNIT:
        return []
    how = f"{say_number(max(times, 1 / times))} times too {'large' if times > 1 else 'small'}"
    return [f"depths look {how} for the points: are they in one unit?"]


READER: Final = Reader("reconstruction_npz", (".npz",), _claims, _scenes)
