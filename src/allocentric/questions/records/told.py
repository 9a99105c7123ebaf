"""Questions that a release asks of a story: the scene, the programs, and what their values come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from allocentric.answers.kinds import CANNOT_TELL, Expected, Value
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


def parity(asked: Iterable[Told | tuple[str, AllocentricError]]) -> dict[str, Parity]:
    """By type, how many questions are read, decided, and answered as released.

    A pair is a question that could not be read: its type, and why.
    """
    tallies: dict[str, Counter[str]] = {}
    for each in asked:
        type_ = each.type if isinstance(each, Told) else each[0]
        tally = tallies.setdefault(type_, Counter())
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
