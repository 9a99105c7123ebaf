"""How two shapes of points, lines and areas lie to each other: one of nine words, and how clearly.

Read off the nine intersections of interior, boundary and exterior (DE-9IM: Egenhofer and Franzosa 1991,
Clementini and others 1993). Whatever the two shapes are, exactly one word holds:

- `disjoint`: no point in common; `touches`: points in common, but no inner ones;
- `equals`; `inside`: within the other, off its boundary; `covered by`: within it, at its boundary somewhere;
  `contains` and `covers` the other way round;
- of those that share inner points and both reach out of the other: `overlaps` where what they share is as
  much as they are (two areas: an area), else `crosses`.

Of a line the boundary is its ends (a closed one has none), of a point there is none.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Topology = Literal[
    "disjoint",
    "touches",
    "crosses",
    "overlaps",
    "inside",
    "covered by",
    "contains",
    "covers",
    "equals",
]
Gap = Callable[[BaseGeometry, BaseGeometry], float]
"""The least distance of two shapes, in whatever unit the caller measures; infinite where one is empty."""

Chart = Callable[[BaseGeometry, BaseGeometry], tuple[BaseGeometry, BaseGeometry]]
"""Two shapes as they lie on one plane."""

CONVERSE: Final[dict[Topology, Topology]] = {
    "disjoint": "disjoint",
    "touches": "touches",
    "crosses": "crosses",
    "overlaps": "overlaps",
    "inside": "contains",
    "covered by": "covers",
    "contains": "inside",
    "covers": "covered by",
    "equals": "equals",
}
"""What the second is to the first, by what the first is to the second."""

_TRIED: Final = 2  # spots at which a depth is measured, those that look deepest
_PARTS: Final = 8  # parts of a common area that are looked into


def plane_gap(first: BaseGeometry, second: BaseGeometry) -> float:
    """The least distance of two shapes on a plane."""
    return math.inf if first.is_empty or second.is_empty else float(first.distance(second))


def _as_they_are(first: BaseGeometry, second: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    return first, second


def topology_of(first: BaseGeometry, second: BaseGeometry) -> Topology:
    """The word for how the first lies to the second, exactly as their coordinates say.

    >>> topology_of(shapely.box(1, 1, 2, 2), shapely.box(0, 0, 4, 4))
    'inside'
    """
    inner, at_border, out, border_in, borders, border_out, other_out, other_border_out, _ = shapely.relate(
        first, second
    )
    if all(each == "F" for each in (inner, at_border, border_in, borders)):
        return "disjoint"
    if inner == "F":
        return "touches"
    within, around = out == border_out == "F", other_out == other_border_out == "F"
    if within and around:
        return "equals"
    if within:
        return "inside" if at_border == borders == "F" else "covered by"
    if around:
        return "contains" if border_in == borders == "F" else "covers"
    dimensions = {shapely.get_dimensions(first), shapely.get_dimensions(second)}
    return "overlaps" if dimensions == {int(inner)} else "crosses"


def topology_within(
    first: BaseGeometry,
    second: BaseGeometry,
    snap: float = 0.0,
    *,
    gap: Gap = plane_gap,
    chart: Chart = _as_they_are,
) -> tuple[Topology, float]:
    """The word, where nothing that is at most `snap` counts, and the least change that makes it another.

    What reaches into, or out of, the other by no more than `snap` does not; borders that are no farther apart
    than that meet. Without a snap what touches, covers or equals is never clear. A change is never told too
    great. `chart` lays the two out on a plane where what meets, meets; `gap` measures.
    """
    return _Pair(first, second, snap, gap, chart(first, second)).told()


@dataclass(frozen=True, eq=False, slots=True)
class _Pair:
    """Two shapes as they are measured, and as they lie on a chart."""

    first: BaseGeometry
    second: BaseGeometry
    snap: float
    gap: Gap
    flat: tuple[BaseGeometry, BaseGeometry]

    def told(self) -> tuple[Topology, float]:
        apart = self.gap(self.first, self.second)
        if apart > self.snap:
            return "disjoint", apart - self.snap
        if self.snap <= 0:
            word = topology_of(*self.flat)
            return word, self._clear(word)
        depth = self._depth()
        if depth <= self.snap:
            return "touches", min(self.snap - apart, self.snap - depth)
        out, other_out = self._reach(0), self._reach(1)
        if max(out, other_out) <= self.snap:
            return "equals", min(depth - self.snap, self.snap - max(out, other_out))
        if min(out, other_out) > self.snap:
            return ("overlaps" if self._alike() else "crosses"), min(depth, out, other_out) - self.snap
        within = out <= self.snap
        inner, outer = (self.first, self.second) if within else (self.second, self.first)
        clear, own = self._off_border(inner, outer), min(depth, max(out, other_out)) - self.snap
        if clear > self.snap:
            return ("inside" if within else "contains"), min(clear - self.snap, own)
        slack = self.snap - max(clear, min(out, other_out))
        return ("covered by" if within else "covers"), min(slack, own)

    def _alike(self) -> bool:
        """Whether what both share, give or take the snap, is as much as they are."""
        dimensions = [shapely.get_dimensions(each) for each in self.flat]
        if dimensions[0] != dimensions[1] or dimensions[0] != 1:
            return bool(dimensions[0] == dimensions[1])
        near = [each for each in _spots(self.flat[0]) if self.gap(each, self.second) <= self.snap]
        return any(self.gap(near[0], each) > 4 * self.snap for each in near[1:])

    def _off_border(self, inner: BaseGeometry, outer: BaseGeometry) -> float:
        return self.gap(inner, shapely.boundary(outer))

    def _clear(self, word: Topology) -> float:
        """How clear a word is that needs no snap."""
        if word in ("touches", "equals", "covers", "covered by"):
            return 0.0
        if max(shapely.get_dimensions(each) for each in self.flat) < 2:
            return self._clear_crossing() if word == "crosses" else 0.0
        if word == "inside":
            return self._off_border(self.first, self.second)
        if word == "contains":
            return self._off_border(self.second, self.first)
        return min(self._depth(), self._reach(0), self._reach(1))

    def _clear_crossing(self) -> float:
        """Two lines that cross once, not at a corner, do so until an end or a corner gets to the other."""
        first, second = self.flat
        met, ends = first.intersection(second), [shapely.boundary(each) for each in (self.first, self.second)]
        if met.geom_type != "Point" or any(each.is_empty for each in ends):
            return 0.0
        corners = shapely.multipoints(np.concatenate([shapely.get_coordinates(each) for each in self.flat]))
        if shapely.distance(met, corners) <= 0:
            return 0.0
        return min(self.gap(ends[0], self.second), self.gap(ends[1], self.first), self.gap(met, corners))

    def _depth(self) -> float:
        """How deep what both share lies in both: how far a spot of it is from both boundaries, at least."""
        first, second = self.flat
        common = first.intersection(second)
        dimensions = [shapely.get_dimensions(each) for each in self.flat]
        if dimensions == [2, 2]:
            areas = [
                each for each in shapely.get_parts(common) if each.geom_type == "Polygon" and each.area > 0
            ]
            largest = sorted(areas, key=lambda each: -each.area)[:_PARTS]
            spots = [shapely.get_point(shapely.maximum_inscribed_circle(each), 0) for each in largest]
        else:
            spots = _spots(common)
            if max(dimensions) < 2:  # what runs beside the other within the snap is on it
                spots += [each for each in _spots(first) if self.gap(each, self.second) <= self.snap]
                spots += [each for each in _spots(second) if self.gap(each, self.first) <= self.snap]
        if not spots:
            return 0.0
        borders = [shapely.boundary(each) for each in (self.first, self.second)]
        deep = _looked(spots, [shapely.boundary(each) for each in self.flat])
        return max(min(self.gap(each, border) for border in borders) for each in deep)

    def _reach(self, number: int) -> float:
        """How far one shape reaches out of the other, at least: 0 where it does not."""
        own, other = self.flat[number], self.flat[1 - number]
        spots = _spots(own.difference(other))
        measured = (self.first, self.second)[1 - number]
        return max((self.gap(each, measured) for each in _looked(spots, [other])), default=0.0)


def _looked(spots: list[BaseGeometry], borders: list[BaseGeometry]) -> list[BaseGeometry]:
    """The few spots that look farthest from all borders on the chart."""
    looks = [min(plane_gap(each, border) for border in borders) for each in spots]
    return [spots[row] for row in sorted(range(len(spots)), key=lambda row: -looks[row])[:_TRIED]]


def _spots(shape: BaseGeometry) -> list[BaseGeometry]:
    """The corners of a shape, the middles of its sides, and a point within each of its areas."""
    spots = list[BaseGeometry]()
    for part in shapely.get_parts(shape):
        rings = shapely.get_parts(shapely.boundary(part)) if part.geom_type == "Polygon" else [part]
        for ring in rings:
            corners = shapely.get_coordinates(ring)
            spots += list(shapely.points(corners)) if len(corners) else []
            if len(corners) > 1:
                spots += list(shapely.points((corners[1:] + corners[:-1]) / 2))
        if part.geom_type == "Polygon" and part.area > 0:
            spots.append(shapely.point_on_surface(part))
    return spots
