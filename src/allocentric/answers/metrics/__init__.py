"""Metrics: one idea a file, listed here. Each scores one reading against one truth."""

from typing import Final

from allocentric.answers.metrics import (
    accuracy,
    boxes,
    factors,
    geolocation,
    inverse_error,
    maps,
    maps_mindcube,
    official_relative_accuracy,
    official_spar,
    pairs,
    points,
    relative_accuracy,
    sizes,
    sphere,
    tasks,
    view_change,
)
from allocentric.answers.metrics.metric import Metric
from allocentric.errors import UnknownName

METRICS: Final[tuple[Metric, ...]] = (
    *accuracy.METRICS,
    *relative_accuracy.METRICS,
    *official_relative_accuracy.METRICS,
    *factors.METRICS,
    *inverse_error.METRICS,
    *points.METRICS,
    *boxes.METRICS,
    *sphere.METRICS,
    *pairs.METRICS,
    *maps.METRICS,
    *maps_mindcube.METRICS,
    *view_change.METRICS,
    *official_spar.METRICS,
    *sizes.METRICS,
    *geolocation.METRICS,
    *tasks.METRICS,
)


def metric(name: str) -> Metric:
    """The metric called `name`; raises UnknownName with the near miss.

    >>> metric("mra_vsi").version
    '1'
    """
    found = [each for each in METRICS if each.name == name]
    if not found:
        raise UnknownName(
            "metric", name, [each.name for each in METRICS], where="allocentric.answers.metrics"
        )
    return found[0]
