"""Which of the things that were merged are surely several: parts of one thing must not be counted twice.

What views show of one thing from two sides may have no surface in common. Two such parts are of one label,
no view shows both, and each lies where the other may reach. They may also be two things: what is known is
that one is there. The part that is seen best stands for it, with its own bounds, which hold in either case.
What no view shows beside a thing and lies on its surface may be that thing, whatever it was called.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from jaxtyping import Bool, Float

from allocentric.perception.merging import Seen
from allocentric.scene.labels import canonical

WITHIN_M: Final = 0.02
CELL_M: Final = 0.05  # what is in the next cell lies on the same surface
FAIR_SHARE: Final = 0.5  # of what is seen of a thing, on the surface of another
MOST_OUTSIDE: Final = 0.05  # share of points that may lie beyond what the other may reach
BUILT: Final = frozenset({"wall", "floor", "ceiling"})
"""What is of many pieces in a row: they are counted as they are seen."""

Pairs = Bool[np.ndarray, "thing thing"]


def may_be_one(things: Sequence[Seen]) -> Pairs:
    """Entry [a, b]: whether a and b are called the same, and no view shows both apart."""
    names = np.array([canonical(each.label) for each in things])
    alike: Pairs = (names[:, None] == names[None]) & never_together(things)
    return alike


def never_together(things: Sequence[Seen]) -> Pairs:
    """Entry [a, b]: whether no view shows both a and b."""
    views = sorted({view for each in things for view in each.views})
    row_of = {view: row for row, view in enumerate(views)}
    shown = np.zeros((len(things), len(views)), dtype=np.float32)
    for row, each in enumerate(things):
        shown[row, [row_of[view] for view in each.views]] = 1
    apart: Pairs = (shown @ shown.T) == 0
    return apart


def surely_apart(
    things: Sequence[Seen],
    outward: Float[np.ndarray, "thing end 3"],
    most_m: Float[np.ndarray, "thing end"],
    *,
    slacks_rad: Float[np.ndarray, " thing"],
) -> list[int]:
    """The rows of things of which no two can be one, those with the most pixels first to be kept.

    A thing reaches at most to `most_m` along each of its `outward` directions, whose heading is off by up to
    `slacks_rad`.
    """
    alike, unseen = may_be_one(things), never_together(things)
    points_m = [each.points_m() for each in things]

    def reaches(row: int, other: int) -> bool:
        """Whether all that is seen of the other lies where this one may reach."""
        middle_m = points_m[row].mean(axis=0)
        off_m = np.linalg.norm(points_m[other][:, :2] - middle_m[:2], axis=1)
        loose_m = WITHIN_M + off_m * math.sin(min(float(slacks_rad[row]), math.pi / 4))
        beyond = points_m[other] @ outward[row].T > most_m[row] + loose_m[:, None]
        return bool(beyond.any(axis=1).mean() <= MOST_OUTSIDE)

    def one(row: int, other: int) -> bool:
        if alike[row, other]:
            return reaches(row, other) and reaches(other, row)
        return bool(unseen[row, other]) and _share_on(points_m[row], points_m[other]) >= FAIR_SHARE

    pixels = [sum(part.pixels for part in each.detections) for each in things]
    kept = list[int]()
    for row in sorted(range(len(things)), key=lambda each: (-pixels[each], each)):
        if things[row].label in BUILT or not any(one(row, other) for other in kept):
            kept.append(row)
    return sorted(kept)


def _share_on(points_m: Float[np.ndarray, "point 3"], surface_m: Float[np.ndarray, "of_surface 3"]) -> float:
    """The share of points that lie on a surface of which points are given."""
    low_m, high_m = surface_m.min(axis=0) - CELL_M, surface_m.max(axis=0) + CELL_M
    near = points_m[((points_m >= low_m) & (points_m <= high_m)).all(axis=1)]
    if len(near) < FAIR_SHARE * len(points_m):
        return 0.0
    size = np.ceil((high_m - low_m) / CELL_M).astype(int) + 2
    filled = np.zeros(size, dtype=bool)
    filled[tuple(((surface_m - low_m) / CELL_M).astype(int).T)] = True
    for axis in range(3):
        filled |= np.roll(filled, 1, axis) | np.roll(filled, -1, axis)
    return float(filled[tuple(((near - low_m) / CELL_M).astype(int).T)].sum() / len(points_m))
