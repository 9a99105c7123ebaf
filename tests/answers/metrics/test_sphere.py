import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.answers.kinds import Box, Expected
from allocentric.answers.metrics import metric
from allocentric.answers.metrics.sphere import (
    angle_between_rad,
    angular_error,
    direction,
    graticule_area,
    graticule_iou,
    great_area,
    great_iou,
)

DRAWN = 400_000
fields = st.tuples(
    st.floats(-math.pi, math.pi), st.floats(-1.5, 1.5), st.floats(0.1, 2.8), st.floats(0.1, 2.8)
)


def sphere(seed: int) -> np.ndarray:
    rays = np.random.default_rng(seed).normal(size=(DRAWN, 3))
    return np.asarray(rays / np.linalg.norm(rays, axis=1, keepdims=True))


def in_camera(rays: np.ndarray, field: Box) -> np.ndarray:
    """Whether a camera turned there sees each ray: by its tangent plane, not by half-spheres."""
    ahead = direction(field[0], field[1])
    left = np.array([-math.sin(field[0]), math.cos(field[0]), 0.0])
    up = np.cross(ahead, left)
    depth = rays @ ahead
    wide, high = (
        np.abs(rays @ left) <= depth * math.tan(field[2] / 2),
        np.abs(rays @ up) <= depth * math.tan(field[3] / 2),
    )
    return np.asarray((depth > 0) & wide & high)


def in_graticule(rays: np.ndarray, field: Box) -> np.ndarray:
    yaw, pitch = np.arctan2(rays[:, 1], rays[:, 0]), np.arcsin(rays[:, 2])
    off = np.abs((yaw - field[0] + math.pi) % (2 * math.pi) - math.pi)
    return np.asarray((off <= field[2] / 2) & (np.abs(pitch - field[1]) <= field[3] / 2))


PAIRS: list[tuple[Box, Box]] = [
    ((0.2, 0.1, 1.2, 0.8), (0.5, 0.3, 1.0, 1.1)),
    ((3.1, 0.0, 0.8, 0.8), (-3.0, 0.1, 0.9, 0.7)),  # over the seam
    ((0.0, 1.4, 1.0, 1.0), (2.5, 1.3, 1.2, 0.9)),  # over the pole
    ((0.0, 0.0, 2.9, 2.5), (0.3, -0.2, 0.5, 0.4)),  # one within the other
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_overlap_of_two_fields_is_what_rays_at_random_find(one: Box, other: Box) -> None:
    rays = sphere(7)
    first, second = in_camera(rays, one), in_camera(rays, other)
    assert great_area(one) == pytest.approx(4 * math.pi * first.mean(), rel=0.02)
    assert great_iou(one, other) == pytest.approx((first & second).sum() / (first | second).sum(), abs=0.01)


@pytest.mark.parametrize(("one", "other"), [*PAIRS, ((0, 0, 5.0, 0.5), (3.0, 0.1, 4.0, 0.9))])
def test_the_overlap_of_two_rectangles_of_yaw_and_pitch_is_what_rays_at_random_find(
    one: Box, other: Box
) -> None:
    rays = sphere(8)
    first, second = in_graticule(rays, one), in_graticule(rays, other)
    assert graticule_area(one) == pytest.approx(4 * math.pi * first.mean(), rel=0.02)
    assert graticule_iou(one, other) == pytest.approx(
        (first & second).sum() / (first | second).sum(), abs=0.01
    )


@given(fields, fields, st.floats(-10, 10))
@settings(max_examples=60)
def test_turning_the_panorama_changes_no_overlap(one: Box, other: Box, turn: float) -> None:
    turned = [(field[0] + turn, *field[1:]) for field in (one, other)]
    for rule in (great_iou, graticule_iou):
        found = rule(one, other)
        assert 0 <= found <= 1
        assert found == pytest.approx(rule(other, one), abs=1e-9)
        assert found == pytest.approx(rule(*turned), abs=1e-6)
        assert rule(one, one) == pytest.approx(1, abs=1e-6)


def test_six_square_fields_cover_the_sphere() -> None:
    assert 6 * great_area((0, 0, math.pi / 2, math.pi / 2)) == pytest.approx(4 * math.pi)


def test_a_field_of_half_the_sphere_or_more_is_none() -> None:
    score, truth = metric("spherical_iou").score, (0.0, 0.0, 1.0, 1.0)
    assert score((0.0, 0.0, 4.0, 1.0), truth, Expected("spherical_box")) == 0.0
    assert score((0.0, 0.0, -1.0, 1.0), truth, Expected("spherical_box")) == 0.0
    assert score((0.0, 0.0, 1.0, 1.0), truth, Expected("spherical_box")) == pytest.approx(1.0)


def test_an_angle_is_off_the_shorter_way_round() -> None:
    found = angular_error(math.radians(-179), math.radians(179), Expected("angle"))
    assert found == pytest.approx(math.radians(2))
    assert angular_error(None, 0.0, Expected("angle")) == math.pi
    pole = angular_error((0.0, math.radians(89)), (math.pi, math.radians(89)), Expected("point"))
    assert pole == pytest.approx(math.radians(2))


def test_small_angles_are_as_exact_as_large_ones() -> None:
    assert angle_between_rad(direction(0, 0), direction(1e-9, 0)) == pytest.approx(1e-9, rel=1e-6)
    assert angle_between_rad(direction(0, 0), direction(math.pi, 0)) == pytest.approx(math.pi)
