"""Circles of confusion by hand, layers that leak nothing, lines that bend as the lens's formula says."""

import math

import numpy as np
import pytest
from jaxtyping import Float
from scipy import ndimage

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Panorama, Pinhole
from allocentric.views.degradations.lens import bent_pixels, circles_px, defocus, fisheye, spread, water_drops
from allocentric.views.degradations.pixels import light_of
from tests.views.degradations.seen import pictures

CAMERA = Pinhole(96, 64, 100.0, 100.0, 48.0, 32.0)


def stripes(seed: int) -> np.ndarray:
    """Colours without order."""
    return np.random.default_rng(seed).integers(0, 256, (64, 96, 3), dtype=np.uint8)


def test_the_circle_is_that_of_a_thin_lens() -> None:
    """f = 50 mm at f/2, focused at 2 m, of a point at 3 m: worked out from the lens equation."""
    focal, pitch = 0.05, 1e-5
    behind = [1 / (1 / focal - 1 / z) for z in (2.0, 3.0)]  # where the images come to lie
    across_m = (focal / 2) * abs(behind[1] - behind[0]) / behind[1]
    found = circles_px(np.array([[3.0]]), focal_px=behind[0] / pitch, aperture_m=focal / 2, focus_m=2.0)
    assert float(found[0, 0]) == pytest.approx(across_m / pitch, rel=1e-12)


@pytest.mark.parametrize("circle_px", [1.0, 3.3, 9.0])
def test_light_is_spread_as_a_plain_convolution_spreads_it(circle_px: float) -> None:
    light = light_of(stripes(1))
    light[:20] = 0  # of which the transform is spared
    reach = math.ceil(circle_px / 2)
    along = np.arange(-reach, reach + 1)
    disc = np.clip(circle_px / 2 + 0.5 - np.hypot(along, along[:, None]), 0, 1)
    slow = ndimage.convolve(light, (disc / disc.sum())[..., None], mode="constant")
    np.testing.assert_allclose(spread(light, circle_px), slow, atol=2e-6)


def two_depths(near_m: float, far_m: float) -> Float[np.ndarray, "64 96"]:
    """A near square before a far wall."""
    depth_m = np.full((64, 96), far_m)
    depth_m[20:44, 30:60] = near_m
    return depth_m


def test_what_is_in_focus_is_untouched_and_none_of_it_leaks_over_what_is_behind() -> None:
    depth_m = two_depths(1.0, 5.0)
    near = depth_m == 1.0
    first, second = stripes(1), stripes(1)
    second[near] = stripes(2)[near]
    seen = [defocus(each, depth_m, CAMERA, aperture_m=0.08, focus_m=1.0) for each in (first, second)]
    assert all(np.array_equal(blurred[near], sharp[near]) for blurred, sharp in zip(seen, (first, second)))
    assert np.array_equal(seen[0][~near], seen[1][~near])
    assert not np.array_equal(seen[0][~near], first[~near])


def test_what_is_near_and_blurred_lies_over_what_is_sharp_behind_it() -> None:
    depth_m = two_depths(1.0, 5.0)
    black, white = np.zeros((64, 96, 3), np.uint8), np.full((64, 96, 3), 255, np.uint8)
    colour = np.where((depth_m == 1.0)[..., None], white, black)
    seen = defocus(colour, depth_m, CAMERA, aperture_m=0.08, focus_m=5.0)
    reach = round(100 * 0.08 * (1 / 1.0 - 1 / 5.0) / 2)
    assert reach == 3
    assert (seen[32, 60 : 60 + reach - 1] > 0).all()
    assert (seen[32, 60 + reach + 1 :] == 0).all()


def test_one_colour_stays_one_colour_out_of_focus() -> None:
    grey = np.full((64, 96, 3), 90, np.uint8)
    depth_m = np.linspace(0.5, 9.0, 64 * 96).reshape(64, 96)
    assert np.array_equal(defocus(grey, depth_m, CAMERA, aperture_m=0.08, focus_m=1.0), grey)


def test_a_panorama_and_depths_of_0_have_no_focus() -> None:
    with pytest.raises(BadInput, match="no focal plane"):
        defocus(stripes(1), np.ones((64, 96)), Panorama(96, 64), aperture_m=0.01, focus_m=1.0)
    with pytest.raises(BadInput, match="not above 0"):
        defocus(stripes(1), np.zeros((64, 96)), CAMERA, aperture_m=0.01, focus_m=1.0)


def test_the_corners_and_the_middle_stay_and_between_them_it_is_as_the_lens_says() -> None:
    x, y = bent_pixels(99, 75, half_angle_rad=1.0)
    assert (x[37, 49], y[37, 49]) == (49.5, 37.5)
    half = math.hypot(99, 75) / 2
    for row, column in ((0, 0), (10, 80), (37, 60)):
        share = math.hypot(column + 0.5 - 49.5, row + 0.5 - 37.5) / half
        source = math.hypot(x[row, column] - 49.5, y[row, column] - 37.5) / half
        assert source == pytest.approx(math.tan(share) / math.tan(1.0), abs=1e-12)


def test_a_straight_line_off_the_middle_bulges_outwards() -> None:
    colour = np.zeros((64, 96, 3), np.uint8)
    colour[:16] = 255
    white = fisheye(colour, half_angle_rad=1.0).min(axis=2) > 127
    assert white[:, 48].sum() < white[:, 5].sum()


def test_more_drops_leave_the_fewer_ones_as_they_were() -> None:
    picture = pictures()[0].colour
    few, many = (water_drops(picture, count=count, seed=4) for count in (10, 40))
    touched = (few != picture).any(axis=2)
    assert 0 < touched.mean() < 0.5
    settled = ndimage.binary_erosion(touched, iterations=2)  # within the rims, which shine through
    assert np.array_equal(few[settled], many[settled])
    assert np.array_equal(water_drops(picture, count=0, seed=4), picture)


def test_a_drop_shows_the_scene_upside_down() -> None:
    colour = np.zeros((240, 320, 3), np.uint8)
    colour[:120] = 255
    wet = water_drops(colour, count=200, seed=0)
    below = wet[130:, :] > 200  # white, which is above, seen in the lower parts of drops that lie lower
    assert below.any()
