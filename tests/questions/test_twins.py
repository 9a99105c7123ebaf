"""Twins: each is held to the same margin, and differs from its question in what it says it does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.errors import BadInput
from allocentric.questions.change import Mirrored, Renamed, changed
from allocentric.questions.checker import faults
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.making.places import Made, read_looks, scene_at
from allocentric.questions.question import Question
from allocentric.questions.records.record import from_line, to_line
from allocentric.questions.settle import settled
from allocentric.questions.twins import twins_of
from allocentric.scene.scene import Complete, Scene, Thing, scene_of
from tests.quickly import quickly

NAMES = ("abs_distance_surface", "rel_distance_closest", "anchored_direction_hard", "object_count")
FLAT = scene_at(Made("flat", 7), read_looks("walk:6"))


@pytest.fixture(autouse=True)
def _quickly() -> Iterator[None]:
    with quickly():
        yield


def asked(name: str, count: int, scene: Scene = FLAT) -> list[Question]:
    made = questions_of(scene, family(name), seed=3)
    return list(islice((each for each in made if isinstance(each, Question)), count))


@pytest.mark.parametrize("name", NAMES)
def test_every_twin_holds_before_the_checker_and_survives_its_record(name: str) -> None:
    for question in asked(name, 3):
        for twin in twins_of(FLAT, question, seed=1):
            assert list(faults(FLAT, twin, family(twin.family))) == []
            assert twin.id != question.id
            assert twin.twin_of == question.id
            assert from_line(to_line(twin), where="here") == twin


def test_what_is_withheld_cannot_be_told_and_says_why_in_the_same_words() -> None:
    (question,) = asked("abs_distance_surface", 1)
    (twin,) = (each for each in twins_of(FLAT, question, seed=1) if each.twin == "withheld")
    assert twin.truth is CANNOT_TELL
    assert twin.reason == "no_scale"
    assert (twin.words, twin.program) == (question.words, question.program)


def test_an_unknown_scale_leaves_the_nearest_known() -> None:
    (question,) = asked("rel_distance_closest", 1)
    (twin,) = (each for each in twins_of(FLAT, question, seed=1) if each.twin == "kept")
    assert twin.truth == question.truth


def test_in_a_mirror_left_is_right() -> None:
    room = scene_of(
        "room",
        [Thing(label="sofa"), Thing(label="tv", center=(4, 0, 0)), Thing(label="lamp", center=(2, 2, 0))],
    )
    program = 'direction(the("lamp"), standing(at=the("sofa"), facing=the("tv")), sectors="left_right")'
    assert settled(room, program).value == "left"  # type: ignore[union-attr]
    assert settled(changed(room, (Mirrored(),)), program).value == "right"  # type: ignore[union-attr]


def test_on_a_page_in_a_mirror_left_is_right_and_above_stays_above() -> None:
    page = scene_of(
        "page",
        [Thing(label="star"), Thing(label="ring", center=(-2, 3, 0))],
        space="page",
        complete=Complete(),
    )
    for axis, before, after in (("right", "left", "right"), ("up", "above", "above")):
        program = f'relation(the("ring"), the("star"), world(), axis="{axis}")'
        assert settled(page, program).value == before  # type: ignore[union-attr]
        assert settled(changed(page, (Mirrored(),)), program).value == after  # type: ignore[union-attr]


def test_a_mirror_held_twice_shows_the_scene_itself() -> None:
    twice = changed(FLAT, (Mirrored(), Mirrored()))
    assert np.allclose(twice.centers, FLAT.centers)
    assert np.allclose(twice.rotations, FLAT.rotations)
    for one, other in zip(twice.views, FLAT.views):
        assert np.allclose(one.world_from_camera.rotation, other.world_from_camera.rotation)


def test_the_opposite_of_the_nearest_is_the_farthest() -> None:
    for question in asked("rel_distance_closest", 5):
        polar = [each for each in twins_of(FLAT, question, seed=1) if each.twin == "polarity"]
        for twin in polar:
            assert twin.program == question.program.replace("nearest(", "farthest(")
            assert twin.truth != question.truth


def test_rotated_options_keep_the_text_of_the_truth() -> None:
    for question in asked("anchored_direction_hard", 4):
        (twin,) = (each for each in twins_of(FLAT, question, seed=1) if each.twin == "options")
        for one in (question, twin):
            assert one.expected.options["ABCD".index(str(one.truth))] == one.says


def test_renamed_things_keep_their_places_and_the_letter_of_the_truth() -> None:
    for question in asked("rel_distance_closest", 4):
        (twin,) = (each for each in twins_of(FLAT, question, seed=1) if each.twin == "renamed")
        assert twin.truth == question.truth
        assert twin.words != question.words
        assert np.array_equal(changed(FLAT, twin.changes).centers, FLAT.centers)


def test_a_label_of_several_things_is_not_renamed() -> None:
    with pytest.raises(BadInput, match="things are called 'cup'"):
        changed(FLAT, (Renamed((("cup", "sofa"),)),))
