"""The forms of reasoning that a question can carry, and the checker that reads each again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from allocentric.errors import AllocentricError, UnknownName
from allocentric.questions.change import changed
from allocentric.questions.prompt import answer_of
from allocentric.questions.question import Question
from allocentric.questions.reasoning.depth import depth_faults, depth_of
from allocentric.questions.reasoning.graph import graph_faults, graph_of
from allocentric.questions.reasoning.rationale import rationale_of
from allocentric.questions.reasoning.sentences import is_true, read_sentence
from allocentric.questions.reasoning.trajectory import trajectory_faults, trajectory_of
from allocentric.scene.scene import Scene

FORMS: Final[dict[str, Callable[[Scene, Question], str]]] = {
    "steps": rationale_of,
    "graph": graph_of,
    "depth": depth_of,
    "tools": trajectory_of,
}
"""Sentences of coordinates and decisions; a scene graph; depths in pictures; calls of tools."""


def reasoning_of(scene: Scene, question: Question, form: str) -> str:
    """Why the answer of a question is right, in one form; empty where it has nothing to say in it.

    Raises UnknownName for a form that is none.
    """
    if form not in FORMS:
        raise UnknownName("form of reasoning", form, list(FORMS), where="--reasoning")
    return FORMS[form](scene, question)


def reasoning_faults(scene: Scene, question: Question, form: str, *, text: str) -> Iterator[str]:
    """What a text of that form says that is not so, or that cannot be checked; nothing where all is true.

    The text may be anybody's: a model's own steps are checked the same way. Raises UnknownName for a form.
    """
    if form not in FORMS:
        raise UnknownName("form of reasoning", form, list(FORMS), where="--reasoning")
    at, answer = changed(scene, question.changes), answer_of(question)
    match form:
        case "steps":
            yield from _sentence_faults(at, text, answer)
        case "graph":
            yield from graph_faults(at, text) if text else ()
        case "depth":
            yield from depth_faults(at, text)
        case "tools":
            yield from trajectory_faults(at, text, answer)


def _sentence_faults(scene: Scene, text: str, answer: str) -> Iterator[str]:
    """The sentences that are not true, those that are of no form, and a missing end."""
    last = ""
    for line in text.splitlines():
        said = read_sentence(line)
        if said is None:
            yield f"this is no sentence that can be checked: {line[:80]}"
            continue
        last = said.form
        try:
            if not is_true(scene, said, answer):
                yield f"this is not so: {line[:120]}"
        except AllocentricError as error:
            yield f"{error.what}: {line[:80]}"
    if last != "answer":
        yield "it does not end with the answer"
