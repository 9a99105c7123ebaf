"""Bounds are sound (any members' result lies in the result) and monotone (narrower never widens)."""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from allocentric.intervals import (
    EVERYTHING,
    FULL_CIRCLE,
    NOT_NEGATIVE,
    TURN,
    Arc,
    Interval,
    Members,
    directions,
    greatest,
    least,
    norm,
    wrap,
)

ROUNDING = 1e-9  # of the size of what is compared
FAR = 1e6  # stands for a number beyond all that is written here

numbers = st.floats(-50, 50) | st.sampled_from([0.0, 1.0, -1.0, 1e-3])
shares = st.floats(0, 1) | st.sampled_from([0.0, 1.0])


@dataclass(frozen=True)
class Nested:
    """An interval, a narrower one within it, and a number in both."""

    wide: Interval
    narrow: Interval
    member: float


@st.composite
def nested(draw: st.DrawFn, low: float = -50.0) -> Nested:
    """Any interval of numbers not below `low`, open and endless ones too."""
    ends = sorted(max(low, draw(numbers)) for _ in range(2))
    endless = (
        draw(st.tuples(st.booleans(), st.booleans())) if draw(st.integers(0, 4)) == 0 else (False, False)
    )
    start = -math.inf if endless[0] and low < 0 else ends[0]
    end = math.inf if endless[1] else ends[1]
    open_ends = draw(st.tuples(st.booleans(), st.booleans())) if start < end else (False, False)
    wide = Interval(start, end, *open_ends)
    first, last = (max(start, -FAR), min(end, FAR))
    inner = sorted(min(last, first + (last - first) * draw(shares)) for _ in range(2))
    keeps = draw(st.tuples(st.booleans(), st.booleans()))
    bottom, top = start if keeps[0] else inner[0], end if keeps[1] else inner[1]
    whole = open_ends if bottom < top else (False, False)
    narrow = Interval(bottom, top, whole[0] and bottom == start, whole[1] and top == end)
    lowest, highest = max(bottom, -FAR), min(top, FAR)
    member = min(highest, lowest + (highest - lowest) * draw(st.floats(0, 1)))
    assume(narrow.holds(member) and wide.holds(member))
    return Nested(wide, narrow, member)


OF_TWO: dict[str, tuple[Callable[[Any, Any], Any], Callable[[float, float], float]]] = {
    "+": (lambda a, b: a + b, lambda a, b: a + b),
    "-": (lambda a, b: a - b, lambda a, b: a - b),
    "*": (lambda a, b: a * b, lambda a, b: a * b),
    "/": (lambda a, b: a / b, lambda a, b: a / b),
    "greatest": (lambda a, b: greatest([a, b]), max),
    "least": (lambda a, b: least([a, b]), min),
    "norm": (lambda a, b: norm([a, b]), math.hypot),
}
OF_ONE: dict[str, tuple[Callable[[Any], Any], Callable[[float], float]]] = {
    "negative": (lambda a: -a, lambda a: -a),
    "size": (abs, abs),
    "at least 1": (lambda a: a.at_least(1.0), lambda a: max(a, 1.0)),
}


def holds(interval: Interval, value: float) -> bool:
    return interval.holds(value, ROUNDING * max(1.0, abs(value)))


def within(narrow: Interval, wide: Interval) -> bool:
    ends = [abs(each) for each in (narrow.low, narrow.high) if math.isfinite(each)]
    return narrow.within(wide, ROUNDING * max([1.0, *ends]))


@pytest.mark.parametrize("name", OF_TWO)
@given(first=nested(), second=nested())
def test_what_two_members_give_lies_in_what_their_intervals_give(
    name: str, first: Nested, second: Nested
) -> None:
    of_intervals, of_numbers = OF_TWO[name]
    assume(name != "/" or second.member != 0)
    assert holds(of_intervals(first.wide, second.wide), of_numbers(first.member, second.member))


@pytest.mark.parametrize("name", OF_TWO)
@given(first=nested(), second=nested())
def test_narrower_arguments_never_give_a_wider_interval(name: str, first: Nested, second: Nested) -> None:
    of_intervals, _ = OF_TWO[name]
    assert within(of_intervals(first.narrow, second.narrow), of_intervals(first.wide, second.wide))


@pytest.mark.parametrize("name", OF_ONE)
@given(nested())
def test_what_one_member_gives_lies_in_what_its_interval_gives(name: str, each: Nested) -> None:
    of_interval, of_number = OF_ONE[name]
    assert holds(of_interval(each.wide), of_number(each.member))
    assert within(of_interval(each.narrow), of_interval(each.wide))


@given(nested(low=0.0), st.integers(-3, 3))
def test_a_power_holds_the_power_of_each_member(each: Nested, exponent: int) -> None:
    assume(exponent >= 0 or each.member > 1e-6)
    value = each.member**exponent
    assert each.wide.power(exponent).holds(value, ROUNDING * max(1.0, abs(value)) * FAR)
    assert within(each.narrow.power(exponent), each.wide.power(exponent))


@given(nested(), nested())
def test_a_hull_holds_both_and_a_meet_what_both_hold(first: Nested, second: Nested) -> None:
    hull = first.wide.hull(second.wide)
    assert hull.holds(first.member)
    assert hull.holds(second.member)
    met = first.wide.meet(second.wide)
    for value in (first.member, second.member):
        both = first.wide.holds(value) and second.wide.holds(value)
        assert both == (met is not None and met.holds(value))


@given(nested(), nested())
def test_the_sum_leaves_out_an_end_that_a_part_leaves_out(first: Nested, second: Nested) -> None:
    total = first.wide + second.wide
    if math.isfinite(total.low):
        assert total.holds(total.low) == (not (first.wide.open_low or second.wide.open_low))
    if math.isfinite(total.high):
        assert total.holds(total.high) == (not (first.wide.open_high or second.wide.open_high))
    negative = -first.wide
    assert -negative == first.wide


def test_open_ends_are_left_out_and_closed_ones_are_not() -> None:
    half_open = Interval(0.0, 1.0, open_low=True)
    assert not half_open.holds(0.0)
    assert half_open.holds(1.0)
    assert half_open.holds(5e-324)
    assert half_open.meet(Interval(-1.0, 0.0)) is None
    assert half_open.hull(Interval(0.0, 0.5)) == Interval(0.0, 1.0)


def test_what_may_be_zero_divides_into_anything() -> None:
    assert Interval.of(1.0) / Interval(-1.0, 1.0) == EVERYTHING
    assert Interval.of(1.0) / Interval(0.0, 1.0) == EVERYTHING
    assert Interval(2.0, 4.0) / Interval(2.0, math.inf) == Interval(0.0, 2.0)


def test_what_overflows_is_a_number_all_the_same() -> None:
    huge = Interval.of(1e308) * Interval.of(1e308)
    assert huge == Interval(sys.float_info.max, math.inf)
    assert huge - huge == EVERYTHING
    assert Interval.of(-1e308) + Interval.of(-1e308) == Interval(-math.inf, -sys.float_info.max)


@pytest.mark.parametrize("ends", [(1.0, 0.0), (math.nan, 1.0), (0.0, math.nan)])
def test_an_interval_runs_from_low_to_high(ends: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="from low to high"):
        Interval(*ends)


@pytest.mark.parametrize(
    ("interval", "middle"),
    [(Interval(1, 3), 2), (NOT_NEGATIVE, 0), (Interval(-math.inf, 4), 4), (EVERYTHING, 0)],
)
def test_the_middle_is_finite(interval: Interval, middle: float) -> None:
    assert interval.middle == middle


# Arcs of the circle.


@dataclass(frozen=True)
class NestedArc:
    """An arc, a narrower one within it, and an angle on both."""

    wide: Arc
    narrow: Arc
    member: float


@st.composite
def nested_arc(draw: st.DrawFn, widest: float = 4.0) -> NestedArc:
    middle, half = draw(st.floats(-20, 20)), draw(st.floats(0, widest) | st.sampled_from([0.0, math.pi / 2]))
    wide = Arc(middle, half)
    shift, share = draw(st.floats(-1, 1)), draw(shares)
    narrow = Arc(middle + shift * wide.half_rad, (1 - abs(shift)) * wide.half_rad * share)
    return NestedArc(wide, narrow, narrow.middle_rad + draw(st.floats(-1, 1)) * narrow.half_rad)


@given(st.floats(-1e3, 1e3))
def test_wrapping_keeps_the_direction_and_counts_half_a_turn_once(angle: float) -> None:
    wrapped = wrap(angle)
    assert -math.pi < wrapped <= math.pi
    assert math.cos(wrapped) == pytest.approx(math.cos(angle), abs=1e-9)
    assert math.sin(wrapped) == pytest.approx(math.sin(angle), abs=1e-9)
    assert wrap(-math.pi) == wrap(math.pi) == math.pi


@given(nested_arc(), nested_arc())
def test_sums_and_differences_of_arcs_are_sound_and_monotone(first: NestedArc, second: NestedArc) -> None:
    for sign in (1, -1):
        other = second if sign == 1 else NestedArc(-second.wide, -second.narrow, -second.member)
        assert (first.wide + other.wide).holds(first.member + other.member, ROUNDING)
        assert (first.narrow + other.narrow).within(first.wide + other.wide, ROUNDING)
    assert first.wide - second.wide == first.wide + -second.wide


@given(nested_arc(), nested_arc())
def test_a_hull_of_arcs_is_sound_and_monotone_whichever_way_round(
    first: NestedArc, second: NestedArc
) -> None:
    hull = first.wide.hull(second.wide)
    assert hull.holds(first.member, ROUNDING)
    assert hull.holds(second.member, ROUNDING)
    assert first.narrow.hull(second.narrow).within(hull, ROUNDING)
    other = second.wide.hull(first.wide)
    assert hull.within(other, ROUNDING)
    assert other.within(hull, ROUNDING)


@given(nested_arc())
def test_size_cosine_and_sine_of_an_arc_are_sound_and_monotone(each: NestedArc) -> None:
    assert each.wide.size().holds(abs(wrap(each.member)), ROUNDING)
    assert each.wide.cosine().holds(math.cos(each.member), ROUNDING)
    assert each.wide.sine().holds(math.sin(each.member), ROUNDING)
    for of in (Arc.size, Arc.cosine, Arc.sine):
        assert of(each.narrow).within(of(each.wide), ROUNDING)


@given(nested_arc())
def test_a_narrower_arc_lies_within_and_the_whole_circle_holds_all(each: NestedArc) -> None:
    assert each.narrow.within(each.wide, ROUNDING)
    assert each.wide.within(FULL_CIRCLE)
    assert FULL_CIRCLE.holds(each.member)
    assert each.wide.full == (each.wide.half_rad >= math.pi)


@pytest.mark.parametrize(("middle", "half"), [(math.nan, 0.0), (math.inf, 0.0), (0.0, -1.0), (0.0, math.nan)])
def test_an_arc_has_a_finite_middle_and_a_width(middle: float, half: float) -> None:
    with pytest.raises(ValueError, match="finite middle"):
        Arc(middle, half)


def test_an_arc_across_the_cut_of_the_circle_is_one_arc() -> None:
    across = Arc(math.pi, 0.5)
    assert across.holds(-math.pi + 0.4)
    assert across.holds(math.pi - 0.4)
    assert not across.holds(0.0)
    assert Arc(math.pi - 0.1).hull(Arc(-math.pi + 0.1)).half_rad == pytest.approx(0.1)
    assert across.size() == Interval(math.pi - 0.5, math.pi)


@given(nested(), nested())
def test_directions_hold_the_direction_of_every_point_and_never_widen(x: Nested, y: Nested) -> None:
    wide, narrow = directions(x.wide, y.wide), directions(x.narrow, y.narrow)
    assert math.hypot(x.member, y.member) < 1e-9 or wide.holds(math.atan2(y.member, x.member), 1e-7)
    assert narrow.within(wide, 1e-7)


@given(nested(), nested())
def test_directions_are_every_one_only_where_the_origin_may_be_met(x: Nested, y: Nested) -> None:
    met = x.wide.low <= 0 <= x.wide.high and y.wide.low <= 0 <= y.wide.high
    assert directions(x.wide, y.wide).full == met
    assert met or 2 * directions(x.wide, y.wide).half_rad <= math.pi + ROUNDING


# Sets.


@dataclass(frozen=True)
class Drawn:
    """What is known of a set of rows 0 to 5, and a set that it may be; 6 and 7 are not listed."""

    standing: tuple[str, ...]
    is_open: bool
    unlisted: frozenset[int]

    @property
    def members(self) -> Members:
        sure = tuple(row for row, each in enumerate(self.standing) if each == "sure")
        possible = tuple(row for row, each in enumerate(self.standing) if each != "not possible")
        return Members(sure, possible, self.is_open)

    @property
    def true(self) -> set[int]:
        listed = {row for row, each in enumerate(self.standing) if each in ("sure", "in")}
        return listed | (set(self.unlisted) if self.is_open else set())


standings = st.lists(st.sampled_from(("sure", "in", "out", "not possible")), min_size=6, max_size=6)
sets = st.builds(Drawn, standings.map(tuple), st.booleans(), st.frozensets(st.integers(6, 7)))


def may_be(members: Members, true: set[int]) -> bool:
    listed = {row for row in true if row < 6}
    fits = set(members.sure) <= listed <= set(members.possible)
    return fits and (members.open or listed == true)


@given(sets, sets)
def test_what_sets_make_is_what_their_members_allow(first: Drawn, second: Drawn) -> None:
    a, b = first.members, second.members
    assert may_be(a, first.true)
    assert may_be(a & b, first.true & second.true)
    assert may_be(a | b, first.true | second.true)
    assert may_be(a - b, first.true - second.true)
    assert a.count.holds(len(first.true))


@given(sets)
def test_a_set_is_exact_where_nothing_is_left_open(drawn: Drawn) -> None:
    members = drawn.members
    assert members.exact == (not members.open and set(members.sure) == set(members.possible))
    assert not members.exact or set(members.sure) == drawn.true
    assert Members.of(sorted(drawn.true)).exact
    assert not Members.of([], open=True).exact


def test_a_turn_is_a_whole_circle() -> None:
    assert pytest.approx(2 * math.pi) == TURN
