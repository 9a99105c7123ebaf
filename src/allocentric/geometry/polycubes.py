"""Figures of unit cubes: turned, mirrored, told apart, and which of their cubes a picture of a corner shows.

A figure is a set of cells of the integer grid. Seen along (-1, -1, -1), the isometric picture, places that
differ by a multiple of (1, 1, 1) coincide.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations, product
from typing import Final

import numpy as np

Cell = tuple[int, int, int]
Figure = frozenset[Cell]
Turn = tuple[tuple[int, int, int], ...]

STEPS: Final[tuple[Cell, ...]] = ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))


def _turns() -> tuple[Turn, ...]:
    signed: Iterable[Turn] = (
        tuple((sign * (axis == 0), sign * (axis == 1), sign * (axis == 2)) for axis, sign in zip(axes, signs))
        for axes in permutations(range(3))
        for signs in product((1, -1), repeat=3)
    )
    return tuple(each for each in signed if round(float(np.linalg.det(each))) == 1)


TURNS: Final[tuple[Turn, ...]] = _turns()
"""The 24 rotations of a cube onto itself, as matrices of whole numbers."""


def turned(figure: Iterable[Cell], turn: Turn) -> Figure:
    """The figure after a rotation about the origin."""
    return frozenset(
        (
            turn[0][0] * x + turn[0][1] * y + turn[0][2] * z,
            turn[1][0] * x + turn[1][1] * y + turn[1][2] * z,
            turn[2][0] * x + turn[2][1] * y + turn[2][2] * z,
        )
        for x, y, z in figure
    )


def settled(figure: Iterable[Cell]) -> Figure:
    """The figure moved so that its lowest coordinate along each axis is 0.

    >>> sorted(settled({(4, -1, 2), (5, -1, 2)}))
    [(0, 0, 0), (1, 0, 0)]
    """
    held = list(figure)
    low = [min(each[axis] for each in held) for axis in range(3)]
    return frozenset((x - low[0], y - low[1], z - low[2]) for x, y, z in held)


def mirrored(figure: Iterable[Cell]) -> Figure:
    """The figure in a mirror."""
    return settled((-x, y, z) for x, y, z in figure)


def canonical(figure: Iterable[Cell]) -> tuple[Cell, ...]:
    """One and the same for all figures that are turns of each other, and for no others."""
    held = frozenset(figure)
    return min(tuple(sorted(settled(turned(held, each)))) for each in TURNS)


def same(figure: Iterable[Cell], other: Iterable[Cell]) -> bool:
    """Whether one can be turned and moved to lie where the other does; a mirror is no turn.

    >>> same({(0, 0, 0), (1, 0, 0)}, {(3, 3, 3), (3, 3, 4)})
    True
    """
    return canonical(figure) == canonical(other)


def turn_onto(figure: Iterable[Cell], other: Iterable[Cell]) -> Turn | None:
    """The first of the 24 turns after which a figure, moved, lies where another does; None without one."""
    held, there = frozenset(figure), settled(other)
    return next((each for each in TURNS if settled(turned(held, each)) == there), None)


def chiral(figure: Iterable[Cell]) -> bool:
    """Whether no turn makes the figure its own mirror image."""
    held = frozenset(figure)
    return not same(held, mirrored(held))


def connected(figure: Iterable[Cell]) -> bool:
    """Whether the cubes hang together by whole faces."""
    left = set(figure)
    if not left:
        return False
    front = [left.pop()]
    while front:
        near = {each for each in neighbours(front.pop()) if each in left}
        left -= near
        front += near
    return not left


def neighbours(cell: Cell) -> tuple[Cell, ...]:
    """The six cells that share a face with one."""
    x, y, z = cell
    return tuple((x + dx, y + dy, z + dz) for dx, dy, dz in STEPS)


def shown(figure: Iterable[Cell]) -> dict[Cell, int]:
    """How much the isometric picture shows of each cube: of its six half faces, how many nothing covers.

    >>> shown({(0, 0, 0), (1, 1, 1)})[(0, 0, 0)]
    0
    """
    held = sorted(figure, key=lambda each: (sum(each), each))
    owner = {half: cell for cell in held for half in _halves(cell)}
    count = dict.fromkeys(held, 0)
    for cell in owner.values():
        count[cell] += 1
    return count


def _halves(cell: Cell) -> tuple[tuple[int, int], ...]:
    """The six triangles of the picture's grid that a cube covers: their middles, three times as large."""
    u, v = 3 * (cell[0] - cell[2]), 3 * (cell[1] - cell[2])
    return tuple((u + du, v + dv) for du, dv in ((2, 1), (1, 2), (-1, 1), (-2, -1), (-1, -2), (1, -1)))
