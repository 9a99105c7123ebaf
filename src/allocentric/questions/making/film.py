"""A question about no picture of its own is shown all: fair where they show what its answer hangs on."""

from __future__ import annotations

from dataclasses import replace

from allocentric.questions.change import Numbered, changed
from allocentric.questions.families.pictures import looked_at
from allocentric.questions.family import Family, Rejection
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


def unfilmed(scene: Scene, asked: Family) -> str | None:
    """What the views of a scene lack for any question of a family; None where they may do for some.

    A way on the floor hangs on all that stands there: where the views do not show that, none has to be found.
    """
    if "floor" not in asked.needs or "views" in asked.needs or scene.tracks:
        return None
    standing = {name for name, kind in zip(scene.names, scene.kinds) if kind == "object"}
    return None if standing <= _seen(scene) else "pictures of all that stands on the floor"


def _seen(scene: Scene) -> frozenset[str]:
    """The names of what some view shows a tenth of, or more, or is stated to show, with a box."""

    def made() -> frozenset[str]:
        looks = [looked_at(scene, each) for each in scene.views if each.camera is not None]
        stated = {each.row for each in scene.sightings if each.box_px is not None}
        rows = (row for row in range(len(scene)) if any(each.knows(row) for each in looks) or row in stated)
        return frozenset(scene.names[row] for row in rows)

    return scene.cached("seen in the film", made)
