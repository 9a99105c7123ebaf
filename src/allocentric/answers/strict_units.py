"""Units as they are written in replies: those of `allocentric.words`, times, speeds and other tongues."""

from __future__ import annotations

import math
import re
from typing import Final

from allocentric.words import UNITS

# Kind, base units in one: every name, in small letters. `other` measures nothing that is asked for here.
_MORE: Final = """
length 1: meter(s), metre(s), mtr, mts, metro, metros, mètre, mètres, metern
length 1: 米, 公尺, メートル, м, метр, метра, метров, 미터
length 0.01: cm(s), centimetro, centimetros, centímetro, centímetros, centimètre, centimètres, zentimeter
length 0.01: 厘米, 公分, センチ, см
length 0.001: 毫米, ミリ, millimeter(s)
length 1000: kms, kilometer, kilometers, kilometre, kilometres, 公里, 千米
length 0.0254: inch(es), ins, 英寸
length 0.3048: fts, 英尺
length 1609.344: mi, mile, miles, 英里
area 1: sq. m, sq. meters, sq metres, sq meters, quadratmeter, qm, metros cuadrados, mètres carrés, square m
area 1: 平方米, 平米, ㎡
area 0.0001: sq cm
area 0.09290304: sq. ft, sq feet, square ft
volume 1: 立方米, cubic m, cbm
volume 0.001: 升
angle 0.017453292519943295: degs, º, 度, grad, degrés, grados
angle 1: rads
angle 6.283185307179586: turn, turns, full turn, revolution, revolutions
time 1: s, sec, secs, second, seconds, sekunden, sekunde, secondes, segundos, 秒, 秒钟
time 60: min, mins, minute, minutes, minuten, 分钟, 分
time 3600: h, hr, hrs, hour, hours, stunden, 小时
time 0.001: ms, millisecond, milliseconds
speed 1: m/s, mps, m s^-1, meters per second, metres per second, meter per second, meters/second
speed 1: 米/秒, 米每秒
speed 0.2777777777777778: km/h, kph, kmh, kilometers per hour, kilometres per hour
speed 0.2777777777777778: 公里每小时, 公里/小时, 千米/小时
speed 0.44704: mph, miles per hour
speed 0.01: cm/s, centimeters per second
speed 0.3048: ft/s, feet per second
share 0.01: %, percent, per cent
ratio 1: x, times, fold, times larger, times as
other 1: kg, g, lb, lbs, kilograms, kilogram, grams, pounds, pixels, pixel, px, steps, dollars, $, €
other 1: kb, mb, hz, fps
"""


def _known() -> dict[str, tuple[str, float]]:
    known: dict[str, tuple[str, float]] = {
        name.lower(): (unit.kind, unit.factor) for name, unit in UNITS.items()
    }
    for line in _MORE.strip().splitlines():
        head, names = line.split(": ", 1)
        kind, factor = head.split()
        known |= dict.fromkeys(names.split(", "), (kind, float(factor)))
    return known


KNOWN: Final[dict[str, tuple[str, float]]] = _known()
"""Every name of a unit: what it measures, and how many base units it has."""
_WORD: Final = re.compile(
    r"[ \t*_`~-]{0,16}((?:[^\W\d_]|[°%$㎡/]){1,24}(?:\(e?s\))?"
    r"(?:[²³]|[ \t]{0,4}\^[ {]{0,2}-?[123]"
    r"|(?<=m)[23]\b|(?<=ft)[23]\b)?\}?)"
)
_BEHIND: Final = "long wide tall high deep away apart across thick and or"
_BEHIND_INCHES: Final = frozenset(_BEHIND.split())
_FIRST_WORDS: Final = frozenset(name.split(" ")[0] for name in KNOWN if " " in name)
_TIMES: Final = re.compile(r"[ ]{0,2}\d")
_NEXT: Final = re.compile(r"[ \t]{1,3}([^\W\d_]{1,16}(?:\^-?1)?)\.?")


def unit_after(text: str, at: int) -> tuple[str, float, int] | None:
    """The unit written at a place of a text, behind a number: its kind, its factor and where it ends.

    >>> unit_after("3 square meters", 1), unit_after("5 chairs", 1)
    (('area', 1.0, 15), None)
    """
    mark = _WORD.match(text, at)
    if mark is None:
        return None
    word = mark[1].lower()
    if word[0] > "\u2fff":
        return _other_tongue(word, mark.start(1))
    end = mark.end(1)
    if word == "x" and _TIMES.match(text, end):
        return None
    if word not in _FIRST_WORDS and word != "in":
        return _known_unit(word, end)
    if word == "in" and (more := _NEXT.match(text, end)) and more[1].lower() not in _BEHIND_INCHES:
        return None
    if (more := _NEXT.match(text, end)) and (found := KNOWN.get(f"{word} {more[1].lower()}")):
        further = _NEXT.match(text, more.end(1))
        longer = further and KNOWN.get(f"{word} {more[1].lower()} {further[1].lower()}")
        return (*longer, further.end(1)) if longer and further else (*found, more.end(1))
    if more and (further := _NEXT.match(text, more.end(1))):
        longest = KNOWN.get(f"{word} {more[1].lower()} {further[1].lower()}")
        if longest:
            return *longest, further.end(1)
    return _known_unit(word, end)


def _known_unit(word: str, end: int) -> tuple[str, float, int] | None:
    """The unit of one word that ends there."""
    found = KNOWN.get(word.replace(" ", "").replace("{", "").replace("}", "") if "^" in word else word)
    return (*found, end) if found else None


def _other_tongue(word: str, start: int) -> tuple[str, float, int] | None:
    """The longest unit that a word begins with, where words are not set apart."""
    for length in range(min(len(word), 8), 0, -1):
        found = KNOWN.get(word[:length])
        if found:
            return *found, start + length
    return None


def in_base(value: float, unit: str | None, kind: str) -> float:
    """A bare number in base units: in the unit that the prompt asks for, else in the base unit itself.

    >>> in_base(40, "cm", "length"), in_base(45, "%", "number"), in_base(2, None, "length")
    (0.4, 0.45, 2)
    """
    found = KNOWN.get((unit or "").strip().lower())
    return value * found[1] if found and found[0] in (kind, "share") and math.isfinite(value) else value
