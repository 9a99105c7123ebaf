"""How the fronts of two things stand to each other: the same way, face to face, by how many degrees."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.intervals import wrap
from allocentric.questions.families.measures import in_turn, plan_m
from allocentric.questions.families.reasons import ALIKE_IN_ANGLE, listed, not_within
from allocentric.questions.families.things import first, fronted, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

LEAST_M: Final = 0.3
MOST_M: Final = 5.0
MOST_DRAWN: Final = 5_000
FACING_RAD: Final = math.radians(45)
CLEAR_RAD: Final = TOLERANCE["rad"]

Holds = Callable[[Scene, int, int], bool | None]
"""Whether something is so of two things; None where it is not clear."""


def _angle(scene: Scene, one: int, other: int) -> float:
    """The angle between two fronts."""
    a, b = (fronted(scene)[row] for row in (one, other))
    return abs(wrap(math.atan2(b[1], b[0]) - math.atan2(a[1], a[0])))


def _off_front(scene: Scene, one: int, other: int) -> float:
    """How far off a thing's front another is."""
    front = fronted(scene)[one]
    x, y = scene.centers[other, :2] - scene.centers[one, :2]
    return abs(wrap(math.atan2(y, x) - math.atan2(front[1], front[0])))


def _parallel(scene: Scene, one: int, other: int) -> bool | None:
    angle = _angle(scene, one, other)
    return True if angle < 1e-6 else False if angle >= 2 * CLEAR_RAD else None


def _opposed(scene: Scene, one: int, other: int) -> bool | None:
    angle = _angle(scene, one, other)
    return True if math.pi - angle < 1e-6 else False if math.pi - angle >= 2 * CLEAR_RAD else None


def _faces(scene: Scene, one: int, other: int) -> bool | None:
    off = _off_front(scene, one, other)
    return None if abs(off - FACING_RAD) < CLEAR_RAD else off < FACING_RAD


def _each_other(scene: Scene, one: int, other: int) -> bool | None:
    both = (_faces(scene, one, other), _faces(scene, other, one))
    return None if None in both else all(both)


def _asks(scene: Scene, random: np.random.Generator, *, holds: Holds, program: str) -> Iterator[Ask | str]:
    """Pairs of things with fronts for which it is so, and pairs for which it is not, in turn."""
    held: dict[bool, list[Ask]] = {True: [], False: []}
    for one, other in (yield from listed(_pairs(scene, random))):
        so = holds(scene, one, other)
        if so is None:
            yield "neither clearly so nor clearly not"
            continue
        a, b = scene.labels[one], scene.labels[other]
        held[so].append(Ask(program.replace("◊", a).replace("□", b), {"a": a, "b": b}))
    yield from in_turn(random, held[True], held[False])


def _turns(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    for pair in _pairs(scene, random):
        if isinstance(pair, str):
            yield pair
        elif _angle(scene, *pair) < CLEAR_RAD:
            yield ALIKE_IN_ANGLE
        else:
            a, b = (scene.labels[row] for row in pair)
            yield Ask(f'turn(of(the("{a}")), of(the("{b}")))', {"a": a, "b": b})


def _pairs(scene: Scene, random: np.random.Generator) -> Iterator[tuple[int, int] | str]:
    apart_m, fronts = plan_m(scene), fronted(scene)
    rows = [row for row in unique(scene) if row in fronts]
    for one, other in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        pair = rows[one], rows[other]
        yield pair if LEAST_M <= apart_m[pair] <= MOST_M else not_within(LEAST_M, MOST_M)


def _family(name: str, about: str, holds: Holds, *, program: str, templates: tuple[str, ...]) -> Family:
    return Family(
        name=name,
        code="D2",
        about=about,
        kind="yes_no",
        templates=templates,
        asks=partial(_asks, holds=holds, program=program),
        needs=("things", "fronts"),
        frame="object",
        human=True,
    )


FAMILIES: Final = (
    _family(
        "same_direction",
        "whether two things face the same way, to within 10 degrees",
        _parallel,
        program='turn(of(the("◊")), of(the("□"))) < deg(10)',
        templates=(
            "Are the {a} and the {b} facing the same direction?",
            "Are the {a} and the {b} facing in the same direction?",
            "Are the {a} and the {b} facing the same way?",
        ),
    ),
    _family(
        "opposite_direction",
        "whether two things face opposite ways, to within 10 degrees",
        _opposed,
        program='turn(of(the("◊")), of(the("□"))) > deg(170)',
        templates=(
            "Are the {a} and the {b} facing in opposite directions?",
            "Are the {a} and the {b} facing opposite ways?",
            "Is the angle between the fronts of the {a} and the {b} greater than 170 degrees?",
        ),
    ),
    _family(
        "is_facing",
        "whether a thing faces another, to within 45 degrees",
        _faces,
        program='facing(the("◊"), the("□"))',
        templates=(
            "Is the {a} facing the {b}?",
            "Is the {a} turned towards the {b}?",
            "Is the front of the {a} towards the {b}?",
        ),
    ),
    _family(
        "facing_each_other",
        "whether two things face each other, to within 45 degrees",
        _each_other,
        program='facing(the("◊"), the("□")) and facing(the("□"), the("◊"))',
        templates=(
            "Is the {a} facing the {b} and vice versa?",
            "Are the {a} and the {b} facing each other?",
            "Is it true that the {a} and the {b} are facing each other?",
        ),
    ),
    Family(
        name="object_rotation",
        code="D4",
        about="by how many degrees two things are turned against each other",
        kind="angle",
        unit="deg",
        templates=(
            "By how many degrees is the {a} rotated relative to the {b}?",
            "What is the angle between the fronts of the {a} and the {b}, in degrees?",
            "By how many degrees is the {a} turned against the {b}?",
        ),
        asks=_turns,
        needs=("things", "fronts"),
        frame="object",
    ),
)
