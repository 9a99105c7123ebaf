"""Where the words of a drawing go: beside what they are about, and never over each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from jaxtyping import Bool, Float, Int
from shapely.geometry import Polygon

from allocentric.views.ink import Box, Colour, Pixel, Text

Boxes = Float[np.ndarray, "box 4"]
Points = Float[np.ndarray, "point 2"]
Strokes = Float[np.ndarray, "stroke 2"]

PLATE: Final = (6.0, 2.0)  # how far a plate reaches beyond its words
PAD: Final = 3.0  # least gap of two labels
BESIDE: Final = 4.0  # gap of a label and what it stands beside
LED_FROM: Final = 12.0  # farther than this from its subject, a label gets a line to it
RINGS: Final = (0.0, 6.0, 14.0, 24.0, 36.0, 50.0, 68.0, 90.0, 115.0, 145.0)
WAYS: Final = [(math.cos(turn * math.pi / 8), math.sin(turn * math.pi / 8)) for turn in range(16)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label to be placed: its middle on one of `inside`, or beside one of `spots`; the first are the best.

    `must`: it is placed whatever the cost; else only where the cost, about its distance in pixels, is at
    most `most`. `own` is which of the solids it is about: that one alone is no matter to lie on.
    """

    text: str
    size: float
    colour: Colour
    inside: tuple[Pixel, ...] = ()
    spots: tuple[Box, ...] = ()
    must: bool = False
    most: float = 40.0
    plate: Colour | None = None
    plate_edge: Colour | None = None
    own: int | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its place, and the line that leads from it to its subject where it stands apart."""

    text: Text
    box: Box  # what it covers, its plate included
    leader: tuple[Pixel, Pixel] | None
    wanted: Wanted


def placed(
    wanted: Sequence[Wanted], *, canvas: Box, solids: Sequence[Polygon], strokes: Strokes
) -> list[Label]:
    """The labels in the order wanted, each where it costs least; those that find no place are left out.

    Labels never overlap each other, nor leave the canvas. They keep off `solids` (things) and `strokes`
    (points on lines) where they can.
    """
    labels = list[Label]()
    tree = shapely.STRtree(solids)
    for each in wanted:
        label = _place(each, labels, canvas=canvas, solids=tree, strokes=strokes)
        if label is not None:
            labels.append(label)
            if label.leader is not None:
                strokes = np.concatenate([strokes, _along(*label.leader)])
    return labels


def _place(
    wanted: Wanted, labels: Sequence[Label], *, canvas: Box, solids: shapely.STRtree, strokes: Strokes
) -> Label | None:
    shape = Text((0.0, 0.0), wanted.text, wanted.size, wanted.colour)
    left, top, right, bottom = _with_plate(shape.box, wanted)
    half = np.array([(right - left) / 2, (bottom - top) / 2])
    taken = np.array([each.box for each in labels]).reshape(-1, 4)
    lines = np.array([each.leader for each in labels if each.leader is not None]).reshape(-1, 2, 2)
    for found in (_candidates(wanted, half), _everywhere(wanted, canvas)):
        boxes = np.concatenate([found.middles - half, found.middles + half], axis=1)
        free = np.flatnonzero(_inside(boxes, canvas) & (_overlaps(boxes, taken, PAD) == 0).all(1))
        if len(free):
            boxes, middles, ends = boxes[free], found.middles[free], found.ends[free]
            owners = np.where(found.spots[free] < 0, -1 if wanted.own is None else wanted.own, -1)
            costs = found.costs[free] + _clutter(boxes, owners, solids=solids, strokes=strokes)
            costs = costs + _crossings(middles, ends, taken=taken, lines=lines)
            best = int(costs.argmin())
            if wanted.must or costs[best] <= wanted.most:
                text = Text(_pixel(middles[best]), wanted.text, wanted.size, wanted.colour)
                box, spot = _box(boxes[best]), int(found.spots[free[best]])
                return Label(
                    text, box, None if spot < 0 else _leader(wanted, box, wanted.spots[spot]), wanted
                )
    return None


@dataclass(frozen=True, eq=False, slots=True)
class _Candidates:
    """Places for the middle of a label, what each leads to, its spot (-1: none) and what it costs."""

    middles: Points
    ends: Points
    spots: Int[np.ndarray, " point"]
    costs: Float[np.ndarray, " point"]


def _candidates(wanted: Wanted, half: Float[np.ndarray, "2"]) -> _Candidates:
    """Places inside, and around the spots."""
    rows = [(x, y, x, y, -1, 0.1 * math.dist((x, y), wanted.inside[0])) for x, y in wanted.inside]
    for order, spot in enumerate(wanted.spots):
        x, y = _middle(spot)
        away = 3.0 + 0.1 * math.dist((x, y), _middle(wanted.spots[0]))
        for ring in RINGS:
            reach_x = (spot[2] - spot[0]) / 2 + half[0] + BESIDE + ring
            reach_y = (spot[3] - spot[1]) / 2 + half[1] + BESIDE + ring
            for way_x, way_y in WAYS:
                # On the rim of the spot's box grown by the label: flush with a side, not only near a corner.
                stretch = 1 / max(abs(way_x), abs(way_y))
                at_x, at_y = x + way_x * stretch * reach_x, y + way_y * stretch * reach_y
                rows.append((at_x, at_y, x, y, order, away + 0.8 * ring + 15 * (stretch - 1)))
    table = np.array(rows).reshape(-1, 6)
    return _Candidates(table[:, :2], table[:, 2:4], table[:, 4].astype(int), table[:, 5])


def _everywhere(wanted: Wanted, canvas: Box) -> _Candidates:
    """A grid over the whole canvas, for a label that must stand somewhere; else nothing."""
    end = np.array([*(_middle(each) for each in wanted.spots[:1]), *wanted.inside[:1], (0.0, 0.0)][0])
    xs, ys = np.meshgrid(np.arange(canvas[0], canvas[2], 8.0), np.arange(canvas[1], canvas[3], 6.0))
    middles = np.stack([xs.ravel(), ys.ravel()], axis=1)[: None if wanted.must else 0]
    spots = np.full(len(middles), 0 if wanted.spots else -1)
    costs = np.linalg.norm(middles - end, axis=1)
    return _Candidates(middles, np.broadcast_to(end, middles.shape), spots, costs)


def _inside(boxes: Boxes, canvas: Box) -> Bool[np.ndarray, " box"]:
    low, high = np.array(canvas[:2]), np.array(canvas[2:])
    kept: Bool[np.ndarray, " box"] = np.all((boxes[:, :2] >= low) & (boxes[:, 2:] <= high), axis=1)
    return kept


def _overlaps(
    boxes: Boxes, others: Float[np.ndarray, "other 4"], pad: float
) -> Float[np.ndarray, "box other"]:
    """The area that each box shares with each other, grown by `pad`."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2] - pad)
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:] + pad)
    shared: Float[np.ndarray, "box other"] = np.maximum(high - low, 0).prod(2)
    return shared


def _clutter(
    boxes: Boxes, owners: Int[np.ndarray, " box"], *, solids: shapely.STRtree, strokes: Strokes
) -> Float[np.ndarray, " box"]:
    """What it costs to hide things and lines; each box may hide its owner (-1: it has none)."""
    places = shapely.box(*boxes.T)
    rows, others = solids.query(places)
    hidden = shapely.area(shapely.intersection(places[rows], solids.geometries[others]))
    shares = np.bincount(rows, hidden * (owners[rows] != others), len(boxes)) / shapely.area(places)
    within = (strokes[None] > boxes[:, None, :2] - 1) & (strokes[None] < boxes[:, None, 2:] + 1)
    cost: Float[np.ndarray, " box"] = 28 * shares + 8.0 * within.all(2).sum(1)
    return cost


def _crossings(
    middles: Points,
    ends: Points,
    *,
    taken: Float[np.ndarray, "label 4"],
    lines: Float[np.ndarray, "line 2 2"],
) -> Float[np.ndarray, " point"]:
    """What it costs to lead a line across labels and other such lines."""
    shares = np.linspace(0.0, 1.0, 12)[None, :, None]
    path = middles[:, None] * (1 - shares) + ends[:, None] * shares  # candidate, step, axis
    across = np.zeros(len(middles))
    for left, top, right, bottom in taken:
        hit = (path[..., 0] > left) & (path[..., 0] < right) & (path[..., 1] > top) & (path[..., 1] < bottom)
        across += 60.0 * hit.any(1)
    for line in lines:
        across += 40.0 * _meet(middles, ends, line)
    return across


def _meet(starts: Points, ends: Points, line: Float[np.ndarray, "2 2"]) -> Bool[np.ndarray, " point"]:
    """True where the segment from each start to its end crosses the one line."""
    start, end = line

    def side(a: Any, b: Any, c: Any) -> Any:  # arrays of pixels, or one pixel
        return (b - a)[..., 0] * (c - a)[..., 1] - (b - a)[..., 1] * (c - a)[..., 0]

    met: Bool[np.ndarray, " point"]
    met = (side(starts, ends, start) * side(starts, ends, end) < 0) & (
        side(start, end, starts) * side(start, end, ends) < 0
    )
    return met


def _leader(wanted: Wanted, box: Box, spot: Box) -> tuple[Pixel, Pixel] | None:
    """A line from the label's rim to the middle of its thing, or to the rim of a mark's spot."""
    apart_x = max(spot[0] - box[2], box[0] - spot[2], 0.0)
    apart_y = max(spot[1] - box[3], box[1] - spot[3], 0.0)
    if math.hypot(apart_x, apart_y) < LED_FROM:
        return None
    start = _nearest(box, _middle(spot))
    return start, _nearest(spot, start) if wanted.own is None else _middle(spot)


def _middle(box: Box) -> Pixel:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _nearest(box: Box, point: Pixel) -> Pixel:
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def _along(start: Pixel, end: Pixel) -> Strokes:
    steps = max(2, math.ceil(math.dist(start, end) / 6))
    return np.linspace(start, end, steps)


def _with_plate(box: Box, wanted: Wanted) -> Box:
    reach_x, reach_y = (0.0, 0.0) if wanted.plate is None else PLATE
    return box[0] - reach_x, box[1] - reach_y, box[2] + reach_x, box[3] + reach_y


def _pixel(point: Float[np.ndarray, "2"]) -> Pixel:
    return float(point[0]), float(point[1])


def _box(row: Float[np.ndarray, "4"]) -> Box:
    left, top, right, bottom = (float(each) for each in row)
    return left, top, right, bottom
