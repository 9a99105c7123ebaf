"""A place that is only stated beside others, in words: what each statement says of it."""

from __future__ import annotations

from typing import Final

from allocentric.intervals import Interval
from allocentric.scene.scene import Difference, Scene, Space
from allocentric.words import say_number

# What lies farther along each axis of the world, and what lies less far.
_SIDES: Final[dict[Space, tuple[tuple[str, str], ...]]] = {
    "page": (("right of", "left of"), ("above", "below"), ("before", "behind")),
    "solid": (("in front of", "behind"), ("left of", "right of"), ("above", "below")),
    "globe": (("east of", "west of"), ("north of", "south of"), ("above", "below")),
}
_MOST: Final = 6


def stated_beside(scene: Scene, row: int) -> str:
    """What is stated of where a thing lies to others: "right of A, 1 above B"; "unknown" where nothing is."""
    said = dict.fromkeys(
        _said(scene, each, row) for each in scene.differences if row in (each.first, each.second)
    )
    more = " ..." if len(said) > _MOST else ""
    return ", ".join(list(said)[:_MOST]) + more or "unknown"


def _said(scene: Scene, each: Difference, row: int) -> str:
    """One bound, seen from the thing."""
    bound, other = (each.bound, each.first) if each.second == row else (-each.bound, each.second)
    farther, nearer = _SIDES[scene.space][each.axis]
    name = scene.names[other]
    if bound == Interval(0.0, 0.0):
        return f"level with {name}"
    if bound.low >= 0:
        return f"{_by(bound)}{farther} {name}"
    if bound.high <= 0:
        return f"{_by(-bound)}{nearer} {name}"
    return f"beside {name}"


def _by(bound: Interval) -> str:
    return f"{say_number(bound.low)} " if bound.exact else ""
