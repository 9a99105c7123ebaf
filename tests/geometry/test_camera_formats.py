import math

import numpy as np
import pytest

from allocentric.errors import AllocentricError, BadInput, UnknownName
from allocentric.geometry.camera_formats import (
    COLMAP_MODELS,
    from_aria,
    from_colmap,
    from_opencv,
    from_opencv_fisheye,
    to_colmap,
)
from allocentric.geometry.cameras import Camera, Fisheye, Pinhole, project, unproject
from allocentric.geometry.distortion import Distortion
from tests.geometry.all_cameras import ARIA_ASIDE, ARIA_RADIAL, CAMERAS
from tests.real_data import folder

SIZE = (640, 480)
MATRIX = np.array([[500.0, 0, 319.5], [0, 510.0, 239.5], [0, 0, 1]])


@pytest.mark.parametrize(
    ("model", "numbers", "camera"),
    [
        ("SIMPLE_PINHOLE", (500, 320, 240), Pinhole(640, 480, 500, 500, 320, 240)),
        ("PINHOLE", (500, 510, 320, 240), Pinhole(640, 480, 500, 510, 320, 240)),
        ("SIMPLE_RADIAL", (500, 320, 240, 0.1), Pinhole(640, 480, 500, 500, 320, 240, Distortion(0.1))),
        ("RADIAL", (500, 320, 240, 0.1, 0.2), Pinhole(640, 480, 500, 500, 320, 240, Distortion(0.1, 0.2))),
        (
            "OPENCV",
            (500, 510, 320, 240, 0.1, 0.2, 0.3, 0.4),
            Pinhole(640, 480, 500, 510, 320, 240, Distortion(k1=0.1, k2=0.2, p1=0.3, p2=0.4)),
        ),
        (
            "FULL_OPENCV",
            (500, 510, 320, 240, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
            Pinhole(640, 480, 500, 510, 320, 240, Distortion(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)),
        ),
        ("SIMPLE_RADIAL_FISHEYE", (500, 320, 240, 0.1), Fisheye(640, 480, 500, 500, 320, 240, (0.1,))),
        ("RADIAL_FISHEYE", (500, 320, 240, 0.1, 0.2), Fisheye(640, 480, 500, 500, 320, 240, (0.1, 0.2))),
        (
            "OPENCV_FISHEYE",
            (500, 510, 320, 240, 0.1, 0.2, 0.3, 0.4),
            Fisheye(640, 480, 500, 510, 320, 240, (0.1, 0.2, 0.3, 0.4)),
        ),
        (
            "RAD_TAN_THIN_PRISM_FISHEYE",
            (500, 510, 320, 240, *range(1, 13)),
            Fisheye(640, 480, 500, 510, 320, 240, (1, 2, 3, 4, 5, 6), (7, 8), (9, 10, 11, 12)),
        ),
    ],
)
def test_a_line_of_colmap_is_read_in_its_own_order(
    model: str, numbers: tuple[float, ...], camera: Camera
) -> None:
    assert from_colmap(model, numbers, size_px=SIZE, where="") == camera


def test_every_model_that_is_read_is_in_the_list_of_this_test() -> None:
    assert len(COLMAP_MODELS) == 10


@pytest.mark.parametrize(
    "name", [name for name in CAMERAS if name not in ("thin prism",) and "panorama" not in name]
)
def test_a_camera_written_for_colmap_is_read_as_the_same_camera(name: str) -> None:
    camera = CAMERAS[name]
    size_px = camera.width_px, camera.height_px
    back = from_colmap(*to_colmap(camera, where=""), size_px=size_px, where="")
    points = np.random.default_rng(0).normal((0, 0, 2), 1, (100, 3))
    assert np.array_equal(project(camera, points)[0], project(back, points)[0], equal_nan=True)


def test_the_camera_of_the_released_door_is_read() -> None:
    line = (folder("gtsfm_lund_door") / "colmap_ground_truth" / "cameras.txt").read_text().splitlines()[-1]
    _, model, width, height, *numbers = line.split()
    camera = from_colmap(model, list(map(float, numbers)), size_px=(int(width), int(height)), where="")
    assert isinstance(camera, Pinhole)
    assert (camera.width_px, camera.fy_px, camera.cy_px) == (1296, 2435.38, 968)
    assert camera.distortion == Distortion(-0.0336422)
    corners = np.array([[0.0, 0], [1296, 0], [0, 1936], [1296, 1936]])
    assert np.allclose(project(camera, unproject(camera, corners))[0], corners, atol=1e-9)


def test_opencv_counts_from_the_middle_of_the_first_pixel() -> None:
    camera = from_opencv(MATRIX, size_px=SIZE)
    assert camera == Pinhole(640, 480, 500.0, 510.0, 320.0, 240.0)
    assert project(camera, np.array([0.0, 0, 1]))[0].tolist() == [320, 240]  # the middle of 640 x 480


@pytest.mark.parametrize("count", [4, 5, 8, 12, 14])
def test_opencv_s_coefficients_are_taken_in_its_order(count: int) -> None:
    numbers = (0.1, 0.2, 0.01, 0.02, 0.3, 0.4, 0.5, 0.6, 0.001, 0.002, 0.003, 0.004, 0.0, 0.0)[:count]
    assert from_opencv(MATRIX, numbers, size_px=SIZE).distortion == Distortion(*numbers[:12])


def test_opencv_s_fisheye_is_read() -> None:
    camera = from_opencv_fisheye(MATRIX, (0.1, 0.2, 0.3, 0.4), size_px=SIZE)
    assert camera == Fisheye(640, 480, 500.0, 510.0, 320.0, 240.0, (0.1, 0.2, 0.3, 0.4))


def test_aria_s_fisheye_is_read_in_its_own_order_and_counts_like_opencv() -> None:
    numbers = (597.36, 714.86, 716.42, *ARIA_RADIAL, *ARIA_ASIDE[0], *ARIA_ASIDE[1])
    camera = from_aria(numbers, size_px=(1408, 1408))
    assert camera == Fisheye(1408, 1408, 597.36, 597.36, 715.36, 716.92, ARIA_RADIAL, *ARIA_ASIDE)


@pytest.mark.parametrize(
    ("model", "numbers", "says"),
    [
        ("OPENCV", (500, 510, 320, 240), "OPENCV has 8 numbers, not 4"),
        ("PINHOLE", (0, 510, 320, 240), "focal lengths are above 0"),
        ("SIMPLE_RADIAL", (500, 320, 240, math.nan), "finite coefficients"),
    ],
)
def test_a_line_that_makes_no_camera_is_refused_with_its_place(
    model: str, numbers: tuple[float, ...], says: str
) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        from_colmap(model, numbers, size_px=SIZE, where="cameras.txt, line 4")
    assert caught.value.where == "cameras.txt, line 4"


def test_a_model_that_is_not_read_is_refused_with_the_near_miss() -> None:
    with pytest.raises(UnknownName, match="did you mean 'OPENCV'"):
        from_colmap("OPENCVV", (), size_px=SIZE, where="cameras.txt")


@pytest.mark.parametrize("name", ["thin prism", "panorama"])
def test_what_colmap_has_no_model_for_is_not_written(name: str) -> None:
    with pytest.raises(AllocentricError, match="COLMAP has no"):
        to_colmap(CAMERAS[name], where="out/cameras.txt")


def test_a_fisheye_with_more_terms_than_colmap_has_is_not_written() -> None:
    with pytest.raises(BadInput, match="six radial numbers, not 7"):
        to_colmap(Fisheye(640, 480, 1.0, 1.0, 0.0, 0.0, (0.1,) * 7), where="out/cameras.txt")


@pytest.mark.parametrize(
    ("matrix", "coefficients", "says"),
    [
        (MATRIX + np.eye(3, k=1), (), "camera matrix is"),
        (MATRIX, (0.1,) * 6, "4, 5, 8, 12 or 14"),
        (MATRIX, (0.1,) * 14, "tilted"),
    ],
)
def test_opencv_s_numbers_that_are_no_camera_of_ours_are_refused(
    matrix: np.ndarray, coefficients: tuple[float, ...], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        from_opencv(matrix, coefficients, size_px=SIZE)
