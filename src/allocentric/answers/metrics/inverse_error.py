"""Scores that fall with the error: 1 / (1 + a x error), by pixel and by metre."""

from __future__ import annotations

import math
from typing import Final

from allocentric.answers.kinds import Expected, Value
from allocentric.answers.metrics.metric import Metric, Truth, as_number, as_numbers, no_truth

PER_PIXEL: Final = 0.005
PER_METRE: Final = 0.05


def inverse_pixel_error(value: Value | None, truth: Truth, _: Expected) -> float:
    """1 / (1 + 0.005 d) of a point d pixels off.

    >>> inverse_pixel_error((203.0, 4.0), (3.0, 4.0), Expected("point"))
    0.5
    """
    right, given = as_numbers(truth, 2), as_numbers(value, 2)
    if right is None:
        raise no_truth(truth, "inverse_pixel_error", "a point in pixels")
    return 0.0 if given is None else 1 / (1 + PER_PIXEL * math.dist(given, right))


def inverse_metre_error(value: Value | None, truth: Truth, _: Expected) -> float:
    """1 / (1 + 0.05 d) of a length d metres off.

    >>> inverse_metre_error(25.0, 5.0, Expected("length"))
    0.5
    """
    right, given = as_number(truth), as_number(value)
    if right is None:
        raise no_truth(truth, "inverse_metre_error", "a finite number")
    return 0.0 if given is None else 1 / (1 + PER_METRE * abs(given - right))


METRICS: Final = (
    Metric(
        name="inverse_pixel_error",
        about="1 / (1 + 0.005 d) of a point d pixels off; its harmonic mean is the released task score",
        source="DriveMLLM",
        score=inverse_pixel_error,
        kinds=frozenset({"point"}),
    ),
    Metric(
        name="inverse_metre_error",
        about="1 / (1 + 0.05 d) of a length d metres off; works for every truth",
        source="DriveMLLM",
        score=inverse_metre_error,
        kinds=frozenset({"length"}),
    ),
)
