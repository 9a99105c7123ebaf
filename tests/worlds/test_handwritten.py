"""The two layouts that people and models write as text: boxes by hand, and SpatialLM's lines."""

import pathlib
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.frames import rotation_about_up
from allocentric.scene.scene import Footprint
from allocentric.worlds.read import read
from tests.worlds import layouts
from tests.worlds.layouts import put

# Boxes by hand


def test_the_example_of_the_manual_is_read(tmp_path: pathlib.Path) -> None:
    page = (pathlib.Path(__file__).parents[2] / "docs" / "formats.md").read_text()
    (tmp_path / "kitchen.json").write_text(page.split("```json")[1].split("```")[0])
    scene = read(tmp_path / "kitchen.json")
    assert scene.names == ("table", "red chair", "lamp", "kitchen")
    assert scene.source.warnings == ()


def test_boxes_by_hand_say_what_they_know(tmp_path: pathlib.Path) -> None:
    told = {
        "unit": "cm",
        "floor": [[0, 0], [500, 0], [500, 400], [0, 400]],
        "holes": [[[100, 100], [200, 100], [200, 200]]],
        "north_deg": 90,
        "complete": True,
        "rooms": [{"name": "kitchen", "polygon": [[0, 0], [500, 0], [500, 400], [0, 400]], "height": 250}],
        "things": [
            {
                "label": "chair",
                "name": "red chair",
                "center": [250, 120, 45],
                "size": [50, 50, 90],
                "front_deg": 90,
            },
            {
                "label": "lamp",
                "center": [100, 100, 100],
                "size": [30, 30, 40],
                "slack_m": 0.1,
                "yaw_slack_deg": 180,
            },
        ],
    }
    scene = read(put(tmp_path / "den.json", told))
    assert scene.id == "den"
    assert scene.names == ("red chair", "lamp", "kitchen")
    np.testing.assert_allclose(scene.centers[:2], [[2.5, 1.2, 0.45], [1.0, 1, 1]])
    assert scene.fronts[0].tolist() == [0, 1, 0]
    assert scene.center_slacks[1].tolist() == [0.1] * 3
    assert scene.yaw_slacks_rad[1] == pytest.approx(np.pi)
    assert scene.floor is not None
    assert scene.floor.area == pytest.approx(20 - 0.5)
    assert scene.north.exact
    assert scene.north.middle_rad == pytest.approx(np.pi / 2)
    assert scene.complete is not None
    assert scene.complete.labels is None
    kitchen = scene.shapes[2]
    assert isinstance(kitchen, Footprint)
    assert (kitchen.polygon.area, kitchen.high, scene.labels[2]) == (pytest.approx(20), 2.5, "kitchen")


def test_a_unit_of_null_leaves_the_scale_unknown(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path / "den.json", layouts.boxes_json() | {"unit": None}))
    assert scene.centers.tolist() == layouts.CENTERS.tolist()
    assert (scene.scale.low, scene.scale.high, scene.scale.open_low) == (0, np.inf, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"unit": "yard"}, "Invalid enum value 'yard'"),
        ({"centre": [0, 0]}, "there is no key 'centre'"),
        ({"floor": [[0, 0], [1, 1], [1, 0], [0, 1]]}, "no area: self-intersection"),
        ({"floor": [[0, 0], [1, 1]]}, "length >= 3"),
        ({"rooms": [{"name": "den", "polygon": [[0, 0], [1, 0], [0, 1]], "height": -1}]}, "height below 0"),
        (
            {"things": [{"label": "tv", "center": [0, 0, 0], "size": [1, 1, 1], "slack_m": -1}]},
            "slack below 0",
        ),
        (
            {"things": [{"label": "tv", "center": [0, 0, 0], "size": [1, -1, 1]}]},
            r"'tv \(thing 0\)' has a size",
        ),
        ({"things": [{"label": "tv", "center": [0, 0, 0]}]}, "missing required field `size`"),
        (
            {"things": [{"label": "tv", "name": "a", "center": [0, 0, 0], "size": [1, 1, 1]}] * 2},
            "two things",
        ),
    ],
)
def test_boxes_by_hand_that_are_wrong_are_refused(
    change: dict[str, Any], says: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(BadInput, match=says):
        read(put(tmp_path / "den.json", layouts.boxes_json() | change))


def test_a_misspelt_key_is_refused_with_its_near_miss(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="did you mean 'complete'") as caught:
        read(put(tmp_path / "den.json", layouts.boxes_json() | {"compleet": True}))
    assert caught.value.what == "there is no key 'compleet'"


def test_a_room_in_millimetres_or_below_its_floor_is_suspected(tmp_path: pathlib.Path) -> None:
    told = layouts.boxes_json()
    told["things"] = [{"label": "bed", "center": [0, 0, 0], "size": [2000, 1500, 500]}]
    told["floor"] = [[0, 0], [1, 0], [1, 1]]
    scene = read(put(tmp_path / "den.json", told))
    assert "looks like millimetres" in scene.source.warnings[0]
    assert scene.source.warnings[1] == "1 things reach below the floor by more than 0.5 m"


# SpatialLM


def test_a_layout_has_walls_and_doors_along_them(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "layout.txt"
    path.write_text("\nwall_0=Wall(1,0,0,1,4,0,2.5,0.2)\n# note\nwindow_0=Window(wall_0,1,2,1.5,1,0.8)\n")
    scene = read(path)
    assert scene.names == ("wall", "window")
    assert scene.kinds == ("structure", "structure")
    np.testing.assert_allclose(scene.centers, [[1, 2, 1.25], [1, 2, 1.5]])
    np.testing.assert_allclose(scene.sizes, [[4, 0.2, 2.5], [1, 0.2, 0.8]])
    np.testing.assert_allclose(scene.rotations[1], rotation_about_up(np.pi / 2), atol=1e-12)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("bbox_0=Bbox(sofa,1,2,3)", "Bbox takes 7 finite numbers"),
        ("bbox_0=Bbox(sofa,1,2,3,0,1,1,nan)", "finite numbers"),
        ("bbox_0=Bbox(sofa,1,2,3,0,1,1,wide)", "could not convert"),
        ("bbox_0=Bbox(sofa,1,2,3,0,1,1,-1)", "size below 0"),
        ("door_0=Door(wall_7,1,2,3,0.9,2)", "'wall_7', which is no wall above it"),
        ("bbox_0=Sphere(1,2,3)", "no layout line"),
        ("bbox_0=Bbox(__import__('os').system('true'),1,2,3,0,1,1,1)", "no layout line"),
    ],
)
def test_a_layout_line_that_is_none_is_refused_with_its_number(
    line: str, says: str, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "layout.txt"
    path.write_text(layouts.spatiallm() + line)
    with pytest.raises(BadInput, match=says) as caught:
        read(path)
    assert "size" in says or caught.value.where.endswith("line 6")
