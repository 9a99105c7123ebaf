"""The public checker: what has to hold of every question, and of every family, ours and yours."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.answers.read import read as read_reply
from allocentric.errors import AllocentricError
from allocentric.query.ask import Read, read
from allocentric.query.check import check
from allocentric.query.parse import parse
from allocentric.questions.change import changed
from allocentric.questions.family import Family
from allocentric.questions.generate import CLEAR, questions_of
from allocentric.questions.prompt import answer_of
from allocentric.questions.question import Question
from allocentric.questions.truth import computed
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Undetermined

WRITTEN: Final = 1e-3  # numbers are written to four digits
TOLD_BELOW: Final = ("spherical_box",)  # whose unit is told with the form of the answer, below the words
CHECKED: Final = 5  # questions of a scene, where no number is given


def faults_of(
    family: Family, scenes: Iterable[Scene], *, seed: int = 0, each: int = CHECKED
) -> Iterator[str]:
    """What is wrong with a family, shown on some scenes; nothing where it is sound.

    Raises BadInput for a scene that lacks what the family needs.
    """
    for scene in scenes:
        made = _first(scene, family, seed=seed, count=each)
        if [one.id for one in made] != [one.id for one in _first(scene, family, seed=seed, count=each)]:
            yield f"{family.name}, {scene.id}: the same seed does not make the same questions"
        for question in made:
            yield from (f"{family.name}, {scene.id}: {fault}" for fault in faults(scene, question, family))
        yield from (f"{family.name}, {scene.id}: {fault}" for fault in unbalanced(made))


def faults(scene: Scene, question: Question, family: Family) -> Iterator[str]:
    """What is wrong with one question about a scene: truth, margin, options, words."""
    at = changed(scene, question.changes)
    if family.read_back and family.decide is None:
        yield from _misread(at, question)
    truth, found = computed(scene, question)
    if truth != question.truth:
        yield f"{question.program} does not come to {question.truth!r}, but to {truth!r}: {question.words}"
    if isinstance(found, Undetermined) != (question.truth is CANNOT_TELL):
        yield f"whether it can be told is wrong: {question.words}"
    if question.margin is not None and question.margin.clear < CLEAR:
        yield f"it is within the margin, {question.margin.clear:.2f} of what is clear: {question.words}"
    if question.answerable and not question.evidence:
        yield f"it hangs on no fact: {question.words}"
    yield from _option_faults(question)
    yield from _word_faults(question)
    if question.answerable and question.language == "en":
        yield from _unread(question)


def _unread(question: Question) -> Iterator[str]:
    """The shortest right reply is read as the truth."""
    reply = answer_of(question)
    value = read_reply(reply, question.expected).value
    truth = question.truth
    if isinstance(truth, float) and isinstance(value, float):
        same = math.isclose(value, truth, rel_tol=WRITTEN, abs_tol=1e-6)
    else:
        same = value == truth
    if not same:
        yield f"its right reply {reply!r} is read as {value!r}, not {truth!r}: {question.words}"


def unbalanced(questions: Sequence[Question]) -> Iterator[str]:
    """Which answers are right too often, of several questions of a family: a letter, yes or no."""
    truths = [each.truth for each in questions if isinstance(each.truth, bool)]
    if abs(2 * sum(truths) - len(truths)) > 1:
        yield f"yes is right {sum(truths)} times of {len(truths)}"
    for count in {len(each.expected.options) for each in questions if each.expected.kind == "choice"}:
        letters = Counter(
            str(each.truth) for each in questions if each.answerable and len(each.expected.options) == count
        )
        if letters.total() >= 4 * count and max(letters.values()) > 2 * letters.total() / count:
            yield f"one letter is right too often: {dict(letters)}"


def _word_faults(question: Question) -> Iterator[str]:
    """What nobody would write: open slots, doubled blanks, "a armchair", a number without its unit."""
    words = question.words
    if re.search(r"[{}]|  |\ba [aeio]|\ban [bcdfgjklmnpqrstvwxyz]|\bthe the\b", words):
        yield f"its words are not well written: {words}"
    if not words.rstrip().endswith((".", "?", "？", "。", ")")):
        yield f"its words do not end: {words}"
    asked = question.expected
    named = None if asked.kind in TOLD_BELOW else _UNIT_WORDS.get(asked.unit or "")
    if named is not None and question.language == "en" and not re.search(named, words):
        yield f"its words do not say that {asked.unit} are asked for: {words}"


_UNIT_WORDS: Final = {
    "m": r"\bmet(re|er)s?\b",
    "cm": r"\bcentimet(re|er)s?\b",
    "mm": r"\bmillimet(re|er)s?\b",
    "km": r"\bkilomet(re|er)s?\b",
    "m2": r"\bsquare met(re|er)s?\b",
    "deg": r"\bdegrees\b",
}


def _first(scene: Scene, family: Family, *, seed: int, count: int) -> list[Question]:
    made = questions_of(scene, family, seed=seed)
    return list(islice((each for each in made if isinstance(each, Question)), count))


def _option_faults(question: Question) -> Iterator[str]:
    options = question.expected.options
    if (
        question.expected.kind == "choice"
        and question.answerable
        and question.truth not in question.expected.letters
    ):
        yield f"the truth {question.truth!r} is not among its options: {question.words}"
    if len({each.casefold() for each in options}) != len(options):
        yield f"an option stands twice: {options}"


def _misread(scene: Scene, question: Question) -> Iterator[str]:
    """The English of a question means its program, and nothing else."""
    if question.language != "en":
        return
    try:
        understood = read(question.words, options=question.expected.options, scene=scene)
    except AllocentricError as error:
        yield f"its words are not read: {question.words} ({error.what})"
        return
    meant = check(parse(question.program)).text
    if not isinstance(understood, Read):
        yield f"its words leave open which is meant: {question.words}"
    elif understood.program.text != meant:
        yield f"its words mean {understood.program.text}, not {meant}: {question.words}"
