"""What a thing surely fills, however it is turned about the vertical: its core, and the gap of two cores.

Knowing more of a thing's size or heading never shrinks its core, so the gap of two cores bounds
that of the things from above, and never grows as more is known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float
from shapely.affinity import translate
from shapely.geometry import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from allocentric.oracle.places import Anchor, Spot
from allocentric.scene.placement import size_of
from allocentric.scene.scene import Scene

# Fixed in the world, so that the outline drawn through them grows with what it is drawn in.
_AROUND_RAD: Final = np.radians(np.arange(0.0, 360.0, 0.5))


@dataclass(frozen=True, eq=False, slots=True)
class Core:
    """A plan raised to either side of the centre, with a ball around each of its points."""

    plan: BaseGeometry
    half_height: float
    ball: float


def core_of(scene: Scene, anchor: Anchor) -> Core:
    """What a box surely fills, seen from its centre; of one that leans the ball within it."""
    if isinstance(anchor, Spot):
        return Core(Point(0.0, 0.0), 0.0, 0.0)
    sizes, rotation = [each.low for each in size_of(scene, anchor.row)], scene.rotations[anchor.row]
    up = int(np.abs(rotation[2]).argmax())
    if abs(rotation[2, up]) <= 1 - 1e-12:
        return Core(Point(0.0, 0.0), 0.0, min(sizes) / 2)
    one, other = (column for column in range(3) if column != up)
    axis_rad = math.atan2(rotation[1, one], rotation[0, one])
    swing_rad = float(scene.yaw_slacks_rad[anchor.row])
    plan = _turning(sizes[one] / 2, sizes[other] / 2, axis_rad, swing_rad=swing_rad)
    return Core(plan, sizes[up] / 2, 0.0)


def gap_of_cores(first: Core, second: Core, offset: Float[np.ndarray, "3"], *, flat: bool) -> float:
    """How far two cores are apart; seen from above where `flat`."""
    level = first.plan.distance(translate(second.plan, *offset[:2]))
    upright = 0.0 if flat else max(0.0, abs(offset[2]) - first.half_height - second.half_height)
    return max(0.0, math.hypot(level, upright) - first.ball - second.ball)


def _turning(half_x: float, half_y: float, axis_rad: float, *, swing_rad: float) -> BaseGeometry:
    """What a rectangle covers at every angle within `swing_rad` of `axis_rad`."""
    if swing_rad == 0:
        x, y = half_x * np.array([1.0, 1, -1, -1]), half_y * np.array([1.0, -1, -1, 1])
        cosine, sine = math.cos(axis_rad), math.sin(axis_rad)
        return MultiPoint(np.stack([x * cosine - y * sine, x * sine + y * cosine], axis=1)).convex_hull
    off_rad = np.abs((_AROUND_RAD - axis_rad + math.pi / 2) % math.pi - math.pi / 2)  # from the first axis
    reach_x = half_x / np.cos(np.maximum(0.0, off_rad - swing_rad)).clip(1e-12)
    reach_y = half_y / np.cos(np.maximum(0.0, math.pi / 2 - off_rad - swing_rad)).clip(1e-12)
    radius = np.minimum(reach_x, reach_y)
    return MultiPoint(
        np.stack([radius * np.cos(_AROUND_RAD), radius * np.sin(_AROUND_RAD)], axis=1)
    ).convex_hull
