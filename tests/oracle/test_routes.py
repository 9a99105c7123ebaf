import pytest
from shapely.geometry import box

from tests.oracle.told import cube, place, reason, value

# A wall of one metre's depth across the middle, with a gap of two metres at its far end.
WALL = cube("wall", 5, 4, size=(1, 8, 1))
ROOM = place(cube("bed", 1, 1), cube("door", 9, 1), cube("lamp", 1, 5), WALL, floor=box(0, 0, 10, 10))


def test_a_walk_goes_round_what_stands_in_the_way() -> None:
    straight = value(ROOM, 'distance(the("bed"), the("door"))')
    assert straight == pytest.approx(7)
    around = value(ROOM, 'length(walk(the("bed"), the("door")))')
    assert around > 14


def test_a_walk_in_the_open_is_straight() -> None:
    asked = 'length(walk(the("bed"), the("lamp")))'
    assert value(ROOM, asked) == pytest.approx(value(ROOM, 'distance(the("bed"), the("lamp"))'), abs=0.6)


def test_no_floor_no_walk() -> None:
    bare = place(*ROOM.things())
    assert reason(bare, 'walk(the("bed"), the("door"))') == "not_complete"


def test_what_is_walled_off_is_unconnected() -> None:
    closed = place(
        cube("bed", 1, 1), cube("door", 9, 1), cube("wall", 5, 5, size=(1, 10, 1)), floor=box(0, 0, 10, 10)
    )
    assert reason(closed, 'walk(the("bed"), the("door"))') == "unconnected"


def test_turns_are_told_stop_by_stop() -> None:
    stops = place(cube("a", 0, 0), cube("b", 4, 0), cube("c", 4, 4), cube("d", 8, 4))
    assert value(stops, 'turns([the("a"), the("b"), the("c"), the("d")], facing=the("b"))') == (
        "left",
        "right",
    )
