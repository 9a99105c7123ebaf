"""The truth of a question, computed again from its scene: by its program, or as its family decides it."""

from __future__ import annotations

from allocentric.answers.kinds import Value
from allocentric.questions.change import changed
from allocentric.questions.chinese import in_english
from allocentric.questions.families import FAMILIES
from allocentric.questions.family import Ask
from allocentric.questions.question import Question
from allocentric.questions.settle import settled, truth_of
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured, Undetermined

_FAMILIES = {each.name: each for each in FAMILIES}


def computed(scene: Scene, question: Question) -> tuple[Value | None, Measured | Undetermined]:
    """The truth of a question in a scene, and what it comes to; None where its options do not hold it.

    The scene is the one that the question names, before its changes. A question of a family that is not ours
    is settled by its program.
    """
    family = _FAMILIES.get(question.family)
    at = changed(scene, question.changes)
    asked = question.expected
    ask = Ask(question.program, {}, asked.options, question.views, names=asked.names)
    found = family.decide(at, ask) if family and family.decide else settled(at, question.program)
    if family and family.tell and isinstance(found, Measured):
        return family.tell(at, ask, found), found
    return truth_of(in_english(asked) if question.language == "zh" else asked, found), found
