"""Walls with their doors and windows: thin boxes, split around each opening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import shapely
from shapely.geometry import Polygon

from allocentric.scene.scene import Footprint, Thing

HEIGHT_M: Final = 2.5
INNER_M: Final = 0.12  # thickness of a wall between two rooms
OUTER_M: Final = 0.2
DOOR_M: Final = 0.86  # clear width of a doorway
DOOR_HEIGHT_M: Final = 2.05
LEAF_M: Final = 0.04
CORNER_M: Final = 0.12  # least wall left between an opening and a corner; an open leaf stands there
LANDING_M: Final = 0.9  # kept free on either side of a doorway

Axis = Literal[0, 1]
Filling = Literal["open door", "shut door", "window"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A gap in a wall, from `low` to `high` along it."""

    low: float
    high: float
    filling: Filling


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall whose middle plane is x = `at` (`axis` 0) or y = `at` (1), from `low` to `high` along it."""

    axis: Axis
    at: float
    low: float
    high: float
    thickness: float = INNER_M
    openings: tuple[Opening, ...] = ()

    @property
    def faces(self) -> tuple[float, float]:
        """Where its two faces lie, across it."""
        return self.at - self.thickness / 2, self.at + self.thickness / 2

    def area(self, along: tuple[float, float], across: tuple[float, float]) -> Polygon:
        """The rectangle on the floor from place to place along and across the wall."""
        first, second = (across, along) if self.axis == 0 else (along, across)
        return shapely.box(first[0], second[0], first[1], second[1])

    def landing(self, opening: Opening, side: int) -> Polygon:
        """The floor before an opening, on the side below (0) or above (1) the wall's plane."""
        face, out = self.faces[side], 2 * side - 1
        return self.area((opening.low - 0.1, opening.high + 0.1), _sorted(face, face + out * LANDING_M))

    def threshold(self, opening: Opening) -> Polygon:
        """The floor within an opening."""
        return self.area((opening.low, opening.high), self.faces)

    def leaf(self, opening: Opening, side: int, hinge: int) -> Thing:
        """An opening's door, open at a right angle on one side, hinged at the low (0) or high (1) end."""
        face, out = self.faces[side] + (2 * side - 1) * 0.01, 2 * side - 1
        across = _sorted(face, face + out * (opening.high - opening.low - 0.02))
        end = opening.high + 0.01 if hinge else opening.low - 0.01 - LEAF_M
        return self.box("door", (end, end + LEAF_M), across, up=(0.0, DOOR_HEIGHT_M))

    def box(
        self, label: str, along: tuple[float, float], across: tuple[float, float], *, up: tuple[float, float]
    ) -> Thing:
        """A box that runs with the wall."""
        low_high = (across, along, up) if self.axis == 0 else (along, across, up)
        return Thing(
            label=label,
            kind="structure",
            center=[(low + high) / 2 for low, high in low_high],
            size=[high - low for low, high in low_high],
        )

    def things(self) -> list[Thing]:
        """The wall split around its openings, and what fills them; open doors stand elsewhere, as leaves."""
        made, start = list[Thing](), self.low
        for opening in sorted(self.openings, key=lambda each: each.low):
            made.append(self.box("wall", (start, opening.low), self.faces, up=(0.0, HEIGHT_M)))
            made += self._filled(opening)
            start = opening.high
        return [*made, self.box("wall", (start, self.high), self.faces, up=(0.0, HEIGHT_M))]

    def _filled(self, opening: Opening) -> list[Thing]:
        along = (opening.low, opening.high)
        sill_m, head_m = (0.9, 2.1) if opening.filling == "window" else (0.0, DOOR_HEIGHT_M)
        made = [self.box("wall", along, self.faces, up=(head_m, HEIGHT_M))]
        if sill_m:
            made.append(self.box("wall", along, self.faces, up=(0.0, sill_m)))
        if opening.filling != "open door":
            label = "window" if opening.filling == "window" else "door"
            middle = (self.at - LEAF_M / 2, self.at + LEAF_M / 2)
            made.append(self.box(label, along, middle, up=(sill_m, head_m)))
        return made


def _sorted(first: float, second: float) -> tuple[float, float]:
    return (first, second) if first < second else (second, first)


def outer_walls(width_m: float, depth_m: float) -> tuple[Wall, Wall, Wall, Wall]:
    """The walls around the rectangle from (0, 0) to (width, depth): west, south, east, north."""
    half, whole = OUTER_M / 2, OUTER_M
    return (
        Wall(0, -half, 0.0, depth_m, whole),
        Wall(1, -half, -whole, width_m + whole, whole),
        Wall(0, width_m + half, 0.0, depth_m, whole),
        Wall(1, depth_m + half, -whole, width_m + whole, whole),
    )


def room_region(label: str, low: tuple[float, float], high: tuple[float, float]) -> Thing:
    """A room as a region, from its floor to the ceiling."""
    return Thing(
        label=label,
        kind="region",
        center=((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, HEIGHT_M / 2),
        size=(high[0] - low[0], high[1] - low[1], HEIGHT_M),
        shape=Footprint(shapely.box(*low, *high), 0.0, HEIGHT_M),
    )
