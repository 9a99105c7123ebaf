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
from allocentric.scene.scene import Footprint, Scene
from allocentric.scene.truth import LENGTH, Body, Label, Quantity

SNAP_M: Final = 1
OFFERED: Final = 4
AT_A_TIME: Final = 16
MOST_DRAWN: Final = 600
_SNAP: Final = Quantity(Interval.of(float(SNAP_M)), LENGTH)


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Of some pairs at a time, those of each word in turn, so that none is the likelier answer."""
    drawn = pairs(scene, random, MOST_DRAWN)
    while some := list(islice(drawn, AT_A_TIME)):
        yield from _in_turn(scene, some, random)


def _in_turn(scene: Scene, some: list[tuple[int, int]], random: np.random.Generator) -> Iterator[Ask | str]:
    by_word = dict[str, list[tuple[int, int]]]()
    for one, other in some:
        told = topology(scene, Body(one), Body(other), snap=_SNAP)
        if isinstance(told, Label) and len(told.possible) == 1:
            by_word.setdefault(told.possible[0], []).append((one, other))
        else:
            yield f"not clear to within {SNAP_M} m"
    for turn in range(max((len(each) for each in by_word.values()), default=0)):
        due = ((found, *held[turn]) for found, held in by_word.items() if turn < len(held))
        for found, one, other in due:
            names, options = spoken(scene), _options(scene, one, other, found=found, random=random)
            program = f"topology({the(scene, one)}, {the(scene, other)}, snap={SNAP_M})"
            yield Ask(program, {"a": names[one], "b": names[other]}, options)


def _options(
    scene: Scene, one: int, other: int, *, found: str, random: np.random.Generator
) -> tuple[str, ...]:
    """The word that is true, and others that shapes of these kinds can have: two areas never cross."""
    never = frozenset({"crosses"}) if all(_is_area(scene, row) for row in (one, other)) else frozenset()
    others = [each for each in TOPOLOGIES if each != found and each not in never]
    chosen = random.permutation(len(others))[: OFFERED - 1]
    return (found, *(others[int(row)] for row in chosen))


def _is_area(scene: Scene, row: int) -> bool:
    shape = scene.shapes[row]
    return isinstance(shape, Footprint) and shape.polygon.area > 0


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
    needs=("things", "globe"),
    frame="map",
)
