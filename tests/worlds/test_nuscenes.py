"""Drives in the nuScenes schema: tables written by hand from its documentation, and a real sample."""

import json
import pathlib
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import project
from allocentric.questions.settle import settled
from allocentric.scene.derive import at_time
from allocentric.scene.truth import Measured, Undetermined
from allocentric.worlds.read import read, scene_ids
from tests.real_data import folder

HALF = 0.5**0.5
AHEAD = [0.5, -0.5, 0.5, -0.5]  # CAM_FRONT of the release: the camera's z is the vehicle's x
START = 1_532_402_927_612_460


def tables() -> dict[str, list[dict[str, Any]]]:
    """A drive of three keyframes, half a second apart, along y; a car, a bus and a child."""
    samples = [
        {"token": f"s{k}", "timestamp": START + k * 500_000, "scene_token": "drive", "prev": "", "next": ""}
        for k in range(3)
    ]
    poses = [
        {
            "token": f"e{k}",
            "timestamp": START,
            "translation": [100, 200 + 4 * k, 0],
            "rotation": [HALF, 0, 0, HALF],
        }
        for k in range(3)
    ]
    seen: list[dict[str, Any]] = []
    for k in range(3):
        row = {
            "sample_token": f"s{k}",
            "ego_pose_token": f"e{k}",
            "is_key_frame": True,
            "timestamp": START + k * 500_000,
        }
        camera = {
            "calibrated_sensor_token": "c",
            "width": 1600,
            "height": 900,
            "filename": f"samples/{k}.jpg",
        }
        lidar = {"calibrated_sensor_token": "l", "width": 0, "height": 0, "filename": f"samples/{k}.bin"}
        seen += [row | camera | {"token": f"dc{k}"}, row | lidar | {"token": f"dl{k}"}]
    sweep = seen[0] | {"token": "sweep", "is_key_frame": False, "timestamp": START + 1000}

    def box(token: str, sample: int, instance: str, place: list[float], size: list[float]) -> dict[str, Any]:
        told = {"token": token, "sample_token": f"s{sample}", "instance_token": instance, "size": size}
        return told | {"translation": place, "rotation": [HALF, 0, 0, HALF]}

    matrix = [[1000.0, 0, 799.5], [0, 1000, 449.5], [0, 0, 1]]
    return {
        "scene": [{"token": "drive", "name": "scene-0061", "nbr_samples": 3, "log_token": "log"}],
        "sample": samples[::-1],  # in no order
        "ego_pose": poses,
        "sensor": [
            {"token": "front", "channel": "CAM_FRONT", "modality": "camera"},
            {"token": "top", "channel": "LIDAR_TOP", "modality": "lidar"},
        ],
        "calibrated_sensor": [
            {"token": "c", "sensor_token": "front", "translation": [1.7, 0, 1.5], "rotation": AHEAD}
            | {"camera_intrinsic": matrix},
            {"token": "l", "sensor_token": "top", "translation": [0.9, 0, 1.8], "rotation": [1, 0, 0, 0]}
            | {"camera_intrinsic": []},
        ],
        "sample_data": [*seen, sweep],
        "category": [
            {"token": "k1", "name": "vehicle.car", "description": ""},
            {"token": "k2", "name": "vehicle.bus.rigid", "description": ""},
            {"token": "k3", "name": "human.pedestrian.child", "description": ""},
        ],
        "instance": [
            {"token": "car", "category_token": "k1", "nbr_annotations": 3},
            {"token": "bus", "category_token": "k2", "nbr_annotations": 1},
            {"token": "child", "category_token": "k3", "nbr_annotations": 1},
        ],
        "sample_annotation": [
            box("a2", 2, "car", [101, 224, 0.8], [1.9, 4.5, 1.6]),
            box("a0", 0, "car", [101, 220, 0.8], [1.9, 4.5, 1.6]),
            box("a1", 1, "car", [101, 222, 0.8], [1.9, 4.5, 1.6]),
            box("a3", 0, "bus", [90, 210, 1.7], [2.9, 11.0, 3.4]),
            box("a4", 2, "child", [103, 215, 0.6], [0.4, 0.4, 1.2]),
        ],
    }


def write(root: pathlib.Path, told: dict[str, list[dict[str, Any]]]) -> pathlib.Path:
    (root / "v1.0-mini").mkdir(parents=True, exist_ok=True)
    for name, rows in told.items():
        (root / "v1.0-mini" / f"{name}.json").write_text(json.dumps(rows))
    return root


def test_a_drive_is_as_it_was_at_its_first_keyframe(tmp_path: pathlib.Path) -> None:
    root = write(tmp_path, tables())
    assert scene_ids(root) == scene_ids(root / "v1.0-mini") == ("scene-0061",)
    scene = read(root)
    assert (scene.id, scene.source.format, scene.source.warnings) == ("scene-0061", "nuscenes", ())
    assert scene.labels == ("car", "bus", "ego")
    np.testing.assert_allclose(scene.centers, [[101, 220, 0.8], [90, 210, 1.7], [100, 200, 0.0]])
    np.testing.assert_allclose(scene.sizes[0], [4.5, 1.9, 1.6])  # width, length, height in the file
    np.testing.assert_allclose(scene.rotations[0] @ scene.fronts[0], [0, 1, 0], atol=1e-12)
    np.testing.assert_allclose(scene.rotations[2] @ scene.fronts[2], [0, 1, 0], atol=1e-12)
    assert "things not annotated then: 1" in scene.source.notes[1]


def test_any_keyframe_is_a_scene_of_what_was_annotated_then(tmp_path: pathlib.Path) -> None:
    root = write(tmp_path, tables())
    last = read(f"{root}#scene-0061@2")
    assert last.labels == ("car", "pedestrian", "ego")
    np.testing.assert_allclose(last.centers[[0, 2]], [[101, 224, 0.8], [100, 208, 0.0]])
    assert [view.id for view in last.views] == ["CAM_FRONT@2"]
    with pytest.raises(BadInput, match="has 3 keyframes, counted from 0"):
        read(f"{root}#scene-0061@3")
    with pytest.raises(UnknownName, match="scene-0062"):
        read(f"{root}#scene-0062")


def test_what_moves_has_a_track(tmp_path: pathlib.Path) -> None:
    scene = read(write(tmp_path, tables()))
    assert [track.row for track in scene.tracks] == [0, 2], "the bus was annotated once"
    later = at_time(scene, 0.75)
    np.testing.assert_allclose(later.centers[0], [101, 223, 0.8])
    np.testing.assert_allclose(later.centers[2], [100, 206, 0])


def test_a_view_is_where_vehicle_and_calibration_put_it(tmp_path: pathlib.Path) -> None:
    scene = read(write(tmp_path, tables()))
    (view,) = scene.views
    np.testing.assert_allclose(view.world_from_camera.translation_m, [100, 201.7, 1.5], atol=1e-12)
    assert view.camera is not None
    assert view.time_s == 0
    # The car is 18.3 m ahead and 1 m to the right; OpenCV's principal point is half a pixel short of ours.
    point = view.world_from_camera.inverse().apply(np.array([101, 220, 1.5]))
    pixel, visible = project(view.camera, point)
    assert visible
    np.testing.assert_allclose(pixel, [800 + 1000 / 18.3, 450])
    assert view.image is None
    assert "pictures that are not there: 1" in scene.source.notes
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "0.jpg").write_bytes(b"a picture")
    assert read(tmp_path).views[0].image == str(tmp_path / "samples" / "0.jpg")


def test_a_camera_that_looks_straight_down_is_named_and_kept(tmp_path: pathlib.Path) -> None:
    told = tables()
    told["calibrated_sensor"][0]["rotation"] = [0, 1, 0, 0]
    scene = read(write(tmp_path, told))
    assert scene.views[0].camera is not None
    assert (
        "cameras that look straight up or down: CAM_FRONT: is their z axis the view's?"
        in scene.source.warnings
    )


def test_a_view_has_the_time_of_its_keyframe_to_which_the_boxes_belong(tmp_path: pathlib.Path) -> None:
    """Real cameras fire some milliseconds before the keyframe, when nothing is annotated yet."""
    told = tables()
    for data in told["sample_data"]:
        data["timestamp"] -= 37_000
    scene = read(write(tmp_path, told))
    assert [view.time_s for view in scene.views] == [0.0]
    assert "cameras fired within 0.037 s of the keyframe" in scene.source.notes


def test_boxes_in_pictures_are_sightings(tmp_path: pathlib.Path) -> None:
    told = tables()
    seen = {"token": "o", "sample_data_token": "dc0", "instance_token": "bus", "bbox": [10, 20, 30, 40]}
    told["object_ann"] = [seen, seen | {"token": "p", "sample_data_token": "dc1"}]
    (sighting,) = read(write(tmp_path, told)).sightings
    assert (sighting.row, sighting.view, sighting.box_px) == (1, "CAM_FRONT@0", (10, 20, 30, 40))


def annotated(level: str) -> dict[str, list[dict[str, Any]]]:
    """The drive with one word for how much of each thing all cameras together show."""
    told = tables()
    told["visibility"] = [{"token": "1", "level": level, "description": ""}]
    for each in told["sample_annotation"]:
        each["visibility_token"] = "1"
    return told


@pytest.mark.parametrize("level", ["v40-60", "v80-100", "partial"])
def test_what_is_annotated_as_visible_is_seen_in_the_one_picture_that_it_may_be_in(
    level: str, tmp_path: pathlib.Path
) -> None:
    told = annotated(level)
    told["object_ann"] = [
        {"token": "o", "sample_data_token": "dc0", "instance_token": "bus", "bbox": [1, 2, 3, 4]}
    ]
    scene = read(write(tmp_path, told))
    assert {(each.row, each.view, each.box_px) for each in scene.sightings} == {
        (1, "CAM_FRONT@0", (1, 2, 3, 4)),
        (0, "CAM_FRONT@0", None),
    }


@pytest.mark.parametrize("level", ["v0-40", "none", ""])
def test_what_may_be_hidden_altogether_is_not_known_to_be_seen(level: str, tmp_path: pathlib.Path) -> None:
    assert not read(write(tmp_path, annotated(level))).sightings


def test_what_two_pictures_may_show_is_known_to_be_in_neither(tmp_path: pathlib.Path) -> None:
    """A second camera that looks the same way, and one that looks back, where nothing is."""
    told = annotated("v80-100")
    again = told["sample_data"][0] | {"token": "again", "calibrated_sensor_token": "c2"}
    told["sensor"].append({"token": "second", "channel": "CAM_SECOND", "modality": "camera"})
    told["calibrated_sensor"].append(told["calibrated_sensor"][0] | {"token": "c2", "sensor_token": "second"})
    told["sample_data"].append(again)
    assert not read(write(tmp_path, told)).sightings
    told["calibrated_sensor"][-1]["rotation"] = [0.5, -0.5, -0.5, 0.5]  # its z is the vehicle's -x
    scene = read(write(tmp_path, told))
    assert {(each.row, each.view) for each in scene.sightings} == {(0, "CAM_FRONT@0"), (1, "CAM_FRONT@0")}


def test_sides_in_a_picture_are_told_of_what_is_known_to_be_seen_whatever_is_not_listed(
    tmp_path: pathlib.Path,
) -> None:
    """All of the bus would be left of all of the car: so is whatever other traffic leaves of them."""
    asked = 'relation_in(the("bus"), the("car"), view("CAM_FRONT@0"), axis="right")'
    (tmp_path / "told").mkdir()
    (tmp_path / "open").mkdir()
    found = settled(read(write(tmp_path / "told", annotated("v80-100"))), asked)
    assert isinstance(found, Measured)
    assert found.value == "left"
    untold = settled(read(write(tmp_path / "open", tables())), asked)
    assert isinstance(untold, Undetermined)
    assert untold.reason == "not_complete", "other traffic may hide one of them altogether"


@pytest.mark.parametrize(
    ("table", "row", "changes", "says", "place"),
    [
        ("sample_annotation", 1, {"instance_token": "lorry"}, "annotation names 'lorry'", "instance.json"),
        ("sample_annotation", 1, {"sample_token": "s9"}, "annotation 'a0' names 's9'", "sample.json"),
        ("sample_annotation", 1, {"sample_token": "s1"}, "annotated twice at one sample", "annotation.json"),
        (
            "sample_annotation",
            1,
            {"rotation": [1, 1, 0, 0]},
            "of 'a0' is no unit quaternion",
            "annotation.json",
        ),
        (
            "sample_annotation",
            1,
            {"size": [1, -4, 1]},
            "'car at keyframe 0' has a size below 0",
            "annotation.json",
        ),
        ("sample_annotation", 1, {"size": [1, 4]}, "length 3", "annotation.json"),
        ("instance", 0, {"category_token": "k9"}, "instance 'car' names 'k9'", "category.json"),
        ("sample_data", 0, {"ego_pose_token": "e9"}, "sample_data 'dc0' names 'e9'", "ego_pose.json"),
        (
            "sample_data",
            0,
            {"width": 0},
            "the camera 'c' of sample_data 'dc0' is none",
            "calibrated_sensor.json",
        ),
        ("ego_pose", 0, {"rotation": [0, 0, 0, 0]}, "of 'e0' is no unit quaternion", "ego_pose.json"),
        ("ego_pose", 1, {"token": "e0"}, "the token 'e0' stands twice", "ego_pose.json"),
        ("calibrated_sensor", 0, {"camera_intrinsic": [[1, 0, 0]]}, "is none", "calibrated_sensor.json"),
        (
            "sample",
            1,
            {"timestamp": START},
            "two samples of the drive 'scene-0061' have one time",
            "sample.json",
        ),
    ],
)
def test_tables_that_do_not_fit_are_refused_by_table_and_token(
    table: str, row: int, changes: dict[str, Any], says: str, place: str, tmp_path: pathlib.Path
) -> None:
    told = tables()
    told[table][row] |= changes
    with pytest.raises(BadInput) as caught:
        read(write(tmp_path, told))
    assert says in caught.value.what
    assert place in caught.value.where


def test_a_table_that_is_cut_off_or_missing_is_named(tmp_path: pathlib.Path) -> None:
    root = write(tmp_path, tables())
    path = root / "v1.0-mini" / "ego_pose.json"
    path.write_text(path.read_text()[:-30])
    with pytest.raises(BadInput, match="stops short") as caught:
        read(root)
    assert caught.value.where.startswith(str(path))
    (root / "v1.0-mini" / "category.json").unlink()
    with pytest.raises(BadInput, match="no such file"):
        read(root)


def test_of_two_versions_one_must_be_named(tmp_path: pathlib.Path) -> None:
    root = write(tmp_path, tables())
    (root / "v1.0-mini").rename(root / "v1.0-test")
    write(tmp_path, tables())
    with pytest.raises(BadInput, match=r"v1\.0-mini, v1\.0-test"):
        read(root)
    assert len(read(root / "v1.0-test")) == 3


def test_what_looks_wrong_is_a_warning(tmp_path: pathlib.Path) -> None:
    told = tables()
    for box in told["sample_annotation"]:
        width, length, height = box["size"]
        box["size"] = [length, width, height]
    told["sample_annotation"][2]["size"] = [4.5, 2.5, 1.6]
    told["calibrated_sensor"][0]["rotation"] = [1, 0, 0, 0]
    told["scene"][0]["nbr_samples"] = 40
    told["instance"][0]["nbr_annotations"] = 30
    assert read(write(tmp_path, told)).source.warnings == (
        "things whose size changes from keyframe to keyframe: 1",
        "2 of 2 vehicles are wider than they are long: "
        "are their sizes length, width, height, against the schema?",
        "instances with another number of annotations than they state: 1",
        "scene.json counts 40 samples; there are 3",
        "CAM_FRONT: calibrated as upright as the vehicle, not along a line of sight; no camera is known",
    )


def test_a_real_sample_is_read_and_its_mistakes_are_named() -> None:
    root = folder("t4_driving_sample") / "t4dataset"
    scene = read(root)
    assert (scene.id, scene.names) == ("minimal_test_scene", ("car_001", "pedestrian_001", "ego"))
    assert [view.id for view in scene.views] == ["CAM_FRONT@0", "CAM_BACK@0"]
    assert all(view.image is not None for view in scene.views)
    assert len(scene.sightings) == 2
    later = read(f"{root}#minimal_test_scene@1")
    np.testing.assert_allclose(later.centers, [[12, 5.2, 1], [8, 3, 0.5], [10, 0, 0.0]])
    assert scene.source.warnings == (
        "1 of 1 vehicles are wider than they are long: "
        "are their sizes length, width, height, against the schema?",
        "CAM_BACK, CAM_FRONT: calibrated as upright as the vehicle, not along a line of sight; "
        "no camera is known",
    ), "its numbers stand in for real ones"
