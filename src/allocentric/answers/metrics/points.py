"""Points that have to lie in a region: a mask of pixels, or an outline."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely

from allocentric.answers.kinds import Expected, Pixel, Value
from allocentric.answers.metrics.metric import Mask, Metric, Truth, as_numbers, no_truth


def share_inside(value: Value | None, truth: Truth, _: Expected) -> float:
    """The share of the given points that lie in the region; 0 where no point is given.

    A point lies in the pixel whose left upper corner is its rounding down; outside the picture is outside
    the mask. The border of an outline is inside.

    >>> square = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
    >>> share_inside(((1.0, 1.0), (5.0, 1.0)), square, Expected("points"))
    0.5
    """
    points = _points(value)
    return sum(_inside(points, truth)) / len(points) if points else 0.0


def first_inside(value: Value | None, truth: Truth, expected: Expected) -> float:
    """1 where the first of the given points lies in the region, whatever the others are."""
    return share_inside(_points(value)[:1], truth, expected)


def _points(value: object) -> tuple[Pixel, ...]:
    """The points of a value, one or several; those that are none are left as points nowhere."""
    single = as_numbers(value, 2)
    if single is not None:
        return ((single[0], single[1]),)
    each = [as_numbers(one, 2) for one in value] if isinstance(value, tuple) else []
    return tuple((point[0], point[1]) if point else (math.inf, math.inf) for point in each)


def _inside(points: Sequence[Pixel], truth: Truth) -> list[bool]:
    """Of each point, whether it lies in the region."""
    if isinstance(truth, Mask):
        height, width = truth.inside.shape
        within = [0 <= x < width and 0 <= y < height for x, y in points]
        return [ok and bool(truth.inside[int(y), int(x)]) for ok, (x, y) in zip(within, points)]
    corners = [as_numbers(corner, 2) for corner in truth] if isinstance(truth, tuple) else []
    if len(corners) < 3 or None in corners:
        raise no_truth(truth, "points in a region", "a mask, or the corners of an outline")
    outline = shapely.Polygon(np.array(corners))
    return [math.isfinite(x) and bool(outline.covers(shapely.Point(x, y))) for x, y in points]


METRICS: Final = (
    Metric(
        name="share_inside",
        about="the share of the points that lie in the mask or outline; an unread reply has none",
        source="RefSpatial, Where2Place, PointBench (whose scripts leave unread replies out)",
        score=share_inside,
        kinds=frozenset({"point", "points"}),
    ),
    Metric(
        name="first_inside",
        about="1 where the first point lies in the mask or outline; keeps that the others are not looked at",
        source="RoboSpatial-Home",
        score=first_inside,
        kinds=frozenset({"point", "points"}),
        official=True,
    ),
)
