"""Whether two things are closer than a stated distance, and in which range their distance lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.measures import gap_rows, in_turn
from allocentric.questions.families.reasons import closer_than, listed, near_a_border
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.words import say_number

LEAST_M: Final = 0.2
CLEAR_M: Final = 0.2
MOST_DRAWN: Final = 4_000
EDGES: Final = (0.5, 1, 2, 4)
RANGES: Final = ("up to 0.5", "0.5 to 1", "1 to 2", "2 to 4", "over 4")


def _pairs(scene: Scene, random: np.random.Generator) -> Iterator[tuple[str, str, float] | str]:
    rows = unique(scene)
    for a, b in first(shuffled_tuples(len(rows), 2, random, ordered=False), MOST_DRAWN):
        gap = gap_rows(scene, rows[a])[rows[b]] * scene.scale.low
        yield closer_than(LEAST_M) if gap < LEAST_M else (scene.labels[rows[a]], scene.labels[rows[b]], gap)


def _threshold(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Thresholds near enough to the distance to matter: between a half and one and a half of it."""
    pairs = yield from listed(_pairs(scene, random))

    def asked(those: list[tuple[str, str, float]], low: float, high: float) -> Iterator[Ask | str]:
        for a, b, gap in those:
            limit = round(gap * float(random.uniform(low, high)), 1)
            if limit <= 0 or abs(limit - gap) < CLEAR_M:
                yield near_a_border(CLEAR_M)
                continue
            said = say_number(limit)
            slots = {"a": a, "b": b, "limit": f"{said} {'metre' if limit == 1 else 'metres'}"}
            yield Ask(f'distance(the("{a}"), the("{b}")) < {said}', slots)

    yield from in_turn(random, asked(pairs[::2], 1.1, 1.6), asked(pairs[1::2], 0.4, 0.9))


def _range(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Pairs of every range in turn, so that no range is the likelier answer."""
    by_range = [list[tuple[str, str]]() for _ in RANGES]
    for a, b, gap in (yield from listed(_pairs(scene, random))):
        by_range[int(np.searchsorted(EDGES, gap))].append((a, b))
    edges = ", ".join(say_number(each) for each in EDGES)
    for turn in range(max(len(each) for each in by_range)):
        for a, b in (held[turn] for held in by_range if turn < len(held)):
            program = f'bin(distance(the("{a}"), the("{b}")), edges=[{edges}])'
            yield Ask(program, {"a": a, "b": b}, options=RANGES)


FAMILIES: Final = (
    Family(
        name="distance_threshold",
        code="B9",
        about="whether two things are closer to each other than a stated distance",
        kind="yes_no",
        templates=(
            "Is the distance between the {a} and the {b} less than {limit}?",
            "Are the {a} and the {b} less than {limit} apart?",
            "Is the {a} less than {limit} away from the {b}?",
        ),
        asks=_threshold,
        needs=("things", "scale"),
    ),
    Family(
        name="distance_bin",
        code="B10",
        about="in which range the distance of two things lies, in metres",
        kind="choice",
        templates=(
            "In which range does the distance between the {a} and the {b} lie, with edges at 0.5 m, 1 m, "
            "2 m and 4 m?",
            "In which of these ranges does the distance between the {a} and the {b} lie, with edges at "
            "0.5, 1, 2 and 4 metres?",
            "In which range is the distance from the {a} to the {b}, with edges at 0.5 m, 1 m, 2 m and 4 m?",
        ),
        asks=_range,
        needs=("things", "scale"),
    ),
)
