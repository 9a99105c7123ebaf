"""Which of two things is closer to a third."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.measures import gap_rows, in_turn, least_difference_m
from allocentric.questions.families.reasons import closer_than, differ_by_less, listed
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene

LEAST_M: Final = 0.15
MOST_DRAWN: Final = 5_000


def _triples(scene: Scene, random: np.random.Generator) -> Iterator[tuple[int, int, int] | str]:
    """A thing, one nearer to it, one farther from it: apart, and by enough."""
    rows, least = unique(scene), least_difference_m(scene)
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        to, one, other = (rows[each] for each in drawn)
        gaps = gap_rows(scene, to)
        if min(gaps[one], gaps[other]) < LEAST_M:
            yield closer_than(LEAST_M)
        elif gaps[other] < gaps[one]:
            yield "the farther one first"
        elif gaps[other] - gaps[one] < least:
            yield differ_by_less(least)
        else:
            yield to, one, other


def _which(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    for triple in _triples(scene, random):
        if isinstance(triple, str):
            yield triple
            continue
        to, *two = triple
        random.shuffle(two)
        c, a, b = (scene.labels[row] for row in (to, *two))
        yield Ask(
            f'nearest([all("{a}"), all("{b}")], to=the("{c}"))', {"a": a, "b": b, "c": c}, options=(a, b)
        )


def _which_by_centres(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    rows, least = unique(scene), least_difference_m(scene)
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        to, *two = (rows[each] for each in drawn)
        far = [math.dist(scene.centers[to], scene.centers[row]) for row in two]
        if min(far) < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        if abs(far[0] - far[1]) < least:
            yield differ_by_less(least)
            continue
        c, a, b = (scene.labels[row] for row in (to, *two))
        program = f'nearest([all("{a}"), all("{b}")], to=the("{c}"), geometry="centre")'
        yield Ask(program, {"a": a, "b": b, "c": c}, options=(a, b))


def _whether(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    triples = yield from listed(_triples(scene, random))

    def ask(to: int, one: int, other: int) -> Ask:
        c, a, b = (scene.labels[row] for row in (to, one, other))
        program = f'distance(the("{a}"), the("{c}")) < distance(the("{b}"), the("{c}"))'
        return Ask(program, {"a": a, "b": b, "c": c})

    yes = (ask(to, near, far) for to, near, far in triples[::2])
    yield from in_turn(random, yes, (ask(to, far, near) for to, near, far in triples[1::2]))


FAMILIES: Final = (
    Family(
        name="closer_to_third",
        code="B8",
        about="which of two things is closer to a third, between their closest points",
        kind="choice",
        templates=(
            "Of the {a} and the {b}, which is closer to the {c}?",
            "Which of the {a} and the {b} is nearer to the {c}?",
            "Is the {c} closer to the {a} or to the {b}?",
        ),
        asks=_which,
    ),
    Family(
        name="closer_to_third_centre",
        code="B8",
        about="which of two things is closer to a third, between their centres",
        kind="choice",
        templates=(
            "Measured from centre to centre, which of the {a} and the {b} is nearer to the {c}?",
            "Of the {a} and the {b}, which is closer to the {c}, from centre to centre?",
            "Measured between their centres, is the {c} closer to the {a} or to the {b}?",
        ),
        asks=_which_by_centres,
    ),
    Family(
        name="is_closer",
        code="B8",
        about="whether one thing is closer to a third than another is",
        kind="yes_no",
        templates=(
            "Is the {a} closer to the {c} than the {b} is?",
            "Is the {a} nearer to the {c} than the {b} is?",
            "Is it true that the {a} is closer to the {c} than the {b} is?",
        ),
        asks=_whether,
    ),
)
