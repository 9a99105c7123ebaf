"""Rays, checked once and cast as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from jaxtyping import Float, Float32

SQUARES: Final = (1e-200, 1e200)  # a squared length within has lost no digits


@dataclass(frozen=True, eq=False, slots=True)
class Rays:
    """Where each ray starts, and which way it goes: unit directions, made of any but 0. Never changes.

    One origin alone, or one direction, serves all rays; origins that are all the same are kept as one.
    `singles` are the directions in single precision. Raises ValueError for a number that is not finite, for a
    direction of length 0, and for unequal counts.

    >>> rays = Rays(np.zeros((1, 3)), np.array([[2.0, 0, 0], [0, 3.0, 4.0]]))
    >>> len(rays), rays.directions.tolist()
    (2, [[1.0, 0.0, 0.0], [0.0, 0.6, 0.8]])
    """

    origins_m: Float[np.ndarray, "origin 3"]
    directions: Float[np.ndarray, "ray 3"]
    singles: Float32[np.ndarray, "ray 3"] = field(init=False)
    origin_bounds_m: Float[np.ndarray, "2 3"] = field(init=False)

    def __post_init__(self) -> None:
        for name, given in (("origins", self.origins_m), ("directions", self.directions)):
            if given.ndim != 2 or given.shape[1] != 3:
                raise ValueError(f"the {name} of rays are (n, 3), not {given.shape}")
        counts = {len(self.origins_m), len(self.directions)} - {1}
        if len(counts) > 1:
            raise ValueError(f"{len(self.origins_m)} origins for {len(self.directions)} directions")
        # Axis by axis in memory: whoever computes with them takes whole axes.
        origins_m = np.array(self.origins_m.T, dtype=np.float64, order="C")
        units = np.empty((3, max(counts, default=1)))
        units[:] = self.directions.T
        bounds_m = np.zeros((2, 3))
        if origins_m.shape[1]:
            bounds_m = np.stack([origins_m.min(axis=1), origins_m.max(axis=1)])
        if not np.isfinite(bounds_m).all():
            row = int(np.isfinite(origins_m).all(axis=0).argmin())
            raise ValueError(f"the origin of ray {row} is not finite: {origins_m[:, row].tolist()}")
        if (bounds_m[0] == bounds_m[1]).all():
            origins_m = bounds_m[:1].T.copy()
        _make_unit(units)
        for name, array in (
            ("origins_m", origins_m.T),
            ("directions", units.T),
            ("singles", units.astype(np.float32).T),
            ("origin_bounds_m", bounds_m),
        ):
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def __len__(self) -> int:
        return len(self.directions)


@dataclass(frozen=True, eq=False, slots=True)
class LocalRays:
    """Some rays about a scene's local origin, axis by axis; `singles` are the units in single precision."""

    origins_m: Float[np.ndarray, "3 #ray"]
    units: Float[np.ndarray, "3 ray"]
    singles: Float32[np.ndarray, "3 ray"]

    def __len__(self) -> int:
        return len(self.units[0])


def _make_unit(directions: Float[np.ndarray, "3 ray"]) -> None:
    """Bring directions to length 1, in place."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        squares = (directions * directions).sum(axis=0)
    least, most = SQUARES
    if not (squares.min(initial=1.0) > least and squares.max(initial=1.0) < most):
        largest = np.abs(directions).max(axis=0)
        if not np.isfinite(largest).all():
            row = int(np.isfinite(largest).argmin())
            raise ValueError(f"the direction of ray {row} is not finite: {directions[:, row].tolist()}")
        if not largest.all():
            raise ValueError(f"ray {int(largest.argmin())} has a direction of length 0")
        directions /= largest
        squares = (directions * directions).sum(axis=0)
    directions /= np.sqrt(squares)
