"""Depth from one picture: metres, at the picture's own size, with its camera."""

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
from allocentric.geometry.cameras import field_of_view_rad
from allocentric.geometry.pinhole import Pinhole
from allocentric.perception.adapters.depth import DepthEstimator, load_depth_estimator
from allocentric.perception.adapters.weights import Weights
from tests.perception import tiny_networks as tiny

WIDE: Final = np.random.default_rng(5).integers(0, 256, (40, 60, 3), dtype=np.uint8)
TALL: Final = np.random.default_rng(6).integers(0, 256, (50, 30, 3), dtype=np.uint8)
CAMERA: Final = Pinhole(60, 40, 45.0, 45.0, 30.0, 20.0)
NETWORKS: Final = [tiny.depth_anything, tiny.zoedepth, tiny.depth_pro]


@pytest.fixture(scope="module", params=NETWORKS, ids=["depth anything", "zoe", "depth pro"])
def estimator(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> DepthEstimator:
    return load_depth_estimator(Weights(tiny.saved(tmp_path_factory.mktemp("weights"), request.param)))


def test_depth_has_the_picture_s_size_and_lies_before_the_camera(estimator: DepthEstimator) -> None:
    wide, tall = estimator.estimate([WIDE, TALL], batch=1)
    assert wide.depth_m.shape == (40, 60)
    assert tall.depth_m.shape == (50, 30)
    known = wide.depth_m[np.isfinite(wide.depth_m)]
    assert known.size > 1000
    assert (known > 0).all()
    assert not wide.depth_m.flags.writeable


def test_a_batch_tells_what_single_pictures_tell(estimator: DepthEstimator) -> None:
    flipped = WIDE[::-1].copy()
    together = estimator.estimate([WIDE, flipped])
    alone = [estimator.estimate([each])[0] for each in (WIDE, flipped)]
    power = -1 if estimator.kind == "depth_pro" else 1  # that one tells inverse depth
    for many, one in zip(together, alone):
        assert np.allclose(many.depth_m**power, one.depth_m**power, rtol=1e-4, atol=1e-4, equal_nan=True)


def test_loaded_again_it_tells_the_same(estimator: DepthEstimator) -> None:
    again = load_depth_estimator(estimator.weights)
    first, second = estimator.estimate([WIDE])[0], again.estimate([WIDE])[0]
    assert np.array_equal(first.depth_m, second.depth_m, equal_nan=True)


def test_a_camera_that_is_given_comes_with_the_depth(estimator: DepthEstimator) -> None:
    (found,) = estimator.estimate([WIDE], [CAMERA])
    assert found.camera == CAMERA
    assert not found.camera_guessed


def test_cameras_that_are_not_the_pictures_are_refused(estimator: DepthEstimator) -> None:
    with pytest.raises(BadInput, match="there are 2 pictures and 1 cameras"):
        estimator.estimate([WIDE, TALL], [CAMERA])
    with pytest.raises(BadInput, match="the picture is 30 x 50 pixels, its camera 60 x 40"):
        estimator.estimate([TALL], [CAMERA])


class Answering:
    """A network that answers what it was told to."""

    dtype = torch.float32

    def __init__(self, depth: torch.Tensor, angle_deg: float | None = None) -> None:
        self.depth, self.angle_deg = depth, angle_deg

    def __call__(self, **inputs: Any) -> SimpleNamespace:
        angle = None if self.angle_deg is None else torch.tensor([self.angle_deg])
        return SimpleNamespace(predicted_depth=self.depth[None], field_of_view=angle)


def test_depth_pro_scales_by_the_focal_length_that_it_makes_out_or_is_given(tmp_path: pathlib.Path) -> None:
    estimator = load_depth_estimator(Weights(tiny.saved(tmp_path, tiny.depth_pro)))
    # A canonical inverse depth of 0.5: at a focal length of one picture's width, 2 m.
    told = dataclasses.replace(estimator, network=Answering(torch.full((56, 56), 0.5), 90.0))
    (guessed,), (known,) = told.estimate([WIDE]), told.estimate([WIDE], [CAMERA])
    assert guessed.camera_guessed
    assert guessed.camera is not None
    assert field_of_view_rad(guessed.camera)[0] == pytest.approx(np.pi / 2)
    assert np.allclose(guessed.depth_m, 1.0), "half a width"
    assert np.allclose(known.depth_m, 2.0 * 45 / 60)


def test_depth_pro_s_own_angle_makes_its_camera(tmp_path: pathlib.Path) -> None:
    estimator = load_depth_estimator(Weights(tiny.saved(tmp_path, tiny.depth_pro)))
    (found,) = estimator.estimate([WIDE])
    assert found.camera is not None
    assert field_of_view_rad(found.camera)[0] == pytest.approx(np.radians(60), rel=1e-5)


def test_depth_pro_without_an_angle_asks_for_the_camera(tmp_path: pathlib.Path) -> None:
    folder = tiny.saved(tmp_path, lambda path: tiny.depth_pro(path, sees_angle=False))
    estimator = load_depth_estimator(Weights(folder))
    with pytest.raises(BadInput, match="makes out no field of view, and no camera was given"):
        estimator.estimate([WIDE])
    assert estimator.estimate([WIDE], [CAMERA])[0].depth_m.shape == (40, 60)


def test_zoedepth_s_border_is_cut_off_so_that_what_it_saw_stays_in_place(tmp_path: pathlib.Path) -> None:
    estimator = load_depth_estimator(Weights(tiny.saved(tmp_path, tiny.zoedepth)))
    down, across = int(np.sqrt(40 / 2) * 3), int(np.sqrt(60 / 2) * 3)
    padded = torch.full((40 + 2 * down, 60 + 2 * across), 9.0)
    padded[down : down + 40, across : across + 60] = 2.0
    padded[down + 10, across + 20] = 3.0
    (found,) = dataclasses.replace(estimator, network=Answering(padded)).estimate([WIDE])
    expected = np.full((40, 60), 2.0)
    expected[10, 20] = 3.0
    assert np.allclose(found.depth_m, expected)


def test_what_is_not_before_the_camera_is_not_known(tmp_path: pathlib.Path) -> None:
    estimator = load_depth_estimator(Weights(tiny.saved(tmp_path, tiny.depth_anything)))
    depth = torch.full((40, 60), 4.0)
    depth[:5] = -1.0
    (found,) = dataclasses.replace(estimator, network=Answering(depth)).estimate([WIDE])
    assert np.isnan(found.depth_m[:5]).all()
    assert np.allclose(found.depth_m[5:], 4.0)


def test_relative_depth_has_no_metres_and_is_refused(tmp_path: pathlib.Path) -> None:
    folder = tiny.saved(tmp_path, lambda path: tiny.depth_anything(path, kind="relative"))
    with pytest.raises(BadInput, match="relative depth, which has no metres"):
        load_depth_estimator(Weights(folder))


def test_it_runs_in_half_precision(estimator: DepthEstimator) -> None:
    half = load_depth_estimator(dataclasses.replace(estimator.weights, dtype="bfloat16"))
    (found,) = half.estimate([WIDE])
    assert found.depth_m.dtype == np.float64
    assert np.isfinite(found.depth_m).any()
