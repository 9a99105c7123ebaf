"""The shortest way along drawn lines, and by how much the next one is longer."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import shapely

from allocentric.oracle.places import is_settled, unplaced
from allocentric.scene.scene import Footprint, Scene
from allocentric.scene.truth import Body, Order, Things, Unknown, margin

NEAR: Final = 1e-6
"""Ends of lines no farther apart are one junction (scene units)."""

Junction = tuple[int, int]
Lines = Mapping[Junction, Mapping[Junction, float]]
"""To which junctions lines lead from each, and how long the shortest of these is."""


def route(scene: Scene, start: Body, goal: Body, *, lines: Things) -> Order | Unknown:
    """The things on the shortest way from one to another that keeps to lines, both ends included.

    Lines meet at their ends alone; a thing is on the way where an end lies at its centre. Exact, by E. W.
    Dijkstra, "A Note on Two Problems in Connexion with Graphs" (1959); the next shortest way, which makes the
    margin, is the best of those that leave it somewhere, by J. Y. Yen, "Finding the K Shortest Loopless Paths
    in a Network" (1971).
    """
    found = both_ways(scene, start, goal, lines=lines)
    if isinstance(found, Unknown):
        return found
    length, way, second = found
    says = _told(scene, way)
    pairs = frozenset((before, after) for after in range(len(says)) for before in range(after))
    if second is None:
        return Order(says, pairs, margin=margin(math.inf, "ratio", "there is no other way"))
    if second - length <= NEAR:
        doubt = Unknown("overlap", "another way is as short", "ask for places with one shortest way")
        return Order(says, frozenset(), doubt=doubt)
    return Order(says, pairs, margin=margin(second / length, "ratio", "the shortest way against the next"))


def both_ways(
    scene: Scene, start: Body, goal: Body, *, lines: Things
) -> tuple[float, tuple[Junction, ...], float | None] | Unknown:
    """How long the shortest way is, its junctions, and how long the next is; why not, where there is none."""
    if not lines.members.exact:
        what = f"which lines are {lines.says or 'ways'}, is not known"
        return lines.doubt or Unknown("not_complete", what, "list all of them")
    joined = lines_of(scene, lines.members.sure)
    if isinstance(joined, Unknown):
        return joined
    if not is_settled(scene, start, goal):
        return unplaced(scene, start, goal)
    ends = [_junction(scene.centers[each.row, :2].tolist()) for each in (start, goal)]
    found = shortest(joined, ends[0], ends[1])
    if found is None:
        names = " to ".join(repr(scene.names[each.row]) for each in (start, goal))
        return Unknown("unconnected", f"no line leads from {names}", "name lines that do")
    second = next_shortest(joined, found[1])
    return *found, None if second is None else second[0]


def lines_of(scene: Scene, rows: tuple[int, ...]) -> Lines | Unknown:
    """What lines join, by their ends."""
    found = dict[Junction, dict[Junction, float]]()
    for row in rows:
        shape = scene.shapes[row]
        if not is_settled(scene, Body(row)):
            return unplaced(scene, Body(row))
        if not (isinstance(shape, Footprint) and isinstance(shape.polygon, shapely.LineString)):
            return Unknown("not_measured", f"{scene.names[row]!r} is no line", "name lines to go along")
        a, b = (_junction(each) for each in shapely.get_coordinates(shape.polygon)[[0, -1]].tolist())
        length = min(float(shape.polygon.length), found.get(a, {}).get(b, math.inf))
        found.setdefault(a, {})[b] = found.setdefault(b, {})[a] = length
    return found


def shortest(
    lines: Lines,
    start: Junction,
    goal: Junction,
    *,
    without: frozenset[Junction] = frozenset(),
    closed: frozenset[Junction] = frozenset(),
) -> tuple[float, tuple[Junction, ...]] | None:
    """How long the shortest way is, and its junctions; None where there is none.

    It comes to no junction of `without`, and goes from the start directly to none that is `closed`.
    """
    open_: list[tuple[float, tuple[Junction, ...]]] = [(0.0, (start,))]
    done = set(without)
    while open_:
        length, way = heapq.heappop(open_)
        at = way[-1]
        if at == goal:
            return length, way
        if at in done:
            continue
        done.add(at)
        for there, step in lines.get(at, {}).items():
            if there not in done and not (at == start and there in closed):
                heapq.heappush(open_, (length + step, (*way, there)))
    return None


def next_shortest(lines: Lines, best: tuple[Junction, ...]) -> tuple[float, tuple[Junction, ...]] | None:
    """The shortest way that is not the best, between the same ends, and how long it is.

    It comes to no junction twice; it goes with the best up to some junction, and on from there without it.
    """
    found = list[tuple[float, tuple[Junction, ...]]]()
    gone = 0.0
    for row, (at, then) in enumerate(pairwise(best)):
        rest = shortest(lines, at, best[-1], without=frozenset(best[:row]), closed=frozenset((then,)))
        if rest is not None:
            found.append((gone + rest[0], (*best[:row], *rest[1])))
        gone += lines[at][then]
    return min(found, default=None)


def _junction(at: list[float]) -> Junction:
    return round(at[0] / NEAR), round(at[1] / NEAR)


def _told(scene: Scene, way: tuple[Junction, ...]) -> tuple[str, ...]:
    """The things at the junctions of a way; a junction may have none."""
    held: dict[Junction, str] = scene.cached("things at junctions", lambda: _things_at(scene))
    return tuple(held[each] for each in way if each in held)


def _things_at(scene: Scene) -> dict[Junction, str]:
    found = dict[Junction, str]()
    for row, shape in enumerate(scene.shapes):
        if is_settled(scene, Body(row)) and not isinstance(
            getattr(shape, "polygon", None), shapely.LineString
        ):
            found.setdefault(_junction(scene.centers[row, :2].tolist()), scene.names[row])
    return found
