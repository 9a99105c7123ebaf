"""A thing gone, moved or turned takes along what rests upon it, and nothing else; the parent stays."""

import math
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.intervals import Interval
from allocentric.scene.edits import moved, resting_on, turned, without
from allocentric.scene.facts import Difference, Footprint, Knowledge, Sighting, Stated, Track, View
from allocentric.scene.scene import Scene, Thing, derived, scene_of
from allocentric.views.paths import looking
from allocentric.worlds.makers import make


def box(label: str, x: float, y: float, low: float, *size: float, **more: Any) -> Thing:
    """A box that stands at a height."""
    return Thing(label=label, center=(x, y, low + size[2] / 2), size=size, **more)


ROOM: Final = scene_of(
    "room",
    [
        box("rug", 0, 0, 0, 3, 3, 0.01),
        box("table", 0, 0, 0, 1, 1, 0.8),
        box("tray", 0.2, 0.2, 0.8, 0.4, 0.4, 0.02),
        box("cup", 0.3, 0.2, 0.82, 0.1, 0.1, 0.1),
        box("lamp", 0.1, 0, 1.6, 0.3, 0.3, 0.3),
        box("chair", 0.6, 0, 0, 0.5, 0.5, 0.9),
        box("shelf", 3, 0, 0, 0.4, 1, 2),
        box("book", 3, 0.2, 0.7, 0.2, 0.05, 0.3),
        Thing(label="wall", kind="structure", center=(4, 0, 1.5), size=(0.1, 6, 3)),
        Thing(label="hall", kind="region", shape=Footprint(shapely.box(0, 0, 1, 1)), size=(1, 1, 0)),
    ],
)
TABLE: Final = ROOM.row("table")


def names(scene: Scene, rows: tuple[int, ...]) -> set[str]:
    """The names of rows."""
    return {scene.names[row] for row in rows}


def test_what_stands_on_a_thing_and_in_it_goes_with_it_and_what_hangs_over_it_does_not() -> None:
    assert names(ROOM, resting_on(ROOM, TABLE)) == {"tray", "cup"}
    assert names(ROOM, resting_on(ROOM, ROOM.row("shelf"))) == {"book"}
    for alone in ("rug", "cup", "wall", "hall", "chair", "book"):
        assert resting_on(ROOM, ROOM.row(alone)) == ()


def test_without_a_thing_all_others_are_as_they_were() -> None:
    left = without(ROOM, TABLE)
    assert set(ROOM.names) - set(left.names) == {"table", "tray", "cup"}
    for name in left.names:
        old, new = ROOM.row(name), left.row(name)
        assert np.array_equal(left.centers[new], ROOM.centers[old])
        assert (left.labels[new], left.kinds[new], left.shapes[new]) == (
            ROOM.labels[old],
            ROOM.kinds[old],
            ROOM.shapes[old],
        )
    assert (left.parent, left.change) == (ROOM, "without table")
    assert set(ROOM.names) - set(without(ROOM, TABLE, alone=True).names) == {"table"}


def test_a_moved_table_takes_its_cup_along_and_leaves_the_chair() -> None:
    after = moved(ROOM, TABLE, (1, -2, 0.5))
    for row, name in enumerate(ROOM.names):
        shift = (1, -2, 0.5) if name in {"table", "tray", "cup"} else (0, 0, 0)
        np.testing.assert_allclose(after.centers[row] - ROOM.centers[row], shift, atol=1e-12)
    alone = moved(ROOM, TABLE, (1, -2, 0.5), alone=True)
    assert np.array_equal(alone.centers[ROOM.row("cup")], ROOM.centers[ROOM.row("cup")])


def test_a_table_turned_left_by_a_quarter_carries_its_cup_round() -> None:
    after = turned(ROOM, TABLE, math.pi / 2)
    assert np.array_equal(after.centers[TABLE], ROOM.centers[TABLE])
    np.testing.assert_allclose(after.centers[ROOM.row("cup")], [-0.2, 0.3, 0.87], atol=1e-12)
    np.testing.assert_allclose(after.rotations[TABLE][:, 0], [0, 1, 0], atol=1e-12)
    assert after.change == "with table turned by 90 degrees"


@given(st.floats(-10, 10), st.floats(-10, 10), st.floats(-7, 7))
def test_there_and_back_again_is_the_scene_to_rounding(x: float, y: float, turn_rad: float) -> None:
    away = turned(moved(ROOM, TABLE, (x, y, 0), alone=True), TABLE, turn_rad, alone=True)
    back = moved(turned(away, TABLE, -turn_rad, alone=True), TABLE, (-x, -y, 0), alone=True)
    np.testing.assert_allclose(back.centers, ROOM.centers, atol=1e-9)
    np.testing.assert_allclose(back.rotations, ROOM.rotations, atol=1e-9)


def test_meshes_and_footprints_are_carried_as_their_boxes_are() -> None:
    shape = Footprint(shapely.box(-1, -0.5, 1, 0.5), 0.0, 0.4)
    mesh = box_mesh(np.array([0.2, 0.2, 0.2])).moved(np.eye(3), np.array([0.5, 0, 0.5]))
    things = [
        Thing(label="plinth", center=(0, 0, 0.2), size=(2, 1, 0.4), shape=shape),
        Thing(label="bust", center=(0.5, 0, 0.5), size=(0.2, 0.2, 0.2), shape=mesh),
    ]
    after = turned(moved(scene_of("s", things), 0, (0, 0, 1)), 0, math.pi / 2)
    plinth, bust = after.shapes
    assert isinstance(plinth, Footprint)
    other = plinth.polygon.symmetric_difference(shapely.box(-0.5, -1, 0.5, 1))
    assert other.area == pytest.approx(0, abs=1e-9)
    assert (plinth.low, plinth.high) == pytest.approx((1.0, 1.4))
    assert isinstance(bust, Mesh)
    np.testing.assert_allclose(bust.vertices_m.mean(axis=0), [0, 0.5, 1.5], atol=1e-12)
    np.testing.assert_allclose(after.centers[1], [0, 0.5, 1.5], atol=1e-12)


def full() -> Scene:
    """The room with a fact of each kind."""
    cup, chair = ROOM.row("cup"), ROOM.row("chair")
    track = Track(cup, np.array([0.0, 1.0]), np.zeros((2, 3)), np.tile(np.eye(3), (2, 1, 1)))
    return replace(
        ROOM,
        tracks=(track,),
        differences=(
            Difference(TABLE, chair, 0, Interval(0.5, 0.7)),
            Difference(TABLE, cup, 0, Interval(0.2, 0.4)),
        ),
        stated=(Stated(ROOM.row("hall"), "area", Interval(1, 1)), Stated(cup, "volume", Interval(1, 2))),
        sightings=(Sighting(cup, "v"), Sighting(chair, "v")),
        views=(View("v", looking((0, 0, 1), yaw_rad=0.0), image="v.png", size_px=(4, 3)),),
    )


def test_facts_follow_their_things_and_pictures_of_the_parent_are_gone() -> None:
    after = moved(full(), TABLE, (1, 0, 0))
    assert [each.bound for each in after.differences] == [
        Interval(-0.5, -0.30000000000000004),
        Interval(0.2, 0.4),
    ]
    assert [after.names[each.row] for each in after.sightings] == ["chair"]
    assert after.tracks[0].centers[0].tolist() == [1, 0, 0]
    assert (after.views[0].id, after.views[0].image, after.views[0].size_px) == ("v", None, (4, 3))
    left = without(full(), TABLE)
    assert (left.tracks, left.differences) == ((), ())
    assert [left.names[each.row] for each in left.stated] == ["hall"]


def test_what_a_turn_cannot_keep_what_has_no_place_and_what_was_only_seen_are_told() -> None:
    with pytest.raises(BadInput, match="which a turn does not keep"):
        turned(full(), TABLE, 1.0)
    assert turned(full(), TABLE, 1.0, alone=True).differences == full().differences
    nowhere = scene_of("s", [Thing(label="cup", center_slack=math.inf)])
    with pytest.raises(BadInput, match="is not known"):
        moved(nowhere, 0, (1, 0, 0))
    assert len(without(nowhere, 0)) == 0
    with pytest.raises(BadInput, match="a shift of"):
        moved(ROOM, 0, (1, 0))
    with pytest.raises(BadInput, match="a turn by"):
        turned(ROOM, 0, math.nan)
    with pytest.raises(BadInput, match="what was seen"):
        without(derived(ROOM, "seen", knowledge=Knowledge(("v",), "placed")), 0)


def test_every_thing_of_made_scenes_can_go_and_no_wall_goes_with_it() -> None:
    flat = make("flat", 7)
    for row, kind in enumerate(flat.kinds):
        gone = set(flat.names) - set(without(flat, row).names)
        assert flat.names[row] in gone
        assert gone == {flat.names[row]} or kind == "object"
