import pytest

from allocentric.scene.truth import Measured
from tests.oracle.told import cube, place, reason, told, value

ROOM = place(cube("desk", 0, 0, front=(1, 0, 0)), cube("bin", 1, 2), cube("shelf", 0, 0, 2.5))


@pytest.mark.parametrize(
    ("thing", "axis", "word"),
    [("bin", "left", "left"), ("bin", "forward", "in front"), ("shelf", "up", "above")],
)
def test_along_an_axis_of_the_desk_a_thing_lies(thing: str, axis: str, word: str) -> None:
    assert value(ROOM, f'relation(the("{thing}"), the("desk"), of(the("desk")), axis="{axis}")') == word


def test_a_relation_is_clear_by_the_gap_along_its_axis() -> None:
    result = told(ROOM, 'relation(the("bin"), the("desk"), world(), axis="left")')
    assert isinstance(result, Measured)
    assert result.margin is not None
    assert result.margin.gap == pytest.approx(1)
    assert result.margin.unit == "m"


def test_things_of_which_neither_is_above_are_said_to_be_the_same_within_a_width() -> None:
    asked = 'relation(the("bin"), the("desk"), world(), axis="up", same_within=cm(5))'
    assert value(ROOM, asked) == "same"


def test_a_loose_thing_that_may_be_beside_or_overlap_has_no_one_relation() -> None:
    loose = place(cube("desk", 0, 0), cube("bin", 0, 1.1, center_slack=(0, 0.5, 0)))
    assert reason(loose, 'relation(the("bin"), the("desk"), world(), axis="left")') == "overlap"
