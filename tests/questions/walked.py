"""Made flats with a walk through them: pictures at two heights, with times, and two panoramas."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Scene, View
from allocentric.views.paths import panoramas, walk_through
from allocentric.worlds import makers

CAMERA = Pinhole(192, 144, 110.0, 110.0, 96.0, 72.0)
EVERY = 16
HIGHER_M = 0.3


@cache
def walked(seed: int) -> Scene:
    """A made flat with every sixteenth view of a walk, each third one higher; called 1, 2, ..."""
    flat = makers.make("flat", seed)
    views = [*walk_through(flat, CAMERA)[::EVERY], *panoramas(flat)[:2]]
    return replace(flat, views=tuple(_called(each, place) for place, each in enumerate(views)))


def _called(view: View, place: int) -> View:
    pose = view.world_from_camera
    up = np.array([0.0, 0.0, HIGHER_M * (place % 3 == 0)])
    higher = Pose(pose.rotation, pose.translation_m + up)
    return replace(view, id=str(place + 1), time_s=2.0 * place, world_from_camera=higher)
