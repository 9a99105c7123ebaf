"""How well directions and fields of view on the sphere fit: exact areas, seam and poles included.

A field of view (yaw, pitch, width, height; left and up positive, radians) has two readings, and both are
here. The `great` one is what a camera turned there sees: four great circles, two through its up axis and
two through its left axis, of solid angle 4 asin(sin(w/2) sin(h/2)). The `graticule` one is a rectangle of
yaw and pitch, two meridians and two parallels, of solid angle w (sin(top) - sin(bottom)).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.answers.kinds import Box, Expected, Value
from allocentric.answers.metrics.boxes import as_box
from allocentric.answers.metrics.metric import Metric, Score, Truth, as_number, as_numbers, no_truth
from allocentric.intervals import wrap

FLAT: Final = 1e-12  # of a sine: what counts as on a great circle

Field = Callable[[Box, Box], float]
Ray = Float[np.ndarray, "3"]
Rows = Float[np.ndarray, "_ 3"]


def direction(yaw_rad: float, pitch_rad: float) -> Ray:
    """The unit vector of a yaw and a pitch: x forward, y left, z up.

    >>> direction(math.pi / 2, 0).round(6).tolist()
    [0.0, 1.0, 0.0]
    """
    level = math.cos(pitch_rad)
    return np.array([level * math.cos(yaw_rad), level * math.sin(yaw_rad), math.sin(pitch_rad)])


def angle_between_rad(one: Ray, other: Ray) -> float:
    """The angle of two unit vectors, 0 to pi, as exact for small angles as for large ones."""
    return float(2 * np.arctan2(np.linalg.norm(one - other), np.linalg.norm(one + other)))


def great_area(field: Box) -> float:
    """The solid angle of what a camera sees.

    >>> round(great_area((0.3, 0.2, math.pi / 2, math.pi / 2)) * 6 / math.pi, 9)  # a face of the cube
    4.0
    """
    return 4 * math.asin(math.sin(field[2] / 2) * math.sin(field[3] / 2))


def great_iou(one: Box, other: Box) -> float:
    """Overlap by union of two fields as cameras see them: spherical polygons, clipped exactly."""
    overlap = _area(_clipped(_corners(one), _inward(other)))
    return _by_union(overlap, great_area(one), great_area(other))


def graticule_iou(one: Box, other: Box) -> float:
    """Overlap by union of two rectangles of yaw and pitch, exact: yaw goes round, pitch ends at the poles.

    >>> round(graticule_iou((math.pi - 0.1, 0, 0.4, 1), (-math.pi + 0.1, 0, 0.4, 1)), 9)  # over the seam
    0.333333333
    """
    apart = abs(wrap(one[0] - other[0]))
    halves = (one[2] + other[2]) / 2
    shared = min(max(0.0, halves - apart), one[2], other[2])
    shared += min(max(0.0, halves - (2 * math.pi - apart)), one[2], other[2])  # they may meet behind too
    low, high = (
        max(ends) if row == 0 else min(ends) for row, ends in enumerate(zip(_rows(one), _rows(other)))
    )
    overlap = min(shared, 2 * math.pi) * max(0.0, math.sin(high) - math.sin(low)) if high > low else 0.0
    return _by_union(overlap, graticule_area(one), graticule_area(other))


def graticule_area(field: Box) -> float:
    """The solid angle of a rectangle of yaw and pitch, cut off at the poles."""
    low, high = _rows(field)
    return field[2] * (math.sin(high) - math.sin(low)) if high > low else 0.0


def _rows(field: Box) -> tuple[float, float]:
    """The lowest and the highest pitch."""
    half = field[3] / 2
    return max(field[1] - half, -math.pi / 2), min(field[1] + half, math.pi / 2)


def _by_union(overlap: float, one: float, other: float) -> float:
    """Overlap by union of two areas."""
    overlap = min(overlap, one, other)
    return overlap / (one + other - overlap) if one + other > 0 else 0.0


def _axes(field: Box) -> tuple[Ray, Ray, Ray]:
    """Forward, left and up of a camera that looks at the middle of the field."""
    ahead = direction(field[0], field[1])
    left = direction(field[0] + math.pi / 2, 0.0)
    return ahead, left, np.cross(ahead, left)


def _inward(field: Box) -> Rows:
    """The inner normals of the four great circles around a field, counter-clockwise from its right."""
    ahead, left, up = _axes(field)
    (sw, cw), (sh, ch) = ((math.sin(half), math.cos(half)) for half in (field[2] / 2, field[3] / 2))
    return np.stack(
        [sw * ahead + cw * left, sh * ahead - ch * up, sw * ahead - cw * left, sh * ahead + ch * up]
    )


def _corners(field: Box) -> Rows:
    """The four corners of a field, counter-clockwise seen from outside."""
    normals = _inward(field)
    corners = np.cross(normals[[3, 0, 1, 2]], normals)
    sides = np.linalg.norm(corners, axis=1, keepdims=True)
    ahead = _axes(field)[0]
    found = corners / np.where(sides > 0, sides, 1)
    return found * np.where(found @ ahead < 0, -1, 1)[:, None]


def _clipped(corners: Rows, normals: Rows) -> Rows:
    """A convex spherical polygon cut by half-spheres, edge by edge (Sutherland and Hodgman)."""
    for normal in normals:
        heights, kept = corners @ normal, list[Ray]()
        for row in range(len(corners)):
            here, ahead = corners[row], corners[(row + 1) % len(corners)]
            at, then = float(heights[row]), float(heights[(row + 1) % len(corners)])
            if at >= -FLAT:
                kept.append(here)
            if (at > FLAT and then < -FLAT) or (at < -FLAT and then > FLAT):
                crossing = here * then - ahead * at
                crossing = crossing * (math.copysign(1, float(crossing @ (here + ahead))))
                kept.append(crossing / np.linalg.norm(crossing))
        corners = np.array(kept).reshape(-1, 3)
        if not len(corners):
            break
    return corners


def _area(corners: Rows) -> float:
    """The solid angle of a convex spherical polygon: a fan of triangles (Van Oosterom and Strackee 1983)."""
    total = 0.0
    for one, other in itertools.pairwise(corners[1:]):
        first = corners[0]
        above = float(first @ np.cross(one, other))
        below = 1 + float(first @ one) + float(one @ other) + float(other @ first)
        total += 2 * math.atan2(abs(above), below)
    return total


def _field(value: object, widest: float, highest: float) -> Box | None:
    """The field of view that a value is; None for what is none or wider than its reading allows."""
    box = as_box(value)
    fits = box is not None and 0 < box[2] <= widest and 0 < box[3] <= highest and abs(box[1]) <= math.pi / 2
    return box if fits else None


def _scored(rule: Field, name: str, *, widest: float, wanted: str) -> Score:
    """A rule for two fields as a score; 0 for what is no field."""

    def score(value: Value | None, truth: Truth, _: Expected) -> float:
        given, right = _field(value, widest, math.pi), _field(truth, widest, math.pi)
        if right is None:
            raise no_truth(truth, name, wanted)
        return 0.0 if given is None else rule(given, right)

    return score


def angular_error(value: Value | None, truth: Truth, _: Expected) -> float:
    """The angle between what is given and the truth, 0 to pi, whichever way round; pi for no angle.

    Angles in the plane, or (yaw, pitch) on the sphere; in radians.

    >>> round(angular_error(math.radians(350), math.radians(10), Expected("angle")), 6)
    0.349066
    """
    right, given = as_numbers(truth, 2), as_numbers(value, 2)
    if right is not None:
        return math.pi if given is None else angle_between_rad(direction(*given), direction(*right))
    flat, said = as_number(truth), as_number(value)
    if flat is None:
        raise no_truth(truth, "angular_error", "an angle, or yaw and pitch, in radians")
    return math.pi if said is None else abs(wrap(said - flat))


METRICS: Final = (
    Metric(
        name="spherical_iou",
        about="overlap by union of two fields of view bounded by great circles, each under 180 degrees",
        source="fields of view as cameras see them (Dai et al. 2022 for their area); clipped exactly",
        score=_scored(
            great_iou, "spherical_iou", widest=math.pi - FLAT, wanted="yaw, pitch, width and height under pi"
        ),
        kinds=frozenset({"spherical_box"}),
    ),
    Metric(
        name="spherical_iou_graticule",
        about="overlap by union of two rectangles of yaw and pitch, up to the full circle",
        source="ours, for panoramas boxed in pixels",
        score=_scored(
            graticule_iou,
            "spherical_iou_graticule",
            widest=2 * math.pi,
            wanted="yaw, pitch, width and height",
        ),
        kinds=frozenset({"spherical_box"}),
    ),
    Metric(
        name="angular_error",
        about="the angle to the truth, the shorter way round, in rad; pi for an unread reply",
        source="directions in degrees or on a panorama",
        score=angular_error,
        kinds=frozenset({"angle", "point"}),
        lower_is_better=True,
    ),
)
