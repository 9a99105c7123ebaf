"""Which of some things is nearest to where a thing with a front looks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.intervals import wrap
from allocentric.questions.families.measures import plan_m
from allocentric.questions.families.reasons import ALIKE_IN_ANGLE, NO_FRONT, not_within
from allocentric.questions.families.things import first, fronted, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

LEAST_M: Final = 0.3
MOST_M: Final = 5.0
MOST_DRAWN: Final = 5_000


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    rows, apart_m, fronts = unique(scene), plan_m(scene), fronted(scene)
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        of, *two = (rows[each] for each in drawn)
        if of not in fronts:
            yield NO_FRONT
            continue
        if not all(LEAST_M <= apart_m[of, row] <= MOST_M for row in two):
            yield not_within(LEAST_M, MOST_M)
            continue
        off = [_off_front(scene, of, row) for row in two]
        if abs(off[0] - off[1]) < TOLERANCE["rad"]:
            yield ALIKE_IN_ANGLE
            continue
        c, a, b = (scene.labels[row] for row in (of, *two))
        program = f'least([the("{a}"), the("{b}")], by=off_axis(frame=of(the("{c}"))))'
        yield Ask(program, {"a": a, "b": b, "of": c}, options=(a, b))


def _off_front(scene: Scene, of: int, to: int) -> float:
    front = fronted(scene)[of]
    x, y = scene.centers[to, :2] - scene.centers[of, :2]
    return abs(wrap(math.atan2(y, x) - math.atan2(front[1], front[0])))


FAMILY = Family(
    name="viewpoint_towards_object",
    code="D3",
    about="which of two things is nearer to where a thing with a front looks",
    kind="choice",
    templates=(
        "From the {of}'s point of view, which is most directly ahead, the {a} or the {b}?",
        "From the {of}'s point of view, which is closest to straight ahead: the {a} or the {b}?",
        "Towards which does the {of} face more directly, the {a} or the {b}?",
    ),
    asks=_asks,
    needs=("things", "fronts"),
    frame="object",
    human=True,
)
