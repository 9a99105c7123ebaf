"""Where the words of a drawing go: beside what they are about, and never over each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from jaxtyping import Bool, Float

from allocentric.views.ink import Box, Colour, Pixel, Text

Boxes = Float[np.ndarray, "box 4"]
Points = Float[np.ndarray, "point 2"]
Solids = Float[np.ndarray, "solid 4"]
Strokes = Float[np.ndarray, "stroke 2"]

PLATE: Final = (6.0, 2.0)  # how far a plate reaches beyond its words
PAD: Final = 3.0  # least gap of two labels
BESIDE: Final = 4.0  # gap of a label and what it stands beside
LED_FROM: Final = 12.0  # farther than this from its subject, a label gets a line to it
RINGS: Final = (0.0, 6.0, 14.0, 24.0, 36.0, 50.0, 68.0, 90.0, 115.0, 145.0)
WAYS: Final = [(math.cos(turn * math.pi / 8), math.sin(turn * math.pi / 8)) for turn in range(16)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label to be placed: at one of its `spots`, the first being the best.

    `within`: it may lie on its spot. `must`: it is placed whatever the cost; else only where the cost,
    about its distance in pixels, is at most `most`. `own` is the box of the thing that it is about.
    """

    text: str
    size: float
    colour: Colour
    spots: tuple[Box, ...]
    within: bool = False
    beside: bool = True
    must: bool = False
    most: float = 40.0
    plate: Colour | None = None
    plate_edge: Colour | None = None
    led: bool = True
    own: Box | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its place, and the line that leads from it to its subject where it stands apart."""

    text: Text
    box: Box  # what it covers, its plate included
    leader: tuple[Pixel, Pixel] | None
    wanted: Wanted


def placed(wanted: Sequence[Wanted], *, canvas: Box, solids: Solids, strokes: Strokes) -> list[Label]:
    """The labels in the order wanted, each where it costs least; those that find no place are left out.

    Labels never overlap each other, nor leave the canvas. They keep off `solids` (boxes of things) and
    `strokes` (points on lines) where they can.
    """
    labels = list[Label]()
    for each in wanted:
        label = _place(each, labels, canvas=canvas, solids=solids, strokes=strokes)
        if label is not None:
            labels.append(label)
            if label.leader is not None:
                strokes = np.concatenate([strokes, _along(*label.leader)])
    return labels


def _place(
    wanted: Wanted, labels: Sequence[Label], *, canvas: Box, solids: Solids, strokes: Strokes
) -> Label | None:
    shape = Text((0.0, 0.0), wanted.text, wanted.size, wanted.colour)
    left, top, right, bottom = _with_plate(shape.box, wanted)
    half = np.array([(right - left) / 2, (bottom - top) / 2])
    taken = np.array([each.box for each in labels]).reshape(-1, 4)
    lines = np.array([each.leader for each in labels if each.leader is not None]).reshape(-1, 2, 2)
    for grid in (False, True):
        if grid and not wanted.must:
            return None
        middles, ends, costs = _everywhere(wanted, canvas) if grid else _candidates(wanted, half)
        boxes = np.concatenate([middles - half, middles + half], axis=1)
        free = _inside(boxes, canvas) & (_overlaps(boxes, taken, PAD) == 0).all(1)
        middles, ends, costs, boxes = middles[free], ends[free], costs[free], boxes[free]
        if len(middles):
            costs = costs + _clutter(boxes, wanted, solids, strokes)
            costs = costs + _crossings(middles, ends, taken, lines)
            best = int(costs.argmin())
            if wanted.must or costs[best] <= wanted.most:
                text = Text(_pixel(middles[best]), wanted.text, wanted.size, wanted.colour)
                box = _box(boxes[best])
                return Label(text, box, _leader(wanted, box, ends[best]), wanted)
    return None


def _candidates(
    wanted: Wanted, half: Float[np.ndarray, "2"]
) -> tuple[Points, Points, Float[np.ndarray, " point"]]:
    """Middles of the label around its spots, what each leads to, and what each costs."""
    rows = list[tuple[float, float, float, float, float]]()
    first = ((wanted.spots[0][0] + wanted.spots[0][2]) / 2, (wanted.spots[0][1] + wanted.spots[0][3]) / 2)
    for left, top, right, bottom in wanted.spots:
        x, y = _middle((left, top, right, bottom))
        away = 0.1 * math.dist((x, y), first)
        if wanted.within:
            rows.append((x, y, x, y, away))
        if not wanted.beside:
            continue
        for ring in RINGS:
            reach_x = (right - left) / 2 + half[0] + BESIDE + ring
            reach_y = (bottom - top) / 2 + half[1] + BESIDE + ring
            for way_x, way_y in WAYS:
                # On the rim of the spot's box grown by the label: flush with a side, not only near a corner.
                stretch = 1 / max(abs(way_x), abs(way_y))
                spot = (x + way_x * stretch * reach_x, y + way_y * stretch * reach_y)
                rows.append((*spot, x, y, away + 3.0 + ring * 0.8 + 1.5 * (stretch - 1) * 10))
    table = np.array(rows).reshape(-1, 5)
    return table[:, :2], table[:, 2:4], table[:, 4]


def _everywhere(wanted: Wanted, canvas: Box) -> tuple[Points, Points, Float[np.ndarray, " point"]]:
    """A grid over the whole canvas, for a label that must stand somewhere."""
    end = np.array(_middle(wanted.spots[0]))
    xs, ys = np.meshgrid(np.arange(canvas[0], canvas[2], 8.0), np.arange(canvas[1], canvas[3], 6.0))
    middles = np.stack([xs.ravel(), ys.ravel()], axis=1)
    return middles, np.broadcast_to(end, middles.shape), np.linalg.norm(middles - end, axis=1)


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


def _clutter(boxes: Boxes, wanted: Wanted, solids: Solids, strokes: Strokes) -> Float[np.ndarray, " box"]:
    """What it costs to hide other things and lines."""
    others = solids if wanted.own is None else solids[np.abs(solids - np.array(wanted.own)).max(1) > 0.01]
    area = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    hidden = _overlaps(boxes, others, 0.0).sum(1) / area
    within = (strokes[None] > boxes[:, None, :2] - 1) & (strokes[None] < boxes[:, None, 2:] + 1)
    cost: Float[np.ndarray, " box"] = 28 * hidden + 8.0 * within.all(2).sum(1)
    return cost


def _crossings(
    middles: Points, ends: Points, taken: Solids, lines: Float[np.ndarray, "line 2 2"]
) -> Float[np.ndarray, " point"]:
    """What it costs to lead a line across labels and other such lines."""
    shares = np.linspace(0.0, 1.0, 12)[None, :, None]
    path = middles[:, None] * (1 - shares) + ends[:, None] * shares  # candidate, step, axis
    across = np.zeros(len(middles))
    for left, top, right, bottom in taken:
        hit = (path[..., 0] > left) & (path[..., 0] < right) & (path[..., 1] > top) & (path[..., 1] < bottom)
        across += 60.0 * hit.any(1)
    for start, end in lines:
        across += 40.0 * _meet(middles, ends, start, end)
    return across


def _meet(
    starts: Points, ends: Points, start: Float[np.ndarray, "2"], end: Float[np.ndarray, "2"]
) -> Bool[np.ndarray, " point"]:
    """True where the segment from each start to its end crosses the one segment."""

    def side(a: Any, b: Any, c: Any) -> Any:  # arrays of pixels, or one pixel
        return (b - a)[..., 0] * (c - a)[..., 1] - (b - a)[..., 1] * (c - a)[..., 0]

    met: Bool[np.ndarray, " point"]
    met = (side(starts, ends, start) * side(starts, ends, end) < 0) & (
        side(start, end, starts) * side(start, end, ends) < 0
    )
    return met


def _leader(wanted: Wanted, box: Box, end: Float[np.ndarray, "2"]) -> tuple[Pixel, Pixel] | None:
    """A line from the label's rim to the middle of its thing, or to the rim of a mark's spot."""
    x, y = float(end[0]), float(end[1])
    spot = min(wanted.spots, key=lambda each: math.dist((x, y), _middle(each)))
    apart_x = max(spot[0] - box[2], box[0] - spot[2], 0.0)
    apart_y = max(spot[1] - box[3], box[1] - spot[3], 0.0)
    if not wanted.led or math.hypot(apart_x, apart_y) < LED_FROM:
        return None
    start = _nearest(box, (x, y))
    return start, (x, y) if wanted.own is not None else _nearest(spot, start)


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
