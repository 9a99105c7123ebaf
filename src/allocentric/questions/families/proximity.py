"""Whether two things are close together, touch, or rest on each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.measures import corners_m, gap_rows, in_turn
from allocentric.questions.families.reasons import farther_than, near_a_border
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

NEXT_TO_M: Final = 0.5
"""What is nearer than this is next to another: a definition of ours."""

MOST_M: Final = 2.0
MOST_DRAWN: Final = 5_000


def _next_to(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Pairs that are near, by enough, and pairs that are near enough for it to be a question."""
    rows = unique(scene)
    held: dict[bool, list[Ask]] = {True: [], False: []}
    for a, b in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        gap = gap_rows(scene, rows[a])[rows[b]] * scene.scale.low
        if gap > MOST_M:
            yield farther_than(MOST_M)
            continue
        if abs(gap - NEXT_TO_M) < TOLERANCE["m"]:
            yield near_a_border(TOLERANCE["m"])
            continue
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        ask = Ask(f'distance(the("{one}"), the("{other}")) < cm(50)', {"a": one, "b": other})
        held[gap < NEXT_TO_M].append(ask)
    yield from in_turn(random, held[True], held[False])


def _touching(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Pairs without a gap, and pairs with one that is clear but not wide."""
    rows = unique(scene)
    held: dict[bool, list[Ask]] = {True: [], False: []}
    for a, b in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        gap = gap_rows(scene, rows[a])[rows[b]] * scene.scale.low
        if gap > MOST_M:
            yield farther_than(MOST_M)
            continue
        if 0.01 <= gap < NEXT_TO_M:
            yield f"neither touching nor {NEXT_TO_M:g} m apart"
            continue
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        ask = Ask(f'touching(the("{one}"), the("{other}"))', {"a": one, "b": other})
        held[gap < 0.01].append(ask)
    yield from in_turn(random, held[True], held[False])


def _on(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Small things on larger ones, and the same with another that is as near as can be."""
    rows, up = unique(scene), corners_m(scene)[:, :, 2]
    held: dict[bool, list[Ask]] = {True: [], False: []}
    for a, b in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        thing, other = rows[a], rows[b]
        if gap_rows(scene, thing)[other] * scene.scale.low > MOST_M:
            yield farther_than(MOST_M)
            continue
        if scene.labels[other].endswith(" stand"):
            yield "on a stand: whose name is read as another's"
            continue
        apart = float(up[thing].min() - up[other].max())
        over = (
            np.abs(scene.centers[thing, :2] - scene.centers[other, :2])
            <= np.ptp(corners_m(scene)[other, :, :2], axis=0) / 2
        )
        one, name = scene.labels[thing], scene.labels[other]
        ask = Ask(f'on(the("{one}"), the("{name}"))', {"a": one, "b": name})
        held[bool(over.all()) and abs(apart) * scene.scale.low < 0.02].append(ask)
    yield from in_turn(random, held[True], held[False])


FAMILIES: Final = (
    Family(
        name="next_to",
        code="B12",
        about="whether two things are closer together than half a metre",
        kind="yes_no",
        templates=(
            "Is the {a} next to the {b}, that is, within 50 cm of it?",
            "Is the {a} near the {b}, that is, less than 50 cm away?",
            "Is the {a} close to the {b}, that is, less than 50 cm from it?",
        ),
        asks=_next_to,
        needs=("things", "scale"),
        human=True,
    ),
    Family(
        name="adjacency",
        code="C14",
        about="whether two things touch",
        kind="yes_no",
        templates=(
            "Does the {a} touch the {b}?",
            "Are the {a} and the {b} touching?",
            "Is the {a} touching the {b}?",
        ),
        asks=_touching,
        needs=("things", "scale"),
        human=True,
    ),
    Family(
        name="resting_on",
        code="B12",
        about="whether a thing rests on another",
        kind="yes_no",
        templates=(
            "Is the {a} on the {b}?",
            "Is the {a} resting on the {b}?",
            "Is the {a} on top of the {b}?",
        ),
        asks=_on,
        human=True,
    ),
)
