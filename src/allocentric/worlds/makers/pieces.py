"""Furniture and small things, with the sizes that each comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

Size = tuple[float, float, float]  # depth along the front, width, height


@dataclass(frozen=True, slots=True)
class Piece:
    """What may be put into a room: its label, its least and greatest size, whether it has a front."""

    label: str
    low_m: Size
    high_m: Size
    fronted: bool = True
    reach_m: float = 0.0  # kept free before its front, for whoever uses it

    def size_m(self, random: np.random.Generator) -> Size:
        """A size between least and greatest, in whole centimetres."""
        depth, width, height = (
            round(float(random.uniform(low, high)), 2) for low, high in zip(self.low_m, self.high_m)
        )
        return depth, width, height


SOFA: Final = Piece("sofa", (0.85, 1.6, 0.75), (1.0, 2.3, 0.9), reach_m=0.4)
ARMCHAIR: Final = Piece("armchair", (0.75, 0.7, 0.8), (0.9, 0.9, 1.0), reach_m=0.4)
TV_STAND: Final = Piece("tv stand", (0.35, 1.1, 0.4), (0.45, 1.7, 0.6))
TV: Final = Piece("tv", (0.05, 0.75, 0.5), (0.09, 1.05, 0.7))
RUG: Final = Piece("rug", (1.2, 1.5, 0.01), (1.5, 2.0, 0.02), fronted=False)
COFFEE_TABLE: Final = Piece("coffee table", (0.45, 0.8, 0.35), (0.6, 1.1, 0.48), fronted=False)
SHELF: Final = Piece("shelf", (0.25, 0.6, 1.2), (0.38, 1.1, 2.0), reach_m=0.5)
FLOOR_LAMP: Final = Piece("floor lamp", (0.28, 0.28, 1.4), (0.4, 0.4, 1.8), fronted=False)
PLANT: Final = Piece("plant", (0.28, 0.28, 0.5), (0.45, 0.45, 1.3), fronted=False)

TABLE: Final = Piece("table", (0.75, 1.1, 0.72), (0.95, 1.6, 0.78), fronted=False)
CHAIR: Final = Piece("chair", (0.42, 0.4, 0.8), (0.52, 0.5, 0.98))
FRIDGE: Final = Piece("fridge", (0.58, 0.55, 1.5), (0.7, 0.7, 2.0), reach_m=0.7)
STOVE: Final = Piece("stove", (0.58, 0.5, 0.85), (0.65, 0.6, 0.95), reach_m=0.7)
COUNTER: Final = Piece("counter", (0.58, 1.0, 0.86), (0.65, 1.8, 0.94), reach_m=0.7)
KITCHEN_SINK: Final = Piece("sink", (0.55, 0.5, 0.85), (0.62, 0.8, 0.92), reach_m=0.6)

BED: Final = Piece("bed", (1.95, 1.2, 0.4), (2.1, 1.8, 0.6), reach_m=0.4)
NIGHTSTAND: Final = Piece("nightstand", (0.35, 0.35, 0.45), (0.45, 0.5, 0.6))
WARDROBE: Final = Piece("wardrobe", (0.55, 1.0, 1.9), (0.65, 1.9, 2.2), reach_m=0.6)
DRESSER: Final = Piece("dresser", (0.4, 0.8, 0.75), (0.5, 1.2, 1.0), reach_m=0.5)

TOILET: Final = Piece("toilet", (0.62, 0.36, 0.7), (0.72, 0.42, 0.82), reach_m=0.5)
BATH_SINK: Final = Piece("sink", (0.4, 0.45, 0.8), (0.5, 0.7, 0.9), reach_m=0.5)
BATHTUB: Final = Piece("bathtub", (0.7, 1.5, 0.5), (0.8, 1.7, 0.62), fronted=False)
WASHER: Final = Piece("washing machine", (0.55, 0.58, 0.84), (0.62, 0.62, 0.88), reach_m=0.5)

CABINET: Final = Piece("cabinet", (0.3, 0.6, 0.75), (0.42, 1.1, 1.1), reach_m=0.4)
BENCH: Final = Piece("bench", (0.32, 0.8, 0.42), (0.42, 1.2, 0.5))
DESK: Final = Piece("desk", (0.6, 1.1, 0.72), (0.8, 1.6, 0.77), reach_m=0.8)

LAMP: Final = Piece("lamp", (0.15, 0.15, 0.3), (0.24, 0.24, 0.5), fronted=False)
CUP: Final = Piece("cup", (0.07, 0.07, 0.08), (0.09, 0.09, 0.12), fronted=False)
BOOK: Final = Piece("book", (0.14, 0.2, 0.02), (0.2, 0.28, 0.05), fronted=False)
LAPTOP: Final = Piece("laptop", (0.22, 0.3, 0.2), (0.26, 0.37, 0.25))
MONITOR: Final = Piece("monitor", (0.15, 0.5, 0.4), (0.22, 0.65, 0.52))
PLATE: Final = Piece("plate", (0.2, 0.2, 0.02), (0.27, 0.27, 0.03), fronted=False)
BOWL: Final = Piece("bowl", (0.12, 0.12, 0.06), (0.2, 0.2, 0.1), fronted=False)
VASE: Final = Piece("vase", (0.1, 0.1, 0.2), (0.18, 0.18, 0.38), fronted=False)
CLOCK: Final = Piece("clock", (0.05, 0.1, 0.1), (0.08, 0.16, 0.16))
PILLOW: Final = Piece("pillow", (0.35, 0.5, 0.1), (0.45, 0.6, 0.16), fronted=False)
KETTLE: Final = Piece("kettle", (0.16, 0.16, 0.2), (0.2, 0.22, 0.26), fronted=False)
TOASTER: Final = Piece("toaster", (0.17, 0.26, 0.18), (0.2, 0.32, 0.22))
MICROWAVE: Final = Piece("microwave", (0.32, 0.44, 0.26), (0.4, 0.52, 0.31))
BASKET: Final = Piece("basket", (0.28, 0.35, 0.2), (0.36, 0.45, 0.3), fronted=False)
BACKPACK: Final = Piece("backpack", (0.2, 0.28, 0.4), (0.25, 0.34, 0.5), fronted=False)
BOX: Final = Piece("box", (0.12, 0.14, 0.06), (0.22, 0.28, 0.14), fronted=False)
APPLE: Final = Piece("apple", (0.07, 0.07, 0.07), (0.09, 0.09, 0.09), fronted=False)
ORANGE: Final = Piece("orange", (0.07, 0.07, 0.07), (0.09, 0.09, 0.09), fronted=False)
BANANA: Final = Piece("banana", (0.05, 0.16, 0.04), (0.07, 0.2, 0.05), fronted=False)
