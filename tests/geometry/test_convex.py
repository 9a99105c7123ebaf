import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import nnls

from allocentric.geometry.convex import distance_to_origin

coordinate = st.floats(-3, 3)
clouds = st.lists(st.tuples(coordinate, coordinate, coordinate), min_size=1, max_size=12)


def of_hull(points: np.ndarray) -> float:
    return distance_to_origin(lambda direction: points[int(np.argmax(points @ direction))])


def slow_distance(points: np.ndarray) -> float:
    """Weights not below 0 that sum to 1 (held by a stiff row), by non-negative least squares."""
    stiff = 1e5
    matrix = np.vstack([points.T, np.full(len(points), stiff)])
    weights, _ = nnls(matrix, np.array([0.0, 0, 0, stiff]), maxiter=2000)
    return float(np.linalg.norm(points.T @ (weights / weights.sum())))


def test_a_box_two_metres_away_is_two_metres_away() -> None:
    corners = np.array([[x, y, z] for x in (2.0, 3) for y in (-1.0, 1) for z in (-1.0, 1)])
    assert of_hull(corners) == pytest.approx(2.0, abs=1e-12)


def test_a_corner_an_edge_and_a_point_are_met_exactly() -> None:
    cube = np.array([[x, y, z] for x in (0.0, 1) for y in (0.0, 1) for z in (0.0, 1)])
    assert of_hull(cube + np.array([3, 4, 0])) == pytest.approx(5.0, abs=1e-12)
    assert of_hull(cube + np.array([3, -0.5, 4])) == pytest.approx(5.0, abs=1e-12)
    assert of_hull(np.array([[1.0, 2, 2]])) == pytest.approx(3.0, abs=1e-12)


def test_a_hull_that_holds_the_origin_is_at_no_distance() -> None:
    cube = np.array([[x, y, z] for x in (-1.0, 1) for y in (-1.0, 1) for z in (-1.0, 1)])
    assert of_hull(cube) == 0.0
    assert of_hull(np.array([[-1.0, 0, 0], [1, 0, 0]])) == 0.0


@given(clouds)
def test_it_agrees_with_non_negative_least_squares_and_never_overestimates(
    cloud: list[tuple[float, float, float]],
) -> None:
    points = np.array(cloud)
    found, slow = of_hull(points), slow_distance(points)
    assert found <= slow + 1e-9
    assert found == pytest.approx(slow, abs=1e-4)
