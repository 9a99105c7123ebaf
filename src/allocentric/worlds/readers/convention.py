"""How a file writes where a picture was taken from: which way its poses lead, between which camera axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.geometry.poses import Pose

# OpenGL's camera (x right, y up, z back) and OpenCV's (x right, y down, z ahead), in each other's axes.
OPENCV_FROM_OPENGL: Final[Float[np.ndarray, "3 3"]] = np.diag([1.0, -1.0, -1.0])
OPENCV_FROM_OPENGL.flags.writeable = False
_FLIP: Final = Pose(OPENCV_FROM_OPENGL, np.zeros(3))


@dataclass(frozen=True, slots=True)
class Convention:
    """One way to write the pose of a picture.

    >>> print(Convention(to_world=False))
    world-to-camera, OpenCV axes
    """

    to_world: bool = True
    opencv: bool = True

    def __str__(self) -> str:
        return f"{self.direction}, {self.axes} axes"

    @property
    def direction(self) -> str:
        """Which way the poses lead, in words."""
        return "camera-to-world" if self.to_world else "world-to-camera"

    @property
    def axes(self) -> str:
        """Whose camera axes the poses speak of."""
        return "OpenCV" if self.opencv else "OpenGL"

    def world_from_camera(self, written: Pose) -> Pose:
        """Our pose of what a file has written, the world's axes left as they are."""
        to_world = written if self.to_world else written.inverse()
        return to_world if self.opencv else to_world @ _FLIP

    def written(self, world_from_camera: Pose) -> Pose:
        """What a file would have written for our pose."""
        to_world = world_from_camera if self.opencv else world_from_camera @ _FLIP
        return to_world if self.to_world else to_world.inverse()


CONVENTIONS: Final = tuple(Convention(way, axes) for way in (True, False) for axes in (True, False))
"""All four of them, ours first."""
