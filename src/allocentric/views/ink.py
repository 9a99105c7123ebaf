"""A drawing as a short list of shapes and words, in pixels: x to the right, y down, from the upper left.

Whoever lays a drawing out makes such a list; whoever writes a format reads it. So two formats
show the same thing.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass
from typing import Final

from PIL import ImageFont

Pixel = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Colour = tuple[int, int, int, int]  # red, green, blue, opacity; 0 to 255

BASELINE: Final = 0.35  # how far the baseline lies below the middle of a line of text, of its size
FINER: Final = 3  # words are measured, and pictures drawn, so much larger
LINE: Final = 1.25  # the height of a line of text, of its size


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon with an edge; rings after the first are holes. A dash of 0 is an unbroken edge."""

    rings: tuple[tuple[Pixel, ...], ...]
    fill: Colour | None = None
    edge: Colour | None = None
    width: float = 1.0
    dash: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, with round corners and ends."""

    points: tuple[Pixel, ...]
    colour: Colour
    width: float = 1.0
    dash: float = 0.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle with an edge."""

    at: Pixel
    radius: float
    fill: Colour | None
    edge: Colour | None = None
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words, its middle at `at`; a halo keeps it readable on whatever lies below."""

    at: Pixel
    text: str
    size: float
    colour: Colour
    halo: Colour | None = None

    @property
    def box(self) -> Box:
        """What the words cover."""
        half_width, half_height = text_width(self.text, self.size) / 2, self.size * LINE / 2
        x, y = self.at
        return x - half_width, y - half_height, x + half_width, y + half_height


Item = Area | Line | Disc | Text


@functools.cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font that comes with Pillow, in pixels."""
    return ImageFont.load_default(size=size)


@functools.lru_cache(4096)
def text_width(text: str, size: float) -> float:
    """How wide a line of text is, in pixels."""
    return font(round(size * FINER)).getlength(plain(text)) / FINER


def plain(text: str) -> str:
    """The text in the characters that the font has: without accents, what it lacks as a question mark.

    >>> plain("caf\\u00e9, 12 m\\u00b2")
    'cafe, 12 m2'
    """
    apart = unicodedata.normalize("NFKD", text).replace("–", "-").replace("—", "-").replace("’", "'")
    kept = (each for each in apart if not unicodedata.combining(each))
    return "".join(each if each.isascii() or each in "°±·" else "?" for each in kept)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text broken at spaces into lines no wider than `width` pixels; a longer word stays whole."""
    lines = list[str]()
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def plate(box: Box, fill: Colour, edge: Colour | None = None) -> Area:
    """A rounded plate to put behind words."""
    left, top, right, bottom = box
    cut, soft = 5.0, 1.5
    corners = [(left, top, 1, 1), (right, top, -1, 1), (right, bottom, -1, -1), (left, bottom, 1, -1)]
    points = list[Pixel]()
    for x, y, inward_x, inward_y in corners:
        bend = [
            (x, y + inward_y * cut),
            (x + inward_x * soft, y + inward_y * soft),
            (x + inward_x * cut, y),
        ]
        points += bend if inward_x == inward_y else bend[::-1]
    return Area((tuple(points),), fill, edge, 1.5)
