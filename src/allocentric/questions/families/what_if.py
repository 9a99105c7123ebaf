"""Where a thing of a picture is after its camera has turned, or moved ahead, or both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.families.actions import TURNS
from allocentric.questions.families.pictures import asked_of, called, drawn, moment
from allocentric.questions.family import Ask, Family
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured

FOUR: Final = ("front", "left", "back", "right")
STEPS_M: Final = (1, 2, 3)
LEAST_M: Final = 0.5


def _moved(scene: Scene, random: np.random.Generator, *, turn: bool, step: bool) -> Iterator[Ask]:
    """Where a thing is after the camera of a picture has turned, moved, or both."""
    for view, (row,) in drawn(scene, random, 1):
        name = scene.labels[row]
        degrees = tuple(TURNS)[int(random.integers(len(TURNS)))]
        steps = STEPS_M[int(random.integers(len(STEPS_M)))]
        frame = f"camera({asked_of(view)})"
        frame = f"turned({frame}, deg({degrees}))" if turn else frame
        frame = f"moved({frame}, forward={steps})" if step else frame
        slots = {"thing": name, "v": called(view), "turn": TURNS[degrees], "step": f"{steps} m"}
        program = f'direction(the("{name}"), {frame}, sectors="four")'
        yield Ask(program, slots, FOUR, views=(view.id,), changes=moment(scene, view))


def _far_enough(scene: Scene, ask: Ask, found: Measured) -> str | None:
    """Near the camera one hardly says in which direction a thing is."""
    place, frame = ask.program.removeprefix("direction(").removesuffix(', sectors="four")').split(", ", 1)
    away = settled(scene, f'distance({place}, {frame}, geometry="centre")', evidence=False)
    near = isinstance(away, Measured) and float(away.value) < LEAST_M  # type: ignore[arg-type]
    return f"closer than {LEAST_M:g} m" if near else None


def _family(name: str, about: str, templates: tuple[str, ...], *, turn: bool, step: bool) -> Family:
    return Family(
        name=name,
        code="E13",
        about=about,
        kind="choice",
        templates=templates,
        asks=partial(_moved, turn=turn, step=step),
        fair=_far_enough,
        needs=("things", "views", "scale") if step else ("things", "views"),
        frame="camera",
        shown="picture",
    )


_WHERE: Final = "is the {thing} in front, behind, on the left or on the right?"

FAMILIES: Final = (
    _family(
        "rotation_what_if",
        "where a thing is after the camera has turned",
        (
            f"From picture {{v}}, if I turn {{turn}}, {_WHERE}",
            "Seen from picture {v}, after turning {turn}, is the {thing} to my left, right, front or back?",
            f"From the camera of picture {{v}}, after turning {{turn}}, {_WHERE}",
        ),
        turn=True,
        step=False,
    ),
    _family(
        "among_what_if",
        "where a thing is after the camera has moved ahead",
        (
            f"From picture {{v}}, I walk {{step}} forward. {_WHERE.capitalize()}",
            f"From picture {{v}}, if I walk {{step}} forward, {_WHERE}",
            f"From the camera of picture {{v}}, after moving {{step}} forward, {_WHERE}",
        ),
        turn=False,
        step=True,
    ),
    _family(
        "around_what_if",
        "where a thing is after the camera has turned and then moved ahead",
        (
            f"From picture {{v}}, if I turn {{turn}} and then walk {{step}} forward, {_WHERE}",
            f"From picture {{v}}, I turn {{turn}} and walk {{step}} forward. {_WHERE.capitalize()}",
            f"From the camera of picture {{v}}, after turning {{turn}} and moving {{step}} forward, {_WHERE}",
        ),
        turn=True,
        step=True,
    ),
)
