"""Planks, ladders and other long things that lean on what stands upright."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float

from allocentric.intervals import Arc
from allocentric.scene.scene import Complete, Scene, Source, Thing, scene_of
from allocentric.seeds import stream
from allocentric.worlds.makers.maker import Maker
from allocentric.worlds.makers.placing import turned
from allocentric.worlds.makers.scales import Ground, views_beside

CELL_M: Final = 4.0
HALF_FLOOR_M: Final = 1.5 * CELL_M
LEAST_SLOPE, MOST_SLOPE = 0.1, 0.7  # how far aside it leans for each metre up: 6 to 35 degrees
SHORTER: Final = 0.95  # it does not reach the top of what it leans on
YARD: Final = Ground((), HALF_FLOOR_M, 0.0, 1e-2, 0, 0)


@dataclass(frozen=True, slots=True)
class Long:
    """What leans: its least and greatest thickness, width and length."""

    label: str
    low_m: tuple[float, float, float]
    high_m: tuple[float, float, float]


LEANING: Final = (
    Long("plank", (0.03, 0.12, 1.4), (0.05, 0.25, 2.4)),
    Long("ladder", (0.06, 0.4, 1.8), (0.1, 0.5, 2.6)),
    Long("broom", (0.04, 0.25, 1.2), (0.06, 0.35, 1.5)),
    Long("mirror", (0.03, 0.5, 1.1), (0.05, 0.8, 1.7)),
    Long("painting", (0.03, 0.6, 0.7), (0.05, 1.1, 1.2)),
    Long("surfboard", (0.06, 0.45, 1.7), (0.09, 0.6, 2.3)),
    Long("door", (0.04, 0.7, 1.9), (0.05, 0.9, 2.05)),
    Long("pallet", (0.12, 0.8, 1.0), (0.15, 1.0, 1.2)),
)
UPRIGHT: Final = (
    Long("container", (1.2, 1.8, 1.9), (1.6, 2.4, 2.4)),
    Long("wardrobe", (0.55, 1.0, 1.9), (0.65, 1.8, 2.2)),
    Long("shed", (1.6, 1.8, 2.0), (2.0, 2.2, 2.5)),
    Long("pillar", (0.4, 0.4, 2.2), (0.6, 0.6, 2.9)),
    Long("wall panel", (0.12, 1.6, 1.8), (0.2, 2.4, 2.3)),
    Long("crate", (0.8, 0.8, 0.9), (1.2, 1.2, 1.3)),
    Long("cabinet", (0.4, 0.8, 1.5), (0.6, 1.2, 2.0)),
    Long("fence", (0.08, 1.8, 1.4), (0.12, 2.4, 1.8)),
)


def make(seed: int) -> Scene:
    """Four to seven things that stand upright in a yard of 12 m, most with a long thing leaning on them.

    Each label is there once. A thing that leans stands on the ground on one edge, and its top edge touches
    what it leans on. Metric, north known, complete; ten pictures from beside the yard.
    """
    random = stream(seed, "leaning")
    cells = [(x, y) for x in (-CELL_M, 0.0, CELL_M) for y in (-CELL_M, 0.0, CELL_M)]
    order, uprights, longs = (random.permutation(len(each)) for each in (cells, UPRIGHT, LEANING))
    things = list[Thing]()
    for place in range(int(random.integers(4, 8))):
        x, y = cells[int(order[place])]
        heading = turned(int(random.integers(4)), float(random.uniform(-0.4, 0.4)))
        support = _sizes(UPRIGHT[int(uprights[place])], random)
        label = UPRIGHT[int(uprights[place])].label
        things.append(Thing(label=label, center=(x, y, support[2] / 2), size=support, rotation=heading))
        if place < 3 or random.random() < 0.7:
            leaner = LEANING[int(longs[place])]
            things.append(_leaning(leaner, support, at=(x, y), heading=heading, random=random))
    return scene_of(
        f"leaning-{seed}",
        things,
        floor=shapely.box(-HALF_FLOOR_M, -HALF_FLOOR_M, HALF_FLOOR_M, HALF_FLOOR_M),
        north=Arc(float(random.uniform(-math.pi, math.pi))),
        complete=Complete(),
        views=views_beside(YARD, random),
        source=Source(format="made", notes=(f"made by leaning from seed {seed}",)),
    )


def _sizes(piece: Long, random: np.random.Generator) -> tuple[float, float, float]:
    thick, wide, long = (
        round(float(random.uniform(low, high)), 2) for low, high in zip(piece.low_m, piece.high_m)
    )
    return thick, wide, long


def _leaning(
    piece: Long,
    support: tuple[float, float, float],
    *,
    at: tuple[float, float],
    heading: Float[np.ndarray, "3 3"],
    random: np.random.Generator,
) -> Thing:
    """A long thing before the support, its up leaning backwards, onto it."""
    slope = round(float(random.uniform(LEAST_SLOPE, MOST_SLOPE)), 2)
    cosine = 1 / math.sqrt(1 + slope * slope)
    sine = slope * cosine
    thick, wide, long = _sizes(piece, random)
    long = min(long, math.floor(100 * SHORTER * support[2] / cosine) / 100)
    back = np.array([[cosine, 0.0, -sine], [0.0, 1.0, 0.0], [sine, 0.0, cosine]])  # its up goes to -x
    ahead = support[0] / 2 + long / 2 * sine + thick / 2 * cosine
    up = long / 2 * cosine + thick / 2 * sine
    x, y, z = heading @ np.array([ahead, 0.0, up])
    center = (at[0] + float(x), at[1] + float(y), float(z))
    return Thing(label=piece.label, center=center, size=(thick, wide, long), rotation=heading @ back)


MAKER: Final = Maker("leaning", "planks, ladders and boards that lean on what stands upright", make)
