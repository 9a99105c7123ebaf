import math

import numpy as np
import pytest

from allocentric.geometry.cameras import (
    Camera,
    Fisheye,
    Panorama,
    Pinhole,
    depth_from_range,
    field_of_view_rad,
    from_depth,
    from_range,
    pixel_centres,
    project,
    range_from_depth,
    rays,
    reach_rad,
    scaled,
    unproject,
)
from allocentric.geometry.distortion import Distortion
from allocentric.seeds import stream
from tests.geometry.all_cameras import CAMERAS, each_camera, each_lens, pinhole
from tests.geometry.slow_cameras import slow_project

# Anchors, each checked by hand.


@each_lens
def test_a_point_straight_ahead_falls_on_the_principal_point(camera: Pinhole | Fisheye) -> None:
    pixels, visible = project(camera, np.array([0.0, 0.0, 7.0]))
    assert pixels.tolist() == [camera.cx_px, camera.cy_px]
    assert visible


@pytest.mark.parametrize(
    ("point", "pixel"),
    [
        ((1, 0, 1), (420, 240)),  # 1 m to the right at 1 m: 100 pixels to the right
        ((0, 1, 1), (320, 340)),  # 1 m down
        ((1, 0, 2), (370, 240)),  # twice as far: half as many
        ((-3, -2, 1), (20, 40)),
    ],
)
def test_a_pinhole_puts_a_point_where_the_ruler_says(point: tuple[int, ...], pixel: tuple[int, ...]) -> None:
    camera = Pinhole(640, 480, 100.0, 100.0, 320.0, 240.0)
    assert project(camera, np.array(point, float))[0].tolist() == list(pixel)


def test_distortion_moves_a_point_as_worked_out_by_hand() -> None:
    camera = Pinhole(1000, 1000, 100.0, 100.0, 500.0, 500.0, Distortion(0.1, 0.01, 0.02, 0.03))
    # (1, 2): r^2 = 5, g = 1 + 0.5 + 0.25 = 1.75,
    # x = 1.75 + 2 * 0.02 * 2 + 0.03 * (5 + 2) = 2.04, y = 3.5 + 0.02 * (5 + 8) + 2 * 0.03 * 2 = 3.88
    assert np.allclose(project(camera, np.array([1.0, 2.0, 1.0]))[0], [704, 888], atol=1e-12)


def test_an_equidistant_fisheye_counts_pixels_by_degrees() -> None:
    camera = Fisheye(640, 640, 180 / math.pi, 180 / math.pi, 320.0, 320.0)  # a pixel a degree
    points = np.array([[1.0, 0, 1], [0, 5, 0], [-1, 0, -1]])
    pixels, visible = project(camera, points)
    assert np.allclose(pixels, [[365, 320], [320, 410], [185, 320]])
    assert visible.all()


@pytest.mark.parametrize(
    ("point", "pixel"),
    [
        ((0, 0, 1), (200, 100)),  # ahead: the middle
        ((1, 0, 0), (300, 100)),  # right: three quarters of the width
        ((-1, 0, 0), (100, 100)),
        ((0, 0, -1), (0, 100)),  # straight back: the seam
        ((0, -1, 0), (200, 0)),  # up: the top row
        ((0, 1, 1), (200, 150)),  # 45 degrees down: three quarters of the height
    ],
)
def test_a_panorama_puts_directions_where_the_globe_has_them(
    point: tuple[int, ...], pixel: tuple[int, ...]
) -> None:
    pixels, visible = project(Panorama(400, 200), 3 * np.array(point, float))
    assert np.allclose(pixels, pixel, atol=1e-12)
    assert visible


def test_straight_down_is_in_the_last_row_of_a_panorama() -> None:
    pixels, visible = project(Panorama(400, 200), np.array([0.0, 1.0, 0.0]))
    assert visible
    assert math.floor(pixels[1]) == 199
    assert pixels[1] == pytest.approx(200, abs=1e-12)


def test_the_first_ray_of_a_picture_goes_through_the_middle_of_its_first_pixel() -> None:
    camera = Pinhole(4, 2, 1.0, 1.0, 2.0, 1.0)
    assert pixel_centres(camera)[0, 0].tolist() == [0.5, 0.5]
    assert pixel_centres(camera)[1, 3].tolist() == [3.5, 1.5]
    ray = rays(camera)[0, 0]
    assert np.allclose(ray / ray[2], [-1.5, -0.5, 1])


# What is not in the picture.


@each_lens
def test_what_is_behind_or_at_the_camera_has_no_image(camera: Pinhole | Fisheye) -> None:
    pixels, visible = project(camera, np.array([[0.0, 0, -1], [0, 0, 0], [0.1, 0, -5], [np.nan, 0, 1]]))
    assert not visible.any()
    if isinstance(camera, Pinhole):
        assert np.isnan(pixels).any(axis=1).all()


def test_a_panorama_has_no_image_of_its_own_place() -> None:
    pixels, visible = project(Panorama(400, 200), np.zeros(3))
    assert np.isnan(pixels).all()
    assert not visible


def test_the_picture_has_its_left_and_top_border_but_not_the_others() -> None:
    camera = Pinhole(640, 480, 100.0, 100.0, 320.0, 240.0)
    corners = np.array([[-3.2, -2.4, 1], [3.2, -2.4, 1], [-3.2, 2.4, 1], [3.19, 2.39, 1]])
    assert project(camera, corners)[1].tolist() == [True, False, False, True]


def test_a_point_outside_of_the_picture_still_has_a_pixel() -> None:
    pixels, visible = project(Pinhole(640, 480, 100.0, 100.0, 320.0, 240.0), np.array([10.0, 0, 1]))
    assert pixels.tolist() == [1320, 240]
    assert not visible


def test_a_point_beyond_the_reach_of_a_lens_is_not_visible_where_its_formula_would_bring_it_back() -> None:
    camera = pinhole(-1 / 3)  # r - r^3 / 3: 1.5 and 0.3957 fall on the same place
    inner, outer = np.array([0.3957, 0, 1]), np.array([1.5, 0, 1])
    assert slow_project(camera, tuple(inner)) == pytest.approx(slow_project(camera, tuple(outer)), abs=0.5)
    assert project(camera, np.stack([inner, outer]))[1].tolist() == [True, False]


def test_a_pixel_that_the_lens_cannot_reach_has_no_ray() -> None:
    camera = pinhole(-1 / 3, 0, 1e-3, 1e-3)  # all falls within 2/3 of the focal length
    directions = unproject(camera, np.array([[330.0 + 300, 235.0], [330.0 + 350, 235.0], [5000.0, 0.0]]))
    assert np.isnan(directions[:, 0]).tolist() == [False, True, True]


def test_a_panorama_has_no_ray_above_or_below_it() -> None:
    directions = unproject(Panorama(400, 200), np.array([[10.0, -1e-9], [10.0, 201], [10.0, 200]]))
    assert np.isnan(directions[:, 0]).tolist() == [True, True, False]


# Depth, range, field of view.


@each_camera
def test_depth_and_range_are_each_other_s_inverse_and_give_the_same_points(camera: Camera) -> None:
    small = scaled(camera, 0.1)
    range_m = stream(4, "range").uniform(1, 9, (small.height_px, small.width_px))
    depth_m = depth_from_range(small, range_m)
    points_m = from_range(small, range_m)
    ahead = ~np.isnan(depth_m)
    assert ahead.any()
    assert (depth_m[ahead] > 0).all()
    assert np.allclose(points_m[ahead][:, 2], depth_m[ahead])
    assert np.allclose(range_from_depth(small, depth_m)[ahead], range_m[ahead])
    assert np.allclose(from_depth(small, depth_m)[ahead], points_m[ahead])
    assert np.isnan(from_depth(small, np.where(ahead, depth_m, 1.0))[~ahead]).all()
    shown = ~np.isnan(points_m[..., 0])
    assert np.allclose(np.linalg.norm(points_m[shown], axis=1), range_m[shown])
    assert (points_m[shown & ~ahead][:, 2] <= 0).all()


def test_at_the_corner_of_a_wide_picture_range_is_longer_than_depth() -> None:
    camera = Pinhole(2, 2, 1.0, 1.0, 1.0, 1.0)
    depth_m = np.full((2, 2), 2.0)
    assert np.allclose(range_from_depth(camera, depth_m), 2 * math.sqrt(1.5))
    assert np.allclose(from_depth(camera, depth_m)[0, 1], [1, -1, 2])


def test_where_no_depth_was_measured_there_is_no_point() -> None:
    points = from_depth(Pinhole(3, 1, 1.0, 1.0, 1.5, 0.5), np.array([[0.0, np.nan, 2.0]]))
    assert np.isnan(points[..., 2]).tolist() == [[True, True, False]]


def test_a_depth_image_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="the image is 3 x 2, the camera's picture 640 x 480"):
        from_depth(pinhole(), np.ones((2, 3)))


@pytest.mark.parametrize(
    ("camera", "degrees"),
    [
        (Pinhole(200, 100, 100.0, 100.0, 100.0, 50.0), (90, 2 * math.degrees(math.atan(0.5)))),
        (Pinhole(200, 100, 100.0, 100.0, 0.0, 50.0), (math.degrees(math.atan(2)), 53.13010235415598)),
        (Fisheye(240, 100, 180 / math.pi, 180 / math.pi, 120.0, 50.0), (240, 100)),
        (Fisheye(500, 100, 180 / math.pi, 180 / math.pi, 250.0, 50.0), (360, 100)),
        (Panorama(400, 200), (360, 180)),
    ],
)
def test_the_field_of_view_is_as_worked_out_by_hand(camera: Camera, degrees: tuple[float, float]) -> None:
    assert np.allclose(np.degrees(field_of_view_rad(camera)), degrees)


def test_the_field_of_view_ends_at_the_reach_of_the_lens() -> None:
    camera = Pinhole(640, 480, 100.0, 100.0, 320.0, 240.0, Distortion(-1 / 3))
    assert np.degrees(field_of_view_rad(camera)) == pytest.approx([90, 90])
    assert math.degrees(reach_rad(camera)) == pytest.approx(45)


# Bad numbers.


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Pinhole(0, 480, 1.0, 1.0, 0.0, 0.0), "at least one pixel"),
        (lambda: Panorama(400, -1), "at least one pixel"),
        (lambda: Pinhole(640, 480, -1.0, 1.0, 0.0, 0.0), "focal lengths are above 0"),
        (lambda: Fisheye(640, 480, math.inf, 1.0, 0.0, 0.0), "focal lengths are above 0"),
        (lambda: Pinhole(640, 480, 1.0, 1.0, math.nan, 0.0), "principal point"),
        (lambda: Fisheye(640, 480, 1.0, 1.0, 0.0, 0.0, (math.nan,)), "finite coefficients"),
        (lambda: Distortion(k2=math.inf), "finite coefficients"),
        (lambda: Distortion(k6=1e31), "finite coefficients up to 1e\\+30, not 1e\\+31"),
        (lambda: scaled(Panorama(400, 200), 0.001), "at least one pixel"),
    ],
)
def test_numbers_that_make_no_camera_are_refused(make: object, says: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=says):
        make()


def test_single_precision_points_are_projected_in_double() -> None:
    point = np.array([1.0, 2.0, 3.0], dtype=np.float32)
    assert project(pinhole(), point)[0].tolist() == project(pinhole(), point.astype(float))[0].tolist()


def test_points_of_any_shape_keep_it() -> None:
    pixels, visible = project(pinhole(), np.ones((2, 3, 4, 3)))
    assert (pixels.shape, visible.shape) == ((2, 3, 4, 2), (2, 3, 4))
    assert unproject(pinhole(), pixels).shape == (2, 3, 4, 3)
    assert project(pinhole(), np.zeros((0, 3)))[0].shape == (0, 2)
    assert unproject(CAMERAS["opencv"], np.zeros((0, 2))).shape == (0, 3)
