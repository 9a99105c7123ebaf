"""Houses of ProcTHOR: written by hand from the schema of AI2-THOR's procedural houses."""

import copy
import json
import math
import pathlib
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.query.ask import ask
from allocentric.scene.scene import Footprint, Scene
from allocentric.worlds.read import read, scene_ids
from tests.worlds.layouts import put


def at(x: float, y: float, z: float) -> dict[str, float]:
    return {"x": x, "y": y, "z": z}


def wall(id: str, start: tuple[float, float], end: tuple[float, float], **told: Any) -> dict[str, Any]:
    (x, z), (far_x, far_z) = start, end
    corners = [at(x, 0, z), at(far_x, 0, far_z), at(far_x, 2.5, far_z), at(x, 2.5, z)]
    return {"id": id, "roomId": f"room|{id[5]}", "polygon": corners} | told


def room(id: str, kind: str, low: float, high: float) -> dict[str, Any]:
    corners = [at(low, 0, 0), at(low, 0, 3), at(high, 0, 3), at(high, 0, 0)]
    return {"id": id, "roomType": kind, "floorPolygon": corners, "children": [], "ceilings": []}


def house() -> dict[str, Any]:
    """Two rooms, 4 m and 2 m wide along x, 3 m deep along z, with a door between them and a window."""
    counter: dict[str, Any] = {
        "id": "CounterTop|2|0",
        "assetId": "Counter_1",
        "position": at(3.5, 0.5, 0.4),
        "children": [],
    }
    counter |= {"rotation": at(0, 0, 0), "kinematic": True}
    mug = {"id": "Mug|surface|2|0", "assetId": "Mug_1", "position": at(3.5, 1.05, 0.4)}
    chair = {
        "id": "DiningChair|2|1",
        "assetId": "Chair_7",
        "position": at(1, 0.45, 2),
        "rotation": at(0, 90, 0),
    }
    sink = {"id": "Sink|4|0", "assetId": "Sink_2", "position": at(5.5, 0.4, 0.5), "rotation": at(0, 0, 0)}
    hole = [at(0.75, 0, 0), at(1.75, 2.0, 0)]
    pane = [at(0.5, 0.9, 0), at(1.5, 2.1, 0)]
    return {
        "rooms": [room("room|2", "LivingRoom", 0, 4), room("room|4", "Bathroom", 4, 6)],
        "walls": [
            wall("wall|2|a", (0, 0), (0, 3)),
            wall("wall|2|b", (0, 3), (4, 3)),
            wall("wall|2|c", (4, 3), (4, 0)),
            wall("wall|2|d", (4, 0), (0, 0), empty=True),
            wall("wall|4|a", (4, 0), (4, 3)),
            wall("wall|4|b", (4, 3), (6, 3), thickness=0.1),
        ],
        "doors": [
            {"id": "door|2|4", "wall0": "wall|2|c", "wall1": "wall|4|a", "holePolygon": hole}
            | {"room0": "room|2", "room1": "room|4", "assetId": "Doorway_1", "openness": 1}
        ],
        "windows": [{"id": "window|2|0", "wall0": "wall|2|b", "wall1": None, "holePolygon": pane}],
        "objects": [counter | {"children": [mug]}, chair, sink],
        "proceduralParameters": {"ceilingMaterial": {"name": "x"}},
        "metadata": {"schema": "1.0.0"},
    }


def spot(scene: Scene, name: str) -> list[float]:
    found: list[float] = scene.centers[scene.row(name)].round(9).tolist()
    return found


def test_a_left_handed_house_is_right_handed_here(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path / "house.json", house()))
    assert (scene.id, scene.source.format, scene.source.warnings) == ("house", "procthor", ())
    assert spot(scene, "DiningChair|2|1") == [1, 2, 0.45]  # x, z, y
    assert scene.labels[:4] == ("counter top", "mug", "dining chair", "sink"), "children are things"
    assert scene.complete is not None
    # There it looks along z, turned a quarter to the right: along x. Its own y here is its z there.
    turn = scene.rotations[scene.row("DiningChair|2|1")]
    np.testing.assert_array_equal(turn @ [0, 1, 0], [1, 0, 0])
    assert np.linalg.det(turn) == pytest.approx(1)


def test_angles_turn_about_z_then_x_then_y(tmp_path: pathlib.Path) -> None:
    told = house()
    told["objects"][1]["rotation"] = at(20, 30, 40)
    turn = read(put(tmp_path / "house.json", told)).rotations[2]
    x, y, z = (math.radians(each) for each in (20, 30, 40))
    # Unity's forward after its turns: its y and z do not move it but for the tilt about x and the heading.
    forward = [math.sin(y) * math.cos(x), math.cos(y) * math.cos(x), -math.sin(x)]  # x, z, y there
    np.testing.assert_allclose(turn @ [0, 1, 0], forward, atol=1e-12)
    # Its up leans to the left of its heading by the turn about z.
    assert turn[2, 2] == pytest.approx(math.cos(x) * math.cos(z))


def test_rooms_are_regions_and_the_floor_is_all_of_them(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path / "house.json", house()))
    shape = scene.shapes[scene.row("room|2")]
    assert isinstance(shape, Footprint)
    assert shape.polygon.area == 12
    assert (shape.low, shape.high) == (0, 2.5)
    assert scene.labels[scene.row("room|2")] == "living room"
    assert scene.floor is not None
    assert scene.floor.area == 18


def test_walls_are_split_around_doors_and_windows_on_both_sides(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path / "house.json", house()))
    # The wall runs from (4, 3) to (4, 0): its door is 0.75 to 1.75 m along it, the window 0.5 to 1.5 m.
    assert spot(scene, "door|2|4") == [4, 1.75, 1]
    assert spot(scene, "window|2|0") == [1, 3, 1.5]
    np.testing.assert_allclose(scene.sizes[scene.row("door|2|4")], [1, 0, 2])
    assert "walls that are empty, left out: 1" in scene.source.notes
    walls = [row for row, label in enumerate(scene.labels) if label == "wall"]
    over = sorted(
        (*scene.centers[row].round(3).tolist(), *scene.sizes[row].round(3).tolist()) for row in walls
    )
    left, right = (4, 2.625, 1.25, 0.75, 0, 2.5), (4, 0.625, 1.25, 1.25, 0, 2.5)
    lintel = (4, 1.75, 2.25, 1, 0, 0.5)
    assert [over.count(each) for each in (left, right, lintel)] == [2, 2, 2], "once for each room"
    window_wall = [each for each in over if each[1] == 3 and each[0] < 4]
    assert [each[0] for each in window_wall] == [0.25, 1, 1, 2.75], "beside, below and above"
    whole = scene.row("wall|2|a")
    assert scene.sizes[whole].tolist() == [3, 0, 2.5]
    assert scene.sizes[scene.row("wall|4|b")].tolist() == [2, 0.1, 2.5]


def test_one_can_walk_through_a_door_and_not_through_a_wall(tmp_path: pathlib.Path) -> None:
    put(tmp_path / "asset-database.json", DATABASE)
    question = 'length(walk(the("dining chair"), the("sink")))'
    scene = read(put(tmp_path / "house.json", house()))
    assert 3.5 < ask(scene, question).value < 6
    shut = house() | {"doors": []}
    answer = ask(read(put(tmp_path / "shut.json", shut)), question)
    assert answer.undetermined is not None
    assert answer.undetermined.reason == "unconnected"


DATABASE = {
    "CounterTop": [{"assetId": "Counter_1", "boundingBox": at(1.0, 1.0, 0.6), "split": "train"}],
    "Chair": [{"assetId": "Chair_7", "boundingBox": at(0.5, 0.9, 0.4)}],
    "Mug": [{"assetId": "Mug_1", "boundingBox": at(0.1, 0.1, 0.1)}],
    "Sink": [{"assetId": "Sink_2", "boundingBox": at(0.5, 0.8, 0.4)}],
}


def test_sizes_are_of_the_asset_database_or_unknown(tmp_path: pathlib.Path) -> None:
    path = put(tmp_path / "house.json", house())
    scene = read(path)
    assert np.isinf(scene.size_slacks[:4]).all()
    assert "objects whose size is unknown: 4 of 4" in scene.source.notes
    assert not scene.source.warnings
    put(tmp_path / "asset-database.json", DATABASE)
    scene = read(path)
    np.testing.assert_array_equal(scene.sizes[:2], [[1, 0.6, 1], [0.1, 0.1, 0.1]])
    assert (scene.size_slacks[:4] == 0).all()
    assert "sizes of 4 assets are from asset-database.json" in scene.source.notes


def test_each_line_of_many_houses_is_one(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text("\n".join(json.dumps(house()) for _ in range(3)))
    assert scene_ids(path) == ("0", "1", "2")
    assert len(read(f"{path}#2")) == len(read(put(tmp_path / "house.json", house())))


def test_houses_before_the_first_schema_have_bounding_boxes_for_holes(tmp_path: pathlib.Path) -> None:
    told = house()
    for each in told["doors"] + told["windows"]:
        low, high = each.pop("holePolygon")
        each["boundingBox"] = {"min": low, "max": high}
    scene, same = read(put(tmp_path / "old.json", told)), read(put(tmp_path / "new.json", house()))
    np.testing.assert_array_equal(scene.centers, same.centers)


@pytest.mark.parametrize(
    ("part", "changes", "says"),
    [
        ("doors", {"wall0": "wall|9|z"}, "'door|2|4' is in the wall 'wall|9|z', which is not there"),
        ("doors", {"holePolygon": [at(2, 0, 0), at(1, 2, 0)]}, "'door|2|4' has no hole"),
        ("walls", {"polygon": [at(0, 0, 0)] * 4}, "the wall 'wall|2|a' is not four corners"),
        ("walls", {"polygon": [at(0, 0, 0)]}, "the wall 'wall|2|a' is not four corners"),
        ("rooms", {"floorPolygon": [at(0, 0, 0), at(1, 0, 1)]}, "this outline is no area"),
        ("objects", {"position": {"x": 1, "y": 2}}, "missing required field `z`"),
        ("objects", {"position": at(0, 0, 0) | {"x": "left"}}, "Expected `float`, got `str`"),
    ],
)
def test_a_broken_house_is_refused_by_its_part(
    part: str, changes: dict[str, Any], says: str, tmp_path: pathlib.Path
) -> None:
    told = copy.deepcopy(house())
    told[part][0] |= changes
    with pytest.raises(BadInput) as caught:
        read(put(tmp_path / "house.json", told))
    assert says in caught.value.what


def test_a_door_whose_walls_are_not_one_is_warned_of(tmp_path: pathlib.Path) -> None:
    told = house()
    told["doors"][0]["wall1"] = "wall|2|a"
    (warning,) = read(put(tmp_path / "house.json", told)).source.warnings
    assert warning == "doors and windows whose two walls are not one: 1, first 'door|2|4'"
