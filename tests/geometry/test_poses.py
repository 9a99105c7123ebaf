import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.geometry.frames import is_rotation, rotation_about_up
from allocentric.geometry.poses import Pose, rotation_between, rotation_from_quaternion

number = st.floats(-5, 5)
quaternions = st.tuples(number, number, number, number).filter(lambda q: sum(x * x for x in q) > 1e-3)


def test_the_inner_frames_of_a_product_meet_and_vanish() -> None:
    world_from_table = Pose(rotation_about_up(np.pi / 2), np.array([1.0, 0, 0]))
    table_from_cup = Pose(np.eye(3), np.array([1.0, 0, 0]))
    world_from_cup = world_from_table @ table_from_cup
    assert np.allclose(world_from_cup.apply(np.zeros(3)), [1, 1, 0])


@given(quaternions, st.tuples(number, number, number))
def test_a_pose_and_its_inverse_undo_each_other(
    quaternion: tuple[float, float, float, float], shift: tuple[float, float, float]
) -> None:
    pose = Pose(rotation_from_quaternion(*quaternion), np.array(shift))
    points = np.array([[1.0, 2, 3], [-4, 0, 1]])
    assert np.allclose(pose.inverse().apply(pose.apply(points)), points, atol=1e-9)
    assert np.allclose((pose @ pose.inverse()).rotation, np.eye(3), atol=1e-12)


@given(quaternions)
def test_every_quaternion_is_a_rotation_whatever_its_length(
    quaternion: tuple[float, float, float, float],
) -> None:
    rotation = rotation_from_quaternion(*quaternion)
    assert is_rotation(rotation)
    assert np.allclose(rotation, rotation_from_quaternion(*(-3 * np.array(quaternion))), atol=1e-9)


def test_a_quaternion_of_length_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="no rotation"):
        rotation_from_quaternion(0, 0, 0, 0)


def test_a_pose_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Pose(np.eye(3), np.zeros(3)).translation_m[0] = 1


@given(quaternions, quaternions, st.floats(0, 1))
def test_the_way_between_two_rotations_is_even_and_shortest(
    first: tuple[float, float, float, float], second: tuple[float, float, float, float], share: float
) -> None:
    start, end = rotation_from_quaternion(*first), rotation_from_quaternion(*second)
    between = rotation_between(start, end, share)
    assert is_rotation(between)

    def angle(a: np.ndarray, b: np.ndarray) -> float:
        return 2 * float(np.arcsin(np.clip(np.linalg.norm(a - b) / np.sqrt(8), 0, 1)))

    assert angle(start, between) == pytest.approx(share * angle(start, end), abs=1e-5)
    assert angle(between, end) == pytest.approx((1 - share) * angle(start, end), abs=1e-5)


def test_half_a_turn_is_made_about_its_own_axis() -> None:
    half = rotation_between(np.eye(3), np.diag([1.0, -1, -1]), 0.5)
    assert np.allclose(np.abs(half @ [0, 1, 0]), [0, 0, 1])
