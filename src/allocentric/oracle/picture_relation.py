"""On which side of another thing in a picture, by the pixels that show them."""

from __future__ import annotations

from typing import Final, Literal

from allocentric.intervals import Interval
from allocentric.oracle.places import Frame
from allocentric.oracle.relation import SIDES
from allocentric.oracle.visibility import box_in
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Body, ImageBox, Label, Unknown, margin

ImageAxis = Literal["right", "left", "up", "down"]

_ROUND: Final = Unknown(
    "no_frame", "a panorama goes all the way round: nothing in it is the leftmost", "ask for a direction"
)


def relation_in(
    scene: Scene, thing: Body, to: Body, *, view: View | Frame, axis: ImageAxis
) -> Label | Unknown:
    """On which side of another thing in a picture: `left`, `above`, ...; `overlapping` where their boxes are.

    The boxes are those of `box_in`, about what is seen of each. A panorama has no sides.
    """
    first, second = box_in(scene, thing, view), box_in(scene, to, view)
    if isinstance(first, Unknown):
        return first
    if isinstance(second, Unknown):
        return second
    if "rad" in (first.unit, second.unit):
        return _ROUND
    (low, high), (other_low, other_high) = _along(first, axis), _along(second, axis)
    beyond, before = low - other_high, other_low - high  # how far the one is past the other, either way
    names = SIDES[axis]
    says = f"{scene.names[thing.row]} and {scene.names[to.row]} in the picture"
    for name, gap in zip(names, (beyond, before)):
        if gap.low >= 0:
            return Label((name,), margin(gap.low, "px", says))
    nearest = max(beyond.high, before.high)
    if nearest < 0:
        return Label(("overlapping",), margin(-nearest, "px", says))
    possible = tuple(name for name, gap in zip(names, (beyond, before)) if gap.high >= 0)
    return Label((*possible, "overlapping"), doubt=first.doubt or second.doubt)


def _along(box: ImageBox, axis: ImageAxis) -> tuple[Interval, Interval]:
    """Where a box begins and ends along an axis of the picture; pixels run right and down."""
    left, top, right, bottom = box.edges
    match axis:
        case "right":
            return left, right
        case "left":
            return -right, -left
        case "down":
            return top, bottom
        case "up":
            return -bottom, -top
