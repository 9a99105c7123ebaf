"""A sheet of paper: folded several times, punched through, and unfolded again.

A fold brings one point onto another: the crease is the line halfway between them, and what lies on the side
of the first is turned over onto the other. Unfolding goes back through the creases in reverse order; a hole
comes back to wherever paper was that the fold laid over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import shapely
from shapely.affinity import affine_transform
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.errors import BadInput

Spot = tuple[float, float]
Fold = tuple[Spot, Spot]  # what is brought, and where to
FAR: Final = 1e4
NEAR: Final = 1e-9


def reflected(spot: Spot, fold: Fold) -> Spot:
    """A point on the other side of a fold's crease.

    >>> reflected((1.0, 3.0), ((0.0, 0.0), (4.0, 0.0)))
    (3.0, 3.0)
    """
    (ax, ay), (bx, by) = fold
    nx, ny = bx - ax, by - ay
    shift = 2 * before(spot, fold) / (nx * nx + ny * ny)
    return spot[0] - shift * nx, spot[1] - shift * ny


def before(spot: Spot, fold: Fold) -> float:
    """Below 0 on the side that the fold turns over, 0 on its crease, above 0 on the side that stays."""
    (ax, ay), (bx, by) = fold
    return (spot[0] - (ax + bx) / 2) * (bx - ax) + (spot[1] - (ay + by) / 2) * (by - ay)


def folded(spot: Spot, folds: Sequence[Fold]) -> Spot:
    """Where a point of the sheet lies after the folds, in order."""
    for each in folds:
        spot = reflected(spot, each) if before(spot, each) < 0 else spot
    return spot


def outlines(sheet: BaseGeometry, folds: Sequence[Fold]) -> tuple[BaseGeometry, ...]:
    """What the paper covers before the first fold, and after each; raises BadInput for a fold beside it."""
    held = [sheet]
    for number, fold in enumerate(folds, 1):
        stays, turns = (held[-1].intersection(each) for each in _sides(fold))
        if min(stays.area, turns.area) <= NEAR:
            what = f"the crease of fold {number} does not cross the paper as it lies then"
            raise BadInput(what, where=f"fold {number}", mend="fold where the paper is")
        held.append(shapely.union_all([stays, affine_transform(turns, _reflection(fold))]))
    return tuple(held)


def unfolded(sheet: BaseGeometry, folds: Sequence[Fold], holes: Sequence[Spot]) -> frozenset[Spot]:
    """Where the holes punched through all layers of the folded sheet are when it is flat again.

    >>> from shapely.geometry import box
    >>> sorted(unfolded(box(0, 0, 8, 8), [((0.0, 0.0), (8.0, 0.0))], [(7.0, 1.0)]))
    [(1.0, 1.0), (7.0, 1.0)]
    """
    lay = outlines(sheet, folds)
    spots = {each for each in holes if _covers(lay[-1], each)}
    for fold, paper in zip(reversed(folds), reversed(lay[:-1])):
        spots = {each for each in spots if _covers(paper, each)} | {
            other for each in spots if _covers(paper, other := reflected(each, fold))
        }
    return frozenset(spots)


def _covers(paper: BaseGeometry, spot: Spot) -> bool:
    return bool(paper.covers(Point(spot)))


def _sides(fold: Fold) -> tuple[Polygon, Polygon]:
    """The half planes that stay and that are turned over, as far as any sheet reaches."""
    (ax, ay), (bx, by) = fold
    mx, my, nx, ny = (ax + bx) / 2, (ay + by) / 2, bx - ax, by - ay
    edge = [(mx - FAR * ny, my + FAR * nx), (mx + FAR * ny, my - FAR * nx)]
    stays = [(x + FAR * nx, y + FAR * ny) for x, y in reversed(edge)]
    turns = [(x - FAR * nx, y - FAR * ny) for x, y in reversed(edge)]
    return Polygon([*edge, *stays]), Polygon([*edge, *turns])


def _reflection(fold: Fold) -> list[float]:
    """The reflection through the crease, as shapely takes it."""
    zero, one, up = (reflected(each, fold) for each in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)))
    return [one[0] - zero[0], up[0] - zero[0], one[1] - zero[1], up[1] - zero[1], *zero]
