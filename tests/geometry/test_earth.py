"""Places on the earth, held to published values of WGS84 and to their own inverses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.geometry.earth import (
    EQUATOR_M,
    POLE_M,
    EarthPoint,
    earth_centred_m,
    enu_axes,
    enu_m,
    from_degrees,
    geodetic,
    geodetic_from_enu,
)
from allocentric.geometry.frames import is_rotation

places = st.builds(from_degrees, st.floats(-90, 90), st.floats(-180, 180), st.floats(-11_000, 100_000))


def test_the_half_axes_are_those_of_wgs84() -> None:
    assert EQUATOR_M == 6378137.0
    assert round(POLE_M, 4) == 6356752.3142


def test_the_equator_and_the_pole_lie_on_their_axes() -> None:
    there = earth_centred_m(
        np.stack([from_degrees(0, 0).row(), from_degrees(0, 90).row(), from_degrees(90, 0).row()])
    )
    np.testing.assert_allclose(there, np.diag([EQUATOR_M, EQUATOR_M, POLE_M]), atol=1e-9)


def test_a_place_agrees_with_published_values() -> None:
    # Latitude 42, longitude -82, height 200 m: as other toolboxes of geodesy hold themselves to.
    there = earth_centred_m(from_degrees(42, -82, 200).row())
    np.testing.assert_allclose(there, [660675.2518247, -4700948.6831600, 4245737.6622200], atol=1e-3)


def test_a_target_seen_from_a_place_agrees_with_published_values() -> None:
    # Azimuth 33, elevation 70, range 1000 m from there.
    target = geodetic(np.array([660930.1927610816, -4701424.222957011, 4246579.604632881]))
    seen = enu_m(target, from_degrees(42, -82, 200))
    np.testing.assert_allclose(seen, [186.277521, 286.842228, 939.692621], atol=1e-5)
    np.testing.assert_allclose(np.degrees(target[:2]), [42.002582, -81.997752], atol=1e-6)
    np.testing.assert_allclose(target[2], 1139.7018, atol=1e-4)


@given(places)
def test_the_way_to_the_middle_of_the_earth_and_back_is_exact(place: EarthPoint) -> None:
    there = earth_centred_m(place.row())
    back = geodetic(there)
    np.testing.assert_allclose(earth_centred_m(back), there, atol=5e-9)
    assert abs(back[2] - place.height_m) < 5e-9
    assert abs(back[0] - place.latitude_rad) < 1e-14


@given(places, st.tuples(*[st.floats(-20_000, 20_000)] * 3))
def test_metres_east_north_and_up_lead_back_to_the_place(
    origin: EarthPoint, offset_m: tuple[float, float, float]
) -> None:
    offset = np.array(offset_m)
    np.testing.assert_allclose(enu_m(geodetic_from_enu(offset, origin), origin), offset, atol=1e-8)


@given(places)
def test_east_north_and_up_are_axes_and_up_leads_away_from_the_ground(place: EarthPoint) -> None:
    assert is_rotation(enu_axes(place), 1e-12)
    higher = EarthPoint(place.latitude_rad, place.longitude_rad, place.height_m + 50)
    np.testing.assert_allclose(enu_m(higher.row(), place), [0, 0, 50], atol=1e-8)


def test_a_minute_of_latitude_is_a_nautical_mile_and_ground_falls_away() -> None:
    offset = enu_m(from_degrees(45 + 1 / 60, 9).row(), from_degrees(45, 9))
    np.testing.assert_allclose(offset[:2], [0, 1852.2], atol=0.1)
    np.testing.assert_allclose(offset[2], -(1852.2**2) / (2 * 6.37e6), rtol=0.01)


@pytest.mark.parametrize("place", [(90.1, 0, 0), (float("nan"), 0, 0), (0, float("inf"), 0)])
def test_no_place_on_the_earth_is_refused(place: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="no place on the earth"):
        from_degrees(*place)
