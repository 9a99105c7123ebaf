import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.intervals import EVERYTHING, Interval
from allocentric.scene.placement import center_of, difference, leaning, placement, size_of
from allocentric.scene.scene import Difference, Scene, Thing, scene_of


def unplaced(*names: str, differences: tuple[Difference, ...]) -> Scene:
    return scene_of(
        "story", [Thing(label=name, center_slack=np.inf) for name in names], differences=differences
    )


def test_differences_add_up_along_a_chain() -> None:
    scene = unplaced(
        "a", "b", "c", differences=(Difference(0, 1, 0, Interval(1, 2)), Difference(1, 2, 0, Interval(3, 5)))
    )
    assert difference(scene, 0, 2)[0] == Interval(4, 7)
    assert difference(scene, 2, 0)[0] == Interval(-7, -4)
    assert difference(scene, 0, 2)[1] == EVERYTHING


def test_a_strict_step_makes_the_whole_chain_strict() -> None:
    farther = Interval(0, np.inf, open_low=True)
    scene = unplaced(
        "a", "b", "c", differences=(Difference(0, 1, 0, farther), Difference(1, 2, 0, Interval(0, 1)))
    )
    found = difference(scene, 0, 2)[0]
    assert found.low == 0
    assert found.open_low


def test_a_circle_below_nothing_is_a_contradiction_that_names_who_is_in_it() -> None:
    farther = Interval(0, np.inf, open_low=True)
    scene = unplaced("a", "b", "c", differences=(Difference(0, 1, 0, farther), Difference(1, 0, 0, farther)))
    assert placement(scene).contradiction == "'a' and 'b'"
    weak = unplaced(
        "a", "b", differences=(Difference(0, 1, 0, Interval(0, 1)), Difference(1, 0, 0, Interval(0, 1)))
    )
    assert placement(weak).contradiction is None
    assert difference(weak, 0, 1)[0] == Interval(0, 0)


def test_own_and_pairwise_bounds_tighten_each_other() -> None:
    things = [Thing(label="a", center_slack=0.5), Thing(label="b", center_slack=np.inf)]
    scene = scene_of("room", things, differences=(Difference(0, 1, 0, Interval(2, 3)),))
    assert center_of(scene, 1)[0] == Interval(1.5, 3.5)
    assert difference(scene, 0, 1)[0] == Interval(2, 3)


def test_a_thing_is_at_no_distance_from_itself_however_little_is_known_of_it() -> None:
    scene = scene_of("room", [Thing(label="a", center_slack=np.inf)])
    assert difference(scene, 0, 0) == (Interval(0, 0),) * 3


def test_slack_in_turned_axes_is_carried_into_the_world() -> None:
    quarter = np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])
    scene = scene_of("room", [Thing(label="a", center_slack=(1, 0.25, np.inf), slack_axes=quarter)])
    assert center_of(scene, 0) == (Interval(-0.25, 0.25), Interval(-1, 1), EVERYTHING)


def test_no_size_is_below_nothing() -> None:
    scene = scene_of("room", [Thing(label="a", size=(1, 1, 1), size_slack=(0.5, 2, np.inf))])
    assert size_of(scene, 0) == (Interval(0.5, 1.5), Interval(0, 3), Interval(0, np.inf))


@given(st.floats(0, 3), st.floats(0, 6.28), st.floats(0, 1), st.tuples(*[st.floats(-4, 4)] * 3))
def test_a_lean_moves_an_offset_by_no_more_than_is_allowed_for(
    tilt_rad: float, way_rad: float, share: float, offset: tuple[float, float, float]
) -> None:
    scene = scene_of("room", [], tilt_rad=tilt_rad)
    allowed = leaning(scene, tuple(Interval.of(each) for each in offset))  # type: ignore[arg-type]
    axis, angle = np.array([np.cos(way_rad), np.sin(way_rad), 0]), share * tilt_rad
    vector = np.array(offset)
    turned = (
        vector * np.cos(angle)
        + np.cross(axis, vector) * np.sin(angle)
        + axis * (axis @ vector) * (1 - np.cos(angle))
    )
    assert all(bound.holds(float(value), 1e-9) for bound, value in zip(allowed, turned, strict=True))


@pytest.mark.parametrize("count", [2, 5])
def test_what_the_differences_allow_is_kept_and_closed(count: int) -> None:
    rng = np.random.default_rng(count)
    spots = rng.uniform(-3, 3, (count, 3))
    differences = tuple(
        Difference(a, b, 0, Interval(spots[b, 0] - spots[a, 0] - 0.1, spots[b, 0] - spots[a, 0] + 0.2))
        for a in range(count)
        for b in range(a)
    )
    scene = unplaced(*"abcde"[:count], differences=differences)
    for a in range(count):
        for b in range(count):
            assert difference(scene, a, b)[0].holds(float(spots[b, 0] - spots[a, 0]), 1e-9)
