"""The readers of posed pictures on real releases."""

import math
import pathlib
import shutil

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole
from allocentric.worlds.read import read
from tests.real_data import folder
from tests.worlds import layouts, posed_layouts


def test_a_walk_with_a_headset_is_found_to_be_camera_to_world_to_the_centimetre() -> None:
    scene = read(folder("hololens_rgbd"))
    assert len(scene.views) == 25
    assert scene.source.warnings == ()
    note = scene.source.notes[0]
    assert note.startswith("camera-to-world detected: depth carried from frame to frame agrees to 0.712 cm")
    assert note.endswith("read as world-to-camera it is 97.1 cm off")
    assert "y up, turned to z up; the cameras' mean up leans 2.4° from z" in scene.source.notes
    heights = [each.world_from_camera.translation_m[2] for each in scene.views]
    assert np.ptp(heights) < 0.3, "a head stays at its height"


def spoiled(tmp_path: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(shutil.copytree(folder("hololens_rgbd"), tmp_path / "walk"))


def test_the_same_walk_with_its_poses_inverted_is_refused_with_the_reason(tmp_path: pathlib.Path) -> None:
    path = spoiled(tmp_path)
    rows = np.loadtxt(path / "poses.txt").reshape(-1, 4, 4)
    posed_layouts.write(path / "poses.txt", np.linalg.inv(rows))
    with pytest.raises(BadInput, match=r"poses look world-to-camera: median 0\.712 cm so against 97\.1 cm"):
        read(path)


def test_the_same_walk_with_its_poses_in_millimetres_is_refused_with_the_reason(
    tmp_path: pathlib.Path,
) -> None:
    path = spoiled(tmp_path)
    rows = np.loadtxt(path / "poses.txt").reshape(-1, 4, 4)
    rows[:, :3, 3] *= 1000
    posed_layouts.write(path / "poses.txt", rows)
    with pytest.raises(BadInput, match="depths look 1000 times too small"):
        read(path)


def test_five_frames_with_a_redwood_trajectory_pick_the_camera_that_fits() -> None:
    scene = read(folder("open3d_rgbd") / "RGBD")
    assert (len(scene.views), scene.metric, scene.tilt_rad) == (5, True, math.pi)
    assert scene.source.warnings == ()
    assert "agrees to 0.522 cm" in scene.source.notes[0]
    assert scene.source.notes[-1] == (
        "camera: camera_primesense.json, under which depths agree to 0.522 cm, not camera.json (0.75 cm)"
    )
    assert scene.views[0].camera == Pinhole(640, 480, 525.0, 525.0, 320.0, 240.0)


def test_a_released_model_of_a_door_projects_its_points_to_a_quarter_of_a_pixel() -> None:
    scene = read(folder("gtsfm_lund_door") / "colmap_ground_truth")
    assert len(scene.views) == 12
    assert scene.source.warnings == ()
    assert scene.source.notes[0].startswith("world-to-camera detected: 73327 points fall 0.22 px (median)")
    assert "points not kept: 11384" in scene.source.notes
    assert all(pathlib.Path(each.image or "").exists() for each in scene.views)
    assert scene.scale.high == math.inf


def test_three_photographs_of_a_street_are_worth_little_as_to_scale_and_north() -> None:
    scene = read(folder("opensfm_berlin") / "reconstruction_example.json")
    assert len(scene.views) == 3
    assert "100 % of the points are in a picture" in scene.source.notes[0]
    assert scene.scale.low < 1 < scene.scale.high < 5
    assert scene.north.full
    assert any("latitude 52.51896" in each for each in scene.source.notes)
    assert [each.time_s for each in scene.views] == [pytest.approx(28.569), 0, pytest.approx(9.105)]


def test_other_real_folders_are_no_posed_pictures(tmp_path: pathlib.Path) -> None:
    assert read(folder("aria_digital_twin")).source.format == "aria_digital_twin"
    assert read(layouts.aria(tmp_path / "walk")).source.format == "aria_digital_twin"
