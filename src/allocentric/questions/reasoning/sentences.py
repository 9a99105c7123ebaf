"""The sentences of a rationale: each is written and read by one form, and is true or false of a scene."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from allocentric.query.check import check
from allocentric.query.evaluate import evaluate
from allocentric.query.parse import parse
from allocentric.query.reasons import why
from allocentric.query.saying import say_value
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured

_NUMBER: Final = r"-?\d+(?:\.\d+)?"
_SLOT: Final = re.compile(r"\{(\w+)(:n)?\}")
FORMS: Final[dict[str, str]] = {
    "place": "The {thing} is at ({x:n}, {y:n}, {z:n}) m.",
    "size": "The {thing} measures {x:n} x {y:n} x {z:n} m.",
    "vector": "From the {at} to the {to} it is ({x:n}, {y:n}, {z:n}) m.",
    "heading": "Standing at the {at} and facing the {facing}, ahead is ({x:n}, {y:n}).",
    "bearing": "Standing at the {at} and facing the {facing}, the {to} is {deg:n} degrees to the {side}.",
    "distance": "The {at} and the {to} are {m:n} m apart.",
    "members": "`{program}` holds {count:n}: {names}.",
    "why": "`{program}` is {value}, because {why}.",
    "value": "`{program}` is {value}.",
    "answer": "So the answer is {answer}.",
}
"""Every form of a sentence; what ends in `:n` is a number."""
DECIMALS: Final = {"x": 3, "y": 3, "z": 3, "m": 3, "deg": 1, "count": 0}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its form and what fills it."""

    form: str
    slots: Mapping[str, str]

    def __str__(self) -> str:
        return _SLOT.sub(lambda found: self.slots[found[1]], FORMS[self.form])


def sentence(form: str, **slots: str | float) -> Sentence:
    """A sentence of a form, its numbers written to their decimals.

    >>> str(sentence("distance", at="sofa", to="tv", m=1.51729))
    'The sofa and the tv are 1.517 m apart.'
    """
    written = {
        name: value if isinstance(value, str) else f"{value + 0.0:.{DECIMALS[name]}f}"
        for name, value in slots.items()
    }
    return Sentence(form, written)


def read_sentence(text: str) -> Sentence | None:
    """The sentence that a line is; None where it is of no form.

    >>> read_sentence("The sofa and the tv are 1.517 m apart.").form
    'distance'
    """
    for form in FORMS:
        found = _pattern(form).fullmatch(text)
        if found:
            return Sentence(form, found.groupdict())
    return None


@cache
def _pattern(form: str) -> re.Pattern[str]:
    made, at = "", 0
    for found in _SLOT.finditer(FORMS[form]):
        inside = _NUMBER if found[2] else r"[^`\n]+?"
        made += re.escape(FORMS[form][at : found.start()]) + f"(?P<{found[1]}>{inside})"
        at = found.end()
    return re.compile(made + re.escape(FORMS[form][at:]))


def is_true(scene: Scene, said: Sentence, answer: str) -> bool:
    """Whether a sentence is true of a scene, to the digits that it is written in; `answer` is the right one.

    Raises UnknownName for a thing that is not there, BadInput for a program that cannot be read.
    """
    return said.slots["answer"] == answer if said.form == "answer" else _TRUE[said.form](scene, said.slots)


def _vector_m(scene: Scene, start: str, end: str) -> tuple[float, ...]:
    both = scene.centers[[scene.row(start), scene.row(end)]]
    return tuple(float(each) for each in both[1] - both[0])


def _agree(slots: Mapping[str, str], names: str, values: tuple[float, ...]) -> bool:
    """Whether numbers are these, as far as they are written: to half a unit of the last digit."""
    return all(
        abs(float(slots[name]) - value) <= 0.5 * 10.0 ** -_decimals(slots[name]) + 1e-9
        for name, value in zip(names.split(), values)
    )


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _place(scene: Scene, slots: Mapping[str, str]) -> bool:
    return _agree(slots, "x y z", tuple(scene.centers[scene.row(slots["thing"])].tolist()))


def _size(scene: Scene, slots: Mapping[str, str]) -> bool:
    return _agree(slots, "x y z", tuple(scene.sizes[scene.row(slots["thing"])].tolist()))


def _vector(scene: Scene, slots: Mapping[str, str]) -> bool:
    return _agree(slots, "x y z", _vector_m(scene, slots["at"], slots["to"]))


def _heading(scene: Scene, slots: Mapping[str, str]) -> bool:
    x, y, _ = _vector_m(scene, slots["at"], slots["facing"])
    length = math.hypot(x, y)
    return length > 0 and _agree(slots, "x y", (x / length, y / length))


def _bearing(scene: Scene, slots: Mapping[str, str]) -> bool:
    ahead = np.array(_vector_m(scene, slots["at"], slots["facing"])[:2])
    there = np.array(_vector_m(scene, slots["at"], slots["to"])[:2])
    left = math.degrees(math.atan2(ahead[0] * there[1] - ahead[1] * there[0], ahead @ there))
    side = "left" if left >= 0 else "right"
    return _agree(slots, "deg", (abs(left),)) and (slots["side"] == side or float(slots["deg"]) == 0)


def _distance(scene: Scene, slots: Mapping[str, str]) -> bool:
    found = settled(scene, f'distance(the("{slots["at"]}"), the("{slots["to"]}"))', evidence=False)
    return isinstance(found, Measured) and _agree(slots, "m", (float(found.value),))  # type: ignore[arg-type]


def _members(scene: Scene, slots: Mapping[str, str]) -> bool:
    found = settled(scene, slots["program"], evidence=False)
    if not isinstance(found, Measured) or not isinstance(found.value, tuple):
        return False
    names = [str(each) for each in found.value]
    return int(slots["count"]) == len(names) and slots["names"] == (", ".join(names) or "none")


def _value(scene: Scene, slots: Mapping[str, str]) -> bool:
    found = settled(scene, slots["program"], evidence=False)
    return slots["value"] == say_value(scene, found.possible)


def _why(scene: Scene, slots: Mapping[str, str]) -> bool:
    _, run = evaluate(check(parse(slots["program"])), scene, proof=True)
    last = run.steps[-1]
    return slots["value"] == say_value(scene, last.gave) and slots["why"] == why(scene, last)


_TRUE: Final[dict[str, Callable[[Scene, Mapping[str, str]], bool]]] = {
    "place": _place,
    "size": _size,
    "vector": _vector,
    "heading": _heading,
    "bearing": _bearing,
    "distance": _distance,
    "members": _members,
    "value": _value,
    "why": _why,
}
