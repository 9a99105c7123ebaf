import json
import pathlib

import jsonschema
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Fisheye, Panorama
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.poses import Pose
from allocentric.scene import schema
from allocentric.scene.file import from_json, json_schema, load, save, to_json
from allocentric.scene.scene import (
    DepthImage,
    Footprint,
    Scene,
    Sighting,
    Stated,
    Thing,
    View,
    derived,
    scene_of,
)
from tests.scene.drawn import differing, drawn_scene

SCHEMA = pathlib.Path(__file__).parents[2] / "docs" / "scene.schema.json"
CHECKER = jsonschema.Draft202012Validator(json_schema())


def small_scene(**shared: object) -> Scene:
    return scene_of("den", [Thing(label="tv", center=(1, 2, 0.5), size=(1, 0.1, 0.6))], **shared)


@given(st.integers(0, 2**32))
def test_a_saved_scene_comes_back_bit_for_bit_with_its_parents(seed: int) -> None:
    scene = drawn_scene(seed)
    assert differing(scene, from_json(to_json(scene))) == []


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_what_is_written_keeps_to_the_schema(seed: int) -> None:
    CHECKER.validate(json.loads(to_json(drawn_scene(seed))))


def test_the_schema_in_the_documentation_is_the_one_of_the_program() -> None:
    assert json.loads(SCHEMA.read_text()) == json_schema()


@given(st.binary(min_size=8, max_size=80).map(lambda each: each[: len(each) // 8 * 8]))
def test_any_pattern_of_bits_survives_in_an_array(data: bytes) -> None:
    array = np.frombuffer(data, dtype="<f8")
    text = msgspec.json.encode(schema.numbers(array))
    back = schema.array_of(msgspec.json.decode(text, type=schema.Numbers), (-1,), where="")
    assert back.tobytes() == data


def test_a_large_array_is_kept_as_base64_and_a_small_one_can_be_read_by_a_person() -> None:
    assert schema.numbers(np.array([[0.1, np.inf]])) == [[0.1, "inf"]]
    large = np.arange(schema.LISTED_AT_MOST + 1) / 3
    packed = schema.numbers(large)
    assert isinstance(packed, schema.Packed)
    assert schema.array_of(packed, (-1,), where="").tobytes() == large.tobytes()


def test_a_mesh_that_a_scene_shares_with_its_parent_is_written_once() -> None:
    mesh = box_mesh(np.ones(3))
    scene = scene_of("den", [Thing(label=each, shape=mesh) for each in ("tv", "lamp")])
    back = from_json(to_json(derived(scene, "nothing")))
    assert to_json(scene).count(b"vertices") == 1
    assert isinstance(back.shapes[0], Mesh)
    assert back.parent is not None
    assert back.shapes[0] is back.shapes[1] is back.parent.shapes[0]


def test_saving_leaves_nothing_but_the_file(tmp_path: pathlib.Path) -> None:
    for _ in range(2):
        save(small_scene(), tmp_path / "den.allo.json")
    assert [each.name for each in tmp_path.iterdir()] == ["den.allo.json"]
    assert differing(load(tmp_path / "den.allo.json"), small_scene()) == []


def test_a_scene_cannot_be_saved_where_no_folder_is(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        save(small_scene(), tmp_path / "missing" / "den.allo.json")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
def test_a_file_cut_short_is_refused_with_its_length(share: float) -> None:
    text = to_json(small_scene())
    cut = text[: int(len(text) * share)]
    with pytest.raises(BadInput, match=f"stops short, after {len(cut)} bytes"):
        from_json(cut)


def changed(path: list[str | int], value: object) -> bytes:
    """The text of a scene with one value changed."""
    views = (View("0", Pose(np.eye(3), np.zeros(3))),)
    scene = small_scene(views=views, sightings=(Sighting(0, "0"),))
    text = json.loads(to_json(scene))
    at = text
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return json.dumps(text).encode()


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (["version"], 2, "version 2; this program reads version 1"),
        (["format"], "boxes", "format is 'boxes'"),
        (["scenes"], [], "no scene"),
        (["scenes", 0, "scale", "low"], 3, "runs from low to high"),
        (["scenes", 0, "centers"], [[1, 2]], "1 x 3 numbers belong here, not 1 x 2"),
        (["scenes", 0, "centers"], [[1, 2], [1]], "cannot be read"),
        (["scenes", 0, "centers"], [["inf", 0, 0]], "not a finite number"),
        (["scenes", 0, "centers"], [["one", 0, 0]], "Invalid enum value 'one'"),
        (["scenes", 0, "centers"], {"dtype": "<f8", "shape": [1, 3], "base64": "AAA="}, "cannot be read"),
        (["scenes", 0, "centers"], {"dtype": "<f8", "shape": [1, 3], "base64": "?"}, "cannot be read"),
        (["scenes", 0, "sizes"], [[-1, 0, 0]], "'tv' has a size below 0"),
        (["scenes", 0, "rotations"], [[[1, 0, 0], [0, 1, 0], [0, 0, -1]]], "left-handed"),
        (["scenes", 0, "labels"], [], "0 labels stand beside 1 names"),
        (["scenes", 0, "colour"], "red", "unknown field `colour`"),
        (["scenes", 0, "stated"], [{"row": 4, "measure": "area", "bound": {"low": 1, "high": 1}}], "thing 4"),
        (["scenes", 0, "shapes"], [{"kind": "mesh", "mesh": 0}], "mesh 0 is spoken of"),
        (["scenes", 0, "sightings", 0, "view"], "7", "view '7', which is not there"),
        (["scenes", 0, "views", 0, "camera"], {"kind": "lens"}, "Invalid value 'lens'"),
        (
            ["scenes", 0, "views", 0, "camera"],
            {"kind": "panorama", "width_px": 0, "height_px": 9},
            "one pixel",
        ),
        (["scenes", 0, "floor"], [[[0, 0], [1, 1]]], "polygon|ring"),
        (["scenes", 0, "floor"], [[0, 0, 1, 1]], "belong here"),
        (["meshes"], [{"vertices": [[0, 0, 0]], "faces": [[0, 0, 0.5]]}], "whole numbers"),
        (["meshes"], [{"vertices": [[0, 0, 0]], "faces": [[0, 0, 1]]}], "names a vertex"),
        (
            ["scenes", 0, "tracks"],
            [{"row": 0, "times_s": [1, 0], "centers": [], "rotations": []}],
            "do not rise",
        ),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_what_is_wrong(
    path: list[str | int], value: object, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        from_json(changed(path, value))


def test_a_stated_measure_survives() -> None:
    scene = small_scene(stated=(Stated(0, "area", schema_bound := small_scene().scale),))
    assert from_json(to_json(scene)).stated[0].bound == schema_bound


def test_a_view_s_camera_survives_and_tells_the_size_of_its_picture() -> None:
    camera = Fisheye(800, 600, 300.0, 301.0, 400.5, 299.5, (0.1, -0.02), (1e-3, 0.0), (0.0, -0.0, 1e-4, 0.0))
    pose = Pose(np.eye(3), np.zeros(3))
    views = (View("a", pose, camera=camera), View("b", pose, size_px=(64, 48)))
    first, second = from_json(to_json(small_scene(views=views))).views
    assert (first.camera, first.size_px) == (camera, (800, 600))
    assert (second.camera, second.size_px) == (None, (64, 48))


def test_a_depth_image_survives_with_a_camera_of_its_own() -> None:
    depth = DepthImage("depth/7.png", 1 / 5000, "range", Panorama(64, 32))
    view = View("a", Pose(np.eye(3), np.zeros(3)), camera=Panorama(800, 400), depth=depth)
    (back,) = from_json(to_json(small_scene(views=(view,)))).views
    assert back.depth == depth


def test_depth_of_no_scale_is_refused_in_a_file_too() -> None:
    view = View("a", Pose(np.eye(3), np.zeros(3)), depth=DepthImage("7.png", 0.001))
    text = to_json(small_scene(views=(view,))).replace(b"0.001", b"-0.001")
    with pytest.raises(BadInput, match=r"a count of depth is -0\.001 m"):
        from_json(text)


def test_a_view_s_picture_is_of_its_camera_s_size() -> None:
    with pytest.raises(BadInput, match="64 x 48 pixels, its camera's 800 x 600") as caught:
        View("a", Pose(np.eye(3), np.zeros(3)), size_px=(64, 48), camera=Panorama(800, 600))
    assert caught.value.where == "view 'a'"


def test_lines_points_and_several_areas_survive_as_they_were() -> None:
    hole = Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(1, 1), (1, 2), (2, 2)]])
    grounds = [
        hole,
        MultiPolygon([hole, Polygon([(20, 0), (21, 0), (21, 1)])]),
        MultiPolygon([hole]),
        LineString([(0.1, 0.2), (3, 4), (5, -1)]),
        MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]),
        Point(1 / 3, 2),
        MultiPoint([(1, 2), (3, 4)]),
    ]
    things = [Thing(label="river", shape=Footprint(each)) for each in grounds]
    seen = (Sighting(2, "map", mark="3"),)
    scene = scene_of(
        "map", things, space="globe", views=(View("map", Pose(np.eye(3), np.zeros(3))),), sightings=seen
    )
    text = to_json(scene)
    CHECKER.validate(json.loads(text))
    again = from_json(text)
    assert [each.polygon.wkb for each in again.shapes if isinstance(each, Footprint)] == [
        each.wkb for each in grounds
    ]
    assert again.sightings == seen
