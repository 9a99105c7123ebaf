"""Named sectors of the circle around an observer, and how far a bearing is from their borders.

Bearings are left positive, from straight ahead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from allocentric.intervals import TURN, Arc, wrap

Sectors = Literal[
    "left_right",
    "left_right_back",
    "quadrants",
    "four",
    "eight",
    "sight",
    "nine",
    "axes",
    "compass4",
    "compass8",
]


@dataclass(frozen=True, slots=True)
class Ring:
    """Labels around the circle: `labels[i]` reaches from `borders_rad[i]` leftwards to the next border."""

    labels: tuple[str, ...]
    borders_rad: tuple[float, ...]  # rising, in (-pi, pi]

    def label(self, bearing_rad: float) -> str:
        """The label at a bearing; a border belongs to the sector on its left."""
        turned = (bearing_rad - self.borders_rad[0]) % TURN
        place = 0
        for number, border in enumerate(self.borders_rad):
            if turned >= border - self.borders_rad[0]:
                place = number
        return self.labels[place]

    def gap_rad(self, bearing_rad: float) -> float:
        """How far the bearing is from the nearest border."""
        return min(abs(wrap(bearing_rad - border)) for border in self.borders_rad)

    def met(self, arc: Arc) -> tuple[str, ...]:
        """Every label that the arc reaches, in the order of the ring."""
        if arc.exact:
            return (self.label(arc.middle_rad),)
        inside = [border for border in self.borders_rad if arc.holds(border)]
        met = {self.label(arc.middle_rad - arc.half_rad), self.label(arc.middle_rad + arc.half_rad)}
        for border in inside:  # both sides of a border on the arc are met
            place = self.borders_rad.index(border)
            met |= {self.labels[place], self.labels[place - 1]}
        return tuple(label for label in self.labels if label in met)


def _even(labels: tuple[str, ...], start_rad: float) -> Ring:
    """Sectors of one width; the first begins at `start_rad`."""
    width = TURN / len(labels)
    starts = sorted((wrap(start_rad + width * number), label) for number, label in enumerate(labels))
    return Ring(tuple(label for _, label in starts), tuple(start for start, _ in starts))


_EIGHT = ("front", "front-left", "left", "back-left", "back", "back-right", "right", "front-right")
_NORTH_LEFTWARDS = ("north", "northwest", "west", "southwest", "south", "southeast", "east", "northeast")

RINGS: Final[dict[str, Ring]] = {
    "left_right": _even(("left", "right"), 0.0),
    "left_right_back": Ring(("right", "left", "back"), (math.radians(-135), 0.0, math.radians(135))),
    "quadrants": _even(("front-left", "back-left", "back-right", "front-right"), 0.0),
    "four": _even(("front", "left", "back", "right"), math.radians(-45)),
    "eight": _even(_EIGHT, math.radians(-22.5)),
    "sight": Ring(
        ("front-right", "slightly right", "slightly left", "front-left", "out of sight"),
        tuple(math.radians(each) for each in (-45, -22.5, 0, 22.5, 45)),
    ),
    "compass4": _even(("north", "west", "south", "east"), math.radians(-45)),
    "compass8": _even(_NORTH_LEFTWARDS, math.radians(-22.5)),
}
"""The sector sets on the floor. `axes` and `nine` are no rings: they look up and down too."""

NINE: Final[dict[tuple[int, int], str]] = {
    (0, 0): "overlap",
    (1, 0): "right",
    (-1, 0): "left",
    (0, 1): "above",
    (0, -1): "below",
    (1, 1): "upper-right",
    (-1, 1): "upper-left",
    (1, -1): "lower-right",
    (-1, -1): "lower-left",
}
"""What a place is called by the signs of how far right and how far up it lies."""

TURNING: Final = Ring(
    ("right", "straight", "left", "back"),
    (math.radians(-135), math.radians(-45), math.radians(45), math.radians(135)),
)
"""What a walker is told at a stop."""


def axis_of(x: float, y: float, z: float) -> tuple[str, float]:
    """The dominant axis of a direction, and the angle to where another would dominate.

    >>> axis_of(1.0, 0.0, 0.0)
    ('forward', 0.7853981633974483)
    """
    sides = [
        (abs(x), "forward" if x > 0 else "backward"),
        (abs(y), "left" if y > 0 else "right"),
        (abs(z), "up" if z > 0 else "down"),
    ]
    sides.sort(reverse=True)
    (first, label), (second, _) = sides[0], sides[1]
    return label, math.atan2(first, second) - math.pi / 4
