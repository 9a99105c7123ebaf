"""Conditions that are said otherwise than they are written: what a room has, what shares a room."""

from __future__ import annotations

from dataclasses import dataclass

from allocentric.query.program import Binary, Call, Joined, Name, Node, Not, Number, Those
from allocentric.query.say_words import SIGNS


@dataclass(frozen=True, slots=True)
class Had:
    """What a room has: how many ("no", "the most", "at least 2"; "a": some) of which kind."""

    how: str
    kind: Node


def had(condition: Node, room: str) -> Had | None:
    """What a condition says that a room has; None where it says something else."""
    match condition:
        case Call("exists", (things,)) if kind := _kept_in(things, room):
            return Had("a", kind)
        case Not(Call("exists", (things,))) if kind := _kept_in(things, room):
            return Had("no", kind)
        case Binary(operator, Call("count", (things,)), Number(value)) if kind := _kept_in(things, room):
            return Had(f"{SIGNS[operator]} {value:g}", kind)
        case Not(
            Call(
                "exists",
                (
                    Those(
                        other,
                        Call("all"),
                        Joined(
                            "and",
                            (
                                Binary("!="),
                                Binary(sign, Call("count", (there,)), Call("count", (here,))),
                            ),
                        ),
                    ),
                ),
            )
        ) if (kind := _kept_in(here, room)) and kind == _kept_in(there, other):
            return Had("the most" if sign == ">" else "the fewest", kind)
    return None


def sharing(condition: Node) -> tuple[Node, Node] | None:
    """The two things of which a condition says that one room holds both."""
    match condition:
        case Call(
            "exists",
            (
                Those(
                    room,
                    Call("all"),
                    Joined("and", (Call("inside", (one, Name(held))), Call("inside", (other, Name(too))))),
                ),
            ),
        ) if held == too == room:
            return one, other
    return None


def but_itself(condition: Node, member: str) -> Node:
    """A condition without "and is another thing", where what it is near to says so."""
    match condition:
        case Joined("and", (first, Binary("!=", Name(id), other))) if id == member:
            return first if _reaches(first, member, other) else condition
    return condition


def _reaches(condition: Node, member: str, other: Node) -> bool:
    match condition:
        case Binary("<" | "<=", Call("distance", (Name(id), place, *_)), _):
            return id == member and place == other
        case Binary(">", _, Call("distance", (Name(id), place, *_))):
            return id == member and place == other
    return sharing(condition) == (Name(member), other)


def _kept_in(things: Node, room: str) -> Node | None:
    """The kind of things that are inside a room."""
    match things:
        case Binary("&", Call("all") as kind, Call("inside", (Name(id),))) if id == room:
            return kind
        case Call("inside", (Name(id),)) if id == room:
            return Call("all")
    return None
