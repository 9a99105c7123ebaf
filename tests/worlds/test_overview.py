"""A scene at a glance says what is there, and each thing that is not known."""

import json
import math

import numpy as np
import shapely

from allocentric.geometry.poses import Pose
from allocentric.intervals import Arc, Interval
from allocentric.scene.json_text import encode
from allocentric.scene.scene import Complete, Footprint, Scene, Source, Stated, Thing, View, scene_of
from allocentric.worlds.overview import overview

CHAIR = Thing(label="chair", size=(0.5, 0.5, 0.9), center=(1, 1, 0.45), front=(1, 0, 0))


def views(*times_s: float | None) -> tuple[View, ...]:
    pose = Pose(np.eye(3), np.zeros(3))
    return tuple(View(str(row), pose, time_s=each) for row, each in enumerate(times_s))


def test_things_stand_by_label_and_regions_apart() -> None:
    square = shapely.box(0, 0, 2, 3)
    kitchen = Thing(label="kitchen", kind="region", shape=Footprint(square, 0, 2.5))
    found = overview(scene_of("flat", [CHAIR, Thing(label="bed"), kitchen, CHAIR]))
    assert [each.name for each in found.things] == ["bed", "chair 1", "chair 2"]
    assert found.labels == {"bed": 1, "chair": 2}
    assert [(each.name, each.area_m2, each.stated) for each in found.rooms] == [("kitchen", 6.0, False)]


def test_a_stated_area_is_told_as_stated() -> None:
    room = Thing(label="room", kind="region", center_slack=np.inf, size_slack=np.inf)
    found = overview(scene_of("flat", [room], stated=(Stated(0, "area", Interval.of(31.0)),)))
    assert [(each.area_m2, each.stated) for each in found.rooms] == [(31.0, True)]


def test_views_are_counted_with_their_time() -> None:
    found = overview(scene_of("walk", [], views=views(None, 2.0, 0.5, *[None] * 10))).views
    assert (found.count, found.first, found.times_s) == (13, ("0", "1", "2", "3", "4", "5"), (0.5, 2.0))
    assert overview(scene_of("walk", [])).views.times_s is None


def all_known() -> Scene:
    """A scene of which everything is known."""
    floor = shapely.box(0, 0, 4, 4)
    return scene_of("den", [CHAIR], north=Arc(math.pi / 2), complete=Complete(), floor=floor)


def test_of_a_scene_that_is_all_known_nothing_is_unknown() -> None:
    found = overview(all_known())
    assert (found.unknown, found.wrong, found.unit) == ((), (), "metre")
    assert found.north == "90° counterclockwise of x"


def test_each_thing_that_is_not_known_is_told() -> None:
    lost = Thing(label="cat", center_slack=np.inf, size_slack=np.inf)
    loose = Thing(label="dog", center_slack=0.1)
    found = overview(
        scene_of("den", [CHAIR, lost, loose], scale=Interval(0.9, 1.1), tilt_rad=math.radians(3))
    )
    for each in (
        "no front of 2 of 3 things",
        "no north",
        "no exact scale",
        "nothing says that the list of things is complete",
        "no outline of the walkable floor",
        "no place of cat",
        "no exact place of 1 thing",
        "no size of cat",
        "it may lean by 3°",
    ):
        assert sum(each in line for line in found.unknown) == 1, each
    assert found.unit == "scene unit, of 0.9 to 1.1 m"


def test_a_list_complete_for_some_labels_or_in_a_part_of_the_floor_is_told_so() -> None:
    some = overview(scene_of("den", [CHAIR], complete=Complete(labels=frozenset({"tv", "chair"}))))
    assert any("complete only of chair and tv" in each for each in some.unknown)
    part = overview(scene_of("den", [CHAIR], complete=Complete(region=shapely.box(0, 0, 1, 1))))
    assert any("complete only in a part of the floor" in each for each in part.unknown)


def test_what_the_reader_noted_comes_first() -> None:
    source = Source("boxes", "den.json", ("unit cm, turned to metres",), ("half of it is odd",))
    found = overview(scene_of("den", [Thing(label="mast", size=(1, 1, 50))], source=source))
    assert (found.format, found.path, found.detected) == ("boxes", "den.json", source.notes)
    assert found.wrong == ("half of it is odd", "larger than 20 m: mast (50 m)")


def test_as_json_what_is_unknown_is_null() -> None:
    lost = Thing(label="cat", center_slack=np.inf, size_slack=np.inf)
    told = json.loads(encode(overview(scene_of("den", [lost])).to_json()))
    (cat,) = told["things"]
    assert (cat["center"], cat["size"], cat["slack"], cat["front"]) == (None, None, None, None)
    assert told["labels"] == {"cat": 1}
