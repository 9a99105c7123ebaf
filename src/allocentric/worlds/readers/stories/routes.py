"""Ways from place to place over those that a story states to lie beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from allocentric.scene.scene import Scene

MOST_WAYS: Final = 2
"""No more are looked for: two are enough to know that none is the one shortest."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a way, from one thing to another that is stated to lie beside it."""

    start: str
    end: str


def ways_between(scene: Scene, start: str, goal: str) -> tuple[tuple[Leg, ...], ...]:
    """The shortest ways in steps, at most `MOST_WAYS` of them; none where no statements lead there.

    A step goes between two things that one statement joins. Raises UnknownName for a name that is not there.
    """
    first, last = scene.row(start), scene.row(goal)
    beside: dict[int, list[int]] = {row: [] for row in range(len(scene))}
    for each in scene.differences:
        if each.second not in beside[each.first]:
            beside[each.first].append(each.second)
            beside[each.second].append(each.first)
    ways: list[tuple[int, ...]] = [(first,)]
    seen = {first}
    while ways and all(way[-1] != last for way in ways):
        longer = [(*way, row) for way in ways for row in beside[way[-1]] if row not in seen]
        seen |= {way[-1] for way in longer}
        ways = _few(longer)
    found = [way for way in ways if way[-1] == last][:MOST_WAYS]
    return tuple(
        tuple(Leg(scene.names[here], scene.names[there]) for here, there in pairwise(way)) for way in found
    )


def _few(ways: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Of the ways to each end no more than are looked for."""
    kept = dict[int, list[tuple[int, ...]]]()
    for way in ways:
        kept.setdefault(way[-1], [])
        if len(kept[way[-1]]) < MOST_WAYS:
            kept[way[-1]].append(way)
    return [way for those in kept.values() for way in those]
