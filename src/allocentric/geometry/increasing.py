"""The inverse of an increasing curve, to the last digits."""

from collections.abc import Callable
from typing import Final

import numpy as np
from jaxtyping import Float

Numbers = Float[np.ndarray, " n"]
Curve = Callable[[Numbers], tuple[Numbers, Numbers]]
"""Numbers to the heights of a curve there, and its slopes."""

KNOTS: Final = 257
ROUNDS: Final = 80  # Newton needs four; where the slope goes to zero, bisection takes over
SAME: Final = 4e-16  # numbers that differ by this share of themselves are the same


def inverse(curve: Curve, heights: Float[np.ndarray, " n"], limit: float) -> Float[np.ndarray, " n"]:
    """Where in [0, limit) the curve has these heights; NaN where it has not, or the height is NaN.

    The curve is 0 at 0 and rises up to `limit`; where that is infinite, it rises beyond all bounds.

    >>> inverse(lambda x: (x + x**3, 1 + 3 * x**2), np.array([2.0, 10.0]), limit=np.inf)
    array([1., 2.])
    """
    with np.errstate(all="ignore"):
        return _inverse(curve, heights, limit)


def _inverse(curve: Curve, heights: Numbers, limit: float) -> Numbers:
    knots = np.linspace(0.0, _end(curve, heights, limit), KNOTS)
    at_knots = curve(knots)[0]
    slot = np.searchsorted(at_knots, heights, side="right")
    outside = (slot == 0) | (slot == KNOTS)  # NaN is sorted behind all
    slot = np.clip(slot, 1, KNOTS - 1)
    low, high = knots[slot - 1], knots[slot]
    found = np.where(outside, np.nan, np.interp(heights, at_knots, knots))
    todo = np.flatnonzero(~outside)
    for _ in range(ROUNDS):
        if not len(todo):
            break
        x = found[todo]
        height, slope = curve(x)
        over = height - heights[todo]
        low[todo] = left = np.where(over <= 0, x, low[todo])
        high[todo] = right = np.where(over >= 0, x, high[todo])
        better = x - over / slope
        better = np.where((better >= left) & (better <= right), better, (left + right) / 2)
        found[todo] = better
        todo = todo[(np.abs(better - x) > SAME * x) & (over != 0)]
    return found


def _end(curve: Curve, heights: Numbers, limit: float) -> float:
    """A place up to the limit where the curve is above all heights, or the limit."""
    top = np.max(heights, initial=0.0, where=np.isfinite(heights))
    end = min(limit, 1.0)
    while end < limit and curve(np.array([end]))[0][0] <= top:
        end = min(2 * end, limit)
    return end
