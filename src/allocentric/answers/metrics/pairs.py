"""Scores of Theory of Space: a relation told as a pair, and a place told as coordinates."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final

from allocentric.answers.kinds import Expected, Value
from allocentric.answers.metrics.metric import Metric, Truth, as_numbers, no_truth


def pair_score(value: Value | None, truth: Truth, _: Expected) -> float:
    """Half for the direction and half for the distance, in whatever order they are told.

    >>> pair_score(("near", "North East"), ("north east", "far"), Expected("order"))
    0.5
    """
    if not isinstance(truth, tuple) or not truth:
        raise no_truth(truth, "pair_score", "a direction and a distance")
    if not isinstance(value, tuple):
        return 0.0
    given = Counter(str(each).casefold().strip() for each in value)
    right = Counter(str(each).casefold().strip() for each in truth)
    return (given & right).total() / max(given.total(), right.total())


def view_to_location(value: Value | None, truth: Truth, _: Expected) -> float:
    """exp(-d / r): d is how far the place is off, r how far the true one is from the start.

    At a truth of r = 0 only the place itself is right.

    >>> round(view_to_location((0.0, 5.0), (3.0, 4.0), Expected("point")), 4)
    0.5313
    """
    right = as_numbers(truth, 2)
    if right is None:
        raise no_truth(truth, "view_to_location", "a place: x and y")
    given = as_numbers(value, 2)
    if given is None:
        return 0.0
    off, away = math.dist(given, right), math.hypot(*right)
    return math.exp(-off / away) if away > 0 else float(off == 0)


METRICS: Final = (
    Metric(
        name="pair_score",
        about="half for the direction, half for the distance, in any order; surplus words divide",
        source="Theory of Space",
        score=pair_score,
        kinds=frozenset({"order"}),
    ),
    Metric(
        name="view_to_location",
        about="exp(-d / r) of a place d off that lies r from the start; at r = 0 only the place itself",
        source="Theory of Space",
        score=view_to_location,
        kinds=frozenset({"point"}),
    ),
)
