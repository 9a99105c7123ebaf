"""What is passed, faced and seen on a way, in English: the parts of such programs."""

from __future__ import annotations

from dataclasses import dataclass

from allocentric.query.program import Binary, Call, Name, Node, Text, Those, show
from allocentric.query.say_words import Given, arguments


def headed(given: Given) -> Node | None:
    """The thing whose own heading a direction of the compass is of: where a step forward leads from it."""
    place, frame = given["place"], given["frame"]
    if not (isinstance(place, Call) and place.function == "moved"):
        return None
    if not (isinstance(frame, Call) and frame.function == "north"):
        return None
    moved, thing = arguments(place), arguments(frame).get("at")
    own = moved["frame"]
    if set(moved) != {"frame", "forward"} or not (isinstance(own, Call) and own.function == "of"):
        return None
    return thing if thing is not None and show(arguments(own)["thing"]) == show(thing) else None


def passed(given: Given) -> tuple[Node, Node] | None:
    """Between what two things one walks who passes others in this order."""
    by = given["by"]
    if not (isinstance(by, Call) and by.function == "offset") or dict(by.named).get("axis") != Text(
        "forward"
    ):
        return None
    frame = dict(by.named).get("frame")
    if not (isinstance(frame, Call) and frame.function == "standing"):
        return None
    return arguments(frame)["at"], arguments(frame)["facing"]


@dataclass(frozen=True, slots=True)
class Stood:
    """One of some things, at which one faces a thing and has another at one side."""

    among: Node
    facing: Node
    seen: Node
    side: str


def stood(node: Those) -> Stood | None:
    """Where one stands, if that is what a set asks."""
    match node.condition:
        case Binary("==", Call("direction") as call, Text(side)):
            given = arguments(call)
            frame = given["frame"]
            if not (isinstance(frame, Call) and frame.function == "standing"):
                return None
            if arguments(frame)["at"] != Name(node.variable):
                return None
            return Stood(node.members, arguments(frame)["facing"], given["place"], side)
    return None


def gazing(by: Node) -> Node | None:
    """The thing whose own front a measure is off."""
    if not (isinstance(by, Call) and by.function == "off_axis"):
        return None
    frame = dict(by.named).get("frame")
    if not (isinstance(frame, Call) and frame.function == "of"):
        return None
    return arguments(frame)["thing"]
