"""Which way round three things lie, seen from above, and whether a plan of them is a mirror image."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.questions.families.measures import in_turn, plan_m
from allocentric.questions.families.reasons import closer_than, listed
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.words import say_number

CLOCKWISE: Final = ("clockwise", "anticlockwise")
LEAST_M: Final = 0.3
LEAST_RAD: Final = math.radians(15)  # the least angle of a triangle that one tells from a line
NEARLY_ON_A_LINE: Final = "nearly on one line: an angle of less than 15 degrees"
LEAST_UNITS: Final = 20  # a plan is told in whole units, so many between the farthest two
MOST_DRAWN: Final = 5_000


def _triangles(scene: Scene, random: np.random.Generator) -> Iterator[tuple[int, int, int] | str]:
    """Three things at three places, which are not nearly on one line."""
    rows, apart = unique(scene), plan_m(scene)
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        a, b, c = (rows[each] for each in drawn)
        if min(apart[a, b], apart[b, c], apart[c, a]) * scene.scale.low < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        on_a_line = least_angle_rad(scene.centers[[a, b, c], :2]) < LEAST_RAD
        yield NEARLY_ON_A_LINE if on_a_line else (a, b, c)


def least_angle_rad(corners: Float[np.ndarray, "3 2"]) -> float:
    """The least angle of a triangle.

    >>> round(math.degrees(least_angle_rad(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))), 9)
    45.0
    """
    angles = []
    for place in range(3):
        (x, y), (u, v) = (corners[(place + step) % 3] - corners[place] for step in (1, 2))
        angles.append(abs(math.atan2(x * v - y * u, x * u + y * v)))
    return min(angles)


def _rounds(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    for rows in _triangles(scene, random):
        if isinstance(rows, str):
            yield rows
            continue
        a, b, c = (scene.labels[row] for row in rows)
        program = f'winding(the("{a}"), the("{b}"), the("{c}"))'
        yield Ask(program, {"a": a, "b": b, "c": c}, options=CLOCKWISE)


def _plans(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Plans of three things in whole units, turned by any angle; every other one is a mirror image."""
    held = yield from listed(_triangles(scene, random))

    def drawn(rows: tuple[int, int, int], *, mirrored: bool) -> Ask:
        at = scene.centers[list(rows), :2]
        turn = float(random.uniform(0, math.tau))
        turned = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
        on_plan = (at @ turned) * np.array([-1.0 if mirrored else 1.0, 1.0])
        unit = max(math.dist(one, other) for one in at for other in at) / LEAST_UNITS
        cells = np.rint((on_plan - on_plan.min(axis=0)) / unit).astype(int).tolist()
        return _plan_ask(tuple(scene.labels[row] for row in rows), cells)

    yes = (drawn(rows, mirrored=True) for rows in held[::2])
    yield from in_turn(random, yes, (drawn(rows, mirrored=False) for rows in held[1::2]))


def _plan_ask(names: tuple[str, ...], cells: list[list[int]]) -> Ask:
    things = ", ".join(f'the("{each}")' for each in names)
    spots = [f"({say_number(x)}, {say_number(y)})" for x, y in cells]
    shapes = ", ".join(f"shape([[{x}, {y}]], world())" for x, y in cells)
    slots = dict(zip(("a", "b", "c"), names)) | dict(zip(("p", "q", "r"), spots))
    return Ask(f"winding({things}) != winding({shapes})", slots)


FAMILIES: Final = (
    Family(
        name="winding",
        code="D4",
        about="whether three things follow each other clockwise or anticlockwise, seen from above",
        kind="choice",
        templates=(
            "Seen from above, do the {a}, the {b} and the {c}, in this order, go clockwise or anticlockwise?",
            "Seen from above, is the way from the {a} to the {b}, on to the {c} and back clockwise or "
            "anticlockwise?",
            "If I walk from the {a} to the {b}, on to the {c} and back, do I go clockwise or anticlockwise, "
            "seen from above?",
        ),
        asks=_rounds,
        frame="map",
    ),
    Family(
        name="mirrored_plan",
        code="D4",
        about="whether a plan of three things, turned by any angle, is a mirror image of how they lie",
        kind="yes_no",
        templates=(
            "A plan is drawn with x to the right and y up: the {a} is at {p}, the {b} at {q} and the {c} at "
            "{r}. However it is turned, is the plan a mirror image?",
            "A plan has the {a} at {p}, the {b} at {q} and the {c} at {r}, x to the right and y up. "
            "Is it a mirror image, however it is turned?",
            "With x to the right and y up, a plan shows the {a} at {p}, the {b} at {q} and the {c} at {r}. "
            "Is it the wrong way round, as in a mirror?",
        ),
        asks=_plans,
        frame="map",
    ),
)
