"""Reconstructions by OpenSfM and COLMAP: what pictures cannot tell is a bound, misfits are refused."""

import json
import pathlib
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import Fisheye, Panorama, Pinhole
from allocentric.worlds.read import read
from tests.worlds import posed_layouts as layouts
from tests.worlds import walk

# OpenSfM


def turned(row: int, pose: Any) -> list[float]:
    """GPS of a world twice as large, turned by 40 degrees; its x is east."""
    angle = np.radians(40)
    x, y, z = pose[:3, 3] + [0, 0.3 * row**2, 0.1 * row]
    return [2 * (np.cos(angle) * x - np.sin(angle) * y), 2 * (np.sin(angle) * x + np.cos(angle) * y), 2 * z]


def test_the_gps_bounds_scale_north_and_gravity(tmp_path: pathlib.Path) -> None:
    path = layouts.opensfm(tmp_path, gps_position=turned, gps_dop=lambda row, pose: 0.002)
    text = json.loads(path.read_text())
    for row, shot in enumerate(text[0]["shots"].values()):  # the same bend as in the GPS
        pose = walk.world_from_camera(row)
        center = pose[:3, 3] + [0, 0.3 * row**2, 0.1 * row]
        shot["translation"] = (-pose[:3, :3].T @ center).tolist()
    text[0]["points"] = {}
    path.write_text(json.dumps(text))
    scene = read(path)
    assert scene.scale.low < 2 < scene.scale.high < 2.1
    assert scene.north.holds(np.radians(50)), "40 degrees of turn take north from 90 to 50"
    assert 0 < scene.north.half_rad < np.radians(5)
    assert 0 < scene.tilt_rad < np.radians(10)
    assert any("latitude 52.5, longitude 13.4" in each for each in scene.source.notes)


@pytest.mark.parametrize(
    ("camera", "read_as"),
    [
        ({"projection_type": "perspective", "focal": 0.8, "k1": 0.1}, Pinhole),
        ({"projection_type": "fisheye", "focal": 0.8, "k1": 0.1}, Fisheye),
        ({"projection_type": "fisheye_opencv", "focal_x": 0.8, "focal_y": 0.8}, Fisheye),
        ({"projection_type": "spherical", "width": 64, "height": 32}, Panorama),
    ],
)
def test_cameras_in_units_of_the_longer_side_are_read(
    camera: dict[str, Any], read_as: type, tmp_path: pathlib.Path
) -> None:
    path = layouts.opensfm(tmp_path)
    text = json.loads(path.read_text())
    text[0]["cameras"]["v2"] = {"width": 64, "height": 48} | camera
    text[0]["points"] = {}
    path.write_text(json.dumps(text))
    for row in range(walk.FRAMES):
        layouts.save(tmp_path / f"images/{row}.jpg", walk.picture(row, 64, camera.get("height", 48)))
    made = read(path).views[0].camera
    assert isinstance(made, read_as)
    if isinstance(made, Pinhole | Fisheye):
        np.testing.assert_allclose((made.fx_px, made.cx_px, made.cy_px), (51.2, 32, 24))


def test_a_projection_that_is_not_known_is_refused_by_its_camera(tmp_path: pathlib.Path) -> None:
    path = layouts.opensfm(tmp_path)
    path.write_text(path.read_text().replace("brown", "dual"))
    with pytest.raises(BadInput, match="cameras of type 'dual' are not read") as caught:
        read(path)
    assert caught.value.where.endswith("reconstruction.json#0, camera 'v2'")


def test_a_shot_by_a_camera_that_is_not_there_is_refused(tmp_path: pathlib.Path) -> None:
    path = layouts.opensfm(tmp_path)
    path.write_text(path.read_text().replace('"camera": "v2"', '"camera": "v3"', 1))
    with pytest.raises(BadInput, match=r"shot '0\.jpg' is by camera 'v3', which is not there"):
        read(path)


def test_points_that_only_the_inverse_poses_see_are_refused(tmp_path: pathlib.Path) -> None:
    path = layouts.opensfm(tmp_path)
    text = json.loads(path.read_text())
    for shot, pose in zip(text[0]["shots"].values(), walk.poses()):
        shot["rotation"] = (-np.array(shot["rotation"])).tolist()
        shot["translation"] = pose[:3, 3].tolist()
    path.write_text(json.dumps(text))
    with pytest.raises(BadInput, match="poses look camera-to-world: 100% of the points"):
        read(path)


# COLMAP


def model_of(folder: pathlib.Path) -> pathlib.Path:
    return folder / "sparse" / "0"


def test_a_model_is_read_in_its_own_folder_too_and_without_pictures(tmp_path: pathlib.Path) -> None:
    layouts.colmap_text(tmp_path)
    assert len(read(model_of(tmp_path)).views) == walk.FRAMES
    for each in (tmp_path / "images").iterdir():
        each.unlink()
    scene = read(tmp_path)
    assert scene.views[0].image is None
    assert any(each.startswith("no pictures") for each in scene.source.notes)


def test_rigs_of_newer_models_do_no_harm(tmp_path: pathlib.Path) -> None:
    notes = read(layouts.colmap_binary(tmp_path)).source.notes
    assert "rigs and frames not read: each image has its own pose" in notes


@pytest.mark.parametrize("file", ["cameras", "images", "points3D"])
def test_a_binary_file_that_is_cut_off_or_goes_on_is_refused(file: str, tmp_path: pathlib.Path) -> None:
    path = model_of(layouts.colmap_binary(tmp_path)) / f"{file}.bin"
    data = path.read_bytes()
    for cut in (4, 20, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:cut])
        with pytest.raises(BadInput, match=f"stops short, after {cut} bytes") as caught:
            read(tmp_path)
        assert caught.value.where == str(path)
    path.write_bytes(data + b"\0\0\0")
    with pytest.raises(BadInput, match="3 bytes are left after all that it counts"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("images.txt", " 7 walk 1.jpg", " 8 walk 1.jpg", r"image 'walk 1\.jpg' is by camera 8"),
        ("images.txt", "\n2 ", "\n1 ", "two images have id 1"),
        ("points3D.txt", "\n12 ", "\n11 ", "two points have id 11"),
        ("points3D.txt", "\n25 ", "\n99 ", "sees point 25, which is not there"),
        ("cameras.txt", "PINHOLE", "PINHOL", "did you mean 'PINHOLE'"),
        ("cameras.txt", "64 48", "64 48 1", "PINHOLE has 4 numbers, not 5"),
        ("cameras.txt", "64 48", "64 x", "the line cannot be read"),
    ],
)
def test_a_text_model_whose_files_do_not_fit_is_refused(
    file: str, old: str, new: str, says: str, tmp_path: pathlib.Path
) -> None:
    path = model_of(layouts.colmap_text(tmp_path)) / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises((BadInput, UnknownName), match=says):
        read(tmp_path)


def test_a_text_model_that_ends_within_an_image_is_refused(tmp_path: pathlib.Path) -> None:
    path = model_of(layouts.colmap_text(tmp_path)) / "images.txt"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(lines[:-3]) + "\n")
    with pytest.raises(BadInput, match="ends after the first of an image's two lines"):
        read(tmp_path)


def test_a_model_of_inverse_poses_and_one_of_other_points_are_refused(tmp_path: pathlib.Path) -> None:
    layouts.colmap_text(tmp_path)
    path = model_of(tmp_path) / "images.txt"
    good = path.read_text()
    lines = good.splitlines()
    for row, pose in enumerate(walk.poses()):
        words = lines[1 + 2 * row].split()
        w, x, y, z = (float(each) for each in words[1:5])
        words[1:8] = map(str, [w, -x, -y, -z, *pose[:3, 3].tolist()])
        lines[1 + 2 * row] = " ".join(words)
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(BadInput, match=r"poses look camera-to-world: points fall .* px as read"):
        read(tmp_path)
    path.write_text(good)
    points = model_of(tmp_path) / "points3D.txt"
    points.write_text("\n".join(reversed(_renumbered(points.read_text().splitlines()))) + "\n")
    with pytest.raises(BadInput, match="px from where they were seen"):
        read(tmp_path)


def _renumbered(lines: list[str]) -> list[str]:
    ids = [line.split()[0] for line in lines[1:]]
    return [f"{id} {line.split(maxsplit=1)[1]}" for id, line in zip(reversed(ids), lines[1:])]
