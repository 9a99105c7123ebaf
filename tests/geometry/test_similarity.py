import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.geometry.similarity import Similarity, fit_similarity
from allocentric.seeds import stream

number = st.floats(-5, 5)
similarities = st.builds(
    lambda quaternion, scale, shift: Similarity(
        scale, rotation_from_quaternion(*quaternion), np.array(shift)
    ),
    st.tuples(number, number, number, number).filter(lambda q: sum(x * x for x in q) > 1e-3),
    st.floats(1e-3, 1e3),
    st.tuples(number, number, number),
)
clouds = st.integers(0, 10_000).map(lambda seed: stream(seed, "cloud").normal(size=(seed % 7 + 3, 3)))


@given(similarities, clouds)
def test_the_similarity_that_moved_the_points_is_found_again(moved: Similarity, cloud: np.ndarray) -> None:
    found = fit_similarity(cloud, moved.apply(cloud))
    np.testing.assert_allclose(found.scale, moved.scale, rtol=1e-9)
    np.testing.assert_allclose(found.rotation, moved.rotation, atol=1e-8)
    np.testing.assert_allclose(found.apply(cloud), moved.apply(cloud), atol=1e-8 * max(1, moved.scale))


@given(similarities, clouds)
def test_a_similarity_and_its_inverse_undo_each_other(moved: Similarity, cloud: np.ndarray) -> None:
    np.testing.assert_allclose(moved.inverse().apply(moved.apply(cloud)), cloud, atol=1e-6)


@given(clouds, st.integers(0, 100))
def test_no_similarity_near_the_one_found_fits_better(cloud: np.ndarray, seed: int) -> None:
    draw = stream(seed, "noise")
    onto, weights = cloud[:, [1, 2, 0]] + draw.normal(size=cloud.shape), draw.uniform(0.1, 5, len(cloud))
    found = fit_similarity(cloud, onto, weights=weights)

    def cost(each: Similarity) -> float:
        return float(weights @ np.square(each.apply(cloud) - onto).sum(1))

    for _ in range(20):
        turn = rotation_from_quaternion(1, *draw.normal(scale=1e-3, size=3))
        scale, shift = float(np.exp(draw.normal(scale=1e-3))), draw.normal(scale=1e-3, size=3)
        near = Similarity(found.scale * scale, found.rotation @ turn, found.shift + shift)
        assert cost(found) <= cost(near) + 1e-12


def test_a_mirrored_cloud_is_turned_at_best_never_mirrored() -> None:
    cloud = stream(3, "cloud").normal(size=(12, 3))
    found = fit_similarity(cloud, cloud * [1, 1, -1])
    assert np.linalg.det(found.rotation) > 0
    assert np.linalg.norm(found.apply(cloud) - cloud * [1, 1, -1], axis=1).max() > 0.3


def test_points_of_one_plane_are_enough() -> None:
    moved = Similarity(3.0, rotation_from_quaternion(1, 2, 3, 4), np.array([1.0, 2, 3]))
    square = np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]])
    found = fit_similarity(square, moved.apply(square))
    np.testing.assert_allclose(found.rotation, moved.rotation, atol=1e-12)


@given(clouds, st.floats(-3, 3), st.floats(0.1, 10))
def test_an_upright_similarity_turns_about_the_vertical_alone(
    cloud: np.ndarray, yaw_rad: float, scale: float
) -> None:
    assume(np.ptp(cloud[:, :2], axis=0).max() > 0.1)
    moved = Similarity(scale, rotation_about_up(yaw_rad), np.array([4.0, 5, 6]))
    found = fit_similarity(cloud, moved.apply(cloud), upright=True)
    np.testing.assert_allclose(found.rotation, moved.rotation, atol=1e-9)
    tilted = fit_similarity(cloud, cloud @ rotation_from_quaternion(1, 0.1, 0, 0).T, upright=True)
    np.testing.assert_array_equal(tilted.rotation[2], [0, 0, 1])


def test_two_points_apart_on_the_floor_are_enough_for_an_upright_one() -> None:
    moved = Similarity(2.0, rotation_about_up(0.5), np.array([1.0, 0, 0]))
    pair = np.array([[0.0, 0, 0], [1, 2, 0]])
    np.testing.assert_allclose(fit_similarity(pair, moved.apply(pair), upright=True).rotation, moved.rotation)


LINE = np.array([[0.0, 0, 0], [1, 1, 1], [2, 2, 2], [5, 5, 5]])
CORNER = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])


@pytest.mark.parametrize(
    ("points", "onto", "upright", "says"),
    [
        (LINE, CORNER, False, "the points are all on one line"),
        (CORNER, LINE, False, "the points to carry them onto are all on one line"),
        (np.ones((4, 3)), CORNER, False, "the points are all in one place"),
        (CORNER[:2], CORNER[:2], False, "on one line"),
        (CORNER[:1], CORNER[:1], True, "in one place"),
        (CORNER[[0, 3]], CORNER[[0, 3]], True, "the points are all above each other"),
        (CORNER * [0.1, 0.1, 1], CORNER * [0.1, 0.1, -1], True, "upside down"),
        (CORNER, CORNER[:3], False, "4 points do not pair up with 3"),
        (CORNER * np.nan, CORNER, False, "not a finite number"),
    ],
)
def test_what_leaves_the_similarity_open_is_refused(
    points: np.ndarray, onto: np.ndarray, upright: bool, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        fit_similarity(points, onto, upright=upright)


def test_a_weight_of_nothing_and_a_scale_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="one weight, above 0"):
        fit_similarity(CORNER, CORNER, weights=np.array([1.0, 1, 1, 0]))
    with pytest.raises(ValueError, match="a scale above 0, not 0"):
        Similarity(0.0, np.eye(3), np.zeros(3))
    with pytest.raises(ValueError, match="right-handed"):
        Similarity(1.0, np.diag([1.0, 1, -1]), np.zeros(3))


def test_what_stands_in_one_frame_is_posed_in_the_other() -> None:
    carried = Similarity(2.0, rotation_about_up(np.pi / 2), np.array([0.0, 0, 1]))
    posed = carried.pose(Pose(np.eye(3), np.array([1.0, 0, 0])))
    np.testing.assert_allclose(posed.apply(np.zeros(3)), [0, 2, 1], atol=1e-12)
    np.testing.assert_allclose(posed.rotation @ [1, 0, 0], [0, 1, 0], atol=1e-12)
