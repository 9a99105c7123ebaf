"""Observers in English: from where, and which way, a direction is told."""

from __future__ import annotations

from collections.abc import Callable

from allocentric.query.amounts import kind_of
from allocentric.query.program import Call, Minus, Node, Number, Text, show
from allocentric.query.say_words import KINDS, LENGTH, Given, arguments, entries, origin
from allocentric.words import say_number

Noun = Callable[[Node], str]
"""How a value is said."""


def say_seen(frame: Node, noun: Noun) -> str:
    """From where, behind what is said; of the world there is nothing to say."""
    if isinstance(frame, Call) and frame.function == "world":
        return ""
    return f", from {_frame(frame, noun)}"


def say_amount(node: Node, like: Node, noun: Noun) -> str:
    """A quantity; a bare number in the base unit of what it is compared with."""
    match node:
        case Number(value):
            unit = KINDS.get(kind_of(show(like)) or "")
            return f"{say_number(value, 6)} {unit}" if unit else say_number(value, 6)
        case Call("cm" | "mm" as unit, (Number(value),)):
            return f"{say_number(value, 6)} {unit}"
        case Call("deg", (Number(value),)):
            return f"{say_number(value, 6)} degrees"
        case Call("deg", (Minus(Number(value)),)):
            return f"minus {say_number(value, 6)} degrees"
        case Minus(operand):
            return f"minus {say_amount(operand, like, noun)}"
    return noun(node)


def say_length(given: Given, noun: Noun) -> str:
    """How long a way is; of a thing, along the line that it is."""
    along = "" if show(given["path"]).startswith("walk(") else " along the line"
    return f"the length{along} of {noun(given['path'])}"


def say_turn(given: Given, noun: Noun) -> str:
    """The angle between two headings: of two things, or of two cameras."""
    frames = [each for each in given.values() if isinstance(each, Call) and each.function in ("of", "camera")]
    inner = [noun(next(iter(arguments(each).values()))) for each in frames]
    return f"the angle between {' and '.join(inner)}" if len(inner) == 2 else "the angle between two headings"


def say_turns(given: Given, noun: Noun) -> str:
    """The turns at the stops of a route."""
    first, *stops = [noun(each) for each in entries(given["stops"])]
    return f"which turns do I take from {first} via {', then '.join(stops)}, facing {noun(given['facing'])}"


def _frame(frame: Node, noun: Noun) -> str:
    given = arguments(frame) if isinstance(frame, Call) else {}
    match frame:
        case Call("north"):
            return f"{noun(origin(frame))} facing north"
        case Call("turned"):
            return f"{_frame(given['frame'], noun)}, turning {_turn(given['angle'], noun)}"
        case Call("moved"):
            return f"{_frame(given['frame'], noun)}, {_step(given, noun)}"
    return noun(frame)


def _step(given: Given, noun: Noun) -> str:
    left = given.get("left")
    if left is None:
        return f"walking {say_amount(given['forward'], LENGTH, noun)} forward"
    said = say_amount(left, LENGTH, noun)
    return f"stepping {said.removeprefix('minus ')} to the {'right' if said.startswith('minus') else 'left'}"


def _turn(angle: Node, noun: Noun) -> str:
    said = say_amount(angle, Text(""), noun)
    if said == "180 degrees":
        return "around"
    return f"{said.removeprefix('minus ')} to the {'right' if said.startswith('minus') else 'left'}"
