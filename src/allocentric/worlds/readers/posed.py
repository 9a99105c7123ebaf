"""What readers of posed pictures share: rigid poses, pictures that are there and whole, a scene of them.

The rest, whether poses and depths mean what the format says, is asked of the depths themselves
(`agreement`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.camera_formats import from_opencv
from allocentric.geometry.cameras import Camera, Panorama, Pinhole
from allocentric.geometry.frames import Z_UP_FROM_Y_UP
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.intervals import Interval
from allocentric.jobs import read_bytes
from allocentric.scene.pictures import Size, check_depth_size, depth_m, depth_size_px, picture_size_px
from allocentric.scene.scene import Scene, Source, View, scene_of
from allocentric.words import a_list, plural, say_angle, say_length
from allocentric.worlds.readers.agreement import agreement, judge, telling_pairs
from allocentric.worlds.readers.convention import Convention

Matrices = Float[np.ndarray, "view 4 4"]
Made = TypeVar("Made")
Axis = Literal["y", "-y", "z"]

TO_Z_UP: Final[dict[Axis, Float[np.ndarray, "3 3"]]] = {
    "y": Z_UP_FROM_Y_UP,
    "-y": np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]]),
    "z": np.eye(3),
}
"""What turns a world with that axis up into ours."""
UNKNOWN_SCALE: Final = Interval(0.0, math.inf, open_low=True)
PICTURES: Final = (".png", ".jpg", ".jpeg", ".ppm", ".pgm", ".bmp", ".tif", ".tiff", ".webp")
ROUNDED_WITHIN: Final = 2e-3  # rotations printed with three decimals are this far from orthonormal
UNIT_WITHIN: Final = 1e-2  # quaternions printed with few decimals are this far from length 1
LOUD: Final = 1e-4  # what is farther off is spoken of
FARTHEST_M, NEAREST_M, LONGEST_WAY_M = 100.0, 0.05, 2000.0
LEANS_RAD: Final = np.radians(60)  # no camera is held so on average
UPRIGHT_WITHIN: Final = 0.7  # cosine: nearer to that axis than to any other


@dataclass(frozen=True, eq=False, slots=True)
class World:
    """What a format says of its world: which axis is up (None: none is known), how its poses are written.

    `world_from_file` carries it into ours, z up; left out, it follows from `up`. `confirmed` says by
    what else than depth the convention was found to hold.
    """

    declared: Convention
    up: Axis | None
    metric: bool = True
    world_from_file: Pose | None = None
    confirmed: str = ""


def checked_poses(
    names: Sequence[str], written: Matrices, *, where: str
) -> tuple[tuple[Pose, ...], tuple[str, ...]]:
    """Poses as they are written, freed of rounding, and what was rounded; `names` are of their pictures.

    Raises BadInput naming the first that is not finite, has another last row than 0 0 0 1, or is not rigid:
    scaled, skewed or mirrored.
    """

    def refuse(bad: Any, what: str, mend: str) -> None:
        if bad.any():
            raise BadInput(f"the pose of {names[int(bad.argmax())]!r} {what}", where=where, mend=mend)

    turns = written[:, :3, :3]
    rigid = "a pose is a rotation and a shift: three orthonormal, right-handed axes"
    refuse(~np.isfinite(written).all((1, 2)), "has a number that is not finite", "leave that picture out")
    off = np.abs(written[:, 3] - [0, 0, 0, 1]).max(1, initial=0)
    refuse(off > 1e-6, "does not end with the row 0 0 0 1", "write poses as rows, not as columns")
    determinants = np.linalg.det(turns)
    sizes = np.cbrt(np.abs(determinants))
    squares = turns @ turns.transpose(0, 2, 1)
    skew = np.abs(squares - np.square(sizes)[:, None, None] * np.eye(3)).max((1, 2), initial=0)
    refuse(
        (sizes < 1e-9) | (skew > ROUNDED_WITHIN * np.square(sizes)),
        "is not rigid: its axes are skewed",
        rigid,
    )
    scaled = np.abs(sizes - 1) > ROUNDED_WITHIN
    refuse(
        scaled, f"is not rigid: it is scaled by {sizes[int(scaled.argmax())] if len(sizes) else 1:.4g}", rigid
    )
    refuse(determinants < 0, "is mirrored", rigid + "; turn one axis round")
    left, _, right = np.linalg.svd(turns)
    nearest = left @ right
    rough = np.abs(nearest - turns).max((1, 2), initial=0)
    poses = tuple(Pose(turn, shift) for turn, shift in zip(nearest, written[:, :3, 3]))
    loud, most = int((rough > LOUD).sum()), float(rough.max(initial=0))
    said = f"the rotations of {_many(loud, 'pose')} are rounded, by up to {most:.1g}: made orthonormal"
    return poses, (said,) * bool(loud)


def unit_rotation(wxyz: Sequence[float], *, of: str, where: str) -> Float[np.ndarray, "3 3"]:
    """The rotation of a quaternion w x y z; raises BadInput where its length is not 1, but for rounding."""
    if not abs(math.hypot(*wxyz) - 1) <= UNIT_WITHIN:
        what = f"the rotation {list(wxyz)} of {of!r} is no unit quaternion"
        raise BadInput(what, where=where, mend="give w, x, y, z of length 1")
    return rotation_from_quaternion(*wxyz)


def rotation_from_angle_axis(turn_rad: Float[np.ndarray, "3"]) -> Float[np.ndarray, "3 3"]:
    """The rotation about an axis by its length in radians; NaN where that is not finite.

    >>> rotation_from_angle_axis(np.array([0, 0, math.pi / 2])).round(12) @ [1, 0, 0]
    array([0., 1., 0.])
    """
    angle_rad = float(np.linalg.norm(turn_rad))
    if not math.isfinite(angle_rad):
        return np.full((3, 3), np.nan)
    x, y, z = (turn_rad * (math.sin(angle_rad / 2) / angle_rad if angle_rad else 0.5)).tolist()
    return rotation_from_quaternion(math.cos(angle_rad / 2), x, y, z)


def matrices(turns: Sequence[Float[np.ndarray, "3 3"]], shifts: Float[np.ndarray, "view 3"]) -> Matrices:
    """Rotations and shifts as 4 x 4 matrices."""
    made = np.tile(np.eye(4), (len(turns), 1, 1))
    if len(turns):
        made[:, :3, :3], made[:, :3, 3] = turns, shifts
    return made


def read_numbers(path: Path, columns: int, *, comment: str = "#") -> Float[np.ndarray, "row column"]:
    """The numbers in a text of as many to a line; raises BadInput with the line of what is none."""
    rows = list[list[float]]()
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        words = line.replace(",", " ").split()
        if not words or words[0].startswith(comment):
            continue
        try:
            rows.append([float(each) for each in words])
        except ValueError as error:
            raise BadInput(str(error), where=f"{path}, line {number}", mend="mend that number") from None
        if len(words) != columns:
            what = f"{_many(len(words), 'number')} where {columns} belong"
            raise BadInput(what, where=f"{path}, line {number}", mend="get the whole file again")
    return np.array(rows).reshape(-1, columns)


def read_matrix(path: Path, side: int) -> Float[np.ndarray, "row column"]:
    """The square matrix in a text, a row to a line; raises BadInput for another number of rows."""
    matrix = read_numbers(path, side)
    if len(matrix) != side:
        what = f"{_many(len(matrix), 'row')} where {side} belong"
        raise BadInput(what, where=str(path), mend="get the whole file again")
    return matrix


def read_text(path: Path) -> str:
    """The text of a file; raises BadInput where it is missing, empty or no text."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("this is no text", where=str(path), mend="save the file as UTF-8") from None


def pictures_in(folder: Path) -> tuple[Path, ...]:
    """The pictures of a folder by name, numbers in their order; raises BadInput where there is none."""
    if not folder.is_dir():
        raise BadInput("the folder is missing", where=str(folder), mend="put it there, with its pictures")
    found = [each for each in folder.iterdir() if each.suffix.lower() in PICTURES and each.name[0] != "."]
    if not found:
        raise BadInput(
            "there is no picture in it", where=str(folder), mend=f"pictures are {', '.join(PICTURES)}"
        )
    return tuple(sorted(found, key=lambda each: (each.stem.isdigit() and int(each.stem), each.name)))


def check_counts(counts: Mapping[str, int], *, where: str) -> None:
    """Raise BadInput where what belongs together, one of each to a view, is not of one number."""
    if len(set(counts.values())) > 1:
        what = a_list([f"{count} {name}" for name, count in counts.items()])
        raise BadInput(what, where=where, mend="each view has one of each: get those that are missing")


def opencv_pinhole(
    matrix: Float[np.ndarray, "3 3"], size: Size, *, distortion: Sequence[float] = (), where: str
) -> Pinhole:
    """The camera of OpenCV's matrix, which counts from the middle of the first pixel: half a pixel is added.

    `distortion` stands in OpenCV's order. Raises BadInput for a matrix that is none of a camera.
    """
    cx, cy = matrix[:2, 2].tolist()
    if not (0 < cx < size[0] and 0 < cy < size[1]):
        what = (
            f"the principal point {cx:.4g}, {cy:.4g} is outside of a picture of {size[0]} x {size[1]} pixels"
        )
        raise BadInput(what, where=where, mend="give the camera matrix of pictures of this size, row by row")
    return made(lambda: from_opencv(matrix, distortion, size_px=size), what="no camera", where=where)


def resized(camera: Camera, size: Size, *, where: str) -> Camera:
    """The same view in pictures of another size; raises BadInput where they have another shape."""
    across, down = size[0] / camera.width_px, size[1] / camera.height_px
    if abs(across * camera.height_px - size[1]) > 1:  # more than a pixel's rounding
        what = f"{size[0]} x {size[1]} pixels do not show what {camera.width_px} x {camera.height_px} do"
        raise BadInput(what, where=where, mend="get the images that belong together")
    if isinstance(camera, Panorama):
        return Panorama(*size)
    return replace(
        camera,
        width_px=size[0],
        height_px=size[1],
        fx_px=camera.fx_px * across,
        fy_px=camera.fy_px * down,
        cx_px=camera.cx_px * across,
        cy_px=camera.cy_px * down,
    )


def made(make: Callable[[], Made], *, what: str, where: str) -> Made:
    """What `make` gives, or BadInput with its reason: a camera of numbers that make none."""
    try:
        return make()
    except ValueError as error:
        raise BadInput(f"{what}: {error}", where=where, mend="mend its numbers") from None


def check_pictures(views: Sequence[View]) -> None:
    """Raise BadInput for a picture or depth image that is missing, broken, cut off or of a wrong size.

    Headers and the ends of files are looked at, not all pixels. A depth image must not be all zero.
    """
    for view in views:
        if view.image is not None:
            size = picture_size_px(view.image)
            if view.size_px is not None and size != view.size_px:
                of_camera = f"{view.size_px[0]} x {view.size_px[1]}"
                what = f"the picture is {size[0]} x {size[1]} pixels, its camera {of_camera}"
                raise BadInput(
                    what, where=view.image, mend="get the picture of that size, or scale its camera"
                )
        if view.depth is not None:
            check_depth_size(view, depth_size_px(view.depth.path))


def posed_scene(id: str, views: Sequence[View], *, world: World, source: Source, **shared: Any) -> Scene:
    """The scene of these views, z up, once pictures, poses and depths are checked; `shared` are its fields.

    `views` stand in the world of their file; `things`, where there are any, in ours. What was found is added
    to the notes and warnings of `source`. Raises BadInput where something does not fit.
    """
    twice = [id for id, count in Counter(each.id for each in views).items() if count > 1]
    if twice:
        raise BadInput(
            f"two pictures are called {twice[0]!r}", where=source.path, mend="give each its own name"
        )
    check_pictures(views)
    pairs = telling_pairs(views)
    notes, warnings = [world.confirmed or f"{world.declared}, as the format declares"], list[str]()
    if pairs:
        notes, warnings = judge(agreement(views, pairs, world.declared), len(pairs), where=source.path)
    turn = world.world_from_file or Pose(np.eye(3) if world.up is None else TO_Z_UP[world.up], np.zeros(3))
    placed = tuple(replace(each, world_from_camera=turn @ each.world_from_camera) for each in views)
    notes += _up_notes(placed, world)
    if not world.metric:
        notes.append("the scale is unknown: lengths in metres stay open until one is given")
    warnings += _implausible(placed, world)
    return scene_of(
        id,
        shared.pop("things", ()),
        views=placed,
        source=replace(source, notes=(*notes, *source.notes), warnings=(*warnings, *source.warnings)),
        **{
            "scale": Interval.of(1.0) if world.metric else UNKNOWN_SCALE,
            "tilt_rad": math.pi if world.up is None else 0.0,
        }
        | shared,
    )


def upright_axis(views: Sequence[View]) -> Axis | None:
    """The axis of the file's world, y or z, that is up for its cameras on average; None where neither is."""
    _, y, z = _mean_up(views).tolist()
    return "y" if y >= max(z, UPRIGHT_WITHIN) else "z" if z >= UPRIGHT_WITHIN else None


def _mean_up(views: Sequence[View]) -> Float[np.ndarray, "3"]:
    """Where the cameras' own up points on average; shorter than 1 the more they differ."""
    ups = [-view.world_from_camera.rotation[:, 1] for view in views]
    return np.mean(ups, axis=0) if ups else np.zeros(3)


def _up_notes(views: Sequence[View], world: World) -> list[str]:
    told = "gravity is unknown" if world.up is None else f"{world.up} up"
    turned = ", turned to z up" * (world.up not in (None, "z"))
    return (
        [f"{told}{turned}; the cameras' mean up leans {say_angle(_lean_rad(views))} from z"] if views else []
    )


def _lean_rad(views: Sequence[View]) -> float:
    up = _mean_up(views)
    return float(np.arccos(np.clip(up[2] / max(float(np.linalg.norm(up)), 1e-9), -1, 1)))


def _implausible(views: Sequence[View], world: World) -> list[str]:
    """What looks wrong with posed pictures of places that people walk in."""
    said = list[str]()
    if views and world.up is not None and _lean_rad(views) > LEANS_RAD:
        said.append(f"the cameras' mean up leans {say_angle(_lean_rad(views))}: is {world.up} up?")
    if not views or not world.metric:
        return said
    places_m = np.array([view.world_from_camera.translation_m for view in views])
    way_m = float(np.ptp(places_m, axis=0).max())
    if way_m > LONGEST_WAY_M:
        said.append(f"the cameras are up to {say_length(way_m)} apart: are the poses in metres?")
    first = next((view for view in views if view.depth is not None), None)
    if first is not None:
        measured = depth_m(first)
        middle_m = float(np.median(measured[measured > 0])) if (measured > 0).any() else math.nan
        if middle_m > FARTHEST_M or middle_m < NEAREST_M:
            said.append(
                f"half of the depths of {first.id!r} are {say_length(middle_m)} or more: is their unit right?"
            )
    return said


def _many(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else plural(noun)}"
