"""Lengths asked for in the unit that fits the scene: millimetres on a tray, kilometres from the air."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.families.camera_distance import FAMILIES as ON_CAMERAS
from allocentric.questions.families.cardinal_direction import EIGHT
from allocentric.questions.families.object_count import FAMILY as COUNT
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.questions.prompt import UNIT_WORDS
from allocentric.scene.scene import Scene

UP_TO_M: Final = ((0.2, "mm"), (2.0, "cm"), (1500.0, "m"))
"""The unit for a length that is typical of a scene: the first that it is below; kilometres beyond."""
MOST_DRAWN: Final = 20_000
LEAST_SHARE: Final = 0.05  # of what is typical: what is shorter is told too coarsely by the unit
TOO_SHORT: Final = f"less than {LEAST_SHARE:.0%} of what is typical"


def fitting_unit(length_m: float) -> str:
    """The unit in which a person would give a length.

    >>> [fitting_unit(each) for each in (0.012, 0.4, 30.0, 5000.0)]
    ['mm', 'cm', 'm', 'km']
    """
    return next((unit for most_m, unit in UP_TO_M if length_m < most_m), "km")


def typical_gap_m(scene: Scene) -> float:
    """How far apart two things of a scene are, in the middle of all pairs."""

    def made() -> float:
        at = scene.centers[list(unique(scene))]
        apart = np.linalg.norm(at[:, None] - at[None], axis=2)[np.triu_indices(len(at), 1)]
        return float(np.median(apart)) if len(apart) else 0.0

    return scene.cached("typical gap", made)


def typical_size_m(scene: Scene) -> float:
    """How long the longest edge of a thing is, in the middle of all things."""

    def made() -> float:
        rows = list(unique(scene))
        return float(np.median(scene.sizes[rows].max(axis=1))) if rows else 0.0

    return scene.cached("typical size", made)


def _distances(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    rows, typical_m = unique(scene), typical_gap_m(scene)
    for a, b in first(shuffled_tuples(len(rows), 2, random, ordered=False), MOST_DRAWN):
        gap_m = float(np.linalg.norm(scene.centers[rows[a]] - scene.centers[rows[b]]))
        if gap_m < LEAST_SHARE * typical_m:
            yield TOO_SHORT
            continue
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        program = f'distance(the("{one}"), the("{other}"), geometry="centre")'
        yield in_fitting_unit(Ask(program, {"a": one, "b": other}), typical_m)


def _sizes(scene: Scene, random: np.random.Generator, *, along: str) -> Iterator[Ask | str]:
    rows, typical_m = unique(scene), typical_size_m(scene)
    for drawn in random.permutation(len(rows)):
        row = rows[int(drawn)]
        if scene.sizes[row].min() < LEAST_SHARE * typical_m:
            yield TOO_SHORT
            continue
        name = scene.labels[row]
        yield in_fitting_unit(Ask(f'extent(the("{name}"), along="{along}")', {"thing": name}), typical_m)


def _directions(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    rows, typical_m = unique(scene), typical_gap_m(scene)
    for a, b in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        if np.linalg.norm((scene.centers[rows[a]] - scene.centers[rows[b]])[:2]) < LEAST_SHARE * typical_m:
            yield TOO_SHORT
            continue
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        program = f'direction(the("{other}"), north(at=the("{one}")), sectors="compass8")'
        yield Ask(program, {"at": one, "to": other}, options=EIGHT)


def _counts(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """As in a room, without saying that it is one."""
    for ask in COUNT.asks(scene, random):
        yield ask if isinstance(ask, str) else replace(ask, form=int(random.integers(2)))


def _depths(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    typical_m = typical_gap_m(scene)
    for ask in _DEPTH.asks(scene, random):
        yield ask if isinstance(ask, str) else in_fitting_unit(ask, typical_m)


def in_fitting_unit(ask: Ask, typical_m: float) -> Ask:
    """What is asked, in the unit for a length that is typical."""
    unit = fitting_unit(typical_m)
    return replace(ask, slots={**ask.slots, "unit": UNIT_WORDS[unit]}, unit=unit)


def _family(
    name: str,
    code: str,
    about: str,
    *,
    asks: Callable[[Scene, np.random.Generator], Iterator[Ask | str]],
    templates: tuple[str, ...],
) -> Family:
    return Family(
        name=name,
        code=code,
        about=about,
        kind="length",
        unit="m",
        templates=templates,
        asks=asks,
        needs=("things", "scale"),
    )


_DEPTH: Final = next(each for each in ON_CAMERAS if each.name == "depth_value")

FAMILIES: Final = (
    _family(
        "scaled_distance",
        "B2",
        "how far apart the centres of two things are, in the unit that fits the scene",
        asks=_distances,
        templates=(
            "What is the distance between the centres of the {a} and the {b}, in {unit}?",
            "How far is the centre of the {a} from the centre of the {b}, in {unit}?",
            "Measured from centre to centre, how many {unit} are there between the {a} and the {b}?",
        ),
    ),
    _family(
        "scaled_height",
        "A6",
        "how high a thing is, in the unit that fits the things of the scene",
        asks=partial(_sizes, along="height"),
        templates=(
            "How tall is the {thing}, in {unit}?",
            "What is the height of the {thing} in {unit}?",
            "How many {unit} tall is the {thing}?",
        ),
    ),
    _family(
        "scaled_width",
        "A6",
        "how wide a thing is, in the unit that fits the things of the scene",
        asks=partial(_sizes, along="width"),
        templates=(
            "How wide is the {thing}, in {unit}?",
            "What is the width of the {thing} in {unit}?",
            "How many {unit} wide is the {thing}?",
        ),
    ),
    Family(
        name="scaled_depth",
        code="B5",
        about="how far ahead of the camera the centre of a thing is, in the unit that fits the scene",
        kind="length",
        unit="m",
        templates=(
            "What is the z-depth of the {thing} in picture {v}, in {unit}?",
            "At what camera depth is the {thing} in picture {v}, in {unit}?",
            "How far in front of the camera of picture {v} is the {thing}, in {unit}?",
        ),
        asks=_depths,
        needs=_DEPTH.needs,
        frame="camera",
        shown="picture",
    ),
    Family(
        name="scaled_count",
        code="A1",
        about="how many things of a kind there are, wherever it is",
        kind="count",
        templates=("How many {things} are there?", "What is the number of {things} here?"),
        asks=_counts,
        needs=("things", "complete"),
    ),
    Family(
        name="scaled_direction",
        code="C10",
        about="in which direction of the compass a thing is from another, however far apart things are",
        kind="choice",
        templates=(
            "In which compass direction is the {to} from the {at}?",
            "What is the cardinal direction from the {at} to the {to}?",
        ),
        asks=_directions,
        needs=("things", "north"),
        frame="map",
    ),
)
