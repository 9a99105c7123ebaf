"""In which order several things are passed on a straight way from one to another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations
from typing import Final

import numpy as np

from allocentric.questions.families.measures import OPTIONS, plan_m
from allocentric.questions.families.reasons import closer_than, differ_by_less
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE, Measured
from allocentric.words import a_list

STOPS: Final = 3
ASIDE_M: Final = 1.5
"""What lies farther from the way than this is not passed."""

LEAST_M: Final = TOLERANCE["m"]
MOST_DRAWN: Final = 400


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Three things beside a way, each clearly farther along it than the one before."""
    rows, apart_m = unique(scene), plan_m(scene)
    at = scene.centers[:, :2]
    for drawn in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        start, goal = (rows[each] for each in drawn)
        whole = float(apart_m[start, goal])
        if whole < 4 * LEAST_M:
            yield closer_than(4 * LEAST_M)
            continue
        ahead = (at[goal] - at[start]) / whole
        off = at - at[start]
        along, aside = off @ ahead, np.abs(off @ np.array([-ahead[1], ahead[0]]))
        beside = [row for row in rows if aside[row] <= ASIDE_M and LEAST_M <= along[row] <= whole - LEAST_M]
        if len(beside) < STOPS:
            yield f"fewer than {STOPS} things beside the way"
            continue
        stops = [beside[int(each)] for each in random.permutation(len(beside))[:STOPS]]
        rising = sorted(float(along[row]) for row in stops)
        if min(after - before for before, after in pairwise(rising)) < LEAST_M:
            yield differ_by_less(LEAST_M)
            continue
        a, b = scene.labels[start], scene.labels[goal]
        names = [scene.labels[row] for row in stops]
        listed = ", ".join(f'the("{each}")' for each in names)
        frame = f'standing(at=the("{a}"), facing=the("{b}"))'
        slots = {"a": a, "b": b, "list": a_list([f"the {each}" for each in names])}
        yield Ask(f'order([{listed}], by=offset(frame={frame}, axis="forward"))', slots)


def orders_beside(ask: Ask, found: Measured, random: np.random.Generator) -> tuple[str, ...]:
    """The right order first, then others of the same names."""
    right = tuple(str(each) for each in found.value)  # type: ignore[union-attr]
    others = [each for each in permutations(right) if each != right]
    drawn = random.permutation(len(others))[: OPTIONS - 1]
    return (", ".join(right), *(", ".join(others[int(each)]) for each in drawn))


FAMILY = Family(
    name="order_along_route",
    code="F2",
    about="in which order several things are passed on a straight way from one to another",
    kind="choice",
    templates=(
        "If I walk straight from the {a} to the {b}, in which order do I pass {list}?",
        "Walking straight from the {a} to the {b}, in what order do I pass {list}?",
        "In which order do I pass {list} on the way straight from the {a} to the {b}?",
    ),
    asks=_asks,
    offer=orders_beside,
    frame="observer",
    human=True,
)
