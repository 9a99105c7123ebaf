"""The nuScenes schema (nuScenes, T4, ...): a folder of JSON tables about drives, one scene a drive.

Metres, microseconds, quaternions w x y z. Boxes are in the global frame, z up, about their centres; their
`size` is width, length, height, turned to ours: x ahead along the length. The vehicle's frame is x ahead at
its rear axle on the ground: `global <- ego <- sensor`; cameras are OpenCV's. A drive is as it was at its
first keyframe, `NAME@K` as at keyframe K, counted from 0: the things annotated then, the views of the
cameras, which have its time: what was annotated belongs to them, though each fired a little earlier or later.
A camera whose rotation only turns it about the vertical is none of OpenCV's, whose z axis is its line of
sight: which way it looks is not known, and its views have no camera. Tracks tell where each of them was at
every keyframe; the vehicle is "ego", a point of its frame, and none of its objects. Boxes in pictures are
sightings; so is a thing annotated as visible, in the one picture that it may be in. Labels are those of the
detection benchmark, else the last part of the category's name. Maps, points, masks, attributes and sweeps
between keyframes are not read.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.camera_formats import from_opencv
from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.frames import FORWARD
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Scene, Source, Thing, Track, View, scene_of
from allocentric.worlds.readers.boxes import checked_axes, plain_label, plausibility
from allocentric.worlds.readers.nuscenes_seen import sightings_of
from allocentric.worlds.readers.nuscenes_tables import (
    Annotation,
    Calibrated,
    Sample,
    SampleData,
    SceneRow,
    Tables,
    pose_of,
    read_scenes,
    read_tables,
)
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

NEEDED: Final = frozenset({"sample.json", "sample_annotation.json", "ego_pose.json"})
DETECTED: Final = {  # the detection benchmark's names, where they are not the last part of the category's
    "human.pedestrian.adult": "pedestrian",
    "human.pedestrian.child": "pedestrian",
    "human.pedestrian.construction_worker": "pedestrian",
    "human.pedestrian.police_officer": "pedestrian",
    "movable_object.trafficcone": "traffic cone",
    "vehicle.bus.bendy": "bus",
    "vehicle.bus.rigid": "bus",
    "vehicle.construction": "construction vehicle",
}
LONG: Final = frozenset({"car", "truck", "bus", "trailer", "construction vehicle", "bicycle", "motorcycle"})
LEVEL_WITHIN: Final = 0.7  # cosine of a camera's view with the vertical: beyond it, it looks up or down
UPRIGHT_WITHIN: Final = 1e-6  # of the cosine: the z axis is the vertical, as the vehicle's is
SAME_WITHIN: Final = 0.01  # metres
_NAME: Final = re.compile(r"[A-Za-z][\w -]*")


@dataclass(frozen=True, eq=False, slots=True)
class _Drives(Mapping[str, Callable[[], Scene]]):
    """The drives by name; `NAME@K` is found too, though not listed: the same drive at keyframe K."""

    folder: Path
    rows: Mapping[str, SceneRow]
    load: Callable[[], Tables]

    def __getitem__(self, id: str) -> Callable[[], Scene]:
        name, _, keyframe = id.partition("@") if id not in self.rows else (id, "", "")
        return functools.partial(_scene, self, self.rows[name], int(keyframe or 0))

    def __contains__(self, id: object) -> bool:
        name, at, keyframe = str(id).rpartition("@")
        return id in self.rows or (bool(at) and name in self.rows and keyframe.isdigit())

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def _tables_in(path: Path, entries: frozenset[str]) -> list[Path]:
    """The folders of tables: itself, or those within it that a release may have."""
    if entries >= NEEDED:
        return [path]
    within = [path / each for each in sorted(entries) if each == "annotation" or each.startswith("v1.0-")]
    return [each for each in within if all((each / name).is_file() for name in NEEDED)]


def _claims(peek: Peek) -> bool:
    return bool(_tables_in(peek.path, peek.entries))


def _scenes(peek: Peek) -> Scenes:
    folders = _tables_in(peek.path, peek.entries)
    if len(folders) != 1:
        some = ", ".join(each.name for each in folders) or "none"
        mend = f"name one of them, such as {folders[0]}" if folders else "name the folder of scene.json"
        raise BadInput(f"folders with tables in it: {some}", where=str(peek.path), mend=mend)
    folder = folders[0]
    rows = {row.name: row for row in read_scenes(folder).rows.values()}
    return _Drives(folder, rows, functools.cache(functools.partial(read_tables, folder)))


@dataclass(frozen=True, eq=False, slots=True)
class _Drive:
    """One drive: its keyframes in order, and its annotations by instance and keyframe."""

    tables: Tables
    samples: tuple[Sample, ...]
    boxes: Mapping[str, Mapping[int, Annotation]]

    def times_s(self) -> Float[np.ndarray, " keyframe"]:
        stamps = np.array([each.timestamp for each in self.samples], dtype=np.int64)
        times: Float[np.ndarray, " keyframe"] = (stamps - stamps[0]) / 1e6
        return times


def _drive(tables: Tables, row: SceneRow, where: str) -> _Drive:
    own = [each for each in tables.samples.rows.values() if each.scene_token == row.token]
    if not own:
        raise BadInput(f"the drive {row.name!r} has no sample", where=where, mend="get sample.json again")
    samples = tuple(sorted(own, key=lambda each: each.timestamp))
    if any(a.timestamp == b.timestamp for a, b in itertools.pairwise(samples)):
        what = f"two samples of the drive {row.name!r} have one time"
        raise BadInput(what, where=str(tables.samples.path), mend="give each keyframe its own time")
    keyframe = {each.token: at for at, each in enumerate(samples)}
    boxes = dict[str, dict[int, Annotation]]()
    for each in tables.annotations.rows.values():
        tables.samples.of(each.sample_token, f"annotation {each.token!r}")
        at = keyframe.get(each.sample_token)
        if at is not None:
            held = boxes.setdefault(each.instance_token, {})
            if at in held:
                what = f"the instance {each.instance_token!r} is annotated twice at one sample"
                raise BadInput(what, where=str(tables.annotations.path), mend="keep one of them")
            held[at] = each
    in_order = {id: dict(sorted(held.items())) for id, held in boxes.items()}
    return _Drive(tables, samples, in_order)


def _scene(drives: _Drives, row: SceneRow, keyframe: int) -> Scene:
    where = f"{drives.folder}#{row.name}"
    drive = _drive(drives.load(), row, where)
    count = len(drive.samples)
    if keyframe >= count:
        what = f"{row.name!r} has {count} keyframes, counted from 0"
        raise BadInput(what, where=f"{where}@{keyframe}", mend=f"name one up to {row.name}@{count - 1}")
    here = [id for id, held in drive.boxes.items() if keyframe in held]
    things, tracks, warnings = _things(drive, here, keyframe)
    shown = _shown(drive)
    views, said, odd = _views(drive, shown[keyframe], keyframe, root=drives.folder.parent)
    track = _ego_track(drive, shown, len(things))
    at = np.flatnonzero(track.times_s == drive.times_s()[keyframe])
    notes = [
        "global frame, z up; global <- ego <- sensor; size is width, length, height: x lies along the length",
        f"keyframe {keyframe} of {count}, any is {row.name}@K; things not annotated then: "
        f"{len(drive.boxes) - len(here)}; times count from {drive.samples[0].timestamp} us",
    ]
    if len(at):
        place, turn = track.centers[at[0]], track.rotations[at[0]]
        things.append(Thing(label="ego", kind="structure", center=place, rotation=turn, front=FORWARD))
        tracks += [track] * (len(track.times_s) > 1)
        notes.append("ego is the origin of the vehicle's frame, a point")
    missing = sum(view.image is None for view in views.values())
    notes += [*said, *[f"pictures that are not there: {missing}"] * bool(missing)]
    if row.nbr_samples not in (None, count):
        warnings.append(f"scene.json counts {row.nbr_samples} samples; there are {count}")
    return scene_of(
        row.name if keyframe == 0 else f"{row.name}@{keyframe}",
        things,
        tracks=tuple(tracks),
        views=tuple(views.values()),
        sightings=sightings_of(
            drive.tables, views, {id: drive.boxes[id][keyframe] for id in here}, things=things
        ),
        source=Source("nuscenes", where, tuple(notes), tuple(warnings + odd)),
    )


def _things(drive: _Drive, here: list[str], keyframe: int) -> tuple[list[Thing], list[Track], list[str]]:
    """The things as they were at a keyframe, where they were at all of them, and what looks wrong."""
    tables, where = drive.tables, str(drive.tables.annotations.path)
    told = [(id, at, box) for id in here for at, box in drive.boxes[id].items()]
    labels = [_label(tables, id) for id in here]
    poses = [pose_of(box, tables.annotations) for _, _, box in told]
    centers = np.array([each.translation_m for each in poses]).reshape(-1, 3)
    sizes = np.array([box.size for _, _, box in told], dtype=float).reshape(-1, 3)[:, [1, 0, 2]]
    rotations = np.array([each.rotation for each in poses]).reshape(-1, 3, 3)
    names = [f"{id} at keyframe {at}" for id, at, _ in told]
    rotations, warnings = checked_axes(names, centers, sizes, rotations=rotations, where=where)
    owner = np.array([row for row, id in enumerate(here) for _ in drive.boxes[id]], dtype=int)
    now = np.flatnonzero([at == keyframe for _, at, _ in told])
    called = [tables.instances.rows[id].instance_name for id in here]
    things = [
        Thing(
            label=labels[row],
            name=called[row] if _NAME.fullmatch(called[row]) and called.count(called[row]) == 1 else None,
            center=centers[at],
            size=sizes[at],
            rotation=rotations[at],
            front=FORWARD,
        )
        for row, at in enumerate(now)
    ]
    times_s = drive.times_s()[[at for _, at, _ in told]] if told else np.zeros(0)
    tracks = [
        Track(row, times_s[owner == row], centers[owner == row], rotations[owner == row])
        for row in range(len(here))
        if (owner == row).sum() > 1
    ]
    changing = sum(np.ptp(sizes[owner == row], axis=0).max() > SAME_WITHIN for row in range(len(here)))
    if changing:
        warnings.append(f"things whose size changes from keyframe to keyframe: {changing}")
    warnings += plausibility(labels, centers[now], sizes[now], rotations=rotations[now])
    return things, tracks, warnings + _oddities(drive, here, labels, sizes=sizes[now])


def _label(tables: Tables, id: str) -> str:
    token = tables.instances.of(id, "an annotation").category_token
    name = tables.categories.of(token, f"instance {id!r}").name
    return DETECTED.get(name, plain_label(name.rpartition(".")[2]))


def _oddities(
    drive: _Drive, here: list[str], labels: list[str], *, sizes: Float[np.ndarray, "thing 3"]
) -> list[str]:
    """What looks wrong with the boxes: the order of their sizes, annotations that are missing."""
    long = np.array([label in LONG for label in labels], dtype=bool)
    across = int((sizes[long, 1] > sizes[long, 0]).sum())
    warnings = list[str]()
    if across > long.sum() / 2:
        count = f"{across} of {long.sum()} vehicles are wider than they are long"
        warnings.append(f"{count}: are their sizes length, width, height, against the schema?")
    instances = drive.tables.instances.rows
    short = [id for id in here if instances[id].nbr_annotations not in (None, len(drive.boxes[id]))]
    if short:
        warnings.append(f"instances with another number of annotations than they state: {len(short)}")
    return warnings


def _shown(drive: _Drive) -> list[list[SampleData]]:
    """What the sensors saw at each keyframe."""
    keyframe = {each.token: at for at, each in enumerate(drive.samples)}
    shown: list[list[SampleData]] = [[] for _ in drive.samples]
    for data in drive.tables.data.rows.values():
        if data.is_key_frame and data.sample_token in keyframe:
            shown[keyframe[data.sample_token]].append(data)
    return shown


def _ego_track(drive: _Drive, shown: list[list[SampleData]], row: int) -> Track:
    """Where the vehicle was at each keyframe, by what a sensor saw nearest to the keyframe's time."""
    tables, places = drive.tables, dict[float, Pose]()
    for sample, time_s, data in zip(drive.samples, drive.times_s().tolist(), shown):
        if data:
            nearest = min(data, key=lambda each: abs(each.timestamp - sample.timestamp))
            told = tables.ego_poses.of(nearest.ego_pose_token, f"sample_data {nearest.token!r}")
            places[time_s] = pose_of(told, tables.ego_poses)
    return Track(
        row,
        np.array(list(places)),
        np.array([pose.translation_m for pose in places.values()]).reshape(-1, 3),
        np.array([pose.rotation for pose in places.values()]).reshape(-1, 3, 3),
    )


def _views(
    drive: _Drive, shown: list[SampleData], keyframe: int, *, root: Path
) -> tuple[dict[str, View], list[str], list[str]]:
    """The views of the cameras at a keyframe by the token of their data; what is to be told, what is odd."""
    tables, views = drive.tables, dict[str, View]()
    upward, upright, apart_s = list[str](), list[str](), [0.0]
    for data in shown:
        asking = f"sample_data {data.token!r}"
        told = tables.calibrated.of(data.calibrated_sensor_token, asking)
        sensor = tables.sensors.of(told.sensor_token, f"calibrated_sensor {told.token!r}")
        if sensor.modality != "camera":
            continue
        ego = pose_of(tables.ego_poses.of(data.ego_pose_token, asking), tables.ego_poses)
        ego_from_camera = pose_of(told, tables.calibrated)
        rise = float(ego_from_camera.rotation[2, 2])
        if rise > 1 - UPRIGHT_WITHIN:
            upright.append(sensor.channel)
        elif abs(rise) > LEVEL_WITHIN:
            upward.append(sensor.channel)
        path, sample = root / data.filename, drive.samples[keyframe]
        apart_s.append(abs(data.timestamp - sample.timestamp) / 1e6)
        camera = _camera(told, data, str(tables.calibrated.path))
        views[data.token] = View(
            f"{sensor.channel}@{keyframe}",
            ego @ ego_from_camera,
            float(drive.times_s()[keyframe]),
            str(path) if path.is_file() else None,
            size_px=(data.width, data.height),
            camera=None if rise > 1 - UPRIGHT_WITHIN else camera,
        )
    notes = [f"cameras fired within {max(apart_s):.3f} s of the keyframe"] * bool(max(apart_s))
    return views, notes, _odd_cameras(upward, upright)


def _odd_cameras(upward: list[str], upright: list[str]) -> list[str]:
    """What looks wrong with the calibration of these cameras."""
    odd = list[str]()
    if upward:
        which = ", ".join(sorted(upward))
        odd.append(f"cameras that look straight up or down: {which}: is their z axis the view's?")
    if upright:
        what = "calibrated as upright as the vehicle, not along a line of sight; no camera is known"
        odd.append(f"{', '.join(sorted(upright))}: {what}")
    return odd


def _camera(told: Calibrated, data: SampleData, where: str) -> Pinhole:
    try:
        matrix = np.array(told.camera_intrinsic, dtype=float).reshape(3, 3)
        return from_opencv(matrix, told.camera_distortion, size_px=(data.width, data.height))
    except ValueError as error:
        what = f"the camera {told.token!r} of sample_data {data.token!r} is none: {error}"
        raise BadInput(
            what, where=where, mend="mend its matrix, its distortion or the picture's size"
        ) from None


READER: Final = Reader("nuscenes", (), _claims, _scenes, folder=True)
