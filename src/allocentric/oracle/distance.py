"""How far: between things, views and frames, and along the axes of a frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from allocentric.geometry.frames import AXES
from allocentric.intervals import Arc, Interval, directions, norm
from allocentric.oracle.gaps import Geometry, gap
from allocentric.oracle.places import (
    Anchor,
    Frame,
    Place,
    anchor_of,
    exact_offset,
    is_exact,
    offset_between,
    solid_of,
    unplaced,
    upright_offset,
)
from allocentric.oracle.unseen import none_of
from allocentric.scene.placement import Box3
from allocentric.scene.scene import Scene
from allocentric.scene.truth import LENGTH, Body, Quantity, Things, Unknown

Axis = Literal["forward", "backward", "left", "right", "up", "down"]


def distance(
    scene: Scene, place: Place | Things, to: Place | Things, *, geometry: Geometry = "surface"
) -> Quantity | Unknown:
    """The distance of two places, or of the nearest members of sets.

    `surface`: the gap of the solids, 0 where they touch; `centre`: of the centres; `floor`: of
    the footprints. A view, and a frame, is at its origin.
    """
    pairs = [(a, b) for a in _anchors(scene, place, geometry) for b in _anchors(scene, to, geometry)]
    if not pairs:
        return _nothing(place, to)
    if isinstance(place, Things) or isinstance(to, Things):
        return _nearest_of_sets(scene, place, to, geometry=geometry)
    bound = gap(scene, *pairs[0], geometry=geometry)
    return length(scene, bound, *pairs[0])


def offset(scene: Scene, place: Place, frame: Frame, *, axis: Axis) -> Quantity:
    """How far the centre of a place lies along an axis of the frame, negative the other way."""
    target = anchor_of(place)
    x, y, z = in_frame(scene, frame, target)
    along = AXES[axis]
    bound = next(each if sign > 0 else -each for each, sign in zip((x, y, z), along, strict=True) if sign)
    return length(scene, bound, frame.anchor, target)


def in_frame(scene: Scene, frame: Frame, target: Anchor) -> Box3:
    """The target's centre in the frame's axes: forward, left, up."""
    if is_exact(scene, frame.anchor, target) and frame.heading.exact:
        x, y, z = exact_in_frame(scene, frame, target)
        return Interval.of(x), Interval.of(y), Interval.of(z)
    if frame.rotation is None:
        x_bound, y_bound, up = upright_offset(scene, frame.anchor, target)
        if frame.heading.exact:
            cosine, sine = math.cos(frame.heading.middle_rad), math.sin(frame.heading.middle_rad)
            forward = _shares((x_bound, y_bound), (cosine, sine))
            return forward, _shares((y_bound, x_bound), (cosine, -sine)), up
        bearing: Arc = directions(x_bound, y_bound) - frame.heading
        reach = norm((x_bound, y_bound))
        return reach * bearing.cosine(), reach * bearing.sine(), up
    return _in_tilted(frame, offset_between(scene, frame.anchor, target))


def exact_in_frame(scene: Scene, frame: Frame, target: Anchor) -> tuple[float, float, float]:
    """The same where everything is a point."""
    x, y, z = exact_offset(scene, frame.anchor, target)
    if frame.rotation is None:
        cosine, sine = math.cos(frame.heading.middle_rad), math.sin(frame.heading.middle_rad)
        return x * cosine + y * sine, y * cosine - x * sine, z
    forward, left, up = (frame.rotation.T @ np.array([x, y, z])).tolist()
    return forward, left, up


def length(scene: Scene, bound: Interval, *anchors: Anchor) -> Quantity:
    """A length of the scene, in its unit, with the doubt that a wide one comes with."""
    doubt = None if bound.exact else unplaced(scene, *anchors)
    return Quantity(bound, LENGTH, 0 if scene.metric else 1, doubt=doubt)


def _in_tilted(frame: Frame, offset_: Box3) -> Box3:
    """A tilted frame: along its axes where its heading is known, else anywhere as far away."""
    assert frame.rotation is not None
    if not frame.heading.exact:
        reach = norm(offset_).high
        anywhere = Interval(-reach, reach)
        return anywhere, anywhere, anywhere
    along = []
    for column in range(3):
        shares: list[float] = frame.rotation[:, column].tolist()
        along.append(_shares(offset_, shares))
    return along[0], along[1], along[2]


def _shares(parts: Sequence[Interval], shares: Sequence[float]) -> Interval:
    """The sum of parts of a vector, each times its share."""
    held = [_share(part, share) for part, share in zip(parts, shares, strict=True) if share]
    return sum(held[1:], held[0])


def _share(part: Interval, share: float) -> Interval:
    """A part of a vector times a share; where it is all of it, its ends stay open or closed."""
    return part if share == 1 else -part if share == -1 else part * Interval.of(share)


def _anchors(scene: Scene, place: Place | Things, geometry: Geometry) -> list[Anchor]:
    if isinstance(place, Things):
        return [Body(row) for row in place.members.possible]
    return [anchor_of(place) if geometry == "centre" else solid_of(scene, place)]


def _nothing(*places: Place | Things) -> Unknown:
    empty = next(each for each in places if isinstance(each, Things) and not each.members.possible)
    return none_of(empty)


def _nearest_of_sets(
    scene: Scene, place: Place | Things, to: Place | Things, *, geometry: Geometry
) -> Quantity:
    """The least over the members: sure ones bound it from above, possible ones from below."""
    low = high = math.inf
    first, second = (_anchors(scene, each, geometry) for each in (place, to))
    for a in first:
        for b in second:
            each = gap(scene, a, b, geometry=geometry)
            low = min(low, each.low)
            if _is_sure(place, a) and _is_sure(to, b):
                high = min(high, each.high)
    sets = [each for each in (place, to) if isinstance(each, Things)]
    doubt = next((each.doubt for each in sets if each.doubt), None)
    if any(each.members.open for each in sets):
        low = 0.0
    bound = Interval(low, high)
    if not bound.exact and doubt is None:
        doubt = unplaced(scene, *first, *second)
    return Quantity(bound, LENGTH, 0 if scene.metric else 1, doubt=doubt)


def _is_sure(place: Place | Things, anchor: Anchor) -> bool:
    return not isinstance(place, Things) or (isinstance(anchor, Body) and anchor.row in place.members.sure)
