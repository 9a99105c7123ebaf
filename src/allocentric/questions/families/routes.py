"""How far one has to walk, and in which order to visit several things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.measures import plan_m
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.families.route_order import orders_beside
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured
from allocentric.words import a_list

LEAST_M: Final = 0.5
MOST_DRAWN: Final = 200
STOPS: Final = (3, 4)


def _walks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    rows, apart_m = unique(scene), plan_m(scene)
    for a, b in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        if apart_m[rows[a], rows[b]] < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        yield Ask(f'length(walk(the("{one}"), the("{other}")))', {"a": one, "b": other})


def _far_enough(scene: Scene, ask: Ask, found: Measured) -> str | None:
    return None if float(found.value) >= LEAST_M else "a way of less than half a metre"  # type: ignore[arg-type]


def _tours(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    rows = unique(scene)
    for drawn in first(shuffled_tuples(len(rows), max(STOPS) + 1, random), MOST_DRAWN):
        start, *stops = (scene.labels[rows[each]] for each in drawn)
        stops = stops[: STOPS[int(random.integers(len(STOPS)))]]
        listed = ", ".join(f'the("{each}")' for each in stops)
        slots = {"start": start, "list": a_list([f"the {each}" for each in stops])}
        yield Ask(f'tour([{listed}], start=the("{start}"), geometry="centre")', slots)


FAMILIES: Final = (
    Family(
        name="shortest_path",
        code="F4",
        about="how long the shortest way on the free floor is from one thing to another",
        kind="length",
        unit="m",
        templates=(
            "How far do I have to walk from the {a} to the {b}, in metres?",
            "How long is the shortest walk from the {a} to the {b}, in metres?",
            "What is the walking distance from the {a} to the {b} in metres?",
        ),
        asks=_walks,
        fair=_far_enough,
        needs=("things", "floor", "scale"),
    ),
    Family(
        name="shortest_tour",
        code="F4",
        about="in which order to visit several things so that the way is shortest",
        kind="choice",
        templates=(
            "Starting at the {start}, in which order should I visit {list} to go the shortest way, measured "
            "from centre to centre?",
            "In which order should I visit {list}, starting at the {start}, so that the total distance is as "
            "short as possible, measured from centre to centre?",
            "What is the shortest tour from the {start} through {list}, measured from centre to centre?",
        ),
        asks=_tours,
        offer=orders_beside,
    ),
)
