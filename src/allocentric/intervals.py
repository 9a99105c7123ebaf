"""Bounds: intervals of the line, arcs of the circle, sure and possible members.

Every operation is sound (the result of any two members lies in the result) and
inclusion-monotone (narrower arguments never give a wider result).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

TURN: Final = 2 * math.pi


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`; an open end is itself left out."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def __post_init__(self) -> None:
        if not self.low <= self.high:  # NaN fails this too
            raise ValueError(f"an interval runs from low to high, not from {self.low} to {self.high}")
        if math.isinf(self.low) and math.isinf(self.high) and self.low == self.high:
            # What overflowed is a number all the same: infinity is an end, never all there is.
            end = math.copysign(sys.float_info.max, self.low)
            object.__setattr__(self, "low" if end > 0 else "high", end)

    @staticmethod
    def of(value: float) -> Interval:
        """The one number `value`."""
        return Interval(value, value)

    @property
    def exact(self) -> bool:
        """True where one number is left."""
        return self.low == self.high

    @property
    def finite(self) -> bool:
        """True where both ends are finite."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def middle(self) -> float:
        """Half way; the finite end where the other is not finite."""
        if self.finite:
            return self.low + (self.high - self.low) / 2
        return self.low if math.isfinite(self.low) else self.high if math.isfinite(self.high) else 0.0

    def holds(self, value: float, slack: float = 0.0) -> bool:
        """True where `value` lies within, give or take `slack` for rounding."""
        above = value > self.low or (value >= self.low - slack and not (self.open_low and slack == 0))
        below = value < self.high or (value <= self.high + slack and not (self.open_high and slack == 0))
        return above and below

    def within(self, other: Interval, slack: float = 0.0) -> bool:
        """True where all of this lies in `other`."""
        return other.low - slack <= self.low and self.high <= other.high + slack

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.open_low or other.open_low,
            self.open_high or other.open_high,
        )

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.open_high, self.open_low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        ends = [_times(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            return EVERYTHING
        return self * Interval(_inverse(other.high), _inverse(other.low))

    def __abs__(self) -> Interval:
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        return Interval(0.0, max(-self.low, self.high))

    def hull(self, other: Interval) -> Interval:
        """The least interval that holds both."""
        low, high = min(self.low, other.low), max(self.high, other.high)
        return Interval(
            low,
            high,
            all(each.open_low for each in (self, other) if each.low == low),
            all(each.open_high for each in (self, other) if each.high == high),
        )

    def meet(self, other: Interval) -> Interval | None:
        """What both hold; None where that is nothing."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        open_low = any(each.open_low for each in (self, other) if each.low == low)
        open_high = any(each.open_high for each in (self, other) if each.high == high)
        if low > high or (low == high and (open_low or open_high)):
            return None
        return Interval(low, high, open_low, open_high)

    def at_least(self, floor: float) -> Interval:
        """The larger of each number and `floor`."""
        return Interval(max(self.low, floor), max(self.high, floor))

    def power(self, exponent: int) -> Interval:
        """Each number raised to `exponent`; for intervals of numbers not below 0."""
        result = ONE
        for _ in range(abs(exponent)):
            result = result * self
        return result if exponent >= 0 else ONE / result


EVERYTHING: Final = Interval(-math.inf, math.inf)
NOT_NEGATIVE: Final = Interval(0.0, math.inf)
ONE: Final = Interval(1.0, 1.0)


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b  # 0 times what is unbounded is 0


def _inverse(a: float) -> float:
    return 0.0 if math.isinf(a) else 1 / a


def greatest(intervals: Iterable[Interval]) -> Interval:
    """Where the greatest of one number of each lies."""
    held = list(intervals)
    return Interval(max(each.low for each in held), max(each.high for each in held))


def least(intervals: Iterable[Interval]) -> Interval:
    """Where the least of one number of each lies."""
    held = list(intervals)
    return Interval(min(each.low for each in held), min(each.high for each in held))


def norm(parts: Iterable[Interval]) -> Interval:
    """Where the length of a vector lies whose parts lie in `parts`."""
    sizes = [abs(each) for each in parts]
    return Interval(math.hypot(*(each.low for each in sizes)), math.hypot(*(each.high for each in sizes)))


def wrap(angle_rad: float) -> float:
    """The same angle in (-pi, pi].

    >>> wrap(-math.pi) == math.pi
    True
    """
    wrapped = math.remainder(angle_rad, TURN)
    return math.pi if wrapped <= -math.pi else wrapped


@dataclass(frozen=True, slots=True)
class Arc:
    """All angles within `half_rad` of `middle_rad`, around the circle; half a turn is every angle."""

    middle_rad: float
    half_rad: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.middle_rad) and self.half_rad >= 0):
            raise ValueError(f"an arc has a finite middle and a half width not below 0, not {self}")
        object.__setattr__(self, "middle_rad", wrap(self.middle_rad))
        object.__setattr__(self, "half_rad", min(self.half_rad, math.pi))

    @property
    def exact(self) -> bool:
        """True where one angle is left."""
        return self.half_rad == 0

    @property
    def full(self) -> bool:
        """True where every angle is possible."""
        return self.half_rad >= math.pi

    def holds(self, angle_rad: float, slack_rad: float = 0.0) -> bool:
        """True where the angle lies on the arc, give or take `slack_rad` for rounding."""
        return abs(wrap(angle_rad - self.middle_rad)) <= self.half_rad + slack_rad

    def within(self, other: Arc, slack_rad: float = 0.0) -> bool:
        """True where all of this lies on `other`."""
        apart = abs(wrap(self.middle_rad - other.middle_rad))
        return other.full or apart + self.half_rad <= other.half_rad + slack_rad

    def __add__(self, other: Arc) -> Arc:
        return Arc(self.middle_rad + other.middle_rad, self.half_rad + other.half_rad)

    def __neg__(self) -> Arc:
        return Arc(-self.middle_rad, self.half_rad)

    def __sub__(self, other: Arc) -> Arc:
        return self + -other

    def hull(self, other: Arc) -> Arc:
        """The arc that holds both, where half the circle does; else every angle.

        Beyond half the circle, narrower arcs may be closer the other way round: no arc but the
        whole circle is then sure to hold what theirs is.
        """
        turn = wrap(other.middle_rad - self.middle_rad)
        low = min(-self.half_rad, turn - other.half_rad)
        high = max(self.half_rad, turn + other.half_rad)
        return (
            FULL_CIRCLE
            if high - low >= math.pi
            else Arc(self.middle_rad + (low + high) / 2, (high - low) / 2)
        )

    def size(self) -> Interval:
        """Where the unsigned angle from 0 lies, 0 to pi."""
        middle = abs(self.middle_rad)
        low = max(0.0, middle - self.half_rad)
        high = min(math.pi, middle + self.half_rad)
        return Interval(low, high)

    def cosine(self) -> Interval:
        """Where the cosine lies."""
        size = self.size()
        return Interval(math.cos(size.high), math.cos(size.low))

    def sine(self) -> Interval:
        """Where the sine lies."""
        return Arc(self.middle_rad - math.pi / 2, self.half_rad).cosine()


FULL_CIRCLE: Final = Arc(0.0, math.pi)


def directions(x: Interval, y: Interval) -> Arc:
    """The arc of directions, from the origin, of points whose parts lie in `x` and `y`.

    >>> directions(Interval(1, 1), Interval(-1, 1)) == Arc(0.0, math.pi / 4)
    True
    """
    if x.low <= 0 <= x.high and y.low <= 0 <= y.high:
        return FULL_CIRCLE
    if not (x.finite and y.finite):
        return _directions_of_unbounded(x, y)
    middle = math.atan2(y.middle, x.middle)
    turns = [
        wrap(math.atan2(corner_y, corner_x) - middle)
        for corner_x in (x.low, x.high)
        for corner_y in (y.low, y.high)
    ]
    low, high = min(turns), max(turns)
    return Arc(middle + (low + high) / 2, (high - low) / 2)


def _directions_of_unbounded(x: Interval, y: Interval) -> Arc:
    """Half a turn at most: the side that the bounded ends leave open."""
    if x.low > 0:
        side = 0.0
    elif x.high < 0:
        side = math.pi
    else:
        side = math.pi / 2 if y.low > 0 else -math.pi / 2
    ends = [wrap(_atan2(end_y, end_x) - side) for end_x in (x.low, x.high) for end_y in (y.low, y.high)]
    low, high = min(ends), max(ends)
    return Arc(side + (low + high) / 2, (high - low) / 2)


def _atan2(y: float, x: float) -> float:
    """The direction of a corner that may lie at infinity, along its infinite part alone."""
    if math.isinf(x) and math.isfinite(y):
        return math.atan2(0.0, x)
    if math.isinf(y) and math.isfinite(x):
        return math.atan2(y, 0.0)
    return math.atan2(y, x)


@dataclass(frozen=True, slots=True)
class Members:
    """Rows that are surely members, rows that may be, and whether there may be more, not listed."""

    sure: tuple[int, ...]
    possible: tuple[int, ...]  # holds every sure one, in the order of the scene
    open: bool = False

    @staticmethod
    def of(rows: Iterable[int], *, open: bool = False) -> Members:
        """Exactly these rows (and more, not listed, where open)."""
        held = tuple(rows)
        return Members(held, held, open)

    @property
    def exact(self) -> bool:
        """True where the set is known."""
        return not self.open and self.sure == self.possible

    @property
    def count(self) -> Interval:
        """How many there are."""
        return Interval(float(len(self.sure)), math.inf if self.open else float(len(self.possible)))

    def __and__(self, other: Members) -> Members:
        return self._made(
            [row for row in self.sure if row in other.sure],
            [row for row in self.possible if row in other.possible],
            open=self.open and other.open,
        )

    def __or__(self, other: Members) -> Members:
        return self._made(
            {*self.sure, *other.sure}, {*self.possible, *other.possible}, open=self.open or other.open
        )

    def __sub__(self, other: Members) -> Members:
        return self._made(
            [row for row in self.sure if row not in other.possible],
            [row for row in self.possible if row not in other.sure],
            open=self.open,
        )

    @staticmethod
    def _made(sure: Iterable[int], possible: Iterable[int], *, open: bool) -> Members:
        return Members(tuple(sorted(sure)), tuple(sorted(possible)), open)
