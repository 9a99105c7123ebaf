"""Argoverse 2, sensor data: the folder of one log, with its Feather tables and pictures.

Metres, nanoseconds, quaternions w x y z. The city's frame is z up. `city_SE3_egovehicle.feather` has the
vehicle's pose at each time, x ahead at its rear axle; `annotations.feather` has boxes in the VEHICLE's frame
at the time of a sweep, about their centres, x along the length: they are carried into the city. Cameras are
`egovehicle_SE3_sensor` and OpenCV's; their pictures are undistorted, so that k1 to k3 are left out, as the
release's own code leaves them out. A log is as it was at its first sweep, `NAME@K` as at sweep K, counted
from 0. Tracks tell where each thing was at every sweep; the vehicle is the thing "ego", a point. That things
stay where they are while the vehicle moves says whether its poses are read as they were written. Maps and
points are not read.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float, Int

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.frames import FORWARD
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Scene, Source, Thing, Track, View, scene_of
from allocentric.words import say_length
from allocentric.worlds.readers.boxes import checked_axes, plain_label, plausibility
from allocentric.worlds.readers.feather import POSE, Columns, poses_of, read_feather
from allocentric.worlds.readers.posed import check_pictures, made
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

BOXES, EGO = "annotations.feather", "city_SE3_egovehicle.feather"
SENSORS, LENSES = "calibration/egovehicle_SE3_sensor.feather", "calibration/intrinsics.feather"
PICTURES: Final = "sensors/cameras"
SIZES: Final = ("length_m", "width_m", "height_m")
LENS: Final = ("sensor_name", "fx_px", "fy_px", "cx_px", "cy_px", "width_px", "height_px")
SAME_SWEEP_S: Final = 0.05  # a picture belongs to the nearest sweep, ten a second
MOVED_M: Final = 1.0  # a vehicle that moves less tells nothing of its poses
LEVEL_WITHIN: Final = 0.7  # cosine of a camera's view with the vertical: beyond it, it looks up or down


@dataclass(frozen=True, eq=False, slots=True)
class _Log:
    """Times of the sweeps, the vehicle's pose at any time that is told, and the rows of the annotations."""

    folder: Path
    sweeps_ns: Int[np.ndarray, " sweep"]
    city_from_ego: Mapping[int, Pose]
    rows: Columns
    ego_from_box: tuple[Pose, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Sweeps(Mapping[str, Callable[[], Scene]]):
    """The log by its name; `NAME@K` is found too, though not listed: the same log at sweep K."""

    folder: Path

    @property
    def name(self) -> str:
        """The log's id."""
        return self.folder.resolve().name

    def __getitem__(self, id: str) -> Callable[[], Scene]:
        return functools.partial(_scene, self.folder, int(id.removeprefix(self.name).lstrip("@") or 0))

    def __contains__(self, id: object) -> bool:
        name, _, sweep = str(id).rpartition("@")
        return id == self.name or (name == self.name and sweep.isdigit())

    def __iter__(self) -> Iterator[str]:
        return iter((self.name,))

    def __len__(self) -> int:
        return 1


def _claims(peek: Peek) -> bool:
    return {BOXES, EGO} <= peek.entries


def _scenes(peek: Peek) -> Scenes:
    return _Sweeps(peek.path)


def _log(folder: Path) -> _Log:
    ego = read_feather(folder / EGO, ("timestamp_ns", *POSE))
    rows = read_feather(folder / BOXES, ("timestamp_ns", "track_uuid", "category", *SIZES, *POSE))
    placed = dict(zip(map(int, ego["timestamp_ns"]), poses_of(ego, str(folder / EGO))))
    sweeps = np.unique(rows["timestamp_ns"].astype(np.int64))
    if not len(sweeps):
        raise BadInput("nothing is annotated", where=str(folder / BOXES), mend="take a log of train or val")
    lost = next((each for each in sweeps.tolist() if each not in placed), None)
    if lost is not None:
        what = f"the vehicle has no pose at the sweep of {lost} ns"
        raise BadInput(what, where=str(folder / EGO), mend="get both tables of one log")
    log = _Log(folder, sweeps, placed, rows, poses_of(rows, str(folder / BOXES)))
    _check_once(log)
    return log


def _check_once(log: _Log) -> None:
    seen = set[tuple[int, str]]()
    for time, id in zip(log.rows["timestamp_ns"].tolist(), log.rows["track_uuid"].tolist()):
        if (time, id) in seen:
            what = f"the track {id!r} is annotated twice at {time} ns"
            raise BadInput(what, where=str(log.folder / BOXES), mend="keep one of them")
        seen.add((time, id))


def _scene(folder: Path, sweep: int) -> Scene:
    log = _log(folder)
    name, count = folder.resolve().name, len(log.sweeps_ns)
    if sweep >= count:
        what = f"{name!r} has {count} sweeps, counted from 0"
        raise BadInput(what, where=f"{folder}@{sweep}", mend=f"name one up to {name}@{count - 1}")
    now_ns, start_ns = int(log.sweeps_ns[sweep]), int(log.sweeps_ns[0])
    told = _stays(log)
    things, tracks, warnings = _things(log, now_ns)
    views, odd = _views(log, now_ns)
    check_pictures(views)
    tracks.append(_ego_track(log, len(things)))
    place = log.city_from_ego[now_ns]
    things.append(
        Thing(
            label="ego",
            kind="structure",
            center=place.translation_m,
            rotation=place.rotation,
            front=FORWARD,
        )
    )
    notes = [
        f"city frame, z up; city <- vehicle <- box, sensor; x lies along the length; {told}",
        f"sweep {sweep} of {count}, any is {name}@K; times count from {start_ns} ns",
        "ego is the origin of the vehicle's frame, a point",
    ]
    notes += ["no pictures near this sweep"] * (not views)
    return scene_of(
        name if sweep == 0 else f"{name}@{sweep}",
        things,
        tracks=tuple(tracks),
        views=views,
        source=Source("argoverse2", str(folder), tuple(notes), (*warnings, *odd)),
    )


def _things(log: _Log, now_ns: int) -> tuple[list[Thing], list[Track], list[str]]:
    """The things at a sweep, where they were at all of them, and what looks wrong."""
    times = log.rows["timestamp_ns"].astype(np.int64)
    ids = log.rows["track_uuid"]
    placed = [log.city_from_ego[time] @ box for time, box in zip(times.tolist(), log.ego_from_box)]
    centers = np.array([each.translation_m for each in placed]).reshape(-1, 3)
    sizes = np.stack([log.rows[each].astype(float) for each in SIZES], axis=1)
    names = [f"{id} at {time} ns" for id, time in zip(ids.tolist(), times.tolist())]
    rotations = np.array([each.rotation for each in placed]).reshape(-1, 3, 3)
    rotations, warnings = checked_axes(
        names, centers, sizes, rotations=rotations, where=str(log.folder / BOXES)
    )
    now = np.flatnonzero(times == now_ns)
    labels = [plain_label(str(log.rows["category"][row])) for row in now]
    things = [
        Thing(label=label, center=centers[row], size=sizes[row], rotation=rotations[row], front=FORWARD)
        for label, row in zip(labels, now)
    ]
    tracks = list[Track]()
    for thing, row in enumerate(now):
        own = np.flatnonzero(ids == ids[row])
        own = own[np.argsort(times[own])]
        times_s = (times[own] - log.sweeps_ns[0]) / 1e9
        if len(own) > 1:
            tracks.append(Track(thing, times_s, centers[own], rotations[own]))
    return things, tracks, warnings + plausibility(labels, centers[now], sizes[now], rotations=rotations[now])


def _ego_track(log: _Log, row: int) -> Track:
    times_ns = sorted(log.city_from_ego)
    poses = [log.city_from_ego[each] for each in times_ns]
    return Track(
        row,
        (np.array(times_ns, dtype=np.int64) - log.sweeps_ns[0]) / 1e9,
        np.array([each.translation_m for each in poses]),
        np.array([each.rotation for each in poses]),
    )


def _stays(log: _Log) -> str:
    """How far things move from sweep to sweep; raises BadInput where far less with the inverse poses."""
    ids, times = log.rows["track_uuid"], log.rows["timestamp_ns"].astype(np.int64)
    order = np.lexsort((times, ids))
    follows = ids[order][1:] == ids[order][:-1]
    places = [log.city_from_ego[each].translation_m for each in log.sweeps_ns.tolist()]
    if not follows.any() or float(np.ptp(places, axis=0).max()) < MOVED_M:
        return "the vehicle hardly moves: nothing confirms its poses"

    def steps_m(inverted: bool) -> float:
        held = [
            (log.city_from_ego[time].inverse() if inverted else log.city_from_ego[time]).apply(
                box.translation_m
            )
            for time, box in zip(times.tolist(), log.ego_from_box)
        ]
        steps: Float[np.ndarray, " step"] = np.linalg.norm(np.diff(np.array(held)[order], axis=0), axis=1)
        return float(np.median(steps[follows]))

    read_m, inverse_m = steps_m(False), steps_m(True)
    if inverse_m < read_m / 2:
        what = "poses of the vehicle look inverted: half of the things move "
        what += f"{say_length(inverse_m)} a sweep so, {say_length(read_m)} as read"
        raise BadInput(what, where=str(log.folder / EGO), mend="write city <- vehicle")
    told = f"half of the things move less than {say_length(round(read_m, 4))} a sweep"
    return f"{told}, with the poses inverted {say_length(round(inverse_m, 4))}"


def _views(log: _Log, now_ns: int) -> tuple[tuple[View, ...], list[str]]:
    """The picture of each camera that is nearest to a sweep, and the cameras that look up or down."""
    folder = log.folder / PICTURES
    if not folder.is_dir():
        return (), []
    sensors = read_feather(log.folder / SENSORS, ("sensor_name", *POSE))
    placed = dict(zip(sensors["sensor_name"].tolist(), poses_of(sensors, str(log.folder / SENSORS))))
    lenses = read_feather(log.folder / LENSES, LENS)
    rows = {name: row for row, name in enumerate(lenses["sensor_name"].tolist())}
    views, upward = list[View](), list[str]()
    for name in sorted(each.name for each in folder.iterdir() if each.is_dir()):
        if name not in placed or name not in rows:
            what = f"the camera {name!r} has no calibration"
            raise BadInput(what, where=str(log.folder / "calibration"), mend="get the whole log")
        image = _nearest(sorted((folder / name).glob("*.jpg")), now_ns)
        if image is None:
            continue
        time_ns = int(image.stem)
        if time_ns not in log.city_from_ego:
            what = f"the vehicle has no pose at the time of {name}/{image.name}"
            raise BadInput(what, where=str(log.folder / EGO), mend="get the tables of this log")
        pose = log.city_from_ego[time_ns] @ placed[name]
        upward += [name] * (bool(abs(pose.rotation[2, 2]) > LEVEL_WITHIN))
        numbers = [float(lenses[each][rows[name]]) for each in LENS[1:]]
        camera = _camera(numbers, f"{log.folder / LENSES}, {name}")
        views.append(View(name, pose, (time_ns - int(log.sweeps_ns[0])) / 1e9, str(image), camera=camera))
    odd = f"cameras that look straight up or down: {', '.join(upward)}: is their z axis the view's?"
    return tuple(views), [odd] * bool(upward)


def _nearest(images: Sequence[Path], now_ns: int) -> Path | None:
    named = [each for each in images if each.stem.isdigit()]
    near = min(named, key=lambda each: abs(int(each.stem) - now_ns), default=None)
    return near if near is not None and abs(int(near.stem) - now_ns) <= SAME_SWEEP_S * 1e9 else None


def _camera(numbers: list[float], where: str) -> Pinhole:
    fx, fy, cx, cy, width, height = numbers
    half = 0.5  # OpenCV counts from the middle of the first pixel
    return made(
        lambda: Pinhole(int(width), int(height), fx, fy, cx + half, cy + half), what="no camera", where=where
    )


READER: Final = Reader("argoverse2", (), _claims, _scenes, folder=True)
