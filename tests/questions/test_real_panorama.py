"""A real panorama's room is asked about by its walls, and made rooms by their things."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from allocentric.questions.checker import faults
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene
from allocentric.worlds.read import read
from tests.real_data import folder


@cache
def room() -> Scene:
    return read(folder("horizonnet_demo") / "inferenced" / "demo_aligned_rgb.json")


def made(name: str, *, numbers: bool = True) -> list[Question]:
    found = questions_of(room(), family(name), seed=1, numbers=numbers)
    return [each for each in found if isinstance(each, Question)]


@pytest.mark.parametrize("name", ["sphere_direction", "sphere_relation"])
def test_walls_that_are_numbered_are_asked_about_without_fault(name: str) -> None:
    asked = made(name)
    assert len({each.program for each in asked}) >= 5
    for each in asked:
        assert not list(faults(room(), each, family(name)))


def test_without_numbers_one_wall_is_as_good_as_another() -> None:
    assert not made("sphere_direction", numbers=False)


def test_a_wall_that_goes_far_round_is_not_asked_about() -> None:
    """Wall 3, between the corners at 5 % and 45 % of the picture's width, covers 143 degrees of it."""
    assert not [each for each in made("sphere_direction") if '"wall 3"' in each.program]


def test_what_furniture_leaves_of_a_wall_is_not_told() -> None:
    """The layout lists none of it: how far down the wall shows is open."""
    reasons = {
        each.reason
        for each in questions_of(room(), family("bfov_grounding"), seed=1, numbers=True)
        if not isinstance(each, Question)
    }
    assert reasons == {"undetermined: not_complete"}


def test_the_angle_of_a_wall_is_that_of_the_corners_in_the_file() -> None:
    """Wall 4 is between the corners at u = 0.4486 and 0.5979, whose floor is at v = 0.6121 and 0.5972.

    On the floor a corner is as far as the camera's height over the tangent of how far below the level it is.
    """
    shares = np.array([[0.4485706, 0.6121072], [0.5978592, 0.5971937]])
    corners = shares + np.array([0.5 / 1024, 0.5 / 512])
    angle = math.tau * (0.5 - corners[:, 0])
    away = 1 / np.tan(math.pi * (corners[:, 1] - 0.5))
    middle = np.mean(away[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), axis=0)
    (asked,) = (each for each in made("sphere_direction") if '"wall 4"' in each.program)
    assert asked.truth == pytest.approx(math.atan2(middle[1], middle[0]), abs=1e-5)
    assert asked.says == "11° to the right"
