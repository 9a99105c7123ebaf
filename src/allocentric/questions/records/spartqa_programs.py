"""Programs about shapes of a SpartQA story: that one lies some way from another, how far, at which edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from allocentric.worlds.readers.stories.build import AT_EDGE, NEAR, TOUCHING
from allocentric.worlds.readers.stories.spartqa import Shapes
from allocentric.worlds.readers.stories.spartqa_words import apart_of, way_of
from allocentric.worlds.readers.stories.statements import Apart, NotRead, Way

_SIDES: Final = {"right": ("left", "right"), "up": ("below", "above")}
Held = bool | None
"""Whether something holds; None where it is open."""


@dataclass(frozen=True, slots=True)
class Lying:
    """That a shape lies some way from another, and how far; of neither, where nothing is asked of it."""

    way: Way
    apart: Apart

    @staticmethod
    def of(words: str) -> Lying:
        """What words such as "near and above" ask for. Raises NotRead where they deny themselves."""
        apart = apart_of(words)
        return Lying(way_of(words), apart)

    def program(self, thing: str, to: str, shapes: Shapes) -> str:
        """The program that it is so. Raises NotRead for near or far in a story that speaks of neither."""
        if self.apart in ("near", "far") and not shapes.tells_far:
            raise NotRead("the story says nothing of near or far")
        parts = [
            _side(thing, to, axis, sign=sign)
            for axis, sign in (("right", self.way.right), ("up", self.way.up))
            if sign
        ]
        if self.apart:
            parts.append(_apart(thing, to, self.apart, home=shapes.homes[thing]))
        return " and ".join(f"({each})" for each in parts) if len(parts) > 1 else parts[0]


def at_edge(thing: str, way: Way, shapes: Shapes) -> str:
    """The program that a shape touches these edges of its block."""
    home = shapes.homes[thing]
    parts = [
        f"{_offset(thing, home, axis)} {'>=' if sign > 0 else '<='} {_of_block(home, sign * AT_EDGE.low)}"
        for axis, sign in (("right", way.right), ("up", way.up))
        if sign
    ]
    return " and ".join(parts)


def _side(thing: str, to: str, axis: str, *, sign: int) -> str:
    return f'relation(the("{thing}"), the("{to}"), world(), axis="{axis}") == "{_SIDES[axis][sign > 0]}"'


def _apart(thing: str, to: str, apart: Apart, *, home: str) -> str:
    """Along both axes nearer than the border, along one farther, or along one as good as in one place."""
    if apart == "near":
        return " and ".join(_closer(thing, to, axis, border=NEAR, home=home) for axis in _SIDES)
    if apart == "far":
        return " or ".join(_farther(thing, to, axis, border=NEAR, home=home) for axis in _SIDES)
    ways = [
        f"({_closer(thing, to, axis, border=TOUCHING, home=home)}"
        f" and {_closer(thing, to, other, border=NEAR, home=home)})"
        for axis, other in (("right", "up"), ("up", "right"))
    ]
    return " or ".join(ways)


def _closer(thing: str, to: str, axis: str, *, border: float, home: str) -> str:
    offset = _offset(thing, to, axis)
    return f"{offset} < {_of_block(home, border)} and {offset} > {_of_block(home, -border)}"


def _farther(thing: str, to: str, axis: str, *, border: float, home: str) -> str:
    offset = _offset(thing, to, axis)
    return f"{offset} > {_of_block(home, border)} or {offset} < {_of_block(home, -border)}"


def _offset(thing: str, to: str, axis: str) -> str:
    return f'offset(the("{thing}"), world(at=the("{to}")), axis="{axis}")'


def _of_block(home: str, share: float) -> str:
    return f'{share} * extent(the("{home}"), along="width")'


def all_of(held: Sequence[Held]) -> Held:
    """True where all are, false where one is not."""
    return False if False in held else None if None in held else True


def any_of(held: Sequence[Held]) -> Held:
    """True where one is, false where none is."""
    return True if True in held else None if None in held else False


def not_so(held: Held) -> Held:
    """What is open stays open."""
    return None if held is None else not held


def closed(held: Sequence[Held], lying: Lying) -> list[Held]:
    """What is stated to touch touches, and nothing else; all other relations may be open."""
    return [each is True for each in held] if lying.apart == "touching" else list(held)
