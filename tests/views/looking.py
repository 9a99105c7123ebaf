"""Views for tests: a camera at a place, level, looking so far left of the world's x axis."""

import math
from typing import Final

import numpy as np

from allocentric.geometry.cameras import Camera, Pinhole
from allocentric.geometry.frames import BODY_FROM_CAMERA, rotation_about_up
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import View

HUNDRED: Final = Pinhole(100, 100, 100.0, 100.0, 50.0, 50.0)
WIDE: Final = Pinhole(160, 120, 80.0, 80.0, 80.0, 60.0)


def level(
    at_m: tuple[float, float, float] = (0, 0, 0), yaw_deg: float = 0.0, *, camera: Camera = HUNDRED
) -> View:
    """A level view."""
    rotation = rotation_about_up(math.radians(yaw_deg)) @ BODY_FROM_CAMERA
    return View("level", Pose(rotation, np.array(at_m, dtype=float)), camera=camera)


def down(at_m: tuple[float, float, float], *, camera: Camera = HUNDRED) -> View:
    """A view straight down, the world's x to the right of the picture and its y up."""
    return View("down", Pose(np.diag([1.0, -1.0, -1.0]), np.array(at_m, dtype=float)), camera=camera)
