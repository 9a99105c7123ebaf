"""Habitat scenes: a small dataset written by hand from the documentation, and the simulator's own."""

import json
import pathlib
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.meshes import Mesh
from allocentric.scene.scene import Scene
from allocentric.worlds.read import read, scene_ids
from tests.real_data import folder
from tests.worlds.layouts import put

# A box from (0, 0, 0) to (1, 2, 3): y up, so 2 high.
BOX = "o box\n" + "".join(f"v {x} {y} {z}\n" for x in (0, 1) for y in (0, 2) for z in (0, 3))
BOX += "f 1 2 4 3\nf 5 7 8 6\nf 1 5 6 2\nf 3 4 8 7\nf 1 3 7 5\nf 2 6 8 4\n"

HALF = 0.5**0.5
INSTANCE = {
    "stage_instance": {"template_name": "stages/flat"},
    "object_instances": [
        {"template_name": "chair", "translation": [10, 1, -4], "rotation": [HALF, 0, HALF, 0]},
        {"template_name": "chair", "translation": [0, 0, 0], "uniform_scale": 2, "translation_origin": "COM"},
        {"template_name": "lamps/reading", "translation": [1, 0, 1], "non_uniform_scale": [1, 1, -1]},
    ],
    "articulated_object_instances": [
        {"template_name": "desk", "translation": [0, 0, 5], "initial_joint_pose": {"slide": 0.5}}
    ],
}


# A desk with a drawer that hangs 1 under its origin and slides along z; both are the box.
DRAWN = (
    '<visual><origin xyz="0 0 0"/><geometry><mesh filename="../a/chair.obj" scale="{}"/></geometry></visual>'
)
DESK = f"""<robot name="desk">
 <link name="drawer">{DRAWN.format("1 0.5 1")}</link>
 <link name="top">{DRAWN.format("1 1 1")}</link>
 <joint name="slide" type="prismatic"><parent link="top"/><child link="drawer"/>
  <origin xyz="0 -1 0" rpy="0 0 0"/><axis xyz="0 0 2"/></joint>
</robot>"""


def dataset(root: pathlib.Path, instance: dict[str, Any] = INSTANCE) -> pathlib.Path:
    """A dataset with a stage, a chair and a lamp that lies on its back in its file."""
    for name in ("stages", "objects/a", "objects/urdf", "scenes", "semantics"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "stages" / "flat.obj").write_text(BOX.replace("o box", "o Floor_01"))
    (root / "objects" / "a" / "chair.obj").write_text(BOX)
    put(root / "stages" / "flat.stage_config.json", {"render_asset": "flat.obj"})
    put(root / "objects" / "a" / "chair.object_config.json", {"render_asset": "chair.obj", "semantic_id": 7})
    (root / "objects" / "urdf" / "desk.urdf").write_text(DESK)
    put(root / "scenes" / "home.scene_instance.json", instance)
    classes = {"classes": [{"name": "unknown", "id": 0}, {"name": "dining_chair", "id": 7}]}
    put(root / "semantics" / "lexicon.json", classes)
    region = {
        "name": "bedroom_1",
        "label": "Bedroom",
        "poly_loop": [[0, -1, 0], [4, -1, 0], [4, -1, -3], [0, -1, -3]],
        "floor_height": -1,
        "extrusion_height": 2.5,
    }
    told = {"region_annotations": [region], "semantic_descriptor_filename": "lexicon.json"}
    put(root / "semantics" / "home.semantic_config.json", told)
    lamp: dict[str, Any] = {
        "original_file": "objects/a/chair.object_config.json",
        "template_handle": "lamps/reading_lamp",
    }
    lamp |= {"attributes": {"up": [0, 0, 1], "front": [0, 1, 0], "semantic_id": 3}}
    own_name = "%%CONFIG_NAME_AS_ASSET_FILENAME%%.semantic_config.json"
    config = {
        "stages": {"paths": {".json": ["stages"]}},
        "objects": {"paths": {".json": ["objects/*"]}, "configs": [lamp]},
        "articulated_objects": {"paths": {".urdf": ["objects/urdf"]}},
        "scene_instances": {
            "paths": {".json": ["scenes"]},
            "default_attributes": {"semantic_scene_instance": own_name},
        },
        "semantic_scene_descriptor_instances": {"paths": {".json": ["semantics/*"]}},
    }
    return put(root / "small.scene_dataset_config.json", config)


def bounds(scene: Scene, row: int) -> list[list[float]]:
    shape = scene.shapes[row]
    assert isinstance(shape, Mesh)
    return [each.round(9).tolist() for each in shape.bounds_m()]


def test_a_scene_is_its_stage_its_objects_and_its_rooms(tmp_path: pathlib.Path) -> None:
    path = dataset(tmp_path)
    assert scene_ids(path) == ("home",)
    scene = read(path)
    assert (scene.id, scene.source.format) == ("home", "habitat")
    chairs = ("dining chair 1", "dining chair 2")
    assert scene.names == ("Floor_01", *chairs, "reading_lamp", "desk", "bedroom_1")
    assert scene.labels == ("floor", "dining chair", "dining chair", "reading lamp", "desk", "bedroom")
    assert scene.kinds == ("structure", *["object"] * 4, "region")
    # y up to z up: (x, y, z) is (x, -z, y).
    assert bounds(scene, 0) == [[0, -3, 0], [1, 0, 2]]
    np.testing.assert_allclose(scene.centers[5], [2, 1.5, 0.25])
    np.testing.assert_allclose(scene.sizes[5], [4, 3, 2.5])


def test_an_object_is_turned_and_shifted_as_its_instance_says(tmp_path: pathlib.Path) -> None:
    scene = read(dataset(tmp_path))
    # A quarter left about the vertical: in y-up axes (x, y, z) is (z, y, -x); then shifted by (10, 1, -4).
    assert bounds(scene, 1) == [[10, 4, 1], [13, 5, 3]]
    np.testing.assert_allclose(scene.sizes[1], [1, 3, 2])
    np.testing.assert_allclose(scene.rotations[1], [[0, -1, 0], [1, 0, 0], [0, 0, 1]], atol=1e-12)
    # Twice as large, its centre of mass (the middle of its mesh) at the origin.
    assert bounds(scene, 2) == [[-1, -3, -2], [1, 3, 2]]


def test_an_articulated_object_is_all_of_its_links_as_its_joints_are_set(tmp_path: pathlib.Path) -> None:
    scene = read(dataset(tmp_path))
    # The top is 2 high from 0, the drawer 1 high from -1 and half out along z, our -y; all at z = 5.
    assert bounds(scene, 4) == [[0, -8.5, -1], [1, -5, 2]]


def test_a_mesh_that_lies_on_its_back_stands_up_and_a_mirrored_one_keeps_its_outside(
    tmp_path: pathlib.Path,
) -> None:
    scene = read(dataset(tmp_path))
    # Its file is z up and y ahead, as our world is: 3 high. It is mirrored along the simulator's z, our -y.
    assert bounds(scene, 3) == [[1, -3, 0], [2, -1, 3]]
    shape = scene.shapes[3]
    assert isinstance(shape, Mesh)
    a, b, c = (shape.vertices_m[shape.faces[:, corner]] - scene.centers[3] for corner in range(3))
    assert np.einsum("fi,fi->", a, np.cross(b, c)) / 6 == pytest.approx(6)


def test_a_scene_instance_finds_the_dataset_above_it(tmp_path: pathlib.Path) -> None:
    dataset(tmp_path)
    scene = read(tmp_path / "scenes" / "home.scene_instance.json")
    assert (scene.id, len(scene)) == ("home", 6)


def test_a_stage_alone_is_a_scene(tmp_path: pathlib.Path) -> None:
    dataset(tmp_path)
    scene = read(tmp_path / "stages" / "flat.stage_config.json")
    assert (scene.id, scene.names, scene.kinds) == ("flat", ("Floor_01",), ("structure",))


def test_a_handle_may_be_a_part_of_a_name_and_a_doubtful_one_is_warned_of(tmp_path: pathlib.Path) -> None:
    path = dataset(tmp_path)
    (tmp_path / "objects" / "a" / "chair_low.object_config.json").write_text('{"render_asset": "chair.obj"}')
    put(
        tmp_path / "scenes" / "home.scene_instance.json",
        {"stage_instance": {"template_name": "fla"}, "object_instances": [{"template_name": "hair"}]},
    )
    scene = read(path)
    assert scene.names[:2] == ("Floor_01", "chair")
    assert scene.source.warnings[0] == "'hair' may be any of chair, chair_low: taken to be chair"


def changed(root: pathlib.Path, **changes: Any) -> pathlib.Path:
    """The dataset with one instance of a chair, changed."""
    instance = {"stage_instance": {"template_name": "flat"}, "object_instances": [{"template_name": "chair"}]}
    return dataset(root, instance | {"object_instances": [{"template_name": "chair"} | changes]})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rotation": [1, 1, 0, 0]}, "is no unit quaternion"),
        ({"rotation": [1, 0, 0]}, "length 4"),
        ({"non_uniform_scale": [1, 0, 1]}, "its scale is"),
        ({"translation": [1e300, 0, 0]}, "its translation is"),
        ({"uniform_scale": 1e300}, "its scale is"),
        ({"translation_origin": "corner"}, "no translation_origin 'corner'"),
        ({"translation": ["a", 0, 0]}, "Expected `float`, got `str`"),
    ],
)
def test_a_broken_instance_is_refused_by_its_row(
    changes: dict[str, Any], says: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        read(changed(tmp_path, **changes))
    assert "object_instances[0]" in caught.value.where


def test_what_is_missing_is_named(tmp_path: pathlib.Path) -> None:
    path = changed(tmp_path, template_name="chiar")
    with pytest.raises(UnknownName, match="no object template is named 'chiar'") as unknown:
        read(path)
    assert unknown.value.mend == "did you mean 'chair'?"
    path = changed(tmp_path)
    (tmp_path / "objects" / "a" / "chair.obj").unlink()
    with pytest.raises(BadInput, match="no such file") as caught:
        read(path)
    assert caught.value.where.endswith("chair.obj")
    (tmp_path / "semantics" / "home.semantic_config.json").unlink()
    (tmp_path / "objects" / "a" / "chair.obj").write_text(BOX)
    assert any("semantic descriptor" in each for each in read(path).source.warnings)


def test_a_scene_instance_that_no_dataset_lists_is_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="above it lists this scene"):
        read(put(tmp_path / "x.scene_instance.json", INSTANCE))


def test_axes_of_a_config_that_are_not_square_are_refused(tmp_path: pathlib.Path) -> None:
    dataset(tmp_path)
    path = tmp_path / "stages" / "flat.stage_config.json"
    path.write_text(json.dumps({"render_asset": "flat.obj", "up": [0, 1, 0], "front": [0, 1, 0]}))
    with pytest.raises(BadInput, match="no unit directions at right angles"):
        read(path)


# The simulator's own test assets


def test_the_simulators_own_datasets_are_read_with_their_regions() -> None:
    root = folder("habitat_test_dataset")
    scene = read(root / "dataset_tests" / "dataset_0" / "test_dataset_0.scene_dataset_config.json")
    assert scene.names == (
        "Floor",
        "dataset_test_object1",
        "dataset_test_object2",
        "test_region_negativeX",
        "test_region_positiveX",
    )
    assert scene.labels[3:] == ("bedroom", "bathroom")
    np.testing.assert_allclose(scene.sizes[0], [20, 20, 1.87], atol=0.01)  # its scale of 2 is overridden
    np.testing.assert_allclose(scene.centers[2], [0.3, -0.5, 0.4], atol=1e-6)
    np.testing.assert_allclose(scene.sizes[3], [20, 20, 4])
    other = root / "dataset_tests" / "dataset_1" / "test_dataset_1.scene_dataset_config.json"
    assert scene_ids(other) == ("dataset_test_scene_0", "dataset_test_scene_1")
    warnings = read(f"{other}#dataset_test_scene_0").source.warnings
    assert warnings[:2] == (
        "the semantic descriptor 'semantic_descriptor_path1' is missing: no rooms, no classes",
        "'modified_test_stage' may be any of modified_test_stage_0, modified_test_stage_1: "
        "taken to be modified_test_stage_0",
    )


def test_a_room_whose_file_is_z_up_stands_upright() -> None:
    scene = read(folder("habitat_test_dataset") / "scenes" / "simple_room.stage_config.json")
    assert len(scene) == 7
    top, legs = scene.row("Cube.002"), [scene.row(f"Cube.00{n}") for n in (3, 4, 5, 6)]
    leg_tops = scene.centers[legs, 2] + scene.sizes[legs, 2] / 2
    table_bottom = scene.centers[top, 2] - scene.sizes[top, 2] / 2
    assert (np.abs(leg_tops - table_bottom) < 0.05).all(), "the table stands on its legs"
