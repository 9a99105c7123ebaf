"""Ask a scene: a sentence or a program in, an answer with its proof out."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from allocentric.errors import AllocentricError, BadInput
from allocentric.query.answer import Answer
from allocentric.query.check import check
from allocentric.query.checked import CheckedProgram
from allocentric.query.counted import Members
from allocentric.query.english import Reading, read_english
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import finish
from allocentric.query.grammar_pages import read_page
from allocentric.query.grammar_stories import read_size_question
from allocentric.query.options import choose
from allocentric.query.parse import parse
from allocentric.query.proof import way_out
from allocentric.query.saying import say_answer
from allocentric.query.vocabulary import UNITS, words
from allocentric.scene.labels import rows_labelled
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured, Undetermined, Unknown
from allocentric.worlds.readers.stories.sizes import SIZES

_PROGRAM: Final = re.compile(r"^\s*(\{|\(|not\s*\(|[A-Za-z_]\w*\s*(\(|=[^=]))")


def ask(
    scene: Scene,
    question: str,
    *,
    options: Sequence[str] = (),
    within: float | None = None,
    proof: bool = True,
) -> Answer:
    """The answer to a question in English or in the language.

    `options` are offered answers, of which the right one is told by its letter; a number whose
    bounds are wider than `within` (base units) is undetermined. With `proof` off there is no
    evidence, no picture and no search for a remedy: a few times faster. A sentence with several
    readings (whose left?) is undetermined, the readings being the remedy.
    Raises BadInput for a sentence or program that cannot be read, UnknownName for a name.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> room = scene_of("room", [Thing(label="sofa"), Thing(label="tv", center=(3, 4, 0))])
    >>> ask(room, "How far is the sofa from the tv?").text
    '5 m'
    """
    start = time.perf_counter()
    understood = read(question, options=options, scene=scene)
    if isinstance(understood, Open):
        return _left_open(scene, question, understood, start=start)
    program, unit = understood.program, understood.unit
    bound, run = evaluate(program, scene, proof=proof)
    result = finish(scene, bound, run.cells, within=within, views=run.views.values())
    if proof and isinstance(result, Undetermined):
        result = _with_remedy(scene, program, result)
    option = choose(result, options) if options and isinstance(result, Measured) else None
    text = say_answer(scene, result, unit)
    seconds = time.perf_counter() - start
    return Answer(
        question, program, program.answer.type, scene, result, text, option, seconds, tuple(run.steps)
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The one program that a question stands for, and the unit that it asks for."""

    program: CheckedProgram
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A question with several readings, and what it leaves open."""

    readings: tuple[CheckedProgram, ...]
    why: str


def read(question: str, *, options: Sequence[str] = (), scene: Scene | None = None) -> Read | Open:
    """What a question stands for: one program, or several where it leaves something open.

    The scene tells which two "the two chairs" are; of a page, left and right need no observer.
    Raises BadInput for a sentence outside the grammar, saying what of it was understood.
    """
    if is_program(question):
        return Read(check(parse(question)))
    if scene is not None and scene.space == "page":
        meant = _of_sizes(question) if scene.source.format == SIZES else read_page(question)
        if len(meant) == 1:
            return Read(check(parse(meant[0])))
        if meant:
            return Open(tuple(check(parse(each)) for each in meant), "it can be read in several ways")
    members = None if scene is None else _members(scene)
    reading = read_english(question, options=options, members=members)
    if isinstance(reading, Reading):
        return Read(check(parse(reading.program)), reading.unit)
    if reading.readings:
        return Open(tuple(check(parse(each)) for each in reading.readings), reading.why)
    understood = f" (understood: {reading.understood})" if reading.understood else ""
    mend = "say it otherwise, or write a program"
    raise BadInput(f"{reading.why}{understood}", where=f"question {_short(question)!r}", mend=mend)


def _of_sizes(question: str) -> tuple[str, ...]:
    """The program of a question to a story of sizes, which says nothing of where things are."""
    sized = read_size_question(question)
    if sized is None:
        mend = 'ask "Is the box bigger than the cup?" or "Does the cup fit in the box?"'
        where = f"question {_short(question)!r}"
        raise BadInput("the story tells of sizes, and of nothing else", where=where, mend=mend)
    return (sized,)


def _members(scene: Scene) -> Members:
    """The names of the things of a kind in a scene."""
    return lambda kind: [scene.names[row] for row in rows_labelled(scene, kind)]


def _left_open(scene: Scene, question: str, found: Open, *, start: float) -> Answer:
    """The answer to a sentence with several readings: none is guessed, all are offered."""
    remedy_ = "choose a reading: " + "  or  ".join(each.text for each in found.readings)
    whose = any(word in each.text for each in found.readings for word in ("of(", "standing(", "camera("))
    unknown = Unknown("no_frame" if whose else "ambiguous", found.why, remedy_)
    result = Undetermined(unknown.reason, unknown.detail, unknown.remedy, unknown)
    text = say_answer(scene, result)
    type_ = found.readings[0].answer.type
    return Answer(question, None, type_, scene, result, text, None, time.perf_counter() - start)


def is_program(question: str) -> bool:
    """True where the text is meant as a program: it begins with a call, an assignment or a set, or is one.

    >>> is_program('2 < distance(the("sofa"), the("tv"))'), is_program("How many sofa(s) are here?")
    (True, False)
    """
    found = _PROGRAM.match(question)
    if found is None:
        return "(" in question and _parses(question)
    first = question.strip().split("(")[0].strip()
    called = first in words() or first in UNITS
    return (
        called or not found[0].strip().endswith("(") or " " not in question.split("(", maxsplit=1)[0].strip()
    )


def _parses(text: str) -> bool:
    try:
        parse(text)
    except BadInput:
        return False
    return True


def _with_remedy(scene: Scene, program: CheckedProgram, result: Undetermined) -> Undetermined:
    """The remedy that was found by trying, where one view more or one fact alone would settle it."""
    if result.reason in ("ambiguous", "contradiction", "unconnected"):
        return result
    try:
        found = way_out(program, scene)
    except AllocentricError:
        return result
    if found is None:
        return result
    return Undetermined(result.reason, result.detail, found, result.possible, result.evidence)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
