"""Nets of a cube: which figures of six squares fold into one, and how its faces then lie.

A net is seen from the side that will be outside; squares are cells of the integer grid, x right, y up.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

Square = tuple[int, int]
Axis = tuple[int, int, int]
AROUND: Final[tuple[Square, ...]] = ((1, 0), (0, 1), (-1, 0), (0, -1))


class Side(NamedTuple):
    """Where a square comes to lie: its outward normal, and where its right and its upper edge point."""

    out: Axis
    right: Axis
    up: Axis


def folded(squares: Iterable[Square]) -> dict[Square, Side] | None:
    """How each square lies when the net is folded, the first (lowest, then leftmost) on top.

    None where they do not hang together by edges, or two would be one face, so that they are no net.
    """
    left = sorted(set(squares), key=lambda each: (each[1], each[0]))
    if not left:
        return None
    laid = {left[0]: Side((0, 0, 1), (1, 0, 0), (0, 1, 0))}
    front = [left[0]]
    while front:
        at = front.pop()
        for step in AROUND:
            beside = (at[0] + step[0], at[1] + step[1])
            if beside in left and beside not in laid:
                laid[beside] = _over(laid[at], step)
                front.append(beside)
    faces = {each.out for each in laid.values()}
    return laid if len(left) == len(laid) == len(faces) == 6 else None


def _over(side: Side, step: Square) -> Side:
    """The next square over an edge, bent back by a right angle."""
    out, right, up = side
    match step:
        case (1, 0):
            return Side(right, _minus(out), up)
        case (-1, 0):
            return Side(_minus(right), out, up)
        case (0, 1):
            return Side(up, right, _minus(out))
        case _:
            return Side(_minus(up), right, out)


def _minus(axis: Axis) -> Axis:
    return -axis[0], -axis[1], -axis[2]


def opposite(squares: Iterable[Square], square: Square) -> Square | None:
    """The square that comes to lie opposite to one; None where the squares are no net.

    >>> opposite([(0, 0), (1, 0), (2, 0), (3, 0), (1, 1), (1, -1)], (0, 0))
    (2, 0)
    """
    laid = folded(squares)
    if laid is None:
        return None
    return next(each for each, side in laid.items() if side.out == _minus(laid[square].out))


def meet_so(squares: Iterable[Square], seen: tuple[Square, Square, Square]) -> bool:
    """Whether the folded cube can be held so that these faces are seen on the left, the right and on top."""
    laid = folded(squares)
    if laid is None:
        return False
    a, b, c = (laid[each].out for each in seen)
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return cross == c


def shapes(squares: Iterable[Square]) -> tuple[tuple[Square, ...], ...]:
    """The squares in all eight positions, turned and flipped, each moved into the corner."""
    made = []
    held = list(squares)
    for flip in (1, -1):
        for quarter in range(4):
            moved = [(flip * x, y) for x, y in held]
            for _ in range(quarter):
                moved = [(-y, x) for x, y in moved]
            low_x, low_y = min(x for x, _ in moved), min(y for _, y in moved)
            made.append(tuple(sorted((x - low_x, y - low_y) for x, y in moved)))
    return tuple(made)


@cache
def hexominoes() -> tuple[tuple[Square, ...], ...]:
    """All 35 figures of six squares that hang together by edges, turns and flips counted once."""
    found: set[tuple[Square, ...]] = {((0, 0),)}
    for _ in range(5):
        found = {
            min(shapes([*figure, (x + dx, y + dy)]))
            for figure in found
            for x, y in figure
            for dx, dy in AROUND
            if (x + dx, y + dy) not in figure
        }
    return tuple(sorted(found))


@cache
def nets() -> tuple[tuple[Square, ...], ...]:
    """The eleven nets of a cube.

    >>> len(nets())
    11
    """
    return tuple(each for each in hexominoes() if folded(each) is not None)
