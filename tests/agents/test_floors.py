"""Floors: chance is seeded and fair, the blind give the same reply whatever is shown."""

import asyncio
import re
from collections import Counter

import pytest

from allocentric.agents.floors import Blind, Random, by_chance, usual
from allocentric.answers.kinds import KINDS, AnswerKind, Convention, Expected
from allocentric.answers.prompt import Prompt

OPTIONS = ("left", "right", "front", "back")


def drawn(expected: Expected, count: int = 400, seed: int = 1) -> list[str]:
    return [by_chance(Prompt(str(number), ("?",), expected), seed) or "" for number in range(count)]


def test_chance_takes_each_option_as_often_as_the_others() -> None:
    counts = Counter(drawn(Expected("choice", OPTIONS), 4000))
    assert set(counts) == {"A", "B", "C", "D"}
    assert all(abs(each - 1000) < 5 * (4000 * 0.25 * 0.75) ** 0.5 for each in counts.values())


def test_chance_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    expected = Expected("choice", OPTIONS)
    assert drawn(expected) == drawn(expected)
    assert drawn(expected) != drawn(expected, seed=2)


@pytest.mark.parametrize(
    ("expected", "form"),
    [
        (Expected("yes_no"), r"yes|no"),
        (Expected("count"), r"\d+"),
        (Expected("length", unit="cm"), r"\d+(\.\d+)?"),
        (Expected("angle", unit="deg"), r"-?\d+(\.\d+)?"),
        (Expected("order", names=("a", "b", "c")), r"[abc], [abc], [abc]"),
        (Expected("choices", OPTIONS), r"[A-D](, [A-D])*"),
        (Expected("direction"), r"front|left|back|right"),
        (Expected("point", convention=Convention("pixels", "xy", 64, 48)), r"\([\d.]+, [\d.]+\)"),
        (Expected("box", convention=Convention("fractions", "yx", 64, 48)), r"\((0\.\d+, ){3}0\.\d+\)"),
    ],
)
def test_chance_writes_what_the_kind_asks_for(expected: Expected, form: str) -> None:
    assert all(re.fullmatch(form, each) for each in drawn(expected, 50))


def test_lengths_by_chance_are_in_the_unit_asked_for() -> None:
    metres = [float(each) for each in drawn(Expected("length", unit="m"))]
    centimetres = [float(each) for each in drawn(Expected("length", unit="cm"))]
    assert centimetres == pytest.approx([100 * each for each in metres])


def test_a_box_by_chance_has_its_corners_in_order() -> None:
    convention = Convention("pixels", "xy", 64, 48)
    for each in drawn(Expected("box", convention=convention), 50):
        left, top, right, bottom = (float(number) for number in each.strip("()").split(","))
        assert 0 <= left <= right <= 64
        assert 0 <= top <= bottom <= 48


def test_what_chance_cannot_write_is_a_failure() -> None:
    told = asyncio.run(Random().answer(Prompt("1", ("?",), Expected("map")), seed=0))
    assert (told.state, told.error) == ("failed", "chance writes no map")


@pytest.mark.parametrize("kind", KINDS)
def test_the_blind_answer_every_kind(kind: AnswerKind) -> None:
    options = OPTIONS if kind in ("choice", "choices") else ()
    assert usual(Expected(kind, options, names=("a", "b")))


def test_the_blind_give_what_was_fitted_to_the_group_of_a_prompt() -> None:
    blind = Blind({"counts": "2", "sizes": "80"}, {"1": "counts", "2": "sizes"})
    told = {id: asyncio.run(blind.answer(Prompt(id, ("?",), Expected("count")), seed=0)).reply for id in "12"}
    assert told == {"1": "2", "2": "80"}
