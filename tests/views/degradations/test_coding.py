"""Few pixels are means of many; a coded picture is what a decoder shows."""

import numpy as np

from allocentric.views.degradations.coding import jpeg, low_resolution


def test_the_mean_of_the_picture_survives_few_pixels() -> None:
    colour = np.random.default_rng(1).integers(60, 200, (64, 64, 3), dtype=np.uint8)
    few = low_resolution(colour, factor=1 / 8)
    assert abs(float(few.mean()) - float(colour.mean())) < 1
    assert few.std() < 0.3 * colour.std()


def test_a_picture_narrower_than_one_of_the_few_pixels_is_one_colour() -> None:
    colour = np.random.default_rng(1).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    assert np.ptp(low_resolution(colour, factor=1 / 32), axis=(0, 1)).max() == 0


def test_a_coded_picture_has_its_size_and_blocks_of_8() -> None:
    ramp = np.tile(np.arange(0, 240, 3, dtype=np.uint8)[None, :, None], (50, 1, 3))
    coded = jpeg(ramp, quality=2)
    assert coded.shape == ramp.shape
    jumps = np.abs(np.diff(coded[25, :, 0].astype(int)))
    assert set(np.flatnonzero(jumps > 4) % 8) == {7}
