"""A room of few boxes and cameras with simple numbers: what is true of it can be told by hand.

Camera 1 is at the origin, 1 m up, and looks along x; camera 2 is 4 m ahead of it and 4 m to its right, turned
left by a quarter; camera 3 is 3 m behind camera 1 and 0.5 m higher, looking as it does. Their pictures are
160 by 120 pixels, and a metre at a depth of a metre is 100 pixels. The panorama is at camera 1.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from shapely import box

from allocentric.geometry.cameras import Panorama, Pinhole
from allocentric.geometry.frames import BODY_FROM_CAMERA, rotation_about_up
from allocentric.geometry.poses import Pose
from allocentric.scene.facts import Complete
from allocentric.scene.scene import Scene, Thing, View, scene_of

LENS = Pinhole(160, 120, 100.0, 100.0, 80.0, 60.0)


def camera(id: str, at: tuple[float, ...], yaw_deg: float = 0.0, *, time_s: float | None = None) -> View:
    """A view from a place along x, turned left by so much."""
    turned = rotation_about_up(math.radians(yaw_deg)) @ BODY_FROM_CAMERA
    return View(id, Pose(turned, np.array(at, dtype=float)), camera=LENS, time_s=time_s)


@cache
def small_room() -> Scene:
    things = [
        Thing(label="sofa", center=(4, 1, 1), size=(1, 1, 1), front=(-1, 0, 0)),
        Thing(label="lamp", center=(2, -0.5, 2), size=(0.2, 0.2, 0.2)),
        Thing(label="table", center=(5, -2, 1), size=(1, 1, 1), front=(0, 1, 0)),
        Thing(label="door", center=(8, 0.5, 1), size=(0.5, 0.5, 0.5)),
        Thing(label="bin", center=(3.8, -3.3, 1), size=(0.2, 0.2, 0.2)),
        Thing(label="kitchen", center=(0, 6, 1), size=(2, 2, 2), kind="region"),
    ]
    views = (
        camera("1", (0.0, 0.0, 1.0), time_s=0.0),
        camera("2", (4.0, -4.0, 1.0), 90.0, time_s=2.0),
        camera("3", (-3.0, 0.0, 1.5), time_s=4.0),
        View("4", Pose(BODY_FROM_CAMERA, np.array([0.0, 0.0, 1.0])), camera=Panorama(360, 180)),
    )
    return scene_of("small room", things, views=views, complete=Complete(), floor=box(-4, -6, 10, 4))


@cache
def ring() -> Scene:
    """Things around one place, and sixteen pictures from there: each 2 s and 22.5 degrees left of the last.

    The screen hides the left half of the ball. One of three cups is in the chest. Picture 1 looks at the
    ball; vase, clock and stool are a quarter of a turn further left, each from the one before.
    """
    small = (0.5, 0.5, 0.5)
    things = [
        Thing(label="screen", center=(2, 0.3, 1), size=(0.1, 0.6, 0.6)),
        Thing(label="ball", center=(4, 0, 1), size=small),
        Thing(label="book", center=(4, 2, 1), size=small),
        Thing(label="plate", center=(4, -1.5, 1), size=small),
        Thing(label="vase", center=(0, 4, 1), size=small),
        Thing(label="clock", center=(-4, 0, 1), size=small),
        Thing(label="stool", center=(0, -4, 1), size=small),
        Thing(label="chest", center=(-3, -3, 1), size=(1, 1, 1)),
        Thing(label="cup", center=(-3, -3, 1), size=(0.2, 0.2, 0.2)),
        Thing(label="cup", center=(2.6, 3.2, 1), size=small),
        Thing(label="cup", center=(-3.2, 2.6, 1), size=small),
    ]
    views = tuple(
        camera(str(turn + 1), (0.0, 0.0, 1.0), 22.5 * turn, time_s=2.0 * turn) for turn in range(16)
    )
    return scene_of("ring", things, views=views, complete=Complete(), floor=box(-5, -5, 5, 5))
