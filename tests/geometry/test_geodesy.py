"""East, north and up of a place, against the ellipsoid's own radii and round figures of the meridian."""

import numpy as np
import pytest

from allocentric.geometry.geodesy import Geographic, east_north_up_m


@pytest.mark.parametrize("latitude", [-60.0, 0.0, 52.5, 89.0])
def test_a_small_step_is_as_long_as_the_radii_of_the_ellipsoid_say(latitude: float) -> None:
    a, b = 6378137.0, 6356752.314245
    sine, cosine = np.sin(np.radians(latitude)), np.cos(np.radians(latitude))
    across = a * a / np.hypot(a * cosine, b * sine)
    along = (a * b) ** 2 / np.hypot(a * cosine, b * sine) ** 3
    step = 1e-5
    origin = Geographic(latitude, 13.0, 40.0)
    moved = east_north_up_m(Geographic(latitude + step, 13.0 + step, 41.5), origin)
    expected = [
        np.radians(step) * (across + 41.5) * np.cos(np.radians(latitude + step)),
        np.radians(step) * (along + 41.5),
        1.5,
    ]
    np.testing.assert_allclose(moved, expected, atol=2e-6)


def test_a_quarter_of_the_meridian_ends_at_the_pole() -> None:
    place = east_north_up_m(Geographic(90, 0), Geographic(0, 0))
    np.testing.assert_allclose(place, [0, 6356752.314245, -6378137.0], atol=1e-3)
