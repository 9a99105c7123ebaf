"""Rigid moves between two frames, named after both."""

from __future__ import annotations

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


def rotation_from_quaternion(w: float, x: float, y: float, z: float) -> Float[np.ndarray, "3 3"]:
    """The rotation of a quaternion, scalar first; its length does not matter, but must not be 0.

    >>> bool(np.allclose(rotation_from_quaternion(1, 0, 0, 1) @ [1, 0, 0], [0, 1, 0]))
    True
    """
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
