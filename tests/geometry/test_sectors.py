import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.geometry.sectors import RINGS, TURNING, axis_of
from allocentric.intervals import Arc

angles = st.floats(-math.pi, math.pi, exclude_min=True)


@pytest.mark.parametrize(
    ("sectors", "degrees", "label"),
    [
        ("left_right", 1, "left"),
        ("left_right", 179, "left"),
        ("left_right", -90, "right"),
        ("left_right_back", 134, "left"),
        ("left_right_back", 136, "back"),
        ("left_right_back", -134, "right"),
        ("left_right_back", 180, "back"),
        ("quadrants", 45, "front-left"),
        ("quadrants", 135, "back-left"),
        ("quadrants", -45, "front-right"),
        ("quadrants", -135, "back-right"),
        ("four", 44, "front"),
        ("four", 46, "left"),
        ("four", -46, "right"),
        ("four", 136, "back"),
        ("eight", 22, "front"),
        ("eight", 23, "front-left"),
        ("eight", -67, "front-right"),
        ("eight", -68, "right"),
        ("compass4", 90, "west"),
        ("compass4", -90, "east"),
        ("compass8", -45, "northeast"),
        ("compass8", 135, "southwest"),
    ],
)
def test_a_bearing_has_the_label_that_people_give_it(sectors: str, degrees: float, label: str) -> None:
    assert RINGS[sectors].label(math.radians(degrees)) == label


def test_a_walker_turns_left_right_back_or_not_at_all() -> None:
    told = [TURNING.label(math.radians(each)) for each in (0, 44, 46, 134, 136, -46, -134, -136)]
    assert told == ["straight", "straight", "left", "left", "back", "right", "right", "back"]


@given(angles)
def test_labels_change_only_where_the_gap_is_nothing(angle: float) -> None:
    for ring in RINGS.values():
        gap = ring.gap_rad(angle)
        if gap > 1e-6:
            assert ring.label(angle - 0.99 * gap) == ring.label(angle) == ring.label(angle + 0.99 * gap)


@given(angles, st.floats(0, math.pi), st.floats(-1, 1))
def test_an_arc_meets_the_label_of_each_of_its_angles(middle: float, half: float, share: float) -> None:
    for ring in RINGS.values():
        assert ring.label(middle + share * half) in ring.met(Arc(middle, half))


def test_an_arc_that_ends_before_a_border_does_not_meet_what_is_behind_it() -> None:
    assert RINGS["four"].met(Arc(0.0, math.radians(44))) == ("front",)
    assert set(RINGS["four"].met(Arc(0.0, math.radians(46)))) == {"front", "left", "right"}


def test_the_dominant_axis_is_named_with_its_sign_and_its_gap() -> None:
    assert axis_of(0.0, -3.0, 1.0)[0] == "right"
    label, gap_rad = axis_of(0.0, 0.0, -1.0)
    assert label == "down"
    assert gap_rad == pytest.approx(math.pi / 4)
    assert axis_of(1.0, 0.999, 0.0)[1] == pytest.approx(0.0005, rel=1e-2)
