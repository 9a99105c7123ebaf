"""Questions that a release asks of a story: the scene, the programs, and what their values come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from allocentric.answers.kinds import CANNOT_TELL, CannotTell, Expected, Value
from allocentric.errors import AllocentricError
from allocentric.questions.settle import settled, truth_of
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Undetermined

Decide = Callable[[tuple[bool | None, ...]], Value]
"""From what each program came to (None: undetermined) to the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One released question about a story or a page.

    `scene` makes what it is about. Without `decide` there is one program, and its value is the answer; with
    it, each program is true, false or undetermined, and `decide` makes the answer of those. `released` is the
    answer of the release; nothing else reads it.
    """

    id: str
    type: str
    scene: Callable[[], Scene]
    words: str
    programs: tuple[str, ...]
    expected: Expected
    released: Value
    decide: Decide | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A released question that is not read, and why."""

    id: str
    type: str
    words: str
    why: AllocentricError


def computed(told: Told, scene: Scene) -> Value | None:
    """The answer that the scene gives; None where it is none of the options."""
    found = [settled(scene, each, evidence=False) for each in told.programs]
    if told.decide is None:
        return truth_of(told.expected, found[0])
    values = (None if isinstance(each, Undetermined) else bool(each.value) for each in found)
    return told.decide(tuple(values))


@dataclass(frozen=True, slots=True)
class Parity:
    """How released questions of one type compare with what is computed."""

    questions: int = 0
    read: int = 0  # those whose story and words are understood
    decided: int = 0  # of these, those that have an answer, abstention being one where it is offered
    same: int = 0


def said(value: Value | None, expected: Expected) -> str:
    """An answer in words: yes or no, what its letters stand for, that there is no telling.

    >>> said(("A", "C"), Expected("choices", ("left", "right", "above")))
    'left, above'
    """
    if value is None:
        return "none of the options"
    if isinstance(value, CannotTell):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    texts = dict(zip(expected.letters, expected.options, strict=True))
    listed = value if isinstance(value, tuple) else (value,)
    return ", ".join(texts.get(str(each), str(each)) for each in listed) or "none"


def parity(asked: Iterable[Told | Refused]) -> dict[str, Parity]:
    """By type, how many questions are read, decided, and answered as released."""
    tallies: dict[str, Counter[str]] = {}
    for each in asked:
        tally = tallies.setdefault(each.type, Counter())
        tally["questions"] += 1
        if not isinstance(each, Told):
            continue
        try:
            value = computed(each, each.scene())
        except AllocentricError:
            continue
        tally["read"] += 1
        decided = value is not None and (value is not CANNOT_TELL or each.expected.may_abstain)
        tally["decided"] += decided
        tally["same"] += decided and value == each.released
    return {type_: Parity(**tally) for type_, tally in tallies.items()}
