"""A page of named shapes on a grid, some of them joined by straight ways."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Final

import numpy as np
from shapely.geometry import LineString, Point

from allocentric.intervals import Arc
from allocentric.scene.scene import Complete, Footprint, Scene, Source, Thing, scene_of
from allocentric.seeds import stream
from allocentric.worlds.makers.maker import Maker

COLOURS: Final = ("red", "blue", "green", "yellow", "black", "white", "orange", "purple")
SHAPES: Final = ("square", "circle", "triangle")
CELLS: Final = 11  # whole coordinates, 0 to 10
APART: Final = 2.0
CLEAR: Final = 0.6  # of a way to a shape that it does not join


def make(seed: int) -> Scene:
    """Six to eight shapes at whole coordinates of 0 to 10, x right and y up (north), each of its own colour.

    A "way" is a straight line between two of them; ways cross no other way or shape, and join all shapes.
    """
    random = stream(seed, "dots")
    ways: list[tuple[int, int]] | None = None
    while ways is None:
        count = int(random.integers(6, 9))
        cells = [divmod(int(each), CELLS) for each in random.permutation(CELLS * CELLS)]
        at = list[tuple[int, int]]()
        for cell in cells:
            if len(at) < count and all(math.dist(cell, each) >= APART for each in at):
                at.append(cell)
        ways = _ways(at, random)
    colours = [COLOURS[int(each)] for each in random.permutation(len(COLOURS))]
    things = [
        Thing(label=f"{colour} {SHAPES[int(random.integers(len(SHAPES)))]}", center=(float(x), float(y), 0.0))
        for colour, (x, y) in zip(colours, at)
    ]
    things += [_way(at[a], at[b], f"way {number}") for number, (a, b) in enumerate(ways, 1)]
    return scene_of(
        f"dots-{seed}",
        things,
        space="page",
        north=Arc(math.pi / 2),
        complete=Complete(),
        source=Source(format="made", notes=(f"made by dots from seed {seed}",)),
    )


def _ways(at: list[tuple[int, int]], random: np.random.Generator) -> list[tuple[int, int]] | None:
    """Ways from the shortest on, that cross nothing; None where some shapes are not joined."""
    kept = list[tuple[int, int]]()
    pairs = sorted(
        combinations(range(len(at)), 2), key=lambda each: (math.dist(at[each[0]], at[each[1]]), each)
    )
    group = list(range(len(at)))
    for a, b in pairs:
        line = LineString([at[a], at[b]])
        free = all(
            line.distance(Point(at[each])) >= CLEAR for each in range(len(at)) if each not in (a, b)
        ) and not any(line.crosses(LineString([at[c], at[d]])) for c, d in kept)
        if free and len(kept) < 2 * len(at) and (group[a] != group[b] or random.random() < 0.4):
            kept.append((a, b))
            group = [group[b] if each == group[a] else each for each in group]
    return kept if len(set(group)) == 1 else None


def _way(one: tuple[int, int], other: tuple[int, int], name: str) -> Thing:
    (ax, ay), (bx, by) = one, other
    return Thing(
        label="way",
        name=name,
        kind="structure",
        center=((ax + bx) / 2, (ay + by) / 2, 0.0),
        size=(abs(ax - bx), abs(ay - by), 0.0),
        shape=Footprint(LineString([one, other])),
    )


MAKER: Final = Maker(
    "dots", "a page of six to eight coloured shapes on a grid, joined by straight ways", make
)
