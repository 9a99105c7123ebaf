"""Which of some things is the most elongated, the flattest, the most like a cube; which leans the most."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured
from allocentric.words import a_list

COUNT: Final = 3
RATIO: Final = 1.3
"""By which factor the first must be ahead of the next."""

LEAST: Final = {"elongation": 1.5, "flatness": 2.0, "evenness": 0.6}
"""How pronounced the trait of the first must be, for a person to speak of it."""

LEAST_TILT_RAD: Final = math.radians(5)
MOST_TILT_RAD: Final = math.radians(40)  # what leans more has another side up, where its own up is not known
MOST_DRAWN: Final = 3_000


def _traits(scene: Scene, trait: str) -> Float[np.ndarray, " thing"]:
    """The ratio of sides that a trait is, of every box."""

    def made() -> Float[np.ndarray, " thing"]:
        shortest, middle, longest = np.maximum(np.sort(scene.sizes, axis=1), 1e-9).T
        ratios: Float[np.ndarray, " thing"] = {
            "elongation": longest / middle,
            "flatness": middle / shortest,
            "evenness": shortest / longest,
        }[trait]
        return ratios

    return scene.cached(f"{trait} of boxes", made)


def tilts_rad(scene: Scene) -> Float[np.ndarray, " thing"]:
    """The angle between the own up of every box and the vertical."""
    x, y, z = scene.rotations[:, :, 2].T
    tilts: Float[np.ndarray, " thing"] = np.arctan2(np.hypot(x, y), z)
    return tilts


def _most(scene: Scene, random: np.random.Generator, *, trait: str) -> Iterator[Ask | str]:
    """Three things, of which one is ahead by the factor, and pronounced."""
    rows, held = unique(scene), _traits(scene, trait)
    for drawn in first(shuffled_tuples(len(rows), COUNT, random), MOST_DRAWN):
        chosen = tuple(rows[each] for each in drawn)
        ranked = sorted((float(held[row]) for row in chosen), reverse=True)
        if ranked[0] < max(LEAST[trait], RATIO * ranked[1]):
            yield f"{trait} of less than {LEAST[trait]:g}, or not {RATIO:g} times that of the next"
            continue
        names = tuple(scene.labels[row] for row in chosen)
        things = ", ".join(f'the("{each}")' for each in names)
        program = f'most([{things}], by=proportion(trait="{trait}"))'
        yield Ask(program, _listed(names), options=names)


def _listed(names: tuple[str, ...]) -> dict[str, str]:
    """Names to choose from, with "or" and with "and"."""
    articled = [f"the {each}" for each in names]
    return {"options": a_list(articled, last="or"), "list": a_list(articled)}


def leaning(scene: Scene) -> tuple[int, ...]:
    """The things that lean, upright within what is clear of lying."""
    tilts = tilts_rad(scene)
    return tuple(row for row in unique(scene) if LEAST_TILT_RAD <= tilts[row] <= MOST_TILT_RAD)


def _tilts(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    rows = leaning(scene)
    for place in random.permutation(len(rows)):
        name = scene.labels[rows[int(place)]]
        yield Ask(f'tilt(the("{name}"))', {"thing": name})


def _most_tilted(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Three things that lean, or stand upright, at least one of them leaning."""
    tilts = tilts_rad(scene)
    rows = [row for row in unique(scene) if tilts[row] <= MOST_TILT_RAD]
    if not leaning(scene):
        return
    for drawn in first(shuffled_tuples(len(rows), COUNT, random), MOST_DRAWN):
        chosen = tuple(rows[each] for each in drawn)
        if sum(bool(tilts[row] >= LEAST_TILT_RAD) for row in chosen) < 2:
            yield "fewer than two of them lean"
            continue
        names = tuple(scene.labels[row] for row in chosen)
        things = ", ".join(f'the("{each}")' for each in names)
        yield Ask(f"most([{things}], by=tilt)", _listed(names), options=names)


def _pronounced(scene: Scene, ask: Ask, found: Measured) -> str | None:
    """Why the most tilted is not asked for: it hardly leans."""
    row = scene.labels.index(str(found.value))
    return None if tilts_rad(scene)[row] >= LEAST_TILT_RAD else "it hardly leans"


def _shape(name: str, trait: str, about: str, *, most: str) -> Family:
    return Family(
        name=name,
        code="A6",
        about=about,
        kind="choice",
        templates=(
            f"Which of {{list}} is the {most}?",
            f"Which one is the {most}: {{options}}?",
            f"Of {{list}}, which is the {most}?",
        ),
        asks=partial(_most, trait=trait),
    )


FAMILIES: Final = (
    _shape(
        "shape_elongated",
        "elongation",
        "which of three things is the most elongated: its longest side by the next",
        most="most elongated",
    ),
    _shape(
        "shape_flat",
        "flatness",
        "which of three things is the flattest: its middle side by its shortest",
        most="flattest",
    ),
    _shape(
        "shape_cube",
        "evenness",
        "which of three things is the most like a cube: its shortest side by its longest",
        most="most like a cube",
    ),
    Family(
        name="object_tilt",
        code="D4",
        about="by how many degrees a thing's own up leans from the vertical; 5 to 40 degrees",
        kind="angle",
        unit="deg",
        templates=(
            "By how many degrees does the {thing} lean from the vertical?",
            "By how many degrees is the {thing} tilted from the vertical?",
            "What is the angle between the {thing} and the vertical, in degrees?",
        ),
        asks=_tilts,
        needs=("things", "leaning"),
    ),
    Family(
        name="most_tilted",
        code="D4",
        about="which of three things leans the most from the vertical",
        kind="choice",
        templates=(
            "Which of {list} is the most tilted?",
            "Which one is the most tilted: {options}?",
            "Of {list}, which is the most tilted?",
        ),
        asks=_most_tilted,
        needs=("things", "leaning"),
        fair=_pronounced,
    ),
)
