import math

import numpy as np
import pytest

from allocentric.errors import UnknownName
from allocentric.geometry.frames import BODY_FROM_CAMERA
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import View
from tests.oracle.told import cube, place, reason, value

# A camera at (0, 0, 1) that looks along x, and a chair that looks along y.
AHEAD = View("ahead", Pose(BODY_FROM_CAMERA, np.array([0.0, 0.0, 1.0])))
ROOM = place(cube("chair", 0, 0, front=(0, 1, 0)), cube("lamp", 3, 1), cube("ball", 0, 4), views=(AHEAD,))


def test_a_camera_looks_forward_left_and_up_as_in_its_picture() -> None:
    for axis, length_m in {"forward": 3, "left": 1, "up": -0.5}.items():
        assert value(ROOM, f'offset(the("lamp"), camera(view("ahead")), axis="{axis}")') == pytest.approx(
            length_m
        )


def test_a_thing_looks_along_its_own_front() -> None:
    assert value(ROOM, 'direction(the("ball"), of(the("chair")), sectors="four")') == "front"
    assert value(ROOM, 'direction(the("lamp"), of(the("chair")), sectors="four")') == "right"


def test_turning_left_brings_what_was_left_to_the_front() -> None:
    turned = 'turned(of(the("chair")), deg(90))'
    assert value(ROOM, f'direction(the("ball"), {turned}, sectors="four")') == "right"


def test_moving_forward_comes_nearer_by_as_much() -> None:
    assert value(ROOM, 'distance(the("ball"), moved(of(the("chair")), forward=1))') == pytest.approx(2.5)


def test_a_turn_between_two_frames_is_the_angle_of_their_fronts() -> None:
    asked = 'turn(of(the("chair")), camera(view("ahead")))'
    assert abs(value(ROOM, asked)) == pytest.approx(math.pi / 2)


def test_a_view_of_another_name_is_an_error_and_a_front_that_lacks_is_an_answer() -> None:
    with pytest.raises(UnknownName, match="ahead"):
        value(ROOM, 'distance(the("lamp"), view("ahea"))')
    assert reason(ROOM, 'turn(of(the("lamp")), of(the("chair")))') == "no_front"
