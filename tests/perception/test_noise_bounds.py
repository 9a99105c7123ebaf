"""Noise that is declared: the truth, and every true answer, lies within the bounds of the noisy scene."""

import itertools
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.geometry.frames import yaw_of
from allocentric.intervals import Interval
from allocentric.perception.noise import Noise, corrupt
from allocentric.query.ask import ask
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Quantity
from allocentric.worlds.makers.flat import make
from tests.perception.hall import HALL

FLAT: Final = make(3)
SHARES: Final = ("relabelled", "missed", "merged", "split")


def noise_of(**strengths: Any) -> Noise:
    return Noise(**strengths)


def test_declared_errors_leave_the_list_complete_only_where_it_is() -> None:
    assert corrupt(HALL, Noise(center_m=0.1, declared=True), 1).scene.complete is HALL.complete
    assert corrupt(HALL, Noise(missed=0.1), 1).scene.complete is HALL.complete, "it does not know"
    for error in SHARES:
        assert corrupt(HALL, noise_of(**{error: 0.1, "declared": True}), 1).scene.complete is None


@settings(max_examples=30)
@given(
    seed=st.integers(0, 10_000),
    center_m=st.sampled_from([0.0, 0.05, 0.5]),
    size_share=st.sampled_from([0.0, 0.1, 0.25]),
    yaw_rad=st.sampled_from([0.0, 0.1, 1.8]),
    scale_share=st.sampled_from([0.0, 0.05, 0.25]),
)
def test_where_errors_are_declared_the_truth_lies_within_the_bounds(seed: int, **strengths: Any) -> None:
    truth = FLAT
    result = corrupt(truth, Noise(**strengths, missed=0.2, declared=True), seed)
    noisy = result.scene
    assert noisy.scale.holds(1 / next((f.amount[0] for f in result.log if f.kind == "rescaled"), 1.0), 1e-12)
    factor = next((each.amount[0] for each in result.log if each.kind == "rescaled"), 1.0)
    for row, (name,) in enumerate(result.came_from):
        old = truth.row(name)
        off = np.abs(truth.centers[old] * factor - noisy.centers[row])
        assert (off <= noisy.center_slacks[row] + 1e-9).all()
        assert (np.abs(truth.sizes[old] * factor - noisy.sizes[row]) <= noisy.size_slacks[row] + 1e-9).all()
        turn = noisy.rotations[row].T @ truth.rotations[old]
        assert abs(yaw_of(turn)) <= noisy.yaw_slacks_rad[row] + 1e-9


def metres(scene: Scene, program: str) -> Interval:
    possible = ask(scene, program).result.possible
    assert isinstance(possible, Quantity)
    return possible.bound


@pytest.mark.parametrize("scale_share", [0.0, 0.1])
def test_answers_from_declared_noise_leave_room_for_the_true_answer(scale_share: float) -> None:
    noise = Noise(center_m=0.1, size_share=0.1, yaw_rad=0.1, scale_share=scale_share, declared=True)
    names = [name for name, kind in zip(FLAT.names, FLAT.kinds) if kind == "object"][:9:2]
    programs = [f'distance(the("{one}"), the("{other}"))' for one, other in itertools.combinations(names, 2)]
    truths = [metres(FLAT, program) for program in programs]
    for seed in range(3):
        noisy = corrupt(FLAT, noise, seed).scene
        for program, truth in zip(programs, truths):
            possible = metres(noisy, program)
            assert possible.low < possible.high
            assert truth.within(possible, 1e-9), program
