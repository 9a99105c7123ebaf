"""Structure from motion: pictures without poses in, cameras and points out, as a scene of unknown scale.

pycolmap does the work. Pictures alone tell neither how large a place is nor where north is: the scene's scale
and north are unknown, until a length is known (`known_length`) or places on the earth are (`geo_anchor`).
Gravity is unknown too, but for what is said of how the pictures were held. The world is turned so that the
pictures' own up is z on average; that is no more than a way to draw it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from jaxtyping import Float, Int, UInt8
from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.camera_formats import from_colmap
from allocentric.geometry.poses import Pose
from allocentric.perception.level import level_up
from allocentric.perception.motion_model import Found, Matching, Stage, Watch, sparse_model
from allocentric.scene.pictures import picture_size_px
from allocentric.scene.scene import Scene, Source, View
from allocentric.words import a_list, plural, say_angle, say_number
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.posed import World, pictures_in, posed_scene

EVERY_PAIR: Final = Matching()
FORMAT: Final = "structure_from_motion"
ORIENTATION: Final = 274  # EXIF
# Where the top of the scene is in the pixels of a picture, by its EXIF orientation: x right, y down.
UP_BY_ORIENTATION: Final = {1: (0.0, -1.0), 3: (0.0, 1.0), 6: (-1.0, 0.0), 8: (1.0, 0.0)}


@dataclass(frozen=True, eq=False, slots=True)
class Sparse:
    """Points that several pictures saw: scene units, the scene's world.

    `errors_px` is how far each falls from where it was seen, on average. An observation is a picture (row of
    the scene's views), a point (row) and the pixel.
    """

    points: Float[np.ndarray, "point 3"]
    colours: UInt8[np.ndarray, "point 3"]
    errors_px: Float[np.ndarray, " point"]
    observed_view: Int[np.ndarray, " observation"]
    observed_point: Int[np.ndarray, " observation"]
    observed_px: Float[np.ndarray, "observation 2"]


@dataclass(frozen=True, eq=False, slots=True)
class Motion:
    """What structure from motion found: a scene with a view for each picture that was placed, and points.

    `left_out` are the pictures that could not be placed. `reprojection_px` is the mean over the points of
    how far each falls from where it was seen, `track` the mean number of pictures that saw a point.
    """

    scene: Scene
    sparse: Sparse
    left_out: tuple[str, ...]
    reprojection_px: float
    track: float


def points_ply(sparse: Sparse) -> bytes:
    """The points with their colours as a binary PLY file, which every viewer of points opens."""
    layout = [("x", "<f4"), ("y", "<f4"), ("z", "<f4"), ("red", "u1"), ("green", "u1"), ("blue", "u1")]
    rows = np.empty(len(sparse.points), dtype=layout)
    for column, name in enumerate("xyz"):
        rows[name] = sparse.points[:, column]
    for column, name in enumerate(("red", "green", "blue")):
        rows[name] = sparse.colours[:, column]
    lines = [
        "ply",
        "format binary_little_endian 1.0",
        f"element vertex {len(rows)}",
        *(f"property {'float' if kind == '<f4' else 'uchar'} {name}" for name, kind in layout),
        "end_header",
    ]
    return "\n".join([*lines, ""]).encode() + rows.tobytes()


def _unwatched(stage: Stage, done: int, total: int) -> None:
    """Nobody looks on."""


def structure_from_motion(
    folder: str | Path,
    work: str | Path,
    *,
    matching: Matching = EVERY_PAIR,
    level_within_rad: float | None = None,
    watch: Watch = _unwatched,
) -> Motion:
    """Cameras and points from the pictures in a folder.

    `work` keeps what is done: a run that was stopped goes on from there, and one that ended is only read. The
    same pictures and `matching` give the same numbers, stopped or not. `level_within_rad` says that each
    picture was held level, without roll, to within that angle: gravity is then known to a bound. `watch` is
    told how far it is. Raises BadInput where pycolmap is missing, a picture is broken, there are fewer than
    two, no two come together, or they are not level as stated.
    """
    folder, work = Path(folder), Path(work)
    names = [each.name for each in pictures_in(folder)]
    for name in names:
        picture_size_px(folder / name)
    if len(names) < 2:
        mend = "take pictures from several places"
        raise BadInput("there is one picture: motion takes two or more", where=str(folder), mend=mend)
    found = sparse_model(folder, names, work=work, matching=matching, watch=watch)
    model = found.model
    placed = {image.name: image for image in model.images.values() if image.has_pose}
    left_out = tuple(name for name in names if name not in placed)
    images = [placed[name] for name in names if name in placed]
    world_from_model, tilt_rad = _upright(folder, images, level_within_rad)
    notes, warnings = _told(found, left_out, tilt_rad=tilt_rad)
    off_px = float(model.compute_mean_reprojection_error())
    world = World(
        Convention(to_world=False, opencv=True),
        None if tilt_rad >= math.pi else "z",
        metric=False,
        world_from_file=world_from_model,
        confirmed=f"points fall {off_px:.2g} px (mean) from where they were seen",
    )
    scene = posed_scene(
        folder.resolve().name,
        [_view(folder, image) for image in images],
        world=world,
        source=Source(FORMAT, str(folder), notes, warnings),
        tilt_rad=tilt_rad,
    )
    return Motion(
        scene,
        _sparse(model, images, world_from_model),
        left_out,
        off_px,
        float(model.compute_mean_track_length()),
    )


def _view(folder: Path, image: Any) -> View:
    """The view of a placed picture, in the model's own world."""
    camera = image.camera
    lens = from_colmap(
        camera.model_name,
        camera.params.tolist(),
        size_px=(camera.width, camera.height),
        where=f"{folder}, camera of {image.name!r}",
    )
    return View(image.name, _world_from_camera(image), None, str(folder / image.name), camera=lens)


def _world_from_camera(image: Any) -> Pose:
    written = np.asarray(image.cam_from_world().matrix())
    left, _, right = np.linalg.svd(written[:, :3])
    return Pose(left @ right, written[:, 3]).inverse()


def _upright(folder: Path, images: Sequence[Any], level_within_rad: float | None) -> tuple[Pose, float]:
    """What turns the model's world to z up, about the middle of its cameras, and how far z may lean."""
    poses = [_world_from_camera(image) for image in images]
    ups = np.array([pose.rotation @ picture_up(folder / image.name) for pose, image in zip(poses, images)])
    middle = np.mean([pose.translation_m for pose in poses], axis=0)
    if level_within_rad is None:
        up, tilt_rad = ups.sum(0), math.pi
    else:
        rights = np.cross([pose.rotation[:, 2] for pose in poses], ups)
        up, tilt_rad = level_up(rights, ups, within_rad=level_within_rad)
    size = float(np.linalg.norm(up))
    turn = np.eye(3) if size < 1e-6 else _turn_to_up(up / size)
    return Pose(turn, -turn @ middle), tilt_rad


def picture_up(path: Path) -> Float[np.ndarray, "3"]:
    """The picture's own up, in its camera's axes, by how EXIF says that it is to be turned."""
    with Image.open(path) as picture:
        x, y = UP_BY_ORIENTATION.get(picture.getexif().get(ORIENTATION, 1), UP_BY_ORIENTATION[1])
    return np.array([x, y, 0.0])


def _turn_to_up(up: Float[np.ndarray, "3"]) -> Float[np.ndarray, "3 3"]:
    """A rotation that carries `up` onto z."""
    aside = np.eye(3)[int(np.argmin(np.abs(up)))]
    forward = aside - (aside @ up) * up
    forward /= np.linalg.norm(forward)
    return np.stack([forward, np.cross(up, forward), up])


def _told(
    found: Found, left_out: Sequence[str], *, tilt_rad: float
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Notes and warnings of what was found."""
    model = found.model
    seen = say_number(model.compute_mean_track_length())
    notes = [
        f"{model.num_reg_images()} pictures placed by structure from motion",
        f"points not kept: {model.num_points3D()}, each seen in {seen} pictures on average",
    ]
    if found.guessed:
        notes.append(f"no focal length is stated for {_some(found.guessed)}: it was guessed, then refined")
    if tilt_rad < math.pi:
        notes.append(f"gravity is good to {say_angle(tilt_rad)}: the pictures were held level as stated")
    warnings = [f"could not be placed: {_some(left_out)}"] * bool(left_out)
    if found.others:
        sizes = a_list([str(each) for each in found.others])
        warnings.append(f"the pictures fall apart: {sizes} more make models of their own, left out")
    return tuple(notes), tuple(warnings)


def _some(names: Sequence[str]) -> str:
    told = ", ".join(names[:12])
    return told + (f" and {len(names) - 12} more {plural('picture')}" if len(names) > 12 else "")


def _sparse(model: Any, images: Sequence[Any], world_from_model: Pose) -> Sparse:
    ids = sorted(model.point3D_ids())
    row_of = {id: row for row, id in enumerate(ids)}
    held = [model.point3D(id) for id in ids]
    seen = [
        (view, row_of[point.point3D_id], *point.xy)
        for view, image in enumerate(images)
        for point in image.get_observation_points2D()
    ]
    observed = np.array(seen).reshape(-1, 4)
    return Sparse(
        world_from_model.apply(np.array([each.xyz for each in held]).reshape(-1, 3)),
        np.array([each.color for each in held], dtype=np.uint8).reshape(-1, 3),
        np.array([each.error for each in held], dtype=float),
        observed[:, 0].astype(np.int64),
        observed[:, 1].astype(np.int64),
        observed[:, 2:],
    )
