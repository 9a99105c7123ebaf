"""A question about no picture of its own is shown all: fair where they show what its answer hangs on."""

from __future__ import annotations

from dataclasses import replace

from allocentric.questions.change import Numbered, changed
from allocentric.questions.families.pictures import looked_at
from allocentric.questions.family import Rejection
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene


def filmed(scene: Scene, question: Question) -> Question | Rejection:
    """The question with all views of the scene, or why they do not show enough for it.

    A question that names its own views keeps them. Of each thing that the answer hangs on, the views have to
    show a tenth or more in one of them.
    """
    if question.views or any(not isinstance(each, Numbered) for each in question.changes):
        return question
    scene = changed(scene, question.changes)
    needed = {each.thing for each in question.evidence if each.thing in scene.names}
    unseen = {each for each in needed if scene.kinds[scene.names.index(each)] == "object"} - _seen(scene)
    if unseen:
        return Rejection(question.family, "the pictures do not show what it hangs on")
    return replace(question, views=tuple(each.id for each in scene.views), shown="video")


def _seen(scene: Scene) -> frozenset[str]:
    """The names of what some view shows a tenth of, or more, or is stated to show, with a box."""

    def made() -> frozenset[str]:
        looks = [looked_at(scene, each) for each in scene.views if each.camera is not None]
        stated = {each.row for each in scene.sightings if each.box_px is not None}
        rows = (row for row in range(len(scene)) if any(each.knows(row) for each in looks) or row in stated)
        return frozenset(scene.names[row] for row in rows)

    return scene.cached("seen in the film", made)
