"""Motion blur by depth is what the mean of rendered instants is; a camera that stays blurs nothing."""

from dataclasses import replace

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.views.degradations.motion import exposed, hand_path, motion_blur, path_between
from allocentric.views.render import render
from allocentric.worlds.makers import make
from tests.views.degradations.seen import CAMERA, pictures, psnr

STILL = Pose(np.eye(3), np.zeros(3))


def test_a_camera_that_stays_blurs_nothing() -> None:
    picture = pictures()[0]
    assert np.array_equal(
        motion_blur(picture.colour, picture.range_m, CAMERA, path=[STILL] * 3), picture.colour
    )


def test_a_shift_by_one_pixel_at_each_depth_is_by_just_that() -> None:
    """Focal length 10: at 2 m a pixel is 0.2 m, and what is at infinity stays."""
    camera = Pinhole(8, 2, 10.0, 10.0, 4.0, 1.0)
    colour = np.zeros((2, 8, 3), np.uint8)
    colour[:, 4] = 255
    directions_m = np.full((2, 8), np.inf)
    right = Pose(np.eye(3), np.array([0.2, 0.0, 0.0]))
    assert np.array_equal(motion_blur(colour, directions_m, camera, path=[right]), colour)
    z = 2.0 * np.linalg.norm(_directions(camera), axis=2)
    moved = motion_blur(colour, z, camera, path=[right])
    assert (moved[:, 3] == 255).all()  # the camera went right, things go left
    assert (moved[:, 4] == 0).all()


def _directions(camera: Pinhole) -> np.ndarray:
    x = (np.arange(camera.width_px) + 0.5 - camera.cx_px) / camera.fx_px
    y = (np.arange(camera.height_px) + 0.5 - camera.cy_px) / camera.fy_px
    return np.dstack([*np.meshgrid(x, y), np.ones((camera.height_px, camera.width_px))])


def test_what_is_near_passes_before_what_is_far() -> None:
    """The near pixel is carried onto the far one's place, whichever comes first in memory."""
    camera = Pinhole(9, 1, 10.0, 10.0, 4.5, 0.5)
    colour = np.zeros((1, 9, 3), np.uint8)
    colour[0, 5], colour[0, 3] = (255, 0, 0), (0, 0, 255)
    range_m = np.full((1, 9), 1e6)
    for near, shift in ((5, 0.1), (3, -0.1)):  # a pixel at 1 m
        ranges = range_m.copy()
        ranges[0, near] = 1.0
        moved = motion_blur(colour, ranges, camera, path=[Pose(np.eye(3), np.array([shift, 0.0, 0.0]))])
        assert np.array_equal(moved[0, near - round(10 * shift)], colour[0, near])


def test_blur_by_depth_is_close_to_the_mean_of_rendered_instants() -> None:
    flat, picture = make("flat", 7), pictures()[0]
    path = hand_path(1 / 10, seed=2)
    held = picture.view.world_from_camera
    frames = [
        render(flat, replace(picture.view, world_from_camera=held @ each), finer=2).colour
        for each in path[::4]
    ]
    rendered = exposed(frames)
    blurred = motion_blur(picture.colour, picture.range_m, CAMERA, path=path[::4])
    assert psnr(rendered, picture.colour) < 38 < 40 < psnr(rendered, blurred)


def test_the_middle_of_a_hand_s_way_is_where_the_picture_was_taken() -> None:
    path = hand_path(0.25, seed=3)
    middle = path[len(path) // 2]
    np.testing.assert_allclose(middle.rotation, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(middle.translation_m, 0, atol=1e-12)
    length = np.linalg.norm(path[-1].translation_m - path[0].translation_m)
    assert length == pytest.approx(0.4 * 0.25)


def test_a_video_s_frame_is_blurred_along_the_way_from_view_to_view() -> None:
    before, after = Pose(np.eye(3), np.array([1.0, 2, 3])), Pose(np.eye(3), np.array([1.5, 2, 3]))
    path = path_between(before, after, seen_from=after, count=3)
    np.testing.assert_allclose([each.translation_m[0] for each in path], [-0.5, -0.25, 0.0])


def test_no_path_no_picture_and_no_distance_are_told() -> None:
    colour = np.zeros((2, 8, 3), np.uint8)
    camera = Pinhole(8, 2, 10.0, 10.0, 4.0, 1.0)
    with pytest.raises(BadInput, match="without poses"):
        motion_blur(colour, np.ones((2, 8)), camera, path=[])
    with pytest.raises(BadInput, match="not above 0"):
        motion_blur(colour, np.zeros((2, 8)), camera, path=[STILL])
    with pytest.raises(BadInput, match="no picture"):
        exposed([])
