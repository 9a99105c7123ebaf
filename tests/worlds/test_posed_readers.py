"""One walk through a room, read from each layout of posed pictures as its release writes it."""

import json
import pathlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import Fisheye, Panorama, Pinhole
from allocentric.geometry.distortion import Distortion
from allocentric.scene.file import from_json, to_json
from allocentric.scene.pictures import depth_m
from allocentric.scene.scene import Scene
from allocentric.worlds.read import read
from tests.worlds import posed_layouts as layouts
from tests.worlds import walk

CAMERA = Pinhole(walk.WIDTH, walk.HEIGHT, walk.FX, walk.FY, walk.CX + 0.5, walk.CY + 0.5)
Layout = Callable[[pathlib.Path], pathlib.Path]

# Layout, the format's name, what its notes say of the convention.
WALKS = [
    (layouts.hololens, "hololens_rgbd", "camera-to-world detected"),
    (layouts.redwood, "redwood", "camera-to-world detected"),
    (layouts.tum, "tum_rgbd", "camera-to-world detected"),
    (layouts.icl, "tum_rgbd", "camera-to-world detected"),
    (layouts.transforms, "transforms", "camera-to-world detected"),
    (layouts.scannet, "scannet", "camera-to-world detected"),
    (layouts.arkitscenes, "arkitscenes", "world-to-camera detected"),
    (layouts.opensfm, "opensfm", "world-to-camera detected"),
    (layouts.colmap_text, "colmap", "world-to-camera detected"),
    (layouts.colmap_binary, "colmap", "world-to-camera detected"),
]
DEEP = [each[0] for each in WALKS[:7]]


def matrix(scene: Scene, row: int) -> Any:
    pose = np.eye(4)
    pose[:3, :3] = scene.views[row].world_from_camera.rotation
    pose[:3, 3] = scene.views[row].world_from_camera.translation_m
    return pose


@pytest.mark.parametrize(("layout", "format", "says"), WALKS, ids=lambda each: getattr(each, "__name__", ""))
def test_one_walk_reads_the_same_from_every_layout_each_told_by_its_content(
    layout: Layout, format: str, says: str, tmp_path: pathlib.Path
) -> None:
    scene = read(layout(tmp_path))
    assert scene.source.format == format
    assert scene.source.notes[0].startswith(says)
    assert scene.source.warnings == ()
    kept = [row for row in range(walk.FRAMES) if format != "scannet" or row != 2]
    assert len(scene.views) == len(kept)
    for row, told in enumerate(kept):
        np.testing.assert_allclose(matrix(scene, row), walk.world_from_camera(told), atol=1e-6)
        view = scene.views[row]
        assert view.image is not None
        assert pathlib.Path(view.image).exists()
        if format != "scannet":
            assert isinstance(view.camera, Pinhole)
            numbers = (view.camera.fx_px, view.camera.fy_px, view.camera.cx_px, view.camera.cy_px)
            np.testing.assert_allclose(numbers, (CAMERA.fx_px, CAMERA.fy_px, CAMERA.cx_px, CAMERA.cy_px))
            assert view.size_px == (walk.WIDTH, walk.HEIGHT)


@pytest.mark.parametrize("layout", DEEP)
def test_depth_is_what_the_rays_met(layout: Layout, tmp_path: pathlib.Path) -> None:
    view = read(layout(tmp_path)).views[0]
    depth = depth_m(view)
    truth = walk.depth_m(walk.world_from_camera(0), depth.shape[1], depth.shape[0])
    assert np.isnan(depth[:3, :5]).all()
    assert np.nanmax(np.abs(depth - truth)) < 0.0006


@pytest.mark.parametrize(("layout", "format", "says"), WALKS[5:8])
def test_views_survive_in_our_own_file(
    layout: Layout, format: str, says: str, tmp_path: pathlib.Path
) -> None:
    scene = read(layout(tmp_path))
    back = from_json(to_json(scene))
    assert [(each.camera, each.depth, each.image) for each in back.views] == [
        (each.camera, each.depth, each.image) for each in scene.views
    ]


# What is not known stays open.


@pytest.mark.parametrize("layout", [layouts.redwood, layouts.tum, layouts.transforms])
def test_where_nothing_says_what_is_up_the_vertical_is_open(layout: Layout, tmp_path: pathlib.Path) -> None:
    scene = read(layout(tmp_path))
    assert scene.tilt_rad == pytest.approx(np.pi)
    assert "gravity is unknown; the cameras' mean up leans 16° from z" in scene.source.notes
    assert scene.metric


@pytest.mark.parametrize("layout", [layouts.colmap_text, layouts.colmap_binary, layouts.opensfm])
def test_what_is_built_from_pictures_alone_has_no_scale(layout: Layout, tmp_path: pathlib.Path) -> None:
    scene = read(layout(tmp_path))
    assert (scene.scale.low, scene.scale.high) == (0, np.inf)
    assert scene.tilt_rad == pytest.approx(np.pi)


@pytest.mark.parametrize("layout", [layouts.hololens, layouts.icl, layouts.scannet, layouts.arkitscenes])
def test_where_the_format_knows_gravity_the_world_is_z_up(layout: Layout, tmp_path: pathlib.Path) -> None:
    scene = read(layout(tmp_path))
    assert scene.tilt_rad == 0
    assert scene.metric


# HoloLens


def test_frames_that_are_listed_name_the_order_of_the_poses(tmp_path: pathlib.Path) -> None:
    layouts.hololens(tmp_path)
    names = [f"{3 * row:05d}.png" for row in (4, 2, 0, 1, 3)]
    (tmp_path / "frames.txt").write_text("\n".join(names) + "\n")
    rows = (tmp_path / "poses.txt").read_text().splitlines()
    (tmp_path / "poses.txt").write_text("\n".join(rows[row] for row in (4, 2, 0, 1, 3)) + "\n")
    scene = read(tmp_path)
    assert [each.id for each in scene.views] == ["00012", "00006", "00000", "00003", "00009"]
    np.testing.assert_allclose(matrix(scene, 1), walk.world_from_camera(2), atol=1e-9)


# TUM and ICL-NUIM


def test_a_picture_between_two_poses_is_where_the_camera_was_then(tmp_path: pathlib.Path) -> None:
    layouts.tum(tmp_path)
    rows = (tmp_path / "groundtruth.txt").read_text().splitlines()
    early, late = (np.array(rows[row].split(), float) for row in (1, 2))
    early[0], late[0] = early[0] - 0.01, late[0] - 0.03  # a picture at 100.10 is a ninth of the way
    rows[1], rows[2] = (" ".join(map(str, each.tolist())) for each in (early, late))
    (tmp_path / "groundtruth.txt").write_text("\n".join(rows))
    scene = read(tmp_path)
    place = scene.views[1].world_from_camera.translation_m
    first, second = (walk.world_from_camera(row)[:3, 3] for row in (1, 2))
    np.testing.assert_allclose(place, first + (second - first) / 8, atol=1e-9)
    assert scene.views[1].time_s == pytest.approx(0.1)


def test_the_camera_of_a_sequence_is_known_by_its_name_and_else_a_doubt(tmp_path: pathlib.Path) -> None:
    for name, fx, warned in (
        ("rgbd_dataset_freiburg3_desk", 535.4, 0),
        ("fr1_xyz", 517.3, 0),
        ("my_walk", 525, 1),
    ):
        folder = layouts.tum(tmp_path / name)
        (folder / "calibration.txt").unlink()
        (folder / "depth.txt").unlink()
        for row in range(walk.FRAMES):
            layouts.save(folder / f"rgb/{3 * row:05d}.png", np.zeros((480, 640, 3), np.uint8))
        scene = read(folder)
        camera = scene.views[0].camera
        assert isinstance(camera, Pinhole)
        assert camera.fx_px == fx
        doubts = [each for each in scene.source.warnings if "no camera is told" in each]
        assert len(doubts) == warned


def test_a_list_with_a_line_that_is_none_is_refused_with_its_number(tmp_path: pathlib.Path) -> None:
    layouts.tum(tmp_path)
    text = (tmp_path / "rgb.txt").read_text()
    (tmp_path / "rgb.txt").write_text(text + "yesterday rgb/1.png\n")
    with pytest.raises(BadInput, match="no time and file: 'yesterday") as caught:
        read(tmp_path)
    assert caught.value.where.endswith("rgb.txt, line 8")


def test_poses_of_another_clock_are_refused(tmp_path: pathlib.Path) -> None:
    layouts.tum(tmp_path)
    rows = np.loadtxt(tmp_path / "groundtruth.txt")
    rows[:, 0] += 1000
    layouts.write(tmp_path / "groundtruth.txt", rows)
    with pytest.raises(BadInput, match="no picture has a depth image within"):
        read(tmp_path)


# Redwood


def test_of_two_cameras_the_one_that_the_depths_bear_out_is_taken_and_said(tmp_path: pathlib.Path) -> None:
    folder = layouts.redwood(tmp_path / "walk")
    told = json.loads((folder / "camera.json").read_text())
    (folder / "camera.json").rename(tmp_path / "right.json")
    told["intrinsic_matrix"][0] *= 0.6
    told["intrinsic_matrix"][4] *= 0.6
    (tmp_path / "another.json").write_text(json.dumps(told))
    (tmp_path / "unlike.json").write_text("[1, 2]")
    scene = read(folder)
    assert scene.views[0].camera == CAMERA
    assert any(
        each.startswith("camera: right.json, under which") and "not another.json (" in each
        for each in scene.source.notes
    )


def test_a_log_that_stops_within_a_pose_or_miscounts_is_refused(tmp_path: pathlib.Path) -> None:
    path = layouts.redwood(tmp_path) / "trajectory.log"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(lines[:-2]))
    with pytest.raises(BadInput, match="ends within a pose, after 23 lines"):
        read(tmp_path)
    path.write_text("\n".join([*lines[:5], *lines[10:]]))
    with pytest.raises(BadInput, match="its frames are not counted 0, 1, 2"):
        read(tmp_path)


# transforms.json


def told_by(path: pathlib.Path, **changes: Any) -> Scene:
    text = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({key: value for key, value in text.items() if value is not None}))
    return read(path)


def without_depth(path: pathlib.Path) -> dict[str, Any]:
    frames = json.loads(path.read_text())["frames"]
    return {"frames": [{key: each[key] for key in ("file_path", "transform_matrix")} for each in frames]}


def test_a_field_of_view_alone_makes_a_camera_and_blender_leaves_out_the_suffix(
    tmp_path: pathlib.Path,
) -> None:
    path = layouts.transforms(tmp_path)
    plain = without_depth(path)
    for frame in plain["frames"]:
        frame["file_path"] = "./" + frame["file_path"].removesuffix(".png")
    gone = dict.fromkeys(("w", "h", "fl_x", "fl_y", "cx", "cy", "camera_model"))
    scene = told_by(path, camera_angle_x=2 * np.arctan(0.5), **plain, **gone)
    camera = scene.views[0].camera
    assert isinstance(camera, Pinhole)
    np.testing.assert_allclose((camera.fx_px, camera.fy_px), 64)
    assert (camera.cx_px, camera.cy_px) == (32, 24)
    assert scene.scale.high == np.inf, "nothing tells the unit"
    assert scene.source.notes[0] == "camera-to-world, OpenGL axes, as the format declares"


def test_lenses_are_read_and_what_tools_read_differently_is_refused(tmp_path: pathlib.Path) -> None:
    path = layouts.transforms(tmp_path)
    told_by(path, **without_depth(path))
    scene = told_by(path, k1=0.1, k2=-0.02, p1=0.001, p2=0.002)
    assert scene.views[0].camera == Pinhole(64, 48, 50, 52, 31.5, 25, Distortion(0.1, -0.02, 0.001, 0.002))
    with pytest.raises(BadInput, match="tools differ in what k4"):
        told_by(path, k4=0.1)
    scene = told_by(path, camera_model="OPENCV_FISHEYE", k4=0.01)
    assert scene.views[0].camera == Fisheye(64, 48, 50, 52, 31.5, 25, (0.1, -0.02, 0.0, 0.01))
    scene = told_by(path, camera_model="EQUIRECTANGULAR")
    assert scene.views[0].camera == Panorama(64, 48)
    with pytest.raises(UnknownName, match="did you mean 'OPENCV_FISHEYE'"):
        told_by(path, camera_model="OPENCV_FISHYE")


def test_a_frame_may_have_a_camera_of_its_own(tmp_path: pathlib.Path) -> None:
    path = layouts.transforms(tmp_path)
    frames = without_depth(path)["frames"]
    frames[1]["fl_x"] = 60.0
    scene = told_by(path, frames=frames)
    assert [getattr(each.camera, "fx_px", None) for each in scene.views] == [50, 60, 50, 50, 50]


def test_scale_and_gravity_are_taken_where_they_are_told(tmp_path: pathlib.Path) -> None:
    path = layouts.transforms(tmp_path)
    scene = told_by(path, metres_per_unit=1.0, gravity_aligned=True, applied_transform=[[1, 0, 0, 0]] * 3)
    assert (scene.scale.low, scene.scale.high, scene.tilt_rad) == (1, 1, 0)
    assert any("turned from their source's by applied_transform" in each for each in scene.source.notes)


def test_a_matrix_of_another_shape_is_refused_by_its_picture(tmp_path: pathlib.Path) -> None:
    path = layouts.transforms(tmp_path)
    frames = json.loads(path.read_text())["frames"]
    frames[3]["transform_matrix"] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    with pytest.raises(BadInput, match=r"transform_matrix of 'images/3\.png' is no 4 x 4 matrix"):
        told_by(path, frames=frames)


# ScanNet


def test_labels_and_poses_of_a_scan_are_turned_along_its_walls(tmp_path: pathlib.Path) -> None:
    scene = read(layouts.scannet(tmp_path))
    assert scene.id == "scene0001_00"
    assert (scene.labels, scene.kinds) == (("chest", "floor"), ("object", "structure"))
    np.testing.assert_allclose(scene.centers[0], walk.CHEST.mean(0), atol=1e-5)
    np.testing.assert_allclose(scene.sizes[0], walk.CHEST[1] - walk.CHEST[0], atol=1e-5)
    assert "frames left out, their tracking lost: 1" in scene.source.notes
    assert scene.views[0].camera == Pinhole(128, 96, 100, 104, 63.0, 50.0)
    assert scene.views[0].depth is not None
    assert scene.views[0].depth.camera == CAMERA


def test_a_scan_of_labels_alone_and_of_pictures_alone_are_read(tmp_path: pathlib.Path) -> None:
    (tmp_path / "labels").mkdir()
    layouts.scannet_labels(tmp_path / "labels", np.eye(4))
    scene = read(tmp_path / "labels")
    assert (len(scene), len(scene.views)) == (2, 0)
    assert any("no axisAlignment" in each for each in scene.source.notes)
    pictures = layouts.scannet(tmp_path / "pictures")
    for each in pictures.glob("scene*"):
        each.unlink()
    assert len(read(pictures).views) == 4


def test_segments_that_are_not_there_and_vertices_without_one_are_refused(tmp_path: pathlib.Path) -> None:
    layouts.scannet(tmp_path)
    groups, segs = (next(tmp_path.glob(f"*{end}")) for end in (".aggregation.json", ".segs.json"))
    text = groups.read_text()
    groups.write_text(text.replace("[7, 2]", "[7, 3]"))
    with pytest.raises(BadInput, match=r"'Chest' \(objectId 0\) is of segment 3, which is not there"):
        read(tmp_path)
    groups.write_text(text.replace('"objectId": 1', '"objectId": 0'))
    with pytest.raises(BadInput, match="two things have one objectId"):
        read(tmp_path)
    groups.write_text(text)
    segs.write_text(segs.read_text().replace(", 11]", "]"))
    with pytest.raises(BadInput, match="12 segment numbers for 13 vertices"):
        read(tmp_path)


def test_an_alignment_that_mirrors_is_refused(tmp_path: pathlib.Path) -> None:
    layouts.scannet(tmp_path)
    numbers = " ".join(map(str, np.diag([1, 1, -1, 1]).ravel().tolist()))
    (tmp_path / "scene0001_00.txt").write_text(f"axisAlignment = {numbers}\n")
    with pytest.raises(BadInput, match="the pose of 'axisAlignment' is mirrored"):
        read(tmp_path)


# ARKitScenes


def test_the_rows_of_a_box_are_its_axes_and_a_scan_may_have_no_pictures(tmp_path: pathlib.Path) -> None:
    path = layouts.arkitscenes(tmp_path)
    scene = read(path)
    assert (scene.id, scene.labels) == ("41048190", ("cabinet",))
    assert scene.sizes[0].tolist() == [0.8, 0.6, 0.9]
    yaw = np.degrees(np.arctan2(scene.rotations[0, 1, 0], scene.rotations[0, 0, 0]))
    assert yaw == pytest.approx(20)
    alone = tmp_path / "41048191_3dod_annotation.json"
    alone.write_text(path.read_text())
    assert read(alone).source.notes[-1] == "no pictures: no 41048191_frames"


def test_a_picture_without_a_camera_of_its_time_is_refused(tmp_path: pathlib.Path) -> None:
    path = layouts.arkitscenes(tmp_path)
    next(tmp_path.rglob("41048190_100.300.pincam")).unlink()
    with pytest.raises(BadInput, match=r"no \.pincam of its time") as caught:
        read(path)
    assert caught.value.where.endswith("41048190_100.300.png")
