"""Programs as values: the syntax tree, and its one canonical spelling.

`parse(show(program)) == program` for every program, and `show(parse(text))` is the canonical
spelling of `text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Operator = Literal["+", "-", "*", "/", "&", "|", "<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: metres and radians, where it is a length or an angle."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A word in quotes: a name, a sector set, an axis."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or a function of the vocabulary without its brackets."""

    id: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the vocabulary with its arguments, in order, then by name."""

    function: str
    arguments: tuple[Node, ...] = ()
    named: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """Entries in square brackets; or in curly ones, each with what it is called."""

    entries: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and what joins them; comparisons are not chained."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Minus:
    """The negative of a quantity."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite truth."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Joined:
    """Truths joined by `and` or by `or`."""

    word: Literal["and", "or"]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Those:
    """`{t for t in SET if TRUTH}`: the members for which it is true."""

    variable: str
    members: Node
    condition: Node


Node = Number | Text | Name | Call | Listed | Binary | Minus | Not | Joined | Those


@dataclass(frozen=True, slots=True)
class Program:
    """Assignments, in order, and the expression whose value is the answer."""

    assigned: tuple[tuple[str, Node], ...]
    answer: Node


# How tightly each form binds, as in Python.
_BINDS = {
    "or": 1,
    "and": 2,
    "not": 3,
    "compare": 4,
    "|": 5,
    "&": 6,
    "+": 7,
    "-": 7,
    "*": 8,
    "/": 8,
    "minus": 9,
}
_ATOM = 10


def show(program: Program | Node) -> str:
    """The canonical spelling.

    >>> show(Call("distance", (Call("the", (Text("tv"),)), Call("the", (Text("bed"),)))))
    'distance(the("tv"), the("bed"))'
    """
    if isinstance(program, Program):
        lines = [f"{name} = {_spell(node)[0]}" for name, node in program.assigned]
        return "; ".join([*lines, _spell(program.answer)[0]])
    return _spell(program)[0]


def _spell(node: Node) -> tuple[str, int]:
    """The text of a node, and how tightly it binds."""
    match node:
        case Number(value):
            return (f"{value:g}" if float(f"{value:g}") == value else repr(value)), _ATOM
        case Text(value):
            return _quoted(value), _ATOM
        case Name(id):
            return id, _ATOM
        case Call(function, arguments, named):
            inside = [show(each) for each in arguments] + [f"{name}={show(each)}" for name, each in named]
            return f"{function}({', '.join(inside)})", _ATOM
        case Listed(entries, names) if names:
            inside = [f"{_quoted(name)}: {show(each)}" for name, each in zip(names, entries, strict=True)]
            return f"{{{', '.join(inside)}}}", _ATOM
        case Listed(entries):
            return f"[{', '.join(show(each) for each in entries)}]", _ATOM
        case Binary(operator, left, right):
            binds = _BINDS.get(operator, _BINDS["compare"])
            compares = operator not in _BINDS
            return f"{_held(left, binds + compares)} {operator} {_held(right, binds + 1)}", binds
        case Minus(operand):
            return f"-{_held(operand, _BINDS['minus'])}", _BINDS["minus"]
        case Not(operand):
            return f"not {_held(operand, _BINDS['not'])}", _BINDS["not"]
        case Joined(word, operands):
            binds = _BINDS[word]
            return f" {word} ".join(_held(each, binds + 1) for each in operands), binds
        case Those(variable, members, condition):
            return f"{{{variable} for {variable} in {_held(members, 2)} if {show(condition)}}}", _ATOM


def _quoted(value: str) -> str:
    return '"' + "".join(_escaped(each) for each in value) + '"'


def _escaped(character: str) -> str:
    """The character as Python reads it within quotes: what is no plain text by its number."""
    if character in ('"', "\\"):
        return "\\" + character
    if character == "\n":
        return "\\n"
    plain = character.isprintable()
    return character if plain else f"\\U{ord(character):08x}"


def _held(node: Node, at_least: int) -> str:
    """The text of a node, in brackets where it binds more loosely than its place asks for."""
    text, binds = _spell(node)
    return text if binds >= at_least else f"({text})"
