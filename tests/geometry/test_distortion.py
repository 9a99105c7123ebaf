import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.polynomial import Polynomial

from allocentric.geometry.distortion import Distortion, distort, first_fall, undistort
from allocentric.geometry.fisheye import Fisheye
from allocentric.geometry.increasing import inverse
from allocentric.seeds import stream
from tests.geometry.slow_cameras import slow_distortion

coefficients = st.lists(st.floats(-0.5, 0.5), min_size=6, max_size=6)
aside = st.lists(st.floats(-0.1, 0.1), min_size=6, max_size=6)


def scanned_reach(lens: Distortion, end: float = 3.0) -> float:
    """Where the radius first falls along a fine walk outwards; infinity where it does not up to `end`."""
    walk = np.linspace(0, end, 30_001)
    heights = np.array([slow_distortion(lens, (r, 0.0))[0] for r in walk.tolist()])
    falls = np.flatnonzero(np.diff(heights) <= 0)
    return float(walk[falls[0]]) if len(falls) else math.inf


@pytest.mark.parametrize(
    ("given", "reach"),
    [
        ((-1 / 3,), 1.0),  # 1 - r^2
        ((0.0, -0.2), 1.0),  # 1 - r^4
        ((0.3, 0.1), math.inf),
        ((0.0, 0.0, 0.0, 0.0, 0.0, 1.0), 1.0),  # r / (1 + r^2)
        ((0.0, 0.0, 1 / 6), 1.0),  # r + r^2 / 2 cos: opposite to p, the slope is 1 - r
        ((0.0, 0.0, 0.0, 1 / 6), 1.0),
        ((0.0,) * 8 + (0.5,), 1.0),  # x + x^2 / 2 along x
        ((0.0,) * 9 + (0.25,), 1.0),  # x + x^4 / 4
        ((0.0,) * 10 + (0.0, 0.25), 1.0),
        ((1.0, 0.0, 0.4), (2.4 - math.sqrt(1.76)) / 2),  # to be safe: 1 + r^2 against 2.4 r
    ],
)
def test_the_reach_is_as_worked_out_by_hand(given: tuple[float, ...], reach: float) -> None:
    assert Distortion(*given).reach == pytest.approx(reach, rel=1e-8)


@pytest.mark.parametrize("seed", range(12))
def test_the_reach_of_a_radial_lens_is_where_a_walk_outwards_first_turns_back(seed: int) -> None:
    k1, k2, k3, k4, k5, k6 = stream(seed, "radial").normal(0, 0.3, 6).tolist()
    lens = Distortion(k1, k2, 0, 0, k3, k4, k5, k6)
    scanned = scanned_reach(lens)
    assert lens.reach == pytest.approx(scanned, abs=3e-4) or (math.isinf(scanned) and lens.reach > 3)


@given(k=coefficients, p=aside, seed=st.integers(0, 100))
def test_within_its_reach_a_lens_keeps_points_apart_and_in_order(
    k: list[float], p: list[float], seed: int
) -> None:
    lens = Distortion(k[0], k[1], p[0], p[1], k[2], *k[3:], *p[2:])
    random = stream(seed, "pairs")
    radius, turn = (
        min(lens.reach, 3.0) * np.sqrt(random.random((2, 200))),
        random.uniform(0, math.tau, (2, 200)),
    )
    x, y = radius * np.cos(turn), radius * np.sin(turn)
    u, v = zip(*(distort(lens, x[row], y[row]) for row in (0, 1)))
    along = (u[1] - u[0]) * (x[1] - x[0]) + (v[1] - v[0]) * (y[1] - y[0])
    assert (along > 0).all()


def test_tangential_and_prism_terms_reach_as_far_as_order_is_kept_to_within_a_few_percent() -> None:
    lens = Distortion(-0.2, 0.02, 0.01, -0.02, 0.0, 0.0, 0.0, 0.0, 0.004, 0.0, -0.003, 0.0)
    random = stream(0, "outside")
    turn = random.uniform(0, math.tau, 2000)
    outside = [
        (1.15 * lens.reach * math.cos(each), 1.15 * lens.reach * math.sin(each)) for each in turn.tolist()
    ]
    step = 1e-6
    slopes = []
    for x, y in outside:
        away = math.hypot(x, y)
        ahead = slow_distortion(lens, (x + step * x / away, y + step * y / away))
        here = slow_distortion(lens, (x, y))
        slopes.append(((ahead[0] - here[0]) * x + (ahead[1] - here[1]) * y) / away / step)
    assert min(slopes) < 0


def test_coefficients_stand_in_the_order_of_opencv() -> None:
    numbers = tuple(each / 1000 for each in range(1, 13))
    lens = Distortion(*numbers)
    assert lens.coefficients == numbers
    assert (lens.k1, lens.k2, lens.p1, lens.p2, lens.k3, lens.k4, lens.s1) == (
        *(0.001, 0.002, 0.003, 0.004, 0.005),
        *(0.006, 0.009),
    )


def test_what_a_lens_does_not_reach_it_neither_bends_nor_unbends() -> None:
    lens = Distortion(-1 / 3, 0, 1e-4)
    beyond = np.array([1.01]), np.array([0.0])
    assert np.isnan(distort(lens, *beyond)).all()
    assert np.isnan(undistort(lens, np.array([0.7]), np.array([0.0]))).all()  # nothing gets beyond 2/3


@given(k=st.lists(st.floats(-1, 1), min_size=1, max_size=6))
def test_the_reach_of_a_fisheye_is_where_its_radius_stops_growing(k: list[float]) -> None:
    reach_rad = Fisheye(10, 10, 1.0, 1.0, 5.0, 5.0, tuple(k)).reach_rad
    angles = np.linspace(0, reach_rad, 500)
    slope = np.ones(500)
    for row, each in enumerate(k):
        slope += (2 * row + 3) * each * angles ** (2 * row + 2)
    assert (slope[:-1] > 0).all()
    assert reach_rad == math.pi or slope[-1] < 1e-6


def test_a_fisheye_bent_aside_reaches_no_farther_than_its_bending() -> None:
    camera = Fisheye(10, 10, 1.0, 1.0, 5.0, 5.0, (), (0.25, 0.0))
    assert camera.reach_rad == pytest.approx(1 / (6 * 0.25), rel=1e-8)


def test_the_first_fall_is_the_least_of_all_and_no_tiny_coefficient_brings_one() -> None:
    twice, once = Polynomial([1, -0.5]) * Polynomial([1, -1 / 3]), Polynomial([1, 0, -1 / 25])
    assert first_fall([once, twice]) == pytest.approx(2)
    assert first_fall([Polynomial([1.0, 0.0, 5e-324])]) == math.inf
    assert first_fall([Polynomial([1.0, 0.0, -5e-324])]) == math.inf


def test_an_increasing_curve_is_undone_to_the_last_digits_even_where_it_is_flat() -> None:
    at = stream(0, "curve").random(1000)
    found = inverse(lambda x: (x + x**7, 1 + 7 * x**6), at + at**7, math.inf)
    assert np.abs(found - at).max() < 1e-15
    steep = inverse(lambda x: (np.cbrt(x), 1 / (3 * np.cbrt(x) ** 2)), np.cbrt(at / 1000), 1.0)
    assert np.abs(steep - at / 1000).max() < 1e-15  # where Newton alone would run away
    flat = inverse(lambda x: (1 - (1 - x) ** 3, 3 * (1 - x) ** 2), np.array([1 - 1e-12, 1.5, np.nan]), 1.0)
    assert flat[0] == pytest.approx(1 - 1e-4, abs=1e-8)
    assert np.isnan(flat[1:]).all()
