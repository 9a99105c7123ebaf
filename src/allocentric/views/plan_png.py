"""A drawing as PNG: drawn three times as large and then reduced, which smooths its edges."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence

import shapely
from PIL import Image, ImageDraw
from shapely.geometry import LineString
from shapely.ops import substring

from allocentric.views.ink import BASELINE, FINER, Area, Colour, Disc, Item, Line, Pixel, Text, font, plain


def png_of(items: Sequence[Item], width: int, height: int) -> bytes:
    """A PNG of `width` by `height` pixels on white."""
    file = io.BytesIO()
    drawn(Image.new("RGB", (width * FINER, height * FINER), "white"), items).save(file, "PNG", optimize=True)
    return file.getvalue()


def drawn(larger: Image.Image, items: Sequence[Item]) -> Image.Image:
    """The items, which are in pixels of the drawing, on a ground so many times as large, then reduced."""
    for item in items:
        _draw(larger, item)
    return larger.reduce(FINER)


def _draw(image: Image.Image, item: Item) -> None:
    draw = ImageDraw.Draw(image, "RGBA")
    match item:
        case Area(rings, fill, edge, width, dash):
            if fill is not None:
                _fill(image, [_finer(ring) for ring in rings], fill)
            if edge is not None:
                for ring in rings:
                    for piece in _dashes((*ring, ring[0]), dash):
                        _stroke(draw, piece, edge, width=width)
        case Line(points, colour, width, dash):
            for piece in _dashes(points, dash):
                _stroke(draw, piece, colour, width=width)
        case Disc(at, radius, fill, edge, width):
            [(x, y)] = _finer([at])
            reach = (radius + (width / 2 if edge else 0.0)) * FINER
            rim = round(width * FINER) if edge else 0
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill, edge, rim)
        case Text((x, y), text, size, colour, halo):
            draw.text(
                (x * FINER, (y + BASELINE * size) * FINER),
                plain(text),
                font=font(round(size * FINER)),
                fill=colour,
                anchor="ms",
                stroke_width=0 if halo is None else 1.75 * FINER,
                stroke_fill=halo,
            )


def _finer(points: Sequence[Pixel]) -> list[Pixel]:
    return [(x * FINER, y * FINER) for x, y in points]


def _fill(image: Image.Image, rings: Sequence[Sequence[Pixel]], colour: Colour) -> None:
    """Blend a polygon in; holes are cut out of a mask that is no larger than the polygon."""
    if len(rings) == 1:
        ImageDraw.Draw(image, "RGBA").polygon(rings[0], fill=colour)
        return
    xs, ys = zip(*rings[0])
    left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
    right, bottom = min(image.width, math.ceil(max(xs)) + 1), min(image.height, math.ceil(max(ys)) + 1)
    if right <= left or bottom <= top:
        return
    mask = Image.new("L", (right - left, bottom - top), 0)
    for row, ring in enumerate(rings):
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in ring], fill=0 if row else colour[3])
    image.paste(colour[:3], (left, top), mask)


def _stroke(draw: ImageDraw.ImageDraw, points: Sequence[Pixel], colour: Colour, *, width: float) -> None:
    """A line with round corners and ends."""
    finer, thick = _finer(points), max(1, round(width * FINER))
    draw.line(finer, fill=colour, width=thick, joint="curve")
    if thick > 3 and colour[3] == 255:
        for x, y in (finer[0], finer[-1]):
            half = thick / 2
            draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)


def _dashes(points: Sequence[Pixel], dash: float) -> Iterator[Sequence[Pixel]]:
    """The line cut into strokes as long as the gaps between them; the whole line where `dash` is 0."""
    if not dash:
        yield points
        return
    line = LineString(points)
    for row in range(math.ceil(line.length / dash / 2)):
        stroke = substring(line, 2 * row * dash, (2 * row + 1) * dash)
        yield [(float(x), float(y)) for x, y in shapely.get_coordinates(stroke)]
