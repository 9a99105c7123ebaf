"""Which of the offered options an answer is: by what it says, or by its number."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from allocentric.scene.labels import canonical
from allocentric.scene.truth import (
    Angle,
    Label,
    Measured,
    Order,
    Path,
    Pick,
    Point,
    Quantity,
    Things,
    Truth,
    Turns,
)
from allocentric.words import read_quantity

_PLACE: Final = re.compile(r"\(\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)$")
_HYPHEN: Final = re.compile(r"_|-(?!\d)")  # before a number it is its sign
_LETTER: Final = re.compile(r"^\s*\(?([A-Za-z])[.):]\s*(.+)$", re.DOTALL)


def lettered(options: Sequence[str]) -> list[tuple[str, str]]:
    """Each option with its letter: the one it is marked with, else A, B, C in order.

    >>> lettered(["A. left", "B. right"])
    [('A', 'left'), ('B', 'right')]
    """
    marked = [_LETTER.match(each) for each in options]
    if all(marked):
        return [(each[1].upper(), each[2].strip()) for each in marked if each is not None]
    return [(chr(ord("A") + place), each.strip()) for place, each in enumerate(options)]


def choose(result: Measured, options: Sequence[str]) -> str | None:
    """The letter of the option that the answer is; None where none, or more than one, is.

    A number is the option nearest to it, where all options are numbers; a place in a picture, where all are
    places.
    """
    offered = lettered(options)
    bound = result.possible
    if isinstance(bound, Quantity | Angle | Path):
        return _nearest_number(result, offered)
    if isinstance(bound, Point):
        return _nearest_place(result, offered)
    said = _sayings(result)
    chosen = [letter for letter, text in offered if _plain(text) in said]
    return chosen[0] if len(chosen) == 1 else None


def _sayings(result: Measured) -> set[str]:
    """Every way in which the answer may be written as an option."""
    value, bound = result.value, result.possible
    match bound:
        case Truth():
            return {_plain(word) for word in (("yes", "true") if value is True else ("no", "false"))}
        case Label():
            text = str(value)
            return {
                _plain(text),
                _plain(f"to the {text}"),
                _plain({"above": "higher", "below": "lower"}.get(text, text)),
            }
        case Turns(possible):
            words = [each[0] for each in possible]
            return {_plain(", ".join(f"turn {word}" for word in words)), _plain(", ".join(words))}
        case Pick() | Order() | Things():
            words = [value] if isinstance(value, str) else [str(each) for each in value]  # type: ignore[union-attr]
            return {_plain(", ".join(words))}
        case _:
            return {_plain(str(value))}


def _plain(text: str) -> str:
    """Lower case, one spelling of each word, no articles, one mark between entries."""
    entries = re.split(r"\s*(?:,|;|->|→|\bthen\b|\band\b)\s*", text.strip().rstrip(".").lower())
    plain = [re.sub(r"^(the|a|an)\s+", "", _HYPHEN.sub(" ", each).strip()) for each in entries]
    return ", ".join(canonical(each) for each in plain if each)


def _nearest_number(result: Measured, offered: Sequence[tuple[str, str]]) -> str | None:
    value = float(result.value)  # type: ignore[arg-type]
    numbers = list[tuple[float, str]]()
    for letter, text in offered:
        read = read_quantity(text)
        number = read[0] if read is not None else _bare(text)
        if number is None:
            return None
        numbers.append((abs(number - value), letter))
    numbers.sort()
    tied = len(numbers) > 1 and numbers[0][0] == numbers[1][0]
    return None if tied or not numbers else numbers[0][1]


def _nearest_place(result: Measured, offered: Sequence[tuple[str, str]]) -> str | None:
    x, y = (float(each) for each in result.value)  # type: ignore[union-attr, arg-type]
    read = [(_PLACE.match(text), letter) for letter, text in offered]
    if not all(found for found, _ in read):
        return None
    away = sorted(
        (math.hypot(float(found[1]) - x, float(found[2]) - y), letter) for found, letter in read if found
    )
    tied = len(away) > 1 and away[0][0] == away[1][0]
    return None if tied or not away else away[0][1]


def _bare(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
