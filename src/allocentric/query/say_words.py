"""What programs are said with: sayings of the vocabulary, first forms of the word table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from allocentric.query.parse import parse
from allocentric.query.phrases import MEASURES, SIDES_OF
from allocentric.query.program import Binary, Call, Joined, Listed, Node, Not, Program, Text, Those, show
from allocentric.query.vocabulary import word

Given = Mapping[str, Node]
"""The arguments of a call by name."""

PERSONS: Final = {"ME": "me", "MY": "the", "FLOOR": "floor", "AXIS": "straight ahead"}
SIGNS: Final = {">": "more than", "<": "less than", ">=": "at least", "<=": "at most", "==": "exactly"}
WAYS: Final = {"forward": "ahead", "backward": "behind", "up": "up", "down": "down"}
OFFERED: Final = {
    "left_right": ("left", "right"),
    "left_right_back": ("left", "right", "back"),
    "axes": ("front", "back", "left", "right", "up", "down"),
    "compass4": ("north", "east", "south", "west"),
}
WHICH: Final = {
    "quadrants": "in which quadrant",
    "eight": "in which of the eight directions",
    "sight": "how far off to which side of what one sees",
}
BETWEEN: Final = {
    "right": "left or right of",
    "forward": "farther ahead or nearer than",
    "up": "above or below",
}
KINDS: Final = {"length": "m", "area": "square metres", "volume": "cubic metres", "angle": "radians"}
GEOMETRIES: Final = {"centre": ", centre to centre", "floor": ", on the floor plan"}
ARITHMETIC: Final = {
    "-": ("the difference between ", "and"),
    "+": ("the sum of ", "and"),
    "/": ("the ratio of ", "to"),
    "*": ("", "times"),
}
SAID: Final[dict[str, str]] = {
    "view": "view {id}",
    "camera": "{view}",
    "of": "the point of view of {thing}",
    "standing": "{at} facing {facing}",
    "count": "the number of {things*}",
    "total": "the total {by} of the {things*}",
    "extent": "the {along} of {thing}",
    "volume": "the volume of {thing}",
    "proportion": "the {trait} of {thing}",
    "tilt": "the tilt of {thing} from the vertical",
    "winding": "whether {first}, {second} and {third}, in this order, go clockwise or anticlockwise",
    "bin": "in which range {quantity} lies, with edges at {edges}",
    "distance": "the distance between {place+} and {to+}{geometry}",
    "bearing": "{turning} {place} is{frame@}",
    "off_axis": "how far off straight ahead {place} is{frame@}",
    "relation": "whether {place} is {axis} {to}{frame@}",
    "walk": "the way from {start} to {goal}",
    "turn_side": "to which side one turns from {frame} to {other}",
    "which": "which is so: {cases}",
    "route": "the shortest way from {start} to {goal} along {lines}",
    "section": "the shape in which the plane through {first}, {second} and {third} cuts {thing}",
    "opposite": "the face opposite to {thing} when the net is folded",
    "tour": "the shortest tour from {start} through {things}{geometry}",
    "visible_share": "how much of {thing} is {of} in {view}",
    "first_seen": "the first sight of {things}",
    "cut_off": "how much of {thing} is cut off in {view}",
    "box_in": "the box around {thing} in {view}",
    "cell_in": "the cell of {place} in {view}, of three rows of three",
    "pixel_in": "the pixel of {place} in {view}",
    "relation_in": "whether {thing} is {axis} {to}, by pixels alone in {view}",
    "marked": "mark {mark} in {view}",
    "topology": "the topological relation of {thing} to {other}{snap}",
    "at": "{thing} at second {time}",
    "speed": "how fast {thing} moves at second {time}",
}
"""How the words that give a value are said, where it is always the same way.

`{slot}` is a noun, `{slot*}` a plural, `{slot+}` a place or the nearest of a kind, `{slot@}` from where.
"""

PREDICATES: Final[dict[str, str]] = {
    "facing": "facing {place}",
    "between": "between {first} and {second}",
    "in_corner": "in a corner of {room}{within}",
    "visible_in": "visible in {view}",
    "congruent": "the same as {other}, only turned",
    "unfolded": "{sheet} unfolded, folded by {folds} and punched at {holes}",
    "meeting": "on the left of {right} and below {top} when the net is folded",
    "hidden_by": "hiding {thing} in {view}",
}
"""What a word says of its subject, or of the members of its set."""

LENGTH: Final = Call("distance", (Text(""), Text("")))  # what a bare length is like


def first_form(pattern: str) -> str:
    """How a form of the word table is said: its first alternatives, without what may be left out.

    >>> first_form("( to/on )? the right ( side )? of"), first_form("larger/bigger in volume")
    ('the right of', 'larger in volume')
    """
    while "(" in pattern:
        inner = re.search(r"\(([^()]*)\)(\??)", pattern)
        if inner is None:
            raise ValueError(f"a bracket is open in {pattern!r}")
        kept = "" if inner[2] else inner[1].split("|")[0]
        pattern = f"{pattern[: inner.start()]} {kept} {pattern[inner.end() :]}"
    kept_words = [each.split("/")[0] for each in pattern.split() if not each.endswith("?")]
    return " ".join(PERSONS.get(each, each) for each in kept_words)


def put_in(program: Program) -> Node:
    """The answer with what was assigned put in its place."""
    text = show(program.answer)
    for name, node in reversed(program.assigned):
        text = re.sub(rf"\b{name}\b(?![\"=(])", show(node).replace("\\", "\\\\"), text)
    return parse(text).answer


def arguments(call: Call) -> Given:
    """The arguments of a call by name; of a call one short, the first is not there."""
    parameters = [each.name for each in word(call.function).parameters]
    required = sum(each.required for each in word(call.function).parameters)
    short = len(call.arguments) + len(call.named) < required
    return dict(zip(parameters[short:], call.arguments)) | dict(call.named)


def is_truth(node: Node) -> bool:
    """True for a program that is so or not."""
    match node:
        case Not() | Joined():
            return True
        case Binary(operator):
            return operator in ("<", "<=", ">", ">=", "==", "!=")
        case Call(function):
            required = sum(each.required for each in word(function).parameters)
            return word(function).gives == "truth" and len(arguments(node)) >= required
    return False


def is_set(node: Node) -> bool:
    """True for a program that gives things; of a call one short, those for which it is so."""
    match node:
        case Those():
            return True
        case Binary("&" | "|" | "-", left, _):
            return is_set(left)
        case Call(function):
            return word(function).gives in ("things", "truth")
    return False


def is_kind(node: Node) -> bool:
    """True for all of a kind."""
    return isinstance(node, Call) and node.function == "all"


def entries(node: Node) -> tuple[Node, ...]:
    """The entries of a list; none of anything else."""
    return node.entries if isinstance(node, Listed) else ()


def origin(frame: Node) -> Node:
    """Of what thing a frame that faces north is."""
    at = arguments(frame).get("at") if isinstance(frame, Call) else None
    return at if at is not None else Text("the origin")


def measured_by(by: Node, forms: str = "nouns") -> str:
    """A form of the measure that a function of a thing is; empty where it has none."""
    text = show(by)
    key = "volume" if forms == "nouns" else "size"  # a volume by its noun, but "the biggest"
    found = MEASURES[key] if text == "volume" else next((e for e in MEASURES.values() if e.by == text), None)
    given: tuple[str, ...] = getattr(found, forms) if found else ()
    return first_form(given[0]) if given else ""


def side_seen(label: str, given: Given) -> str:
    """The side of another thing, in words: to whom looks on, what is farther ahead than it is behind it."""
    if show(given["frame"]) != f"of({show(given['to'])})":
        label = {"in front": "behind", "behind": "in front"}.get(label, label)
    return first_form(SIDES_OF[label][0]) if label in SIDES_OF else label
