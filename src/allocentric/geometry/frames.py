"""The one place where directions are decided; docs/conventions.md says it in words.

World and body: right-handed, metres, x forward, y left, z up.
Camera: x right, y down, z along the view.
"""

import math
from typing import Final

import numpy as np
from jaxtyping import Float

FORWARD: Final = np.array([1.0, 0.0, 0.0])
LEFT: Final = np.array([0.0, 1.0, 0.0])
UP: Final = np.array([0.0, 0.0, 1.0])

AXES: Final[dict[str, tuple[float, float, float]]] = {
    "forward": (1.0, 0.0, 0.0),
    "backward": (-1.0, 0.0, 0.0),
    "left": (0.0, 1.0, 0.0),
    "right": (0.0, -1.0, 0.0),
    "up": (0.0, 0.0, 1.0),
    "down": (0.0, 0.0, -1.0),
}
"""Named directions of a body, in its own frame."""

# The camera's axes (right, down, ahead) as the body that carries it sees them.
BODY_FROM_CAMERA: Final[Float[np.ndarray, "3 3"]] = np.stack([-LEFT, -UP, FORWARD], axis=1)
BODY_FROM_CAMERA.flags.writeable = False

# A page is looked at from above: its right is x, its up is y, and ahead is into it.
WORLD_FROM_PAGE: Final[Float[np.ndarray, "3 3"]] = np.array([[0, -1.0, 0], [0, 0, 1.0], [-1.0, 0, 0]])
WORLD_FROM_PAGE.flags.writeable = False

# glTF and ARKit: y up, -z forward. World vectors of such a file, carried into ours.
Z_UP_FROM_Y_UP: Final[Float[np.ndarray, "3 3"]] = np.array([[1.0, 0, 0], [0, 0, -1.0], [0, 1.0, 0]])
Z_UP_FROM_Y_UP.flags.writeable = False


def rotation_about_up(yaw_rad: float) -> Float[np.ndarray, "3 3"]:
    """`world_from_body` of a body turned left by `yaw_rad` about the vertical."""
    cosine, sine = math.cos(yaw_rad), math.sin(yaw_rad)
    return np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])


def yaw_of(rotation: Float[np.ndarray, "3 3"]) -> float:
    """How far left of the world's x axis the body's x axis points, on the floor, in (-pi, pi].

    >>> round(yaw_of(rotation_about_up(1.0)), 12)
    1.0
    """
    return math.atan2(float(rotation[1, 0]), float(rotation[0, 0]))


def is_rotation(matrix: Float[np.ndarray, "3 3"], tolerance: float = 1e-6) -> bool:
    """True where the axes are orthonormal and right-handed."""
    orthonormal = bool(np.abs(matrix @ matrix.T - np.eye(3)).max() <= tolerance)
    return orthonormal and bool(np.linalg.det(matrix) > 0)
