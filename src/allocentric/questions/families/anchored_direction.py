"""Standing at one thing and facing another: in which direction is a third."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene

LEAST_M: Final = 0.3
MOST_M: Final = 5.0
MOST_DRAWN: Final = 20_000
_FORMS: Final = {
    "hard": ("quadrants", ("front-left", "front-right", "back-left", "back-right")),
    "medium": ("left_right_back", ("left", "right", "back")),
    "easy": ("left_right", ("left", "right")),
}


def _asks(scene: Scene, random: np.random.Generator, *, level: str) -> Iterator[Ask]:
    """Triples of things that are neither on top of one another nor far apart on the plan."""
    rows = np.array(unique(scene), dtype=int)
    sectors, options = _FORMS[level]
    between_m = np.linalg.norm(scene.centers[rows, None, :2] - scene.centers[None, rows, :2], axis=2)
    fit = (between_m >= LEAST_M) & (between_m <= MOST_M)
    for at, facing, to in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        if not (fit[at, facing] and fit[at, to] and fit[facing, to]):
            continue
        a, b, c = (scene.names[rows[each]] for each in (at, facing, to))
        program = f'direction(the("{c}"), standing(at=the("{a}"), facing=the("{b}")), sectors="{sectors}")'
        yield Ask(program, {"at": a, "facing": b, "to": c}, options=options)


def _asked(level: str) -> str:
    if level == "hard":
        return "to my front-left, front-right, back-left, or back-right"
    return "to my left, right, or back" if level == "medium" else "to the left or the right of me"


FAMILIES: Final = tuple(
    Family(
        name=f"anchored_direction_{level}",
        code=code,
        about="standing at one thing and facing another, in which direction a third is",
        kind="choice",
        templates=(
            f"If I am standing by the {{at}} and facing the {{facing}}, is the {{to}} {_asked(level)}?",
        ),
        asks=partial(_asks, level=level),
        frame="observer",
    )
    for level, code in (("hard", "C5"), ("medium", "C6"), ("easy", "C7"))
)
