"""How much of each error a perception makes, and the record of one that was made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.seeds import stream

SPREAD: Final = math.sqrt(3.0)
"""An even draw from -a to a has a root mean square of a / SPREAD."""


# The greatest strengths: shares, then what leaves a side above 0 and a heading within half a turn.
_MOST: Final = dict.fromkeys(("relabelled", "missed", "merged", "split"), 1.0) | {
    "center_m": math.inf,
    "size_share": 0.25,
    "yaw_rad": math.pi / SPREAD,
    "scale_share": 0.25,
    "drift_m": math.inf,
    "drift_rad": math.inf,
}

Confusion = Mapping[str, Mapping[str, float]]
"""For each label the weights of those that it is taken for."""

FaultKind = Literal[
    "relabelled", "missed", "merged", "split", "moved", "resized", "turned", "rescaled", "drifted"
]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Noise:
    """How much of each error; every strength is 0 unless it is given.

    Shares, from 0 to 1, of the objects to which it happens, in this order: `relabelled` (called by another
    label: by `confusion`, a row of weights for each label, else by the label whose things are most alike
    in size), `missed` (left out), `merged` (joined with the nearest object that is left, in one box under
    the largest one's name), `split` (cut in two across the longer of its level sides).

    Root mean squares, of errors drawn evenly: `center_m` (along each axis of the world), `size_share` (of
    each side, as a share of it), `yaw_rad` (about the vertical), `scale_share` (of all lengths but those of
    the pictures). `drift_m` and `drift_rad` are of a normal step from each view to the next, in all
    directions together: after n views the error is the root of n times that, for small angles.

    `declared` writes into the scene's bounds what the errors of place, size, heading and scale may be at
    most, and where the list of things may be wrong, that it is complete nowhere: the truth lies within.
    """

    relabelled: float = 0.0
    missed: float = 0.0
    merged: float = 0.0
    split: float = 0.0
    center_m: float = 0.0
    size_share: float = 0.0
    yaw_rad: float = 0.0
    scale_share: float = 0.0
    drift_m: float = 0.0
    drift_rad: float = 0.0
    confusion: Confusion | None = None
    declared: bool = False

    def __post_init__(self) -> None:
        for name, most in _MOST.items():
            value = getattr(self, name)
            if not 0 <= value <= most or value == math.inf:
                what = f"{name} is {value}"
                raise BadInput(what, where="Noise", mend=_range(most))

    @property
    def none(self) -> bool:
        """True where every strength is 0."""
        return not any(getattr(self, name) for name in _MOST)

    @property
    def of_list(self) -> bool:
        """True where the list of things and their names may be wrong."""
        return any((self.relabelled, self.missed, self.merged, self.split))


@dataclass(frozen=True, slots=True)
class Fault:
    """One error that was made: its kind, whose it was (a thing's or a view's name, or the scene's id).

    `became` is the name or names in the noisy scene, or the label it was given; `amount` is how much: metres,
    radians, or a factor along each axis.
    """

    kind: FaultKind
    name: str
    became: tuple[str, ...] = ()
    amount: tuple[float, ...] = ()


def draws_of(seed: int, error: str, name: str) -> np.random.Generator:
    """The random numbers of one error of one thing or view."""
    return stream(seed, "noise", error, name)


def even(draws: np.random.Generator, count: int) -> Float[np.ndarray, " count"]:
    """Even draws about 0 whose root mean square is 1."""
    return draws.uniform(-SPREAD, SPREAD, count)


def _range(most: float) -> str:
    return "give a strength of 0 or more" if most == math.inf else f"give a strength from 0 to {most:.4g}"
