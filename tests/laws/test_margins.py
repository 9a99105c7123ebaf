"""A margin is how far the scene is from another answer: nothing that moves less than that changes it."""

import math
from dataclasses import replace
from typing import Final

import numpy as np
import pytest

from allocentric.scene.scene import Complete, Scene, Thing, scene_of
from allocentric.scene.truth import Measured
from allocentric.seeds import stream
from tests.oracle.told import told

SEEDS: Final = range(40)
NAMES: Final = ("a", "b", "c", "d", "e", "f")
IN_METRES: Final = (
    'nearest([the("a"), the("b"), all("c")], to=the("d"))',
    'farthest(all(), to=the("d"), geometry="centre")',
    'least(all(), by=distance(to=the("e")))',
    'distance(the("a"), the("b")) < 2',
    'distance(the("a"), the("b"), geometry="floor") < distance(the("a"), the("c"), geometry="floor")',
    'touching(the("a"), the("b"), snap=0.5)',
    'on(the("a"), the("b"), snap=0.5)',
    'under(the("a"), the("b"))',
    'inside(the("a"), the("b"))',
    'relation(the("a"), the("b"), world(), axis="up")',
    'relation(the("a"), the("b"), world(), axis="left", same_within=0.3)',
    'count({t for t in all() if distance(t, the("a")) < 2})',
    'exists(touching(the("a")) & on(the("b")))',
    'order([the("a"), the("b"), the("c")], by=distance(to=the("f")))',
    'not touching(the("a"), the("b")) and distance(the("c"), the("d")) > 1',
    'touching(the("a"), the("b")) or distance(the("c"), the("d")) > 1',
)
SECTORS: Final = ("left_right", "left_right_back", "quadrants", "four", "eight")


def scene_at(seed: int) -> Scene:
    random = stream(seed, "margins")
    things = [
        Thing(
            label=name,
            center=random.uniform(0, 4, 3) * (1, 1, 0.4),
            size=random.uniform(0.2, 1.5, 3),
            yaw_rad=random.uniform(0, math.tau),
        )
        for name in NAMES
    ]
    return scene_of("margins", things, complete=Complete())


def shaken(scene: Scene, most_m: float, seed: int) -> Scene:
    """Every thing is moved, any way, by less than `most_m`."""
    ways = stream(seed, "shaken").normal(size=(len(scene), 3))
    ways *= 0.999 * most_m / np.linalg.norm(ways, axis=1, keepdims=True)
    return replace(scene, centers=scene.centers + ways)


@pytest.mark.parametrize("program", IN_METRES)
def test_things_that_move_less_than_a_quarter_of_the_gap_change_no_answer(program: str) -> None:
    """Of two distances of two things each, every one of the four may move against the others."""
    compared = 0
    for seed in SEEDS:
        scene = scene_at(seed)
        result = told(scene, program)
        if not isinstance(result, Measured) or result.margin is None:
            continue
        if result.margin.unit == "count":  # of an empty set: one more thing would change it
            continue
        assert result.margin.unit == "m"
        for trial in range(8):
            moved = told(shaken(scene, result.margin.gap / 4, seed=trial), program)
            assert isinstance(moved, Measured)
            assert moved.value == result.value, (seed, trial)
            compared += 1
    assert compared > 100


@pytest.mark.parametrize("sectors", SECTORS)
def test_a_turn_within_the_gap_keeps_the_sector_and_one_way_beyond_it_leaves_it(sectors: str) -> None:
    frame = 'turned(standing(at=the("a"), facing=the("b")), {})'
    program = f'direction(the("c"), {frame}, sectors="{sectors}")'
    for seed in SEEDS:
        scene = scene_at(seed)
        result = told(scene, program.format(0))
        assert isinstance(result, Measured)
        assert result.margin is not None
        gap_rad = result.margin.gap

        def after(turn_rad: float, scene: Scene = scene) -> object:
            turned = told(scene, program.format(f"{turn_rad:.12f}"))
            assert isinstance(turned, Measured)
            return turned.value

        assert after(0.999 * gap_rad) == after(-0.999 * gap_rad) == result.value
        assert {after(1.001 * gap_rad), after(-1.001 * gap_rad)} != {result.value}


def test_a_threshold_is_as_far_as_the_gap_says() -> None:
    for seed in SEEDS:
        scene = scene_at(seed)
        distance = told(scene, 'distance(the("a"), the("b"))')
        compared = told(scene, 'distance(the("a"), the("b")) < 2')
        assert isinstance(distance, Measured)
        assert isinstance(compared, Measured)
        assert isinstance(distance.value, float)
        assert compared.margin is not None
        assert compared.margin.gap == pytest.approx(abs(distance.value - 2))
