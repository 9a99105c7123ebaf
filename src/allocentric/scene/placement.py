"""Where things may be: own, pairwise and shared bounds brought together, row by row.

Own bounds give each centre an interval along each world axis; pairwise bounds are closed by
shortest paths over the things and the world's origin; a circle below 0 is a contradiction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from jaxtyping import Bool, Float

from allocentric.intervals import Interval, norm
from allocentric.scene.scene import Scene

Box3 = tuple[Interval, Interval, Interval]

ROUNDING: Final = 1e-9
"""Bounds that miss each other by no more than this share of their size are taken to meet."""


@dataclass(frozen=True, eq=False, slots=True)
class Placement:
    """What is known of every centre, and of every pair of centres, along the world's axes."""

    low: Float[np.ndarray, "thing 3"]
    high: Float[np.ndarray, "thing 3"]
    # Greatest `to - from` of each pair along each axis, and whether it is itself left out;
    # None where there are no pairwise bounds.
    furthest: Float[np.ndarray, "3 thing thing"] | None
    left_out: Bool[np.ndarray, "3 thing thing"] | None
    contradiction: str | None


def placement(scene: Scene) -> Placement:
    """The bounds of `scene`'s centres, made once a scene."""
    return scene.cached("placement", lambda: _placed(scene))


def center_of(scene: Scene, row: int) -> Box3:
    """Where the centre of a thing may be, in the world frame."""
    held = placement(scene)
    x, y, z = (_between(held.low[row, axis], held.high[row, axis]) for axis in range(3))
    return x, y, z


def difference(scene: Scene, first: int, second: int) -> Box3:
    """How much farther `second` may lie than `first` along x, y and z; 0 for a thing and itself."""
    if first == second:
        zero = Interval(0.0, 0.0)
        return zero, zero, zero
    held = placement(scene)
    if held.furthest is None or held.left_out is None:
        x, y, z = (b - a for a, b in zip(center_of(scene, first), center_of(scene, second), strict=True))
        return x, y, z
    x, y, z = (
        _between(
            -held.furthest[axis, second, first],
            held.furthest[axis, first, second],
            open_low=bool(held.left_out[axis, second, first]),
            open_high=bool(held.left_out[axis, first, second]),
        )
        for axis in range(3)
    )
    return x, y, z


def connected(scene: Scene, first: int, second: int) -> bool:
    """True where a chain of pairwise bounds leads from one thing to another, whatever it says."""
    groups: list[int] = scene.cached("connected", lambda: _groups(scene))
    return groups[first] == groups[second]


def joined_with(scene: Scene, row: int) -> tuple[int, ...]:
    """The things that a chain of pairwise bounds leads to from one, itself among them."""
    return tuple(other for other in range(len(scene)) if connected(scene, row, other))


def leaning(scene: Scene, offset: Box3) -> Box3:
    """The offset along upright axes: a world that leans by t moves its end by up to 2 sin(t/2) of it."""
    if scene.tilt_rad == 0:
        return offset
    reach = lean(scene) * norm(offset).high
    sway = Interval(-reach, reach)
    x, y, z = (each + sway for each in offset)
    return x, y, z


def lean(scene: Scene) -> float:
    """How far a world that may lean moves the end of a stick of length 1: 0 only where it does not lean."""
    least = 1e-300 if scene.tilt_rad else 0.0  # so that it moves a stick without end by any length
    return max(least, 2 * math.sin(min(scene.tilt_rad, math.pi) / 2))


def swinging(part: Interval, swing_rad: float, length: float) -> Interval:
    """A part of a vector of a length, which may turn by up to `swing_rad`: never more than its length."""
    if swing_rad == 0:
        return part
    sway = swing_rad * length if length else 0.0
    return Interval(
        max(part.low - sway, min(-length, part.low)), min(part.high + sway, max(length, part.high))
    )


def size_of(scene: Scene, row: int) -> Box3:
    """The extents that a thing may have along its own axes."""
    size, slack = scene.sizes[row], scene.size_slacks[row]
    x, y, z = (
        Interval(max(0.0, float(each - doubt)), float(each + doubt))
        for each, doubt in zip(size, slack, strict=True)
    )
    return x, y, z


def _between(low: float, high: float, *, open_low: bool = False, open_high: bool = False) -> Interval:
    """The interval of two ends that may miss each other by a rounding."""
    if low > high:
        low = high = (low + high) / 2
    return Interval(float(low), float(high), open_low, open_high)


def _placed(scene: Scene) -> Placement:
    reach = _reach(scene)
    low, high = scene.centers - reach, scene.centers + reach
    if not scene.differences:
        return Placement(low, high, None, None, None)
    count = len(scene)
    furthest = np.full((3, count + 1, count + 1), np.inf)  # the last row is the world's origin
    left_out = np.zeros(furthest.shape, dtype=bool)
    furthest[:, range(count + 1), range(count + 1)] = 0.0
    furthest[:, count, :count] = high.T
    furthest[:, :count, count] = -low.T
    for each in scene.differences:
        _tighten(
            furthest,
            left_out,
            (each.axis, each.first, each.second),
            bound=each.bound.high,
            open_end=each.bound.open_high,
        )
        _tighten(
            furthest,
            left_out,
            (each.axis, each.second, each.first),
            bound=-each.bound.low,
            open_end=each.bound.open_low,
        )
    _close(furthest, left_out)
    circles = furthest.diagonal(axis1=1, axis2=2)
    size = np.abs(furthest[np.isfinite(furthest)]).max(initial=0.0)
    empty = (circles < -ROUNDING * size) | left_out.diagonal(axis1=1, axis2=2)
    contradiction = None
    if empty.any():
        rows = [scene.names[row] for row in range(count) if empty[:, row].any()]
        contradiction = " and ".join(repr(name) for name in rows[:4]) or "the stated places"
    else:
        high, low = furthest[:, count, :count].T.copy(), -furthest[:, :count, count].T
    return Placement(low, high, furthest[:, :count, :count], left_out[:, :count, :count], contradiction)


def _groups(scene: Scene) -> list[int]:
    """For each thing the least row that pairwise bounds join it with."""
    group = list(range(len(scene)))

    def least(row: int) -> int:
        while group[row] != row:
            group[row] = group[group[row]]
            row = group[row]
        return row

    for each in scene.differences:
        low, high = sorted((least(each.first), least(each.second)))
        group[high] = low
    return [least(row) for row in range(len(scene))]


def _reach(scene: Scene) -> Float[np.ndarray, "thing 3"]:
    """Half widths along the world's axes of the boxes that the centres may be in."""
    axes = np.abs(scene.slack_axes)
    axes[axes < 1e-12] = 0.0  # an axis that is level but for rounding must not carry an unbounded slack
    with np.errstate(invalid="ignore"):  # 0 times infinity, which is 0 here
        carried = np.nan_to_num(axes * scene.center_slacks[:, None, :], nan=0.0, posinf=np.inf)
    total: Float[np.ndarray, "thing 3"] = carried.sum(axis=2)
    return total


def _tighten(
    furthest: Any, left_out: Any, place: tuple[int, int, int], *, bound: float, open_end: bool
) -> None:
    if bound < furthest[place] or (bound == furthest[place] and open_end):
        furthest[place], left_out[place] = bound, open_end


def _close(furthest: Any, left_out: Any) -> None:
    """Shortest paths (Floyd and Warshall), strict ends counted: a sum with a strict part is strict."""
    with np.errstate(over="ignore", invalid="ignore"):  # no path and an overflow: no path
        for middle in range(furthest.shape[1]):
            through = furthest[:, :, middle, None] + furthest[:, middle, None, :]
            strict = left_out[:, :, middle, None] | left_out[:, middle, None, :]
            better = (through < furthest) | (
                (through == furthest) & strict & ~left_out & np.isfinite(through)
            )
            furthest[better], left_out[better] = through[better], strict[better]
