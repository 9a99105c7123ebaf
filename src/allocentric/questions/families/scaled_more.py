"""Kinds that are asked alike from millimetres to kilometres: by ratios, angles, and lengths that fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.families.camera_distance import FAMILIES as ON_CAMERAS
from allocentric.questions.families.camera_pair import FAMILIES as OF_PAIRS
from allocentric.questions.families.camera_pair import FOUR_WAYS
from allocentric.questions.families.existence import FAMILY as EXISTENCE
from allocentric.questions.families.pictures import (
    apart_m,
    asked_of,
    called,
    drawn_pairs,
    still,
    well_seen,
)
from allocentric.questions.families.scaled import (
    LEAST_SHARE,
    TOO_SHORT,
    in_fitting_unit,
    typical_gap_m,
    typical_size_m,
)
from allocentric.questions.families.size_compare import RATIO
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured

MOST_DRAWN: Final = 3_000
LEAST_RATIO: Final = 1.2
MOST_RATIO: Final = 10.0
LEAST_TURN_RAD: Final = np.deg2rad(8)
LEAST_MOVE: Final = 0.1  # of what is typical between things


def _compared(scene: Scene, random: np.random.Generator, *, along: str) -> Iterator[Ask]:
    """Two things, by the ratio of their extents: which a millimetre does not decide."""
    least = LEAST_SHARE * typical_size_m(scene)  # what is flatter has no height to speak of
    rows = [row for row in unique(scene) if scene.sizes[row].min() >= least]
    for drawn in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        a, b = (scene.labels[rows[each]] for each in drawn)
        one, other = (f'extent(the("{each}"), along="{along}")' for each in (a, b))
        program = f'which({{"{a}": {one} / {other} > 1, "{b}": {other} / {one} > 1}})'
        yield Ask(program, {"a": a, "b": b}, options=(a, b))


def _unlike(scene: Scene, ask: Ask, found: Measured) -> str | None:
    clear = found.margin is not None and found.margin.gap >= RATIO
    return None if clear else f"differ by a factor of less than {RATIO:g}"


def _ratios(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    """A thing, and two others of which one is so many times as far from it."""
    rows = unique(scene)
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        a, b, c = (rows[each] for each in drawn)
        near, far = sorted(
            (b, c), key=lambda row: float(np.linalg.norm(scene.centers[a] - scene.centers[row]))
        )
        names = [scene.labels[row] for row in (a, far, near)]
        one, other = (f'distance(the("{names[0]}"), the("{to}"), geometry="centre")' for to in names[1:])
        yield Ask(f"{one} / {other}", dict(zip(("a", "b", "c"), names)))


def _several_times(scene: Scene, ask: Ask, found: Measured) -> str | None:
    ratio = float(found.value)  # type: ignore[arg-type]
    held = LEAST_RATIO <= ratio <= MOST_RATIO
    return None if held else f"not {LEAST_RATIO:g} to {MOST_RATIO:g} times as far"


def _rounds(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """A thing that two pictures show, around which the camera went from one to the other."""
    for one, other in drawn_pairs(scene, random):
        both = still(scene, [row for row in well_seen(scene, one) if row in well_seen(scene, other)])
        if not both:
            yield "no thing that both pictures show well and that stands still"
            continue
        name = scene.labels[both[int(random.integers(len(both)))]]
        program = f'off_axis({asked_of(other)}, standing(at=the("{name}"), facing={asked_of(one)}))'
        slots = {"thing": name, "v": called(one), "w": called(other)}
        yield Ask(program, slots, views=(one.id, other.id))


def _went_round(scene: Scene, ask: Ask, found: Measured) -> str | None:
    return None if float(found.value) >= LEAST_TURN_RAD else "went round by less than 8 degrees"  # type: ignore[arg-type]


def _moves(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Two pictures whose cameras are apart, beside what is typical of the scene."""
    least = LEAST_MOVE * typical_gap_m(scene)
    for one, other in drawn_pairs(scene, random):
        if apart_m(scene, one, other) < least:
            yield TOO_SHORT
            continue
        program = f'direction({asked_of(other)}, camera({asked_of(one)}), sectors="axes")'
        slots = {"v": called(one), "w": called(other)}
        yield Ask(program, slots, FOUR_WAYS, views=(one.id, other.id))


def _ranges(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    typical_m = typical_gap_m(scene)
    for ask in _CENTRE.asks(scene, random):
        yield in_fitting_unit(ask, typical_m) if isinstance(ask, Ask) else ask


def _larger(name: str, along: str, *, word: str) -> Family:
    return Family(
        name=name,
        code="A7",
        about=f"which of two things is {word}, whatever the scale: by a factor of {RATIO:g} or more",
        kind="choice",
        templates=(
            f"Which is {word}, the {{a}} or the {{b}}?",
            f"Which of the two is {word}: the {{a}} or the {{b}}?",
            f"Which of the {{a}} and the {{b}} is {word}?",
        ),
        asks=partial(_compared, along=along),
        fair=_unlike,
        read_back=False,
    )


_CENTRE: Final = next(each for each in ON_CAMERAS if each.name == "camera_centre_distance")
_MOTION: Final = next(each for each in OF_PAIRS if each.name == "camera_motion_direction")

FAMILIES: Final = (
    _larger("scaled_height_compare", "height", word="taller"),
    _larger("scaled_width_compare", "width", word="wider"),
    replace(
        EXISTENCE,
        name="scaled_existence",
        about="whether there is a thing of a kind, wherever it is",
        templates=("Is there {thing} here?", "Are there any {things}?", "Are there any {things} here?"),
        chinese=(),
    ),
    Family(
        name="distance_ratio",
        code="B8",
        about="how many times as far from a thing one other is as another, between their centres",
        kind="number",
        templates=(
            "Measured between their centres, how many times as far from the {a} is the {b} as the {c}?",
            "How many times as far is the {b} from the {a} as the {c}, measured between their centres?",
            "What is the ratio of the distance between the centres of the {a} and the {b} to the distance "
            "between the centres of the {a} and the {c}?",
        ),
        asks=_ratios,
        fair=_several_times,
    ),
)

ON_VIEWS: Final = (
    Family(
        name="camera_orbit",
        code="E5",
        about="by what angle the camera went round a thing between two pictures, seen from above",
        kind="angle",
        unit="deg",
        templates=(
            "Around the {thing}, by how many degrees did the camera go from picture {v} to picture {w}?",
            "By how many degrees did the camera go around the {thing} from picture {v} to picture {w}?",
            "What is the angle at the {thing} between picture {v} and picture {w}, in degrees?",
        ),
        asks=_rounds,
        needs=("things", "pair"),
        fair=_went_round,
        frame="object",
        shown="pair",
    ),
    replace(
        _MOTION,
        name="scaled_camera_motion",
        about="which axis of the first camera is the main one of its move, whatever the scale",
        asks=_moves,
        needs=("things", "pair"),
    ),
    replace(
        _CENTRE,
        name="scaled_camera_distance",
        about="how far the centre of a thing is from the camera, in the unit that fits the scene",
        templates=tuple(each.replace("metres", "{unit}") for each in _CENTRE.templates),
        asks=_ranges,
        fair=None,
    ),
)
