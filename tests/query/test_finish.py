import math

import pytest

from allocentric.intervals import FULL_CIRCLE, Arc, Interval, Members
from allocentric.query.check import check
from allocentric.query.evaluate import Cell
from allocentric.query.finish import fact, finish, kind_of, said
from allocentric.query.parse import parse
from allocentric.query.saying import say_answer
from allocentric.scene.scene import Stated, Thing, scene_of
from allocentric.scene.truth import (
    AREA,
    EITHER,
    LENGTH,
    Angle,
    Bound,
    Choice,
    Label,
    Measured,
    Pick,
    Quantity,
    Things,
    Truth,
    Undetermined,
    Unknown,
)

ROOM = scene_of("room", [Thing(label="tv", size=(1, 0.1, 0.6)), Thing(label="bed", center_slack=0.1)])
UNSCALED = scene_of("room", [Thing(label="tv")], scale=Interval(0, math.inf))
HALF_SCALED = scene_of("room", [Thing(label="tv")], scale=Interval(0.5, 2))
WHY = Unknown("overlap", "the bed is known only roughly", "measure the bed")


def test_a_finite_interval_is_an_answer_and_its_middle_the_value() -> None:
    result = finish(ROOM, Quantity(Interval(1, 3), LENGTH, doubt=WHY))
    assert isinstance(result, Measured)
    assert result.value == 2


def test_an_interval_wider_than_asked_for_is_not() -> None:
    result = finish(ROOM, Quantity(Interval(1, 3), LENGTH, doubt=WHY), within=1)
    assert isinstance(result, Undetermined)
    assert (result.reason, result.remedy) == ("overlap", "measure the bed")


@pytest.mark.parametrize(
    "bound",
    [
        Quantity(Interval(1, math.inf), LENGTH, doubt=WHY),
        Quantity(Interval(2, 3), counts=True, doubt=WHY),
        Angle(FULL_CIRCLE, doubt=WHY),
        Truth(EITHER, doubt=WHY),
        Label(("left", "right"), doubt=WHY),
        Pick((Choice("a", (0,)), Choice("b", (1,))), doubt=WHY),
        Pick((Choice("a", (0,)),), open=True, doubt=WHY),
        Things(Members.of([0], open=True), doubt=WHY),
        WHY,
    ],
)
def test_whatever_leaves_several_is_undetermined_with_its_reason(bound: Bound) -> None:
    result = finish(ROOM, bound)
    assert isinstance(result, Undetermined)
    assert result.reason == "overlap"


def test_without_a_scale_a_length_is_undetermined_and_a_ratio_is_not() -> None:
    length = finish(UNSCALED, Quantity(Interval.of(2), LENGTH, scaled=1))
    assert isinstance(length, Undetermined)
    assert length.reason == "no_scale"
    ratio = finish(UNSCALED, Quantity(Interval.of(2)))
    assert isinstance(ratio, Measured)


def test_a_bounded_scale_bounds_lengths_and_squares_areas() -> None:
    area = finish(HALF_SCALED, Quantity(Interval.of(2), AREA, scaled=2))
    assert isinstance(area, Measured)
    assert isinstance(area.possible, Quantity)
    assert area.possible.bound == Interval(0.5, 8)


def test_the_kind_of_an_answer_is_known_before_the_program_runs() -> None:
    kinds = {
        'distance(the("a"), the("b"))': ("length", "m"),
        'count(all("a"))': ("count", None),
        'area(all("room"))': ("area", "m2"),
        'bearing(the("a"), world())': ("angle", "rad"),
        'off_axis(the("a"), world())': ("angle", "rad"),
        'on(the("a"), the("b"))': ("boolean", None),
        'on(the("b"))': ("things", None),
        'walk(the("a"), the("b"))': ("path", "m"),
        'volume(the("a")) / volume(the("b"))': ("number", None),
    }
    for text, kind in kinds.items():
        assert kind_of(check(parse(text)).answer.type) == kind


def test_a_fact_is_a_cell_that_a_person_can_check() -> None:
    assert fact(ROOM, Cell(0, "size")).value == "1.000 x 0.100 x 0.600 m"
    assert fact(ROOM, Cell(1, "place")).value == "0.000 ± 0.1, 0.000 ± 0.1, 0.000 ± 0.1 m"
    fine = scene_of("fine", [Thing(label="box", center_slack=(1e-9, 0.0196, 0))])
    assert fact(fine, Cell(0, "place")).value == "0.000 ± 0.0001, 0.000 ± 0.0196, 0.000 m"
    assert fact(ROOM, Cell(0, "front")).value == "unknown"
    assert fact(ROOM, Cell(None, "complete")).value == "the list of things is not known to be complete"
    room = scene_of("room", [Thing(label="room")], stated=(Stated(0, "area", Interval.of(20)),))
    assert fact(room, Cell(0, "area")).value == "20 m²"


def test_numbers_are_said_with_their_bounds_and_in_the_unit_asked_for() -> None:
    assert said(Quantity(Interval.of(2.5), LENGTH)) == "2.5 m"
    assert said(Quantity(Interval.of(2.5), LENGTH), "cm") == "250 cm"
    assert said(Quantity(Interval(1, 3), LENGTH)) == "2 m (1 m to 3 m)"
    assert said(Quantity(Interval(1, math.inf), LENGTH)) == "at least 1 m"


def test_an_undetermined_answer_says_why_what_is_left_and_what_would_settle_it() -> None:
    result = finish(ROOM, Label(("left", "right"), doubt=WHY))
    text = say_answer(ROOM, result)
    assert text == (
        "cannot be told: the bed is known only roughly (it is left or right). To settle it: measure the bed."
    )


def test_an_angle_says_its_side() -> None:
    assert say_answer(ROOM, finish(ROOM, Angle(Arc(math.radians(30))))) == "30° to the left"
    assert say_answer(ROOM, finish(ROOM, Angle(Arc(math.radians(-30))))) == "30° to the right"
