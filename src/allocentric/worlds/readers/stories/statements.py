"""What a story says, sentence by sentence, as values: what lies where to what, what is in what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class NotRead(Exception):
    """Why a sentence says nothing that this grammar knows."""


class Way(NamedTuple):
    """The sign along each axis that a relation states: 1, -1, 0 for level with, None where it says nothing.

    `right` of a reader, `up`, and `front`, ahead of the other.
    """

    right: int | None = None
    up: int | None = None
    front: int | None = None

    def __neg__(self) -> Way:
        return Way(*(None if each is None else -each for each in self))

    def joined(self, other: Way) -> Way | None:
        """Both at once; None where they deny each other, or neither says a thing."""
        parts = list[int | None]()
        for here, there in zip(self, other, strict=True):
            if here is not None and there is not None and here != there:
                return None
            parts.append(there if here is None else here)
        return Way(*parts)


Apart = Literal["", "near", "far", "touching"]
"""How far a thing lies from another, where that is said."""


@dataclass(frozen=True, slots=True)
class Lies:
    """A thing lies some way from another; `sentence` is the one that says so, counted from 1."""

    thing: str
    to: str
    way: Way
    sentence: int = 0
    apart: Apart = ""


@dataclass(frozen=True, slots=True)
class AtEdge:
    """A thing touches the edges of its block that lie these ways."""

    thing: str
    region: str
    way: Way
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Bigger:
    """A thing is bigger than another, which says nothing of where they are."""

    thing: str
    than: str
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Within:
    """A thing is in a block or room; `moved`: from here on, wherever it was before."""

    thing: str
    region: str
    sentence: int = 0
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Who has a thing, which from here on is where that one is; `ends`: who lets go of it."""

    thing: str
    by: str
    sentence: int = 0
    ends: bool = False


@dataclass(frozen=True, slots=True)
class There:
    """A thing, or a region, is there, and what it is called."""

    thing: str
    label: str = "object"
    region: bool = False
    sentence: int = 0


Statement = Lies | AtEdge | Bigger | Within | Held | There


def names_in(said: Statement) -> tuple[str, ...]:
    """What a statement names."""
    match said:
        case (
            Lies(thing, other)
            | AtEdge(thing, other)
            | Bigger(thing, other)
            | Within(thing, other)
            | Held(thing, other)
        ):
            return (thing, other)
        case There(thing):
            return (thing,)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sentence that was not read, and why."""

    sentence: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Story:
    """What was read of a story, and what was not."""

    statements: tuple[Statement, ...]
    skipped: tuple[Skipped, ...] = ()
