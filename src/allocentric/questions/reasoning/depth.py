"""Depth in words: how far ahead, aside and above each thing of a question is in each of its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import AllocentricError
from allocentric.questions.change import changed
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene

MOST_VIEWS: Final = 4
_LINE: Final = re.compile(
    r"In picture (?P<view>.+), the centre of the (?P<thing>.+) is "
    r"(?P<ahead>\d+\.\d\d) m (?P<way>ahead|behind), "
    r"(?P<aside>\d+\.\d\d) m to the (?P<side>left|right) and (?P<up>\d+\.\d\d) m (?P<level>above|below)\."
)


def depth_of(scene: Scene, question: Question) -> str:
    """A line for each thing that the answer hangs on, in each picture; empty for a question without any."""
    at = changed(scene, question.changes)
    names = dict.fromkeys(each.thing for each in question.evidence if each.thing in at.names)
    lines = (
        _line(at, view, str(name))
        for view in question.views[:MOST_VIEWS]
        for name in names
        if name is not None
    )
    return "\n".join(lines)


def depth_faults(scene: Scene, text: str) -> Iterator[str]:
    """The lines that are not true of the scene, and those that are no such line."""
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            yield f"this is no line about depth: {line[:80]}"
            continue
        try:
            if not _true(scene, found):
                yield f"this is not so: {line[:120]}"
        except AllocentricError as error:
            yield error.what


def _true(scene: Scene, found: re.Match[str]) -> bool:
    right, down, ahead = _seen_from(scene, found["view"], found["thing"]).tolist()
    told = (
        float(found["ahead"]) * (1 if found["way"] == "ahead" else -1),
        float(found["aside"]) * (1 if found["side"] == "right" else -1),
        float(found["up"]) * (1 if found["level"] == "below" else -1),
    )
    return all(abs(each - true) <= 0.005 + 1e-9 for each, true in zip(told, (ahead, right, down)))


def _line(scene: Scene, view: str, thing: str) -> str:
    right, down, ahead = _seen_from(scene, view, thing).tolist()
    return (
        f"In picture {view}, the centre of the {thing} is "
        f"{abs(ahead):.2f} m {'ahead' if ahead >= 0 else 'behind'}, "
        f"{abs(right):.2f} m to the {'right' if right >= 0 else 'left'} and "
        f"{abs(down):.2f} m {'below' if down >= 0 else 'above'}."
    )


def _seen_from(scene: Scene, view: str, thing: str) -> Float[np.ndarray, "3"]:
    """The centre of a thing in the camera's own frame: right, down, ahead, in metres."""
    camera_from_world = scene.view(view).world_from_camera.inverse()
    center: Float[np.ndarray, "3"] = scene.centers[scene.row(thing)]
    return camera_from_world.apply(center)
