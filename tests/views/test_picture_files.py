"""Colours come out of files as they went in; what has no colours is refused."""

import pathlib

import numpy as np
import pytest
from PIL import Image

from allocentric.errors import BadInput
from allocentric.views.picture_files import read_colour, write_colour

COLOUR = np.random.default_rng(1).integers(0, 256, (5, 7, 3), dtype=np.uint8)


@pytest.mark.parametrize("suffix", ["png", "bmp", "tiff"])
def test_a_picture_comes_back_number_by_number(suffix: str, tmp_path: pathlib.Path) -> None:
    write_colour(tmp_path / f"a.{suffix}", COLOUR)
    assert np.array_equal(read_colour(tmp_path / f"a.{suffix}"), COLOUR)


def test_what_is_transparent_is_black_and_grey_is_grey(tmp_path: pathlib.Path) -> None:
    clear = np.dstack([COLOUR, np.zeros((5, 7), np.uint8)])
    Image.fromarray(clear).save(tmp_path / "clear.png")
    assert not read_colour(tmp_path / "clear.png").any()
    Image.fromarray(COLOUR[..., 0]).save(tmp_path / "grey.png")
    assert np.array_equal(read_colour(tmp_path / "grey.png"), np.dstack([COLOUR[..., 0]] * 3))


def test_a_depth_image_a_missing_file_and_a_lossy_suffix_are_refused(tmp_path: pathlib.Path) -> None:
    Image.fromarray(np.ones((4, 4), np.uint16)).save(tmp_path / "depth.png")
    with pytest.raises(BadInput, match="not a depth image"):
        read_colour(tmp_path / "depth.png")
    with pytest.raises(BadInput, match="missing"):
        read_colour(tmp_path / "none.png")
    with pytest.raises(BadInput, match="keeps every number"):
        write_colour(tmp_path / "a.jpg", COLOUR)
