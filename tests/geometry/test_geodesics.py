"""Shortest ways on the ellipsoid against published numbers, against PROJ's, and there and back."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.geometry.geodesics import EARTH_M2, HALF_ROUND_M, reached, shortest

longitude, latitude = st.floats(-180, 180), st.floats(-89.9, 89.9)
places = st.tuples(longitude, latitude)


def one(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float, float]:
    ways = shortest(np.array([start], dtype=float), np.array([end], dtype=float))
    return float(ways.length_m[0]), float(ways.start_deg[0]), float(ways.end_deg[0])


def test_from_wellington_to_salamanca_is_as_long_as_its_author_says() -> None:
    # GeographicLib's documented example: 19959679.26735382 m, azimuths 161.06766998616, 18.825195123247
    length_m, start, end = one((174.81, -41.32), (-5.5, 40.96))
    assert length_m == pytest.approx(19959679.26735382, abs=1e-6)
    assert (start, end) == pytest.approx((161.06766998616, 18.825195123247), abs=1e-9)


def test_vincentys_own_line_from_flinders_peak_to_buninyong() -> None:
    # On GRS80, which is WGS84 within 0.1 mm here: 54972.271 m, 306 52 05.37 there, 127 10 25.07 back
    start, end = (144.424867889, -37.951033417), (143.926495528, -37.652821139)
    length_m, there, onward = one(start, end)
    assert length_m == pytest.approx(54972.271, abs=2e-3)
    assert there % 360 == pytest.approx(306.868159, abs=1e-5)
    assert (onward + 180) % 360 == pytest.approx(127.173631, abs=1e-5)


def test_a_quarter_of_a_meridian_and_of_the_equator() -> None:
    assert one((0, 0), (0, 90))[0] == pytest.approx(10001965.729, abs=1e-3)
    assert one((0, 0), (90, 0))[0] == pytest.approx(6378137 * math.pi / 2, abs=1e-6)


def test_no_two_places_are_farther_apart_than_the_poles_and_opposite_ends_of_the_equator_go_over_one() -> (
    None
):
    assert one((0, -90), (12, 90))[0] == pytest.approx(HALF_ROUND_M, abs=0.01)
    assert one((0, 0), (180, 0))[0] == pytest.approx(HALF_ROUND_M, abs=0.01)
    assert one((0, 0), (180, 0))[1] in (0.0, pytest.approx(180.0))


def test_a_place_is_no_way_off_itself_and_longitudes_wrap() -> None:
    assert one((10, 50), (10, 50))[0] == 0.0
    assert one((179.9, 20), (-179.9, 20)) == pytest.approx(one((-0.1, 20), (0.1, 20)), abs=1e-6)


def test_an_eighth_of_the_earth_is_between_two_quarter_meridians_and_the_equator() -> None:
    corners = np.array([[0.0, 0], [90, 0], [90, 90], [0, 90], [0, 0]])
    under = shortest(corners[:-1], corners[1:]).under_m2
    assert EARTH_M2 == pytest.approx(510065621724088.44, rel=1e-14)  # GeographicLib's documented total
    assert abs(under.sum()) == pytest.approx(EARTH_M2 / 8, rel=1e-12)


@given(places, places)
def test_who_goes_the_shortest_way_arrives(start: tuple[float, float], end: tuple[float, float]) -> None:
    ways = shortest(np.array([start]), np.array([end]))
    there = reached(np.array([start]), ways.start_deg, ways.length_m)
    assert one((there[0, 0], there[0, 1]), end)[0] < 1e-4


@given(places, places)
def test_back_is_as_long_as_there_and_all_mirrors_agree(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    length_m, _, end = one(a, b)
    back_m, back_start, _ = one(b, a)
    assert back_m == pytest.approx(length_m, abs=1e-6)
    assert one((-a[0], a[1]), (-b[0], b[1]))[0] == pytest.approx(length_m, abs=1e-6)
    assert one((a[0], -a[1]), (b[0], -b[1]))[0] == pytest.approx(length_m, abs=1e-6)
    if 1 < length_m < 19.8e6:
        assert math.remainder(back_start - end - 180, 360) == pytest.approx(0, abs=1e-4)


def test_lengths_azimuths_and_areas_are_those_of_proj_all_over_the_ellipsoid() -> None:
    proj = pytest.importorskip("pyproj").Geod(ellps="WGS84")
    draw = np.random.default_rng(4)
    starts = np.stack([draw.uniform(-180, 180, 3000), draw.uniform(-90, 90, 3000)], axis=1)
    ends = np.stack([draw.uniform(-180, 180, 3000), draw.uniform(-90, 90, 3000)], axis=1)
    ends[:1000] = starts[:1000] + draw.uniform(-1e-3, 1e-3, (1000, 2))  # near ones
    ends[1000:2000] = np.array([180.0, 0]) + starts[1000:2000] * [1, -1] + draw.uniform(-1, 1, (1000, 2))
    ends[:, 1] = np.clip(ends[:, 1], -90, 90)
    ways = shortest(starts, ends)
    azimuth, _, length_m = proj.inv(*starts.T, *ends.T)
    np.testing.assert_allclose(ways.length_m, length_m, atol=1e-6)
    turned = np.abs(np.remainder(ways.start_deg - azimuth + 180, 360) - 180)
    assert (turned * np.radians(1) * np.minimum(length_m, 2.0003931e7 - length_m) < 1e-3).all()
    for size in (1e-3, 0.5, 12.0):
        ring = np.array([[10 + size, 50], [10, 50 + size], [10 - size, 50], [10, 50 - size], [10 + size, 50]])
        own_m2 = abs(shortest(ring[:-1], ring[1:]).under_m2.sum())
        assert own_m2 == pytest.approx(abs(proj.polygon_area_perimeter(*ring.T)[0]), rel=1e-8)
