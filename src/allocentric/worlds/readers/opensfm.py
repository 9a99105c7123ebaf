"""OpenSfM's reconstruction.json: cameras, shots and points, aligned to where the GPS says that they are.

A shot is world-to-camera, an angle-axis and a shift; OpenCV's camera axes. The world is metres east, north
and up of `reference_lla`, as far as the GPS positions of the shots tell: each is only good to its stated
`gps_dop`, so scale, north and gravity are bounds, from three times that. Cameras are in units of the longer
side of the picture, counted from its middle. A file holds one scene for each reconstruction. Points are not
kept; that shots see them is checked. Ground control points are held against where shots see them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole, project
from allocentric.geometry.distortion import Distortion
from allocentric.geometry.earth import from_degrees
from allocentric.intervals import FULL_CIRCLE, Arc, Interval
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Source, View
from allocentric.words import say_angle, say_length, say_number
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.opensfm_control import CONTROL, control_notes, control_points
from allocentric.worlds.readers.posed import (
    UNKNOWN_SCALE,
    World,
    checked_poses,
    made,
    matrices,
    posed_scene,
    rotation_from_angle_axis,
)
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

Three = tuple[float, float, float]

IMAGES: Final = "images"
DECLARED: Final = Convention(to_world=False, opencv=True)
SIGMAS: Final = 3.0
NO_GPS_M: Final = 1000.0  # a position that is no better than this is none
SEEN_AT_LEAST: Final = 0.9


class _Camera(Struct):
    width: int
    height: int
    projection_type: str = "perspective"
    focal: float = 0.0
    focal_x: float = 0.0
    focal_y: float = 0.0
    c_x: float = 0.0
    c_y: float = 0.0
    k1: float = 0.0
    k2: float = 0.0
    k3: float = 0.0
    k4: float = 0.0
    p1: float = 0.0
    p2: float = 0.0


class _Shot(Struct):
    rotation: Three
    translation: Three
    camera: str
    capture_time: float | None = None
    gps_position: Three | None = None
    gps_dop: float = math.inf


class _Point(Struct):
    coordinates: Three


class _Reference(Struct):
    latitude: float
    longitude: float
    altitude: float


class _Reconstruction(Struct):
    cameras: dict[str, _Camera]
    shots: dict[str, _Shot]
    points: dict[str, _Point] = {}
    reference_lla: _Reference | None = None


@dataclass(frozen=True, slots=True)
class _Anchor:
    """How well the GPS ties the reconstruction to the earth."""

    scale: Interval
    north: Arc
    tilt_rad: float
    note: str


def _claims(peek: Peek) -> bool:
    return {"cameras", "shots"} <= peek.inner


def _scenes(peek: Peek) -> Scenes:
    held = decode(peek.data, list[_Reconstruction], where=str(peek.path))
    return {str(row): partial(_scene, peek.path, row, each) for row, each in enumerate(held)}


def _scene(path: Path, row: int, held: _Reconstruction) -> Scene:
    where = f"{path}#{row}"
    names = list(held.shots)
    shots = list(held.shots.values())
    cameras = {name: _camera(each, f"{where}, camera {name!r}") for name, each in held.cameras.items()}
    for name, shot in held.shots.items():
        if shot.camera not in cameras:
            what = f"shot {name!r} is by camera {shot.camera!r}, which is not there"
            raise BadInput(what, where=where, mend="name a camera of the reconstruction")
    turns = [rotation_from_angle_axis(np.array(shot.rotation)) for shot in shots]
    shifts = np.array([shot.translation for shot in shots]).reshape(-1, 3)
    poses, _ = checked_poses(names, matrices(turns, shifts), where=where)
    images = path.parent / IMAGES if (path.parent / IMAGES).is_dir() else None
    start_s = min((shot.capture_time for shot in shots if shot.capture_time is not None), default=0.0)
    views = [
        View(
            name,
            DECLARED.world_from_camera(pose),
            None if shot.capture_time is None else shot.capture_time - start_s,
            None if images is None else str(images / name),
            camera=cameras[shot.camera],
        )
        for name, shot, pose in zip(names, shots, poses)
    ]
    anchor = _anchor(shots, views)
    notes = [f"points not kept: {len(held.points)}", anchor.note]
    doubts = list[str]()
    if held.reference_lla is not None:
        at = held.reference_lla
        by_id = {each.id: each for each in views}
        try:
            origin = from_degrees(at.latitude, at.longitude, at.altitude)
        except ValueError as error:
            raise BadInput(str(error), where=f"{path}: reference_lla", mend="state degrees") from None
        beside = path.parent / CONTROL
        points = control_points(beside, by_id) if beside.exists() else ()
        told, doubts = control_notes(points, by_id, origin)
        notes += told
        notes.append(
            f"x east, y north of latitude {at.latitude}, longitude {at.longitude}, altitude {at.altitude} m"
        )
    notes += [f"no pictures: there is no folder {IMAGES!r} beside the file"] * (images is None)
    return posed_scene(
        str(row),
        views,
        world=World(
            DECLARED,
            "z" if anchor.tilt_rad < math.pi else None,
            anchor.scale != UNKNOWN_SCALE,
            confirmed=_seen(held, views, where),
        ),
        source=Source("opensfm", str(path), tuple(notes), tuple(doubts)),
        scale=anchor.scale,
        north=anchor.north,
        tilt_rad=anchor.tilt_rad,
    )


def _camera(told: _Camera, where: str) -> Camera:
    """The camera in pixels; raises BadInput for a projection that is not known."""
    width, height, longer = told.width, told.height, max(told.width, told.height)
    fx, fy = (each or told.focal for each in (told.focal_x, told.focal_y))
    sensor = (
        width,
        height,
        fx * longer,
        fy * longer,
        width / 2 + told.c_x * longer,
        height / 2 + told.c_y * longer,
    )
    lens = (told.k1, told.k2, told.p1, told.p2, told.k3)
    kinds: dict[str, Callable[[], Camera]] = {
        **dict.fromkeys(
            ("perspective", "simple_radial", "radial", "brown"),
            lambda: Pinhole(*sensor, Distortion(*lens) if any(lens) else None),
        ),
        "fisheye": lambda: Fisheye(*sensor, (told.k1, told.k2)),
        "fisheye_opencv": lambda: Fisheye(*sensor, (told.k1, told.k2, told.k3, told.k4)),
        **dict.fromkeys(("spherical", "equirectangular"), lambda: _panorama(width, height)),
    }
    if told.projection_type not in kinds:
        what = f"cameras of type {told.projection_type!r} are not read"
        raise BadInput(what, where=where, mend=f"undistort its pictures to one of {', '.join(kinds)}")
    return made(kinds[told.projection_type], what="no camera", where=where)


def _panorama(width: int, height: int) -> Panorama:
    if width != 2 * height:
        raise ValueError(f"a whole panorama is twice as wide as high, not {width} x {height}")
    return Panorama(width, height)


def _seen(held: _Reconstruction, views: list[View], where: str) -> str:
    """That the shots see the points; raises BadInput where they do not, but would with the inverse poses."""
    points_m = np.array([each.coordinates for each in held.points.values()]).reshape(-1, 3)
    if not len(points_m):
        return ""

    def share(inverted: bool) -> float:
        seen = np.zeros(len(points_m), dtype=bool)
        for view in views:
            pose = view.world_from_camera if inverted else view.world_from_camera.inverse()
            assert view.camera is not None
            seen |= project(view.camera, pose.apply(points_m))[1]
        return float(seen.mean())

    read, inverse = share(False), share(True)
    if read < SEEN_AT_LEAST and inverse > SEEN_AT_LEAST:
        what = (
            f"poses look camera-to-world: {inverse:.0%} of the points are in a picture so, {read:.0%} as read"
        )
        raise BadInput(what, where=where, mend="invert the poses: shots are world-to-camera")
    how = "detected" if read > 2 * inverse else "as the format declares"
    told = f"{say_number(100 * read)} % of the points are in a picture"
    return f"world-to-camera {how}: {told}; read as camera-to-world {say_number(100 * inverse)} %"


def _anchor(shots: list[_Shot], views: list[View]) -> _Anchor:
    """What the GPS positions say of scale, north and gravity: the best fit, and three times its deviation."""
    known = [
        row for row, shot in enumerate(shots) if shot.gps_position is not None and shot.gps_dop < NO_GPS_M
    ]
    if len(known) < 2:
        return _Anchor(UNKNOWN_SCALE, FULL_CIRCLE, math.pi, "no two shots have a GPS position")
    gps_m = np.array([shots[row].gps_position for row in known])
    built = np.array([views[row].world_from_camera.translation_m for row in known])
    gps_m, built = gps_m - gps_m.mean(0), built - built.mean(0)
    doubt_m = SIGMAS * math.sqrt(sum(shots[row].gps_dop ** 2 for row in known) / len(known))
    left, sizes, right = np.linalg.svd(gps_m.T @ built)
    proper = np.array([1.0, 1.0, np.linalg.det(left @ right)])
    spread = float(np.square(built).sum())
    if not spread > 0:
        return _Anchor(UNKNOWN_SCALE, FULL_CIRCLE, math.pi, "all shots are in one place")
    fitted, off = float(sizes @ proper) / spread, doubt_m / math.sqrt(spread)
    scale = Interval(max(fitted - off, 0.0), fitted + off) if fitted + off > 0 else UNKNOWN_SCALE
    note = f"by the GPS, good to {say_length(doubt_m)}, a scene unit is {say_number(scale.low)} to "
    note += f"{say_number(scale.high)} m"
    # How far the shots are spread about the axis about which they are spread least.
    inertia = np.eye(3) * np.square(fitted * built).sum() - fitted**2 * built.T @ built
    least_m = math.sqrt(max(float(np.linalg.eigvalsh(inertia)[0]), 0.0))
    if least_m <= doubt_m:
        note += "; the shots are spread too little to tell north and gravity by it"
        return _Anchor(scale, FULL_CIRCLE, math.pi, note)
    half_rad = math.asin(doubt_m / least_m)
    _, north, up = (left * proper) @ right  # rows: the earth's axes in the scene
    tilt_rad = math.acos(min(1.0, float(up[2]))) + half_rad
    note += f", north is good to {say_angle(half_rad)}, gravity to {say_angle(tilt_rad)}"
    return _Anchor(scale, Arc(math.atan2(north[1], north[0]), half_rad), tilt_rad, note)


READER: Final = Reader("opensfm", (".json",), _claims, _scenes)
