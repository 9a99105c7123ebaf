import pytest

from allocentric.scene.truth import Measured
from tests.oracle.told import cube, place, reason, told, value

TABLE = cube("table", 0, 0, 0.4, size=(2, 1, 0.8))


def on_the_table(z: float, *, x: float = 0, **other: object) -> object:
    cup = cube("cup", x, 0, z, size=(0.1, 0.1, 0.1), **other)
    return value(place(TABLE, cup), 'on(the("cup"), the("table"))')


def test_a_cup_is_on_the_table_where_its_underside_is_at_the_top() -> None:
    assert on_the_table(0.85) is True
    assert on_the_table(1.5) is False  # in the air
    assert on_the_table(0.85, x=3) is False  # beside it


def test_a_table_is_not_on_the_cup_that_stands_on_it() -> None:
    cup = cube("cup", 0, 0, 0.85, size=(0.1, 0.1, 0.1))
    assert value(place(TABLE, cup), 'on(the("table"), the("cup"))') is False


def test_what_is_on_is_above_and_what_is_under_is_below() -> None:
    rug = cube("rug", 0, 0, 0.005, size=(3, 2, 0.01))
    lamp = cube("lamp", 0, 0, 2.2, size=(0.3, 0.3, 0.3))
    room = place(TABLE, rug, lamp)
    assert value(room, 'under(the("rug"), the("table"))') is True
    assert value(room, 'under(the("table"), the("lamp"))') is True
    assert value(room, 'under(the("lamp"), the("table"))') is False


def test_touching_asks_how_near_is_near_and_is_clear_by_the_rest() -> None:
    apart = place(cube("a", 0, 0), cube("b", 1.3, 0))
    assert value(apart, 'touching(the("a"), the("b"))') is False
    assert value(apart, 'touching(the("a"), the("b"), snap=0.4)') is True
    result = told(apart, 'touching(the("a"), the("b"), snap=0.4)')
    assert isinstance(result, Measured)
    assert result.margin is not None
    assert result.margin.gap == pytest.approx(0.1)


def test_inside_is_inside_the_other_and_never_itself() -> None:
    room = place(cube("box", 0, 0, 0.5, size=(1, 1, 1)), cube("ball", 0, 0, 0.5, size=(0.2, 0.2, 0.2)))
    assert value(room, 'inside(the("ball"), the("box"))') is True
    assert value(room, 'inside(the("box"), the("ball"))') is False
    assert value(room, 'inside(the("box"), the("box"))') is False


def test_a_loose_cup_may_be_on_the_table_or_not() -> None:
    loose = place(TABLE, cube("cup", 1.0, 0, 0.85, size=(0.1, 0.1, 0.1), center_slack=(0.5, 0, 0)))
    assert reason(loose, 'on(the("cup"), the("table"))') == "overlap"


def test_what_rests_exactly_is_clear_and_what_hangs_half_a_snap_off_is_half_as_clear() -> None:
    for lift_m, clear in ((0.0, 1.0), (0.025, 0.5)):
        cup = cube("cup", 0, 0, 0.85 + lift_m, size=(0.1, 0.1, 0.1))
        result = told(place(TABLE, cup), 'on(the("cup"), the("table"))')
        assert isinstance(result, Measured)
        assert result.margin is not None
        assert result.margin.clear == pytest.approx(clear)
