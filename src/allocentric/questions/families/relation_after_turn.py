"""Where a thing is for an observer who has turned, or walked on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.geometry.sectors import RINGS
from allocentric.questions.families.measures import bearing_rad, plan_m
from allocentric.questions.families.reasons import NEAR_A_SECTOR, closer_than, not_within
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

LEAST_M: Final = 0.3
MOST_M: Final = 5.0
MOST_DRAWN: Final = 10_000
OPTIONS: Final = ("front", "left", "right", "back")
_TURNS: Final = (("turn left", 90), ("turn right", -90), ("turn around", 180))
_STEPS: Final = ("0.5", "1", "1.5", "2")


def _asks(scene: Scene, random: np.random.Generator, *, moves: bool) -> Iterator[Ask | str]:
    rows, apart_m = unique(scene), plan_m(scene)
    fit = (apart_m >= LEAST_M) & (apart_m <= MOST_M)
    for drawn in first(shuffled_tuples(len(rows), 3, random), MOST_DRAWN):
        at, facing, to = chosen = tuple(rows[each] for each in drawn)
        if not (fit[at, facing] and fit[at, to]):
            yield not_within(LEAST_M, MOST_M)
            continue
        yield _moved(scene, chosen, random) if moves else _turned(scene, chosen, random)


def _turned(scene: Scene, rows: tuple[int, ...], random: np.random.Generator) -> Ask | str:
    said, degrees = _TURNS[int(random.integers(len(_TURNS)))]
    bearing = bearing_rad(*(scene.centers[row] for row in rows)) - math.radians(degrees)
    return _ask(_names(scene, rows), bearing, f"turned(◊, deg({degrees}))", said=said)


def _moved(scene: Scene, rows: tuple[int, ...], random: np.random.Generator) -> Ask | str:
    """A walk forward that ends before what is faced."""
    step = _STEPS[int(random.integers(len(_STEPS)))]
    at, facing, to = (scene.centers[row] for row in rows)
    ahead = facing[:2] - at[:2]
    whole = float(np.linalg.norm(ahead))
    if whole < float(step) / scene.scale.low + LEAST_M:
        return f"after the walk {closer_than(LEAST_M)} to what one faces"
    here = at[:2] + ahead / whole * float(step) / scene.scale.low
    if float(np.linalg.norm(to[:2] - here)) < LEAST_M:
        return f"after the walk {closer_than(LEAST_M)}"
    said = f"walk {step} {'metre' if step == '1' else 'metres'} forward"
    bearing = bearing_rad(here, facing, to)
    return _ask(_names(scene, rows), bearing, f"moved(◊, forward={step})", said=said)


def _ask(names: tuple[str, ...], bearing: float, frame: str, *, said: str) -> Ask | str:
    if RINGS["four"].gap_rad(bearing) < TOLERANCE["rad"]:
        return NEAR_A_SECTOR
    at, facing, to = names
    standing = frame.replace("◊", f'standing(at=the("{at}"), facing=the("{facing}"))')
    slots = {"at": at, "facing": facing, "to": to, "then": said}
    return Ask(f'direction(the("{to}"), {standing}, sectors="four")', slots, options=OPTIONS)


def _names(scene: Scene, rows: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(scene.labels[row] for row in rows)


_TEMPLATES: Final = (
    "If I am standing by the {at} and facing the {facing}, and I {then}, is the {to} in front of me, behind "
    "me, to my left or to my right?",
    "Standing at the {at} and facing the {facing}, I {then}. Is the {to} in front of me, behind me, to my "
    "left or to my right?",
    "I am standing by the {at} and facing the {facing}. I {then}. Where is the {to}: in front, left, right "
    "or behind?",
)

FAMILIES: Final = tuple(
    Family(
        name=f"relation_after_{word}",
        code="C9",
        about=f"in which of four directions a thing is after the observer {about}",
        kind="choice",
        templates=_TEMPLATES,
        asks=partial(_asks, moves=moves),
        frame="observer",
        needs=("things", "scale") if moves else ("things",),
    )
    for word, about, moves in (("turn", "turned", False), ("move", "walked on", True))
)
