"""Where the world lies on the paper: x to the right and y up, as on a map."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry import LineString, Polygon

from allocentric.views.ink import Box, Pixel
from allocentric.views.marks import Point

Floats = Float[np.ndarray, "point 2"]

WIDEST: Final = 920.0  # pixels that the world may take, across and down
HIGHEST: Final = 1000.0
MARGIN: Final = 40.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of the world, from `low` to `high`, on paper `width` pixels wide from `top` down."""

    low: tuple[float, float]
    high: tuple[float, float]
    scale: float  # pixels a scene unit
    left: float
    top: float

    def at(self, point: Point) -> Pixel:
        """Where a place of the world is drawn."""
        x = self.left + (float(point[0]) - self.low[0]) * self.scale
        y = self.top + (self.high[1] - float(point[1])) * self.scale
        return x, y

    def ring(self, points: Iterable[Point]) -> tuple[Pixel, ...]:
        """Where the corners of an outline are drawn."""
        return tuple(self.at(each) for each in points)

    def rings(self, polygon: Polygon) -> tuple[tuple[Pixel, ...], ...]:
        """Where a polygon is drawn: its outline, then its holes."""
        lines = [polygon.exterior, *polygon.interiors]
        return tuple(self.ring([(x, y) for x, y, *_ in each.coords[:-1]]) for each in lines)

    @property
    def outline(self) -> Polygon:
        """All of the world that is on the paper."""
        edge = MARGIN * 0.4 / self.scale
        return shapely.box(self.low[0] - edge, self.low[1] - edge, self.high[0] + edge, self.high[1] + edge)

    @property
    def box(self) -> Box:
        """What the sheet takes of the paper, its margin included."""
        right = self.left + (self.high[0] - self.low[0]) * self.scale + MARGIN
        bottom = self.top + (self.high[1] - self.low[1]) * self.scale + MARGIN
        return self.left - MARGIN, self.top - MARGIN, right, bottom


def sheet_around(points: Floats, *, least_width: float) -> Sheet:
    """The sheet that shows all these places, as large as the paper allows; without places, a strip."""
    shown = points if len(points) else np.array([[0.0, 0.0], [4.0, 1.0]])
    low, high = shown.min(0), shown.max(0)
    span = high - low
    least = max(float(span.max()) * 0.05, 1e-9) if span.max() > 0 else 1.0
    grow = np.maximum(least - span, 0) / 2
    low, high = low - grow, high + grow
    scale = min(WIDEST / float(high[0] - low[0]), HIGHEST / float(high[1] - low[1]))
    width = float(high[0] - low[0]) * scale + 2 * MARGIN
    left = MARGIN + max(0.0, least_width - width) / 2
    return Sheet(
        (float(low[0]), float(low[1])), (float(high[0]), float(high[1])), scale, left=left, top=MARGIN
    )


def box_around(ring: Sequence[Pixel]) -> Box:
    """The upright box around some pixels."""
    xs, ys = zip(*ring)
    return min(xs), min(ys), max(xs), max(ys)


def polar(origin: Point, angle_rad: float, radius: float) -> tuple[float, float]:
    """The place so far from `origin` in a direction of the world."""
    return (
        float(origin[0]) + radius * math.cos(angle_rad),
        float(origin[1]) + radius * math.sin(angle_rad),
    )


def dotted(points: Sequence[Pixel]) -> Float[np.ndarray, "point 2"]:
    """Pixels along a line, six apart."""
    line = LineString(points) if len(points) > 1 else LineString([points[0], points[0]])
    shares = np.linspace(0.0, 1.0, max(2, math.ceil(line.length / 6)))
    dots: Float[np.ndarray, "point 2"]
    dots = shapely.get_coordinates(shapely.line_interpolate_point(line, shares, normalized=True))
    return dots
