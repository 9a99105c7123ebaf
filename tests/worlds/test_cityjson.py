"""City models: small files written by hand from the specification, and real cities."""

import copy
import json
import math
import pathlib
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.surfaces import is_closed
from allocentric.scene.scene import Scene
from allocentric.worlds.read import read
from tests.real_data import folder
from tests.worlds.layouts import put

# A court: walls about a yard of 4 m by 4 m, 10 m by 10 m outside and 3 m high, in millimetres.
OUTER, YARD = [(0, 0), (10, 0), (10, 10), (0, 10)], [(3, 3), (7, 3), (7, 7), (3, 7)]
CORNERS = [[x * 1000, y * 1000, z] for z in (0, 3000) for x, y in (*OUTER, *YARD)]
COURT = [
    [[3, 2, 1, 0], [4, 5, 6, 7]],  # ground, looking down, the yard cut out
    [[8, 9, 10, 11], [15, 14, 13, 12]],  # roof
    *([[a, b, b + 8, a + 8]] for a, b in ((0, 1), (1, 2), (2, 3), (3, 0))),
    *([[b, a, a + 8, b + 8]] for a, b in ((4, 5), (5, 6), (6, 7), (7, 4))),
]
KINDS = {"surfaces": [{"type": "GroundSurface"}, {"type": "RoofSurface"}, {"type": "WallSurface"}]}


def city() -> dict[str, Any]:
    semantics = KINDS | {"values": [[0, 1, *([2] * 8)]]}
    solid = {"type": "Solid", "lod": "2.2", "boundaries": [COURT], "semantics": semantics}
    rough = {"type": "MultiSurface", "lod": "0", "boundaries": [[[0, 1, 2, 3]]]}
    return {
        "type": "CityJSON",
        "version": "2.0",
        "transform": {"scale": [0.001, 0.001, 0.001], "translate": [84616.468, 447422.999, -0.452]},
        "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"},
        "CityObjects": {
            "court": {"type": "Building", "geometry": [rough, solid], "attributes": {"measuredHeight": 3}},
            "path": {"type": "Road", "geometry": [rough]},
        },
        "vertices": CORNERS,
    }


def volume(scene: Scene, name: str) -> float:
    shape = scene.shapes[scene.row(name)]
    assert isinstance(shape, Mesh)
    a, b, c = (shape.vertices_m[shape.faces[:, corner]] for corner in range(3))
    return float(np.einsum("fi,fi->", a, np.cross(b, c)) / 6)


def test_a_building_with_a_yard_is_a_closed_mesh_of_its_volume(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path / "court.city.json", city()))
    assert (scene.id, scene.source.format) == ("court", "cityjson")
    assert scene.names == ("court", "path")
    assert scene.labels == ("building", "road")
    assert scene.kinds == ("object", "structure")
    shape = scene.shapes[0]
    assert isinstance(shape, Mesh)
    assert is_closed(shape)
    assert volume(scene, "court") == pytest.approx((100 - 16) * 3, rel=1e-12), "faces look outward"
    np.testing.assert_allclose(scene.sizes[0], [10, 10, 3], atol=1e-9)
    assert scene.north.exact
    assert scene.north.middle_rad == math.pi / 2, "y is north"
    assert scene.metric
    assert scene.complete is None
    assert scene.source.warnings == ()
    assert "level of detail: 2.2 1, 0 1; passed over: 0 1" in scene.source.notes
    assert "semantic surfaces: WallSurface 8, GroundSurface 1, RoofSurface 1" in scene.source.notes


def test_a_city_far_from_its_origin_is_brought_near_without_losing_a_digit(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path / "court.city.json", city()))
    shape = scene.shapes[0]
    assert isinstance(shape, Mesh)
    assert shape.vertices_m.min(axis=0).tolist() == [0.468, 0.999, -0.452]
    assert "brought near its origin: x is less by 84616, y by 447422, z as it was" in scene.source.notes
    near = city()
    near["transform"]["translate"] = [5, 6, 7]
    scene = read(put(tmp_path / "near.city.json", near))
    assert scene.centers[0].tolist() == [10, 11, 8.5]
    assert not any("near" in note for note in scene.source.notes)


def test_a_box_lies_along_its_building(tmp_path: pathlib.Path) -> None:
    turned = city()
    cosine, sine = math.cos(math.radians(30)), math.sin(math.radians(30))
    turned["vertices"] = [
        [round(x * cosine - y * sine), round(x * sine + y * cosine), z] for x, y, z in CORNERS
    ]
    scene = read(put(tmp_path / "turned.city.json", turned))
    np.testing.assert_allclose(scene.sizes[0], [10, 10, 3], atol=0.005)
    yaw_deg = math.degrees(math.atan2(scene.rotations[0, 1, 0], scene.rotations[0, 0, 0]))
    assert yaw_deg == pytest.approx(30, abs=0.02)


def test_a_building_is_all_of_its_parts(tmp_path: pathlib.Path) -> None:
    told = city()
    objects = told["CityObjects"]
    objects["court"] |= {"type": "BuildingPart", "parents": ["house"]}
    objects["house"] = {"type": "Building", "children": ["court", "balcony"]}
    slab = {"type": "MultiSurface", "lod": "2", "boundaries": [[[8, 9, 10, 11]]]}
    objects["balcony"] = {"type": "BuildingInstallation", "parents": ["house"], "geometry": [slab]}
    scene = read(put(tmp_path / "parts.city.json", told))
    assert dict(zip(scene.names, scene.labels)) == {
        "court": "building part",
        "path": "road",
        "house": "building",
        "balcony": "building installation",
    }
    assert volume(scene, "house") == volume(scene, "court"), "the balcony is not of it"


def test_copies_of_a_template_stand_where_they_are_set(tmp_path: pathlib.Path) -> None:
    told = city()
    told["geometry-templates"] = {
        "templates": [{"type": "MultiSurface", "lod": "2", "boundaries": [[[0, 1, 2]], [[0, 2, 3]]]}],
        "vertices-templates": [[0, 0, 0], [1, 0, 0], [1, 1, 0.5], [0, 1, 0.5]],
    }
    # Turned a quarter to the left and twice as large, about vertex 2 at (10, 10, 0).
    matrix = [0, -2, 0, 0, 2, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 1]
    copy_of = {"type": "GeometryInstance", "template": 0, "boundaries": [2], "transformationMatrix": matrix}
    told["CityObjects"]["tree"] = {"type": "SolitaryVegetationObject", "geometry": [copy_of]}
    told["transform"]["translate"] = [0, 0, 0]
    scene = read(put(tmp_path / "trees.city.json", told))
    row = scene.row("tree")
    assert scene.labels[row] == "solitary vegetation object"
    assert scene.centers[row].tolist() == [9, 11, 1.5]
    assert scene.sizes[row].tolist() == [2, 2, 1]


def test_a_sequence_is_read_line_by_line(tmp_path: pathlib.Path) -> None:
    whole = city()
    objects, vertices = whole.pop("CityObjects"), whole.pop("vertices")
    lines = [whole | {"CityObjects": {}, "vertices": []}]
    for id, told in objects.items():
        feature = {"type": "CityJSONFeature", "id": id, "CityObjects": {id: told}, "vertices": vertices}
        lines.append(feature)
    path = tmp_path / "court.city.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n")
    scene, same = read(path), read(put(tmp_path / "court.city.json", city()))
    assert (scene.id, scene.names) == (same.id, same.names)
    np.testing.assert_array_equal(scene.centers, same.centers)
    path.write_text(path.read_text()[:-40])
    with pytest.raises(BadInput, match="stops short") as caught:
        read(path)
    assert caught.value.where.startswith(f"{path}, line 3")


def test_version_1_0_needs_no_transform_and_may_write_levels_as_numbers(tmp_path: pathlib.Path) -> None:
    old = city() | {"version": "1.0", "vertices": (np.array(CORNERS) / 1000).tolist()}
    del old["transform"]
    old["CityObjects"]["court"]["geometry"][1]["lod"] = 2
    scene = read(put(tmp_path / "old.json", old))
    assert volume(scene, "court") == pytest.approx(252)


def test_the_foot_of_the_us_state_planes_is_the_unit_where_they_are_named(tmp_path: pathlib.Path) -> None:
    told = city()
    told["metadata"]["referenceSystem"] = "urn:ogc:def:crs:EPSG::2263"
    scene = read(put(tmp_path / "york.city.json", told))
    assert scene.scale.holds(0.3048)
    assert scene.scale.holds(1200 / 3937)
    assert scene.scale.high < 0.30481


def change(told: Any, path: str, value: Any) -> None:
    """Put a value in the place of what stands at a path of keys and rows."""
    keys = [int(key) if key.lstrip("-").isdigit() else key for key in path.split(".")]
    for key in keys[:-1]:
        told = told[key]
    told[keys[-1]] = value


SOLID = "CityObjects.court.geometry.1"


@pytest.mark.parametrize(
    ("path", "value", "says", "place"),
    [
        ("version", "0.9", "this is CityJSON 0.9", ""),
        ("transform", None, "CityJSON 2.0 has a transform, and this has none", ""),
        ("metadata.referenceSystem", "urn:ogc:def:crs:EPSG::4326", "counts in degrees", ""),
        (f"{SOLID}.boundaries.0.2.0.1", 16, "a surface names vertex 16; there are 16", "court, geometry 1"),
        (f"{SOLID}.boundaries.0.2.0.1", -1, "a surface names vertex -1", "court, geometry 1"),
        (f"{SOLID}.boundaries.0.2", [0, 1], "Expected `array`, got `int`", "court, geometry 1"),
        (f"{SOLID}.type", "Sphere", "no geometry of type 'Sphere'", "court"),
        (f"{SOLID}.lod", "fine", "'fine' is no level of detail", "court"),
        (f"{SOLID}.semantics.values.0.3", 3, "the semantics name surface 3; there are 3", "court"),
        ("CityObjects.court.children", ["tower"], "'court' has the child 'tower', which is not there", ""),
        ("vertices.3", [1, 2], "length", "vertices"),
        ("vertices.3", [1e300, 2, 3], "a vertex lies at [1e+297", ""),
        (
            f"{SOLID}",
            {"type": "GeometryInstance", "boundaries": [0], "template": 0},
            "geometry 1 is of template 0; there are 0",
            "court",
        ),
    ],
)
def test_a_broken_city_is_refused_by_its_object(
    path: str, value: Any, says: str, place: str, tmp_path: pathlib.Path
) -> None:
    told = copy.deepcopy(city())
    change(told, path, value)
    with pytest.raises(BadInput) as caught:
        read(put(tmp_path / "broken.city.json", told))
    assert says in caught.value.what
    assert place in caught.value.where


def test_what_looks_wrong_is_a_warning(tmp_path: pathlib.Path) -> None:
    told = city()
    court = told["CityObjects"]["court"]
    court["attributes"]["measuredHeight"] = 30
    court["geographicalExtent"] = [84616, 447423, 0, 84627, 447533, 3]
    court["geometry"][1]["boundaries"][0][1] = [[8, 9, 11, 10]]  # a roof that crosses itself
    del court["geometry"][1]["boundaries"][0][0]  # and no ground
    del court["geometry"][1]["semantics"]
    warnings = read(put(tmp_path / "odd.city.json", told)).source.warnings
    assert warnings == (
        "surfaces whose lines cross, cut as fans: 1, the first of 'court'",
        "solids that are not closed, so without an inside: 1 of 1, the first 'court'",
        "the declared extent of 1 objects is more than 1 off their mesh, first of 'court'",
        "measuredHeight of 1 objects is more than 1 off their mesh, first of 'court'",
    )


# Real cities


def test_delft_has_570_objects_with_the_heights_that_it_states() -> None:
    path = folder("cityjson") / "delft.json"
    scene, told = read(path), json.loads(path.read_text())["CityObjects"]
    assert len(scene) == 570
    assert [scene.labels.count(each) for each in ("building", "road", "bridge")] == [160, 143, 3]
    assert scene.source.warnings == (
        "solids that are not closed, so without an inside: 160 of 160, "
        "the first 'b1105d28c-00ba-11e6-b420-2bdcc4ab5d7f'",
    ), "the release leaves out their ground"
    for row, name in enumerate(scene.names):
        shape, attributes = scene.shapes[row], told[name]["attributes"]
        assert isinstance(shape, Mesh)
        if "measuredHeight" in attributes:
            low, high = shape.bounds_m()
            assert high[2] == pytest.approx(attributes["measuredHeight"], abs=1e-9)
            assert low[2] == pytest.approx(attributes["min-height-surface"], abs=1e-9)


def test_the_hague_has_closed_buildings_of_the_ridge_height_that_it_states() -> None:
    path = folder("cityjson") / "DH_01_subs.city.json"
    scene, told = read(path), json.loads(path.read_text())["CityObjects"]
    assert (scene.labels.count("building"), scene.labels.count("building part")) == (4, 8)
    assert scene.source.warnings == ()
    parts = [name for name in scene.names if told[name].get("attributes")]
    assert len(parts) == 9
    for name in parts:
        shape = scene.shapes[scene.row(name)]
        assert isinstance(shape, Mesh)
        assert is_closed(shape)
        low, high = shape.bounds_m()
        assert high[2] - low[2] == pytest.approx(told[name]["attributes"]["RelativeRidgeHeight"], abs=0.002)
    whole = {name: [each for each in parts if name in told[each].get("parents", ())] for name in scene.names}
    for name, its in whole.items():
        if its:
            assert volume(scene, name) == pytest.approx(sum(volume(scene, each) for each in its))


def test_the_highest_of_three_levels_is_taken() -> None:
    scene = read(folder("cityjson") / "multi_lod.json")
    assert "level of detail: 2.2 10; passed over: 1.2 10, 1.3 10" in scene.source.notes
    assert all(isinstance(shape, Mesh) and is_closed(shape) for shape in scene.shapes)


def test_zurich_and_rotterdam_lie_within_the_extents_that_they_declare() -> None:
    root = folder("cityjson")
    zurich = read(root / "zurich" / "zurich_subset_lod2.json")
    assert (zurich.labels.count("building"), zurich.labels.count("building part")) == (49, 161)
    (warning,) = zurich.source.warnings
    assert warning.startswith("surfaces whose lines cross, cut as fans: 1, the first of 'UUID_cb878e1d")
    rotterdam = read(root / "rotterdam" / "rotterdam_subset.json")
    assert (len(rotterdam), rotterdam.source.warnings) == (16, ())
    loose = read(root / "rotterdam" / "rotterdam_subset_cjio_test.json")
    np.testing.assert_allclose(loose.centers, rotterdam.centers, atol=1e-6)
    assert "has a transform, and this has none" in loose.source.warnings[0]


def test_a_cube_is_a_cube_and_an_empty_city_is_empty() -> None:
    root = folder("cityjson")
    cube = read(root / "cube.json")
    assert (cube.names, cube.sizes.tolist(), volume(cube, "id-1")) == (("id-1",), [[1, 1, 1]], 1.0)
    assert len(read(root / "minimal.json")) == 0
