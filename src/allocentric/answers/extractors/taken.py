"""The text that a harness cuts out of a reply, as a value of the kind expected: compared as it stands."""

from __future__ import annotations

import math
from typing import Final

from allocentric.answers.kinds import NUMERIC, Expected, Pixel, Reading, Value
from allocentric.answers.strict_places import loads
from allocentric.answers.strict_units import in_base

NOTHING: Final = Reading(None, "no_answer")


def taken(content: str | None, expected: Expected) -> Reading:
    """The cut-out text as a value, where it is one to the letter; no unit, word or gap is forgiven."""
    if content is None or not content.strip():
        return NOTHING
    content, kind = content.strip(), expected.kind
    if kind in NUMERIC:
        try:
            return number(float(content), expected)
        except ValueError:
            return NOTHING
    value: Value | None = None
    if kind == "choice":
        value = content.upper() if len(content) == 1 and content.isascii() and content.isalpha() else None
    elif kind == "choices":
        parts = [part.strip().upper() for part in content.split(",")]
        value = tuple(parts) if all(len(part) == 1 and part.isalpha() for part in parts) else None
    elif kind == "yes_no":
        value = {"yes": True, "no": False}.get(content.lower())
    elif kind in ("point", "box"):
        value = place(content, expected)
    elif kind in ("direction", "text", "program"):
        value = content
    return NOTHING if value is None else Reading(value)


def number(value: float | None, expected: Expected) -> Reading:
    """A bare number in the unit that the prompt asks for."""
    if value is None or not math.isfinite(value) or expected.kind not in NUMERIC:
        return NOTHING
    return Reading(float(in_base(value, expected.unit, expected.kind)))


def letter(found: str | None, expected: Expected) -> Reading:
    """A letter, whether or not it was offered; nothing for a question that asks for no letter."""
    if not found or expected.kind not in ("choice", "choices"):
        return NOTHING
    return Reading(found.upper() if expected.kind == "choice" else (found.upper(),))


def place(content: str, expected: Expected) -> Value | None:
    """A list of two or four numbers as a point or a box, by the convention declared."""
    try:
        found = loads(content.replace("(", "[").replace(")", "]"))
    except ValueError:
        return None
    count = 2 if expected.kind == "point" else 4
    if not isinstance(found, list) or len(found) != count:
        return None
    if not all(type(each) in (int, float) and abs(each) < 1e9 for each in found):
        return None
    pairs = [_pixel(found[row], found[row + 1], expected) for row in range(0, count, 2)]
    whole = tuple(pixel for pixel in pairs if pixel is not None)
    if len(whole) < len(pairs):
        return None
    return whole[0] if count == 2 else (*whole[0], *whole[1])


def _pixel(first: float, second: float, expected: Expected) -> Pixel | None:
    told = expected.convention
    x, y = (first, second) if told.order == "xy" else (second, first)
    width, height = told.width_px or math.inf, told.height_px or math.inf
    if told.coordinates != "pixels":
        whole = 1000.0 if told.coordinates == "thousandths" else 1.0
        x, y = x / whole * width, y / whole * height
    return (float(x), float(y)) if 0 <= x <= width - 1 and 0 <= y <= height - 1 else None
