"""Each reader on a small file in its release's own layout."""

import json
import pathlib
from typing import Any

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from allocentric.errors import BadInput
from allocentric.geometry.frames import yaw_of
from allocentric.scene.file import save
from allocentric.scene.scene import Scene
from allocentric.worlds.read import read, read_all, scene_ids
from tests.worlds import layouts
from tests.worlds.layouts import put


def assert_is_the_room(scene: Scene, rows: slice = slice(0, 3)) -> None:
    """A table and two chairs, where they are; `rows` are theirs."""
    assert scene.labels[rows] == layouts.LABELS
    np.testing.assert_allclose(scene.centers[rows], layouts.CENTERS, atol=1e-6)
    np.testing.assert_allclose(scene.sizes[rows], layouts.SIZES, atol=1e-6)
    np.testing.assert_allclose(scene.rotations[rows], layouts.ROTATIONS, atol=1e-6)


@pytest.fixture
def room(tmp_path: pathlib.Path) -> dict[str, pathlib.Path | str]:
    """The room in every layout."""
    text = tmp_path / "layout.txt"
    text.write_text(layouts.spatiallm())
    vsi = put(tmp_path / "vsi.json", layouts.vsi_bench())
    return {
        "vsi_bench": f"{vsi}#41069025",
        "multiscan": put(tmp_path / "scan.annotations.json", layouts.multiscan()),
        "embodiedscan": put(tmp_path / "embodied.json", layouts.embodiedscan()),
        "boxes": put(tmp_path / "den.json", layouts.boxes_json()),
        "spark_dsg": put(tmp_path / "graph.json", layouts.spark_dsg()),
        "aria_digital_twin": layouts.aria(tmp_path / "walk"),
        "spatiallm": text,
    }


@pytest.mark.parametrize(
    "format",
    ["vsi_bench", "multiscan", "embodiedscan", "boxes", "spark_dsg", "aria_digital_twin", "spatiallm"],
)
def test_one_room_reads_the_same_from_every_layout_each_told_by_its_content(
    room: dict[str, pathlib.Path | str], format: str
) -> None:
    scene = read(room[format])
    assert scene.source.format == format
    assert scene.source.notes
    assert_is_the_room(scene, slice(2, 5) if format == "spatiallm" else slice(0, 3))
    assert scene.north.full
    assert scene.metric


def test_a_saved_scene_is_read_under_any_name(room: dict[str, Any], tmp_path: pathlib.Path) -> None:
    scene = read(room["boxes"])
    save(scene, tmp_path / "saved")
    assert read(tmp_path / "saved").names == scene.names


# VSI-Bench


def test_the_room_of_vsi_bench_has_an_area_but_no_place(tmp_path: pathlib.Path) -> None:
    scene = read(f"{put(tmp_path / 'vsi.json', layouts.vsi_bench())}#41069025")
    row = scene.row("room")
    assert scene.kinds[row] == "region"
    assert np.isinf(scene.center_slacks[row]).all()
    assert np.isinf(scene.size_slacks[row]).all()
    (stated,) = scene.stated
    assert (stated.row, stated.measure, stated.bound.low, stated.bound.high) == (row, "area", 20, 20)
    assert scene.complete is not None
    assert scene.complete.labels == frozenset({"table", "chair", "room"})
    assert scene.source.warnings == ()
    assert np.isnan(scene.fronts).all()


def changed_room(**changes: Any) -> dict[str, Any]:
    rooms = layouts.vsi_bench()
    rooms["41069025"]["object_bbox"]["table"][0] |= changes
    return rooms


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"axesLengths": [1, -1, 1]}, "'table 1' has a size below 0"),
        ({"normalizedAxes": [1, 0, 0, 0, 1, 0, 0, 0, -1]}, "'table 1' has mirrored axes"),
        ({"normalizedAxes": [1, 0, 0, 0.1, 1, 0, 0, 0, 1]}, "'table 1' has skewed axes"),
        ({"normalizedAxes": [1, 0, 0]}, "length 9"),
        ({"centroid": ["left", 0, 0]}, "Expected `float`, got `str`"),
    ],
)
def test_a_box_that_is_none_is_refused_by_its_name(
    changes: dict[str, Any], says: str, tmp_path: pathlib.Path
) -> None:
    path = put(tmp_path / "vsi.json", changed_room(**changes))
    with pytest.raises(BadInput, match=says) as caught:
        read(f"{path}#41069025")
    assert "vsi.json#41069025" in caught.value.where


def test_what_looks_wrong_is_a_warning(tmp_path: pathlib.Path) -> None:
    rooms = changed_room(max=[9, 9, 9], normalizedAxes=[1, 0, 0, 0, 0.9999, 0, 0, 0, 1])
    rooms["41069025"]["object_counts"]["chair"] = 3
    scene = read(f"{put(tmp_path / 'vsi.json', rooms)}#41069025")
    assert [each.split(":")[0].split(",")[0] for each in scene.source.warnings] == [
        "the axes of 1 boxes are rounded",
        "the declared corners of 1 boxes differ from their axes and sizes",
        "object_counts disagrees with the boxes for 'chair'",
    ]
    assert scene.source.warnings[-1].endswith("3 vs 2")
    assert scene.complete is not None
    assert scene.complete.labels == frozenset({"table", "room"})


def test_the_boxes_may_be_called_object_bboxes(tmp_path: pathlib.Path) -> None:
    rooms = layouts.vsi_bench()
    rooms["41069025"]["object_bboxes"] = rooms["41069025"].pop("object_bbox")
    assert_is_the_room(read(f"{put(tmp_path / 'vsi.json', rooms)}#41069025"))


def test_all_rooms_of_a_file_are_read_one_after_the_other(tmp_path: pathlib.Path) -> None:
    path = put(tmp_path / "vsi.json", layouts.vsi_bench())
    assert scene_ids(path) == ("41069025", "41069043")
    assert [len(scene) for scene in read_all(path)] == [4, 0]


# MultiScan


def test_a_scanned_thing_is_turned_so_that_its_front_is_its_x_and_its_up_is_its_z(
    tmp_path: pathlib.Path,
) -> None:
    scene = read(put(tmp_path / "scan.json", layouts.multiscan()))
    assert scene.names == ("table 1", "chair 1", "chair 2", "short wall 1")
    assert scene.kinds == ("object", "object", "object", "structure")
    assert scene.fronts[:3].tolist() == [[1, 0, 0]] * 3
    assert np.isnan(scene.fronts[3]).all()
    assert scene.sizes[3].tolist() == [0.1, 4, 2]
    assert "left out as marked 'remove': 1" in scene.source.notes
    assert "articulations not read: 1" in scene.source.notes


def test_a_scan_that_is_y_up_by_its_own_word_is_turned(tmp_path: pathlib.Path) -> None:
    scan = layouts.multiscan()
    for each in scan["objects"]:
        obb = each["obb"]
        turn = layouts.Y_UP_FROM_Z_UP
        obb["centroid"] = (turn @ obb["centroid"]).tolist()
        obb["normalizedAxes"] = (np.reshape(obb["normalizedAxes"], (3, 3)) @ turn.T).ravel().tolist()
        if "up" in obb:
            obb["front"], obb["up"] = (turn @ obb["front"]).tolist(), [0, 1, 0]
    scene = read(put(tmp_path / "scan.json", scan))
    assert_is_the_room(scene)
    assert "y up: turned to z up" in scene.source.notes


# EmbodiedScan


def test_the_two_readings_of_zxy_are_those_that_are_written_down(tmp_path: pathlib.Path) -> None:
    angles = [0.5, 0.2, -0.3]
    path = put(tmp_path / "tilted.json", [{"bbox_3d": [0, 0, 1, 1, 2, 3, *angles], "label": "lamp"}])
    read_as = {each: read(path, format=each) for each in ("embodiedscan", "embodiedscan-extrinsic")}
    for format, order in (("embodiedscan", "ZXY"), ("embodiedscan-extrinsic", "zxy")):
        told = Rotation.from_euler(order, angles).as_matrix()
        np.testing.assert_allclose(read_as[format].rotations[0], told, atol=1e-12)
        assert "the two readings of zxy differ: 1, by up to 0.17" in read_as[format].source.warnings[0]
    assert "intrinsic, Rz(a) Rx(b) Ry(c)" in read_as["embodiedscan"].source.notes[1]


def test_the_layouts_of_the_release_are_read(tmp_path: pathlib.Path) -> None:
    boxes = [
        {"bbox_3d": each["bbox_3d"], "bbox_label_3d": row} for row, each in enumerate(layouts.embodiedscan())
    ]
    alone = read(put(tmp_path / "one.json", {"instances": layouts.embodiedscan()}))
    assert_is_the_room(alone)
    samples = [{"sample_idx": f"scannet/{row}", "instances": boxes} for row in range(2)]
    categories = {"table": 0, "chair": 1}
    path = put(tmp_path / "all.json", {"metainfo": {"categories": categories}, "data_list": samples})
    assert scene_ids(path) == ("scannet/0", "scannet/1")
    assert read(f"{path}#scannet/1").labels == ("table", "chair", "class 2")


def test_two_samples_of_one_name_are_refused(tmp_path: pathlib.Path) -> None:
    samples = [{"sample_idx": "a", "instances": []}] * 2
    with pytest.raises(BadInput, match="two scenes are called 'a'"):
        read(put(tmp_path / "all.json", {"data_list": samples}))


# Aria Digital Twin


def test_a_moving_thing_is_where_it_was_first_and_has_a_track(tmp_path: pathlib.Path) -> None:
    scene = read(layouts.aria(tmp_path / "walk"))
    assert scene.names == ("Table_0", "Chair_1", "Chair_2", "wearer")
    chair, wearer = scene.tracks
    assert chair.row == 2
    assert chair.times_s.tolist() == [0, 1]
    np.testing.assert_allclose(chair.centers, [[4, 1, 0.45], [4, 2, 0.45]], atol=1e-9)
    np.testing.assert_allclose(chair.rotations[1], layouts.ROTATIONS[2], atol=1e-9)
    assert scene.fronts[1:3].tolist() == [[1, 0, 0]] * 2
    assert np.isnan(scene.fronts[0]).all(), "a symmetric thing has no front"
    np.testing.assert_allclose(wearer.centers, [[1.1, 1, 1.6], [1.1, 1.1, 1.6]], atol=1e-9)
    assert yaw_of(scene.rotations[3]) == pytest.approx(0)


def test_the_wearer_looks_ahead_through_an_upright_picture(tmp_path: pathlib.Path) -> None:
    scene = read(layouts.aria(tmp_path / "walk"))
    right, down, ahead = scene.views[0].world_from_camera.rotation.T
    np.testing.assert_allclose([right, down, ahead], [[0, -1, 0], [0, 0, -1], [1, 0, 0]], atol=1e-9)
    (seen,) = scene.sightings
    assert (seen.row, seen.view, seen.share) == (2, "0", 0.75)
    assert list(seen.box_px or ()) == [1408 - 401, 100, 1408 - 300, 201], (
        "pixels 100 to 200 and 300 to 400 of the stored one"
    )
    assert "2D boxes without a view within 0.02 s: 1" in scene.source.warnings


def test_without_a_calibration_the_views_are_of_the_devices_own_camera(tmp_path: pathlib.Path) -> None:
    scene = read(layouts.aria(tmp_path / "walk", calibrated=False))
    (seen,) = scene.sightings
    assert (seen.view, seen.share) == ("1", 0.5)
    np.testing.assert_allclose(scene.views[0].world_from_camera.translation_m, [1, 1, 1.6], atol=1e-9)
    assert scene.yaw_slacks_rad[3] == np.pi
    assert np.isnan(scene.fronts[3]).all()


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("3d_bounding_box.csv", "p_local_obj_xmin[m]", "xmin", "no column 'p_local_obj_xmin'"),
        ("scene_objects.csv", "t_wo_x[m]", "t_wo_x[m],more", "a line has 9 fields under 10 columns"),
        ("3d_bounding_box.csv", "0.75", "high", "p_local_obj_ymax is 'high', no finite number"),
        ("3d_bounding_box.csv", "0.75", "nan", "p_local_obj_ymax is 'nan', no finite number"),
        ("3d_bounding_box.csv", "0.75", "-0.75", "'Table_0' has a size below 0"),
        ("aria_trajectory.csv", "-9.81", "9.81", "gravity points along"),
        ("aria_trajectory.csv", "11000000", "9000000", "times do not rise"),
        ("instances.json", "}}", "", "not JSON|stops short"),
    ],
)
def test_a_broken_table_is_refused(file: str, old: str, new: str, says: str, tmp_path: pathlib.Path) -> None:
    folder = layouts.aria(tmp_path / "walk")
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(
        text.replace(old, new, 1) if file != "aria_trajectory.csv" else text.replace(old, new)
    )
    with pytest.raises(BadInput, match=says):
        read(folder)


# Spark-DSG


def test_the_graph_has_a_floor_rooms_and_a_robot_that_looks_along_x(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path / "graph.json", layouts.spark_dsg()))
    assert scene.names == ("O(0)", "O(1)", "O(2)", "R(0)")
    room = scene.row("R(0)")
    assert scene.kinds[room] == "region"
    assert scene.centers[room].tolist() == [2, 2, 1]
    assert (scene.center_slacks[room] == 0).all()
    assert np.isinf(scene.size_slacks[room]).all(), "an invalid box is no box"
    assert scene.floor is not None
    assert scene.floor.bounds == pytest.approx((0, 1, 3, 3))
    assert 4.9 < scene.floor.area < np.pi * 2
    assert scene.views[0].world_from_camera.rotation[:, 2] == pytest.approx([0, 1, 0])
    assert scene.views[0].time_s == 0


def test_a_graph_without_names_for_its_classes_holds_objects(tmp_path: pathlib.Path) -> None:
    graph = layouts.spark_dsg()
    del graph["metadata"]
    scene = read(put(tmp_path / "graph.json", graph))
    assert scene.labels == ("object", "object", "object", "room")
    assert any("numbers without names" in each for each in scene.source.notes)


def test_an_upright_box_of_an_old_graph_is_its_corners(tmp_path: pathlib.Path) -> None:
    graph = layouts.spark_dsg()
    graph["nodes"][0]["attributes"]["bounding_box"] = {"type": "AABB", "min": [0, 0, 0], "max": [1, 2, 3]}
    scene = read(put(tmp_path / "graph.json", graph))
    assert scene.centers[0].tolist() == [0.5, 1, 1.5]
    assert scene.sizes[0].tolist() == [1, 2, 3]


def test_json_with_a_nan_is_refused_by_every_reader(tmp_path: pathlib.Path) -> None:
    for number, layout in enumerate(
        [layouts.vsi_bench(), layouts.multiscan(), layouts.embodiedscan(), layouts.boxes_json()]
    ):
        text = json.dumps(layout).replace("0.375", "NaN")
        path = tmp_path / f"{number}.json"
        path.write_text(text)
        with pytest.raises(BadInput, match="NaN is no JSON number"):
            read(path)
