"""Pixels and rays are each other's inverse, agree with the documents' formulas and keep the symmetries."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jaxtyping import Float

from allocentric.geometry.cameras import (
    Camera,
    Fisheye,
    Panorama,
    Pinhole,
    cropped,
    project,
    scaled,
    unproject,
)
from allocentric.geometry.distortion import Distortion
from allocentric.seeds import stream
from tests.geometry.all_cameras import CAMERAS, each_camera, each_lens
from tests.geometry.slow_cameras import slow_project, slow_unproject


def points_around(seed: int, ahead_m: float, count: int = 500) -> Float[np.ndarray, "n 3"]:
    """Points about a place ahead of the camera, some of them behind it."""
    return stream(seed, "points").normal((0, 0, ahead_m), 1, (count, 3))


def grid(camera: Camera, steps: int = 41) -> Float[np.ndarray, "n 2"]:
    """Pixels all over the picture, its borders and corners among them."""
    columns, rows = np.linspace(0, camera.width_px, steps), np.linspace(0, camera.height_px, steps)
    return np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)


def round_trip_px(camera: Camera, pixels: Float[np.ndarray, "n 2"]) -> Float[np.ndarray, " n"]:
    """How far from a pixel its own ray falls, the short way round a panorama; NaN where it has none."""
    apart = project(camera, unproject(camera, pixels))[0] - pixels
    if isinstance(camera, Panorama):
        apart[:, 0] -= camera.width_px * np.round(apart[:, 0] / camera.width_px)
    return np.asarray(np.abs(apart).max(axis=1))


# There and back.


@each_camera
def test_a_pixel_s_ray_falls_on_the_pixel_all_over_the_picture(camera: Camera) -> None:
    apart_px = round_trip_px(camera, grid(camera))
    assert not np.isnan(apart_px).any() or camera is CAMERAS["kannala brandt"]
    assert np.nanmax(apart_px) < 1e-9


@each_camera
def test_a_ray_is_of_length_one(camera: Camera) -> None:
    lengths = np.linalg.norm(unproject(camera, grid(camera)), axis=1)
    assert np.nanmax(np.abs(lengths - 1)) < 1e-14


@each_camera
def test_a_visible_point_lies_on_the_ray_of_its_pixel(camera: Camera) -> None:
    points = stream(5, "points").normal(0, 2, (4000, 3))
    pixels, visible = project(camera, points)
    assert visible.mean() > 0.02
    directions = points[visible] / np.linalg.norm(points[visible], axis=1)[:, None]
    back = unproject(camera, pixels[visible])
    assert not np.isnan(back).any()
    assert np.linalg.norm(back - directions, axis=1).max() < 1e-9


strong = st.sampled_from([0.0, 1e-3, 0.05])


@given(
    k=st.lists(st.floats(-0.5, 0.5), min_size=6, max_size=6),
    p=st.lists(st.floats(-1, 1), min_size=6, max_size=6),
    strength=strong,
    seed=st.integers(0, 1000),
)
def test_any_lens_is_undone_up_to_its_reach(
    k: list[float], p: list[float], strength: float, seed: int
) -> None:
    k1, k2, k3, *below = k
    p1, p2, *s = (strength * each for each in p)
    lens = Distortion(k1, k2, p1, p2, k3, *below, *s)
    camera = Pinhole(4000, 4000, 1000.0, 1000.0, 2000.0, 2000.0, lens)
    random = stream(seed, "disc")
    radius = min(lens.reach, 5.0) * (1 - 10.0 ** random.uniform(-6, 0, 50))
    turn = random.uniform(0, math.tau, 50)
    points = np.stack([radius * np.cos(turn), radius * np.sin(turn), np.ones(50)], axis=1)
    pixels, visible = project(camera, points)
    assert not np.isnan(pixels).any()
    assert (round_trip_px(camera, pixels[visible]) < 1e-9).all()


@given(
    k=st.lists(st.floats(-0.3, 0.3), min_size=0, max_size=6),
    p=st.lists(st.floats(-1, 1), min_size=6, max_size=6),
    strength=strong,
    seed=st.integers(0, 1000),
)
def test_any_fisheye_is_undone_up_to_its_reach(
    k: list[float], p: list[float], strength: float, seed: int
) -> None:
    q, r, s1, s2, s3, s4 = (strength * each for each in p)
    camera = Fisheye(4000, 4000, 600.0, 600.0, 2000.0, 2000.0, tuple(k), (q, r), (s1, s2, s3, s4))
    random = stream(seed, "cap")
    angle = camera.reach_rad * (1 - 10.0 ** random.uniform(-6, 0, 50))
    turn = random.uniform(0, math.tau, 50)
    across = np.sin(angle)
    points = np.stack([across * np.cos(turn), across * np.sin(turn), np.cos(angle)], axis=1)
    pixels, visible = project(camera, points)
    assert not np.isnan(pixels).any()
    assert (round_trip_px(camera, pixels[visible]) < 1e-9).all()


near_border = st.one_of(st.floats(0, 1), st.floats(-15, -1).map(lambda e: 10.0**e), st.just(0.0))


@given(across=near_border, down=near_border, mirrored=st.tuples(st.booleans(), st.booleans()))
def test_a_panorama_comes_back_at_the_seam_and_the_poles(
    across: float, down: float, mirrored: tuple[bool, bool]
) -> None:
    camera = Panorama(2048, 1024)
    shares = [1 - share if turned else share for share, turned in zip((across, down), mirrored)]
    pixel = np.array([shares]) * (camera.width_px, camera.height_px)
    assert round_trip_px(camera, pixel)[0] < 1e-9
    assert project(camera, unproject(camera, pixel))[1].all()


def test_a_panorama_goes_on_beyond_its_seam() -> None:
    camera = Panorama(400, 200)
    pixels = np.array([[-10.0, 60.0], [390.0, 60.0], [790.0, 60.0]])
    assert np.ptp(unproject(camera, pixels), axis=0).max() < 1e-14


def test_two_points_on_either_side_of_the_seam_are_on_either_side_of_the_picture() -> None:
    pixels, visible = project(Panorama(400, 200), np.array([[1e-9, 0, -1.0], [-1e-9, 0, -1.0]]))
    assert np.allclose(pixels, [[400, 100], [0, 100]], atol=1e-6)
    assert visible.all()


# The slow twin.


@each_camera
def test_pixels_agree_with_the_formulas_of_the_documents(camera: Camera) -> None:
    points = points_around(1, 1.0, 300)
    pixels, _ = project(camera, points)
    has_image = ~np.isnan(pixels[:, 0])
    slow = [slow_project(camera, tuple(point)) for point in points[has_image].tolist()]
    assert has_image.sum() > 50
    assert np.abs(pixels[has_image] - slow).max() < 1e-9 * np.abs(slow).max()


@each_lens
def test_rays_agree_with_bisection(camera: Pinhole | Fisheye) -> None:
    pixels = grid(camera, 6)
    directions = unproject(camera, pixels)
    inside = ~np.isnan(directions[:, 0])
    slow = np.array([slow_unproject(camera, tuple(pixel)) for pixel in pixels[inside].tolist()])
    slow /= np.linalg.norm(slow, axis=1)[:, None]
    assert inside.sum() > 20
    assert np.abs(directions[inside] - slow).max() < 1e-11


# Laws.


@each_camera
@given(point=st.tuples(*[st.floats(-5, 5).map(lambda each: round(each, 6))] * 3), factor=st.floats(0.01, 100))
def test_how_far_a_point_is_along_its_ray_does_not_matter(
    camera: Camera, point: tuple[float, float, float], factor: float
) -> None:
    assume(math.hypot(*point) > 0.1)
    pair = np.array([point, np.array(point) * factor])
    (one, other), _ = project(camera, pair)
    if isinstance(camera, Panorama) and abs(one[0] - other[0]) > camera.width_px / 2:
        other[0] += math.copysign(camera.width_px, one[0] - other[0])
    assert np.allclose(one, other, rtol=1e-11, atol=1e-9, equal_nan=True)


@given(seed=st.integers(0, 1000), columns=st.integers(-3000, 3000))
def test_turning_about_the_vertical_moves_a_panorama_by_columns(seed: int, columns: int) -> None:
    camera = Panorama(1000, 500)
    points = stream(seed, "turned").normal(size=(50, 3))
    angle = math.tau * columns / camera.width_px  # to the right: z goes to x
    cosine, sine = math.cos(angle), math.sin(angle)
    turned = points @ np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]]).T
    before, after = project(camera, points)[0], project(camera, turned)[0]
    moved = after - before - (columns, 0)
    moved[:, 0] -= camera.width_px * np.round(moved[:, 0] / camera.width_px)
    assert np.abs(moved).max() < 1e-8


def test_turning_the_camera_to_the_right_moves_what_is_ahead_to_the_left() -> None:
    pixels, _ = project(Panorama(400, 200), np.array([[0.0, 0, 1], [-1.0, 0, 1]]))
    assert pixels[:, 0].tolist() == [200, 150]


@each_camera
def test_a_mirrored_point_is_mirrored_about_the_axis_where_the_lens_is(camera: Camera) -> None:
    if isinstance(camera, Panorama):
        pixels = project(camera, np.array([[1.0, 0.3, 2], [-1.0, 0.3, 2]]))[0]
        assert pixels[:, 0].sum() == pytest.approx(camera.width_px)
        return
    lens = camera.distortion if isinstance(camera, Pinhole) else camera.aside
    pixels = project(camera, np.array([[0.3, 0.1, 2], [-0.3, 0.1, 2]]))[0]
    mirrored = pixels[:, 0].sum() == pytest.approx(2 * camera.cx_px)
    assert mirrored == (lens is None or lens.radial)


@each_camera
def test_a_scaled_camera_sees_the_same_at_the_scale(camera: Camera) -> None:
    points = points_around(2, 2.0)
    small = scaled(camera, 0.5)
    (pixels, visible), (halved, still_visible) = project(camera, points), project(small, points)
    assert (small.width_px, small.height_px) == (camera.width_px // 2, camera.height_px // 2)
    assert np.allclose(pixels / 2, halved, equal_nan=True)
    assert (visible == still_visible).all()


def test_a_scale_that_leaves_no_whole_pixels_stretches_the_picture_to_its_borders() -> None:
    camera = scaled(Pinhole(5, 4, 10.0, 10.0, 2.5, 2.0), 0.5)  # 2.5 x 2 pixels become 2 x 2
    assert (camera.width_px, camera.fx_px, camera.fy_px, camera.cx_px) == (2, 4.0, 5.0, 1.0)


@each_lens
def test_a_part_of_the_picture_is_the_picture_moved(camera: Pinhole | Fisheye) -> None:
    part = cropped(camera, left_px=100, top_px=50, width_px=200, height_px=150)
    points = points_around(3, 2.0)
    (pixels, _), (moved, visible) = project(camera, points), project(part, points)
    assert np.allclose(pixels - (100, 50), moved, equal_nan=True)
    assert visible.any()
    inside = ((pixels >= (100, 50)) & (pixels < (300, 200))).all(axis=1)
    assert (inside == visible).all()
