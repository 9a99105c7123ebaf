"""Argoverse 2: a log of three sweeps in the release's own layout, written by pyarrow."""

import builtins
import pathlib
from typing import Any

import numpy as np
import pytest
from PIL import Image
from scipy.spatial.transform import Rotation

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole, project
from allocentric.worlds.read import read, scene_ids

START = 315969904359876000
TIMES = [START + row * 100_000_000 for row in range(3)]
POSE = ["qw", "qx", "qy", "qz", "tx_m", "ty_m", "tz_m"]
CITY = np.array([5000.0, 1200.0, 30.0])
BUS = CITY + np.array([20, 5, 1.5])  # parked


def quaternion(turn: Rotation) -> list[float]:
    x, y, z, w = turn.as_quat().tolist()
    return [w, x, y, z]


def yaw(degrees: float) -> Rotation:
    return Rotation.from_euler("z", degrees, degrees=True)


def ego(row: int) -> tuple[Rotation, np.ndarray]:
    """The vehicle drives along x and turns to the left."""
    return yaw(30 + 5 * row), CITY + np.array([2.0 * row, 0.5 * row, 0])


def columns(names: list[str], rows: list[list[Any]]) -> dict[str, list[Any]]:
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def put(path: pathlib.Path, names: list[str], rows: list[list[Any]]) -> None:
    arrow = pytest.importorskip("pyarrow", reason="writing Feather tables takes pyarrow")
    from pyarrow import feather  # type: ignore[import-not-found, unused-ignore]

    path.parent.mkdir(parents=True, exist_ok=True)
    feather.write_feather(arrow.table(columns(names, rows)), path)


def boxes() -> list[list[Any]]:
    made = []
    for row, time in enumerate(TIMES):
        turn, shift = ego(row)
        for id, category, center, heading, size in (
            ("a", "BUS", BUS, 90.0, [12.0, 2.5, 3.0]),
            ("b", "REGULAR_VEHICLE", CITY + np.array([15 + 3 * row, -4, 0.8]), 0.0, [4.5, 1.9, 1.6]),
        ):
            if id == "b" and row == 2:
                continue
            own = turn.inv().apply(center - shift)
            made.append([time, id, category, *size, *quaternion(turn.inv() * yaw(heading)), *own.tolist(), 9])
    return made


BOX_NAMES = [
    "timestamp_ns",
    "track_uuid",
    "category",
    "length_m",
    "width_m",
    "height_m",
    *POSE,
    "num_interior_pts",
]
FRONT = Rotation.from_matrix(np.array([[0, 0, 1.0], [-1, 0, 0], [0, -1, 0]]))  # looks along the vehicle's x
MOUNT = np.array([1.6, 0.0, 1.4])
LENS_NAMES = ["sensor_name", "fx_px", "fy_px", "cx_px", "cy_px", "k1", "k2", "k3", "height_px", "width_px"]


def log(folder: pathlib.Path, *, inverted: bool = False) -> pathlib.Path:
    """The log; `inverted` writes the poses of the vehicle the wrong way round."""
    folder.mkdir(parents=True)
    poses = []
    for row, time in enumerate(TIMES):
        turn, shift = ego(row)
        if inverted:
            turn, shift = turn.inv(), -turn.inv().apply(shift)
        for late in (0, 7_000_000):  # sweeps, and pictures between them
            poses.append([time + late, *quaternion(turn), *shift.tolist()])
    put(folder / "city_SE3_egovehicle.feather", ["timestamp_ns", *POSE], poses)
    put(folder / "annotations.feather", BOX_NAMES, boxes())
    sensors = [
        ["ring_front_center", *quaternion(FRONT), *MOUNT.tolist()],
        ["up_lidar", 1.0, 0, 0, 0, 1.0, 0, 1.8],
    ]
    put(
        folder / "calibration/egovehicle_SE3_sensor.feather",
        ["sensor_name", *POSE],
        [[s[0], *map(float, s[1:])] for s in sensors],
    )
    put(
        folder / "calibration/intrinsics.feather",
        LENS_NAMES,
        [["ring_front_center", 50.0, 50.0, 31.5, 23.5, -0.2, 0.1, 0.0, 48, 64]],
    )
    pictures = folder / "sensors/cameras/ring_front_center"
    pictures.mkdir(parents=True)
    for time in TIMES:
        Image.new("RGB", (64, 48)).save(pictures / f"{time + 7_000_000}.jpg")
    return folder


@pytest.fixture
def drive(tmp_path: pathlib.Path) -> pathlib.Path:
    return log(tmp_path / "02678d04")


def test_boxes_of_the_vehicles_frame_stand_in_the_city_and_are_tracked(drive: pathlib.Path) -> None:
    scene = read(drive)
    assert (scene.id, scene.source.format, scene.source.warnings) == ("02678d04", "argoverse2", ())
    assert scene.labels == ("bus", "regular vehicle", "ego")
    np.testing.assert_allclose(scene.centers[0], BUS, atol=1e-9)
    np.testing.assert_allclose(scene.rotations[0], yaw(90).as_matrix(), atol=1e-9)
    assert scene.sizes[0].tolist() == [12.0, 2.5, 3.0]
    bus, car, vehicle = scene.tracks
    np.testing.assert_allclose(bus.centers, np.tile(BUS, (3, 1)), atol=1e-9)
    np.testing.assert_allclose(np.diff(car.centers, axis=0), [[3, 0, 0]], atol=1e-9)
    assert vehicle.times_s.tolist() == pytest.approx([0, 0.007, 0.1, 0.107, 0.2, 0.207])
    assert "with the poses inverted" in scene.source.notes[0]


def test_any_sweep_is_named(drive: pathlib.Path) -> None:
    assert scene_ids(drive) == ("02678d04",)
    late = read(f"{drive}#02678d04@2")
    assert (late.id, late.labels) == ("02678d04@2", ("bus", "ego"))
    np.testing.assert_allclose(late.centers[1], ego(2)[1])
    with pytest.raises(BadInput, match="has 3 sweeps, counted from 0"):
        read(f"{drive}#02678d04@3")


def test_the_nearest_picture_is_a_view_from_the_vehicle_without_distortion(drive: pathlib.Path) -> None:
    (view,) = read(drive).views
    assert view.id == "ring_front_center"
    assert view.camera == Pinhole(64, 48, 50, 50, 32, 24)
    assert view.image is not None
    assert view.image.endswith(f"{TIMES[0] + 7_000_000}.jpg")
    assert view.time_s == pytest.approx(0.007)
    turn, shift = ego(0)
    ahead = shift + turn.apply(MOUNT + np.array([10, 0, 0]))
    pixel, shown = project(view.camera, view.world_from_camera.inverse().apply(ahead[None]))
    np.testing.assert_allclose(pixel[0], [32, 24], atol=1e-9)
    assert shown[0]


def test_inverse_poses_of_the_vehicle_are_refused_with_the_numbers(tmp_path: pathlib.Path) -> None:
    with pytest.raises(
        BadInput, match=r"poses of the vehicle look inverted: half of the things move .* so, .* as read"
    ):
        read(log(tmp_path / "log", inverted=True))


def spoil(folder: pathlib.Path, which: str) -> str:
    """Break one thing; what the complaint says of it."""
    rows = boxes()
    if which == "twice":
        rows.append(rows[0])
        put(folder / "annotations.feather", BOX_NAMES, rows)
        return "'a' is annotated twice"
    if which == "column":
        put(folder / "annotations.feather", BOX_NAMES[:-2], [row[:-2] for row in rows])
        return "the table has no column 'tz_m'"
    if which == "quaternion":
        rows[1][6] = 5.0
        put(folder / "annotations.feather", BOX_NAMES, rows)
        return "row 1 has no unit quaternion"
    if which == "hole":
        rows[1][3] = None
        put(folder / "annotations.feather", BOX_NAMES, rows)
        return "1 rows have no length_m"
    if which == "time":
        put(
            folder / "city_SE3_egovehicle.feather",
            ["timestamp_ns", *POSE],
            [[1, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]],
        )
        return "no pose at the sweep of"
    if which == "short":
        path = folder / "annotations.feather"
        path.write_bytes(path.read_bytes()[:-30])
        return "this is no Feather table"
    if which == "calibration":
        (folder / "calibration/intrinsics.feather").unlink()
        return "the table is missing"
    for each in (folder / "sensors/cameras/ring_front_center").iterdir():
        each.write_bytes(each.read_bytes()[:-40])
    return "the picture cannot be read"


@pytest.mark.parametrize(
    "which", ["twice", "column", "quaternion", "hole", "time", "short", "calibration", "picture"]
)
def test_what_does_not_fit_is_refused(which: str, drive: pathlib.Path) -> None:
    says = spoil(drive, which)
    with pytest.raises(BadInput, match=says):
        read(drive)


def test_without_pyarrow_the_extra_is_named(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("annotations.feather", "city_SE3_egovehicle.feather"):
        (tmp_path / name).write_bytes(b"ARROW1")
    true_import = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return true_import(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadInput, match="needs pyarrow") as caught:
        read(tmp_path)
    assert caught.value.mend == "pip install allocentric[data]"
