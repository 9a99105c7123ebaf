"""Where cameras go: around a thing, through all rooms, to chosen spots; held by a hand that shakes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, field_of_view_rad
from allocentric.geometry.frames import BODY_FROM_CAMERA, UP, rotation_about_up
from allocentric.geometry.panorama import Panorama
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Scene, View
from allocentric.seeds import stream
from allocentric.views.rooms import legs, room_spots
from allocentric.views.surfaces import floor_height, meter_of, scene_caster, seen_rows, surface_of

PANORAMA: Final = Panorama(1024, 512)
EYE_M: Final = 1.6
STEP_M: Final = 0.25
CLEARANCE_M: Final = 0.2
ROOM_FOR: Final = 1.25  # how much wider than the thing an orbit's picture is
STEEPNESS_RAD: Final = tuple(math.radians(each) for each in (25, 35, 45, 55, 65, 75, 85))
AS_GOOD: Final = 0.8  # share of the most that may be unhidden, with which a less steep view is content
WITHIN: Final = np.array(
    [[x, y, z] for x in (0.1, 0.5, 0.9) for y in (0.1, 0.5, 0.9) for z in (0.1, 0.5, 0.9)]
)
WITHIN.flags.writeable = False
AHEAD_M: Final = 0.8  # a walker looks at the point of the way so far ahead
TURN_RAD: Final = math.radians(20)  # the most that a walker turns from view to view
LEAST_STEP_M: Final = 0.001
WAVES: Final = 4  # of which a hand's shaking is made, along and about each axis
SWAY_M: Final = 0.02
SWAY_RAD: Final = math.radians(1.5)
SLOWEST, FASTEST = 60, 12  # views in a wave

Station = tuple[float, float, float]
"""Where a walker stands, x and y, and the yaw in which he looks."""


def looking(at: Sequence[float], *, yaw_rad: float, pitch_rad: float = 0.0) -> Pose:
    """`world_from_camera` at a place, looking left of the world's x axis by the yaw, and up by the pitch.

    >>> looking((0, 0, 1.6), yaw_rad=0.0).apply(np.array([0.0, 0.0, 2.0])).round(12).tolist()
    [2.0, 0.0, 1.6]
    """
    cosine, sine = math.cos(pitch_rad), math.sin(pitch_rad)
    raised = np.array([[cosine, 0.0, -sine], [0.0, 1.0, 0.0], [sine, 0.0, cosine]])
    return Pose(rotation_about_up(yaw_rad) @ raised @ BODY_FROM_CAMERA, np.array(at, dtype=float))


def looking_at(at: Sequence[float], target: Sequence[float]) -> Pose:
    """`world_from_camera` at a place with `target` in the middle of the picture, level from left to right.

    Straight up or down, the world's x axis points up in the picture. Raises ValueError where both are one.

    >>> looking_at((0, 0, 2), (3, 0, 2)).rotation[:, 2].tolist()
    [1.0, 0.0, 0.0]
    """
    x, y, z = (np.asarray(target, dtype=float) - np.asarray(at, dtype=float)).tolist()
    if not (x or y or z):
        raise ValueError("a camera cannot look at the place where it is")
    level = math.hypot(x, y)
    yaw_rad = math.atan2(y, x) if level else 0.0
    return looking(at, yaw_rad=yaw_rad, pitch_rad=math.atan2(z, level))


def orbit(
    scene: Scene,
    row: int,
    camera: Camera,
    *,
    count: int = 24,
    radius_m: float | None = None,
    height_m: float | None = None,
) -> tuple[View, ...]:
    """Views from all around a thing, each with its middle in the middle, leftwards from its front.

    `radius_m` and `height_m` are of the circle that the cameras are on, around and over the thing's middle.
    Without them a view is as far off as holds the whole thing, and looks down at it just as steeply as it
    must so as to see over what stands before it. Raises BadInput for a thing without a place, a radius that
    is none, and a count below 1.
    """
    where = f"an orbit of {scene.names[row]!r}"
    if not seen_rows(scene)[row]:
        raise BadInput("it has no surface in a known place", where=where, mend="name a thing that is placed")
    if count < 1:
        raise BadInput(f"an orbit of {count} views", where=where, mend="take at least one view")
    if radius_m is not None and not 0 < radius_m < math.inf:
        raise BadInput(f"a circle of radius {radius_m} m", where=where, mend="give a radius above 0")
    low, high = surface_of(scene, row).bounds_m()
    middle, reach = (low + high) / 2, float(np.linalg.norm(high - low)) / 2
    away = _distance(camera, reach) if radius_m is None else radius_m / meter_of(scene)
    front = scene.rotations[row] @ np.nan_to_num(scene.fronts[row])
    start_rad = math.atan2(front[1], front[0])
    views = []
    for turn in range(count):
        yaw_rad = start_rad + math.tau * turn / count
        if radius_m is None and height_m is None:
            at = _over_what_hides(scene, row, away * _upward(yaw_rad, np.array(STEEPNESS_RAD)))
        else:
            height = away / 2 if height_m is None else height_m / meter_of(scene)
            at = middle + away * _upward(yaw_rad, np.zeros(1))[0] + height * UP
        views.append(View(_id("orbit", turn, count), looking_at(at.tolist(), middle.tolist()), camera=camera))
    return tuple(views)


def walk_through(
    scene: Scene,
    camera: Camera,
    *,
    step_m: float = STEP_M,
    eye_m: float = EYE_M,
    clearance_m: float = CLEARANCE_M,
    pitch_rad: float = -0.15,
) -> tuple[View, ...]:
    """Views on a walk through all rooms, along the shortest ways on the free floor, looking ahead.

    In each room, where it is widest, the walker looks all round. A view every `step_m`, at the height
    `eye_m` over the floor, off walls and things by `clearance_m`; where the way bends, views between, so that
    none turns more than 20 degrees, or as much less as the step is shorter than usual. The first room is the
    scene's first; then always the nearest that is left. Where no room is named, the walk is to the middles of
    the free floor. Raises BadInput where the floor is not known or no way joins two rooms.
    """
    if not LEAST_STEP_M <= step_m < math.inf:
        mend = f"give a step of {LEAST_STEP_M:g} m or more"
        raise BadInput(f"steps of {step_m:g} m", where="a walk through", mend=mend)
    turn_rad = TURN_RAD * min(step_m / STEP_M, 1.0)
    unit_m = meter_of(scene)
    height = floor_height(scene) + eye_m / unit_m
    stations = list[Station]()
    for leg in legs(scene, clearance_m / unit_m):
        for station in _along(leg, step=step_m / unit_m, ahead=AHEAD_M / unit_m):
            stations += _turning(stations[-1], station, turn_rad) if stations else _round(station, turn_rad)
            stations.append(station)
        stations += _round(stations[-1], turn_rad)
    return tuple(
        View(
            _id("walk", place, len(stations)),
            looking((x, y, height), yaw_rad=yaw_rad, pitch_rad=pitch_rad),
            camera=camera,
        )
        for place, (x, y, yaw_rad) in enumerate(stations)
    )


def panoramas(
    scene: Scene,
    spots: Sequence[tuple[float, float]] | None = None,
    *,
    camera: Panorama = PANORAMA,
    eye_m: float = EYE_M,
) -> tuple[View, ...]:
    """A panorama at each spot (x and y in the world), the world's x axis in the middle of the picture.

    Without `spots`: in each room, where it is widest. Raises BadInput where these are not known.
    """
    if spots is None:
        spots = [(x, y) for x, y in room_spots(scene, CLEARANCE_M / meter_of(scene))]
    height = floor_height(scene) + eye_m / meter_of(scene)
    return tuple(
        View(_id("panorama", place, len(spots)), looking((x, y, height), yaw_rad=0.0), camera=camera)
        for place, (x, y) in enumerate(spots)
    )


def sway(
    views: Sequence[View], *, seed: int, amplitude: float = SWAY_M, amplitude_rad: float = SWAY_RAD
) -> tuple[View, ...]:
    """The same views from a hand that shakes: smooth noise, about so far (scene units) and so much turned.

    `amplitude` and `amplitude_rad` are the root mean squares along and about each axis of the camera. The
    same seed gives the same noise; a longer path begins with that of a shorter one.
    """
    random = stream(seed, "views", "sway")
    periods = np.exp(random.uniform(math.log(FASTEST), math.log(SLOWEST), (6, WAVES, 1)))
    phases_rad = random.uniform(0, math.tau, (6, WAVES, 1))
    waves = np.sin(math.tau * np.arange(len(views)) / periods + phases_rad).sum(axis=1)
    noise = (waves * math.sqrt(2 / WAVES)).T  # view, axis: each of mean square 1
    return tuple(
        replace(each, world_from_camera=each.world_from_camera @ _shaken(own, amplitude, amplitude_rad))
        for each, own in zip(views, noise)
    )


def _shaken(noise: Float[np.ndarray, "6"], amplitude: float, amplitude_rad: float) -> Pose:
    spin = amplitude_rad * noise[3:]
    angle_rad = float(np.linalg.norm(spin))
    cross = np.cross(np.eye(3), spin / angle_rad) if angle_rad else np.zeros((3, 3))
    turn = np.eye(3) + math.sin(angle_rad) * cross + (1 - math.cos(angle_rad)) * cross @ cross
    return Pose(turn, amplitude * noise[:3])


def _distance(camera: Camera, reach: float) -> float:
    """How far a ball of this radius must be so that all of it is in the picture, with some room."""
    half_rad = min(min(field_of_view_rad(camera)) / 2, math.pi / 4)
    return ROOM_FOR * reach / math.sin(half_rad)


def _upward(yaw_rad: float, pitches_rad: Float[np.ndarray, " pitch"]) -> Float[np.ndarray, "pitch 3"]:
    """Unit directions so far left of the world's x axis and so far up."""
    level = np.cos(pitches_rad)
    return np.stack([level * math.cos(yaw_rad), level * math.sin(yaw_rad), np.sin(pitches_rad)], axis=1)


def _over_what_hides(scene: Scene, row: int, offsets: Float[np.ndarray, "place 3"]) -> Float[np.ndarray, "3"]:
    """Of places about a thing's middle, given from it, the first from which about the least is hidden."""
    low, high = surface_of(scene, row).bounds_m()
    places = (low + high) / 2 + offsets
    inside = low + (high - low) * WITHIN
    held = scene_caster(scene)
    ways = (inside[None] - places[:, None]).reshape(-1, 3)
    hits = held.caster.cast(np.repeat(places, len(inside), axis=0), ways)
    hidden = (hits.range_m < np.linalg.norm(ways, axis=1)) & (held.rows_hit(hits) != row)
    shares = 1 - hidden.reshape(len(places), -1).mean(axis=1)
    best: Float[np.ndarray, "3"] = places[int((shares >= AS_GOOD * shares.max()).argmax())]
    return best


def _along(leg: Float[np.ndarray, "corner 2"], *, step: float, ahead: float) -> Iterator[Station]:
    """Places and headings along a way, both its ends among them; the last looks as the one before."""
    lengths = np.append(0.0, np.linalg.norm(np.diff(leg, axis=0), axis=1).cumsum())
    whole = float(lengths[-1])
    if whole == 0:
        yield float(leg[0, 0]), float(leg[0, 1]), 0.0
        return
    for gone in np.linspace(0.0, whole, max(2, math.ceil(whole / step) + 1)).tolist():
        near, far = min(gone, whole - min(ahead, whole) / 2), min(gone + ahead, whole)
        (x, y), here, there = (
            [float(np.interp(each, lengths, leg[:, axis])) for axis in range(2)] for each in (gone, near, far)
        )
        yield x, y, math.atan2(there[1] - here[1], there[0] - here[0])


def _round(station: Station, most_rad: float) -> Iterator[Station]:
    """The rest of a full turn, leftwards."""
    x, y, yaw_rad = station
    parts = math.ceil(math.tau / most_rad)
    for part in range(1, parts):
        yield x, y, yaw_rad + part / parts * math.tau


def _turning(before: Station, after: Station, most_rad: float) -> Iterator[Station]:
    """The same place on the way to the next heading, so that no turn from view to view is wide."""
    turn_rad = math.remainder(after[2] - before[2], math.tau)
    parts = math.ceil(abs(turn_rad) / most_rad)
    for part in range(1, parts):
        yield before[0], before[1], before[2] + part / parts * turn_rad


def _id(name: str, place: int, count: int) -> str:
    return f"{name}-{place:0{len(str(max(count - 1, 0)))}d}"
