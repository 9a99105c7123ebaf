"""The open words of the grammar beside names: numbers, quantities with units, views, options."""

from __future__ import annotations

import re
from typing import Final

from allocentric.query.earth import mark, place, places
from allocentric.query.grammar import Leaf, Sentence
from allocentric.query.nouns import name
from allocentric.query.observer import sectors_for
from allocentric.words import UNITS, read_number, say_number


def number(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A whole number, as a numeral."""
    word = sentence.tokens[at] if at < len(sentence.tokens) else ""
    value = None if word in ("a", "an", "half") else read_number(word)
    return [] if value is None or value != int(value) else [(at + 1, str(int(value)))]


def quantity(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A number with its unit, as "kind: program text": `length: cm(40)`."""
    tokens = sentence.tokens
    for end in range(min(len(tokens), at + 6), at + 1, -1):
        for cut in range(at + 1, end):
            unit = UNITS.get(" ".join(tokens[cut:end]))
            value = read_number(" ".join(tokens[at:cut])) if unit else None
            if unit is not None and value is not None:
                return [(end, f"{unit.kind}: {_literal(value, unit.symbol, unit.factor)}")]
    return []


def _literal(value: float, symbol: str, factor: float) -> str:
    shown = say_number(value, 12)
    if symbol in ("cm", "mm"):
        return f"{symbol}({shown})"
    return f"deg({shown})" if symbol == "°" else say_number(value * factor, 12)


def seconds(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A number of seconds, as a numeral."""
    word = sentence.tokens[at] if at < len(sentence.tokens) else ""
    value = None if word in ("a", "an", "half") else read_number(word)
    return [] if value is None or value < 0 else [(at + 1, say_number(value, 12))]


def percent(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A number of percent, as a share of one."""
    for sign in (("%",), ("percent",), ("per", "cent")):
        if sentence.tokens[at + 1 : at + 1 + len(sign)] == sign:
            value = read_number(sentence.tokens[at])
            return [] if value is None else [(at + 1 + len(sign), say_number(value / 100, 12))]
    return []


def view(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """The id of a view: a numeral, a word with a digit or an underscore in it, as typed, or in quotes."""
    if at >= len(sentence.tokens):
        return []
    typed = sentence.typed[at]
    if typed.startswith('"'):
        return [(at + 1, f"view({typed})")] if typed.strip('" ') else []
    if typed.isdigit():
        return [(at + 1, f"view({int(typed)})")]
    value = read_number(sentence.tokens[at])
    if value is not None and sentence.tokens[at] not in ("a", "an", "half"):
        return [(at + 1, f"view({int(value)})")]
    if re.search(r"[\d_]", typed) or (len(typed) == 1 and typed.isupper()):
        return [(at + 1, f'view("{typed}")')]
    return []


def options(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """The options as names in quotes, where all are names, else nothing; takes up no words."""
    named = list[str]()
    for option in sentence.options:
        words = tuple(option.lower().removeprefix("the ").split())
        there = name(Sentence(words, words), 0) if words else []
        named += [f'"{each}"' for end, each in there if end == len(words)][:1]
    if len(named) < len(sentence.options):
        return []
    return [(at, ", ".join(named))]


def sectors(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """The sectors in which an open question is answered, by its options; none where it asks for degrees."""
    if _asks_for_angle(sentence):
        return []
    labels = [option.lower().replace(" ", "-") for option in sentence.options]
    labels = ["back" if label in ("behind", "rear") else label for label in labels]
    labels = ["front" if label in ("in-front", "ahead", "forward") else label for label in labels]
    offered = sectors_for(labels) if labels else None
    return [(at, offered or "four")]


def degrees(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """Nothing, where the question asks for degrees; takes up no words."""
    return [(at, "")] if _asks_for_angle(sentence) else []


def _asks_for_angle(sentence: Sentence) -> bool:
    return sentence.unit is not None and UNITS[sentence.unit].kind == "angle"


def edges(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """The edges of "0, 1 and 2 m" or of "0 to 1 m, 1 to 2 m": each in the last unit, a line each."""
    tokens, numbers, unit = sentence.tokens, list[str](), ""
    end, stop = at, at
    while end < len(tokens):
        if read_number(tokens[end]) is not None and tokens[end] not in ("a", "an"):
            numbers.append(tokens[end])
        elif tokens[end] in UNITS and numbers:
            unit, stop = tokens[end], end + 1
        elif tokens[end] not in (",", "and", "or", "to", "-", "between"):
            break
        end += 1
    chained = list(dict.fromkeys(numbers))
    if len(chained) < 2 or not unit or chained != sorted(chained, key=lambda each: read_number(each) or 0):
        return []
    stated = [quantity(Sentence((each, unit), ()), 0) for each in chained]
    return [(stop, "\n".join(each[0][1] for each in stated))]


def determiner_next(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """Nothing, before "the" and its like: "nearest the bed" has its place, "nearest chair" has not."""
    return [(at, "")] if sentence.tokens[at : at + 1] and sentence.tokens[at] in _DETERMINERS else []


_DETERMINERS: Final = ("the", "my", "our", "your", "this", "that", "view", "camera", "me")


def number_or_quantity(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A quantity with its unit, or a bare number."""
    return quantity(sentence, at) + [(end, f"number: {value}") for end, value in number(sentence, at)]


def length(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A stated length, as program text."""
    found = quantity(sentence, at)
    return [(end, text.removeprefix("length: ")) for end, text in found if text.startswith("length: ")]


LEAVES: Final[dict[str, Leaf]] = {
    "NAME": name,
    "NUM": number,
    "QTY": quantity,
    "LENGTH": length,
    "QTYN": number_or_quantity,
    "PERCENT": percent,
    "SEC": seconds,
    "EDGES": edges,
    "ID": view,
    "MARK": mark,
    "PLACE": place,
    "PLACES": places,
    "OPTIONS": options,
    "SECTORS": sectors,
    "DEGREES": degrees,
    "DET_NEXT": determiner_next,
}
"""The symbols that code reads."""
