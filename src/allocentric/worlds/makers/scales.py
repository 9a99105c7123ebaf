"""Things strewn over level ground, from millimetres to kilometres: a tray, a yard, a countryside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float

from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.intervals import Arc
from allocentric.scene.scene import Complete, Scene, Source, Thing, View, scene_of
from allocentric.seeds import stream
from allocentric.worlds.makers.maker import Maker
from allocentric.worlds.makers.pieces import Piece
from allocentric.worlds.makers.placing import footprint_of, turned

COLOURS: Final = ("red", "blue", "green", "yellow", "white", "black")
PAINTED_M: Final = 100.0  # what is larger has no colour of its own, and is there once
TRIES: Final = 200
STATIONS: Final = 10
SECONDS: Final = 2.0  # from one station to the next
CAMERA: Final = Pinhole(640, 480, 720.0, 720.0, 320.0, 240.0)

SMALL: Final = (
    Piece("bead", (0.006, 0.006, 0.006), (0.012, 0.012, 0.012), fronted=False),
    Piece("die", (0.012, 0.012, 0.012), (0.018, 0.018, 0.018), fronted=False),
    Piece("coin", (0.016, 0.016, 0.0015), (0.026, 0.026, 0.0025), fronted=False),
    Piece("button", (0.009, 0.009, 0.002), (0.02, 0.02, 0.004), fronted=False),
    Piece("screw", (0.004, 0.018, 0.004), (0.007, 0.04, 0.007), fronted=False),
    Piece("key", (0.02, 0.045, 0.002), (0.026, 0.06, 0.003), fronted=False),
    Piece("eraser", (0.015, 0.03, 0.01), (0.022, 0.05, 0.014), fronted=False),
    Piece("matchbox", (0.034, 0.05, 0.013), (0.038, 0.056, 0.017), fronted=False),
    Piece("thimble", (0.015, 0.015, 0.018), (0.019, 0.019, 0.025), fronted=False),
)
OUTDOOR: Final = (
    Piece("car", (3.8, 1.7, 1.4), (4.8, 1.9, 1.7)),
    Piece("bicycle", (1.6, 0.5, 0.95), (1.85, 0.65, 1.1)),
    Piece("bench", (0.5, 1.3, 0.75), (0.65, 2.0, 0.9)),
    Piece("tree", (1.8, 1.8, 4.0), (4.5, 4.5, 11.0), fronted=False),
    Piece("lamp post", (0.18, 0.18, 3.5), (0.3, 0.3, 6.0), fronted=False),
    Piece("shed", (2.0, 2.4, 2.1), (3.5, 4.0, 2.8)),
    Piece("house", (7.0, 8.0, 5.0), (11.0, 14.0, 9.0)),
    Piece("hydrant", (0.3, 0.3, 0.65), (0.4, 0.4, 0.9), fronted=False),
    Piece("bin", (0.5, 0.5, 0.9), (0.7, 0.7, 1.2)),
    Piece("van", (4.8, 1.9, 1.9), (6.0, 2.1, 2.6)),
    Piece("mailbox", (0.3, 0.35, 1.0), (0.45, 0.5, 1.3)),
)
COUNTRY: Final = (
    Piece("barn", (9.0, 12.0, 6.0), (14.0, 19.0, 10.0), fronted=False),
    Piece("farmhouse", (8.0, 10.0, 6.0), (12.0, 16.0, 9.0)),
    Piece("silo", (4.0, 4.0, 9.0), (7.0, 7.0, 19.0), fronted=False),
    Piece("chapel", (7.0, 11.0, 9.0), (10.0, 18.0, 18.0)),
    Piece("water tower", (5.0, 5.0, 12.0), (8.0, 8.0, 19.0), fronted=False),
    Piece("mill", (6.0, 6.0, 9.0), (9.0, 9.0, 16.0)),
    Piece("bridge", (4.0, 12.0, 3.0), (7.0, 19.0, 6.0), fronted=False),
    Piece("greenhouse", (6.0, 12.0, 3.0), (9.0, 19.0, 5.0), fronted=False),
    Piece("radio mast", (2.0, 2.0, 14.0), (3.0, 3.0, 19.5), fronted=False),
    Piece("warehouse", (10.0, 14.0, 6.0), (15.0, 19.0, 11.0)),
    *(
        Piece(label, (300.0, 400.0, low), (600.0, 900.0, high), fronted=False)
        for label, low, high in (
            *(("lake", 0.2, 0.8), ("meadow", 0.2, 0.8), ("airfield", 0.2, 0.8), ("solar farm", 2.0, 4.0)),
            *(("wood", 15.0, 30.0), ("orchard", 4.0, 7.0), ("village", 8.0, 14.0)),
        )
    ),
)
"""Buildings, and what covers the ground between them, which shows from afar."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies on what: pieces, the half width of the ground, how far apart, how finely all is measured."""

    pieces: Sequence[Piece]
    half_m: float
    apart_m: float
    grain_m: float
    low: int
    high: int


TRAY: Final = Ground(SMALL, 0.14, 0.004, 1e-4, 9, 14)
YARD: Final = Ground(OUTDOOR, 22.0, 0.5, 1e-2, 9, 14)
REGION: Final = Ground(COUNTRY, 3200.0, 60.0, 1e-1, 22, 30)


def tray(seed: int) -> Scene:
    """Small things of 6 to 60 mm on a tray of 28 cm: beads, coins, screws, keys."""
    return _strewn("tray", TRAY, seed)


def yard(seed: int) -> Scene:
    """A street and its yards, 44 m across: houses, cars, trees, benches, lamp posts."""
    return _strewn("yard", YARD, seed)


def country(seed: int) -> Scene:
    """A level country 6.4 km across, from the air: barns, chapels, masts, and woods, lakes, a village."""
    return _strewn("country", REGION, seed)


def _strewn(name: str, ground: Ground, seed: int) -> Scene:
    """Things on level ground, apart from each other and from its edge; metric, north known, complete.

    About two in three are the only ones of their label: a label that repeats has a colour before it at times.
    """
    random = stream(seed, name)
    placed, taken = list[Thing](), set[str]()
    for _ in range(int(random.integers(ground.low, ground.high))):
        piece = ground.pieces[int(random.integers(len(ground.pieces)))]
        label = piece.label
        if label in taken and piece.low_m[0] > PAINTED_M:
            continue
        if label in taken and random.random() < 0.6:
            free = [f"{each} {label}" for each in COLOURS if f"{each} {label}" not in taken]
            label = free[int(random.integers(len(free)))] if free else label
        thing = _lying(piece, label, ground, random=random, beside=placed)
        if thing is not None:
            placed.append(thing)
            taken.add(label)
    return scene_of(
        f"{name}-{seed}",
        placed,
        floor=shapely.box(-ground.half_m, -ground.half_m, ground.half_m, ground.half_m),
        north=Arc(float(random.uniform(-math.pi, math.pi))),
        complete=Complete(),
        views=views_beside(ground, random),
        source=Source(format="made", notes=(f"made by {name} from seed {seed}",)),
    )


def views_beside(ground: Ground, random: np.random.Generator) -> tuple[View, ...]:
    """Ten pictures, two seconds apart, along a line beside the ground and above it, each of a part of it."""
    made = []
    for station in range(STATIONS):
        along = 2.0 * station / (STATIONS - 1) - 1.0
        at = np.array([-1.25, 1.1 * along, 0.7]) * ground.half_m
        aside = float(random.uniform(-0.25, 0.25))
        target = np.array([aside, 0.85 * along + aside, 0.0]) * ground.half_m
        made.append(View(f"{station}", _aimed(at, target), time_s=SECONDS * station, camera=CAMERA))
    return tuple(made)


def _aimed(at: Float[np.ndarray, "3"], target: Float[np.ndarray, "3"]) -> Pose:
    """`world_from_camera`, level: by square roots alone, whose last bit is the same on any machine."""
    ahead = (target - at) / math.sqrt(float((target - at) @ (target - at)))
    right = np.array([ahead[1], -ahead[0], 0.0])
    right = right / math.sqrt(float(right @ right))
    return Pose(np.stack([right, np.cross(ahead, right), ahead], axis=1), at)


def _lying(
    piece: Piece, label: str, ground: Ground, *, random: np.random.Generator, beside: Sequence[Thing]
) -> Thing | None:
    """A piece where it is free, its numbers whole grains; None where it fits nowhere."""
    for _ in range(TRIES):
        low, high = np.array(piece.low_m), np.array(piece.high_m)
        grains = np.maximum(np.rint(random.uniform(low, high) / ground.grain_m), 1)
        size = _measured(grains, ground)
        at = _measured(np.rint(random.uniform(-ground.half_m, ground.half_m, 2) / ground.grain_m), ground)
        thing = Thing(
            label=label,
            center=(*at, size[2] / 2),
            size=size,
            rotation=turned(int(random.integers(4)), float(random.uniform(-0.4, 0.4))),
            front=(1.0, 0.0, 0.0) if piece.fronted else None,
        )
        shape = footprint_of(thing)
        inside = shape.within(shapely.box(*[-ground.half_m] * 2, *[ground.half_m] * 2))
        if inside and all(shape.distance(footprint_of(each)) >= ground.apart_m for each in beside):
            return thing
    return None


def _measured(grains: np.ndarray, ground: Ground) -> tuple[float, ...]:
    """So many grains as metres, without the last bits of a multiplication."""
    digits = round(-math.log10(ground.grain_m))
    return tuple(round(float(each) * ground.grain_m, digits) for each in grains)


MAKERS: Final = (
    Maker("tray", "small things of millimetres and centimetres on a tray", tray),
    Maker("yard", "a street with houses, cars, trees and benches", yard),
    Maker("country", "farms, woods and lakes over kilometres of level country", country),
)
