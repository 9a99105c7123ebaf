"""One ray at a time through boxes along the axes: what it meets, what lights that, what a mirror adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.scene.scene import Scene
from allocentric.views.light import Light

Point = Float[np.ndarray, "3"]
OFF: Final = 1e-4


@dataclass(frozen=True, eq=False)
class Met:
    """What a ray met first, where, and the face's normal on the ray's side."""

    name: str
    at: Point
    normal: Point


def meet(scene: Scene, origin: Point, way: Point, within: float = np.inf) -> Met | None:
    """The first box on a ray, by the method of slabs."""
    best: Met | None = None
    for row, name in enumerate(scene.names):
        low, high = scene.centers[row] - scene.sizes[row] / 2, scene.centers[row] + scene.sizes[row] / 2
        with np.errstate(divide="ignore"):
            first, second = (low - origin) / way, (high - origin) / way
        enter, leave = np.minimum(first, second), np.maximum(first, second)
        axis, t = int(enter.argmax()), float(enter.max())
        if 0 < t < within and t <= float(leave.min()):
            within = t
            normal = np.zeros(3)
            normal[axis] = -np.sign(way[axis])
            best = Met(name, origin + t * way, normal)
    return best


def reached_by(scene: Scene, met: Met, light: Light) -> tuple[bool, ...]:
    """Whether the sun, then each lamp, shines on a point."""
    start = met.at + OFF * met.normal
    reached = []
    for place in (None, *(np.array(lamp.at) for lamp in light.lamps)):
        way = np.array(light.sun, dtype=float) if place is None else place - start
        far = np.inf if place is None else 1.0
        reached.append(bool(way @ met.normal > 0) and meet(scene, start, way, far) is None)
    return tuple(reached)


def bounced(scene: Scene, met: Met, way: Point) -> Met | None:
    """What the ray meets after it was reflected."""
    away = way - 2 * (way @ met.normal) * met.normal
    return meet(scene, met.at + OFF * met.normal, away)
