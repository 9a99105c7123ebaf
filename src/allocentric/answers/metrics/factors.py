"""Success within a factor: a number is right where it is not too many times too large or too small."""

from __future__ import annotations

import math
from typing import Final

from allocentric.answers.kinds import NUMERIC
from allocentric.answers.metrics.metric import Metric
from allocentric.answers.metrics.relative_accuracy import scored_by

CM_OF_M: Final = 100.0
ADDED_CM: Final = 1e-8


def within_factor(given: float, truth: float, factor: float = 2.0) -> float:
    """1 where the larger by the smaller is below the factor, which itself fails (Q-Spatial's notebook).

    No factor leads from 0, or from one sign to the other: then only the truth itself is right.

    >>> within_factor(1.9, 1), within_factor(2, 1), within_factor(-1.9, -1), within_factor(0, 0)
    (1.0, 0.0, 1.0, 1.0)
    """
    if given == truth:
        return 1.0
    if given == 0 or truth == 0 or math.copysign(1, given) != math.copysign(1, truth):
        return 0.0
    large, small = max(abs(given), abs(truth)), min(abs(given), abs(truth))
    return float(large / small < factor) if large / factor <= small else 0.0


def within_factor_vlmevalkit(given_m: float, truth_m: float, factor: float = 2.0) -> float:
    """As `within_factor` with 1e-8 cm added to both, which lets the factor itself pass (VLMEvalKit's port).

    >>> within_factor_vlmevalkit(2, 1)
    1.0
    """
    given, truth = given_m * CM_OF_M + ADDED_CM, truth_m * CM_OF_M + ADDED_CM
    return within_factor(given, truth, factor)


def _within_1_5(given_m: float, truth_m: float) -> float:
    """VLMEvalKit's narrower factor."""
    return within_factor_vlmevalkit(given_m, truth_m, 1.5)


METRICS: Final = (
    Metric(
        name="within_factor_2",
        about="1 where the ratio is below 2; at a truth of 0 only 0 is right",
        source="Q-Spatial Bench, evaluate_success_rate",
        score=scored_by(within_factor, "within_factor_2"),
        kinds=NUMERIC,
    ),
    Metric(
        name="within_factor_2_vlmevalkit",
        about="1 where the ratio is below 2; keeps that a ratio of exactly 2 passes",
        source="Q-Spatial Bench in VLMEvalKit",
        score=scored_by(within_factor_vlmevalkit, "within_factor_2_vlmevalkit"),
        kinds=NUMERIC,
        official=True,
    ),
    Metric(
        name="within_factor_1_5_vlmevalkit",
        about="1 where the ratio is below 1.5; keeps that a ratio of exactly 1.5 passes",
        source="Q-Spatial Bench in VLMEvalKit",
        score=scored_by(_within_1_5, "within_factor_1_5_vlmevalkit"),
        kinds=NUMERIC,
        official=True,
    ),
)
