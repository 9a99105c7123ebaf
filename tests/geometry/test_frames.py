import math

import numpy as np
import pytest

from allocentric.geometry.frames import (
    AXES,
    BODY_FROM_CAMERA,
    FORWARD,
    LEFT,
    UP,
    Z_UP_FROM_Y_UP,
    is_rotation,
    rotation_about_up,
    yaw_of,
)


def test_the_world_is_right_handed() -> None:
    assert np.allclose(np.cross(FORWARD, LEFT), UP)


def test_a_camera_looks_along_the_forward_axis_of_its_body() -> None:
    assert np.allclose(BODY_FROM_CAMERA @ [0, 0, 1], FORWARD)


def test_what_is_right_in_the_picture_is_right_of_the_body() -> None:
    assert np.allclose(BODY_FROM_CAMERA @ [1, 0, 0], -LEFT)


def test_what_is_low_in_the_picture_is_below_the_body() -> None:
    assert np.allclose(BODY_FROM_CAMERA @ [0, 1, 0], -UP)


def test_a_file_with_y_up_keeps_its_hands_and_its_up() -> None:
    assert np.allclose(Z_UP_FROM_Y_UP @ [0, 1, 0], UP)
    assert is_rotation(Z_UP_FROM_Y_UP)


def test_a_quarter_turn_left_carries_forward_to_left() -> None:
    assert np.allclose(rotation_about_up(math.pi / 2) @ FORWARD, LEFT)
    assert yaw_of(rotation_about_up(math.pi / 2)) == pytest.approx(math.pi / 2)


def test_right_and_backward_are_the_negatives_of_left_and_forward() -> None:
    for name, opposite in (("forward", "backward"), ("left", "right"), ("up", "down")):
        assert np.allclose(AXES[name], -np.array(AXES[opposite]))
    assert np.allclose(AXES["left"], LEFT)


@pytest.mark.parametrize("bad", [np.diag([1.0, 1, -1]), np.diag([1.0, 1, 1.01]), np.full((3, 3), np.nan)])
def test_mirrors_stretches_and_nans_are_no_rotations(bad: np.ndarray) -> None:
    assert not is_rotation(bad)
