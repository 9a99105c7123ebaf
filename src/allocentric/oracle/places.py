"""Places and frames of reference as values, and the offset between two places."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from allocentric.geometry.frames import yaw_of
from allocentric.intervals import Arc, Interval
from allocentric.scene.placement import Box3, center_of, connected, difference, leaning
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Body, Margin, Unknown

NEAR_M = 0.05
"""Closer than this on the floor, a direction means nothing."""

SETTLED = 1e-9
"""Scene units, or radians: what is known as well as this is known."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the world frame, give or take."""

    x: Interval
    y: Interval
    z: Interval


Anchor = Body | Spot


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """A pose with named axes: x forward, y left, z up.

    Upright unless `rotation` (`world_from_frame`) says otherwise; `heading` is where it looks on
    the floor, left of the world's x axis. The origin is a thing where it stands at one, so that
    what is not known of that thing counts once.
    """

    anchor: Anchor
    heading: Arc
    rotation: Float[np.ndarray, "3 3"] | None = None
    says: str = ""
    aims: bool = False  # a camera: how far off its axis something is, is told in space, not on the floor
    view: View | None = None  # the view whose lens it sees with, where it comes from a camera
    margin: Margin | None = None  # of the choices that led to it
    doubt: Unknown | None = None


Place = Body | View | Frame


def spot(point: Float[np.ndarray, "3"]) -> Spot:
    """The spot at exactly this point."""
    x, y, z = (Interval.of(float(each)) for each in point)
    return Spot(x, y, z)


def anchor_of(place: Place) -> Anchor:
    """Where a place is: a thing at its centre, a view and a frame at their origin."""
    match place:
        case Body():
            return place
        case View():
            return spot(place.world_from_camera.translation_m)
        case Frame():
            return place.anchor


def solid_of(scene: Scene, place: Place) -> Anchor:
    """What a place fills: a thing its solid, a view or a frame the point at its origin."""
    anchor = anchor_of(place)
    if isinstance(place, Frame) and isinstance(anchor, Body):
        return Spot(*center_of(scene, anchor.row))
    return anchor


def name_of(scene: Scene, place: Place) -> str:
    """What a person calls the place."""
    match place:
        case Body():
            return scene.names[place.row]
        case View():
            return f"view {place.id}"
        case Frame():
            return place.says


def point_of(scene: Scene, anchor: Anchor) -> tuple[float, float, float]:
    """The middle of where an anchor may be; where the scene is exact, the anchor."""
    if isinstance(anchor, Body):
        centers: list[tuple[float, float, float]] = scene.cached(
            "centers", lambda: [tuple(row) for row in scene.centers.tolist()]
        )
        return centers[anchor.row]
    return anchor.x.middle, anchor.y.middle, anchor.z.middle


def exact_offset(scene: Scene, origin: Anchor, target: Anchor) -> tuple[float, float, float]:
    """From `origin` to `target` along the world's axes, where both are points."""
    ox, oy, oz = point_of(scene, origin)
    tx, ty, tz = point_of(scene, target)
    return tx - ox, ty - oy, tz - oz


def is_exact(scene: Scene, *anchors: Anchor) -> bool:
    """True where all that is to be known of these is known: the fast path may be taken."""
    rows = scene.exact_rows
    for each in anchors:
        if isinstance(each, Body):
            if not rows[each.row]:
                return False
        elif not (each.x.exact and each.y.exact and each.z.exact) or scene.tilt_rad:
            return False
    return True


def is_settled(scene: Scene, *anchors: Anchor) -> bool:
    """True where what is not known of these is less than any two places are told apart by."""
    if scene.tilt_rad > SETTLED:
        return False
    for each in anchors:
        if isinstance(each, Body):
            slack = max(
                float(scene.center_slacks[each.row].max()),
                float(scene.size_slacks[each.row].max()),
                float(scene.yaw_slacks_rad[each.row]),
            )
            if slack > SETTLED:
                return False
        elif any(bound.high - bound.low > SETTLED for bound in (each.x, each.y, each.z)):
            return False
    return True


def same_place(first: Anchor, second: Anchor) -> bool:
    """True where two anchors are surely one: two spots that are known only roughly need not be."""
    if first != second:
        return False
    return isinstance(first, Body) or (first.x.exact and first.y.exact and first.z.exact)


def offset_between(scene: Scene, origin: Anchor, target: Anchor) -> Box3:
    """From `origin` to `target` along the world's axes, gravity's doubt not counted."""
    match origin, target:
        case Body(first), Body(second):
            return difference(scene, first, second)
        case _:
            from_box, to_box = _box(scene, origin), _box(scene, target)
            x, y, z = (b - a for a, b in zip(from_box, to_box, strict=True))
            return x, y, z


def upright_offset(scene: Scene, origin: Anchor, target: Anchor) -> Box3:
    """As `offset_between`, along axes whose z is truly up."""
    return leaning(scene, offset_between(scene, origin, target))


def _box(scene: Scene, anchor: Anchor) -> Box3:
    if isinstance(anchor, Body):
        return center_of(scene, anchor.row)
    return anchor.x, anchor.y, anchor.z


def near_m(scene: Scene) -> float:
    """`NEAR_M` in scene units, as far as the scale is known."""
    return NEAR_M / scene.scale.high if math.isfinite(scene.scale.high) else 0.0


def unplaced(scene: Scene, *anchors: Anchor) -> Unknown:
    """Why an offset between these is not known well enough, and what would mend it.

    `hidden` or `never_seen` where one was not seen; `not_placed` where a place is not known at all; `overlap`
    where what is possible, though bounded, overlaps the border of the answer.
    """
    rows = [each.row for each in anchors if isinstance(each, Body)]
    unseen = not_seen(scene, *rows)
    if unseen is not None:
        return unseen
    loose = [row for row in rows if np.any(scene.center_slacks[row] > 0)] or rows
    names = " and ".join(repr(scene.names[row]) for row in dict.fromkeys(loose)) or "the observer"
    remedy = f"measure the place of {names}"
    be, it = ("are", "them") if len(set(loose)) > 1 else ("is", "it")
    if any(np.isinf(scene.center_slacks[row]).any() for row in loose):
        if scene.differences and len(set(rows)) == 2:
            return _left_open(scene, rows[0], rows[1])
        return Unknown("not_placed", f"where {names} {be}, is not known", remedy)
    return Unknown("overlap", f"{names} {be} known only roughly, and the answer hangs on {it}", remedy)


def _left_open(scene: Scene, first: int, second: int) -> Unknown:
    """Of two things whose places are only stated beside others': no statement joins them, or none decides."""
    names = f"{scene.names[first]!r} and {scene.names[second]!r}"
    remedy = f"state how {scene.names[first]!r} lies to {scene.names[second]!r}"
    if not connected(scene, first, second):
        return Unknown(
            "unconnected", f"nothing that is stated leads from one to the other of {names}", remedy
        )
    return Unknown("not_placed", f"what is stated leaves open how {names} lie to each other", remedy)


def not_seen(scene: Scene, *rows: int) -> Unknown | None:
    """Why nothing is known of one of these things: whoever knows this scene did not see it."""
    for each in scene.knowledge.withheld if scene.knowledge is not None else ():
        if each.row in rows:
            return Unknown(each.reason, each.detail, f"look at {scene.names[each.row]!r} from another view")
    return None


def upright_yaw(scene: Scene, row: int) -> float | None:
    """The thing's yaw where its z axis is vertical, else None."""
    yaws: list[float | None] = scene.cached("upright_yaws", lambda: _upright_yaws(scene))
    return yaws[row]


def _upright_yaws(scene: Scene) -> list[float | None]:
    upright = scene.rotations[:, 2, 2] > 1 - 1e-12
    return [
        yaw_of(rotation) if level else None for rotation, level in zip(scene.rotations, upright, strict=True)
    ]
