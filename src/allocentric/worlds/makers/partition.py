"""A rectangle cut into rooms by straight walls, with a doorway through each cut: all rooms are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from shapely.geometry import Polygon

from allocentric.scene.scene import Thing
from allocentric.worlds.makers.placing import footprint_of
from allocentric.worlds.makers.walls import CORNER_M, DOOR_M, Axis, Opening, Wall, outer_walls

AREAS_M2: Final[dict[str, tuple[float, float]]] = {
    "living room": (19.0, 27.0),
    "kitchen": (10.0, 14.0),
    "bedroom": (13.0, 17.0),
    "bathroom": (5.5, 7.5),
    "hall": (6.0, 9.0),
    "study": (9.0, 12.0),
}
LEAST_SIDE_M: Final[dict[str, float]] = {
    "living room": 3.6,
    "kitchen": 2.6,
    "bedroom": 3.1,
    "bathroom": 2.0,
    "hall": 1.7,
    "study": 2.6,
}
WELCOME: Final[dict[str, int]] = {
    "hall": 4,
    "living room": 2,
    "kitchen": 1,
    "study": 0,
    "bedroom": -1,
    "bathroom": -4,
}
"""How gladly a room is walked through on the way to another."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The floor of one room, wall to wall."""

    name: str
    low: tuple[float, float]
    high: tuple[float, float]

    def spans(self, axis: Axis) -> tuple[float, float]:
        """From where to where it goes along an axis of the world."""
        return self.low[axis], self.high[axis]


@dataclass(frozen=True, eq=False, slots=True)
class Partition:
    """Rooms, the walls between and around them, and what the doors ask to keep free in each room."""

    cells: tuple[Cell, ...]
    walls: tuple[Wall, ...]
    leaves: tuple[Thing, ...]
    landings: dict[str, list[Polygon]]
    floor: Polygon


@dataclass(frozen=True, slots=True)
class _Cut:
    """A wall that parts some rooms from others."""

    wall: Wall
    before: tuple[Cell, ...]
    after: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Doorway:
    wall: Wall
    opening: Opening
    rooms: tuple[Cell, Cell]  # below and above the wall's plane


def partition(names: Sequence[str], random: np.random.Generator) -> Partition | None:
    """Rooms of these names in a rectangle of plausible size; None where this draw came out bad."""
    areas = {name: float(random.uniform(*AREAS_M2[name])) for name in names}
    aspect = float(random.uniform(0.7, 1.4))
    width_m = round((sum(areas.values()) * aspect) ** 0.5, 2)
    depth_m = round(width_m / aspect, 2)
    order = [names[row] for row in random.permutation(len(names))]
    cells, cuts = _cut(order, areas, ((0.0, 0.0), (width_m, depth_m)), random=random)
    if any(_side(each) < LEAST_SIDE_M[each.name] for each in cells):
        return None
    joined = [each for each in (_doorway(cut, random) for cut in cuts) if each is not None]
    through = [cell.name for each in joined for cell in each.rooms]
    if len(joined) < len(cuts) or through.count("bathroom") > 1:
        return None
    outer = outer_walls(width_m, depth_m)
    front, leaves = _front_door(cells, outer, random), _open_leaves(joined, random)
    if front is None or leaves is None:
        return None
    entry = front.wall.landing(front.opening, 0 if front.wall in outer[2:] else 1)
    if any(entry.intersects(footprint_of(each)) for each in leaves):
        return None
    outer_open = _opened(outer, [front])
    landings = {cell.name: list[Polygon]() for cell in cells}
    landings[front.rooms[0].name].append(entry)
    for each in joined:
        for side, cell in enumerate(each.rooms):
            landings[cell.name].append(each.wall.landing(each.opening, side))
    return Partition(
        cells=tuple(cells),
        walls=(
            *_opened(outer_open, _windows(cells, outer_open, random)),
            *_opened([c.wall for c in cuts], joined),
        ),
        leaves=tuple(leaves),
        landings=landings,
        floor=shapely.union_all(
            [*(_floor(each) for each in cells), *(each.wall.threshold(each.opening) for each in joined)]
        ),
    )


def _side(cell: Cell) -> float:
    return min(high - low for low, high in zip(cell.low, cell.high))


def _cut(
    names: Sequence[str],
    areas: dict[str, float],
    rectangle: tuple[tuple[float, float], tuple[float, float]],
    *,
    random: np.random.Generator,
) -> tuple[list[Cell], list[_Cut]]:
    """Cut the rectangle across its longer side until each name has its own part."""
    low, high = rectangle
    if len(names) == 1:
        return [Cell(names[0], low, high)], []
    count = int(random.integers(1, len(names)))
    axis: Axis = 0 if high[0] - low[0] >= high[1] - low[1] else 1
    share = sum(areas[each] for each in names[:count]) / sum(areas[each] for each in names)
    at = round(low[axis] + share * (high[axis] - low[axis]), 2)
    across = (low[1 - axis], high[1 - axis])
    wall = Wall(axis, at, across[0], across[1])
    end = (wall.faces[0], high[1]) if axis == 0 else (high[0], wall.faces[0])
    start = (wall.faces[1], low[1]) if axis == 0 else (low[0], wall.faces[1])
    before, cuts_before = _cut(names[:count], areas, (low, end), random=random)
    after, cuts_after = _cut(names[count:], areas, (start, high), random=random)
    return [*before, *after], [_Cut(wall, tuple(before), tuple(after)), *cuts_before, *cuts_after]


def _doorway(cut: _Cut, random: np.random.Generator) -> _Doorway | None:
    """A doorway between two rooms that share enough of the wall: the most welcoming pair."""
    wall = cut.wall
    along: Axis = 1 if wall.axis == 0 else 0
    best: tuple[float, _Doorway] | None = None
    for first in (each for each in cut.before if each.high[wall.axis] == wall.faces[0]):
        for second in (each for each in cut.after if each.low[wall.axis] == wall.faces[1]):
            spans = (first.spans(along), second.spans(along))
            low, high = max(span[0] for span in spans), min(span[1] for span in spans)
            room_along = high - low - DOOR_M - 2 * CORNER_M
            welcome = WELCOME[first.name] + WELCOME[second.name] + float(random.uniform(0, 2))
            start = low + CORNER_M + float(random.uniform(0, 1)) * room_along
            if room_along > 0 and (best is None or welcome > best[0]):
                start = round(start, 2)
                opening = Opening(start, start + DOOR_M, "open door")
                best = (welcome, _Doorway(wall, opening, (first, second)))
    return None if best is None else best[1]


def _open_leaves(doorways: Sequence[_Doorway], random: np.random.Generator) -> list[Thing] | None:
    """Each door open into one of its two rooms, out of the way of every other door; None where one cannot."""
    leaves, taken = list[Thing](), list[Polygon]()
    for doorway in doorways:
        others = [
            each.wall.landing(each.opening, side)
            for each in doorways
            if each is not doorway
            for side in (0, 1)
        ]
        for way in random.permutation(4):
            side, hinge = int(way) // 2, int(way) % 2
            leaf = doorway.wall.leaf(doorway.opening, side, hinge)
            area = footprint_of(leaf)
            if area.within(_floor(doorway.rooms[side])) and not any(
                area.intersects(each) for each in (*others, *taken)
            ):
                leaves.append(leaf)
                taken.append(area)
                break
        else:
            return None
    return leaves


def _front_door(cells: Sequence[Cell], outer: Sequence[Wall], random: np.random.Generator) -> _Doorway | None:
    """A shut door to the outside, in the most welcoming room; None where that room has no outer wall."""
    cell = max(cells, key=lambda each: WELCOME[each.name])
    spans = [each for each in _outer_spans(cell, outer) if each[2] - each[1] > DOOR_M + 2 * CORNER_M]
    if not spans:
        return None
    wall, low, high = spans[int(random.integers(len(spans)))]
    start = round(float(random.uniform(low + CORNER_M, high - CORNER_M - DOOR_M)), 2)
    return _Doorway(wall, Opening(start, start + DOOR_M, "shut door"), (cell, cell))


def _windows(cells: Sequence[Cell], outer: Sequence[Wall], random: np.random.Generator) -> list[_Doorway]:
    """A window for each room that has an outer wall without a door, the hall and the bathroom left out."""
    made = list[_Doorway]()
    for cell in cells:
        width_m = round(float(random.uniform(1.0, 1.6)), 2)
        spans = [each for each in _outer_spans(cell, outer) if each[2] - each[1] > width_m + 2 * CORNER_M]
        if cell.name in ("hall", "bathroom") or not spans:
            continue
        wall, low, high = spans[int(random.integers(len(spans)))]
        start = round((low + high - width_m) / 2, 2)
        made.append(_Doorway(wall, Opening(start, start + width_m, "window"), (cell, cell)))
    return made


def _outer_spans(cell: Cell, outer: Sequence[Wall]) -> list[tuple[Wall, float, float]]:
    """The outer walls without an opening that a room touches, and from where to where."""
    spans = []
    for wall in outer:
        along: Axis = 1 if wall.axis == 0 else 0
        if not wall.openings and (cell.low[wall.axis] in wall.faces or cell.high[wall.axis] in wall.faces):
            spans.append((wall, *cell.spans(along)))
    return spans


def _opened(walls: Sequence[Wall], doorways: Sequence[_Doorway]) -> list[Wall]:
    """The walls with these openings cut into them as well."""
    return [
        replace(wall, openings=(*wall.openings, *(each.opening for each in doorways if each.wall == wall)))
        for wall in walls
    ]


def _floor(cell: Cell) -> Polygon:
    return shapely.box(*cell.low, *cell.high)
