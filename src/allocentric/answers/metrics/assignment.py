"""Pairing two sets one to one so that the sum of their likenesses is greatest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int


def best_pairs(likeness: Float[np.ndarray, "given right"]) -> list[tuple[int, int]]:
    """Rows and columns paired so that the sum is greatest: as many pairs as the smaller side has members.

    Shortest augmenting paths (Kuhn, Munkres; Jonker and Volgenant 1987): the smaller side squared, times
    the larger.

    >>> best_pairs(np.array([[0.9, 0.8], [0.8, 0.1]]))
    [(0, 1), (1, 0)]
    """
    if likeness.shape[0] > likeness.shape[1]:
        return sorted((row, column) for column, row in best_pairs(likeness.T))
    rows, columns = likeness.shape
    pairing = _Pairing(np.zeros(rows), np.zeros(columns), np.full(columns, -1))
    for start in range(rows):
        _augment(-likeness, start, pairing)
    taken_by = pairing.taken_by
    return [(int(taken_by[column]), int(column)) for column in np.argsort(taken_by) if taken_by[column] >= 0]


@dataclass(frozen=True, eq=False, slots=True)
class _Pairing:
    """Prices of rows and columns, after which no pair costs less than nothing, and which row has a column."""

    of_row: Float[np.ndarray, " row"]
    of_column: Float[np.ndarray, " column"]
    taken_by: Int[np.ndarray, " column"]


def _augment(costs: Float[np.ndarray, "row column"], start: int, pairing: _Pairing) -> None:
    """Find a column for one more row along the cheapest path of exchanges; the pairing is updated."""
    of_row, of_column, taken_by = pairing.of_row, pairing.of_column, pairing.taken_by
    columns = costs.shape[1]
    cheapest, before = np.full(columns, np.inf), np.full(columns, -1)
    done, row, last, reached = np.zeros(columns, dtype=bool), start, -1, 0.0
    while True:
        step = reached + costs[row] - of_row[row] - of_column
        better = ~done & (step < cheapest)
        cheapest[better], before[better] = step[better], last
        last = int(np.argmin(np.where(done, np.inf, cheapest)))
        done[last], reached = True, float(cheapest[last])
        if taken_by[last] < 0:
            break
        row = int(taken_by[last])
    passed = np.flatnonzero(done)
    of_row[start] += reached
    for column in passed[passed != last]:
        of_row[taken_by[column]] += reached - cheapest[column]
    of_column[passed] -= reached - cheapest[passed]
    while last >= 0:
        previous = int(before[last])
        taken_by[last] = taken_by[previous] if previous >= 0 else start
        last = previous
