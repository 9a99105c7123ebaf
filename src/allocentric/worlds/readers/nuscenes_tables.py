"""The tables of the nuScenes schema: rows that name each other by token, found or said to be missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import numpy as np
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode

Three = tuple[float, float, float]
Four = tuple[float, float, float, float]
Row = TypeVar("Row", bound="_Row")

UNIT_WITHIN: Final = 1e-3


class _Row(Struct):
    token: str


class SceneRow(_Row):
    """One drive."""

    name: str
    nbr_samples: int | None = None


class Sample(_Row):
    """One annotated moment (a keyframe) of a drive; microseconds."""

    timestamp: int
    scene_token: str


class Placed(_Row):
    """Metres and a quaternion, scalar first."""

    translation: Three
    rotation: Four


class Annotation(Placed):
    """One thing at one keyframe, its box in the global frame; width, length and height."""

    sample_token: str
    instance_token: str
    size: Three
    visibility_token: str = ""


class Visibility(_Row):
    """Which part of a thing all cameras together show, in words."""

    level: str = ""


class EgoPose(Placed):
    """Where the vehicle was: its rear axle, on the ground."""


class Calibrated(Placed):
    """Where a sensor is on the vehicle, and what a camera's matrix is."""

    sensor_token: str
    camera_intrinsic: list[Three] = []
    camera_distortion: list[float] = []


class Sensor(_Row):
    """A sensor of the vehicle."""

    channel: str
    modality: str


class Category(_Row):
    """A kind of thing."""

    name: str


class Instance(_Row):
    """One thing, in all of a drive."""

    category_token: str
    nbr_annotations: int | None = None
    instance_name: str = ""


class SampleData(_Row):
    """What one sensor saw."""

    sample_token: str
    ego_pose_token: str
    calibrated_sensor_token: str
    filename: str
    timestamp: int
    is_key_frame: bool
    width: int = 0
    height: int = 0


class ObjectAnnotation(_Row):
    """A thing in a picture: left, top, right, bottom in pixels."""

    sample_data_token: str
    bbox: Four
    instance_token: str = ""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """The rows of one table by token, in the order of the file."""

    path: Path
    rows: Mapping[str, Row]

    def of(self, token: str, asking: str) -> Row:
        """The row that another one, `asking` in words, names; raises BadInput where it is missing."""
        if token not in self.rows:
            what = f"{asking} names {token!r}, which is not in {self.path.stem}"
            raise BadInput(what, where=str(self.path), mend="get all tables of one release again")
        return self.rows[token]


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables that are read."""

    scenes: Table[SceneRow]
    samples: Table[Sample]
    annotations: Table[Annotation]
    instances: Table[Instance]
    categories: Table[Category]
    ego_poses: Table[EgoPose]
    calibrated: Table[Calibrated]
    sensors: Table[Sensor]
    data: Table[SampleData]
    in_pictures: Table[ObjectAnnotation]
    visibility: Table[Visibility]


def read_tables(folder: Path) -> Tables:
    """The tables in a folder; raises BadInput for one that is missing, cut off or names a token twice."""
    pictured, visible = folder / "object_ann.json", folder / "visibility.json"
    return Tables(
        read_scenes(folder),
        _table(folder / "sample.json", Sample),
        _table(folder / "sample_annotation.json", Annotation),
        _table(folder / "instance.json", Instance),
        _table(folder / "category.json", Category),
        _table(folder / "ego_pose.json", EgoPose),
        _table(folder / "calibrated_sensor.json", Calibrated),
        _table(folder / "sensor.json", Sensor),
        _table(folder / "sample_data.json", SampleData),
        _table(pictured, ObjectAnnotation) if pictured.exists() else Table(pictured, {}),
        _table(visible, Visibility) if visible.exists() else Table(visible, {}),
    )


def read_scenes(folder: Path) -> Table[SceneRow]:
    """The drives alone."""
    return _table(folder / "scene.json", SceneRow)


def _table(path: Path, kind: type[Row]) -> Table[Row]:
    of_kind: Any = list.__class_getitem__(kind)
    rows: list[Row] = decode(read_bytes(path), of_kind, where=str(path))
    table = {row.token: row for row in rows}
    if len(table) < len(rows):
        twice = next(token for token, count in Counter(row.token for row in rows).items() if count > 1)
        raise BadInput(f"the token {twice!r} stands twice", where=str(path), mend="give each row its own")
    return Table(path, table)


def pose_of(row: Placed, table: Table[Any]) -> Pose:
    """The pose of a row; raises BadInput naming it where its quaternion is none."""
    if abs(sum(each * each for each in row.rotation) - 1) > UNIT_WITHIN:
        what = f"the rotation {list(row.rotation)} of {row.token!r} is no unit quaternion"
        raise BadInput(what, where=str(table.path), mend="give w, x, y, z of length 1")
    return Pose(rotation_from_quaternion(*row.rotation), np.array(row.translation))
