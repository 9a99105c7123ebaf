"""The lens of an Aria camera, as pictures are stored and turned upright."""

import json
import pathlib
import struct
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Fisheye, project
from allocentric.worlds.read import read
from allocentric.worlds.readers.aria_calibration import camera_on_device, upright
from allocentric.worlds.readers.aria_digital_twin import STORED_FROM_UPRIGHT
from tests.worlds import layouts

LENS = [1200.0, 1460.0, 1465.0, 0.4, -0.49, 0.17, 1.1, -1.7, 0.65, 6e-4, 2e-4, -3e-4, 2.6e-4, -6.6e-4, 3.8e-5]


def calibrated(
    path: pathlib.Path, numbers: list[float], label: str = "camera-rgb", **place: Any
) -> pathlib.Path:
    told = {
        "Label": label,
        "T_Device_Camera": {"Translation": [0, 0, 0.1], "UnitQuaternion": [1, [0, 0, 0]]} | place,
        "Projection": {"Name": "FisheyeRadTanThinPrism", "Params": numbers},
    }
    text = json.dumps({"CameraCalibrations": [told]}).encode()
    path.write_bytes(b"VRS\0calib_json" + struct.pack("<I", len(text)) + text + b"\xff" * 9)
    return path


def test_a_point_is_where_it_is_in_the_stored_picture_turned_a_quarter_clockwise() -> None:
    stored = Fisheye(
        640,
        480,
        240.0,
        250.0,
        310.0,
        230.0,
        (-0.02, 0.09, -0.06, 0.009),
        (2e-3, -6e-3),
        (1e-3, -2e-3, 3e-3, 4e-4),
    )
    points = np.random.default_rng(2).normal((0, 0, 2), 1, size=(200, 3))
    there, seen = project(stored, points)
    turned, shown = project(upright(stored), points @ STORED_FROM_UPRIGHT)  # the same points, its own axes
    np.testing.assert_array_equal(seen, shown)
    assert seen.sum() > 50
    expected = np.stack([480 - there[:, 1], there[:, 0]], axis=1)
    np.testing.assert_allclose(turned[seen], expected[seen], atol=1e-9)


def test_pictures_show_the_middle_of_the_sensor_at_half_its_size(tmp_path: pathlib.Path) -> None:
    found = camera_on_device(calibrated(tmp_path / "video.vrs", LENS), "camera-rgb")
    assert found is not None
    assert found.stored is not None
    camera = found.stored
    assert (camera.width_px, camera.height_px, camera.fx_px) == (1408, 1408, 600)
    # The sensor's pixel 1460, counted from the middle of the first, is 1428.5 from the border shown.
    assert (camera.cx_px, camera.cy_px) == ((1460.5 - 32) / 2, (1465.5 - 32) / 2)
    assert camera_on_device(tmp_path / "video.vrs", "camera-slam-left") is None


def test_the_views_of_a_folder_have_the_lens_of_its_recording(tmp_path: pathlib.Path) -> None:
    folder = layouts.aria(tmp_path / "walk")
    assert read(folder).views[0].camera is None
    assert any(each.endswith("its lens is not told") for each in read(folder).source.notes)
    calibrated(folder / "video.vrs", LENS)
    camera = read(folder).views[0].camera
    assert isinstance(camera, Fisheye)
    assert (camera.width_px, camera.fx_px, camera.cy_px) == (1408, 600, (1460.5 - 32) / 2)


@pytest.mark.parametrize("numbers", [LENS[:-1], [-1.0, *LENS[1:]]])
def test_numbers_that_make_no_lens_are_refused(numbers: list[float], tmp_path: pathlib.Path) -> None:
    path = calibrated(tmp_path / "video.vrs", numbers)
    with pytest.raises(BadInput, match="the lens of camera-rgb is none"):
        camera_on_device(path, "camera-rgb")


def test_a_place_that_is_none_is_not_told(tmp_path: pathlib.Path) -> None:
    path = calibrated(tmp_path / "video.vrs", LENS, UnitQuaternion=[0, [0, 0, 0]])
    assert camera_on_device(path, "camera-rgb") is None
