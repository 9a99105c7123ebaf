"""How scored rows become numbers: a tree of shares, so that every node has a value and an interval."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from allocentric.answers.scored import Scored

Rows = Sequence[Scored]
Weights = Float[np.ndarray, "draw row"]


@dataclass(frozen=True, eq=False, slots=True)
class Share:
    """A leaf: the sum of `top` by the sum of `bottom` over rows; a mean where `bottom` is 1 for each row.

    Rows that do not count have 0 in both.
    """

    name: str
    top: Float[np.ndarray, " row"]
    bottom: Float[np.ndarray, " row"]

    def values(self, weights: Weights) -> Float[np.ndarray, " draw"]:
        """Its value for each way of weighting the rows; NaN where no row counts."""
        below = weights @ self.bottom
        return _quotient(weights @ self.top, below)


@dataclass(frozen=True, eq=False, slots=True)
class Blend:
    """A node: the weighted mean of its parts; those without a value are left out, with their weights."""

    name: str
    parts: tuple[Share | Blend, ...]
    part_weights: tuple[float, ...] | None = None

    def values(self, weights: Weights) -> Float[np.ndarray, " draw"]:
        """Its value for each way of weighting the rows; NaN where no part has one."""
        if not self.parts:
            return np.full(len(weights), np.nan)
        parts = np.stack([part.values(weights) for part in self.parts])
        given = np.ones(len(parts)) if self.part_weights is None else np.array(self.part_weights)
        there = np.where(np.isnan(parts), 0.0, given[:, None])
        below = there.sum(axis=0)
        return _quotient((np.nan_to_num(parts) * there).sum(axis=0), below)


Tree = Share | Blend


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregation:
    """A named way from rows to numbers.

    `rows` first makes the rows that count out of those scored (a product over flips, a vote); `tree` then
    says how they are averaged. Its root is the overall number, its nodes are the parts.
    """

    name: str
    version: str = "1"
    about: str
    source: str
    tree: Callable[[Rows], Tree]
    rows: Callable[[Rows], Rows] = tuple


def share(name: str, rows: Rows, types: Collection[str] | None = None) -> Share:
    """The mean score of all rows, or of those of some types; rows without a score are left out of it."""
    held = np.array(
        [row.score is not None and (types is None or row.type in types) for row in rows], dtype=float
    )
    top = np.array([row.score or 0.0 for row in rows], dtype=float)
    return Share(name, top * held, held)


def by_type(rows: Rows) -> tuple[Share, ...]:
    """The mean of each type, in alphabetical order."""
    return tuple(share(name, rows, types=(name,)) for name in sorted({row.type for row in rows}))


def _quotient(above: Float[np.ndarray, " draw"], below: Float[np.ndarray, " draw"]) -> np.ndarray:
    """The one by the other; NaN where the other is 0."""
    quotient: np.ndarray = np.divide(above, below, out=np.full(len(below), np.nan), where=below != 0)
    return quotient
