"""Numbered marks on the things of a picture (set-of-mark), and which mark is which thing."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from allocentric.errors import BadInput, UnknownName
from allocentric.scene.scene import Scene
from allocentric.views.colours import INK, WHITE
from allocentric.views.ink import Box, Colour, Disc, Item, Line, Pixel, Text, plate, text_width
from allocentric.views.overlays import masked, overlaid

LEAST_PX: Final = 40  # a thing of fewer pixels gets no mark
TINT: Final = 0.25
OF_HEIGHT: Final = 1 / 30  # the size of the numbers, of the picture's height, ...
SIZES: Final = (11.0, 28.0)  # ... within these
PAD: Final = (3.0, 1.0)  # about a number, to its plate's rim
GOLDEN: Final = 0.618034  # of the circle of hues, from mark to mark: neighbours in number differ most


@dataclass(frozen=True, slots=True)
class Mark:
    """A number on a picture, the row of the thing that it stands for, where it points, and what it covers.

    `at_px` is the middle of the pixel deepest inside the thing's visible pixels; `box_px` is the plate of the
    number, about it, or beside the thing, with a line to it, where there was no room. `text` stands there
    in place of the number.
    """

    number: int
    row: int
    at_px: Pixel
    box_px: Box
    text: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class MarkedPicture:
    """A picture with numbers on its things. Never changes."""

    colour: UInt8[np.ndarray, "height width 3"]
    marks: tuple[Mark, ...]

    def __post_init__(self) -> None:
        self.colour.flags.writeable = False

    def row(self, number: int) -> int:
        """The row of the thing with this mark; raises UnknownName where there is none."""
        for mark in self.marks:
            if mark.number == number:
                return mark.row
        raise UnknownName("mark", str(number), [str(mark.number) for mark in self.marks], where="the picture")


def marked(
    scene: Scene,
    colour: UInt8[np.ndarray, "height width 3"],
    instance: Int[np.ndarray, "down across"],
    *,
    rows: Sequence[int] | None = None,
    least_px: int = LEAST_PX,
    texts: Mapping[int, str] | None = None,
) -> MarkedPicture:
    """A picture of a scene with its things tinted, edged and numbered from left to right.

    `instance` is the row of the thing in each pixel, -1 for none: a `Picture`'s, or a `Sight`'s `picture`.
    Marked are the things of kind object, or those of `rows`, with at least `least_px` pixels; `texts` stand,
    by the thing's row, in place of the numbers. Raises BadInput where so many find no room, or the sizes
    differ.
    """
    if colour.shape[:2] != instance.shape:
        what = f"the picture is {colour.shape[1::-1]}, its instances {instance.shape[::-1]} pixels"
        raise BadInput(what, where="marked", mend="give both of one view")
    wanted = [row for row, kind in enumerate(scene.kinds) if kind == "object"] if rows is None else rows
    marks = marks_of(instance, wanted, least_px=least_px, texts=texts)
    size, tinted = _size(instance.shape[0]), colour
    for mark in marks:
        tinted = masked(tinted, instance == mark.row, mark_colour(mark.number), opacity=TINT)
    return MarkedPicture(overlaid(tinted, [each for mark in marks for each in _items(mark, size)]), marks)


def marks_of(
    instance: Int[np.ndarray, "height width"],
    rows: Sequence[int],
    *,
    least_px: int = LEAST_PX,
    texts: Mapping[int, str] | None = None,
) -> tuple[Mark, ...]:
    """Where the marks of these things go, numbered from left to right; no two plates overlap.

    Things with the least room choose first: the deepest point, else another of their own pixels, else a place
    near by. Raises BadInput where a number finds no room at all.
    """
    counts = np.bincount(instance[instance >= 0].ravel(), minlength=max([*rows, 0]) + 1)
    depths = {row: depth_inside(instance == row) for row in rows if counts[row] >= max(least_px, 1)}
    deepest = {row: _deepest(depth) for row, depth in depths.items()}
    numbers = {row: number for number, row in enumerate(sorted(depths, key=lambda row: deepest[row]), 1)}
    size, taken, marks = _size(instance.shape[0]), list[Box](), list[Mark]()
    for row in sorted(depths, key=lambda row: (counts[row], row)):
        text = "" if texts is None else texts[row]
        reach = _reach(text or str(numbers[row]), size)
        box = _place(depths[row], deepest[row], reach=reach, taken=taken)
        taken.append(box)
        marks.append(Mark(numbers[row], row, deepest[row], box, text))
    return tuple(sorted(marks, key=lambda mark: mark.number))


def depth_inside(mask: Bool[np.ndarray, "height width"]) -> Int[np.ndarray, "height width"]:
    """How far each of the mask's pixels is from the nearest one outside, squared; 0 outside.

    What is beyond the picture's border is outside. Exact, between the middles of pixels.

    >>> depth_inside(np.ones((3, 5), dtype=bool))[1].tolist()
    [1, 4, 4, 4, 1]
    """
    inside = np.zeros(mask.shape, dtype=np.int64)
    if not mask.any():
        return inside
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    part = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    padded = np.pad(mask[part], 1)
    along = np.arange(len(padded))[:, None]
    above = np.maximum.accumulate(np.where(padded, -1, along), axis=0)
    below = np.minimum.accumulate(np.where(padded, len(padded), along)[::-1], axis=0)[::-1]
    squared = np.minimum(along - above, below - along) ** 2  # to the nearest outside in its own column
    nearest = squared.copy()
    step = 1
    while step * step < nearest.max() and step < padded.shape[1]:
        for own, other in ((slice(step, None), slice(None, -step)), (slice(None, -step), slice(step, None))):
            nearest[:, own] = np.minimum(nearest[:, own], squared[:, other] + step * step)
        step += 1
    inside[part] = nearest[1:-1, 1:-1]
    return inside


def mark_colour(number: int) -> Colour:
    """The colour of the thing with this mark: strong, and far from that of the next."""
    red, green, blue = colorsys.hls_to_rgb(number * GOLDEN % 1.0, 0.55, 0.85)
    return round(255 * red), round(255 * green), round(255 * blue), 255


def _size(height_px: int) -> float:
    return min(max(height_px * OF_HEIGHT, SIZES[0]), SIZES[1])


def _reach(text: str, size: float) -> tuple[float, float]:
    """Half the width and the height of a plate."""
    return text_width(text, size) / 2 + PAD[0], size * 0.5 + PAD[1]


def _deepest(depth: Int[np.ndarray, "height width"]) -> Pixel:
    """The middle of the deepest pixel; of several, the one nearest to their own middle."""
    rows, columns = np.nonzero(depth == depth.max())
    chosen = int(np.hypot(rows - rows.mean(), columns - columns.mean()).argmin())
    return float(columns[chosen]) + 0.5, float(rows[chosen]) + 0.5


def _place(
    depth: Int[np.ndarray, "height width"],
    deepest: Pixel,
    *,
    reach: tuple[float, float],
    taken: Sequence[Box],
) -> Box:
    """A plate in the picture that overlaps none of those taken."""
    whole = np.array(depth.shape[::-1])
    for middles in _middles(depth, deepest):
        boxes = np.hstack([middles - reach, middles + reach])
        free = (boxes[:, :2] >= 0).all(axis=1) & (boxes[:, 2:] <= whole).all(axis=1)
        for left, top, right, bottom in taken:
            apart_x = (boxes[:, 2] <= left - 1) | (boxes[:, 0] >= right + 1)
            free &= apart_x | (boxes[:, 3] <= top - 1) | (boxes[:, 1] >= bottom + 1)
        if free.any():
            return _box(boxes[int(free.argmax())])
    what = f"there is no room for more than {len(taken)} numbers"
    raise BadInput(what, where="the marks of a picture", mend="mark fewer things, or take a larger picture")


def _middles(
    depth: Int[np.ndarray, "height width"], deepest: Pixel
) -> Iterator[Float[np.ndarray, "place 2"]]:
    """Where a plate may stand, the best first: the deepest pixel; its thing's others; all the picture's."""
    yield np.array([deepest])
    rows, columns = np.nonzero(depth)
    order = np.argsort(-depth[rows, columns], kind="stable")
    yield np.column_stack([columns, rows])[order] + 0.5
    rows, columns = np.indices(depth.shape).reshape(2, -1)
    around = np.column_stack([columns, rows]) + 0.5
    yield around[np.argsort(np.linalg.norm(around - deepest, axis=1), kind="stable")]


def _box(row: Float[np.ndarray, "4"]) -> Box:
    left, top, right, bottom = row.tolist()
    return left, top, right, bottom


def _items(mark: Mark, size: float) -> list[Item]:
    """What is drawn of a mark: its number on a dark plate, a line to its spot where that is elsewhere."""
    left, top, right, bottom = mark.box_px
    middle, colour = ((left + right) / 2, (top + bottom) / 2), mark_colour(mark.number)
    items = list[Item]()
    x, y = mark.at_px
    if not (left <= x <= right and top <= y <= bottom):
        items += [Line((middle, mark.at_px), INK, 2.5), Line((middle, mark.at_px), WHITE, 1.0)]
        items.append(Disc(mark.at_px, 2.0, WHITE, INK))
    return [*items, plate(mark.box_px, INK, colour), Text(middle, mark.text or str(mark.number), size, WHITE)]
