"""Detectors: what they find is in the picture's own pixels, and called by a name that was asked for."""

import dataclasses
import pathlib
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import pytest

pytest.importorskip("transformers")
pytest.importorskip("torch")

import torch
import transformers

from allocentric.errors import BadInput
from allocentric.perception.adapters.detection import Detector, load_detector, square_pixels
from allocentric.perception.adapters.found import Detection2D, detections
from allocentric.perception.adapters.weights import Weights
from tests.perception import tiny_networks as tiny

LABELS: Final = ("Chair", "tv stand", "lamp")
WIDE: Final = np.random.default_rng(5).integers(0, 256, (40, 60, 3), dtype=np.uint8)
TALL: Final = np.random.default_rng(6).integers(0, 256, (50, 30, 3), dtype=np.uint8)


@pytest.fixture(scope="module", params=[tiny.grounding_dino, tiny.owlv2], ids=["dino", "owl"])
def detector(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Detector:
    return load_detector(Weights(tiny.saved(tmp_path_factory.mktemp("weights"), request.param)))


def everything(detector: Detector, *pictures: np.ndarray, **how: Any) -> list[tuple[Detection2D, ...]]:
    return detector.detect(pictures, LABELS, least_score=0.0, most_overlap=1.0, **how)


def test_what_is_found_lies_in_its_picture_under_a_name_that_was_asked_for(detector: Detector) -> None:
    found = everything(detector, WIDE, WIDE, TALL)
    assert len(found) == 3
    assert any(found)
    for picture, things in zip((WIDE, WIDE, TALL), found):
        height, width = picture.shape[:2]
        assert [each.score for each in things] == sorted((each.score for each in things), reverse=True)
        for each in things:
            left, top, right, bottom = each.box_px
            assert each.label in LABELS
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height


def test_a_batch_finds_what_single_pictures_find(detector: Detector) -> None:
    together = everything(detector, WIDE, WIDE[::-1].copy(), batch=2)
    alone = [everything(detector, each)[0] for each in (WIDE, WIDE[::-1].copy())]
    for many, one in zip(together, alone):
        assert np.allclose([each.box_px for each in many], [each.box_px for each in one], atol=1e-3)
        assert np.allclose([each.score for each in many], [each.score for each in one], atol=1e-5)


def test_loaded_again_it_finds_the_same(detector: Detector) -> None:
    again = load_detector(detector.weights)
    first, second = everything(detector, WIDE)[0], everything(again, WIDE)[0]
    assert [(each.label, each.score, each.box_px) for each in first] == [
        (each.label, each.score, each.box_px) for each in second
    ]


def test_it_runs_in_half_precision(detector: Detector) -> None:
    half = load_detector(dataclasses.replace(detector.weights, dtype="bfloat16"))
    assert half.network.dtype == torch.bfloat16
    assert everything(half, WIDE)[0]


class Answering:
    """A network that answers what it was told to."""

    def __init__(self, detector: Detector, logits: torch.Tensor, boxes: torch.Tensor) -> None:
        self.config, self.dtype = detector.network.config, torch.float32
        self.logits, self.boxes = logits, boxes

    def __call__(self, **inputs: Any) -> SimpleNamespace:
        return SimpleNamespace(logits=self.logits, pred_boxes=self.boxes)


def test_grounding_dino_s_boxes_are_shares_of_the_picture_and_words_of_a_label_count_together(
    tmp_path: pathlib.Path,
) -> None:
    detector = load_detector(Weights(tiny.saved(tmp_path, tiny.grounding_dino)))
    # [CLS] chair . tv stand . lamp . [SEP]
    logits = torch.full((1, 2, 32), -torch.inf)
    logits[0, :, :9] = -9.0
    logits[0, 0, 4] = 2.0  # "stand"
    logits[0, 1, 2] = 5.0  # a full stop is no name
    logits[0, 1, 6] = 1.0  # "lamp"
    boxes = torch.tensor([[[0.5, 0.5, 0.5, 0.25], [0.95, 0.1, 0.2, 0.2]]])
    told = dataclasses.replace(detector, network=Answering(detector, logits, boxes))
    (found,) = told.detect([WIDE], LABELS)
    assert [each.label for each in found] == ["tv stand", "lamp"]
    assert np.allclose(found[0].box_px, (15, 15, 45, 25))
    assert np.allclose(found[1].box_px, (51, 0, 60, 8)), "cut at the border"
    assert found[0].score == pytest.approx(1 / (1 + np.exp(-2.0)))


@pytest.mark.parametrize(
    ("picture", "box_px"), [(WIDE, (24, 12, 36, 18)), (TALL, (20, 10, 30, 15))], ids=["wide", "tall"]
)
def test_owlv2_s_boxes_are_shares_of_the_square_round_the_picture(
    picture: np.ndarray, box_px: tuple[float, ...], tmp_path: pathlib.Path
) -> None:
    detector = load_detector(Weights(tiny.saved(tmp_path, tiny.owlv2)))
    logits = torch.tensor([[[-9.0, 1.0, 0.0], [3.0, 0.0, 0.0]]])
    boxes = torch.tensor([[[0.5, 0.25, 0.2, 0.1], [0.5, 1.2, 0.1, 0.1]]])  # the second is in no picture
    told = dataclasses.replace(detector, network=Answering(detector, logits, boxes))
    ((only,),) = told.detect([picture], LABELS)
    assert only.label == "tv stand"
    assert np.allclose(only.box_px, box_px)


def test_owlv2_s_pictures_are_prepared_as_transformers_prepares_them() -> None:
    numbers = {"size": {"height": 48, "width": 48}, "image_mean": tiny.MEAN, "image_std": tiny.SPREAD}
    smooth = np.linspace(0, 255, 120)[None, :, None] * np.linspace(0.2, 1, 90)[:, None, None]
    picture = np.repeat(smooth, 3, axis=2).astype(np.uint8)
    theirs = transformers.Owlv2ImageProcessorPil(**numbers)([picture], return_tensors="np")["pixel_values"]
    ours = square_pixels(picture, numbers).numpy()
    inside = ours[:, 2:33, 2:46]  # the smoothing differs where the picture ends
    assert np.abs(inside - theirs[0][:, 2:33, 2:46]).max() < 0.05


def test_of_boxes_that_overlap_under_one_label_the_surest_stays() -> None:
    boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 9], [0, 0, 10, 10], [20, 20, 30, 30]])
    scores = np.array([[0.6, 0], [0.9, 0], [0, 0.8], [0.7, 0]])
    found = detections(scores, boxes, ("a", "b"), size_px=(25, 40), least_score=0.5, most_overlap=0.5)
    assert [(each.label, each.score, each.box_px) for each in found] == [
        ("a", 0.9, (0, 0, 10, 9)),
        ("b", 0.8, (0, 0, 10, 10)),
        ("a", 0.7, (20, 20, 25, 30)),
    ]


@pytest.mark.parametrize("labels", [(), ("",), ("no. 5",), ("abcdefgh",) * 40])
def test_names_that_cannot_be_asked_for_are_refused(detector: Detector, labels: tuple[str, ...]) -> None:
    if detector.kind == "owlv2" and len(labels) > 1:
        labels = ("abcdefghijklmnopqrstuvwxyz",)
    with pytest.raises(BadInput, match="the labels to look for"):
        detector.detect([WIDE], labels)
