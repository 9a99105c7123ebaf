"""What is said of rooms and of what is in them, as program text."""

from __future__ import annotations

from typing import Final

from allocentric.query.amounts import grouped, is_room, name_in, restricted
from allocentric.query.grammar import Meaning, Slots
from allocentric.query.observer import MEMBER, stood_at


def _within(things: str, room: str) -> str:
    """The things of a set in a room."""
    return f"inside({room})" if things == "all()" else f"{grouped(things)} & inside({room})"


def room_kind(slots: Slots) -> str | None:
    """A kind of room; of anything else there is no reading."""
    return slots["k"] if is_room(name_in(slots["k"]) or "") else None


def one_room(slots: Slots) -> str | None:
    """A room; of anything else there is no reading."""
    return slots["a"] if is_room(name_in(slots["a"]) or "") else None


def has(slots: Slots) -> str:
    """That a room has some of a kind."""
    return f"? exists({_within(slots['l'], MEMBER)})"


def has_none(slots: Slots) -> str:
    """That a room has none of a kind."""
    return f"? not exists({_within(slots['l'], MEMBER)})"


def has_number(slots: Slots) -> str:
    """That a room has at least (at most, more than, ...) so many of a kind."""
    return f"? count({_within(slots['l'], MEMBER)}) {slots.get('o', '==')} {slots['n']}"


def _has_extreme(sign: str) -> Meaning:
    """That no other room has more (fewer) of a kind."""

    def made(slots: Slots) -> str:
        other = f"count({_within(slots['l'], 'r')}) {sign} count({_within(slots['l'], MEMBER)})"
        return f'? not exists({{r for r in all("room") if r != {MEMBER} and {other}}})'

    return made


def _shared(one: str, other: str) -> str:
    return f'exists({{r for r in all("room") if inside({one}, r) and inside({other}, r)}})'


def more_here(sign: str) -> Meaning:
    """How the number of a kind under one condition compares with that under another."""

    def made(slots: Slots) -> str:
        one, other = (f"count({restricted(slots['k'], slots[slot])})" for slot in "mn")
        return f"{other} - {one}" if sign == "-<" else f"{one} {sign} {other}"

    return made


def of_kinds(sign: str) -> Meaning:
    """How the numbers of two kinds under one condition compare."""

    def made(slots: Slots) -> str:
        one, other = (f"count({restricted(slots[slot], slots['m'])})" for slot in "kl")
        return f"{one} {sign} {other}"

    return made


def in_rooms(sign: str) -> Meaning:
    """Whether one room has more (fewer) of a kind than another."""
    return lambda slots: (
        f"count({_within(slots['k'], slots['a'])}) {sign} count({_within(slots['k'], slots['b'])})"
    )


ROOM_MEANINGS: Final[dict[str, Meaning]] = {
    "standing_where": lambda slots: stood_at(slots["o"], slots["d"], slots["a"], side=slots["s"]),
    "room_kind": room_kind,
    "one_room": one_room,
    "has": has,
    "has_none": has_none,
    "has_number": has_number,
    "has_most": _has_extreme(">"),
    "has_fewest": _has_extreme("<"),
    "most_in": lambda slots: restricted(slots["k"], str(_has_extreme(">")(slots))),
    "fewest_in": lambda slots: restricted(slots["k"], str(_has_extreme("<")(slots))),
    "shared_by_member": lambda slots: f"? {_shared(MEMBER, slots['b'])}",
    "not_shared_by_member": lambda slots: f"? not {_shared(MEMBER, slots['b'])}",
    "shared": lambda slots: _shared(slots["a"], slots["b"]),
    "more_here": more_here("-"),
    "fewer_here": more_here("-<"),
    "is_more_here": more_here(">"),
    "is_fewer_here": more_here("<"),
    "more_of_one": of_kinds(">"),
    "fewer_of_one": of_kinds("<"),
    "more_in_room": in_rooms(">"),
    "fewer_in_room": in_rooms("<"),
}
"""Every function of rooms that the rules call, by its name."""
