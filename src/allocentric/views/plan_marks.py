"""Marks as ink: what each draws under the things and over them, and the words that it wants."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
import shapely.ops
from jaxtyping import Float
from shapely.geometry import LineString, Polygon

from allocentric.views.colours import (
    CHOSEN,
    CHOSEN_WORDS,
    GAP,
    INK,
    OTHER,
    ROUTE,
    SOMEBODY,
    WHITE,
    seen_through,
)
from allocentric.views.ink import Area, Box, Colour, Disc, Item, Line, Pixel
from allocentric.views.labels import Wanted
from allocentric.views.marks import Mark, Observer, Point, Polyline, Segment, Spot, Wedge
from allocentric.views.sheet import Sheet, dotted, polar

WORDS: Final = 15.0  # size of a mark's words
ARROW: Final = 48.0  # length of the arrow of somebody who looks somewhere
TOUCHING: Final = 3.0  # pixels; ends of a gap that are closer than this are one place


def places_of(mark: Mark) -> list[Point]:
    """The places that must be on the paper for a mark to be seen."""
    match mark:
        case Segment(start, end):
            return [start, end]
        case Polyline(points):
            return list(points)
        case Wedge(origin):
            return [origin]
        case Observer(at) | Spot(at):
            return [at]


def reach_of(mark: Mark, most: float) -> Float[np.ndarray, "point 2"]:
    """Corners around what should be seen of a mark beside its places: of a sector, no more than `most`."""
    if not isinstance(mark, Wedge):
        return np.zeros((0, 2))
    reach = min(mark.radius, most)
    return np.array([[sign * reach + float(each) for each in mark.origin[:2]] for sign in (-1, 1)])


def under(mark: Mark, sheet: Sheet) -> list[Item]:
    """What is drawn below the things: the sectors."""
    if not isinstance(mark, Wedge):
        return []
    fill = seen_through(CHOSEN, 0.24) if mark.chosen else seen_through(OTHER, 0.07)
    return [Area(sheet.rings(each), fill) for each in _sector(mark, sheet)]


def over(mark: Mark, sheet: Sheet) -> list[Item]:
    """What is drawn above the things; of the chosen sector a little of its colour too."""
    match mark:
        case Segment(start, end):
            return _gap(sheet.at(start), sheet.at(end))
        case Polyline(points):
            return _route([sheet.at(each) for each in points])
        case Wedge(chosen=chosen):
            if not chosen:
                return [Line(each, OTHER, 1.2, 5.0) for each in _rims(mark, sheet)]
            glow = [Area(sheet.rings(each), seen_through(CHOSEN, 0.10)) for each in _sector(mark, sheet)]
            return [*glow, *(Line(each, CHOSEN, 2.5) for each in _rims(mark, sheet))]
        case Observer(at, heading_rad):
            return _somebody(sheet.at(at), heading_rad)
        case Spot(at):
            return [Disc(sheet.at(at), 7.0, WHITE, WHITE, 2.0), Disc(sheet.at(at), 4.5, WHITE, INK, 3.5)]


def words_of(mark: Mark, sheet: Sheet) -> Wanted | None:
    """The label that a mark wants, and where; None where it has no words."""
    if not mark.text:
        return None
    match mark:
        case Segment(start, end):
            return _plated(mark.text, GAP, _along([sheet.at(start), sheet.at(end)], 5.0))
        case Polyline(points):
            return _plated(mark.text, ROUTE, _along([sheet.at(each) for each in points], 6.0))
        case Observer(at, heading_rad):
            # A little behind them, where their arrow is not.
            x, y = sheet.at(at)
            behind = (x - 8 * math.cos(heading_rad), y + 8 * math.sin(heading_rad))
            return _plated(mark.text, SOMEBODY, [_around(behind, 18.0)])
        case Spot(at):
            return _plated(mark.text, INK, [_around(sheet.at(at), 10.0)])
        case Wedge(chosen=chosen):
            size, colour = (18.0, WHITE) if chosen else (WORDS, OTHER)
            plate = CHOSEN_WORDS if chosen else seen_through(WHITE, 0.85)
            return Wanted(mark.text, size, colour, tuple(_middles(mark, sheet)), must=True, plate=plate)


def strokes_of(mark: Mark, sheet: Sheet) -> Float[np.ndarray, "point 2"]:
    """Pixels along what a mark draws, for labels to keep off."""
    match mark:
        case Segment(start, end):
            return dotted([sheet.at(start), sheet.at(end)])
        case Polyline(points):
            return dotted([sheet.at(each) for each in points])
        case Observer(at, heading_rad):
            x, y = sheet.at(at)
            head = [
                (x + reach * math.cos(heading_rad + turn), y - reach * math.sin(heading_rad + turn))
                for reach in (ARROW + 4, ARROW - 8, ARROW - 18)
                for turn in (0.0, 0.25, -0.25)
            ]
            body = [(x + 15 * math.cos(each), y + 15 * math.sin(each)) for each in range(6)]
            return np.array([*head, *body])
        case Spot(at):
            return np.array([sheet.at(at)])
        case Wedge(chosen=chosen):
            lines = [dotted(each)[:: 2 if chosen else 4] for each in _rims(mark, sheet)]
            return np.concatenate([np.zeros((0, 2)), *lines])


def _whole(wedge: Wedge) -> Polygon:
    """A sector as a polygon of the world; a whole turn is a disc."""
    turn = _turn(wedge)
    steps = max(2, math.ceil(turn / 0.03))
    rim = [
        polar(wedge.origin, wedge.from_rad + turn * step / steps, wedge.radius) for step in range(steps + 1)
    ]
    centre = [] if turn >= 2 * math.pi - 1e-9 else [polar(wedge.origin, 0.0, 0.0)]
    return Polygon([*centre, *rim])


def _turn(wedge: Wedge) -> float:
    """How far a sector goes around, above 0 and at most a whole turn."""
    return (wedge.to_rad - wedge.from_rad) % (2 * math.pi) or 2 * math.pi


def _sector(wedge: Wedge, sheet: Sheet) -> list[Polygon]:
    """The part of a sector that is on the paper."""
    kept = shapely.intersection(_whole(wedge), sheet.outline)
    return [each for each in shapely.get_parts(kept) if isinstance(each, Polygon)]


def _rims(wedge: Wedge, sheet: Sheet) -> list[tuple[Pixel, ...]]:
    """The part of a sector's border that is on the paper."""
    kept = shapely.line_merge(shapely.intersection(_whole(wedge).exterior, sheet.outline))
    lines = [each for each in shapely.get_parts(kept) if isinstance(each, LineString)]
    return [sheet.ring(shapely.get_coordinates(each)) for each in lines]


def _middles(wedge: Wedge, sheet: Sheet) -> list[Pixel]:
    """Places within the part of a sector that is on the paper, for its words: the best first."""
    turn = _turn(wedge)
    parts = shapely.union_all(_sector(wedge, sheet))
    shapely.prepare(parts)
    spots: list[Point] = [
        polar(wedge.origin, wedge.from_rad + turn * share, min(pixels / sheet.scale, 0.7 * wedge.radius))
        for pixels in (130, 170, 95, 220, 280, 70, 350)
        for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
    ]
    held = [each for each in spots if parts.contains(shapely.Point(each))]
    return [sheet.at(each) for each in held or [wedge.origin]]


def _gap(start: Pixel, end: Pixel) -> list[Item]:
    if math.dist(start, end) < TOUCHING:
        return [Disc(start, 9.0, None, WHITE, 6.0), Disc(start, 9.0, None, GAP, 3.0), Disc(start, 2.5, GAP)]
    line = (start, end)
    dots = [Disc(each, 4.5, GAP, WHITE, 2.0) for each in line]
    return [Line(line, WHITE, 7.0), Line(line, GAP, 3.5), *dots]


def _route(points: Sequence[Pixel]) -> list[Item]:
    if len(points) < 2:
        return [Disc(each, 6.0, ROUTE, WHITE, 2.0) for each in points]
    line = LineString(points)
    shaft = shapely.ops.substring(line, 0, max(line.length - 10, line.length / 2))
    path = tuple((float(x), float(y)) for x, y in shaft.coords)
    head = _arrow_head(path[-1], points[-1], 17.0)
    return [
        Line(path, WHITE, 8.0),
        Area((_arrow_head(path[-1], points[-1], 22.0),), WHITE, WHITE, 3.0),
        Line(path, ROUTE, 4.0),
        *(Disc(each, 3.0, WHITE, ROUTE, 2.0) for each in points[1:-1]),
        Disc(points[0], 6.0, WHITE, ROUTE, 3.5),
        Area((head,), ROUTE),
    ]


def _arrow_head(tail: Pixel, tip: Pixel, length: float) -> tuple[Pixel, ...]:
    heading = math.atan2(tip[1] - tail[1], tip[0] - tail[0])
    wings = [
        (tip[0] - length * math.cos(heading + turn), tip[1] - length * math.sin(heading + turn))
        for turn in (0.45, -0.45)
    ]
    return wings[0], tip, wings[1]


def _somebody(at: Pixel, heading_rad: float) -> list[Item]:
    """Head and shoulders from above, and an arrow where they look."""
    ahead = (math.cos(heading_rad), -math.sin(heading_rad))
    tip = (at[0] + ahead[0] * ARROW, at[1] + ahead[1] * ARROW)
    neck = (at[0] + ahead[0] * (ARROW - 12), at[1] + ahead[1] * (ARROW - 12))
    shoulders = tuple(
        (
            at[0] + 9 * math.cos(turn) * ahead[0] - 19 * math.sin(turn) * ahead[1],
            at[1] + 9 * math.cos(turn) * ahead[1] + 19 * math.sin(turn) * ahead[0],
        )
        for turn in np.linspace(0, 2 * math.pi, 28, endpoint=False).tolist()
    )
    head = _arrow_head(at, tip, 20.0)
    return [
        Line((at, neck), WHITE, 9.0),
        Area((head,), WHITE, WHITE, 5.0),
        Area((shoulders,), SOMEBODY, WHITE, 2.0),
        Line((at, neck), SOMEBODY, 5.0),
        Area((head,), SOMEBODY),
        Disc(at, 8.5, (255, 214, 170, 255), SOMEBODY, 3.0),
    ]


def _plated(text: str, colour: Colour, spots: Sequence[Box]) -> Wanted:
    return Wanted(text, WORDS, WHITE, spots=tuple(spots), must=True, plate=colour, plate_edge=WHITE)


def _around(at: Pixel, reach: float) -> Box:
    return at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach


def _along(points: Sequence[Pixel], reach: float) -> list[Box]:
    """Small boxes along a line, from its middle outwards."""
    if len(points) < 2 or math.isclose(LineString(points).length, 0.0):
        return [_around(points[0], 12.0)]
    line = LineString(points)
    shares = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
    spots = [line.interpolate(each, normalized=True) for each in shares]
    return [_around((float(each.x), float(each.y)), reach) for each in spots]
