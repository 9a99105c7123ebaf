"""How two shapes of a map lie to each other: one of nine words (DE-9IM), to within a metre."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np

from allocentric.intervals import Interval
from allocentric.oracle.topology import TOPOLOGIES, topology
from allocentric.questions.families.geo_things import pairs, spoken, the
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import LENGTH, Body, Label, Measured, Quantity

SNAP_M: Final = 1
OFFERED: Final = 4
AT_A_TIME: Final = 16
MOST_DRAWN: Final = 600
_SNAP: Final = Quantity(Interval.of(float(SNAP_M)), LENGTH)


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Of some pairs at a time, those of each word in turn, so that none is the likelier answer."""
    drawn = pairs(scene, random, MOST_DRAWN)
    while some := list(islice(drawn, AT_A_TIME)):
        yield from _in_turn(scene, some)


def _in_turn(scene: Scene, some: list[tuple[int, int]]) -> Iterator[Ask | str]:
    by_word = dict[str, list[tuple[int, int]]]()
    for one, other in some:
        found = topology(scene, Body(one), Body(other), snap=_SNAP)
        if isinstance(found, Label) and len(found.possible) == 1:
            by_word.setdefault(found.possible[0], []).append((one, other))
        else:
            yield f"not clear to within {SNAP_M} m"
    for turn in range(max((len(each) for each in by_word.values()), default=0)):
        for one, other in (held[turn] for held in by_word.values() if turn < len(held)):
            names = spoken(scene)
            program = f"topology({the(scene, one)}, {the(scene, other)}, snap={SNAP_M})"
            yield Ask(program, {"a": names[one], "b": names[other]})


def _offer(ask: Ask, found: Measured, random: np.random.Generator) -> tuple[str, ...]:
    """The word that is true, and others."""
    others = [each for each in TOPOLOGIES if each != found.value]
    chosen = random.permutation(len(others))[: OFFERED - 1]
    return (str(found.value), *(others[int(row)] for row in chosen))


FAMILY: Final = Family(
    name="topology",
    code="J1",
    about="how two shapes of a map lie to each other: disjoint, touches, crosses, overlaps, inside, ...",
    kind="choice",
    templates=(
        "What is the topological relation of {a} to {b} to within 1 metre?",
        "How does {a} lie to {b} to within 1 metre?",
        "What is the topological relation between {a} and {b} to within 1 metre?",
    ),
    asks=_asks,
    offer=_offer,
    needs=("things", "globe"),
    frame="map",
)
