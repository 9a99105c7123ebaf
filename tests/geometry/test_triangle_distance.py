"""The triangle kernels agree with least squares over every pair of faces, edges and corners."""

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.geometry.triangle_distance import point_triangle_gaps, triangle_gaps
from allocentric.seeds import stream
from tests.geometry.slow_triangles import slow_gaps

FLOOR = np.array([[0.0, 0, 0], [4, 0, 0], [0, 4, 0]])
# Small whole numbers: one draw in a few is flat, in one plane, touching or the same corner twice.
WHOLE = hnp.arrays(np.float64, (40, 3, 3), elements=st.integers(-2, 2).map(float))


def one_gap(first: np.ndarray, second: np.ndarray) -> float:
    return float(triangle_gaps(first[None], second[None]).gaps_m[0])


@pytest.mark.parametrize(
    ("second", "gap"),
    [
        ([[1, 1, 3], [1, 2, 5], [2, 1, 5]], 3.0),  # a corner over the inside of the face
        ([[1, 1, -1], [1, 1, 1], [1, 9, 1]], 0.0),  # an edge through the inside of the face
        ([[9, 1, 2], [-9, 1, 2], [0, 1, 9]], 2.0),  # an edge over the face, its ends far beyond
        ([[-3, -4, 0], [-9, -4, 0], [-3, -9, 0]], 5.0),  # two corners in one plane
        ([[1, 1, 0], [2, 1, 0], [1, 2, 0]], 0.0),  # within the face, in its plane
        ([[-9, 1, 0], [9, 1, 0], [0, -9, 0]], 0.0),  # crossing, in its plane
        ([[3, 3, 0], [5, 3, 0], [3, 5, 0]], np.sqrt(2)),  # parallel edges, in its plane
        ([[3, 3, 1], [5, 3, 1], [3, 5, 1]], np.sqrt(3)),  # parallel edges, a metre higher
        ([[2, 2, 0], [4, 4, 0], [4, 4, 5]], 0.0),  # a corner on an edge
        ([[-1, -1, 5], [-1, -1, -5], [-2, -2, 0]], np.sqrt(2)),  # a corner beside an upright edge
        ([[3, 4, 1], [4, 3, -1], [9, 9, 0]], 1.5 * np.sqrt(2)),  # two edges that cross at a distance
        ([[1, 1, 7], [1, 1, 7], [1, 1, 7]], 7.0),  # a point
    ],
)
def test_gap_measured_by_hand(second: list[list[float]], gap: float) -> None:
    assert one_gap(FLOOR, np.array(second, float)) == pytest.approx(gap, abs=1e-15)


@given(WHOLE, WHOLE)
@settings(max_examples=60, deadline=None)
def test_whole_number_triangles_agree_with_least_squares(first: np.ndarray, second: np.ndarray) -> None:
    np.testing.assert_allclose(triangle_gaps(first, second).gaps_m, slow_gaps(first, second), atol=1e-12)


@pytest.mark.parametrize(("scale", "meeting"), [(1.0, 0.2), (0.05, 0.0)])
def test_random_triangles_agree_with_least_squares(scale: float, meeting: float) -> None:
    rng = stream(1, "triangles", str(scale))
    first, second = rng.normal(size=(2, 4000, 3, 3)) * scale + rng.normal(size=(2, 4000, 1, 3)) * 0.7
    slow = slow_gaps(first, second)
    assert (slow < 1e-9).mean() == pytest.approx(meeting, abs=0.1)
    np.testing.assert_allclose(triangle_gaps(first, second).gaps_m, slow, atol=1e-12)


@pytest.mark.parametrize("lean", [1e-3, 1e-6, 1e-9, 1e-12])
def test_nearly_parallel_triangles_agree_with_least_squares(lean: float) -> None:
    rng = stream(1, "parallel", str(lean))
    first = rng.normal(size=(500, 3, 3))
    shift = rng.normal(size=(500, 1, 3)) * rng.choice([0.0, 0.01, 1.0], size=(500, 1, 1))
    second = first + lean * rng.normal(size=(500, 3, 3)) + shift
    np.testing.assert_allclose(triangle_gaps(first, second).gaps_m, slow_gaps(first, second), atol=1e-12)


@pytest.mark.parametrize("lean", [1e-2, 1e-4, 1e-6, 1e-8])
@pytest.mark.parametrize("height", [0.0, 1e-3])
def test_edges_that_cross_at_a_tiny_angle_are_as_far_as_their_height(lean: float, height: float) -> None:
    rng = stream(1, "crossing", str(lean))
    crossing, along = rng.normal(size=(2, 1000, 3))
    across = along + lean * rng.normal(size=(1000, 3))
    up = np.cross(along, across)
    above = crossing + height * up / np.linalg.norm(up, axis=1, keepdims=True)
    first = np.stack([crossing - 0.7 * along, crossing + 0.4 * along, crossing + 0.4 * along], axis=1)
    second = np.stack([above - 0.6 * across, above + 0.9 * across, above + 0.9 * across], axis=1)
    np.testing.assert_allclose(triangle_gaps(first, second).gaps_m, height, atol=1e-14)


@pytest.mark.parametrize("thin", [1e-3, 1e-6, 1e-9, 1e-12, 0.0])
def test_needles_agree_with_least_squares(thin: float) -> None:
    rng = stream(1, "needles", str(thin))
    first, second = rng.normal(size=(2, 500, 3, 3))
    first[:, 2] = (first[:, 0] + first[:, 1]) / 2 + thin * rng.normal(size=(500, 3))
    np.testing.assert_allclose(triangle_gaps(first, second).gaps_m, slow_gaps(first, second), atol=1e-12)


def test_closest_points_lie_on_the_triangles_and_are_as_far_apart_as_the_gap() -> None:
    first, second = stream(1, "points").normal(size=(2, 2000, 3, 3))
    gaps, on_first, on_second = triangle_gaps(first, second)
    np.testing.assert_allclose(np.linalg.norm(on_first - on_second, axis=1), gaps, atol=1e-12)
    for points, corners in ((on_first, first), (on_second, second)):
        assert slow_gaps(points[:, None].repeat(3, axis=1), corners).max() < 1e-12


def test_gap_is_the_same_from_either_side() -> None:
    first, second = stream(1, "symmetry").normal(size=(2, 2000, 3, 3))
    np.testing.assert_allclose(
        triangle_gaps(first, second).gaps_m, triangle_gaps(second, first).gaps_m, atol=1e-13
    )


@given(WHOLE, WHOLE)
@settings(max_examples=30, deadline=None)
def test_a_point_is_a_triangle_of_three_equal_corners(points: np.ndarray, triangles: np.ndarray) -> None:
    gaps, _, closest = point_triangle_gaps(points[:, 0], triangles)
    np.testing.assert_allclose(gaps, slow_gaps(points[:, :1].repeat(3, axis=1), triangles), atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(closest - points[:, 0], axis=1), gaps, atol=1e-12)
