"""How right a number is: mean relative accuracy, by each benchmark's own rule."""

from typing import Final

import numpy as np

VSI_BOUNDS: Final = tuple(float(1 - each) for each in np.linspace(0.5, 0.95, 10))
"""The relative errors that VSI-Bench allows, one for each of its thresholds, to the last binary digit."""


def mean_relative_accuracy_vsi(given: float, truth: float) -> float:
    """The share of the thresholds 0.50, 0.55 ... 0.95 that a number passes, 0 to 1: VSI-Bench's own rule.

    It passes a threshold t where its relative error is at most 1 - t, in binary floating point as the
    release computes it (Yang et al., "Thinking in Space", 2025). Raises ValueError for a truth of 0,
    of which no error is relative.

    >>> mean_relative_accuracy_vsi(5, 4), mean_relative_accuracy_vsi(1.05, 1)
    (0.6, 1.0)
    """
    if truth == 0:
        raise ValueError("the relative error of a truth of 0 is not defined")
    error = abs(given - truth) / truth
    return sum(error <= bound for bound in VSI_BOUNDS) / len(VSI_BOUNDS)
