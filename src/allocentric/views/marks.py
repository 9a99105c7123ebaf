"""What a proof points at in a plan: gaps, sectors, routes, observers, spots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

Point = Sequence[float] | Float[np.ndarray, " axis"]
"""A place in the scene's world, in scene units; a third number, the height, is not drawn."""


@dataclass(frozen=True, eq=False, slots=True)
class Segment:
    """A measured gap, from a point on one thing to a point on another."""

    start: Point
    end: Point
    text: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Wedge:
    """A sector around `origin`, from one direction counterclockwise to another (0 is the world's x axis).

    `chosen` is the sector that the answer names; the others are drawn faintly. `radius` is in scene units.
    """

    origin: Point
    from_rad: float
    to_rad: float
    radius: float
    text: str = ""
    chosen: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Polyline:
    """A route from its first point to its last, where its arrow is."""

    points: Sequence[Point]
    text: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Observer:
    """Somebody who stands at a place and looks in a direction (0 is the world's x axis)."""

    at: Point
    heading_rad: float
    text: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Spot:
    """One place."""

    at: Point
    text: str = ""


Mark = Segment | Wedge | Polyline | Observer | Spot
