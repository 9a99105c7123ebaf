"""Where things of one picture are: in the image, in the axes of its camera, in depth; which side is shown."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.geometry.sectors import RINGS
from allocentric.questions.families.pictures import (
    asked_of,
    called,
    drawn,
    lens_views,
    moment,
    pictured,
    pictured_views,
    well_seen,
)
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.families.things import fronted
from allocentric.questions.family import Ask, Family
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Measured

LEAST_M: Final = 0.5
FOUR: Final = ("front", "left", "back", "right")
LEFT_RIGHT: Final = ("left", "right")
ABOVE_BELOW: Final = ("above", "below")
STEEP: Final = 0.5  # a thing that is higher or lower than half its distance on the floor is up or down


def _two(
    scene: Scene, random: np.random.Generator, *, program: str, options: tuple[str, ...], flat: bool
) -> Iterator[Ask]:
    """`flat`: it is asked of the image alone, which boxes that are stated tell as well as a lens."""
    views, shown = (pictured_views(scene), pictured) if flat else (lens_views(scene), well_seen)
    for view, (one, other) in drawn(scene, random, 2, views=views, of=shown):
        a, b = scene.labels[one], scene.labels[other]
        text = program.format(view=asked_of(view), a=f'the("{a}")', b=f'the("{b}")')
        slots = {"a": a, "b": b, "v": called(view)}
        yield Ask(text, slots, options or (a, b), views=(view.id,), changes=moment(scene, view))


def _directions(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    for view, (row,) in drawn(scene, random, 1):
        name = scene.labels[row]
        program = f'direction(the("{name}"), camera({asked_of(view)}), sectors="eight")'
        slots = {"thing": name, "v": called(view)}
        yield Ask(program, slots, views=(view.id,), changes=moment(scene, view))


def around(label: str, random: np.random.Generator, *, count: int = 4) -> tuple[str, ...]:
    """The label of a sector of eight, its neighbours, and others, `count` in all."""
    labels = RINGS["eight"].labels
    place = labels.index(label)
    beside = [labels[place - 1], labels[(place + 1) % len(labels)]]
    rest = [each for each in labels if each not in (label, *beside)]
    random.shuffle(rest)
    return (label, *beside, *rest)[:count]


def _beside(ask: Ask, found: Measured, random: np.random.Generator) -> tuple[str, ...]:
    return around(str(found.value), random)


def level_enough(scene: Scene, ask: Ask, found: Measured) -> str | None:
    """Why a direction on the floor of a camera is not asked: the thing is rather above or below it."""
    place, frame = ask.program.removeprefix("direction(").split(", camera(")
    camera = "camera(" + frame.partition(", sectors")[0]
    ahead, left, up = (
        settled(scene, f'offset({place}, {camera}, axis="{axis}")', evidence=False)
        for axis in ("forward", "left", "up")
    )
    if not (isinstance(ahead, Measured) and isinstance(left, Measured) and isinstance(up, Measured)):
        return "not placed"
    floor = math.hypot(float(ahead.value), float(left.value))  # type: ignore[arg-type]
    if floor < LEAST_M:
        return closer_than(LEAST_M)
    return "rather above or below" if abs(float(up.value)) > STEEP * floor else None  # type: ignore[arg-type]


def _sides(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    fronts = fronted(scene)

    def shown(scene: Scene, view: View) -> list[int]:
        return [row for row in pictured(scene, view) if row in fronts]

    for view, (row,) in drawn(scene, random, 1, views=pictured_views(scene), of=shown):
        name = scene.labels[row]
        program = f'direction({asked_of(view)}, of(the("{name}")), sectors="four")'
        slots = {"thing": name, "v": called(view)}
        yield Ask(program, slots, FOUR, views=(view.id,), changes=moment(scene, view))


def _relation(
    name: str, code: str, about: str, *, program: str, options: tuple[str, ...], templates: tuple[str, ...]
) -> Family:
    return Family(
        name=name,
        code=code,
        about=about,
        kind="choice",
        templates=templates,
        asks=partial(_two, program=program, options=options, flat=code == "C1"),
        needs=("things", "pictured" if code == "C1" else "views"),
        frame="camera",
        shown="picture",
    )


FAMILIES: Final = (
    _relation(
        "image_left_right",
        "C1",
        "on which side of another a thing is in the image, by pixels alone",
        program='relation_in({a}, {b}, {view}, axis="right")',
        options=LEFT_RIGHT,
        templates=(
            "In the 2D image of picture {v}, is the {a} to the left or to the right of the {b}?",
            "Going by pixels alone in picture {v}, is the {a} to the left or to the right of the {b}?",
            "On which side of the {b} is the {a} in the 2D image of picture {v}, left or right?",
        ),
    ),
    _relation(
        "image_above_below",
        "C1",
        "whether a thing is above or below another in the image, by pixels alone",
        program='relation_in({a}, {b}, {view}, axis="up")',
        options=ABOVE_BELOW,
        templates=(
            "In the 2D image of picture {v}, is the {a} above or below the {b}?",
            "Going by pixels alone in picture {v}, is the {a} above or below the {b}?",
            "Is the {a} above or below the {b} in the 2D image of picture {v}?",
        ),
    ),
    _relation(
        "camera_frame_left_right",
        "C2",
        "whether all of a thing is left or right of all of another, along the camera's own axis",
        program='relation({a}, {b}, camera({view}), axis="right")',
        options=LEFT_RIGHT,
        templates=(
            "From the camera of picture {v}, is the {a} to the left or to the right of the {b}?",
            "Seen from picture {v}, is the {a} to the left or to the right of the {b}?",
            "From the viewpoint of picture {v}, on which side of the {b} is the {a}, left or right?",
        ),
    ),
    _relation(
        "camera_frame_above_below",
        "C2",
        "whether all of a thing is above or below all of another, along the camera's own axis",
        program='relation({a}, {b}, camera({view}), axis="up")',
        options=ABOVE_BELOW,
        templates=(
            "From the camera of picture {v}, is the {a} above or below the {b}?",
            "Seen from picture {v}, is the {a} above or below the {b}?",
            "From the viewpoint of picture {v}, is the {a} above or below the {b}?",
        ),
    ),
    _relation(
        "front_behind_depth",
        "C3",
        "which of two things is nearer along the camera's line of sight",
        program='least([{a}, {b}], by=offset(frame=camera({view}), axis="forward"))',
        options=(),
        templates=(
            "Which is closer in depth in picture {v}, the {a} or the {b}?",
            "In picture {v}, which is nearer to the camera in depth, the {a} or the {b}?",
            "Which has the smaller z-depth in picture {v}, the {a} or the {b}?",
        ),
    ),
    Family(
        name="single_image_direction_8",
        code="C4",
        about="in which of eight directions a thing of a picture is from its camera",
        kind="choice",
        templates=(
            "From the camera of picture {v}, in which of the eight directions is the {thing}?",
            "In which of the eight directions is the {thing}, seen from the camera of picture {v}?",
            "Seen from picture {v}, which of the eight directions is the {thing} in?",
        ),
        asks=_directions,
        needs=("things", "views"),
        fair=level_enough,
        offer=_beside,
        frame="camera",
        shown="picture",
    ),
    Family(
        name="side_facing_camera",
        code="D1",
        about="which side of a thing is turned to the camera",
        kind="choice",
        templates=(
            "Which side of the {thing} faces the camera of picture {v}?",
            "Which side of the {thing} does picture {v} show?",
            "From the {thing}'s own point of view, is picture {v} in front, behind, left or right?",
        ),
        asks=_sides,
        needs=("things", "fronts", "pictured"),
        frame="object",
        shown="picture",
    ),
)
