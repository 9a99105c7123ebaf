"""Which of two things is above the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.measures import corners_m
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

LEAST_M: Final = TOLERANCE["m"]
MOST_DRAWN: Final = 5_000


def _relation(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Things of which one begins higher than the other ends."""
    up = corners_m(scene)[:, :, 2]
    low, high = up.min(axis=1), up.max(axis=1)
    for one, other in _pairs(scene, random):
        if max(low[one] - high[other], low[other] - high[one]) < LEAST_M:
            yield f"neither begins {LEAST_M:g} m above where the other ends"
            continue
        a, b = scene.labels[one], scene.labels[other]
        program = f'relation(the("{a}"), the("{b}"), world(), axis="up")'
        yield Ask(program, {"a": a, "b": b}, options=("above", "below"))


def _higher(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Things of which one begins and ends higher: of a tall and a low one on a floor neither does."""
    up = corners_m(scene)[:, :, 2]
    low, high = up.min(axis=1), up.max(axis=1)
    for one, other in _pairs(scene, random):
        begins, ends = low[one] - low[other], high[one] - high[other]
        if min(begins, ends) < LEAST_M and max(begins, ends) > -LEAST_M:
            yield f"neither begins and ends {LEAST_M:g} m higher"
            continue
        a, b = scene.labels[one], scene.labels[other]
        by = 'offset(frame=world(), axis="up")'
        yield Ask(f'most([the("{a}"), the("{b}")], by={by})', {"a": a, "b": b}, options=(a, b))


def _pairs(scene: Scene, random: np.random.Generator) -> Iterator[tuple[int, int]]:
    rows = unique(scene)
    for one, other in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        yield rows[one], rows[other]


FAMILIES: Final = (
    Family(
        name="vertical_relation",
        code="C13",
        about="whether one thing is all above another, or all below it",
        kind="choice",
        templates=(
            "Is the {a} above or below the {b}?",
            "Relative to the {b}, is the {a} above or below?",
            "Is the {a} higher or lower than the {b}?",
        ),
        chinese=(
            "{a}在{b}的上方还是下方？",
            "相对于{b}，{a}在上方还是下方？",
            "{a}位于{b}的上方还是下方？",
        ),
        asks=_relation,
        frame="map",
    ),
    Family(
        name="height_order",
        code="C13",
        about="which of two things is higher up: begins higher, ends higher",
        kind="choice",
        templates=(
            "Which is higher up, the {a} or the {b}?",
            "Which of the {a} and the {b} is higher up?",
            "Of the {a} and the {b}, which is higher above the floor?",
        ),
        asks=_higher,
        frame="map",
    ),
)
