"""Putting things into a room so that nothing interpenetrates and everybody still gets through."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry import Polygon

from allocentric.scene.scene import Thing
from allocentric.worlds.makers.pieces import Piece, Size

APART_M: Final = 0.02  # least gap of two things that stand on one floor or one top
STEP_M: Final = 0.05  # what is lower is walked on
PASSAGE_M: Final = 0.3  # half the width that a person needs to walk through
TRIES: Final = 60
Spot = Sequence[float] | Float[np.ndarray, " axis"]  # x and y, and more which is not looked at
SIDES: Final = (0, 1, 2, 3)  # walls, numbered by the quarter turns of what stands with its back to them


@dataclass(slots=True)
class Room:
    """A rectangle being furnished: what stands in it, and what must stay free."""

    name: str
    low: tuple[float, float]
    high: tuple[float, float]
    random: np.random.Generator
    landings: list[Polygon] = field(default_factory=list)  # before its doors
    zones: list[Polygon] = field(default_factory=list)  # before what is used from the front
    solids: list[Polygon] = field(default_factory=list)
    rugs: list[Polygon] = field(default_factory=list)  # walked on, and stood on by one thing
    things: list[Thing] = field(default_factory=list)

    @property
    def outline(self) -> Polygon:
        """The floor of the room."""
        return shapely.box(*self.low, *self.high)

    def add(
        self, thing: Thing, *, reach_m: float = 0.0, into: Polygon | None = None, on: Polygon | None = None
    ) -> bool:
        """Put `thing` in where it fits, and say whether it did; `into` a zone, `on` a rug if need be."""
        footprint = footprint_of(thing)
        zone = before(thing, reach_m) if reach_m else None
        flat = thing.size[2] < STEP_M
        standing = [*self.solids, *(each for each in self.rugs if each is not on)]
        free = [*self.landings, *(each for each in self.zones if each is not into)]
        if (
            not footprint.within(self.outline)
            or any(footprint.intersects(each) for each in free)
            or any(footprint.distance(each) < APART_M for each in standing)
            or (zone is not None and not self._usable(zone))
            or not (flat or self._passable(footprint, zone))
        ):
            return False
        self.things.append(thing)
        (self.rugs if flat else self.solids).append(footprint)
        if zone is not None:
            self.zones.append(zone)
        return True

    def _usable(self, zone: Polygon) -> bool:
        return zone.within(self.outline) and not any(zone.intersects(each) for each in self.solids)

    def _passable(self, footprint: Polygon, zone: Polygon | None) -> bool:
        """True where one walk still joins every landing and comes to every zone."""
        solids = [each.buffer(PASSAGE_M, join_style="mitre") for each in (*self.solids, footprint)]
        inner = self.outline.buffer(-PASSAGE_M, join_style="mitre")
        walkable = inner.difference(shapely.union_all(solids))
        parts = [walkable] if isinstance(walkable, Polygon) else list(walkable.geoms)
        spots = [*(each.centroid for each in self.landings), *self.zones]
        spots += [] if zone is None else [zone]
        return any(all(part.intersects(spot) for spot in spots) for part in parts)


def turned(quarters: int, lean: float = 0.0) -> Float[np.ndarray, "3 3"]:
    """`world_from_thing` of a quarter turns to the left, and `lean` more: the tangent of half that angle.

    Made without sine or cosine, whose last bit differs from machine to machine.

    >>> turned(1)[:, 0].tolist()
    [0.0, 1.0, 0.0]
    """
    cosine, sine = (1 - lean * lean) / (1 + lean * lean), 2 * lean / (1 + lean * lean)
    for _ in range(quarters % 4):
        cosine, sine = 0.0 - sine, cosine
    return np.array([[cosine, 0.0 - sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])


def stand(
    piece: Piece,
    size_m: Size,
    at: Spot,
    *,
    rotation: Float[np.ndarray, "3 3"],
    floor_m: float = 0.0,
) -> Thing:
    """The thing of this size, its middle over `at` (to the millimetre), its underside at `floor_m`."""
    return Thing(
        label=piece.label,
        center=(round(float(at[0]), 3), round(float(at[1]), 3), floor_m + size_m[2] / 2),
        size=size_m,
        rotation=rotation,
        front=(1.0, 0.0, 0.0) if piece.fronted else None,
    )


def top_of(thing: Thing) -> float:
    """How high the upper side of a thing lies."""
    return float(thing.center[2] + thing.size[2] / 2)


def footprint_of(thing: Thing, margin_m: float = 0.0) -> Polygon:
    """The rectangle on the floor that a thing stands over, grown on all sides by `margin_m`."""
    depth, width = thing.size[0] / 2 + margin_m, thing.size[1] / 2 + margin_m
    return _rectangle(thing, (-depth, -width), (depth, width))


def before(thing: Thing, reach_m: float) -> Polygon:
    """The rectangle on the floor before a thing's front, as wide as the thing."""
    depth, width = thing.size[0] / 2, thing.size[1] / 2
    return _rectangle(thing, (depth, -width), (depth + reach_m, width))


def _rectangle(thing: Thing, low: tuple[float, float], high: tuple[float, float]) -> Polygon:
    axes = thing.world_from_thing()[:2, :2]
    corners = [(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1])]
    return Polygon([axes @ corner + np.asarray(thing.center[:2]) for corner in corners])


def offset(thing: Thing, ahead_m: float, left_m: float) -> Float[np.ndarray, "2"]:
    """The place so far ahead and to the left of a thing's middle, as the thing faces."""
    spot: Float[np.ndarray, "2"] = np.asarray(thing.center[:2]) + thing.world_from_thing()[:2, :2] @ (
        ahead_m,
        left_m,
    )
    return spot


def against_wall(
    room: Room, piece: Piece, *, sides: Sequence[int] = SIDES, near: Spot | None = None
) -> Thing | None:
    """Put a piece with its back to a wall (of `sides`, close to `near`); None where it fits nowhere."""
    random = room.random
    middle = np.add(room.low, room.high) / 2
    half = np.subtract(room.high, room.low) / 2
    for _ in range(TRIES):
        size_m = piece.size_m(random)
        side = sides[int(random.integers(len(sides)))]
        rotation = turned(side)
        ahead, left = rotation[:2, 0], rotation[:2, 1]
        room_along = float(np.abs(left) @ half) - size_m[1] / 2 - 0.015
        if room_along <= 0:
            continue
        back = middle - ahead * float(np.abs(ahead) @ half)
        along = float(random.uniform(-room_along, room_along))
        if near is not None:
            along = float(left @ (np.asarray(near[:2]) - middle) + random.uniform(-0.15, 0.15))
            along = min(max(along, -room_along), room_along)
        elif random.random() < 0.4:  # into a corner
            along = math.copysign(room_along, along)
        gap_m = float(random.uniform(0.015, 0.05))
        thing = stand(piece, size_m, back + ahead * (gap_m + size_m[0] / 2) + left * along, rotation=rotation)
        if room.add(thing, reach_m=piece.reach_m):
            return thing
    return None


def free_standing(room: Room, piece: Piece, *, lean: float = 0.0, margin_m: float = 0.0) -> Thing | None:
    """Put a piece anywhere, `margin_m` from the walls, turned by up to `lean`; None where it fits nowhere."""
    random = room.random
    for _ in range(TRIES):
        size_m = piece.size_m(random)
        rotation = turned(int(random.integers(4)), float(random.uniform(-lean, lean)))
        reach = max(size_m[:2]) / 2 + margin_m
        low, high = np.add(room.low, reach), np.subtract(room.high, reach)
        if (low >= high).any():
            continue
        thing = stand(piece, size_m, random.uniform(low, high), rotation=rotation)
        if room.add(thing, reach_m=piece.reach_m):
            return thing
    return None


def chairs_around(room: Room, piece: Piece, table: Thing, *, most: int) -> int:
    """Put chairs at the sides of a table, facing it, each turned a little; gives how many."""
    random = room.random
    sides = [(1, 0.22), (1, -0.22), (3, 0.22), (3, -0.22), (0, 0.0), (2, 0.0)]
    count = 0
    for row in random.permutation(len(sides)):
        quarters, along = sides[row]
        if count < most and chair_at(room, piece, table, quarters=quarters, along=along) is not None:
            count += 1
    return count


def chair_at(
    room: Room, piece: Piece, table: Thing, *, quarters: int, along: float = 0.0, into: Polygon | None = None
) -> Thing | None:
    """Put one chair at the side of `table` that is so many quarters left of its front, facing it."""
    random = room.random
    axes = table.world_from_thing()
    out = axes @ turned(quarters)
    half_m = table.size[quarters % 2] / 2
    for _ in range(TRIES // 4):
        size_m = piece.size_m(random)
        lean = float(random.uniform(-0.12, 0.12))
        gap_m = 0.05 + abs(lean) * size_m[1] + float(random.uniform(0.0, 0.1))
        spot = np.asarray(table.center[:2]) + out[:2, 0] * (half_m + gap_m + size_m[0] / 2)
        spot = spot + out[:2, 1] * along * table.size[1 - quarters % 2]
        chair = stand(piece, size_m, spot, rotation=np.rint(axes) @ turned(quarters + 2, lean))
        if room.add(chair, into=into):
            return chair
    return None


def beside(room: Room, piece: Piece, other: Thing, *, side: int) -> Thing | None:
    """Put a piece to the left (`side` 1) or right (-1) of another, back to the same wall."""
    random = room.random
    for _ in range(TRIES // 4):
        size_m = piece.size_m(random)
        left_m = side * (other.size[1] / 2 + size_m[1] / 2 + float(random.uniform(0.03, 0.1)))
        spot = offset(other, (size_m[0] - other.size[0]) / 2, left_m)
        thing = stand(piece, size_m, spot, rotation=other.world_from_thing())
        if room.add(thing):
            return thing
    return None


def on_top(
    support: Thing, pieces: Sequence[Piece], random: np.random.Generator, *, inset_m: float = 0.02
) -> list[Thing]:
    """Those of `pieces` that find a place on top of `support`, resting on it exactly, apart from each other.

    What has a front looks where the support does; the rest is turned freely.
    """
    top = footprint_of(support, -inset_m)
    placed = list[Thing]()
    taken = list[Polygon]()
    for piece in pieces:
        for _ in range(TRIES):
            size_m = piece.size_m(random)
            reach = np.asarray(support.size[:2]) / 2 * random.uniform(-1, 1, 2)
            free = turned(int(random.integers(4)), float(random.uniform(-0.4, 0.4)))
            rotation = support.world_from_thing() if piece.fronted else free
            spot = offset(support, reach[0], reach[1])
            thing = stand(piece, size_m, spot, rotation=rotation, floor_m=top_of(support))
            footprint = footprint_of(thing)
            if footprint.within(top) and all(footprint.distance(each) >= APART_M for each in taken):
                placed.append(thing)
                taken.append(footprint)
                break
    return placed
