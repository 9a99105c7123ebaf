"""Colours of a plan: one for each label, the same in every plan; muted, dimmed or saturated."""

from __future__ import annotations

import colorsys
import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from allocentric.views.ink import Colour

Tone = Literal["plain", "dimmed", "strong"]

INK: Final[Colour] = (38, 42, 51, 255)
FAINT: Final[Colour] = (120, 126, 138, 255)
WHITE: Final[Colour] = (255, 255, 255, 255)
WORDS: Final[Colour] = (58, 62, 72, 255)
WORDS_DIMMED: Final[Colour] = (138, 142, 150, 255)
ROOM_WORDS: Final[Colour] = (104, 112, 126, 255)
FLOOR: Final[Colour] = (250, 249, 246, 255)
FLOOR_EDGE: Final[Colour] = (203, 203, 200, 255)
WALL: Final[Colour] = (146, 150, 158, 255)
WALL_DIMMED: Final[Colour] = (196, 199, 205, 255)
GAP: Final[Colour] = (196, 30, 58, 255)
ROUTE: Final[Colour] = (0, 122, 120, 255)
SOMEBODY: Final[Colour] = (24, 48, 110, 255)
CHOSEN: Final[Colour] = (240, 140, 0, 255)
CHOSEN_WORDS: Final[Colour] = (200, 104, 0, 255)
OTHER: Final[Colour] = (120, 135, 160, 255)

HUES: Final = 24
SALT: Final = 108  # chosen so that sofas, tables, chairs, beds and tvs come out far apart


@dataclass(frozen=True, slots=True)
class Paint:
    """How a thing is filled and edged."""

    fill: Colour
    edge: Colour
    width: float


def paint_of(label: str, tone: Tone) -> Paint:
    """The paint of things with this label."""
    digest = hashlib.sha256(f"{SALT} {label}".encode()).digest()
    hue, shade = digest[0] % HUES / HUES, digest[1] % 3 * 0.035
    match tone:
        case "plain":
            return Paint(_colour(hue, 0.78 - shade, 0.38), _colour(hue, 0.42, 0.28), 1.2)
        case "dimmed":
            return Paint(_colour(hue, 0.925 - shade / 2, 0.18), _colour(hue, 0.72, 0.08), 1.0)
        case "strong":
            return Paint(_colour(hue, 0.64, 0.78), _colour(hue, 0.22, 0.7), 2.4)


def room_paint(label: str) -> Paint:
    """The paint of a room: hardly more than white."""
    hue = hashlib.sha256(label.encode()).digest()[2] % HUES / HUES
    return Paint(_colour(hue, 0.955, 0.45), _colour(hue, 0.82, 0.2), 1.0)


def seen_through(colour: Colour, opacity: float) -> Colour:
    """The colour, letting what is below shine through."""
    return (*colour[:3], round(255 * opacity))


def _colour(hue: float, lightness: float, saturation: float) -> Colour:
    red, green, blue = (round(255 * each) for each in colorsys.hls_to_rgb(hue, lightness, saturation))
    return red, green, blue, 255
