"""Masks and 2D boxes lifted: the points are the thing's own, and as sure as they say."""

import dataclasses

import numpy as np
import pytest
from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.boxes import Boxes, point_gaps_m
from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.depth_visibility import KINECT, DepthNoise
from allocentric.geometry.distortion import Distortion
from allocentric.geometry.poses import Pose
from allocentric.perception.frames import Frame, frame_of
from allocentric.perception.lifting import Segments, lift, segments_of_boxes, segments_of_masks
from allocentric.perception.smoothing import smoothed
from tests.perception import rendered

CAMERA = Pinhole(80, 60, 80.0, 80.0, 40.0, 30.0)
HERE = Pose(np.eye(3), np.zeros(3))


def frame(depth_m: np.ndarray) -> Frame:
    return Frame("v", CAMERA, CAMERA, HERE, depth_m.astype(np.float32))


def slanted() -> np.ndarray:
    """The depth of a plane that leans away to the right."""
    across = (np.arange(80) + 0.5 - 40) / 80
    return np.broadcast_to(2 / (1 - 0.5 * across), (60, 80)).copy()


def of_view(row: int) -> tuple[Frame, Segments]:
    view = rendered.posed().views[row]
    name = str(view.image).replace("images/", "instances/")
    with Image.open(name) as image:
        numbers = np.asarray(image).astype(np.int64)
    true = rendered.room()
    return frame_of(view), Segments(numbers, true.labels, (1.0,) * len(true))


def test_lifted_points_lie_on_the_true_thing_to_a_millimetre() -> None:
    true = rendered.room()
    boxes = Boxes(true.centers, true.sizes, true.rotations)
    for row in (0, 9, 18):
        posed, segments = of_view(row)
        for each in lift(posed, segments):
            off_m = point_gaps_m(each.points_m, boxes.take(np.array([each.number - 1])))
            assert off_m.max() < 0.002
            assert each.label == true.labels[each.number - 1]
            assert each.range_m.low <= np.linalg.norm(each.points_m - each.eye_m, axis=1).min() + 1e-9
            left, top, right, bottom = each.box_px
            rows, columns = np.nonzero(segments.numbers == each.number)
            assert (left, top, right, bottom) == (
                columns.min(),
                rows.min(),
                columns.max() + 1,
                rows.max() + 1,
            )


def test_what_a_mask_bleeds_onto_the_wall_behind_is_left_out() -> None:
    depth_m = np.full((60, 80), 4.0)
    depth_m[20:40, 30:50] = 2.0
    numbers = np.zeros((60, 80), dtype=np.int64)
    numbers[19:41, 29:51] = 1  # a pixel too wide all round
    (found,) = lift(frame(depth_m), Segments(numbers, ("box",), (1.0,)))
    assert found.points_m[:, 2].max() == pytest.approx(2.0, abs=1e-6)
    assert found.pixels == 400
    (kept,) = lift(frame(depth_m), Segments(numbers, ("box",), (1.0,)), bleed_px=0)
    assert kept.pixels == 22 * 22


def test_a_thing_that_touches_what_is_behind_keeps_its_rim() -> None:
    numbers = np.zeros((60, 80), dtype=np.int64)
    numbers[20:40, 30:50] = 1
    (found,) = lift(frame(slanted()), Segments(numbers, ("poster",), (1.0,)))
    assert found.pixels == 400


def test_masks_of_too_few_pixels_are_no_detection() -> None:
    numbers = np.zeros((60, 80), dtype=np.int64)
    numbers[0, :5] = 1
    assert lift(frame(slanted()), Segments(numbers, ("crumb",), (1.0,))) == ()


@pytest.mark.parametrize("noise", [KINECT, DepthNoise(base_m=0.02)])
def test_noise_on_a_plane_is_smoothed_to_a_fifth_and_stated_as_large_as_it_is(noise: DepthNoise) -> None:
    random = np.random.default_rng(3)
    true_m = slanted()
    noisy_m = true_m + noise.sigma_m(true_m) * random.standard_normal(true_m.shape)
    smooth = smoothed(frame(noisy_m), np.ones((60, 80), dtype=np.int64), noise=noise)
    off_m = smooth.depth_m - true_m
    assert off_m.std() < 0.2 * (noisy_m - true_m).std()
    assert (np.abs(off_m) <= 3 * smooth.sigma_m).mean() > 0.99
    assert float((off_m / smooth.sigma_m).std()) == pytest.approx(1, abs=0.2)
    plane = np.array([-0.5, 0.0, 1.0]) / np.linalg.norm([-0.5, 0.0, 1.0])
    assert np.nanmedian(np.abs(smooth.normals @ plane)) > 0.999


def test_smoothing_blurs_no_step_and_changes_nothing_exact() -> None:
    depth_m = np.full((60, 80), 4.0)
    depth_m[:, 40:] = 2.0
    smooth = smoothed(frame(depth_m), np.ones((60, 80), dtype=np.int64), noise=KINECT)
    assert np.abs(smooth.depth_m - depth_m).max() < 1e-5


def test_of_masks_that_overlap_the_surest_has_the_pixel_and_then_the_smaller() -> None:
    whole, part = np.ones((4, 4), dtype=bool), np.zeros((4, 4), dtype=bool)
    part[1:3, 1:3] = True
    assert segments_of_masks([part, whole], ["cup", "tray"], [0.9, 0.9]).numbers[1, 1] == 1
    assert segments_of_masks([part, whole], ["cup", "tray"], [0.5, 0.9]).numbers[1, 1] == 2
    with pytest.raises(BadInput, match="masks of different sizes"):
        segments_of_masks([whole, np.ones((2, 2), dtype=bool)], ["a", "b"], [1.0, 1.0])
    with pytest.raises(BadInput, match="1 masks, 2 labels, 1 scores"):
        segments_of_masks([whole], ["a", "b"], [1.0])


def test_a_2d_box_is_lifted_as_what_stands_in_front_in_it_without_the_floor() -> None:
    posed, segments = max(map(of_view, range(40)), key=lambda each: int((each[1].numbers == 5).sum()))
    true = segments.numbers == 5
    rows, columns = np.nonzero(true)
    box = np.array([[columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]], dtype=float)
    found = segments_of_boxes(posed, box, ["thing"], scores=[1.0], floor_m=0.0).numbers == 1
    assert (found & true).sum() / (found | true).sum() > 0.5
    assert (found & true).sum() / true.sum() > 0.7


def test_masks_may_be_larger_than_the_depth_but_not_of_another_shape() -> None:
    numbers = np.zeros((120, 160), dtype=np.int64)
    numbers[40:80, 60:100] = 1
    (found,) = lift(frame(slanted()), Segments(numbers, ("poster",), (1.0,)))
    assert found.box_px == (30.0, 20.0, 50.0, 40.0)
    with pytest.raises(BadInput, match="does not show what one of 80 x 60 does"):
        lift(frame(slanted()), Segments(np.ones((60, 60), dtype=np.int64), ("poster",), (1.0,)))


def test_numbers_without_a_label_are_refused() -> None:
    with pytest.raises(BadInput, match="pixels of number 2"):
        Segments(np.full((2, 2), 2), ("cup",), (1.0,))


def test_a_lens_that_bends_is_straightened_before_depth_is_used() -> None:
    view = rendered.posed().views[0]
    bent = dataclasses.replace(rendered.CAMERA, distortion=Distortion(-0.1, 0.0, 0.0, 0.0, 0.0))
    straight = frame_of(dataclasses.replace(view, camera=bent))
    assert straight.camera == rendered.CAMERA
    plain = frame_of(view)
    middle = np.s_[55:65, 75:85]
    assert np.array_equal(straight.depth_m[middle], plain.depth_m[middle], equal_nan=True)
    assert not np.array_equal(straight.depth_m, plain.depth_m, equal_nan=True)
