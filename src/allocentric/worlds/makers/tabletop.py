"""A table with small coloured things on it, some of them stacked, and two chairs that face it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np
import shapely

import allocentric.worlds.makers.pieces as p
from allocentric.intervals import Arc
from allocentric.scene.scene import Complete, Scene, Source, Thing, scene_of
from allocentric.seeds import stream
from allocentric.worlds.makers.maker import Maker
from allocentric.worlds.makers.placing import Room, chair_at, on_top, stand, turned

COLOURS: Final = ("red", "blue", "green", "yellow", "white", "black", "orange", "purple")
SMALL: Final = (p.BOX, p.BOX, p.CUP, p.BOOK, p.BOWL, p.APPLE, p.ORANGE, p.BANANA, p.VASE, p.LAPTOP)
CARRIES: Final = {"box": (p.CUP, p.APPLE, p.ORANGE), "book": (p.CUP, p.APPLE)}
HALF_FLOOR_M: Final = 1.8


def make(seed: int) -> Scene:
    """A table at the origin with six to twelve small things, each label in a colour of its own.

    Things are called by colour and label ("red cup"); labels repeat, names do not. Metric, north
    known, complete everywhere; the floor is a square around the table.
    """
    random = stream(seed, "tabletop")
    table = stand(p.TABLE, p.TABLE.size_m(random), (0.0, 0.0), rotation=turned(0))
    room = Room("", (-HALF_FLOOR_M, -HALF_FLOOR_M), (HALF_FLOOR_M, HALF_FLOOR_M), random)
    room.add(table)
    first, second = (int(each) for each in random.permutation(4)[:2])
    for quarters in (first, second):
        chair_at(room, p.CHAIR, table, quarters=quarters)
    return scene_of(
        f"tabletop-{seed}",
        [*room.things, *_coloured(_small_things(table, random), random)],
        floor=shapely.box(-HALF_FLOOR_M, -HALF_FLOOR_M, HALF_FLOOR_M, HALF_FLOOR_M),
        north=Arc(float(random.uniform(-math.pi, math.pi))),
        complete=Complete(),
        source=Source(format="made", notes=(f"made by tabletop from seed {seed}",)),
    )


MAKER: Final = Maker("tabletop", "a table with six to twelve small coloured things, and two chairs", make)


def _small_things(table: Thing, random: np.random.Generator) -> list[Thing]:
    """Five to nine things on the table, and up to three on top of those."""
    count = int(random.integers(5, 10))
    chosen = [SMALL[int(random.integers(len(SMALL)))] for _ in range(count - 2)]
    laid = on_top(table, [p.BOX, p.BOOK, *chosen], random)
    carried = list[Thing]()
    for support in laid:
        if support.label in CARRIES and len(carried) < 3 and (not carried or random.random() < 0.5):
            above = CARRIES[support.label]
            carried += on_top(support, [above[int(random.integers(len(above)))]], random, inset_m=0.0)
    return [*laid, *carried]


def _coloured(things: list[Thing], random: np.random.Generator) -> list[Thing]:
    """The same things, each called by a colour that no other of its label has."""
    free = {
        label: [COLOURS[row] for row in random.permutation(len(COLOURS))]
        for label in sorted({each.label for each in things})
    }
    return [replace(each, name=f"{free[each.label].pop()} {each.label}") for each in things]
