"""Segmenters: masks are as large as the picture, and lie where the network saw them."""

import dataclasses
import json
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
from allocentric.perception.adapters.found import Box, Detection2D
from allocentric.perception.adapters.pictures import longest_side, stretched
from allocentric.perception.adapters.segmentation import (
    BoxSegmenter,
    instances,
    load_box_segmenter,
    load_instance_segmenter,
    masks_in_picture,
)
from allocentric.perception.adapters.weights import Weights
from tests.perception import tiny_networks as tiny

WIDE: Final = np.random.default_rng(5).integers(0, 256, (40, 80, 3), dtype=np.uint8)
BOXES: Final[tuple[Box, ...]] = ((10.0, 5.0, 50.0, 30.0), (0.0, 0.0, 80.0, 40.0), (60.5, 20.0, 70.0, 39.0))


@pytest.fixture(scope="module", params=[tiny.sam, tiny.sam2], ids=["sam", "sam2"])
def segmenter(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BoxSegmenter:
    return load_box_segmenter(Weights(tiny.saved(tmp_path_factory.mktemp("weights"), request.param)))


def test_each_box_gets_a_mask_as_large_as_the_picture(segmenter: BoxSegmenter) -> None:
    masks = segmenter.outline(WIDE, BOXES)
    assert masks.shape == (3, 40, 80)
    assert segmenter.outline(WIDE, ()).shape == (0, 40, 80)


def test_boxes_a_few_at_a_time_get_the_masks_of_all_at_once(segmenter: BoxSegmenter) -> None:
    assert (segmenter.outline(WIDE, BOXES) == segmenter.outline(WIDE, BOXES, batch=2)).mean() > 0.999


def test_loaded_again_it_outlines_the_same(segmenter: BoxSegmenter) -> None:
    again = load_box_segmenter(segmenter.weights)
    assert np.array_equal(segmenter.outline(WIDE, BOXES), again.outline(WIDE, BOXES))


def test_a_detection_keeps_its_name_score_and_box_and_gains_a_mask(segmenter: BoxSegmenter) -> None:
    found = (Detection2D("chair", 0.8, BOXES[0]), Detection2D("tv", 0.4, BOXES[2]))
    filled = segmenter.fill(WIDE, found)
    assert [(each.label, each.score, each.box_px) for each in filled] == [
        (each.label, each.score, each.box_px) for each in found
    ]
    assert all(each.mask is not None and each.mask.shape == (40, 80) for each in filled)


class Answering:
    """A SAM that outlines just the box it is asked about, in its own frame of 64 pixels."""

    dtype = torch.float32

    def get_image_embeddings(self, pixels: Any) -> Any:
        return pixels

    def __call__(self, input_boxes: Any, **inputs: Any) -> SimpleNamespace:
        middles = torch.arange(64) + 0.5
        masks = []
        for left, top, right, bottom in input_boxes[0].tolist():
            across = torch.minimum(middles - left, right - middles)
            down = torch.minimum(middles - top, bottom - middles)
            masks.append(torch.minimum(down[:, None], across[None, :]))
        return SimpleNamespace(pred_masks=torch.stack(masks)[None, :, None])


def test_a_mask_comes_back_to_where_its_box_is(segmenter: BoxSegmenter) -> None:
    told = dataclasses.replace(segmenter, network=Answering())
    for (left, top, right, bottom), mask in zip(BOXES, told.outline(WIDE, BOXES)):
        rows, columns = np.mgrid[0:40, 0:80] + 0.5
        inside = (columns > left) & (columns < right) & (rows > top) & (rows < bottom)
        edge = (np.abs(columns - left) < 2) | (np.abs(columns - right) < 2)
        edge |= (np.abs(rows - top) < 2) | (np.abs(rows - bottom) < 2)
        assert np.array_equal(mask[~edge], inside[~edge])
        assert abs(mask.sum() - inside.sum()) <= 0.12 * inside.sum()


def test_sam_s_pictures_boxes_and_masks_are_those_of_transformers(tmp_path: pathlib.Path) -> None:
    segmenter = load_box_segmenter(Weights(tiny.saved(tmp_path, tiny.sam)))
    processor = transformers.SamProcessor(transformers.SamImageProcessorPil.from_pretrained(tmp_path))
    theirs = processor(WIDE, input_boxes=[[list(each) for each in BOXES]], return_tensors="pt")
    frame, pixels = segmenter._prepared(WIDE)
    assert torch.allclose(pixels, theirs["pixel_values"][0], atol=1e-5)
    assert np.allclose(frame.into(np.array(BOXES)), theirs["input_boxes"][0])
    with torch.inference_mode():
        out = segmenter.network(
            pixel_values=theirs["pixel_values"],
            input_boxes=theirs["input_boxes"].float(),
            multimask_output=False,
        )
    masks = processor.post_process_masks(
        out.pred_masks, theirs["original_sizes"], theirs["reshaped_input_sizes"]
    )
    assert np.array_equal(masks[0][:, 0].numpy(), segmenter.outline(WIDE, BOXES))


def test_the_frame_of_a_network_and_the_picture_are_scaled_not_shifted() -> None:
    tall = np.zeros((90, 30, 3), dtype=np.uint8)
    box = np.array([[3.0, 9.0, 30.0, 90.0]])
    assert longest_side(tall, 60).into(box).tolist() == [[2, 6, 20, 60]]
    assert stretched(tall, 60, 60).into(box).tolist() == [[6, 6, 60, 60]]
    logits = torch.full((1, 15, 15), -1.0)
    logits[:, :, :5] = 1.0  # just where the picture is, in a frame a quarter as large
    assert (masks_in_picture(logits, longest_side(tall, 60)) > 0).float().mean() > 0.9


def test_sam2_is_read_from_the_release_for_video(tmp_path: pathlib.Path) -> None:
    folder = tiny.saved(tmp_path, tiny.sam2)
    before = load_box_segmenter(Weights(folder)).outline(WIDE, BOXES)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["model_type"] = "sam2_video"
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert np.array_equal(load_box_segmenter(Weights(folder)).outline(WIDE, BOXES), before)


def test_mask2former_s_things_have_its_labels_and_the_boxes_of_their_masks(tmp_path: pathlib.Path) -> None:
    segmenter = load_instance_segmenter(Weights(tiny.saved(tmp_path, tiny.mask2former)))
    assert segmenter.labels == ("chair", "table")
    first, second = segmenter.segment([WIDE, WIDE], least_score=0.0)
    assert first
    assert [each.score for each in first] == pytest.approx([each.score for each in second], abs=1e-5)
    for each in first:
        assert each.mask is not None
        assert each.mask.shape == (40, 80)
        left, top, right, bottom = (int(side) for side in each.box_px)
        assert each.mask[top:bottom, left:right].sum() == each.mask.sum() > 0


def test_a_query_s_score_is_its_label_s_times_its_pixels() -> None:
    masks = np.full((3, 4, 6), -5.0)
    masks[0, 1:3, 2:5] = np.log(4)  # a share of 0.8
    masks[1, 0, 0] = np.log(9)
    classes = np.log(np.array([[0.1, 0.9, 1e-9], [0.5, 0.3, 0.2], [0.9, 0.05, 0.05]]))
    found = instances(classes, masks, ("chair", "table"), least_score=0.3)
    assert [(each.label, each.box_px) for each in found] == [("table", (2, 1, 5, 3)), ("chair", (0, 0, 1, 1))]
    assert [each.score for each in found] == pytest.approx([0.72, 0.45])


def test_a_detector_s_weights_are_no_segmenter_s(tmp_path: pathlib.Path) -> None:
    folder = tiny.saved(tmp_path, tiny.owlv2)
    with pytest.raises(BadInput, match="a network of kind 'owlv2', which is not read here"):
        load_box_segmenter(Weights(folder))


def test_it_runs_in_half_precision(segmenter: BoxSegmenter) -> None:
    half = load_box_segmenter(dataclasses.replace(segmenter.weights, dtype="bfloat16"))
    assert half.network.dtype == torch.bfloat16
    assert half.outline(WIDE, BOXES).shape == (3, 40, 80)
