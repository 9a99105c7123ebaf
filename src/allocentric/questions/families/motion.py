"""How fast tracked things move, how far, and which way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene, Track
from allocentric.scene.truth import Measured
from allocentric.words import say_number

LEAST_M: Final = 0.5
LEAST_M_S: Final = 0.2
MOST_ASKED: Final = 50  # of one thing
FOUR: Final = ("front", "left", "right", "back")


def _tracks(scene: Scene, random: np.random.Generator) -> Iterator[Track]:
    """The tracks of things that are called by their label alone, in turn."""
    named = [each for each in scene.tracks if scene.labels.count(scene.labels[each.row]) == 1]
    for _ in range(MOST_ASKED):
        yield from (named[int(place)] for place in random.permutation(len(named)))


def _moments(track: Track, random: np.random.Generator, count: int) -> list[float]:
    """Times within a track, to a tenth of a second, rising."""
    first, last = float(track.times_s[0]), float(track.times_s[-1])
    drawn = {float(np.floor(10 * each) / 10) for each in random.uniform(first, last, count)}
    return sorted(each for each in drawn if first <= each <= last)


def _speeds(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    for track in _tracks(scene, random):
        for time in _moments(track, random, 1):
            name, at = scene.labels[track.row], say_number(time, 12)
            yield Ask(f'speed(the("{name}"), {at})', {"thing": name, "time": at})


def _moves(scene: Scene, random: np.random.Generator, *, program: str) -> Iterator[Ask | str]:
    for track in _tracks(scene, random):
        times = _moments(track, random, 2)
        if len(times) < 2:
            yield "two times that are the same"
            continue
        name, (start, end) = scene.labels[track.row], (say_number(each, 12) for each in times)
        filled = program.replace("◊", f'the("{name}")').replace("□", start).replace("△", end)
        yield Ask(filled, {"thing": name, "start": start, "end": end})


def _far(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    return _moves(scene, random, program='distance(at(◊, □), at(◊, △), geometry="centre")')


def _which_way(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    for ask in _moves(scene, random, program='direction(at(◊, △), of(at(◊, □)), sectors="four")'):
        yield ask if isinstance(ask, str) else replace(ask, options=FOUR)


def _moving(scene: Scene, ask: Ask, found: Measured, *, least: float) -> str | None:
    return None if float(found.value) >= least else "it hardly moves"  # type: ignore[arg-type]


FAMILIES: Final = (
    Family(
        name="object_speed",
        code="F6",
        about="how fast a thing moves at a time",
        kind="speed",
        unit="m/s",
        templates=(
            "How fast is the {thing} moving at second {time}?",
            "What is the speed of the {thing} at second {time}?",
            "How fast does the {thing} move at {time} s?",
        ),
        asks=_speeds,
        fair=partial(_moving, least=LEAST_M_S),
        needs=("tracks", "scale"),
    ),
    Family(
        name="object_displacement",
        code="F6",
        about="how far a thing moves between two times",
        kind="length",
        unit="m",
        templates=(
            "How far does the {thing} move between second {start} and second {end}, in metres?",
            "How many metres does the {thing} move from second {start} to second {end}?",
            "Between second {start} and second {end}, how many metres does the {thing} move?",
        ),
        asks=_far,
        fair=partial(_moving, least=LEAST_M),
        needs=("tracks", "scale"),
    ),
    Family(
        name="object_motion_direction",
        code="F6",
        about="which way a thing moves from where it is at a time, by its own front then",
        kind="choice",
        templates=(
            "In which direction does the {thing} move from second {start} to second {end}, by its own front: "
            "front, left, right or back?",
            "Which way does the {thing} move from second {start} to second {end}, by its own front: front, "
            "left, right or back?",
            "By its own front, in which direction does the {thing} move between second {start} and second "
            "{end}: front, left, right or back?",
        ),
        asks=_which_way,
        needs=("tracks", "fronts"),
        frame="object",
    ),
)
