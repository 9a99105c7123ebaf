import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.frames import rotation_about_up, yaw_of
from allocentric.intervals import ONE, Arc, Interval
from allocentric.scene.derive import at_time, forget, learn
from allocentric.scene.scene import Complete, Scene, Stated, Thing, Track, scene_of

ROOM = scene_of(
    "room",
    [Thing(label="tv", front=(1, 0, 0), size=(1, 1, 1)), Thing(label="room", kind="region")],
    stated=(Stated(1, "area", Interval(20, 20)),),
    complete=Complete(),
    north=Arc(0.5),
)


def test_a_derived_scene_names_its_parent_and_what_was_done() -> None:
    without = forget(ROOM, 0, "place")
    assert without.parent is ROOM
    assert without.root is ROOM
    assert without.change == "without the place of tv"
    assert np.isinf(without.center_slacks[0]).all()
    assert not ROOM.center_slacks.any()


def test_every_property_can_be_forgotten() -> None:
    assert np.isinf(forget(ROOM, 0, "size").size_slacks[0]).all()
    assert forget(ROOM, 0, "heading").yaw_slacks_rad[0] == np.pi
    assert np.isnan(forget(ROOM, 0, "front").fronts[0]).all()
    assert forget(ROOM, 1, "area").stated == ()
    assert forget(ROOM, None, "complete").complete is None
    assert forget(ROOM, None, "north").north.full
    assert forget(ROOM, None, "scale").scale == Interval(0, np.inf)
    with pytest.raises(ValueError, match="shared"):
        forget(ROOM, 0, "north")


def test_what_is_learned_is_known_exactly() -> None:
    rough = scene_of("room", [Thing(label="tv", center_slack=0.2, yaw_slack_rad=1)], scale=Interval(0.5, 2))
    assert not learn(rough, 0, "place").center_slacks.any()
    assert learn(rough, 0, "heading").yaw_slacks_rad[0] == 0
    assert learn(rough, None, "scale").scale.exact
    assert learn(scene_of("room", [], scale=Interval(0, np.inf)), None, "scale").scale == ONE


def moving() -> Scene:
    track = Track(
        0,
        np.array([0.0, 2.0]),
        np.array([[0.0, 0, 0], [4, 0, 0]]),
        np.stack([rotation_about_up(0.0), rotation_about_up(1.0)]),
    )
    return scene_of("room", [Thing(label="cat"), Thing(label="tv")], tracks=(track,))


def test_a_moving_thing_is_where_its_track_says() -> None:
    assert at_time(moving(), 0.5).centers[0].tolist() == [1, 0, 0]
    assert at_time(moving(), 2.0).centers[0].tolist() == [4, 0, 0]
    assert yaw_of(at_time(moving(), 0.5).rotations[0]) == pytest.approx(0.25)
    assert at_time(moving(), 0.5).centers[1].tolist() == [0, 0, 0]


def test_a_time_outside_the_track_is_refused_with_the_span() -> None:
    with pytest.raises(BadInput, match=r"choose a time from 0.000 to 2.000 s"):
        at_time(moving(), 3.0)
    with pytest.raises(BadInput, match="nothing here has a time"):
        at_time(ROOM, 0.0)
