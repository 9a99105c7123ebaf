"""Rigid moves between two frames, named after both."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float


@dataclass(frozen=True, eq=False, slots=True)
class Pose:
    """A rigid move between two frames; name it after both: `world_from_camera`."""

    rotation: Float[np.ndarray, "3 3"]
    translation_m: Float[np.ndarray, "3"]

    def __post_init__(self) -> None:
        for name in ("rotation", "translation_m"):
            array = np.array(getattr(self, name), dtype=float)
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def __matmul__(self, other: Pose) -> Pose:
        """`a_from_b @ b_from_c` is `a_from_c`: the inner names meet and vanish."""
        return Pose(self.rotation @ other.rotation, self.apply(other.translation_m))

    def apply(self, points_m: Float[np.ndarray, "*n 3"]) -> Float[np.ndarray, "*n 3"]:
        """Carry points of the right-hand frame into the left-hand one."""
        moved: Float[np.ndarray, "*n 3"] = points_m @ self.rotation.T + self.translation_m
        return moved

    def inverse(self) -> Pose:
        """`world_from_camera.inverse()` is `camera_from_world`."""
        return Pose(self.rotation.T, -self.rotation.T @ self.translation_m)


def rotation_from_quaternion(*wxyz: float) -> Float[np.ndarray, "3 3"]:
    """The rotation of a quaternion, scalar first; its length does not matter, but must not be 0.

    >>> bool(np.allclose(rotation_from_quaternion(1, 0, 0, 1) @ [1, 0, 0], [0, 1, 0]))
    True
    """
    w, x, y, z = wxyz
    length = w * w + x * x + y * y + z * z
    if not length > 0:
        raise ValueError("a quaternion of length 0 is no rotation")
    s = 2 / length
    return np.array(
        [
            [1 - s * (y * y + z * z), s * (x * y - w * z), s * (x * z + w * y)],
            [s * (x * y + w * z), 1 - s * (x * x + z * z), s * (y * z - w * x)],
            [s * (x * z - w * y), s * (y * z + w * x), 1 - s * (x * x + y * y)],
        ]
    )


def rotation_between(
    start: Float[np.ndarray, "3 3"], end: Float[np.ndarray, "3 3"], share: float
) -> Float[np.ndarray, "3 3"]:
    """The rotation a share of the shortest way from `start` to `end`, about one axis at an even rate.

    >>> from allocentric.geometry.frames import rotation_about_up, yaw_of
    >>> round(yaw_of(rotation_between(rotation_about_up(0.0), rotation_about_up(1.0), 0.25)), 12)
    0.25
    """
    turn = start.T @ end
    cosine = float(np.clip((np.trace(turn) - 1) / 2, -1.0, 1.0))
    spin = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]]) / 2
    sine = float(np.linalg.norm(spin))
    angle_rad = math.atan2(sine, cosine)
    if angle_rad < 1e-12:
        return start.copy()
    if sine > 1e-6:
        axis = spin / sine
    else:  # half a turn: the axis is the column of (turn + 1) / 2 that is longest
        square = (turn + np.eye(3)) / 2
        axis = square[:, int(np.argmax(np.diag(square)))]
        axis = axis / np.linalg.norm(axis)
    cross = np.cross(np.eye(3), axis)  # cross @ v is axis x v
    angle = share * angle_rad
    partial = np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
    between: Float[np.ndarray, "3 3"] = start @ partial
    return between
