"""How far things are from a camera, how deep in its picture, in which order, and how that changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.families.pictures import (
    apart_m,
    asked_of,
    called,
    drawn,
    drawn_pairs,
    lens_views,
    moment,
    pictured,
    pictured_views,
    still,
    well_seen,
)
from allocentric.questions.families.reasons import closer_than, not_within
from allocentric.questions.family import Ask, Family
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Measured
from allocentric.words import a_list

LEAST_M: Final = 0.2
MOST_M: Final = 10.0
NEAREST_M: Final = 0.5  # what is closer to the camera than this fills its picture
LEAST_CHANGE_M: Final = 0.3
OPTIONS: Final = (4, 3)


def _within(scene: Scene, ask: Ask, found: Measured) -> str | None:
    value = float(found.value)  # type: ignore[arg-type]
    return None if LEAST_M <= value <= MOST_M else not_within(LEAST_M, MOST_M)


def _before(scene: Scene, ask: Ask, found: Measured) -> str | None:
    """Depth has a least and no most: a street is deep."""
    return None if float(found.value) >= LEAST_M else closer_than(LEAST_M)  # type: ignore[arg-type]


def _of_one(scene: Scene, random: np.random.Generator, *, program: str, deep: bool = False) -> Iterator[Ask]:
    """`deep`: along the line of sight, which a lens tells; how far it is, where the camera stands tells."""
    views, shown = (lens_views(scene), well_seen) if deep else (pictured_views(scene), pictured)
    for view, (row,) in drawn(scene, random, 1, views=views, of=shown):
        name = scene.labels[row]
        text = program.format(view=asked_of(view), thing=f'the("{name}")')
        yield Ask(text, {"thing": name, "v": called(view)}, views=(view.id,), changes=moment(scene, view))


def _choices(scene: Scene, random: np.random.Generator, *, word: str) -> Iterator[Ask | str]:
    few = True
    for count in OPTIONS:
        for view, rows in drawn(
            scene, random, count, views=pictured_views(scene), of=pictured, ordered=False
        ):
            few, names = False, tuple(scene.labels[row] for row in rows)
            listed = ", ".join(f'all("{each}")' for each in names)
            slots = {
                "options": ", ".join(names),
                "the": a_list([f"the {each}" for each in names]),
                "v": called(view),
            }
            yield Ask(
                f"{word}([{listed}], to={asked_of(view)})",
                slots,
                options=names,
                views=(view.id,),
                changes=moment(scene, view),
            )
    if few:
        yield f"no picture shows {min(OPTIONS)} things well"


def _not_too_near(scene: Scene, ask: Ask, found: Measured) -> str | None:
    """What is nearest is not at the lens."""
    of = ask.program.rpartition("to=")[2].removesuffix(")")
    near = [settled(scene, f'distance({of}, the("{each}"))', evidence=False) for each in ask.options]
    close = any(isinstance(each, Measured) and float(each.value) < NEAREST_M for each in near)  # type: ignore[arg-type]
    return closer_than(NEAREST_M) if close else None


def _orders(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    for view, rows in drawn(scene, random, 3, ordered=False):
        names = tuple(scene.labels[row] for row in rows)
        listed = ", ".join(f'all("{each}")' for each in names)
        slots = {"the": a_list([f"the {each}" for each in names]), "v": called(view)}
        program = f"order([{listed}], by=distance(to={asked_of(view)}))"
        yield Ask(program, slots, names=names, views=(view.id,), changes=moment(scene, view))


def _changes(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """A thing that both pictures show, and that the second is farther from, or nearer to."""
    for one, other in drawn_pairs(scene, random):
        both = still(scene, [row for row in well_seen(scene, one) if row in well_seen(scene, other)])
        if not both:
            yield "no thing that both pictures show well and that stands still"
            continue
        if apart_m(scene, one, other) < LEAST_CHANGE_M:
            yield f"cameras {closer_than(LEAST_CHANGE_M)}"
            continue
        row = both[int(random.integers(len(both)))]
        near, far = sorted((one, other), key=lambda view: _centre(scene, view, row))
        name = scene.labels[row]
        form = int(random.integers(3))
        a, b = f'distance(the("{name}"), {asked_of(far)})', f'distance(the("{name}"), {asked_of(near)})'
        slots = {"thing": name, "far": called(far), "near": called(near)}
        yield Ask(f"{a} - {b}", slots, views=(one.id, other.id), form=form)


def _centre(scene: Scene, view: View, row: int) -> float:
    return float(np.linalg.norm(view.world_from_camera.translation_m - scene.centers[row]))


def _changed_enough(scene: Scene, ask: Ask, found: Measured) -> str | None:
    value = float(found.value)  # type: ignore[arg-type]
    return None if value >= LEAST_CHANGE_M else f"changed by less than {LEAST_CHANGE_M:g} m"


def _displacements(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    for one, other in drawn_pairs(scene, random):
        slots = {"v": called(one), "w": called(other)}
        yield Ask(f"distance({asked_of(one)}, {asked_of(other)})", slots, views=(one.id, other.id))


def _chosen(word: str, adjective: str, beside: str) -> Family:
    return Family(
        name=f"{adjective}_to_camera" if beside == "to" else f"{adjective}_from_camera",
        code="B7",
        about=f"which of several things is the {adjective} {beside} the camera",
        kind="choice",
        templates=(
            f"Which of these objects ({{options}}) is {adjective} {beside} the camera of picture {{v}}?",
            f"Which of these is the {adjective} {beside} the camera of picture {{v}}: {{options}}?",
            f"Of {{the}}, which is the {adjective} {beside} the camera of picture {{v}}?",
        ),
        asks=partial(_choices, word=word),
        needs=("things", "pictured"),
        fair=_not_too_near,
        frame="camera",
        shown="picture",
    )


FAMILIES: Final = (
    Family(
        name="camera_object_distance",
        code="B4",
        about="how far the closest point of a thing is from the camera",
        kind="length",
        unit="m",
        templates=(
            "How far is the {thing} from the camera of picture {v}, in metres?",
            "What is the distance from the {thing} to the camera of picture {v} in metres?",
            "How many metres are there between the {thing} and the camera of picture {v}?",
        ),
        asks=partial(_of_one, program="distance({thing}, {view})"),
        needs=("things", "pictured", "scale"),
        fair=_within,
        frame="camera",
        shown="picture",
    ),
    Family(
        name="camera_centre_distance",
        code="B4",
        about="how far the centre of a thing is from the camera, however far",
        kind="length",
        unit="m",
        templates=(
            "How far is it from the centre of the {thing} to the centre of the camera of picture {v}, "
            "in metres?",
            "What is the centre-to-centre distance between the {thing} and the camera of "
            "picture {v}, in metres?",
            "What is the distance from the centre of the {thing} to the centre of the camera of picture {v} "
            "in metres?",
        ),
        asks=partial(_of_one, program='distance({thing}, {view}, geometry="centre")'),
        needs=("things", "pictured", "scale"),
        fair=_before,
        frame="camera",
        shown="picture",
    ),
    Family(
        name="depth_value",
        code="B5",
        about="how far ahead of the camera the centre of a thing is, along its line of sight",
        kind="length",
        unit="m",
        templates=(
            "What is the z-depth of the {thing} in picture {v}, in metres?",
            "At what camera depth is the {thing} in picture {v}, in metres?",
            "How far in front of the camera of picture {v} is the {thing}, in metres?",
        ),
        asks=partial(_of_one, program='offset({thing}, camera({view}), axis="forward")', deep=True),
        needs=("things", "views", "scale"),
        fair=_before,
        frame="camera",
        shown="picture",
    ),
    _chosen("nearest", "closest", "to"),
    _chosen("farthest", "farthest", "from"),
    Family(
        name="depth_order",
        code="B7",
        about="in which order things come by their distance from the camera",
        kind="order",
        templates=(
            "Order {the} by their distance from the camera of picture {v}, nearest first.",
            "From nearest to farthest, how do {the} rank by distance from the camera of picture {v}?",
            "In which order, nearest first, are {the} from the camera of picture {v}?",
        ),
        asks=_orders,
        needs=("things", "views"),
        frame="camera",
        shown="picture",
    ),
    Family(
        name="distance_change",
        code="B11",
        about="by how much the distance of a thing from the camera changes between two pictures",
        kind="length",
        unit="m",
        templates=(
            "How much farther is the {thing} from picture {far} than from picture {near}, in metres?",
            "By how much does the distance from the {thing} to picture {far} exceed the distance from "
            "the {thing} to picture {near}, in metres?",
            "How many metres farther is the {thing} from picture {far} than from picture {near}?",
        ),
        asks=_changes,
        needs=("things", "pair", "scale"),
        fair=_changed_enough,
        frame="camera",
        shown="pair",
    ),
    Family(
        name="camera_displacement",
        code="B11",
        about="how far the camera moved between two pictures, straight",
        kind="length",
        unit="m",
        templates=(
            "How far did the camera move from picture {v} to picture {w}, in metres?",
            "How many metres apart are picture {v} and picture {w}?",
            "What is the distance from picture {v} to the camera of picture {w}, in metres?",
        ),
        asks=_displacements,
        needs=("pair", "scale"),
        fair=_within,
        frame="camera",
        shown="pair",
    ),
)
