"""A prompt asks for an answer in the unit that its words speak of, and the shortest right reply is right."""

from __future__ import annotations

import pytest

from allocentric.answers.strict import read_strictly
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.prompt import answer_of, text_of
from allocentric.questions.question import Question
from tests.questions.small_room import small_room


@pytest.mark.parametrize(
    ("name", "asked_for"),
    [
        ("boundary_map", "Answer with boxes, [least x, least y, greatest x, greatest y] in metres."),
        ("box_2d", "Answer with one box, [left, top, right, bottom] in pixels."),
    ],
)
def test_boxes_are_asked_for_in_the_unit_that_the_words_speak_of(name: str, asked_for: str) -> None:
    held = next(
        each for each in questions_of(small_room(), family(name), seed=1) if isinstance(each, Question)
    )
    assert text_of(held).endswith(asked_for)
    assert ("metres" in held.words) == ("metres" in asked_for)
    assert _flat(read_strictly(answer_of(held), held.expected).value) == pytest.approx(
        _flat(held.truth), abs=1e-3
    )


def test_a_number_is_asked_for_in_a_chinese_unit_in_chinese() -> None:
    drawn = questions_of(small_room(), family("abs_distance_surface"), seed=1, language="zh")
    held = next(each for each in drawn if isinstance(each, Question))
    assert text_of(held).endswith("请回答一个数字，单位：米。")


def _flat(value: object) -> list[float]:
    return (
        [part for each in value for part in _flat(each)] if isinstance(value, tuple) else [float(str(value))]
    )
