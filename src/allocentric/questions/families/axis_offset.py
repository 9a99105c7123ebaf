"""How far ahead of an observer, or to one side, a thing is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.measures import bearing_rad, plan_m
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene

LEAST_M: Final = 0.3
MOST_DRAWN: Final = 5_000
_SAID: Final = {
    "left": "to my left",
    "right": "to my right",
    "forward": "in front of me",
    "backward": "behind me",
}


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """An axis along which the thing lies at least 0.3 m the named way."""
    rows, apart = unique(scene), plan_m(scene)
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        at, facing, to = (rows[each] for each in drawn)
        if apart[at, facing] < LEAST_M or apart[at, to] < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        angle = bearing_rad(*(scene.centers[row] for row in (at, facing, to)))
        ahead, left = apart[at, to] * math.cos(angle), apart[at, to] * math.sin(angle)
        if random.integers(2):
            axis, along = ("forward", ahead) if ahead > 0 else ("backward", -ahead)
        else:
            axis, along = ("left", left) if left > 0 else ("right", -left)
        if along < LEAST_M:
            yield f"less than {LEAST_M:g} m that way"
            continue
        a, b, c = (scene.labels[row] for row in (at, facing, to))
        frame = f'standing(at=the("{a}"), facing=the("{b}"))'
        slots = {"at": a, "facing": b, "to": c, "way": _SAID[axis]}
        yield Ask(f'offset(the("{c}"), {frame}, axis="{axis}")', slots)


FAMILY = Family(
    name="axis_offset",
    code="B3",
    about="how far ahead of an observer, or to one side, a thing is",
    kind="length",
    unit="m",
    templates=(
        "If I am standing at the {at} facing the {facing}, how far {way} is the {to}, in metres?",
        "Standing by the {at} and facing the {facing}, how many metres {way} is the {to}?",
        "I stand at the {at} and look at the {facing}. How far {way} is the {to}, in metres?",
    ),
    asks=_asks,
    needs=("things", "scale"),
    frame="observer",
)
