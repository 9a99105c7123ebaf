"""Ask a scene: a sentence or a program in, an answer with its proof out."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Final

from allocentric.errors import AllocentricError, BadInput
from allocentric.query.answer import Answer
from allocentric.query.check import check
from allocentric.query.checked import CheckedProgram
from allocentric.query.english import Refusal, read_english
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import finish
from allocentric.query.options import choose
from allocentric.query.parse import parse
from allocentric.query.proof import remedy, settling_facts
from allocentric.query.saying import say_answer
from allocentric.query.vocabulary import UNITS, words
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured, Undetermined

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
    evidence, no picture and no search for a remedy: a few times faster.
    Raises BadInput for a sentence or program that cannot be read, UnknownName for a name.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> room = scene_of("room", [Thing(label="sofa"), Thing(label="tv", center=(3, 4, 0))])
    >>> ask(room, "How far is the sofa from the tv?").text
    '5 m'
    """
    start = time.perf_counter()
    program, unit = read(question, options=options)
    bound, run = evaluate(program, scene, proof=proof)
    result = finish(scene, bound, run.cells, within=within)
    if proof and isinstance(result, Undetermined):
        result = _with_remedy(scene, program, result)
    option = choose(result, options) if options and isinstance(result, Measured) else None
    text = say_answer(scene, result, unit)
    seconds = time.perf_counter() - start
    return Answer(question, program, scene, result, text, option, seconds, tuple(run.steps))


def read(question: str, *, options: Sequence[str] = ()) -> tuple[CheckedProgram, str | None]:
    """The program that a question stands for, and the unit that it asks for.

    Raises BadInput: for a sentence outside the grammar, saying what of it was understood.
    """
    if is_program(question):
        return check(parse(question)), None
    reading = read_english(question, options=options)
    if isinstance(reading, Refusal):
        understood = f" (understood: {reading.understood})" if reading.understood else ""
        mend = "say it otherwise, or write a program"
        if reading.readings:
            mend = "choose one: " + "  or  ".join(reading.readings)
        raise BadInput(f"{reading.why}{understood}", where=f"question {_short(question)!r}", mend=mend)
    return check(parse(reading.program)), reading.unit


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
    """The remedy that was found by trying, where one fact alone would settle it."""
    if result.reason in ("ambiguous", "contradiction", "unconnected"):
        return result
    try:
        cells = settling_facts(program, scene)
    except AllocentricError:
        return result
    if not cells:
        return result
    found = remedy(scene, cells)
    return Undetermined(result.reason, result.detail, found, result.possible, result.evidence)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
