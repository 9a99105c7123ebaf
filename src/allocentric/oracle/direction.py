"""Which way: sectors and bearings in a frame, relations along an axis, what faces what."""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np

from allocentric.geometry.sectors import NINE, RINGS, Ring, Sectors, axis_of
from allocentric.intervals import FULL_CIRCLE, TURN, Arc, Interval, directions, norm
from allocentric.oracle import globe
from allocentric.oracle.distance import exact_in_frame, in_frame
from allocentric.oracle.frames import of
from allocentric.oracle.places import (
    Anchor,
    Frame,
    Place,
    anchor_of,
    is_exact,
    name_of,
    near_m,
    unplaced,
    upright_offset,
)
from allocentric.oracle.solids import corners
from allocentric.scene.placement import lean
from allocentric.scene.scene import Scene
from allocentric.scene.truth import (
    ANGLE,
    EITHER,
    NEVER,
    SURELY,
    Angle,
    Body,
    Label,
    Quantity,
    Truth,
    Unknown,
    margin,
)

ROUNDING_RAD: Final = 1e-12
STEEP: Final = math.sqrt(0.5)
"""The height of a direction that is as much up or down as it is level."""

HALF_RIGHT: Final = Quantity(Interval.of(math.radians(45)), ANGLE)
"""The default of `within`: 45 degrees to either side."""


def direction(
    scene: Scene,
    place: Place,
    frame: Frame,
    *,
    sectors: Sectors,
    geometry: Literal["centre", "box"] = "centre",
) -> Label | Unknown:
    """The named sector of the frame in which a place lies: its centre, or (`box`) all of its footprint.

    `left_right`, `left_right_back` (back: 135 degrees or more), `quadrants`, `four`, `eight`, `sight`
    (`slightly left` or `slightly right` up to 22.5 degrees off straight ahead, `front-left` or `front-right`
    up to 45, else `out of sight`), `axes` (with up and down), `nine` (`upper-left`, `left`, ... and
    `overlap`, by how far right and how far up alone), `compass4`, `compass8` (in a frame that faces north).
    """
    target = anchor_of(place)
    if sectors in ("axes", "nine") and scene.space == "globe":
        return globe.flat_only(sectors)
    if sectors == "axes":
        return _axis(scene, frame, target)
    if sectors == "nine":
        return _nine(scene, frame, target)
    ring = RINGS[sectors]
    near = too_near(scene, frame, target)
    if near is not None:
        return near if near.reason == "overlap" else Label(ring.labels, doubt=near)
    if geometry == "box" and scene.space == "globe":
        return globe.flat_only("direction of a box")
    if geometry == "box" and isinstance(place, Body):
        return _sector_of_box(scene, place, frame, ring=ring)
    return _sector(scene, frame, target, ring=ring)


def bearing(
    scene: Scene, place: Place, frame: Frame, *, turning: Literal["left", "right"] | None = None
) -> Angle | Quantity | Unknown:
    """The angle on the frame's floor from straight ahead to a place, left positive.

    With `turning`, how far one turns that way to face it: 0 up to a full turn.
    """
    target = anchor_of(place)
    near = too_near(scene, frame, target)
    if near is not None:
        return near
    arc = bearing_arc(scene, frame, target)
    doubt = None if arc.exact else unplaced(scene, frame.anchor, target)
    if turning is None:
        return Angle(arc, doubt=doubt)
    if turning == "right":
        arc = -arc
    low, high = arc.middle_rad - arc.half_rad, arc.middle_rad + arc.half_rad
    if arc.exact and -ROUNDING_RAD < low < 0:  # straight ahead but for rounding: no need to turn round
        low = high = 0.0
    if low < 0 <= high and not arc.exact:
        return Quantity(Interval(0.0, TURN), ANGLE, doubt=doubt)
    around = TURN if high < 0 else 0.0
    return Quantity(Interval(low + around, high + around), ANGLE, doubt=doubt)


def off_axis(scene: Scene, place: Place, frame: Frame) -> Quantity | Unknown:
    """The unsigned angle between straight ahead and a place: on the frame's floor; in space for a camera."""
    target = anchor_of(place)
    near = too_near(scene, frame, target, in_space=frame.aims)
    if near is not None:
        return near
    if frame.aims:
        x, y, z = in_frame(scene, frame, target)
        arc = directions(x, norm((y, z)))
    else:
        arc = bearing_arc(scene, frame, target)
    doubt = None if arc.exact else unplaced(scene, frame.anchor, target)
    return Quantity(arc.size(), ANGLE, doubt=doubt)


def turn(scene: Scene, frame: Frame, other: Frame) -> Quantity:
    """The unsigned angle between the headings of two frames: 0 looking the same way, half a turn opposite."""
    arc = _heading(scene, other) - _heading(scene, frame)
    anchors = (frame.anchor, other.anchor)
    return Quantity(arc.size(), ANGLE, doubt=None if arc.exact else unplaced(scene, *anchors))


def turn_side(scene: Scene, frame: Frame, other: Frame) -> Label | Unknown:
    """To which side one turns, by the shorter way, from looking as one frame does to looking as another.

    "left" or "right", about the vertical.
    """
    for each in (frame, other):
        if each.rotation is not None and abs(each.rotation[2, 0]) >= STEEP:
            told = f"{each.says} looks up or down: it has no heading"
            return Unknown("no_frame", told, "take one that looks ahead")
    arc = _heading(scene, other) - _heading(scene, frame)
    met = RINGS["left_right"].met(arc)
    if len(met) > 1:
        return Label(met, doubt=unplaced(scene, frame.anchor, other.anchor))
    ends = (arc.middle_rad - arc.half_rad, arc.middle_rad + arc.half_rad)
    return Label(met, margin(min(RINGS["left_right"].gap_rad(end) for end in ends), "rad", "turn"))


def facing(scene: Scene, thing: Body, place: Place, *, within: Quantity = HALF_RIGHT) -> Truth | Unknown:
    """True where a place lies within an angle of the thing's own front; nothing faces itself."""
    if place == thing:
        return Truth(NEVER)
    frame = of(scene, thing)
    if isinstance(frame, Unknown):
        return frame
    angle = off_axis(scene, place, frame)
    if isinstance(angle, Unknown):
        return angle
    return below(
        angle.bound,
        within.bound,
        f"{scene.names[thing.row]} facing {name_of(scene, place)}",
        doubt=angle.doubt,
    )


def between(
    scene: Scene, thing: Body, first: Place, *, second: Place, within: Quantity = HALF_RIGHT
) -> Truth | Unknown:
    """True where two places lie on opposite sides of the thing on the plan, within an angle of straight.

    Neither of the two is between them.
    """
    if thing in (first, second):
        return Truth(NEVER)
    arcs = []
    for place in (first, second):
        frame = Frame(thing, Arc(0.0))
        near = too_near(scene, frame, anchor_of(place))
        if near is not None:
            return near
        arcs.append(bearing_arc(scene, frame, anchor_of(place)))
    bend = (arcs[1] - arcs[0] - Arc(math.pi)).size()
    exact = arcs[0].exact and arcs[1].exact
    doubt = None if exact else unplaced(scene, thing, anchor_of(first), anchor_of(second))
    names = f"{name_of(scene, first)} and {name_of(scene, second)}"
    return below(bend, within.bound, f"{scene.names[thing.row]} between {names}", doubt=doubt)


def below(value: Interval, limit: Interval, says: str, *, doubt: Unknown | None) -> Truth:
    """True where an angle is below a limit, with the margin to it."""
    if value.high < limit.low:
        return Truth(SURELY, margin(limit.low - value.high, "rad", says))
    if value.low >= limit.high:
        return Truth(NEVER, margin(value.low - limit.high, "rad", says))
    return Truth(EITHER, doubt=doubt)


def _heading(scene: Scene, frame: Frame) -> Arc:
    """Where a frame looks on a floor that is truly level."""
    heading = frame.heading
    if not scene.tilt_rad:
        return heading
    if frame.rotation is None:  # both its front and its left may lean
        slope = min(1.0, math.tan(min(scene.tilt_rad, math.pi / 2) / 2) ** 2)
        return Arc(heading.middle_rad, heading.half_rad + 2 * math.asin(slope))
    level = math.hypot(*frame.rotation[:2, 0].tolist())
    sway = math.asin(lean(scene) / level) if lean(scene) < level else math.pi
    return Arc(heading.middle_rad, heading.half_rad + sway)


def bearing_arc(scene: Scene, frame: Frame, target: Anchor) -> Arc:
    """Where the bearing of a target's centre lies: every angle where the two may be at one spot."""
    if scene.space == "globe":
        return globe.bearing_arc(scene, frame, target)
    if is_exact(scene, frame.anchor, target) and frame.heading.exact:
        x, y, _ = exact_in_frame(scene, frame, target)
        return Arc(math.atan2(y, x))
    if frame.rotation is None:
        x_bound, y_bound, _ = upright_offset(scene, frame.anchor, target)
        return directions(x_bound, y_bound) - frame.heading
    x_bound, y_bound, _ = in_frame(scene, frame, target)
    return directions(x_bound, y_bound)


def too_near(scene: Scene, frame: Frame, target: Anchor, *, in_space: bool = False) -> Unknown | None:
    """Why no direction can be told: the target is, or may be, at the observer's own spot."""
    if scene.space == "globe":
        return globe.too_near(scene, frame.anchor, target)
    offset = in_frame(scene, frame, target)
    apart = norm(offset if in_space else offset[:2])
    if apart.low >= near_m(scene) and apart.low > 0:
        return None
    what = name_of(scene, target) if isinstance(target, Body) else "the place"
    if apart.high < max(near_m(scene), 1e-12):
        detail = f"{what!r} is at the observer's own spot: no direction"
        return Unknown("overlap", detail, "ask from another place")
    return unplaced(scene, frame.anchor, target)


def _sector(scene: Scene, frame: Frame, target: Anchor, *, ring: Ring) -> Label:
    arc = bearing_arc(scene, frame, target)
    met = ring.met(arc)
    if len(met) > 1:
        return Label(met, doubt=unplaced(scene, frame.anchor, target))
    ends = (arc.middle_rad - arc.half_rad, arc.middle_rad + arc.half_rad)
    return Label(met, margin(min(ring.gap_rad(end) for end in ends), "rad", f"bearing, {frame.says}"))


def _sector_of_box(scene: Scene, target: Body, frame: Frame, *, ring: Ring) -> Label | Unknown:
    """The sector that holds the whole footprint; undetermined where it reaches into several."""
    arc = _arc_of_box(scene, target, frame)
    met = ring.met(arc)
    if len(met) > 1:
        name = scene.names[target.row]
        what = f"{name!r} reaches into several sectors: {', '.join(met)}"
        return Label(met, doubt=Unknown("overlap", what, 'ask about its centre: geometry="centre"'))
    ends = (arc.middle_rad - arc.half_rad, arc.middle_rad + arc.half_rad)
    return Label(met, margin(min(ring.gap_rad(end) for end in ends), "rad", f"bearing, {frame.says}"))


def _arc_of_box(scene: Scene, target: Body, frame: Frame) -> Arc:
    """Where the bearings of a footprint's points lie: every angle where it may hold the observer."""
    hull, heading = corners(scene, target, "high"), frame.heading
    reach = float(np.linalg.norm(hull, axis=1).max())
    if frame.rotation is None:
        x, y, _ = upright_offset(scene, frame.anchor, target)
    else:
        x, y, _ = in_frame(scene, frame, target)
    if not (x.finite and y.finite and math.isfinite(reach)):
        return FULL_CIRCLE
    if frame.rotation is not None:
        hull, heading = hull @ frame.rotation, Arc(0.0)
    if scene.yaw_slacks_rad[target.row]:  # whichever way it is turned, it fills no more than a disc
        nearest = norm((x, y)).low
        swing = math.asin(reach / nearest) if reach < nearest else math.pi
        arc = directions(x, y)
        return Arc(arc.middle_rad, arc.half_rad + swing) - heading
    sway = lean(scene) * reach
    ends = np.array([[a, b] for a in (x.low - sway, x.high + sway) for b in (y.low - sway, y.high + sway)])
    points = (hull[:, None, :2] + ends).reshape(-1, 2)
    middle = math.atan2(y.middle, x.middle)
    turns = (np.arctan2(points[:, 1], points[:, 0]) - middle + math.pi) % TURN - math.pi
    low, high = float(turns.min()), float(turns.max())
    return (
        FULL_CIRCLE if high - low >= math.pi else Arc(middle + (low + high) / 2, (high - low) / 2) - heading
    )


def _axis(scene: Scene, frame: Frame, target: Anchor) -> Label | Unknown:
    """The dominant axis of the frame."""
    bounds = in_frame(scene, frame, target)
    if norm(bounds).high < max(near_m(scene), 1e-12):
        return Unknown("overlap", "the two are at one spot: no direction", "ask about places that lie apart")
    if all(each.exact for each in bounds):
        label, gap_rad = axis_of(*(each.low for each in bounds))
        return Label((label,), margin(gap_rad, "rad", f"axis, {frame.says}"))
    possible = list[str]()
    for number, (plus, minus) in enumerate((("forward", "backward"), ("left", "right"), ("up", "down"))):
        rest = max(abs(each).low for other, each in enumerate(bounds) if other != number)
        possible += [plus] if bounds[number].high >= rest and bounds[number].high > 0 else []
        possible += [minus] if -bounds[number].low >= rest and bounds[number].low < 0 else []
    if len(possible) != 1:
        return Label(tuple(possible), doubt=unplaced(scene, frame.anchor, target))
    sizes = sorted((abs(each) for each in bounds), key=lambda each: each.low)
    gap_rad = math.atan2(sizes[-1].low, max(each.high for each in sizes[:-1])) - math.pi / 4
    return Label(tuple(possible), margin(gap_rad, "rad", f"axis, {frame.says}"))


def _nine(scene: Scene, frame: Frame, target: Anchor) -> Label:
    """The signs of how far right and how far up, named; a page that is told in words has no margin."""
    _, left, up = in_frame(scene, frame, target)
    right_signs, up_signs = _signs(-left), _signs(up)
    possible = tuple(label for (x, y), label in NINE.items() if x in right_signs and y in up_signs)
    if len(possible) > 1:
        return Label(possible, doubt=unplaced(scene, frame.anchor, target))
    if scene.space == "page":
        return Label(possible)
    sizes = sorted((abs(left), abs(up)), key=lambda each: each.low)
    return Label(possible, margin(math.atan2(sizes[0].low, sizes[1].low), "rad", f"bearing, {frame.says}"))


def _signs(part: Interval) -> tuple[int, ...]:
    """The signs that a number may have."""
    return tuple(sign for sign, met in ((-1, part.low < 0), (0, part.holds(0.0)), (1, part.high > 0)) if met)
