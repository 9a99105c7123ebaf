"""Scores of a task in a scene: whether it was done, and by how short a way."""

from __future__ import annotations

from typing import Final

from allocentric.answers.kinds import Expected, Value
from allocentric.answers.metrics.metric import Metric, Truth, as_number, no_truth


def task_success(value: Value | None, _truth: Truth, _: Expected) -> float:
    """1 where the verifier says that the task was done."""
    return float(value is True)


def path_weighted_success(value: Value | None, truth: Truth, _: Expected) -> float:
    """The shortest way by the one walked, for who arrived; 0 for who did not, whose value is None.

    Nobody earns more than 1; who starts at the goal earns 1 by staying.

    >>> [path_weighted_success(walked, 6.0, Expected("length")) for walked in (8.0, 3.0, None)]
    [0.75, 1.0, 0.0]
    """
    walked_m, shortest_m = as_number(value), as_number(truth)
    if shortest_m is None or shortest_m < 0:
        raise no_truth(truth, "path_weighted_success", "the length of the shortest way")
    if walked_m is None or walked_m < 0:
        return 0.0
    longest_m = max(walked_m, shortest_m)
    return shortest_m / longest_m if longest_m > 0 else 1.0


METRICS: Final = (
    Metric(
        name="task_success",
        about="1 where the verifier says that the task was done; its mean is the success rate",
        source="SpatialWorld and other embodied sets",
        score=task_success,
        kinds=frozenset({"yes_no"}),
    ),
    Metric(
        name="path_weighted_success",
        about="shortest way by way walked, for who arrived; its mean is SPL",
        source="Anderson et al. 2018",
        score=path_weighted_success,
        kinds=frozenset({"length"}),
    ),
)
