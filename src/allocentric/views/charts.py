"""A map of the globe laid flat, to be drawn: metres east and north of its middle."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float

from allocentric.scene.scene import Footprint, Scene
from allocentric.views.marks import Mark, Observer, Point, Polyline, Segment, Spot, Wedge

DEGREE_M: Final = 111_195.0  # of latitude, on a sphere as large as the Earth
_Flat = Callable[[np.ndarray], np.ndarray]
LEAST_COSINE: Final = 0.05  # at the poles a parallel has no length


def laid_flat(scene: Scene, marks: Sequence[Mark]) -> tuple[Scene, tuple[Mark, ...]]:
    """The scene and its marks in metres from the middle of the scene; one that is flat stays as it is.

    A plate carrée about the middle parallel: for a town as good as the ground, for the whole Earth what wall
    maps show. Nothing is measured on it.
    """
    if scene.space != "globe":
        return scene, tuple(marks)
    shapes = [each.polygon for each in scene.shapes if isinstance(each, Footprint)]
    known = scene.centers[np.isfinite(scene.centers[:, :2]).all(axis=1), :2]
    corners = np.concatenate([np.zeros((0, 2)), known, *(shapely.get_coordinates(each) for each in shapes)])
    low, high = (corners.min(0), corners.max(0)) if len(corners) else (np.zeros(2), np.zeros(2))
    middle = (low + high) / 2
    cosine = max(math.cos(math.radians(middle[1])), LEAST_COSINE)
    across = np.array([DEGREE_M * cosine, DEGREE_M])

    def flat(places: Float[np.ndarray, "place axis"]) -> Float[np.ndarray, "place axis"]:
        moved = np.array(places, dtype=float)
        moved[:, :2] = (moved[:, :2] - middle) * across
        return moved

    laid = replace(
        scene,
        space="solid",
        centers=flat(scene.centers),
        sizes=scene.sizes * np.array([*across, 1.0]),
        shapes=tuple(
            replace(each, polygon=shapely.transform(each.polygon, flat))
            if isinstance(each, Footprint)
            else each
            for each in scene.shapes
        ),
    )
    return laid, tuple(_moved(each, flat) for each in marks)


def _moved(mark: Mark, flat: _Flat) -> Mark:
    def at(place: Point) -> Point:
        x, y = flat(np.asarray(place, dtype=float)[None, :2])[0].tolist()
        return x, y

    match mark:
        case Segment():
            return replace(mark, start=at(mark.start), end=at(mark.end))
        case Wedge():
            return replace(mark, origin=at(mark.origin), radius=mark.radius * DEGREE_M)
        case Polyline():
            return replace(mark, points=[at(each) for each in mark.points])
        case Observer() | Spot():
            return replace(mark, at=at(mark.at))
