"""What kinds of answer there are, what a prompt asks for, and what a reading of a reply comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, get_args

from allocentric.errors import BadInput

AnswerKind = Literal[
    "choice",
    "choices",
    "yes_no",
    "count",
    "number",
    "length",
    "area",
    "volume",
    "angle",
    "time",
    "speed",
    "direction",
    "point",
    "points",
    "box",
    "boxes",
    "spherical_box",
    "order",
    "route",
    "map",
    "program",
    "text",
]
KINDS: Final[tuple[AnswerKind, ...]] = get_args(AnswerKind)
NUMERIC: Final = frozenset({"count", "number", "length", "area", "volume", "angle", "time", "speed"})

BASE_UNIT: Final[dict[AnswerKind, str]] = {
    "length": "m",
    "area": "m2",
    "volume": "m3",
    "angle": "rad",
    "time": "s",
    "speed": "m/s",
}
"""The unit in which a value of a kind is held; counts, shares and ratios have none."""


class CannotTell(Enum):
    """The answer that there is no telling: what is shown does not decide the question."""

    CANNOT_TELL = "cannot be determined"


CANNOT_TELL: Final = CannotTell.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry of a map: a name, where it is (right and forward, in cells), and which way it faces."""

    name: str
    x: float
    y: float
    facing: str | None = None


Pixel = tuple[float, float]
Box = tuple[float, float, float, float]
Value = (
    bool
    | float
    | str
    | Pixel
    | Box
    | tuple[str, ...]
    | tuple[Pixel, ...]
    | tuple[Box, ...]
    | tuple[Placed, ...]
    | CannotTell
)
"""A value of an answer, by its kind.

choice: a letter; choices: letters in order; yes_no: a bool; numeric kinds: a float in the base unit;
direction, text and program: a str; point: (x, y) and box: (left, top, right, bottom) in pixels;
spherical_box: (yaw, pitch, width, height) in rad, left and up positive; order and route: names and
turns; map: `Placed` entries; any kind: CANNOT_TELL.
"""

Coordinates = Literal["pixels", "thousandths", "fractions"]
Corners = Literal["xy", "yx"]


@dataclass(frozen=True, slots=True)
class Convention:
    """How points and boxes are written in a reply: of what they are parts, which comes first.

    It is declared, never guessed from magnitudes.
    """

    coordinates: Coordinates = "pixels"
    order: Corners = "xy"
    width_px: int | None = None
    height_px: int | None = None

    def __post_init__(self) -> None:
        if self.coordinates != "pixels" and (not self.width_px or not self.height_px):
            mend = "give the width and the height of the picture"
            raise BadInput(f"{self.coordinates} of a picture of unknown size", where="Convention", mend=mend)


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer has to be; it tells nothing of the truth.

    `options` are texts without letters, lettered A, B, C ... in order. `unit` is that of a bare number,
    in which the prompt asks. `names` are those that an order or a map is made of.
    """

    kind: AnswerKind
    options: tuple[str, ...] = ()
    unit: str | None = None
    names: tuple[str, ...] = ()
    convention: Convention = Convention()
    may_abstain: bool = False

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the options: A, B, C ...

        >>> Expected("choice", ("left", "right")).letters
        ('A', 'B')
        """
        return tuple(chr(ord("A") + row) for row in range(len(self.options)))


Reason = Literal[
    "empty",
    "no_answer",
    "disagree",
    "not_an_option",
    "range",
    "unit",
    "separator",
    "cut_off",
    "malformed",
    "outside",
]
"""Why a reply has no value: nothing in it, no answer found, several different ones, a letter or name that
was not offered, a range instead of a number, a unit of another kind, a comma that may be decimal, a reply
that stops short, not the format asked for, a place outside the picture."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply was read as: a value, and the text it stands in; or the reason why there is none."""

    value: Value | None
    reason: Reason | None = None
    span: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("a reading has either a value or a reason")
