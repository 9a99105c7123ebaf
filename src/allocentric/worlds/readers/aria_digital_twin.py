"""Aria Digital Twin: a folder of tables about one recording with a moving wearer, moving and static things.

Metres, nanoseconds, world y up (the gravity in the trajectory says so), turned to z up.
`3d_bounding_box.csv` gives lowest and highest corners in each object's own frame, whose origin is not the
box's centre; `scene_objects.csv` gives `world_from_object` (quaternion w x y z), once at time -1 for what
stands still and once a time for what moves. Canonical poses in `instances.json` say which own axis is up
and which is front; a thing that is symmetric about an axis has no front. The trajectory (quaternion x y z
w) is that of the device, whose frame is the left SLAM camera's; the RGB camera's place on it stands in
`video.vrs`. Where that can be read, the views are the RGB camera's, else the left SLAM camera's. Pictures
are stored turned: ours stand upright (turned a quarter clockwise), with their cameras and 2D boxes. Times
count from the first row of the trajectory.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from jaxtyping import Float, Int
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Fisheye
from allocentric.geometry.frames import FORWARD, Z_UP_FROM_Y_UP, rotation_about_up
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Complete, Scene, Sighting, Source, Thing, Track, View, scene_of
from allocentric.worlds.readers.aria_calibration import SENSORS, OnDevice, camera_on_device, upright
from allocentric.worlds.readers.boxes import as_bodies, checked_axes, plain_label, plausibility
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.shown import judge_shown, shown
from allocentric.worlds.readers.table import Table, read_table

BOXES, POSES, INSTANCES = "3d_bounding_box.csv", "scene_objects.csv", "instances.json"
TRAJECTORY, SEEN, RECORDING = "aria_trajectory.csv", "2d_bounding_box.csv", "video.vrs"
NOUNS: Final = {  # for categories that no one would say of a thing
    "built in": "fixture",
    "part of a cabinet/wardrobe": "cabinet part",
    "smart home video": "smart display",
}
SAME_FRAME_S: Final = 0.02  # a 2D box belongs to the nearest view, if it is that near

# The upright picture's right and down in the stored one: its up and its right.
STORED_FROM_UPRIGHT: Final = np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]])


class _Canonical(Struct, frozen=True):
    up_vector: tuple[float, float, float] = (0, 1, 0)
    front_vector: tuple[float, float, float] = (0, 0, 1)


class _Symmetry(Struct, frozen=True):
    is_annotated: bool = False
    axes: tuple[Any, ...] = ()


class _Instance(Struct):
    instance_name: str
    category: str
    canonical_pose: _Canonical = _Canonical()
    rotational_symmetry: _Symmetry = _Symmetry()


@dataclass(frozen=True, eq=False, slots=True)
class _Stream:
    """A camera of the glasses: its id in the 2D boxes, its place, its lens and its picture upright."""

    id: str
    device_from_camera: Pose
    camera: Fisheye | None
    size_px: tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class _Wearer:
    """Where the device is, z up: a pose a row."""

    times_ns: Int[np.ndarray, " row"]
    world_from_device: tuple[Pose, ...]
    world_from_file: Float[np.ndarray, "3 3"]

    def inverted(self) -> _Wearer:
        """The same, had the file written `device_from_world`."""
        turn = Pose(self.world_from_file, np.zeros(3))
        poses = tuple(turn @ each.inverse() @ turn for each in self.world_from_device)
        return replace(self, world_from_device=poses)


def _claims(peek: Peek) -> bool:
    return {BOXES, POSES} <= peek.entries


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.resolve().name: partial(_scene, peek.path)}


def _scene(folder: Path) -> Scene:
    wearer = _wearer(folder)
    start_ns = int(wearer.times_ns[0]) if wearer.times_ns.size else 0
    things, tracks, rows, warnings = _objects(folder, wearer.world_from_file, start_ns)
    stream, told = _stream(folder)
    views = _views(wearer, stream, start_ns)
    sightings, unseen = _sightings(folder / SEEN, stream, views=views, rows=rows, start_ns=start_ns)
    if views:
        tracks.append(_wearer_track(len(things), views, stream.id == RGB))
        things.append(_wearer_thing(tracks[-1], stream.id == RGB))
    up = "z" if (wearer.world_from_file == np.eye(3)).all() else "y"
    notes = [
        f"world {up} up by the gravity of the trajectory" + (", turned to z up" if up == "y" else ""),
        "boxes are in each object's own frame; z is its up and x its front by its canonical pose",
        told if stream.camera else f"{told}; its lens is not told",
        f"times count from {start_ns} ns; the wearer is the place of the device, a point",
        "complete: the twin holds every object of the place",
    ]
    warnings += [f"2D boxes without a view within {SAME_FRAME_S} s: {unseen}"] * bool(unseen)
    scene = scene_of(
        folder.resolve().name,
        things,
        tracks=tuple(tracks),
        views=views,
        sightings=sightings,
        complete=Complete(),
    )
    inverted = _views(wearer.inverted(), stream, start_ns)
    where = str(folder / TRAJECTORY)
    said, doubts = judge_shown(shown(scene, views), shown(scene, inverted), where=where)
    source = Source("aria_digital_twin", str(folder), (*notes, *said), (*warnings, *doubts))
    return replace(scene, source=source)


def _wearer(folder: Path) -> _Wearer:
    """The trajectory, z up; without a file no row, and the world taken for y up as the release states it."""
    path = folder / TRAJECTORY
    if not path.exists():
        return _Wearer(np.zeros(0, dtype=np.int64), (), Z_UP_FROM_Y_UP)
    table = read_table(path)
    gravity = table.floats(*(f"gravity_{axis}_world" for axis in "xyz"))
    up = -gravity.mean(0) / max(float(np.linalg.norm(gravity.mean(0))), 1e-9) if table.count else np.eye(3)[1]
    turns = [(Z_UP_FROM_Y_UP, np.eye(3)[1]), (np.eye(3), np.eye(3)[2])]
    fitting = [turn for turn, axis in turns if up @ axis > 0.999]
    if not fitting:
        what = f"gravity points along {np.round(-up, 3).tolist()}, neither y nor z down"
        raise BadInput(what, where=str(path), mend="turn the recording so that y or z is up")
    places = table.floats(*(f"t{axis}_world_device" for axis in "xyz"))
    turns_wxyz = table.floats(*(f"q{axis}_world_device" for axis in "wxyz"))
    times_ns = _whole_ns(table.integers("tracking_timestamp_us") * 1000, folder / POSES)
    if not (np.diff(times_ns) > 0).all():
        raise BadInput(
            "the times do not rise", where=str(path), mend="sort the trajectory by time, each once"
        )
    poses = tuple(_pose(turn, place, fitting[0], where=str(path)) for turn, place in zip(turns_wxyz, places))
    return _Wearer(times_ns, poses, fitting[0])


def _whole_ns(times_ns: Int[np.ndarray, " row"], poses: Path) -> Int[np.ndarray, " row"]:
    """Times that were cut to microseconds, whole again where a thing has a pose in that microsecond."""
    told = np.unique(read_table(poses).integers("timestamp"))
    after = np.searchsorted(told, times_ns).clip(0, len(told) - 1) if len(told) else 0
    whole = told[after] if len(told) else times_ns
    return np.where((whole >= times_ns) & (whole < times_ns + 1000), whole, times_ns)


def _pose(
    wxyz: Float[np.ndarray, "4"],
    place: Float[np.ndarray, "3"],
    world_from_file: Float[np.ndarray, "3 3"],
    *,
    where: str,
) -> Pose:
    w, x, y, z = wxyz.tolist()
    if abs(float(np.linalg.norm(wxyz)) - 1) > 1e-3:
        raise BadInput(f"{wxyz.tolist()} is no unit quaternion", where=where, mend="mend that pose")
    return Pose(world_from_file @ rotation_from_quaternion(w, x, y, z), world_from_file @ place)


def _objects(
    folder: Path, world_from_file: Float[np.ndarray, "3 3"], start_ns: int
) -> tuple[list[Thing], list[Track], dict[str, int], list[str]]:
    """Things with a box and a pose, tracks of those that move, the row of each id, and what looks wrong."""
    table, poses = read_table(folder / BOXES), read_table(folder / POSES)
    where = str(folder / BOXES)
    instances = decode(read_bytes(folder / INSTANCES), dict[str, _Instance], where=str(folder / INSTANCES))
    placed = _poses_of(poses, world_from_file)
    ids = table.text("object_uid")
    held = [row for row, id in enumerate(ids) if id in placed and id in instances]
    warnings = [f"boxes without a pose or a name left out: {len(ids) - len(held)}"] * (len(held) < len(ids))
    low = table.floats(*(f"p_local_obj_{axis}min" for axis in "xyz"))[held]
    high = table.floats(*(f"p_local_obj_{axis}max" for axis in "xyz"))[held]
    told = [instances[ids[row]] for row in held]
    names = [each.instance_name for each in told]
    first = [placed[ids[row]][0] for row in held]
    rotations = np.array([pose.rotation for _, pose in first]).reshape(-1, 3, 3)
    centers = np.array([pose.apply(middle) for (_, pose), middle in zip(first, (low + high) / 2)])
    rotations, rounded = checked_axes(
        names, centers.reshape(-1, 3), high - low, rotations=rotations, where=where
    )
    ups = np.array([each.canonical_pose.up_vector for each in told]).reshape(-1, 3)
    fronts = np.array([_front(each) for each in told]).reshape(-1, 3)
    bodies, sizes, fronts = as_bodies(rotations, high - low, ups=ups, fronts=fronts)
    labels = [NOUNS.get(each.category, plain_label(each.category)) for each in told]
    things = [
        Thing(
            label=labels[row],
            name=name if names.count(name) == 1 else None,
            center=centers[row],
            size=sizes[row],
            rotation=bodies[row],
            front=None if np.isnan(fronts[row]).any() else fronts[row],
        )
        for row, name in enumerate(names)
    ]
    body_from_object = bodies.transpose(0, 2, 1) @ rotations
    tracks = [
        _track(
            row,
            placed[ids[each]],
            (low + high)[row] / 2,
            body_from_object=body_from_object[row],
            start_ns=start_ns,
        )
        for row, each in enumerate(held)
        if len(placed[ids[each]]) > 1
    ]
    warnings += rounded + plausibility(labels, centers, sizes, rotations=bodies)
    return things, tracks, {ids[each]: row for row, each in enumerate(held)}, warnings


def _front(told: _Instance) -> tuple[float, float, float]:
    symmetric = told.rotational_symmetry.is_annotated and told.rotational_symmetry.axes
    return (np.nan, np.nan, np.nan) if symmetric else told.canonical_pose.front_vector


def _poses_of(table: Table, world_from_file: Float[np.ndarray, "3 3"]) -> dict[str, list[tuple[int, Pose]]]:
    """The poses of each id with their times, in order."""
    times = table.integers("timestamp").tolist()
    places = table.floats("t_wo_x", "t_wo_y", "t_wo_z")
    turns = table.floats("q_wo_w", "q_wo_x", "q_wo_y", "q_wo_z")
    found: dict[str, list[tuple[int, Pose]]] = {}
    for row, id in enumerate(table.text("object_uid")):
        pose = _pose(turns[row], places[row], world_from_file, where=str(table.path))
        found.setdefault(id, []).append((times[row], pose))
    for each in found.values():
        each.sort(key=lambda timed: timed[0])
    return found


def _track(
    row: int,
    poses: list[tuple[int, Pose]],
    middle: Float[np.ndarray, "3"],
    *,
    body_from_object: Float[np.ndarray, "3 3"],
    start_ns: int,
) -> Track:
    distinct = list(dict(poses).items())
    return Track(
        row,
        np.array([(time - start_ns) / 1e9 for time, _ in distinct]),
        np.array([pose.apply(middle) for _, pose in distinct]),
        np.array([pose.rotation @ body_from_object.T for _, pose in distinct]),
    )


RGB, LEFT_SLAM = "214-1", "1201-1"


def _stream(folder: Path) -> tuple[_Stream, str]:
    """The RGB camera where its place on the device can be read, else the device's own camera; and which."""
    found = camera_on_device(folder / RECORDING, "camera-rgb")
    if found is not None:
        told = (
            f"views are of the RGB camera, placed by the calibration in {RECORDING}; pictures stand upright"
        )
        return _upright_stream(RGB, "camera-rgb", found), told
    told = "views are of the left SLAM camera: no calibration of the RGB camera could be read"
    own = camera_on_device(folder / RECORDING, "camera-slam-left")
    at_device = OnDevice(Pose(np.eye(3), np.zeros(3)), None if own is None else own.stored)
    return _upright_stream(LEFT_SLAM, "camera-slam-left", at_device), told


def _upright_stream(id: str, label: str, found: OnDevice) -> _Stream:
    width, height, border, share = SENSORS[label]
    size_px = (round((height - 2 * border) * share), round((width - 2 * border) * share))
    place = found.device_from_camera @ Pose(STORED_FROM_UPRIGHT, np.zeros(3))
    return _Stream(id, place, None if found.stored is None else upright(found.stored), size_px)


def _views(wearer: _Wearer, stream: _Stream, start_ns: int) -> tuple[View, ...]:
    return tuple(
        View(
            str(row),
            pose @ stream.device_from_camera,
            (time - start_ns) / 1e9,
            size_px=stream.size_px,
            camera=stream.camera,
        )
        for row, (time, pose) in enumerate(zip(wearer.times_ns.tolist(), wearer.world_from_device))
    )


def _wearer_track(row: int, views: tuple[View, ...], heading: bool) -> Track:
    ahead = np.array([view.world_from_camera.rotation[:, 2] for view in views])
    yaws = np.arctan2(ahead[:, 1], ahead[:, 0]) if heading else np.zeros(len(views))
    return Track(
        row,
        np.array([view.time_s for view in views]),
        np.array([view.world_from_camera.translation_m for view in views]),
        np.array([rotation_about_up(yaw) for yaw in yaws.tolist()]),
    )


def _wearer_thing(track: Track, heading: bool) -> Thing:
    return Thing(
        label="wearer",
        center=track.centers[0],
        rotation=track.rotations[0],
        front=FORWARD if heading else None,
        yaw_slack_rad=0.0 if heading else np.pi,
    )


def _sightings(
    path: Path, stream: _Stream, *, views: tuple[View, ...], rows: dict[str, int], start_ns: int
) -> tuple[tuple[Sighting, ...], int]:
    """What each view sees of the things, in upright pixels; and how many boxes no view is near."""
    if not path.exists() or not views:
        return (), 0
    table = read_table(path)
    times = (table.integers("timestamp") - start_ns) / 1e9
    edges = table.floats("x_min", "x_max", "y_min", "y_max", "visibility_ratio").tolist()
    view_times = np.array([view.time_s for view in views])
    after = np.searchsorted(view_times, times).clip(0, len(views) - 1)
    before = (after - 1).clip(0)
    nearest = np.where(np.abs(view_times[before] - times) < np.abs(view_times[after] - times), before, after)
    near = np.abs(times - view_times[nearest]) <= SAME_FRAME_S
    width = float(stream.size_px[0])
    seen, unseen = list[Sighting](), 0
    for at, (id, by) in enumerate(zip(table.text("object_uid"), table.text("stream_id"))):
        if by != stream.id or id not in rows:
            continue
        if not near[at]:
            unseen += 1
            continue
        left, right, top, low, share = edges[at]
        box = (width - low - 1, left, width - top, right + 1)  # the last pixel's far side
        seen.append(Sighting(rows[id], views[nearest[at]].id, box, share))
    return tuple(seen), unseen


READER: Final = Reader("aria_digital_twin", (), _claims, _scenes, folder=True)
