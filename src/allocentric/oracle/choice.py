"""Which one: the nearest, the least, and the order of all, by any quantity."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from allocentric.intervals import EVERYTHING, Interval, Members
from allocentric.oracle.distance import distance
from allocentric.oracle.gaps import Geometry
from allocentric.oracle.numbers import in_scene, margin_between, metric
from allocentric.oracle.places import Place
from allocentric.oracle.unseen import none_of
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import (
    Body,
    Choice,
    Order,
    Pick,
    Quantity,
    Things,
    Unknown,
    narrowest,
)

Candidates = Things | tuple[Things | View, ...]
"""A set, whose members are the candidates; or a list: a set in it counts by its nearest member."""

Measure = Callable[[Body | Things | View], Quantity | Unknown]


def nearest(
    scene: Scene, things: Candidates, to: Place | Things, *, geometry: Geometry = "surface"
) -> Pick | Unknown:
    """The candidate at the least distance from a place; of a set, the place itself is no candidate."""
    return least(scene, _but(things, to), lambda each: distance(scene, each, to, geometry=geometry))


def farthest(
    scene: Scene, things: Candidates, to: Place | Things, *, geometry: Geometry = "surface"
) -> Pick | Unknown:
    """The candidate at the greatest distance from a place; of a set, the place itself is no candidate."""
    return most(scene, _but(things, to), lambda each: distance(scene, each, to, geometry=geometry))


def least(scene: Scene, things: Candidates, by: Measure) -> Pick | Unknown:
    """The candidate with the least of a quantity: `least([the("a"), the("b")], by=volume)`."""
    return _choose(scene, things, by, sign=1.0)


def most(scene: Scene, things: Candidates, by: Measure) -> Pick | Unknown:
    """The candidate with the most of a quantity: `most(all("box"), by=volume)`."""
    return _choose(scene, things, by, sign=-1.0)


def order(
    scene: Scene, things: Candidates, by: Measure, *, same_within: Quantity | None = None
) -> Order | Unknown:
    """The candidates from least to most; those that differ by no more than `same_within` count as equal."""
    entries = _entries(scene, things, by)
    if isinstance(entries, Unknown):
        return entries
    missing = _not_listed(things) or _may_be_out(things)
    if missing is not None:
        return missing
    entries.sort(key=lambda each: each.value.bound.middle)
    near = Interval(0.0, 0.0)
    if same_within is not None:
        near = in_scene(scene, same_within, entries[0].value.scaled)
    certain, same, gaps = set[tuple[int, int]](), set[tuple[int, int]](), []
    for first, before in enumerate(entries):
        for second, after in list(enumerate(entries))[first + 1 :]:
            apart = after.value.bound - before.value.bound
            if apart.low > near.high:
                certain.add((first, second))
                gaps.append(
                    margin_between(
                        before.value,
                        before.value.bound.high + near.high,
                        after.value.bound.low,
                        says=f"{before.says} before {after.says}",
                    )
                )
            elif same_within is not None and abs(apart).high <= near.low:
                same.add((first, second))
                gaps.append(
                    margin_between(
                        before.value, abs(apart).high, near.low, says=f"{before.says}, {after.says}"
                    )
                )
    doubt = _doubt(entries) or _tie(entries)
    return Order(
        tuple(each.says for each in entries), frozenset(certain), frozenset(same), narrowest(gaps), doubt
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    says: str
    members: Members
    value: Quantity
    sure: bool


def _entries(scene: Scene, things: Candidates, by: Measure) -> list[_Entry] | Unknown:
    """Each candidate with its quantity, all in one unit; the first reason where one has none."""
    entries = list[_Entry]()
    listed: list[tuple[str, Body | Things | View, Members, bool]]
    if isinstance(things, Things):
        sure = set(things.members.sure)
        listed = [
            (scene.names[row], Body(row), Members.of([row]), row in sure) for row in things.members.possible
        ]
    else:
        listed = [_listed(each) for each in things]
    if not listed:
        return none_of(things if isinstance(things, Things) else None)
    for says, value, members, is_sure in listed:
        measured = by(value)
        if isinstance(measured, Unknown):
            return measured
        entries.append(_Entry(says, members, measured, is_sure))
    if len({each.value.scaled for each in entries}) > 1:
        return [replace(each, value=metric(scene, each.value)) for each in entries]
    return entries


def _listed(each: Things | View) -> tuple[str, Body | Things | View, Members, bool]:
    """A candidate of a list: how it is called, what it is, the things that it may be."""
    if isinstance(each, View):
        return (f"view {each.id}", each, Members((), ()), True)
    return (each.says, _one(each), each.members, True)


def _but(things: Candidates, place: Place | Things) -> Candidates:
    """The candidates without the place that they are compared by."""
    if isinstance(things, Things) and isinstance(place, Body):
        return replace(things, members=things.members - Members.of([place.row]))
    return things


def _one(each: Things) -> Body | Things:
    """A candidate that is exactly one thing, as that thing."""
    return Body(each.members.sure[0]) if each.members.exact and len(each.members.sure) == 1 else each


def _choose(scene: Scene, things: Candidates, by: Measure, *, sign: float) -> Pick | Unknown:
    entries = _entries(scene, things, by)
    if isinstance(entries, Unknown):
        return entries
    bounds = [each.value.bound if sign > 0 else -each.value.bound for each in entries]
    limit = min(
        (bound.high for bound, each in zip(bounds, entries, strict=True) if each.sure), default=math.inf
    )
    chosen = [number for number, bound in enumerate(bounds) if bound.low <= limit]
    choices = tuple(Choice(entries[number].says, _nearest_rows(entries[number], by)) for number in chosen)
    if isinstance(things, Things) and not things.members.sure:  # there may be none to choose
        return Pick(choices, open=True, doubt=_may_be_out(things))
    if len(chosen) > 1:
        left = [entries[number] for number in chosen]
        doubt = _may_be_out(things) or _doubt(left) or _tie(left)
        return Pick(choices, open=_not_listed(things) is not None, doubt=doubt)
    winner, others = bounds[chosen[0]], [bound for number, bound in enumerate(bounds) if number != chosen[0]]
    gap = None
    if others:
        next_low = min(each.low for each in others)
        pair = sorted((abs(winner.high), abs(next_low)))
        same_side = (winner.high >= 0) == (next_low >= 0)
        gap = margin_between(
            entries[0].value,
            *(pair if same_side else (winner.high, next_low)),
            says=f"{entries[chosen[0]].says} against the next",
        )
    not_listed = _not_listed(things)
    return Pick(choices, open=not_listed is not None, margin=gap, doubt=not_listed)


def _nearest_rows(entry: _Entry, by: Measure) -> tuple[int, ...]:
    """The rows of a set that may be the member that counts."""
    rows = entry.members.possible
    if len(rows) < 2:
        return rows
    measured = {row: by(Body(row)) for row in rows}
    bounds = {row: each.bound if isinstance(each, Quantity) else EVERYTHING for row, each in measured.items()}
    limit = min((bounds[row].high for row in entry.members.sure), default=math.inf)
    return tuple(row for row in rows if bounds[row].low <= limit)


def _not_listed(things: Candidates) -> Unknown | None:
    """Why a candidate may be missing: a set that is open."""
    for each in (things,) if isinstance(things, Things) else things:
        if isinstance(each, Things) and each.members.open:
            return each.doubt or Unknown("not_complete", f"there may be more {each.says}", "list all of them")
    return None


def _may_be_out(things: Candidates) -> Unknown | None:
    """Why a candidate may be none: a set of which some members are not sure."""
    if not isinstance(things, Things) or things.members.sure == things.members.possible:
        return None
    what = f"whether each is a {things.says or 'member'}, is not known"
    return things.doubt or Unknown("overlap", what, "name the things")


def _doubt(entries: list[_Entry]) -> Unknown | None:
    return next((each.value.doubt for each in entries if each.value.doubt is not None), None)


def _tie(entries: list[_Entry]) -> Unknown:
    names = " and ".join(each.says for each in entries[:4])
    return Unknown("overlap", f"{names} cannot be told apart by this measure", "allow a tie: same_within=...")
