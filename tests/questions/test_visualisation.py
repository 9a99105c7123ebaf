"""Puzzles as questions: one right option each, in pictures and in words alike, and the letters in turn."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pytest

from allocentric.agents.exact import said
from allocentric.answers.read import read
from allocentric.geometry.folding import reflected, unfolded
from allocentric.query.ask import ask
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.making.places import places_in
from allocentric.questions.making.plan import Plan
from allocentric.questions.making.set import make_set
from allocentric.questions.mixes import kinds
from allocentric.questions.prompt import prompt_of
from allocentric.questions.question import Question
from allocentric.questions.records.layouts import layout
from allocentric.questions.twins import twins_of
from allocentric.scene.puzzles import Folding, puzzle_in
from allocentric.worlds.makers import make

made = lru_cache(None)(make)

ASKED = {
    "mental_rotation": "rotation",
    "paper_folding": "folding",
    "cube_net": "net",
    "solid_section": "cut",
    "cube_count": "stack",
}


def asked(name: str, maker: str, seed: int) -> Question:
    return next(
        each for each in questions_of(made(maker, seed), family(name), seed=3) if isinstance(each, Question)
    )


@pytest.mark.parametrize("name", ["mental_rotation", "paper_folding", "cube_net", "solid_section"])
def test_the_right_letter_goes_round_with_the_seed_and_the_letters_are_those_of_the_drawing(
    name: str,
) -> None:
    made = [asked(name, ASKED[name], seed) for seed in range(12)]
    assert Counter(each.truth for each in made) == dict.fromkeys("ABCD", 3)
    if name != "solid_section":
        assert all(each.expected.options[row].endswith("ABCD"[row]) for each in made for row in range(4))


@pytest.mark.parametrize("name", ["mental_rotation", "paper_folding", "cube_net", "solid_section"])
def test_what_is_told_in_words_has_the_truth_of_the_drawing_and_needs_none(name: str) -> None:
    shown, told = asked(name, ASKED[name], 2), asked(f"{name}_told", ASKED[name], 2)
    assert shown.truth == told.truth
    assert (shown.views, told.views) == (("page",), ())
    assert (shown.shown, told.shown) == ("picture", "words")


ALSO = {"page_distance": "dots", "page_location": "dots", "page_path": "dots", "opposite_face": "net"}
TOLD = {f"{name}_told": maker for name, maker in ASKED.items() if name != "cube_count"}


@pytest.mark.parametrize(("name", "maker"), [*ASKED.items(), *TOLD.items(), *ALSO.items()])
def test_who_asks_the_scene_answers_right_and_the_truth_hangs_on_facts(name: str, maker: str) -> None:
    for seed in range(3):
        question = asked(name, maker, seed)
        answer = ask(made(maker, seed), question.program, options=question.expected.options, proof=False)
        reply = said(answer, prompt_of(question))
        value = read(reply, question.expected).value
        assert value == pytest.approx(question.truth) if isinstance(value, float) else value == question.truth
        assert question.evidence


def test_no_twin_withholds_what_a_puzzle_tells() -> None:
    for name, maker in (("paper_folding_told", "folding"), ("opposite_face", "net"), ("cube_net", "net")):
        assert all(each.answerable for each in twins_of(made(maker, 3), asked(name, maker, 3), seed=1))


def test_the_count_of_a_stack_is_answered_by_its_program() -> None:
    question = asked("cube_count", "stack", 5)
    assert question.program == 'count(all("cube"))'
    assert question.truth == len(made("stack", 5))


def about_middle(puzzle: Folding) -> set[tuple[float, float]]:
    """As a published generator unfolds: about the middle of the sheet, in the order of folding."""
    spots = set(puzzle.holes)
    for (ax, ay), (bx, by) in puzzle.folds:
        through_middle = ((4 - (bx - ax), 4 - (by - ay)), (4 + (bx - ax), 4 + (by - ay)))
        spots |= {reflected(each, through_middle) for each in spots}
    return spots


def test_one_sheet_is_right_and_unfolding_about_the_middle_of_the_sheet_mostly_finds_another() -> None:
    found = [puzzle_in(made("folding", seed)) for seed in range(30)]
    differ = 0
    for puzzle in found:
        assert isinstance(puzzle, Folding)
        right = unfolded(puzzle.sheet, puzzle.folds, puzzle.holes)
        assert sum(each == right for each in puzzle.options.values()) == 1
        differ += about_middle(puzzle) != right
    assert differ >= 20


def test_the_faces_of_a_net_are_asked_for_each_colour() -> None:
    found = list(questions_of(made("net", 4), family("opposite_face"), seed=1))
    truths = {
        each.expected.options[each.expected.letters.index(str(each.truth))]
        for each in found
        if isinstance(each, Question)
    }
    assert len(truths) == 6


def test_a_set_of_puzzles_has_a_picture_for_each_question(tmp_path: Path) -> None:
    plan = Plan(places=places_in((), ("puzzles:5",), seed=0), wanted=kinds(",".join(ASKED)), count=5, seed=1)
    card = make_set(plan, tmp_path / "set", layout("jsonl"))
    assert card["questions"] == 5
    assert len(list((tmp_path / "set").glob("scenes/*/images/page.png"))) == 5
    assert len(list(islice((tmp_path / "set").glob("*.jsonl"), 1))) == 1
