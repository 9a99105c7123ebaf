"""Truths about cameras from a few lines of numpy: corners carried into the camera, and sampled."""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float

from allocentric.scene.scene import Scene, View

CUBE = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
ALONG = np.linspace(-0.5, 0.5, 41)


def in_camera(view: View, points: Float[np.ndarray, "point 3"]) -> Float[np.ndarray, "point 3"]:
    """Places along a camera's axes: right, down, ahead."""
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = view.world_from_camera.rotation, view.world_from_camera.translation_m
    homogeneous = np.concatenate([points, np.ones((len(points), 1))], axis=1)
    carried: Float[np.ndarray, "point 3"] = (homogeneous @ np.linalg.inv(matrix).T)[:, :3]
    return carried


def corners(scene: Scene, label: str) -> Float[np.ndarray, "8 3"]:
    """The corners of the one thing of a label."""
    row = scene.labels.index(label)
    found: Float[np.ndarray, "8 3"] = scene.centers[row] + (CUBE * scene.sizes[row]) @ scene.rotations[row].T
    return found


def distance_m(scene: Scene, view: View, label: str) -> float:
    """From a camera to the nearest of many points in a thing's box."""
    row = scene.labels.index(label)
    x, y, z = (each.reshape(-1) for each in np.meshgrid(ALONG, ALONG, ALONG))
    points = scene.centers[row] + (np.stack([x, y, z], axis=1) * scene.sizes[row]) @ scene.rotations[row].T
    return float(np.linalg.norm(points - view.world_from_camera.translation_m, axis=1).min())


def depth_m(scene: Scene, view: View, label: str) -> float:
    """How far ahead of a camera the middle of a thing is."""
    return float(in_camera(view, scene.centers[[scene.labels.index(label)]])[0, 2])


def side(scene: Scene, view: View, label: str, other: str) -> str | None:
    """left or right, where all corners of the one are on one side of all of the other, to the camera."""
    ours, theirs = (in_camera(view, corners(scene, each))[:, 0] for each in (label, other))
    if ours.max() < theirs.min():
        return "left"
    return "right" if ours.min() > theirs.max() else None


def eighth(view: View, place: Float[np.ndarray, "3"]) -> str:
    """The eighth of the circle around a camera in which a place is, clockwise from ahead."""
    x, _, z = in_camera(view, place[None])[0]
    names = ["front", "front-right", "right", "back-right", "back", "back-left", "left", "front-left"]
    return names[round(math.degrees(math.atan2(x, z)) / 45) % 8]
