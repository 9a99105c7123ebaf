"""A set is thinned until only its scenes help: answers made even, what the wording gives away left out."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from allocentric.questions.making.shortcuts import Lines, chance, sampled
from allocentric.questions.making.wording import FOLDS, Wording, fold_of, learn, offered, said
from allocentric.questions.question import Question
from allocentric.questions.records.record import from_json
from allocentric.scene.json_text import decode

TOLERANCE: Final = 0.05  # how far above guessing an answer without looking may do
ROUNDS: Final = 4
A_BIN: Final = math.log(1.25)  # of numbers: those within a quarter of one another count as one answer
CLOSED: Final = 12  # different answers at the most, of a kind whose answers are made even
DEAR: Final = 0.7  # of the questions have to be left, for answers to be made even in each fold of scenes
Json = dict[str, Any]
Test = Callable[[str, Question], bool]


@dataclass(slots=True)
class Thinned:
    """Which lines of a set are kept, and how many were dropped of each type, by reason."""

    kept: Callable[[], Iterator[bytes]]
    dropped: Counter[str]


def thinned(lines: Lines, *, tolerance: float = TOLERANCE) -> Thinned:
    """The set without what makes blind answers right more often than guessing, by more than `tolerance`.

    First each answer of a closed kind is made as frequent as the rarest, numbers no more frequent than the
    middle one of theirs. Then, round by round, what a model of wording alone is surest of and right about is
    left out. The lines keep their order; which are kept hangs on nothing else.
    """
    tests: list[Callable[[], Test]] = [_even(lines)]
    for _ in range(ROUNDS):
        found = _given_away(lambda: _kept(lines, tests), tolerance)
        if found is None:
            break
        tests.append(found)
    dropped = Counter[str]()

    def kept() -> Iterator[bytes]:
        dropped.clear()
        return _kept(lines, tests, dropped)

    return Thinned(kept, dropped)


def _kept(
    lines: Lines, tests: Sequence[Callable[[], Test]], dropped: Counter[str] | None = None
) -> Iterator[bytes]:
    """The lines that pass every test, each begun anew."""
    begun = [("even answers", tests[0]()), *(("wording", each()) for each in tests[1:])]
    for line in lines():
        held = decode(line, Json, where="the set")
        question = from_json(held, where="the set")
        failed = next((why for why, test in begun if not test(held["type"], question)), None)
        if failed is None:
            yield line
        elif dropped is not None:
            dropped[f"{held['type']}: {failed}"] += 1


def _even(lines: Lines) -> Callable[[], Test]:
    """A test that lets the same number of each answer through, the first ones.

    Within each fold of scenes, where that costs little: else what is rare in some scenes is the more frequent
    in all others, and who goes by these is wrong more often than by chance.
    """
    counts = defaultdict[str, defaultdict[int, Counter[str | int]]](lambda: defaultdict(Counter))
    for line in lines():
        held = decode(line, Json, where="the set")
        question = from_json(held, where="the set")
        counts[held["type"]][fold_of(question)][_answer(question)] += 1
    quotas = {type: _quotas(found) for type, found in counts.items()}

    def begin() -> Test:
        left = {type: [Counter(each) for each in found] for type, found in quotas.items()}

        def test(type: str, question: Question) -> bool:
            held = left[type][fold_of(question) % len(left[type])]
            answer = _answer(question)
            held[answer] -= 1
            return held[answer] >= 0

        return test

    return begin


def _quotas(found: Mapping[int, Counter[str | int]]) -> list[dict[str | int, int]]:
    """How many of each answer are kept: in each fold of scenes, or one number for all of them."""
    whole = sum(found.values(), Counter[str | int]())
    together = dict.fromkeys(whole, _quota(whole))
    if not all(isinstance(each, str) for each in whole) or len(whole) > CLOSED:
        return [together]
    least = [min(found[fold][each] for each in whole) if fold in found else 0 for fold in range(FOLDS)]
    apart = sum(least) >= DEAR * _quota(whole)
    return [dict.fromkeys(whole, each) for each in least] if apart else [together]


def _quota(found: Mapping[str | int, int]) -> int:
    """How many of each answer are kept: as many as of the rarest; of numbers, as of the middle one."""
    counts = sorted(found.values())
    if all(isinstance(each, int) for each in found):
        return counts[len(counts) // 2]
    return counts[0] if len(counts) <= CLOSED else counts[-1]


def _answer(question: Question) -> str | int:
    told = said(question)
    if isinstance(told, str):
        return told
    return round(math.log(abs(told)) / A_BIN) if told else -(10**6)


def _given_away(lines: Lines, tolerance: float) -> Callable[[], Test] | None:
    """A test that leaves out what wording is right about, surest first; None where nothing has to go."""
    models, limits = dict[str, Wording](), dict[str, float]()
    for type, asked in sampled(lines()).items():
        learnt = learn(asked, {})
        surest = sorted((sure for sure in _right(learnt, asked) if sure is not None), reverse=True)
        allowed = sum(chance(each) for each in asked) / len(asked) + tolerance
        surplus = math.ceil((len(surest) - allowed * len(asked)) / (1 - allowed)) if allowed < 1 else 0
        if surplus > 0 and offered(asked[0]):
            models[type], limits[type] = learnt, surest[min(surplus, len(surest)) - 1]
    if not limits:
        return None

    def begin() -> Test:
        def test(type: str, question: Question) -> bool:
            if type not in limits:
                return True
            (sure,) = _right(models[type], [question])
            return sure is None or sure < limits[type]

        return test

    return begin


def _right(learnt: Wording, asked: Sequence[Question]) -> list[float | None]:
    """How sure wording alone is of each right answer; None where it is wrong."""
    found = zip(asked, learnt.surest(asked))
    return [sure if answer == said(question) else None for question, (answer, sure) in found]
