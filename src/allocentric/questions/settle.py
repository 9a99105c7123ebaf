"""From a program to a truth: what it comes to in a scene, as a value of the kind that is asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from allocentric.answers.kinds import CANNOT_TELL, NUMERIC, Expected, Value
from allocentric.query.check import check
from allocentric.query.checked import CheckedProgram
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import finish
from allocentric.query.options import choose
from allocentric.query.parse import parse
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured, Turns, Undetermined

DIGITS: Final = 6  # decisions and written numbers are rounded to this: the same on any machine
_checked = lru_cache(4096)(lambda program: check(parse(program)))


def settled(scene: Scene, program: str, *, evidence: bool = True) -> Measured | Undetermined:
    """What a program comes to in a scene, with the facts it hangs on; no remedy is looked for.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> room = scene_of("room", [Thing(label="sofa"), Thing(label="tv", center=(3, 4, 0))])
    >>> settled(room, 'distance(the("sofa"), the("tv"))').value
    5.0
    """
    bound, run = evaluate(_program(program), scene, proof=evidence)
    return finish(scene, bound, run.cells, views=run.views.values())


def _program(program: str) -> CheckedProgram:
    found: CheckedProgram = _checked(program)
    return found


def truth_of(expected: Expected, found: Measured | Undetermined) -> Value | None:
    """The truth as a value of the kind asked for; None where the options hold it not at all, or twice."""
    if isinstance(found, Undetermined):
        return CANNOT_TELL
    value = found.value
    if expected.kind == "choice":
        return choose(found, expected.options)
    if expected.kind in NUMERIC:
        return round(float(value), DIGITS)  # type: ignore[arg-type]
    if expected.kind == "yes_no":
        return bool(value)
    if isinstance(found.possible, Turns):
        return tuple(str(each) for each in value)  # type: ignore[union-attr]
    if isinstance(value, tuple):
        return tuple(round(each, DIGITS) if isinstance(each, float) else each for each in value)  # type: ignore[return-value]
    return value
