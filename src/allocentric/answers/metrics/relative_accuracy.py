"""How right a number is: mean relative accuracy, in the six variants that are in use, each by name.

The relative error e is |given - truth| / |truth|, so that a negative truth is as good as a positive one;
the score is the share of the thresholds that e passes. They differ in how many thresholds there are, in
their last binary digit, and in whether the bound itself passes. At a truth of 0 no error is relative:
`v2l` then takes the absolute error, as its release does; in all others only 0 is right.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Final

import numpy as np

from allocentric.answers.kinds import NUMERIC, Expected, Value
from allocentric.answers.metrics.metric import Metric, Score, Truth, as_number, no_truth

Rule = Callable[[float, float], float]

VSI_BOUNDS: Final = tuple(float(1 - each) for each in np.linspace(0.5, 0.95, 10))
"""The relative errors that VSI-Bench allows, one for each of its thresholds, to the last binary digit."""
V2L_BOUNDS: Final = tuple(float(each) for each in np.linspace(0.5, 0.05, 10))
STRICT_BOUNDS: Final = tuple(float(1 - each) for each in np.arange(0.5, 1.0, 0.05))
EVO_BOUNDS: Final = tuple(float(1 - each) for each in np.linspace(0.5, 0.95, 11))
STEPS: Final = 20  # the exact bounds are k/20, k from 1 to 10
DIGITS: Final = 15  # of a decimal number that a double holds for sure


def relative_error(given: float, truth: float) -> float:
    """|given - truth| / |truth|; at a truth of 0, 0 for a 0 and else infinite.

    >>> relative_error(5, 4), relative_error(-5, -4), relative_error(1, 0)
    (0.25, 0.25, inf)
    """
    if truth == 0:
        return 0.0 if given == 0 else math.inf
    return abs(given - truth) / abs(truth)


def passed(error: float, bounds: tuple[float, ...]) -> float:
    """The share of the bounds that an error is at most."""
    return sum(error <= bound for bound in bounds) / len(bounds)


def passed_strictly(error: float, bounds: tuple[float, ...]) -> float:
    """The share of the bounds that an error is below."""
    return sum(error < bound for bound in bounds) / len(bounds)


def mean_relative_accuracy_vsi(given: float, truth: float) -> float:
    """The share of the thresholds 0.50, 0.55 ... 0.95 that a number passes, 0 to 1: VSI-Bench's own rule.

    It passes a threshold t where its relative error is at most 1 - t, in binary floating point as the
    release computes it (Yang et al., "Thinking in Space", 2025). The release divides by a truth of 0 and
    by the sign of a negative one; here only 0 is right at 0, and the sign is left out.

    >>> mean_relative_accuracy_vsi(5, 4), mean_relative_accuracy_vsi(1.05, 1)
    (0.6, 1.0)
    """
    return passed(relative_error(given, truth), VSI_BOUNDS)


def mean_relative_accuracy_v2l(given: float, truth: float) -> float:
    """As `vsi` with the bounds 0.5 to 0.05 themselves, and the absolute error at 0: Video2Layout's reward.

    >>> mean_relative_accuracy_v2l(1.05, 1), mean_relative_accuracy_v2l(0.22, 0)
    (0.9, 0.6)
    """
    return passed(abs(given) if truth == 0 else relative_error(given, truth), V2L_BOUNDS)


def mean_relative_accuracy_strict(given: float, truth: float) -> float:
    """The error has to be below the bound, thresholds stepped by 0.05: SIBench's rule.

    >>> mean_relative_accuracy_strict(9, 10)
    0.8
    """
    return passed_strictly(relative_error(given, truth), STRICT_BOUNDS)


def mean_relative_accuracy_strict_linspace(given: float, truth: float) -> float:
    """The error has to be below the bound, thresholds evenly spread: as the VSI-Bench paper words it.

    >>> mean_relative_accuracy_strict_linspace(9, 10)
    0.9
    """
    return passed_strictly(relative_error(given, truth), VSI_BOUNDS)


def mean_relative_accuracy_evo11(given: float, truth: float) -> float:
    """As `vsi` with eleven thresholds: SpatialEvo's reward.

    >>> round(mean_relative_accuracy_evo11(5, 4), 3)
    0.545
    """
    return passed(relative_error(given, truth), EVO_BOUNDS)


def mean_relative_accuracy_exact(given: float, truth: float) -> float:
    """As `vsi` without rounding: both numbers as the decimals they are written as, the bounds k/20.

    It does not change with the unit. Numbers that agree in 15 digits are the same number, as a
    conversion of units leaves no more.

    >>> mean_relative_accuracy_exact(6, 5), mean_relative_accuracy_exact(35 * 0.01, 0.35)
    (0.7, 1.0)
    """
    right, off = _decimal(truth), abs(_decimal(given) - _decimal(truth))
    if right == 0 or off == 0:
        return float(off == 0)
    first = math.ceil(STEPS * off / abs(right))  # the least k whose bound it keeps
    return max(0, STEPS // 2 + 1 - first) / (STEPS // 2)


def scored_by(rule: Rule, name: str) -> Score:
    """A rule for two numbers as a score: 0 for no number."""

    def score(value: Value | None, truth: Truth, _: Expected) -> float:
        right, given = as_number(truth), as_number(value)
        if right is None:
            raise no_truth(truth, name, "a finite number")
        return 0.0 if given is None else rule(given, right)

    return score


def _decimal(value: float) -> Fraction:
    """A number as the decimal that is meant by it."""
    return Fraction(f"{value:.{DIGITS}g}")


def _metric(name: str, rule: Rule, *, about: str, source: str) -> Metric:
    """One variant as a metric."""
    return Metric(name=name, about=about, source=source, score=scored_by(rule, name), kinds=NUMERIC)


METRICS: Final = (
    _metric(
        "mra_vsi",
        mean_relative_accuracy_vsi,
        about="10 thresholds, the bound passes; at a truth of 0 only 0 is right",
        source="VSI-Bench, ReVSI, VSTI-Bench, SpatialLadder, SpaceVista, SpaceDG",
    ),
    _metric(
        "mra_v2l",
        mean_relative_accuracy_v2l,
        about="10 error bounds taken directly, the bound passes; the absolute error at a truth of 0",
        source="Video2Layout's reward",
    ),
    _metric(
        "mra_strict",
        mean_relative_accuracy_strict,
        about="10 thresholds in steps of 0.05, the bound fails; at a truth of 0 only 0 is right",
        source="SIBench",
    ),
    _metric(
        "mra_strict_linspace",
        mean_relative_accuracy_strict_linspace,
        about="10 thresholds evenly spread, the bound fails; at a truth of 0 only 0 is right",
        source="the text of the VSI-Bench paper",
    ),
    _metric(
        "mra_evo11",
        mean_relative_accuracy_evo11,
        about="11 thresholds, the bound passes; at a truth of 0 only 0 is right",
        source="SpatialEvo's reward",
    ),
    _metric(
        "mra_exact",
        mean_relative_accuracy_exact,
        about="10 rational thresholds, the bound passes, no rounding; at a truth of 0 only 0 is right",
        source="ours",
    ),
)
