"""A question of SpartQA-Human as released: its words put right, its answer, its options."""

from __future__ import annotations

from dataclasses import dataclass

from allocentric.answers.kinds import Expected, Value
from allocentric.questions.records.told import Decide
from allocentric.scene.json_text import decode
from allocentric.worlds.readers.stories.spartqa_file import SpartqaQuestion
from allocentric.worlds.readers.stories.spartqa_words import spelled


@dataclass(frozen=True, slots=True)
class Read:
    """A question as programs, and how what they come to makes its answer."""

    programs: tuple[str, ...]
    decide: Decide
    expected: Expected
    released: Value


def words_of(question: SpartqaQuestion) -> str:
    """The words, spelled right, without their end."""
    return spelled(question.question.strip()).strip(" ?.")


def answers_of(question: SpartqaQuestion, place: str) -> list[str]:
    """The answer in words. Raises BadInput where it is none."""
    return [each.strip() for each in decode(bytes(question.answer), list[str], where=place)]


def numbers_of(question: SpartqaQuestion, place: str) -> list[int]:
    """The answer as numbers of options, from 0. Raises BadInput where it is none."""
    return decode(bytes(question.answer), list[int], where=place)


def options_of(question: SpartqaQuestion, place: str) -> tuple[str, ...]:
    """The options, in order. Raises BadInput where they are none."""
    listed = decode(bytes(question.candidate_answers), list[str], where=place)
    return tuple(each.strip(" ?") for each in listed)
