"""What is said of maps by functions: coordinates as they stand in a sentence, and shapes in words."""

from __future__ import annotations

from typing import Final

from allocentric.oracle.shapes import Coordinates
from allocentric.query.coordinates import coordinates
from allocentric.query.grammar import SEPARATORS, Meaning, Sentence, Slots
from allocentric.query.program import Node
from allocentric.words import read_number, say_number

LYING: Final[dict[str, str]] = {
    "disjoint": "disjoint from",
    "touches": "bordering",
    "crosses": "crossing",
    "overlaps": "overlapping",
    "inside": "properly inside",
    "covered by": "covered by",
    "contains": "properly containing",
    "covers": "covering",
    "equals": "equal in shape to",
}
"""What a thing is to another, by the word for how it lies to it."""


def place(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A pair of coordinates as program text: `[13.4, 52.5]`."""
    numbers, ends = _numbers(sentence, at)
    return [(ends[1], _pair(numbers[:2]))] if len(numbers) == 2 else []


def places(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """Two pairs of coordinates or more, as program text."""
    numbers, ends = _numbers(sentence, at)
    if len(numbers) < 4 or len(numbers) % 2:
        return []
    return [(ends[-1], ", ".join(_pair(numbers[row : row + 2]) for row in range(0, len(numbers), 2)))]


def mark(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """What a mark is: a numeral, or a letter in quotes or by itself."""
    typed = sentence.typed[at] if at < len(sentence.typed) else ""
    if typed.isdigit():
        return [(at + 1, typed)]
    letter = typed.strip('" ')
    single = len(letter) == 1 and letter.isalpha() and letter.isupper()
    return [(at + 1, f'"{letter}"')] if letter and (typed.startswith('"') or single) else []


def _numbers(sentence: Sentence, at: int) -> tuple[list[str], list[int]]:
    """The numbers that follow, with their signs, and where each ends."""
    tokens, numbers, ends = sentence.tokens, list[str](), list[int]()
    end = at
    while end < len(tokens):
        if tokens[end] in SEPARATORS or (tokens[end] == "and" and numbers):
            end += 1
            continue
        sign = "-" if tokens[end] in ("-", "−") else ""
        word = tokens[end + 1] if sign and end + 1 < len(tokens) else tokens[end]
        if not word[:1].isdigit() or read_number(word) is None:
            break
        end += 2 if sign else 1
        numbers.append(f"{sign}{word}")
        ends.append(end)
    return numbers, ends


def _pair(numbers: list[str]) -> str:
    return f"[{', '.join(numbers)}]"


def area_of_corners(slots: Slots) -> str | None:
    """The area with these corners, in order; the first need not be said again."""
    corners = slots["x"].removeprefix("[").removesuffix("]").split("], [")
    if corners[0] != corners[-1]:
        corners.append(corners[0])
    return None if len(corners) < 4 else f"shape([{', '.join(f'[{each}]' for each in corners)}], world())"


def say_shape(node: Node) -> str:
    """Coordinates as a noun: the point (13.4, 52.5), the line through ..., the area with corners ..."""
    rings: Coordinates = coordinates(node)
    corners = rings[0]
    if len(corners) == 1:
        return f"the point {_said(corners[0])}"
    if corners[0] != corners[-1]:
        return f"the line through {', '.join(map(_said, corners))}"
    return f"the area with corners {', '.join(map(_said, corners[:-1]))}"


def _said(corner: tuple[float, float]) -> str:
    return f"({', '.join(say_number(each, 12) for each in corner)})"


EARTH_MEANINGS: Final[dict[str, Meaning]] = {"area_of_corners": area_of_corners}
"""Every function that the rules about maps call, by its name."""
