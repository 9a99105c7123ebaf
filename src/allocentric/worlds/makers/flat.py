"""A furnished flat: rooms joined by doors, furniture along the walls, small things on top."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from shapely.geometry import Polygon

import allocentric.worlds.makers.pieces as p
from allocentric.intervals import Arc
from allocentric.scene.scene import Complete, Scene, Source, Thing, scene_of
from allocentric.seeds import stream
from allocentric.worlds.makers.maker import Maker
from allocentric.worlds.makers.partition import Cell, Partition, partition
from allocentric.worlds.makers.pieces import Piece
from allocentric.worlds.makers.placing import (
    SIDES,
    Room,
    against_wall,
    beside,
    chair_at,
    chairs_around,
    footprint_of,
    free_standing,
    offset,
    on_top,
    stand,
    top_of,
    turned,
)
from allocentric.worlds.makers.walls import room_region

ROOMS: Final = {
    3: ("living room", "bedroom", "bathroom"),
    4: ("living room", "kitchen", "bedroom", "bathroom"),
    5: ("living room", "kitchen", "bedroom", "bathroom", "hall"),
    6: ("living room", "kitchen", "bedroom", "bathroom", "hall", "study"),
}


def make(seed: int) -> Scene:
    """A flat of three to six rooms, metric, north known, its list of things complete everywhere.

    Doors between rooms stand open at a right angle, so their leaves are what they look like: thin
    boxes in a room, beside a free doorway. The floor is the rooms and the doorways. No two solids
    interpenetrate; what lies on something rests on it exactly.
    """
    count = int(stream(seed, "flat", "rooms").choice([3, 4, 5, 5, 6, 6]))
    for attempt in itertools.count():
        plan = partition(ROOMS[count], stream(seed, "flat", "partition", attempt))
        furnished = None if plan is None else _furnish(plan, seed, attempt)
        if plan is not None and furnished is not None:
            return _scene(seed, plan, furnished)
    raise AssertionError("attempts never end")


MAKER: Final = Maker(
    "flat", "a furnished flat of three to six rooms, with small things on the furniture", make
)


def _scene(seed: int, plan: Partition, furniture: list[Thing]) -> Scene:
    regions = [room_region(each.name, each.low, each.high) for each in plan.cells]
    walls = [thing for wall in plan.walls for thing in wall.things()]
    return scene_of(
        f"flat-{seed}",
        [*furniture, *plan.leaves, *walls, *regions],
        floor=plan.floor,
        north=Arc(float(stream(seed, "flat", "north").uniform(-math.pi, math.pi))),
        complete=Complete(),
        source=Source(format="made", notes=(f"made by flat from seed {seed}",)),
    )


def _furnish(plan: Partition, seed: int, attempt: int) -> list[Thing] | None:
    """Furniture for every room; None where a room lacks what makes it one."""
    things = list[Thing]()
    for cell in plan.cells:
        room = _bare(cell, plan, stream(seed, "flat", cell.name, attempt))
        if not FURNISH[cell.name](room):
            return None
        things += room.things
    return things


def _bare(cell: Cell, plan: Partition, random: np.random.Generator) -> Room:
    room = Room(cell.name, cell.low, cell.high, random, landings=plan.landings[cell.name])
    leaves = [footprint_of(each) for each in plan.leaves]
    room.solids += [each for each in leaves if each.within(room.outline)]
    return room


def _living_room(room: Room) -> bool:
    sofa = against_wall(room, p.SOFA)
    if sofa is None:
        return False
    _rug_and_table(room, sofa, room.zones[-1])
    tv_stand = against_wall(room, p.TV_STAND, sides=(_opposite(sofa),), near=sofa.center)
    tv_stand = tv_stand or against_wall(room, p.TV_STAND)
    if tv_stand is None:
        return False
    _lay(room, tv_stand, sure=(p.TV,))
    _dining(room)
    free_standing(room, p.ARMCHAIR, lean=0.4)
    _lay(room, against_wall(room, p.SHELF), maybe=(p.BOOK, p.VASE, p.BOX))
    against_wall(room, p.FLOOR_LAMP)
    against_wall(room, p.PLANT)
    return True


def _kitchen(room: Room) -> bool:
    if any(against_wall(room, each) is None for each in (p.FRIDGE, p.STOVE, p.KITCHEN_SINK)):
        return False
    _lay(room, against_wall(room, p.COUNTER), sure=(p.MICROWAVE,), maybe=(p.KETTLE, p.TOASTER, p.CUP, p.BOWL))
    _dining(room)
    return True


def _bedroom(room: Room) -> bool:
    bed = against_wall(room, p.BED)
    if bed is None:
        return False
    _lay(room, bed, sure=(p.PILLOW,), maybe=(p.PILLOW, p.BOOK))
    for side in (1, -1):
        _lay(room, beside(room, p.NIGHTSTAND, bed, side=side), sure=(p.LAMP,), maybe=(p.CLOCK, p.BOOK, p.CUP))
    against_wall(room, p.WARDROBE)
    _lay(room, against_wall(room, p.DRESSER), maybe=(p.VASE, p.LAMP, p.BOX, p.BOOK))
    free_standing(room, p.RUG)
    against_wall(room, p.PLANT)
    return True


def _bathroom(room: Room) -> bool:
    if against_wall(room, p.BATHTUB) is None or against_wall(room, p.TOILET) is None:
        return False
    sink = against_wall(room, p.BATH_SINK)
    _lay(room, sink, maybe=(p.CUP,))
    _lay(room, against_wall(room, p.WASHER), maybe=(p.BASKET,))
    return sink is not None


def _hall(room: Room) -> bool:
    _lay(room, against_wall(room, p.CABINET), maybe=(p.VASE, p.LAMP, p.BOX))
    _lay(room, against_wall(room, p.BENCH), maybe=(p.BACKPACK,))
    return True


def _study(room: Room) -> bool:
    desk = against_wall(room, p.DESK)
    if desk is None:
        return False
    chair_at(room, p.CHAIR, desk, quarters=0, into=room.zones[-1])
    _lay(room, desk, sure=(p.MONITOR,), maybe=(p.LAMP, p.CUP, p.BOOK, p.BOOK))
    _lay(room, against_wall(room, p.SHELF), maybe=(p.BOX, p.VASE, p.BOOK))
    free_standing(room, p.ARMCHAIR, lean=0.4)
    against_wall(room, p.PLANT)
    return True


FURNISH: Final[dict[str, Callable[[Room], bool]]] = {
    "living room": _living_room,
    "kitchen": _kitchen,
    "bedroom": _bedroom,
    "bathroom": _bathroom,
    "hall": _hall,
    "study": _study,
}
"""Furnishes a room, and says whether it got what makes it one."""


def _opposite(thing: Thing) -> int:
    """The wall that a thing with its back to a wall looks at, as `against_wall` numbers them."""
    ahead = thing.world_from_thing()[:2, 0]
    return next(side for side in SIDES if float(turned(side)[:2, 0] @ ahead) < -0.5)


def _rug_and_table(room: Room, sofa: Thing, zone: Polygon) -> None:
    """A rug before the sofa, and on it a low table with small things; each where it fits."""
    size_m = p.RUG.size_m(room.random)
    spot = offset(sofa, sofa.size[0] / 2 + 0.1 + size_m[0] / 2, 0.0)
    rug = stand(p.RUG, size_m, spot, rotation=sofa.world_from_thing())
    on = room.rugs[-1] if room.add(rug, into=zone) else None
    floor_m = 0.0 if on is None else top_of(rug)
    size_m = p.COFFEE_TABLE.size_m(room.random)
    table = stand(p.COFFEE_TABLE, size_m, spot, rotation=sofa.world_from_thing(), floor_m=floor_m)
    if room.add(table, into=zone, on=on):
        _lay(room, table, maybe=(p.CUP, p.BOWL, p.BOOK, p.BOOK, p.VASE))


def _dining(room: Room) -> None:
    """A table with two to four chairs and a meal on it, where there is room for it."""
    table = free_standing(room, p.TABLE, margin_m=0.1)
    if table is not None:
        chairs_around(room, p.CHAIR, table, most=int(room.random.integers(2, 5)))
        _lay(room, table, sure=(p.PLATE,), maybe=(p.PLATE, p.CUP, p.CUP, p.BOWL, p.LAPTOP, p.VASE))


def _lay(
    room: Room, support: Thing | None, *, sure: Sequence[Piece] = (), maybe: Sequence[Piece] = ()
) -> None:
    """Small things on top of `support`; now and then a cup or a book on a book."""
    if support is None:
        return
    chosen = [*sure, *(each for each in maybe if room.random.random() < 0.6)]
    laid = on_top(support, chosen, room.random)
    room.things += laid
    books = [each for each in laid if each.label == p.BOOK.label]
    if books and room.random.random() < 0.5:
        room.things += on_top(books[0], [p.CUP], room.random, inset_m=0.0)
