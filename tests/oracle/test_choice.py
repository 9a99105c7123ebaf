import pytest

from allocentric.scene.truth import Measured, Order
from tests.oracle.told import cube, place, reason, told, value

ROOM = place(cube("a", 0, 0), cube("b", 3, 0), cube("c", 0, 5), cube("c", 9, 0, size=(1, 1, 3)))


def test_the_nearest_is_clear_by_its_lead_over_the_next() -> None:
    result = told(ROOM, 'nearest([the("b"), all("c")], to=the("a"))')
    assert isinstance(result, Measured)
    assert result.value == "b"
    assert result.margin is not None
    assert result.margin.gap == pytest.approx(2)  # 2 m against 4 m
    assert {fact.thing for fact in result.evidence} >= {"a", "b", "c 1"}


def test_the_place_itself_is_no_candidate_of_a_set() -> None:
    assert value(ROOM, 'nearest(all(), to=the("a"))') == "b"
    assert value(ROOM, 'farthest(all(), to=the("a"))') == "c 2"


def test_two_at_one_distance_cannot_be_told_apart() -> None:
    even = place(cube("a", 0, 0), cube("b", 3, 0), cube("c", -3, 0))
    assert reason(even, 'nearest([the("b"), the("c")], to=the("a"))') == "overlap"


def test_a_loose_candidate_leaves_the_choice_open_until_it_surely_loses() -> None:
    def room(slack_m: float) -> str:
        loose = place(cube("a", 0, 0), cube("b", 3, 0), cube("c", 5, 0, center_slack=(slack_m, 0, 0)))
        asked = 'nearest([the("b"), the("c")], to=the("a"))'
        return "b" if isinstance(told(loose, asked), Measured) else reason(loose, asked)

    assert room(1.9) == "b"
    assert room(2.1) == "overlap"


def test_least_and_most_take_any_measure() -> None:
    assert value(ROOM, 'most(all(), by=extent(along="height"))') == "c 2"
    assert value(ROOM, 'least([the("b"), the("c 2")], by=volume)') == "b"


def test_an_order_counts_what_is_close_as_the_same_only_where_that_is_asked() -> None:
    asked = 'order([the("b"), the("c 1"), the("c 2")], by=distance(to=the("a")))'
    assert value(ROOM, asked) == ("b", "c 1", "c 2")
    near = place(cube("a", 0, 0), cube("b", 3, 0), cube("c", 0, 3.1))
    asked = 'order([the("c"), the("b")], by=distance(to=the("a")), same_within={})'
    assert value(near, asked.format("0.01")) == ("b", "c")
    result = told(near, asked.format("0.5"))
    assert isinstance(result.possible, Order)
    assert (result.possible.certain, result.possible.same) == (frozenset(), frozenset({(0, 1)}))
