"""Each core relation a second time, by corners and rotation matrices: no line of the oracle.

A box is its centre, size and yaw. (Gaps have their own slow solver beside the tests of the geometry.)
"""

import numpy as np

SIGNS = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) / 2
LABELS = {
    "left_right": [(0, 180, "left"), (-180, 0, "right")],
    "left_right_back": [(0, 135, "left"), (-135, 0, "right"), (135, 180, "back"), (-180, -135, "back")],
    "quadrants": [
        (0, 90, "front-left"),
        (90, 180, "back-left"),
        (-90, 0, "front-right"),
        (-180, -90, "back-right"),
    ],
    "four": [
        (-45, 45, "front"),
        (45, 135, "left"),
        (-135, -45, "right"),
        (135, 180, "back"),
        (-180, -135, "back"),
    ],
}


def matrix(yaw: float) -> np.ndarray:
    """World from box, by the axes themselves."""
    ahead = np.array([np.cos(yaw), np.sin(yaw), 0.0])
    up = np.array([0.0, 0.0, 1.0])
    return np.stack([ahead, np.cross(up, ahead), up], axis=1)


def corners(center: np.ndarray, size: np.ndarray, yaw: float) -> np.ndarray:
    found: np.ndarray = center + (SIGNS * size) @ matrix(yaw).T
    return found


def sector(at: np.ndarray, facing: np.ndarray, target: np.ndarray, sectors: str) -> tuple[str, float]:
    """The label, and how many degrees the bearing is from the nearest border."""
    ahead = (facing - at)[:2] / np.linalg.norm((facing - at)[:2])
    left = np.array([-ahead[1], ahead[0]])
    offset = (target - at)[:2]
    degrees = float(np.degrees(np.arctan2(offset @ left, offset @ ahead)))
    label = next(name for low, high, name in LABELS[sectors] if low <= degrees <= high)
    borders = {edge for low, high, name in LABELS[sectors] for edge in (low, high)}
    if "back" in label or sectors in ("four", "left_right_back"):
        borders -= {180, -180} if sectors in ("four", "left_right_back") else set()
    apart = min(min(abs(degrees - edge), 360 - abs(degrees - edge)) for edge in borders)
    return label, apart


def over(center: np.ndarray, other: tuple[np.ndarray, np.ndarray, float]) -> tuple[bool, float]:
    """Whether a point is over a box on the plan, and how far it is from the outline's edge."""
    x, y, _ = (center - other[0]) @ matrix(other[2])
    depth = min(other[1][0] / 2 - abs(x), other[1][1] / 2 - abs(y))
    return bool(depth >= 0), abs(float(depth))
