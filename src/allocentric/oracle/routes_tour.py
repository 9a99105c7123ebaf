"""In which order to visit several places on the shortest way: exact, with the margin to the next best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from allocentric.intervals import Interval
from allocentric.oracle.choice import Candidates
from allocentric.oracle.distance import distance
from allocentric.oracle.gaps import Geometry
from allocentric.oracle.numbers import margin_between
from allocentric.oracle.places import Place, name_of
from allocentric.oracle.unseen import none_of
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import LENGTH, Body, Order, Quantity, Things, Unknown
from allocentric.words import a_list

MOST_STOPS: Final = 10
"""The search doubles with every stop."""

Legs = Sequence[Sequence[Interval]]
"""How long the way is from one place to another, the start first."""


def tour(
    scene: Scene, things: Candidates, start: Place, *, geometry: Geometry = "surface"
) -> Order | Unknown:
    """The order in which to visit all of them from a start, so that the way is shortest.

    One goes straight from each to the next, by the distance that `geometry` names, and does not return; of a
    set, the start itself is no stop. Searched exactly for up to 10 stops, by M. Held and R. M. Karp,
    "A Dynamic Programming Approach to Sequencing Problems" (1962), with the two best ways to each state.
    """
    stops = _stops(scene, things, start)
    if isinstance(stops, Unknown):
        return stops
    places: list[Place] = [start, *(place for _, place in stops)]
    legs = [[Quantity(Interval.of(0.0), LENGTH)] * len(places) for _ in places]
    for one, here in enumerate(places):
        for other in range(one):
            leg = distance(scene, here, places[other], geometry=geometry)
            if isinstance(leg, Unknown):
                return leg
            legs[one][other] = legs[other][one] = leg
    says = [name for name, _ in stops]
    bounds = [[leg.bound for leg in row] for row in legs]
    best, *others = two_best([[each.low for each in row] for row in bounds])
    told = tuple(says[stop - 1] for stop in best)
    pairs = frozenset((first, second) for second in range(len(told)) for first in range(second))
    if not others:
        return Order(told, pairs)
    most, next_least = _way(bounds, best).high, _way(bounds, others[0]).low
    if most >= next_least:
        doubt = next((leg.doubt for row in legs for leg in row if leg.doubt is not None), None)
        return Order(told, frozenset(), doubt=doubt or _tie(says, best, others[0]))
    gap = margin_between(legs[0][1], most, next_least, says="the shortest tour against the next")
    return Order(told, pairs, margin=gap)


def two_best(legs: Sequence[Sequence[float]]) -> list[tuple[int, ...]]:
    """The shortest way from place 0 through all other places, and the next shortest where there is one.

    >>> two_best([[0, 1, 3], [1, 0, 1], [3, 1, 0]])
    [(1, 2), (2, 1)]
    """
    count = len(legs)
    states: dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]] = {
        (1 << stop, stop): [(legs[0][stop], (stop,))] for stop in range(1, count)
    }
    for _ in range(count - 2):
        longer = dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]]()
        for (visited, last), ways in states.items():
            for stop in range(1, count):
                if not visited & (1 << stop):
                    more = [(length + legs[last][stop], (*way, stop)) for length, way in ways]
                    held = longer.setdefault((visited | (1 << stop), stop), [])
                    held[:] = sorted((*held, *more))[:2]
        states = longer
    return [way for _, way in sorted(each for ways in states.values() for each in ways)[:2]]


def _way(legs: Legs, stops: Sequence[int]) -> Interval:
    whole = Interval(0.0, 0.0)
    for here, there in zip((0, *stops[:-1]), stops, strict=True):
        whole = whole + legs[here][there]
    return whole


def _stops(scene: Scene, things: Candidates, start: Place) -> list[tuple[str, Place]] | Unknown:
    """Each stop by its name: one thing, or one view."""
    if isinstance(things, Things):
        if not things.members.exact:
            what = f"which are {things.says or 'meant'}, is not known"
            return things.doubt or Unknown("not_complete", what, "name the stops")
        rows = [row for row in things.members.sure if Body(row) != start]
        stops: list[tuple[str, Place]] = [(scene.names[row], Body(row)) for row in rows]
    else:
        stops = []
        for each in things:
            stop = _stop(scene, each)
            if isinstance(stop, Unknown):
                return stop
            stops.append(stop)
    if not stops:
        return none_of(things if isinstance(things, Things) else None)
    if len(stops) > MOST_STOPS:
        what = f"a tour of {len(stops)} stops is not searched, only one of at most {MOST_STOPS}"
        return Unknown("not_measured", what, "name fewer stops")
    return stops


def _stop(scene: Scene, each: Things | View) -> tuple[str, Place] | Unknown:
    if isinstance(each, View):
        return name_of(scene, each), each
    if each.members.exact and len(each.members.sure) == 1:
        return each.says, Body(each.members.sure[0])
    if not each.members.possible:
        return none_of(each)
    names = a_list([scene.names[row] for row in each.members.possible[:6]])
    what = f"{each.says!r} may be any of {names}"
    return each.doubt or Unknown("ambiguous", what, "name the stops one by one")


def _tie(says: Sequence[str], best: Sequence[int], other: Sequence[int]) -> Unknown:
    told = [a_list([says[stop - 1] for stop in way]) for way in (best, other)]
    return Unknown("overlap", f"{told[0]}, and {told[1]}, are as short", "ask about one leg of the way")
