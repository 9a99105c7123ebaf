import json
import pathlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.poses import rotation_from_quaternion
from allocentric.intervals import ONE, Arc, Interval
from allocentric.scene.scene import Complete, Footprint, Scene, Stated, Thing, scene_of
from allocentric.seeds import stream
from allocentric.worlds.read import read
from allocentric.worlds.readers.embodiedscan import extrinsic_zxy, intrinsic_zxy
from allocentric.worlds.write import formats, write
from allocentric.worlds.writers.embodiedscan import extrinsic_angles, intrinsic_angles
from tests.scene.drawn import differing, drawn_scene

ROOM = Polygon([(0, 0), (5, 0), (5, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2)]])


def furnished(*, tilted: bool = False) -> Scene:
    """Things of every kind, each with what a format may lose."""
    turn = rotation_from_quaternion(0.9, 0.1, 0.2, 0.3) if tilted else rotation_about_up(1.0)
    things = [
        Thing(label="wall", kind="structure", center=(2.5, 0, 1.25), size=(5, 0.1, 2.5)),
        Thing(label="tv stand", name="the old one", center=(1, 2, 0.5), size=(1, 2, 0.7), rotation=turn),
        Thing(label="rug", center=(3, 1, 0), size=(1, 2, 0), yaw_rad=-2.0),
        Thing(label="chair", center=(4, 1, 0.5), size=(0.5, 0.5, 1), yaw_rad=0.3, front=(1, 0, 0)),
    ]
    return scene_of("den", things)


CARRIES_TILT = ("allocentric", "boxes", "embodiedscan", "embodiedscan-extrinsic", "glb")


@pytest.mark.parametrize("format", formats())
def test_boxes_and_labels_come_back_from_every_format(format: str, tmp_path: pathlib.Path) -> None:
    scene = furnished(tilted=format in CARRIES_TILT)
    write(scene, tmp_path / "den", format=format)
    back = read(tmp_path / "den", format="mesh" if format == "glb" else format)
    assert back.labels == scene.labels
    np.testing.assert_allclose(back.centers, scene.centers, atol=1e-12)
    np.testing.assert_allclose(back.sizes, scene.sizes, atol=1e-12)
    np.testing.assert_allclose(back.rotations, scene.rotations, atol=1e-12)
    assert back.source.warnings == () or format.startswith("embodiedscan")


@pytest.mark.parametrize("format", ["boxes", "glb"])
def test_names_kinds_and_fronts_come_back_where_the_format_can_carry_them(
    format: str, tmp_path: pathlib.Path
) -> None:
    scene = furnished(tilted=True)
    notes = write(scene, tmp_path / "den", format=format)
    back = read(tmp_path / "den")
    assert (back.names, back.kinds) == (scene.names, scene.kinds)
    np.testing.assert_allclose(back.fronts, scene.fronts, atol=1e-12)
    assert back.shapes == (None,) * 4 or format == "glb"
    assert set(notes) <= {"meshes are rounded to single precision"}


def test_what_is_lost_is_said(tmp_path: pathlib.Path) -> None:
    region = Thing(label="room", kind="region", center_slack=np.inf, size_slack=np.inf)
    scene = scene_of(
        "den",
        [Thing(label="tv", name="mine", size=(1, 1, 1), front=(0, 1, 0), yaw_slack_rad=0.1), region],
        stated=(Stated(1, "area", ONE),),
        north=Arc(0.0),
        floor=ROOM,
        complete=Complete(),
    )
    notes = write(scene, tmp_path / "den.txt")
    assert notes == (
        "names are lost",
        "what is structure and what is a region is lost",
        "fronts are lost",
        "slack is lost: everything will seem exactly placed",
        "stated measures are lost",
        "the floor's outline is lost",
        "north is lost",
        "where the list of things is complete is lost",
        "left out, their place or size being unknown: room",
    )
    assert write(scene, tmp_path / "den.allo.json") == ()


def test_boxes_by_hand_carry_the_room_and_what_is_not_known(tmp_path: pathlib.Path) -> None:
    lamp = Thing(
        label="lamp",
        size=(1, 1, 1),
        center_slack=(1, 0, 0),
        slack_axes=rotation_about_up(np.pi / 4),
        yaw_slack_rad=1,
    )
    kitchen = Thing(
        label="room",
        name="kitchen",
        kind="region",
        center=(2.5, 2, 1),
        size=(5, 4, 2),
        shape=Footprint(ROOM, 0, 2),
    )
    scene = scene_of(
        "den", [lamp, kitchen], floor=ROOM, north=Arc(1.0), complete=Complete(frozenset({"lamp"}))
    )
    assert write(scene, tmp_path / "den.boxes.json") == ()
    back = read(tmp_path / "den.boxes.json")
    assert back.names == scene.names
    assert back.labels == scene.labels
    np.testing.assert_allclose(back.center_slacks[0], [np.sqrt(0.5), np.sqrt(0.5), 0], atol=1e-12)
    assert back.yaw_slacks_rad[0] == pytest.approx(1)
    assert back.north.middle_rad == pytest.approx(1)
    assert back.complete is not None
    assert back.complete.labels == frozenset({"lamp"})
    room = back.shapes[1]
    assert isinstance(room, Footprint)
    assert room.polygon.equals(ROOM)
    assert back.floor is not None
    assert back.floor.equals(ROOM)
    assert (room.low, room.high) == (0, 2)


def test_an_unknown_scale_stays_unknown_in_boxes_by_hand_and_a_known_one_is_metres(
    tmp_path: pathlib.Path,
) -> None:
    any_scale = Interval(0, np.inf, open_low=True)
    for scale, size in ((any_scale, 3.0), (Interval(2, 2), 6.0)):
        scene = scene_of("den", [Thing(label="tv", size=(3, 3, 3))], scale=scale)
        assert write(scene, tmp_path / "den.boxes.json") == ()
        back = read(tmp_path / "den.boxes.json")
        assert back.sizes[0, 0] == size
        assert back.scale == (ONE if scale.exact else scale)


def test_a_mesh_comes_back_from_a_glb_in_single_precision(tmp_path: pathlib.Path) -> None:
    mesh = box_mesh(np.array([1.0, 2, 3])).moved(rotation_about_up(0.7), np.array([100.0, 200, 3]))
    thing = Thing(label="tv", center=(100, 200, 3), size=(1, 2, 3), yaw_rad=0.7, shape=mesh)
    assert write(scene_of("den", [thing]), tmp_path / "den.glb") == (
        "meshes are rounded to single precision",
    )
    back = read(tmp_path / "den.glb")
    shape = back.shapes[0]
    assert isinstance(shape, Mesh)
    np.testing.assert_allclose(shape.vertices_m, mesh.vertices_m, atol=1e-5)
    np.testing.assert_array_equal(shape.faces, mesh.faces)
    np.testing.assert_allclose(back.sizes, [[1, 2, 3]], atol=1e-5)


def test_names_that_mean_something_to_a_mesh_library_come_back_in_their_order(tmp_path: pathlib.Path) -> None:
    names = ("world", "a/b", "", "node_0", '"', "椅子", "world_1")
    write(
        scene_of("den", [Thing(label="tv", name=each, size=(1, 1, 1)) for each in names]), tmp_path / "a.glb"
    )
    assert read(tmp_path / "a.glb").names == names


def test_a_tilted_thing_is_no_line_of_a_layout_and_nothing_is_written(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="'the old one' is tilted"):
        write(furnished(tilted=True), tmp_path / "den.txt")
    assert list(tmp_path.iterdir()) == []


def test_the_layout_of_the_release_is_written(tmp_path: pathlib.Path) -> None:
    write(furnished(tilted=True), tmp_path / "den.embodiedscan.json")
    told = json.loads((tmp_path / "den.embodiedscan.json").read_text())
    assert told["metainfo"]["categories"] == {"wall": 0, "tv stand": 1, "rug": 2, "chair": 3}
    (sample,) = told["data_list"]
    assert sample["instances"][3]["bbox_3d"] == pytest.approx([4, 1, 0.5, 0.5, 0.5, 1, 0.3, 0, 0])
    assert sample["instances"][3]["bbox_label_3d"] == 3


def test_the_suffix_tells_the_format_and_an_unknown_one_is_refused(tmp_path: pathlib.Path) -> None:
    scene = furnished()
    for name, format in [
        ("a.allo.json", "allocentric"),
        ("a.json", "allocentric"),
        ("a.BOXES.json", "boxes"),
    ]:
        write(scene, tmp_path / name)
        assert read(tmp_path / name, format=format).labels == scene.labels
    with pytest.raises(BadInput, match="names no format"):
        write(scene, tmp_path / "den.usdz")
    with pytest.raises(UnknownName, match="did you mean 'glb'"):
        write(scene, tmp_path / "den", format="gltb")


@pytest.mark.parametrize("format", formats())
def test_an_empty_scene_is_written_as_one(format: str, tmp_path: pathlib.Path) -> None:
    write(scene_of("den", []), tmp_path / "den", format=format)
    assert (tmp_path / "den").exists()


@given(st.integers(0, 2**32))
def test_any_scene_survives_our_own_format_on_disk(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    path = tmp_path_factory.mktemp("scene") / "a.json"
    scene = drawn_scene(seed)
    assert write(scene, path) == ()
    assert differing(scene, read(path)) == []


@given(st.integers(0, 2**32))
def test_both_readings_of_zxy_are_undone_by_their_writers_upright_or_not(seed: int) -> None:
    random = stream(seed, "angles")
    quarter = np.pi / 2
    angles = np.concatenate(
        [
            random.uniform(-4, 4, size=(4, 3)),
            random.integers(-2, 3, size=(4, 3)) * quarter,
            random.uniform(-4, 4, size=(4, 3)) * [1, 0, 1]
            + [0, quarter, 0]
            + random.normal(size=(4, 3)) * 1e-9,
        ]
    )
    for read_as, write_as in ((intrinsic_zxy, intrinsic_angles), (extrinsic_zxy, extrinsic_angles)):
        rotations = read_as(angles)
        np.testing.assert_allclose(read_as(write_as(rotations)), rotations, atol=1e-14)
