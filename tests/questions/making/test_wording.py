"""What is learnt from wording is what the clear twin learns, one question after the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from allocentric.answers.kinds import CANNOT_TELL, Expected, Value
from allocentric.answers.metrics import metric
from allocentric.questions.making.shortcuts import shortcuts_of
from allocentric.questions.making.wording import Wording, fold_of, learn, said
from allocentric.questions.question import Question
from allocentric.questions.records.record import to_json
from allocentric.scene.json_text import encode
from allocentric.seeds import stream
from tests.questions.making.slow_wording import learners
from tests.quickly import quickly

LABELS = ("sofa", "lamp", "chair", "table", "bed", "shelf")
CAPTIONS = {f"room {number}": LABELS[number % 4 : number % 4 + 3] for number in range(20)}


@pytest.fixture(autouse=True)
def _quickly() -> Iterator[None]:
    with quickly():
        yield


@cache
def asked(kind: str, count: int = 140) -> list[Question]:
    """Questions whose answers lean on their words; one of twenty cannot be told."""
    random, made = stream(11, "wording", kind), list[Question]()
    for number in range(count):
        one, other, third = (LABELS[int(each)] for each in random.permutation(len(LABELS))[:3])
        length_m = round(float(LABELS.index(one) + random.random()), 1)
        leans = random.random() < 0.4
        expected, truth = {
            "length": (Expected("length", unit="m"), length_m),
            "choice": (Expected("choice", (one, other, third)), "A" if leans else "C"),
            "yes_no": (Expected("yes_no"), leans == (one == "sofa")),
            "text": (Expected("text"), third if leans else one),
        }[kind]
        hidden: Value = CANNOT_TELL if number % 20 == 0 else truth
        made.append(
            Question(
                family="axis_offset",
                scene=f"room {number % 20}",
                words=f"How far is the {one} from the {other} and the {one}'s back?",
                program=f'count(all("{number}"))',
                expected=expected,
                truth=hidden,
                says=str(truth),
            )
        )
    return made


@pytest.mark.parametrize("captions", [{}, CAPTIONS])
@pytest.mark.parametrize("kind", ["length", "choice", "yes_no", "text"])
def test_what_is_learnt_is_what_the_clear_twin_learns(
    kind: str, captions: dict[str, tuple[str, ...]]
) -> None:
    known, new = asked(kind)[:120], asked(kind)[120:]
    learnt, models = learn(known, captions), learners(known, captions)
    for held in (known, new, new[:1], []):
        slow = [models[fold_of(each)] for each in held]
        for fast, model, each in zip(learnt.answers(held), slow, held):
            right = model.answer(each)
            assert fast == (pytest.approx(right, abs=2e-6) if isinstance(right, float) else right)
        for (answer, lead), model, each in zip(learnt.surest(held), slow, held):
            assert answer == model.surest(each)[0]
            assert lead == pytest.approx(model.surest(each)[1], abs=3e-6)


def test_what_never_was_learnt_from_has_no_answer() -> None:
    nothing: Wording = learn([], {})
    assert nothing.answers(asked("text")[:1] + asked("length")[:1]) == [None, None]
    (choice,) = asked("choice")[1:2]
    assert nothing.answers([choice]) == [max(choice.expected.options)]


def test_numbers_are_scored_by_the_metric_that_the_report_names() -> None:
    """The best constant of the report, by the metric itself on each question."""
    held = asked("length")
    lines = [encode({"type": "far", **to_json(each)}) for each in held]
    (found,) = shortcuts_of(lambda: iter(lines))
    rule = metric(found.metric).score
    lengths = {told for told in map(said, held) if isinstance(told, float)}
    known = [each for each in held if each.truth is not CANNOT_TELL]
    scores = [sum(rule(one, each.truth, each.expected) for each in known) for one in lengths]
    assert found.constant == pytest.approx(max(scores) / len(held), abs=1e-6)
