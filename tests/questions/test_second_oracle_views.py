"""What families on views ask, agrees with corners carried into cameras by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import pytest

from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from tests.questions import second_oracle_views as second
from tests.questions.walked import walked

SCENE = walked(2)


def asked(name: str, count: int = 12) -> Iterator[tuple[Question, list[str], list[str]]]:
    """Questions of a kind, with the things and the views that their programs name."""
    made = (each for each in questions_of(SCENE, family(name), seed=5) if isinstance(each, Question))
    for each in islice(made, count):
        things = re.findall(r'(?:the|all)\("([^"]+)"\)', each.program)
        yield each, things, re.findall(r"view\((\d+)\)", each.program)


def text(question: Question) -> str:
    """What the right option says."""
    return question.expected.options[question.expected.letters.index(str(question.truth))]


def test_distances_from_cameras_are_those_of_sampled_boxes() -> None:
    for question, (thing,), (view,) in asked("camera_object_distance"):
        sampled = second.distance_m(SCENE, SCENE.view(view), thing)
        assert question.truth == pytest.approx(sampled, abs=0.05)
        assert float(question.truth) <= sampled + 1e-6  # type: ignore[arg-type]


def test_depths_are_along_the_line_of_sight() -> None:
    for question, (thing,), (view,) in asked("depth_value"):
        assert question.truth == pytest.approx(second.depth_m(SCENE, SCENE.view(view), thing), abs=1e-5)


def test_which_is_nearer_in_depth_is_the_one_of_the_lesser_depth() -> None:
    for question, things, (view,) in asked("front_behind_depth"):
        assert text(question) == min(things, key=lambda each: second.depth_m(SCENE, SCENE.view(view), each))


def test_the_sides_of_a_camera_part_all_corners() -> None:
    for question, (thing, other), (view,) in asked("camera_frame_left_right"):
        assert text(question) == second.side(SCENE, SCENE.view(view), thing, other)


def test_eighths_are_told_clockwise_from_ahead() -> None:
    for question, (thing,), (view,) in asked("camera_object_position"):
        place = SCENE.centers[SCENE.labels.index(thing)]
        assert text(question) == second.eighth(SCENE.view(view), place)
    for question, _, (other, view) in asked("camera_camera_position"):
        place = SCENE.view(other).world_from_camera.translation_m
        assert text(question) == second.eighth(SCENE.view(view), place)
