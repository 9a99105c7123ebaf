"""Every form of reasoning is true of its scene, line by line, and a line that is not is found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from allocentric.errors import UnknownName
from allocentric.questions.families import FAMILIES, family
from allocentric.questions.family import Family
from allocentric.questions.generate import questions_of
from allocentric.questions.making.places import Made, read_looks, scene_at
from allocentric.questions.needs import lacking
from allocentric.questions.question import Question
from allocentric.questions.reasoning.forms import FORMS, reasoning_faults, reasoning_of
from allocentric.questions.reasoning.sentences import read_sentence
from allocentric.questions.twins import twins_of
from tests.quickly import quickly

FLAT = scene_at(Made("flat", 7), read_looks("walk:3"))


@pytest.fixture(autouse=True)
def _quickly() -> Iterator[None]:
    with quickly():
        yield


def asked(of: Family) -> Question | None:
    return next((each for each in questions_of(FLAT, of, seed=3) if isinstance(each, Question)), None)


def some(name: str) -> Question:
    question = asked(family(name))
    assert question is not None
    return question


def pictured() -> Question:
    """A question that names two pictures of the flat."""
    return replace(some("anchored_direction_hard"), views=tuple(each.id for each in FLAT.views[:2]))


@pytest.mark.parametrize("name", [each.name for each in FAMILIES if lacking(FLAT, each.needs) is None])
def test_every_form_of_every_family_is_true(name: str) -> None:
    question = asked(family(name))
    for form in FORMS if question else ():
        assert question is not None
        text = reasoning_of(FLAT, question, form)
        assert list(reasoning_faults(FLAT, question, form, text=text)) == []


def test_the_steps_hold_coordinates_vectors_and_the_decision() -> None:
    lines = reasoning_of(FLAT, some("anchored_direction_hard"), "steps").splitlines()
    forms = [said.form for line in lines if (said := read_sentence(line)) is not None]
    assert forms.count("place") == 3
    assert {"vector", "heading", "bearing", "value"} < set(forms)
    assert forms[-1] == "answer"


@pytest.mark.parametrize("form", ["steps", "graph", "depth"])
def test_a_number_that_is_changed_is_found(form: str) -> None:
    question = pictured() if form == "depth" else some("anchored_direction_hard")
    text = reasoning_of(FLAT, question, form)
    numbers = list(re.finditer(r"\d+\.\d{2,}", text))
    assert numbers
    for found in numbers:
        wrong = f"{float(found[0]) + 0.5:.{len(found[0].partition('.')[2])}f}"
        spoilt = text[: found.start()] + wrong + text[found.end() :]
        assert list(reasoning_faults(FLAT, question, form, text=spoilt)), found[0]


def test_a_call_with_another_result_is_found_and_one_that_is_no_tool() -> None:
    question = some("rel_distance_closest")
    lines = reasoning_of(FLAT, question, "tools").splitlines()
    call = json.loads(lines[-2])
    for wrong in ({"result": "window"}, {"tool": "teleport"}, {"arguments": {"things": "__import__('os')"}}):
        spoilt = "\n".join((*lines[:-2], json.dumps({**call, **wrong}), lines[-1]))
        assert list(reasoning_faults(FLAT, question, "tools", text=spoilt))


@pytest.mark.parametrize("form", ["steps", "tools"])
def test_another_answer_and_a_missing_one_are_found(form: str) -> None:
    question = some("object_count")
    text = reasoning_of(FLAT, question, form)
    assert list(reasoning_faults(FLAT, question, form, text=text.rpartition("\n")[0]))
    assert list(reasoning_faults(FLAT, question, form, text=text.replace("3", "4")))


@pytest.mark.parametrize("form", list(FORMS))
def test_what_a_model_may_write_is_refused_and_crashes_nothing(form: str) -> None:
    question = some("anchored_direction_hard")
    for text in (
        "I think it is left.",
        '{"nodes": 3}',
        "{}",
        "\0",
        "`" * 500,
        '{"tool": [], "arguments": 1}',
    ):
        assert list(reasoning_faults(FLAT, question, form, text=text))


def test_what_cannot_be_told_is_reasoned_about_too() -> None:
    question = some("abs_distance_surface")
    (twin,) = (each for each in twins_of(FLAT, question, seed=1) if each.twin == "withheld")
    text = reasoning_of(FLAT, twin, "steps")
    assert text.endswith("So the answer is cannot be determined.")
    assert list(reasoning_faults(FLAT, twin, "steps", text=text)) == []


def test_an_unknown_form_is_told_with_its_near_miss() -> None:
    with pytest.raises(UnknownName, match="did you mean 'steps'"):
        reasoning_of(FLAT, some("object_count"), "stepz")
