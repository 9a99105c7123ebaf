"""A hall of a hundred things on a grid, to be made noisy, with views along one side."""

from typing import Final

import numpy as np
from shapely.geometry import box

from allocentric.geometry.frames import BODY_FROM_CAMERA, rotation_about_up
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Complete, Footprint, Scene, Thing, View, scene_of

LABELS: Final = ("chair", "table", "lamp", "sofa")
SIZES: Final = {
    "chair": (0.5, 0.5, 0.9),
    "table": (1.6, 0.8, 0.75),
    "lamp": (0.4, 0.4, 1.2),
    "sofa": (2.2, 0.9, 0.8),
}


def many_things(count: int = 100) -> Scene:
    """Things on a grid, turned each its own way, a wall, a room, and views along a line."""
    random = np.random.default_rng(7)
    things = [
        Thing(
            label=LABELS[number % 4],
            center=(3.0 * (number % 10), 3.0 * (number // 10), 0.5),
            size=SIZES[LABELS[number % 4]],
            yaw_rad=float(random.uniform(-3, 3)),
        )
        for number in range(count)
    ]
    wall = Thing(label="wall", kind="structure", center=(15, -2, 1.2), size=(30, 0.1, 2.4))
    room = Thing(label="hall", kind="region", shape=Footprint(box(-2, -2, 32, 32), 0.0, 2.4))
    views = [
        View(
            f"view {number}",
            Pose(rotation_about_up(0.1 * number) @ BODY_FROM_CAMERA, np.array([number, 0, 1.6])),
        )
        for number in range(60)
    ]
    return scene_of(
        "hall", [*things, wall, room], views=tuple(views), floor=box(-2, -2, 32, 32), complete=Complete()
    )


HALL: Final = many_things()
