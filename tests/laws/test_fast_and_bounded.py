"""What is known to the last bit is answered twice, by the fast path and by bounds: both say the same."""

from dataclasses import replace
from typing import Final

import pytest

from allocentric.intervals import Interval
from allocentric.oracle.places import is_exact
from allocentric.scene.scene import Difference, Scene
from allocentric.scene.truth import Body, Measured, Quantity
from tests.laws.test_symmetries import BATTERY, answer, changed, random_scene

COVERED: Final = "area(all())"  # its bounds do not look at which of the things overlap


def slow(scene: Scene) -> Scene:
    """The same scene, of which nobody has noticed that it is exact; a bound says nothing new."""
    known = replace(scene, differences=(Difference(0, 1, 0, Interval(-1e6, 1e6)),))
    known.cached("exact rows", lambda: (False,) * len(scene))
    return known


def test_a_slow_scene_does_not_take_the_fast_path() -> None:
    scene = random_scene(0)
    assert is_exact(scene, Body(0), Body(1))
    assert not is_exact(slow(scene), Body(0), Body(1))
    assert not slow(scene).exact


@pytest.mark.parametrize("seed", range(25))
def test_the_fast_path_and_the_bounds_agree_where_nothing_is_loose(seed: int) -> None:
    scene = random_scene(seed)
    programs = [each for each in BATTERY if each != COVERED]
    assert not changed(programs, scene, slow(scene), within=1e-6, clear=1e-4)


@pytest.mark.parametrize("seed", range(25))
def test_the_bounds_of_what_several_cover_hold_what_they_cover(seed: int) -> None:
    scene = random_scene(seed)
    exact, bounded = answer(scene, COVERED), answer(slow(scene), COVERED)
    assert isinstance(exact, Measured)
    assert isinstance(bounded.possible, Quantity)
    bound = bounded.possible.bound
    assert bound.low - 1e-9 <= exact.value <= bound.high + 1e-9  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(25))
def test_a_bound_that_says_nothing_changes_no_answer(seed: int) -> None:
    scene = random_scene(seed)
    told = replace(scene, differences=(Difference(0, 1, 0, Interval(-1e6, 1e6)),))
    assert not changed(BATTERY, scene, told, within=1e-6, clear=1e-4)
