"""Light counted by hand: what comes through haze, what a sensor holds."""

import numpy as np
import pytest

from allocentric.views.degradations.exposure import (
    AIRLIGHT,
    FULL_WELL_E,
    READ_NOISE_E,
    haze,
    low_light,
    over_exposure,
)
from allocentric.views.degradations.pixels import light_of, numbers_of

EVERY = np.stack([np.arange(256, dtype=np.uint8).reshape(16, 16)] * 3, axis=-1)


def test_numbers_to_light_and_back_is_the_identity_on_every_number() -> None:
    assert np.array_equal(numbers_of(light_of(EVERY)), EVERY)


def test_half_of_the_light_comes_through_where_beta_times_range_is_the_logarithm_of_2() -> None:
    range_m = np.full((16, 16), 7.0)
    seen = haze(EVERY, range_m, beta_per_m=np.log(2) / 7)
    expected = (light_of(EVERY) + np.array(AIRLIGHT, dtype=np.float32)) / 2
    assert np.array_equal(seen, numbers_of(expected))


def test_at_no_distance_haze_hides_nothing_and_at_an_infinite_one_everything() -> None:
    assert np.array_equal(haze(EVERY, np.full((16, 16), 1e-12), beta_per_m=0.5), EVERY)
    air = haze(EVERY, np.full((16, 16), np.inf), beta_per_m=0.5)
    assert len(np.unique(air.reshape(-1, 3), axis=0)) == 1


def test_a_dark_picture_has_the_mean_and_the_noise_of_its_photons() -> None:
    white = np.full((200, 200, 3), 255, dtype=np.uint8)
    electrons = light_of(low_light(white, exposure=0.3, seed=1)).astype(float) * FULL_WELL_E
    assert electrons.mean() == pytest.approx(0.3 * FULL_WELL_E, rel=0.005)
    # The numbers of a picture are 0.5 % apart there, which adds a little to the noise.
    assert electrons.std() == pytest.approx(np.sqrt(0.3 * FULL_WELL_E + READ_NOISE_E**2), rel=0.05)


def test_twice_the_light_is_twice_the_light_up_to_white() -> None:
    before, after = light_of(EVERY), light_of(over_exposure(EVERY, exposure=2.0))
    np.testing.assert_allclose(after, np.minimum(2 * before, 1), atol=0.005)
