import math

import pytest

from allocentric.intervals import Arc
from allocentric.scene.truth import Measured
from tests.oracle.told import cube, place, reason, told, value

# Someone stands at the origin and looks along x: the lamp is ahead and to the left, 30 degrees off.
ROOM = place(
    cube("spot", 0, 0),
    cube("goal", 4, 0),
    cube("lamp", 2 * math.sqrt(3), 2),
    cube("chair", -3, -3, front=(1, 0, 0)),
    cube("stool", 2, 0.5),
)
STANDING = 'standing(at=the("spot"), facing=the("goal"))'


@pytest.mark.parametrize(
    ("sectors", "sector"),
    [("left_right", "left"), ("quadrants", "front-left"), ("four", "front"), ("eight", "front-left")],
)
def test_thirty_degrees_to_the_left_lies_in(sectors: str, sector: str) -> None:
    assert value(ROOM, f'direction(the("lamp"), {STANDING}, sectors="{sectors}")') == sector


def test_a_direction_is_as_clear_as_it_is_far_from_its_border() -> None:
    result = told(ROOM, f'direction(the("lamp"), {STANDING}, sectors="four")')
    assert isinstance(result, Measured)
    assert result.margin is not None
    assert result.margin.gap == pytest.approx(math.radians(15))
    assert result.margin.unit == "rad"
    assert result.margin.clear == pytest.approx(1.5)


def test_left_is_positive_and_turning_right_is_the_rest_of_the_circle() -> None:
    assert value(ROOM, f'bearing(the("lamp"), {STANDING})') == pytest.approx(math.radians(30))


def test_a_footprint_across_the_border_is_in_no_one_sector() -> None:
    asked = f'direction(the("goal"), {STANDING}, sectors="left_right", geometry="box")'
    assert reason(ROOM, asked) == "overlap"


def test_north_must_be_known() -> None:
    asked = 'direction(the("lamp"), north(at=the("spot")), sectors="compass4")'
    assert reason(ROOM, asked) == "no_north"
    north_along_y = place(*ROOM.things(), north=Arc(math.pi / 2))
    assert value(north_along_y, asked) == "east"


def test_what_has_no_front_has_no_left() -> None:
    assert reason(ROOM, 'direction(the("lamp"), of(the("spot")), sectors="left_right")') == "no_front"


def test_whoever_faces_the_spot_that_he_stands_on_faces_nowhere() -> None:
    asked = 'direction(the("lamp"), standing(at=the("spot"), facing=the("spot")), sectors="four")'
    assert reason(ROOM, asked) == "overlap"


def test_facing_is_within_half_a_right_angle_of_the_front() -> None:
    assert value(ROOM, 'facing(the("chair"), the("goal"))') is True  # 23 degrees to its left
    assert value(ROOM, 'facing(the("chair"), the("goal"), within=deg(20))') is False
    assert value(ROOM, 'facing(the("chair"), the("spot"), within=deg(44))') is False  # at 45 degrees


def test_nothing_faces_itself_and_neither_end_is_between_the_two() -> None:
    assert value(ROOM, 'facing(the("chair"), the("chair"))') is False
    assert value(ROOM, 'between(the("spot"), the("spot"), the("goal"))') is False
    assert value(ROOM, 'between(the("goal"), the("spot"), the("goal"))') is False


def test_what_is_between_two_things_is_a_set_without_them() -> None:
    assert value(ROOM, 'between(the("spot"), the("goal"))') == ("stool",)


def test_a_loose_thing_is_left_and_right_where_it_may_be_either() -> None:
    loose = place(*ROOM.things()[:2], cube("ball", 3, 0.5, center_slack=(0, 1.0, 0)))
    assert reason(loose, f'direction(the("ball"), {STANDING}, sectors="left_right")') == "overlap"
    assert value(loose, f'direction(the("ball"), {STANDING}, sectors="four")') == "front"
