"""On which side of another thing along an axis: left, above, in front, or overlapping."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from allocentric.geometry.frames import AXES, rotation_about_up
from allocentric.intervals import Interval
from allocentric.oracle.distance import Axis, in_frame
from allocentric.oracle.numbers import in_scene
from allocentric.oracle.places import Anchor, Frame, Place, Spot, anchor_of, name_of, solid_of, unplaced
from allocentric.oracle.solids import corners, reach_along
from allocentric.scene.placement import swinging
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Body, Label, Margin, Quantity, margin

ROUNDING: Final = 1e-9
"""Extents that meet to this are taken to meet, not to overlap: a cup on a table is above it."""

SIDES: Final[dict[Axis, tuple[str, str]]] = {
    "forward": ("in front", "behind"),
    "backward": ("behind", "in front"),
    "left": ("left", "right"),
    "right": ("right", "left"),
    "up": ("above", "below"),
    "down": ("below", "above"),
}
"""What a place is called that lies farther along the axis, and what one that lies less far."""


def relation(
    scene: Scene, place: Place, to: Place, *, frame: Frame, axis: Axis, same_within: Quantity | None = None
) -> Label:
    """On which side of another place along an axis of the frame: `left`, `above`, `in front`, ...

    Extents that do not overlap decide, else `overlapping`. With `same_within` the centres
    decide, and `same` is said where they differ by no more.
    """
    first, second = anchor_of(place), anchor_of(to)
    farther, nearer = SIDES[axis]
    apart = _along(scene, Frame(second, frame.heading, frame.rotation), first, axis=axis)
    if same_within is None:
        solid, other = solid_of(scene, place), solid_of(scene, to)
        reach = _reach(scene, frame, solid, second=other, axis=axis)
        snap = ROUNDING
    else:
        near = in_scene(scene, same_within)
        reach, snap = _Reach(near, near), 0.0
    neither = "overlapping" if same_within is None else "same"
    possible, gap = _sides(apart, reach, snap, names=(farther, nearer, neither))
    if len(possible) > 1:
        return Label(possible, doubt=unplaced(scene, first, second))
    if gap == 0 and (apart.open_low or apart.open_high):  # an order that is stated has no gap to measure
        return Label(possible)
    return Label(
        possible, _margin(scene, gap, reach, says=f"{name_of(scene, place)} and {name_of(scene, to)}, {axis}")
    )


class _Reach(NamedTuple):
    """How far the centres must be apart for the extents to part: one way, and the other."""

    forward: Interval
    backward: Interval


def _sides(
    apart: Interval, reach: _Reach, snap: float, *, names: tuple[str, str, str]
) -> tuple[tuple[str, ...], float]:
    """The labels still possible, and the gap of the one where one is left."""
    farther, nearer, neither = names
    sure_forward, may_forward = _parts(apart, reach.forward, snap)
    sure_backward, may_backward = _parts(-apart, reach.backward, snap)
    if sure_forward:
        return (farther,), max(0.0, apart.low - reach.forward.high)
    if sure_backward:
        return (nearer,), max(0.0, -apart.high - reach.backward.high)
    possible = ((farther,) if may_forward else ()) + ((nearer,) if may_backward else ()) + (neither,)
    return possible, max(0.0, min(reach.forward.low - apart.high, reach.backward.low + apart.low))


def _parts(apart: Interval, reach: Interval, snap: float) -> tuple[bool, bool]:
    """Whether a difference surely, and whether it possibly, goes beyond the reach.

    Two things without extent are nowhere beyond each other where they meet: only a reach may snap.
    """
    sure = apart.low > reach.high or (apart.low == reach.high and apart.open_low)
    if reach.high <= 0 or not snap:
        return sure, apart.high > reach.low
    return sure or (reach.low > 0 and apart.low >= reach.high - snap), apart.high >= reach.low - snap


def _along(scene: Scene, frame: Frame, target: Anchor, *, axis: Axis) -> Interval:
    parts = in_frame(scene, frame, target)
    number = int(np.flatnonzero(AXES[axis])[0])
    return parts[number] if AXES[axis][number] > 0 else -parts[number]


def _reach(scene: Scene, frame: Frame, first: Anchor, *, second: Anchor, axis: Axis) -> _Reach:
    first_low, first_high = _support(scene, frame, first, axis=axis)
    second_low, second_high = _support(scene, frame, second, axis=axis)
    return _Reach(second_high + first_low, first_high + second_low)


def _support(scene: Scene, frame: Frame, anchor: Anchor, *, axis: Axis) -> tuple[Interval, Interval]:
    """How far a thing reaches from its centre: against the axis, and along it."""
    rotation = rotation_about_up(frame.heading.middle_rad) if frame.rotation is None else frame.rotation
    along = rotation @ np.array(AXES[axis])
    swing = frame.heading.half_rad
    if isinstance(anchor, Body):
        swing += float(scene.yaw_slacks_rad[anchor.row])
    if frame.rotation is None and axis in ("up", "down"):  # what turns about the vertical stays as high
        swing = 0.0
    back, front = (reach_along(scene, anchor, way) for way in (-along, along))
    if swing or scene.tilt_rad:
        farthest = float(np.linalg.norm(corners(scene, anchor, "high"), axis=1).max())
        back, front = (swinging(each, swing + scene.tilt_rad, farthest) for each in (back, front))
    if isinstance(anchor, Spot) or scene.shapes[anchor.row] is None:  # its centre is within it
        back, front = back.at_least(0.0), front.at_least(0.0)
    return back, front


def _margin(scene: Scene, gap: float, reach: _Reach, *, says: str) -> Margin:
    if scene.metric:
        return margin(gap, "m", says)
    whole = max(abs(reach.forward.high), abs(reach.backward.high), 1e-12)
    return margin(1 + gap / whole, "ratio", says)
