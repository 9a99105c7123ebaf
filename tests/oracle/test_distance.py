import math

import pytest

from allocentric.intervals import Interval
from allocentric.scene.scene import Thing
from allocentric.scene.truth import Measured, Quantity, Undetermined
from tests.oracle.told import cube, place, reason, told, value

ROOM = place(cube("a", 0, 0), cube("b", 4, 0), cube("b", 4, 4), cube("c", 0, 0, 3.5))


def test_surfaces_centres_and_footprints_have_their_own_distance() -> None:
    diagonal = place(cube("a", 0, 0), cube("b", 4, 4, 4.5))
    assert value(diagonal, 'distance(the("a"), the("b"))') == pytest.approx(math.sqrt(27))
    assert value(diagonal, 'distance(the("a"), the("b"), geometry="centre")') == pytest.approx(math.sqrt(48))
    assert value(diagonal, 'distance(the("a"), the("b"), geometry="floor")') == pytest.approx(math.sqrt(18))


def test_what_touches_or_overlaps_is_at_distance_0() -> None:
    assert value(place(cube("a", 0, 0), cube("b", 1, 0)), 'distance(the("a"), the("b"))') == 0
    assert value(place(cube("a", 0, 0), cube("b", 0.2, 0.1)), 'distance(the("a"), the("b"))') == 0


def test_a_set_counts_by_its_nearest_member() -> None:
    assert value(ROOM, 'distance(the("a"), all("b"))') == pytest.approx(3)


def test_slack_widens_a_distance_by_as_much_on_both_sides() -> None:
    loose = place(cube("a", 0, 0), cube("b", 4, 0, center_slack=(0.25, 0, 0)))
    result = told(loose, 'distance(the("a"), the("b"))')
    assert isinstance(result, Measured)
    assert isinstance(result.possible, Quantity)
    bound = result.possible.bound
    assert bound.low == pytest.approx(2.75)
    assert bound.high == pytest.approx(3.25)


def test_without_a_scale_a_distance_is_undetermined_and_a_ratio_is_not() -> None:
    unscaled = place(*ROOM.things(), scale=Interval(0, math.inf))
    assert reason(unscaled, 'distance(the("a"), the("c"))') == "no_scale"
    assert value(unscaled, 'distance(the("a"), the("b 1")) / distance(the("a"), the("c"))') == pytest.approx(
        1.5
    )


def test_a_thing_without_a_place_is_at_no_distance() -> None:
    unplaced = place(cube("a", 0, 0), Thing(label="b", size=(1, 1, 1), center_slack=math.inf))
    assert reason(unplaced, 'distance(the("a"), the("b"))') == "not_placed"
    both = place(Thing(label="a", center_slack=math.inf), Thing(label="b", center_slack=math.inf))
    known = told(both, 'distance(the("a"), the("b"))')
    assert isinstance(known, Undetermined)
    assert known.detail == "where 'a' and 'b' are, is not known"


def test_an_offset_is_signed_along_the_axis_that_is_asked_for() -> None:
    assert value(ROOM, 'offset(the("b 2"), world(at=the("a")), axis="left")') == pytest.approx(4)
    assert value(ROOM, 'offset(the("b 2"), world(at=the("a")), axis="right")') == pytest.approx(-4)
    assert value(ROOM, 'offset(the("a"), world(at=the("b 1")), axis="forward")') == pytest.approx(-4)
