"""Questions in Chinese: the same truths, under words that are known."""

from itertools import islice

import pytest

from allocentric.errors import BadInput
from allocentric.questions.checker import faults
from allocentric.questions.chinese import WORDS, fill, in_chinese, in_english
from allocentric.questions.families import FAMILIES, family
from allocentric.questions.family import Rejection
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from allocentric.scene.scene import Complete, Thing, scene_of
from allocentric.worlds import makers
from tests.quickly import quickly

FLAT = makers.make("flat", 0)
SPOKEN = [each.name for each in FAMILIES if each.chinese]
CORE = {"A1", "A5", "A8", "B1", "B6", "C5", "C6", "C7", "C10", "C13"}


def test_every_core_row_is_asked_in_chinese() -> None:
    assert {family(name).code for name in SPOKEN} >= CORE


@pytest.mark.parametrize("name", SPOKEN)
def test_chinese_questions_hold_before_the_public_checker(name: str) -> None:
    with quickly():
        made = questions_of(FLAT, family(name), seed=2, language="zh")
        questions = list(islice((each for each in made if isinstance(each, Question)), 6))
        assert questions
        for question in questions:
            assert question.language == "zh"
            assert not any("a" <= letter <= "z" for letter in question.words)
            assert list(faults(FLAT, question, family(name))) == []


@pytest.mark.parametrize("maker", ["flat", "tabletop"])
def test_every_label_of_the_made_worlds_has_its_word(maker: str) -> None:
    labels = {label for seed in range(2) for label in makers.make(maker, seed).labels}
    assert labels - set(WORDS) == set()


def test_a_thing_without_a_word_is_not_asked_about() -> None:
    room = scene_of("room", [Thing(label="zorb"), Thing(label="tv", center=(3, 0, 0))], complete=Complete())
    (made,) = questions_of(room, family("abs_distance_surface"), seed=1, language="zh")
    assert made == Rejection("abs_distance_surface", "a word that is not known in Chinese")
    assert fill("{a}", {"a": "zorb"}, ()) is None


def test_options_come_back_as_they_were() -> None:
    question = next(
        each
        for each in questions_of(FLAT, family("anchored_direction_hard"), seed=1)
        if isinstance(each, Question)
    )
    spoken = in_chinese(question.expected)
    assert spoken is not None
    assert in_english(spoken) == question.expected


def test_a_family_without_chinese_says_so() -> None:
    with pytest.raises(BadInput, match="not asked in Chinese"):
        next(questions_of(FLAT, family("between"), seed=1, language="zh"))
