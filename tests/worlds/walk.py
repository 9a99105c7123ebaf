"""A short walk through a made room: where each picture was taken, and what it and its depth show.

The room is 4 x 3 x 2.5 m, z up, with a chest at its side. Rays are cast here by hand, in OpenCV's frame, so
that no camera of ours is in it. Numbers of a camera count from the middle of the first pixel.
"""

import math
from typing import Any

import numpy as np
from jaxtyping import Float

WIDTH, HEIGHT = 64, 48
FX, FY, CX, CY = 50.0, 52.0, 31.0, 24.5
MATRIX = np.array([[FX, 0, CX], [0, FY, CY], [0, 0, 1]])
ROOM = np.array([[0.0, 0, 0], [4, 3, 2.5]])
CHEST = np.array([[2.6, 1.8, 0], [3.4, 2.6, 0.9]])
FRAMES = 5

Points = Float[np.ndarray, "*n 3"]


def world_from_camera(row: int) -> Float[np.ndarray, "4 4"]:
    """Where picture `row` was taken: it walks along x, turns to the left and nods."""
    yaw, pitch = math.radians(10 + 7 * row), math.radians(12 + 2 * row)
    ahead = np.array([math.cos(yaw) * math.cos(pitch), math.sin(yaw) * math.cos(pitch), -math.sin(pitch)])
    right = np.array([math.sin(yaw), -math.cos(yaw), 0])
    pose = np.eye(4)
    pose[:3, :3] = np.stack([right, np.cross(ahead, right), ahead], axis=1)
    pose[:3, 3] = [0.7 + 0.12 * row, 1.0 + 0.03 * row, 1.5 - 0.02 * row]
    return pose


def poses() -> list[Float[np.ndarray, "4 4"]]:
    return [world_from_camera(row) for row in range(FRAMES)]


def depth_m(pose: Float[np.ndarray, "4 4"], width: int = WIDTH, height: int = HEIGHT) -> Any:
    """Depth along the view's axis at the middle of each pixel, for pictures of any size of the same view."""
    across, down = WIDTH / width, HEIGHT / height
    columns, rows = (np.arange(width) + 0.5) * across - 0.5, (np.arange(height) + 0.5) * down - 0.5
    x, y = np.meshgrid((columns - CX) / FX, (rows - CY) / FY)
    rays = np.stack([x, y, np.ones_like(x)], axis=-1) @ pose[:3, :3].T
    with np.errstate(divide="ignore"):
        inside = np.max((ROOM[:, None, None] - pose[:3, 3]) / rays, axis=0).min(-1)
        ends = (CHEST[:, None, None] - pose[:3, 3]) / rays
    enter, leave = ends.min(0).max(-1), ends.max(0).min(-1)
    return np.where((enter < leave) & (enter > 0), enter, inside)


def counts(pose: Float[np.ndarray, "4 4"], per_metre: float, width: int = WIDTH, height: int = HEIGHT) -> Any:
    """The depth image, with a hole of nothing measured."""
    made = np.round(depth_m(pose, width, height) * per_metre).astype(np.uint16)
    made[:3, :5] = 0
    return made


def picture(row: int, width: int = WIDTH, height: int = HEIGHT) -> Any:
    """A picture of that size; what is in it does not matter here."""
    return np.random.default_rng(row).integers(0, 255, (height, width, 3), dtype=np.uint8)


def corners() -> Points:
    """The corners of room and chest: points that the walk sees."""
    grid = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1], indexing="ij"), axis=-1).reshape(-1, 3)
    boxes = [box[0] + grid * (box[1] - box[0]) for box in (ROOM, CHEST)]
    points: Points = np.concatenate(boxes)
    return points


def pixels(pose: Float[np.ndarray, "4 4"], points: Points) -> tuple[Any, Any]:
    """Where points fall, counted from the middle of the first pixel, and which are in the picture."""
    seen = (points - pose[:3, 3]) @ pose[:3, :3]
    with np.errstate(divide="ignore", invalid="ignore"):
        flat = seen[:, :2] / seen[:, 2:] * [FX, FY] + [CX, CY]
    inside = (seen[:, 2] > 0) & (flat > -0.5).all(1) & (flat < [WIDTH - 0.5, HEIGHT - 0.5]).all(1)
    return flat, inside
