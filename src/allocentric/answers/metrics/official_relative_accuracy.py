"""Mean relative accuracy with what single releases do at their edges, kept as it is."""

from __future__ import annotations

from typing import Final

from allocentric.answers.kinds import NUMERIC
from allocentric.answers.metrics.metric import Metric
from allocentric.answers.metrics.relative_accuracy import (
    VSI_BOUNDS,
    mean_relative_accuracy_vsi,
    passed,
    passed_strictly,
    relative_error,
    scored_by,
)

SPATIALBENCH_BOUNDS: Final = tuple(1 - percent / 100 for percent in range(50, 100, 5))
OSI_STILL: Final = 0.3  # metres and metres a second below which OSI-Bench takes a thing to be at rest
OSI_STILL_PATH_M: Final = 2.0


def mean_relative_accuracy_vlmevalkit(given: float, truth: float) -> float:
    """As `vsi`; at a truth of 0 the absolute error, in whatever unit it is: EASI's and SPAR's rule.

    >>> mean_relative_accuracy_vlmevalkit(0.22, 0)
    0.6
    """
    return passed(abs(given) if truth == 0 else relative_error(given, truth), VSI_BOUNDS)


def mean_relative_accuracy_spatialbench(given: float, truth: float) -> float:
    """The error has to be below the bound, thresholds in whole percent: SpatialBench's released script.

    >>> mean_relative_accuracy_spatialbench(9, 10)
    0.8
    """
    return passed_strictly(relative_error(given, truth), SPATIALBENCH_BOUNDS)


def mean_relative_accuracy_osi(given: float, truth: float, still: float = OSI_STILL) -> float:
    """As `vsi`; at a truth of 0 anything below `still` is right, negative numbers too, else `still` is meant.

    >>> [mean_relative_accuracy_osi(given, 0) for given in (0.2, -9, 0.4)]
    [1.0, 1.0, 0.4]
    """
    if truth == 0 and given < still:
        return 1.0
    return mean_relative_accuracy_vsi(given, truth if truth != 0 else still)


def mean_relative_accuracy_still(given: float, truth: float, still: float = OSI_STILL) -> float:
    """As `osi` with the size of the number: at a truth of 0, -9 is as wrong as 9.

    >>> mean_relative_accuracy_still(-9, 0)
    0.0
    """
    return (
        mean_relative_accuracy_osi(abs(given), truth, still)
        if truth == 0
        else mean_relative_accuracy_vsi(given, truth)
    )


def _osi_path(given: float, truth: float) -> float:
    """OSI-Bench's rule for the length of a path."""
    return mean_relative_accuracy_osi(given, truth, OSI_STILL_PATH_M)


METRICS: Final = (
    Metric(
        name="mra_vlmevalkit",
        about="as mra_vsi; keeps the absolute error at a truth of 0, which depends on the unit",
        source="VLMEvalKit/EASI and SPAR-Bench",
        score=scored_by(mean_relative_accuracy_vlmevalkit, "mra_vlmevalkit"),
        kinds=NUMERIC,
        official=True,
    ),
    Metric(
        name="mra_spatialbench",
        about="as mra_strict_linspace; keeps thresholds of whole percent: 9 for 10 gives 0.8, not 0.9",
        source="SpatialBench, evaluate_benchmark_results.py",
        score=scored_by(mean_relative_accuracy_spatialbench, "mra_spatialbench"),
        kinds=NUMERIC,
        official=True,
    ),
    Metric(
        name="mra_osi",
        about="as mra_vsi; at a truth of 0 all below 0.3 is right; keeps that negative numbers are below it",
        source="OSI-Bench: speed and displacement",
        score=scored_by(mean_relative_accuracy_osi, "mra_osi"),
        kinds=NUMERIC,
        official=True,
    ),
    Metric(
        name="mra_osi_path",
        about="as mra_osi with 2 m",
        source="OSI-Bench: length of a trajectory",
        score=scored_by(_osi_path, "mra_osi_path"),
        kinds=NUMERIC,
        official=True,
    ),
    Metric(
        name="mra_still",
        about="as mra_vsi; at a truth of 0 all that is smaller than 0.3, either way, is right",
        source="OSI-Bench's rule, the sign mended",
        score=scored_by(mean_relative_accuracy_still, "mra_still"),
        kinds=NUMERIC,
    ),
)
