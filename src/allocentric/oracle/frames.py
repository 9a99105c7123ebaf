"""Frames of reference: the poses that a direction or an offset is told in."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from allocentric.geometry.frames import BODY_FROM_CAMERA, WORLD_FROM_PAGE, rotation_about_up, yaw_of
from allocentric.intervals import Arc, Interval, directions, norm
from allocentric.oracle import globe
from allocentric.oracle.numbers import in_scene
from allocentric.oracle.places import (
    Frame,
    Place,
    Spot,
    anchor_of,
    exact_offset,
    is_exact,
    name_of,
    near_m,
    not_seen,
    offset_between,
    same_place,
    spot,
    unplaced,
    upright_offset,
    upright_yaw,
)
from allocentric.scene.placement import Box3, leaning
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Angle, Body, Quantity, Unknown


def world(scene: Scene, at: Place | None = None) -> Frame:
    """The scene's own axes, from its origin or a place: x forward, y left, z up; on a page x right, y up."""
    anchor = spot(np.zeros(3)) if at is None else anchor_of(at)
    if scene.space == "page":
        return Frame(anchor, Arc(0.0), WORLD_FROM_PAGE, "the page")
    return Frame(anchor, Arc(0.0), says="the world's axes")


def north(scene: Scene, at: Place | None = None) -> Frame | Unknown:
    """Facing north at a place."""
    if scene.north.full:
        return Unknown("no_north", "which way north is, is not known here", "state the direction of north")
    anchor = spot(np.zeros(3)) if at is None else anchor_of(at)
    return Frame(anchor, scene.north, says="facing north")


def camera(scene: Scene, view: View) -> Frame:
    """The body of the camera: forward along its view, left and up as in its picture."""
    rotation = view.world_from_camera.rotation @ BODY_FROM_CAMERA.T
    return Frame(anchor_of(view), Arc(yaw_of(rotation)), rotation, f"view {view.id}", aims=True, view=view)


def of(scene: Scene, thing: Body) -> Frame | Unknown:
    """The thing's own frame: forward along its intrinsic front, up along its own vertical."""
    front = scene.fronts[thing.row]
    name = scene.names[thing.row]
    if np.isnan(front[0]):
        unseen = not_seen(scene, thing.row)
        return unseen or Unknown("no_front", f"{name!r} has no known front", f"state the front of {name!r}")
    forward = scene.rotations[thing.row] @ front
    swing = float(scene.yaw_slacks_rad[thing.row])
    if upright_yaw(scene, thing.row) is not None and abs(forward[2]) < 1e-9:
        return Frame(thing, Arc(math.atan2(forward[1], forward[0]), swing), says=f"the front of {name}")
    up = np.array([0.0, 0.0, 1.0])  # the axis nearest to the vertical that is square to the front
    up = up - (up @ forward) * forward
    if np.linalg.norm(up) < 1e-6:
        return Unknown("no_front", f"the front of {name!r} points straight up or down", "name another frame")
    up /= np.linalg.norm(up)
    rotation = np.stack([forward, np.cross(up, forward), up], axis=1)
    if scene.tilt_rad:  # which of its directions is up, is then not known
        swing = math.pi
    return Frame(thing, Arc(yaw_of(rotation), swing), rotation, f"the front of {name}")


def standing(scene: Scene, at: Place, facing: Place) -> Frame | Unknown:
    """Someone upright at the centre of `at`, turned towards the centre of `facing`."""
    origin, target = anchor_of(at), anchor_of(facing)
    says = f"standing at {name_of(scene, at)}, facing {name_of(scene, facing)}"
    if same_place(origin, target):
        what = f"nobody standing at {name_of(scene, at)!r} can face it"
        return Unknown("overlap", what, "name two different places")
    if scene.space == "globe":
        near = globe.too_near(scene, origin, target)
        return near or Frame(origin, globe.heading(scene, origin, target), says=says)
    if is_exact(scene, origin, target):
        x, y, _ = exact_offset(scene, origin, target)
        if math.hypot(x, y) >= near_m(scene):
            return Frame(origin, Arc(math.atan2(y, x)), says=says)
        return _too_near(scene, at, facing)
    bound_x, bound_y, _ = upright_offset(scene, origin, target)
    apart, heading = norm((bound_x, bound_y)), directions(bound_x, bound_y)
    if apart.high < near_m(scene):
        return _too_near(scene, at, facing)
    if apart.low < near_m(scene) or heading.full:
        return unplaced(scene, origin, target)
    return Frame(origin, heading, says=says)


def turned(scene: Scene, frame: Frame, angle: Quantity | Angle) -> Frame | Unknown:
    """The frame turned in place about its own vertical: left by a positive angle."""
    arc = angle.arc if isinstance(angle, Angle) else _arc(angle.bound)
    says = f"{frame.says}, turned"
    if frame.rotation is None:
        return replace(frame, heading=frame.heading + arc, says=says)
    if not arc.exact:
        return Unknown(
            "no_frame", "a tilted frame was turned by an angle that is not known", "turn by one angle"
        )
    rotation = frame.rotation @ rotation_about_up(arc.middle_rad)
    return replace(frame, heading=Arc(yaw_of(rotation), frame.heading.half_rad), rotation=rotation, says=says)


def moved(
    scene: Scene, frame: Frame, forward: Quantity, *, left: Quantity | None = None, up: Quantity | None = None
) -> Frame:
    """The frame carried along its own axes, looking the same way."""
    zero = Interval(0.0, 0.0)
    ahead, aside, upward = (zero if each is None else in_scene(scene, each) for each in (forward, left, up))
    start = offset_between(scene, spot(np.zeros(3)), frame.anchor)
    reach = _carried(scene, frame, (ahead, aside, upward))
    x, y, z = (a + b for a, b in zip(start, reach, strict=True))
    return replace(frame, anchor=Spot(x, y, z), says=f"{frame.says}, moved")


def _carried(scene: Scene, frame: Frame, steps: Box3) -> Box3:
    """Steps along the axes of a frame, along the world's axes."""
    if frame.rotation is None:
        cosine, sine = frame.heading.cosine(), frame.heading.sine()
        ahead, aside, upward = steps
        return leaning(scene, (ahead * cosine - aside * sine, ahead * sine + aside * cosine, upward))
    if not frame.heading.exact:
        reach = norm(steps).high
        anywhere = Interval(-reach, reach)
        return anywhere, anywhere, anywhere
    x, y, z = (
        steps[0] * Interval.of(a) + steps[1] * Interval.of(b) + steps[2] * Interval.of(c)
        for a, b, c in frame.rotation.tolist()
    )
    return x, y, z


def _arc(angle: Interval) -> Arc:
    return Arc(angle.middle, (angle.high - angle.low) / 2)


def _too_near(scene: Scene, at: Place, other: Place) -> Unknown:
    names = f"{name_of(scene, at)!r} and {name_of(scene, other)!r}"
    return Unknown(
        "overlap", f"{names} are at one spot on the floor: no direction", "name places that lie apart"
    )
