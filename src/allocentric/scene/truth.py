"""What a truth is: what is still possible, by how much it is clear, and why it is not known.

Inside a program every value is a bound (`Quantity`, `Angle`, `Truth`, `Label`, `Pick`, `Things`,
`Order`, `Turns`, `Path`), or `Unknown`. At the end it becomes `Measured` or `Undetermined`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, NamedTuple

from allocentric.intervals import Arc, Interval, Members

Reason = Literal[
    "ambiguous",
    "overlap",
    "hidden",
    "never_seen",
    "not_placed",
    "not_measured",
    "no_frame",
    "no_front",
    "no_scale",
    "no_north",
    "not_complete",
    "unconnected",
    "contradiction",
]
ImageUnit = Literal["px", "rad"]
MarginUnit = Literal["m", "rad", "s", "share", "px", "ratio", "count"]

TOLERANCE: Final[dict[MarginUnit, float]] = {
    "m": 0.15,
    "rad": math.radians(10),
    "s": 1.0,
    "share": 0.05,
    "px": 10.0,
    "ratio": 1.1,
    "count": 0.5,
}
"""How much of each unit makes a comparison clear: at this gap, `clear` is 1."""


class Dimension(NamedTuple):
    """Powers of length, time and angle: an area is `Dimension(2, 0, 0)`."""

    length: int = 0
    time: int = 0
    angle: int = 0


NUMBER: Final = Dimension()
LENGTH: Final = Dimension(length=1)
AREA: Final = Dimension(length=2)
VOLUME: Final = Dimension(length=3)
TIME: Final = Dimension(time=1)
ANGLE: Final = Dimension(angle=1)


@dataclass(frozen=True, slots=True)
class Margin:
    """The gap of the critical comparison, in its unit; `clear` is the gap by that unit's tolerance."""

    gap: float
    unit: MarginUnit
    clear: float
    of: str


def margin(gap: float, unit: MarginUnit, of: str) -> Margin:
    """The margin of one comparison; a ratio is judged by its logarithm."""
    tolerance = TOLERANCE[unit]
    if unit == "ratio":
        return Margin(gap, unit, math.log(max(gap, 1.0)) / math.log(tolerance), of)
    return Margin(gap, unit, gap / tolerance, of)


def narrowest(margins: Iterable[Margin | None]) -> Margin | None:
    """The margin that is least clear; None where there is none."""
    held = [each for each in margins if each is not None]
    return min(held, key=lambda each: each.clear) if held else None


def widest(margins: Iterable[Margin | None]) -> Margin | None:
    """The margin that is most clear; None where there is none."""
    held = [each for each in margins if each is not None]
    return max(held, key=lambda each: each.clear) if held else None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why something is not known, and what would mend it. As a value: anything is possible."""

    reason: Reason
    detail: str
    remedy: str
    margin: None = None

    @property
    def doubt(self) -> Unknown:
        """Itself: as a value, it is its own doubt."""
        return self


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a dimension; its lengths are `scaled` powers of the scene unit, the rest metres."""

    bound: Interval
    dimension: Dimension = NUMBER
    scaled: int = 0
    margin: Margin | None = None
    doubt: Unknown | None = None
    counts: bool = False  # whole numbers: how many there are
    share: bool = False  # of a whole: 0 to 1


@dataclass(frozen=True, slots=True)
class Angle:
    """A direction around a circle, left positive from straight ahead."""

    arc: Arc
    margin: Margin | None = None
    doubt: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """True, False, or either."""

    possible: frozenset[bool]
    margin: Margin | None = None
    doubt: Unknown | None = None


SURELY: Final = frozenset((True,))
NEVER: Final = frozenset((False,))
EITHER: Final = frozenset((True, False))


@dataclass(frozen=True, slots=True)
class Label:
    """One of a few words; those still possible."""

    possible: tuple[str, ...]
    margin: Margin | None = None
    doubt: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """One thing of the scene, by its row."""

    row: int


@dataclass(frozen=True, slots=True)
class Things:
    """A set of things, and how it was named."""

    members: Members
    says: str = ""
    margin: Margin | None = None
    doubt: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One candidate: how it was named, and the rows that may stand for it."""

    says: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """The candidates of a choice that are still possible."""

    choices: tuple[Choice, ...]
    open: bool = False  # something not listed may be meant
    margin: Margin | None = None
    doubt: Unknown | None = None

    @property
    def rows(self) -> tuple[int, ...]:
        """Every row that may be meant."""
        return tuple(dict.fromkeys(row for choice in self.choices for row in choice.rows))


@dataclass(frozen=True, slots=True)
class Order:
    """Candidates in the middle of what is known of them, and the neighbours whose order is certain."""

    says: tuple[str, ...]
    certain: frozenset[tuple[int, int]]  # pairs of positions: the first surely comes before the second
    same: frozenset[tuple[int, int]] = frozenset()  # pairs that surely count as equal
    margin: Margin | None = None
    doubt: Unknown | None = None

    @property
    def settled(self) -> bool:
        """True where every pair is in a certain order."""
        pairs = len(self.says) * (len(self.says) - 1) // 2
        return len(self.certain | self.same) == pairs


@dataclass(frozen=True, slots=True)
class Turns:
    """The turn at each stop of a route: the words still possible for each."""

    possible: tuple[tuple[str, ...], ...]
    margin: Margin | None = None
    doubt: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """A way on the floor: its corners (scene units; where everything is exact) and its length."""

    points: tuple[tuple[float, float], ...]
    length: Interval
    margin: Margin | None = None
    doubt: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a picture: right and down, in pixels; of a panorama left and up, in radians."""

    x: Interval
    y: Interval
    unit: ImageUnit = "px"
    margin: Margin | None = None
    doubt: Unknown | None = None


@dataclass(frozen=True, slots=True)
class ImageBox:
    """An upright box in a picture: left, top, right and bottom, in pixels or radians, as of a `Point`."""

    edges: tuple[Interval, Interval, Interval, Interval]
    unit: ImageUnit = "px"
    margin: Margin | None = None
    doubt: Unknown | None = None


Bound = Quantity | Angle | Truth | Label | Things | Pick | Order | Turns | Path | Point | ImageBox | Unknown


def weighed(bound: Any, margins: Iterable[Margin | None], doubts: Iterable[Unknown | None]) -> Any:
    """`bound` (or a frame) with the least clear of these margins and its own, and the first doubt."""
    if isinstance(bound, Unknown):
        return bound
    least = narrowest((bound.margin, *margins))
    doubt = bound.doubt or next((each for each in doubts if each is not None), None)
    if least is bound.margin and doubt is bound.doubt:
        return bound
    return replace(bound, margin=least, doubt=doubt)


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of the scene that an answer hangs on: a thing's property, or what all things share."""

    thing: str | None
    property: str
    value: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A value that the scene decides, with what was possible, its margin and the facts it hangs on."""

    value: float | bool | str | tuple[str, ...] | tuple[float, ...] | tuple[tuple[float, float], ...]
    possible: Bound
    margin: Margin | None
    evidence: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Undetermined:
    """A full answer: this scene does not decide it, why not, and what would."""

    reason: Reason
    detail: str
    remedy: str
    possible: Bound
    evidence: tuple[Fact, ...] = ()
