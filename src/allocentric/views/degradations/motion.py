"""A camera that moves while its shutter is open."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from jaxtyping import Float, Int

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, project, rays
from allocentric.geometry.poses import Pose, rotation_between
from allocentric.seeds import stream
from allocentric.views.degradations.pixels import Colour, light_of, numbers_of

INSTANTS: Final = 33  # of one exposure: odd, so that the picture's own is among them
SPEED_M_S: Final = 0.4  # of a hand with a camera, in a hurry
TURN_RAD_S: Final = 0.35
EMPTY: Final = np.uint64(2**64 - 1)


def hand_path(
    exposure_s: float,
    *,
    seed: int,
    speed_m_s: float = SPEED_M_S,
    turn_rad_s: float = TURN_RAD_S,
    count: int = INSTANTS,
) -> tuple[Pose, ...]:
    """Where a hand carries a camera while the shutter is open, as seen from the camera in the middle of it.

    Straight and even: a shift and a turn, each about a direction drawn by the seed, mostly across the view.
    """
    random = stream(seed, "views", "motion blur")
    ways = random.standard_normal((2, 3)) * (1.0, 1.0, 0.3)
    shift, axis = ways / np.linalg.norm(ways, axis=1, keepdims=True)
    half = Pose(_turn(axis, turn_rad_s * exposure_s / 2), shift * speed_m_s * exposure_s / 2)
    other = Pose(_turn(axis, -turn_rad_s * exposure_s / 2), -shift * speed_m_s * exposure_s / 2)
    return path_between(other, half, count=count)


def path_between(
    start: Pose, end: Pose, *, seen_from: Pose | None = None, count: int = INSTANTS
) -> tuple[Pose, ...]:
    """So many poses on the even way from one to the other; as `seen_from_moving` where that pose is given.

    For a video's frame, `start` and `end` are where the camera was when its shutter opened and closed, and
    `seen_from` where the frame is taken to be: all three as `world_from_camera`.
    """
    home = None if seen_from is None else seen_from.inverse()
    shares = np.linspace(0.0, 1.0, count).tolist()
    way = end.translation_m - start.translation_m
    poses = (
        Pose(rotation_between(start.rotation, end.rotation, share), start.translation_m + share * way)
        for share in shares
    )
    return tuple(each if home is None else home @ each for each in poses)


def motion_blur(
    picture: Colour,
    range_m: Float[np.ndarray, "height width"],
    camera: Camera,
    *,
    path: Sequence[Pose],
) -> Colour:
    """The mean, in light, of what the camera sees from each pose of the path, by depth.

    `path` are poses of the moving camera as the picture's camera sees them (`camera_from_moving`). Every
    pixel is a point at its distance along its ray (infinite for the sky), carried to where each pose sees it;
    the nearest wins. Where a pose sees what the picture did not, the mean is that of the other poses.
    Raises BadInput for a distance that is not above 0 and a path without poses.
    """
    if not path:
        raise BadInput("a path without poses", where="motion blur", mend="give at least one pose")
    if not (range_m > 0).all():
        raise BadInput("some distances are not above 0", where="motion blur", mend="say how far they are")
    light = light_of(picture)
    counted = np.zeros((range_m.size + 1, 4), dtype=np.float32)  # the last row is of no pixel
    counted[:-1, :3], counted[:-1, 3] = light.reshape(-1, 3), 1
    directions, nearness = np.asfortranarray(rays(camera).reshape(-1, 3)), (1 / range_m).reshape(-1)
    total = np.zeros((range_m.size, 4), dtype=np.float32)
    for camera_from_moving in path:
        moving_from_camera = camera_from_moving.inverse()
        total += counted[_seen(directions, nearness, camera, moving_from_camera=moving_from_camera)]
    lit = (total[:, 3:] > 0) & ~np.isnan(directions[:, 2:])  # beyond the lens's reach it stays dark
    mean = np.where(lit, total, counted[:-1])
    return numbers_of((mean[:, :3] / mean[:, 3:]).reshape(light.shape))


def exposed(pictures: Iterable[Colour]) -> Colour:
    """The mean, in light, of pictures taken one after the other while the shutter is open."""
    held = [light_of(each) for each in pictures]
    if not held:
        raise BadInput("no picture is exposed", where="motion blur", mend="give at least one picture")
    return numbers_of(np.stack(held).mean(axis=0))


def _seen(
    directions: Float[np.ndarray, "pixel 3"],
    nearness: Float[np.ndarray, " pixel"],
    camera: Camera,
    *,
    moving_from_camera: Pose,
) -> Int[np.ndarray, " pixel"]:
    """For each pixel of the moved camera the pixel of the picture that it shows; -1 where there is none."""
    # Axis by axis: threads of a matrix product would cost more here than they save.
    turn, shift = moving_from_camera.rotation, moving_from_camera.translation_m
    x, y, z = directions.T
    moved = np.stack([a * x + b * y + c * z + by * nearness for (a, b, c), by in zip(turn, shift)]).T
    pixels, shown = project(camera, moved)
    rows = np.flatnonzero(shown)
    column, row = pixels[rows].astype(np.int64).T
    target = row * camera.width_px + column
    # The distance by its bits, which rise with it, and below them the pixel: the least is the nearest.
    with np.errstate(divide="ignore"):
        far = np.sqrt((moved.T**2).sum(axis=0)[rows]) / nearness[rows]
    keys = far.astype(np.float32).view(np.uint32).astype(np.uint64) << np.uint64(32) | rows.astype(np.uint64)
    nearest = np.full(len(nearness), EMPTY)
    np.minimum.at(nearest, target, keys)
    return np.where(nearest == EMPTY, -1, (nearest & np.uint64(0xFFFFFFFF)).astype(np.int64))


def _turn(axis: Float[np.ndarray, "3"], angle_rad: float) -> Float[np.ndarray, "3 3"]:
    cross = np.cross(np.eye(3), axis)
    return np.eye(3) + math.sin(angle_rad) * cross + (1 - math.cos(angle_rad)) * cross @ cross
