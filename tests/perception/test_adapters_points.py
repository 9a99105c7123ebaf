"""Point maps: a point for each pixel of the picture, in metres where the network tells the scale."""

import dataclasses
import pathlib
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import pytest

pytest.importorskip("transformers")
pytest.importorskip("torch")

import torch

from allocentric.errors import BadInput
from allocentric.perception.adapters.pictures import centred, inside
from allocentric.perception.adapters.points import framed, load_point_mapper
from allocentric.perception.adapters.weights import Weights
from tests.perception import tiny_networks as tiny

WIDE: Final = np.random.default_rng(5).integers(0, 256, (40, 60, 3), dtype=np.uint8)
TALL: Final = np.random.default_rng(6).integers(0, 256, (50, 30, 3), dtype=np.uint8)


@pytest.mark.parametrize("tells_scale", [True, False])
def test_each_pixel_has_a_point_and_loaded_again_the_same(tells_scale: bool, tmp_path: pathlib.Path) -> None:
    folder = tiny.saved(tmp_path, lambda path: tiny.sapiens2(path, tells_scale=tells_scale))
    first = load_point_mapper(Weights(folder)).map([WIDE, TALL])
    again = load_point_mapper(Weights(folder)).map([WIDE, TALL])
    assert [each.points.shape for each in first] == [(40, 60, 3), (50, 30, 3)]
    assert all(np.array_equal(one.points, other.points) for one, other in zip(first, again))
    assert all(each.metric is tells_scale for each in first)
    assert not first[0].points.flags.writeable


class Answering:
    """A network whose points are the pixels of its frame, at half their true size."""

    dtype = torch.float32

    def __call__(self, pixel_values: Any) -> SimpleNamespace:
        height, width = pixel_values.shape[-2:]
        rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
        points = torch.stack([columns, rows, torch.ones_like(rows)]).float()[None]
        return SimpleNamespace(pointmaps=points, scales=torch.tensor([[0.5]]))


def test_points_come_back_from_the_middle_of_the_frame_at_their_true_size(tmp_path: pathlib.Path) -> None:
    mapper = load_point_mapper(Weights(tiny.saved(tmp_path, tiny.sapiens2)))
    picture = np.zeros((24, 32, 3), dtype=np.uint8)  # fills the frame's width; 12 rows above and below it
    (found,) = dataclasses.replace(mapper, network=Answering()).map([picture])
    assert found.points[0, 0].tolist() == [0.0, 24.0, 2.0]
    assert found.points[-1, -1].tolist() == [62.0, 70.0, 2.0]


def test_a_picture_lies_in_the_middle_of_its_frame_with_black_around_it() -> None:
    frame = centred(WIDE, 30, 50)
    assert frame.into(np.array([[0.0, 0, 60, 40]])).tolist() == [[0, 15, 30, 35]]
    numbers = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3}
    pixels = framed(np.full((40, 60, 3), 255, dtype=np.uint8), frame, numbers)
    assert (inside(pixels, frame) == 1).all()
    assert pixels.sum() == pytest.approx(3 * (30 * 20 - 30 * 30))


def test_weights_that_tell_no_points_are_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="kind 'owlv2', which is not read here"):
        load_point_mapper(Weights(tiny.saved(tmp_path, tiny.owlv2)))
