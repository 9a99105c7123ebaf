"""Which of some things is nearest to, or farthest from, another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np

from allocentric.questions.families.measures import OPTIONS, gap_rows, least_difference_m
from allocentric.questions.families.reasons import differ_by_less
from allocentric.questions.families.things import counted, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.words import a_list

LEAST_M: Final = 0.15
MOST_DRAWN: Final = 40  # draws of options for one thing


def _asks(scene: Scene, random: np.random.Generator, *, word: str) -> Iterator[Ask | str]:
    """Four kinds at distances that differ enough, the nearest not touching; a kind counts by its nearest."""
    rows = unique(scene)
    kinds = sorted(counted(scene))
    for place in _rounds(len(rows), random):
        to = rows[place]
        gaps = _gaps(scene, to)
        others = [kind for kind in kinds if kind != scene.labels[to] and gaps[kind] >= LEAST_M]
        if len(others) < OPTIONS:
            yield f"fewer than {OPTIONS} kinds at {LEAST_M:g} m and more"
            continue
        drawn = [others[int(each)] for each in random.permutation(len(others))[:OPTIONS]]
        rising = sorted(gaps[kind] for kind in drawn)
        if min(after - before for before, after in pairwise(rising)) < least_difference_m(scene):
            yield differ_by_less(least_difference_m(scene))
            continue
        listed = ", ".join(f'all("{each}")' for each in drawn)
        slots = {
            "to": scene.labels[to],
            "options": ", ".join(drawn),
            "list": a_list([f"the {each}" for each in drawn]),
        }
        yield Ask(f'{word}([{listed}], to=the("{scene.labels[to]}"))', slots, options=tuple(drawn))


def _rounds(count: int, random: np.random.Generator) -> Iterator[int]:
    """Every thing in turn, in random order, again and again."""
    for _ in range(MOST_DRAWN):
        yield from (int(each) for each in random.permutation(count))


def _gaps(scene: Scene, row: int) -> dict[str, float]:
    """The gap from a thing to the nearest of each kind."""

    def made() -> dict[str, float]:
        held = dict[str, float]()
        for other, gap in enumerate(gap_rows(scene, row)):
            if scene.kinds[other] == "object" and other != row:
                held[scene.labels[other]] = min(gap, held.get(scene.labels[other], gap))
        held.setdefault(scene.labels[row], 0.0)
        return held

    return scene.cached(f"gaps to kinds from {row}", made)


def _family(word: str, adjective: str, beside: str) -> Family:
    asks: Callable[[Scene, np.random.Generator], Iterator[Ask | str]] = partial(_asks, word=word)
    far = "近" if word == "nearest" else "远"
    return Family(
        name=f"rel_distance_{adjective}",
        code="B6",
        about=f"which of four things is the {adjective} {beside} another, between their closest points",
        kind="choice",
        templates=(
            f"Measuring from the closest point of each object, which of these objects ({{options}}) is the "
            f"{adjective} {beside} the {{to}}?",
            f"Which of {{list}} is {adjective} {beside} the {{to}}?",
            f"Of {{list}}, which is the {adjective} {beside} the {{to}}?",
        ),
        chinese=(
            f"从最近的点量起，{{options}}中哪一个离{{to}}最{far}？",
            f"{{options}}，哪一个离{{to}}最{far}？",
            f"离{{to}}最{far}的是哪一个：{{options}}？",
        ),
        asks=asks,
    )


FAMILIES: Final = (_family("nearest", "closest", "to"), _family("farthest", "farthest", "from"))
