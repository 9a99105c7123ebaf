"""Pictures of a painted corner, ray-cast by us, from poses that are known: for finding them again."""

import functools
import pathlib

import numpy as np
from jaxtyping import Float
from PIL import Image

from allocentric.geometry.cameras import Camera, Pinhole, from_depth
from allocentric.geometry.frames import BODY_FROM_CAMERA, rotation_about_up
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Scene, Thing, View, scene_of
from allocentric.seeds import stream
from allocentric.views.render import render

CAMERA = Pinhole(400, 300, 340, 340, 200, 150)
TARGET_M = np.array([4.0, 0.0, 1.0])
GRAINS_M = (0.24, 0.1, 0.045)  # of the paint, from coarse to fine


def corner() -> Scene:
    """Two walls, a floor, and six boxes on it."""
    walls = [
        Thing(label="wall", name="far wall", center=(5.6, 0, 1.5), size=(0.2, 7, 3)),
        Thing(label="wall", name="left wall", center=(3, 3.5, 1.5), size=(6, 0.2, 3)),
        Thing(label="floor", center=(3, 0, -0.1), size=(6, 7, 0.2)),
    ]
    sizes = [
        (0.9, 0.2, 2.0),
        (0.8, 0.8, 0.7),
        (0.5, 1.2, 1.1),
        (0.6, 0.6, 0.4),
        (0.4, 0.4, 1.5),
        (1, 0.7, 0.5),
    ]
    places = [(4.6, 1.4), (3.4, 0.6), (4.8, -0.6), (3.0, -1.0), (4.2, -2.0), (3.6, 2.2)]
    boxes = [
        Thing(label="box", center=(*place, size[2] / 2), size=size, yaw_rad=0.4 * row)
        for row, (size, place) in enumerate(zip(sizes, places))
    ]
    return scene_of("corner", [*walls, *boxes])


def walked(count: int) -> list[Pose]:
    """World-from-camera poses on an arc about the boxes, level, at changing heights."""
    return [_looking(*place) for place in zip(np.linspace(-0.6, 0.6, count), np.tile([1.5, 1.2, 1.8], count))]


def _looking(angle_rad: float, height_m: float) -> Pose:
    at = TARGET_M + 3.4 * np.array([-np.cos(angle_rad), -np.sin(angle_rad), 0]) + [0, 0, height_m - 1]
    level = rotation_about_up(angle_rad)
    down_rad = np.arctan2(height_m - TARGET_M[2], 3.4)
    cosine, sine = np.cos(down_rad), np.sin(down_rad)
    pitched = np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]])
    return Pose(level @ pitched @ BODY_FROM_CAMERA, at)


def painted(scene: Scene, pose: Pose, camera: Camera = CAMERA) -> Image.Image:
    """What a camera sees of the scene, painted with noise that sticks to its surfaces."""
    seen = render(scene, View("v", pose, camera=camera), light=None)
    points_m = pose.apply(from_depth(camera, np.where(np.isfinite(seen.depth_m), seen.depth_m, 0)))
    grey = np.full(seen.depth_m.shape, 0.5)
    hit = np.isfinite(points_m).all(-1)
    grey[hit] = 0.5 + sum(_noise(points_m[hit] / grain) for grain in GRAINS_M) / 3
    return Image.fromarray((255 * grey.clip(0, 1)).astype(np.uint8)).convert("RGB")


def _noise(points: Float[np.ndarray, "point 3"]) -> Float[np.ndarray, " point"]:
    """Smooth noise of one grain to a unit, between -1/2 and 1/2."""
    low = np.floor(points).astype(int)
    share = points - low
    share = share * share * (3 - 2 * share)
    total = np.zeros(len(points))
    for corner in np.ndindex(2, 2, 2):
        weight = np.where(corner, share, 1 - share).prod(1)
        total += weight * _lattice()[tuple(((low + corner) % 64).T)]
    return total - 0.5


@functools.cache
def _lattice() -> Float[np.ndarray, "64 64 64"]:
    return stream(11, "paint").random((64, 64, 64))


def save_pictures(folder: pathlib.Path, poses: list[Pose]) -> pathlib.Path:
    """A picture from each pose, `p0.png` and on."""
    folder.mkdir(parents=True, exist_ok=True)
    for row, pose in enumerate(poses):
        painted(corner(), pose).save(folder / f"p{row}.png")
    return folder
