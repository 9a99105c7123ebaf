"""The readers on real releases, in their own layout."""

import collections

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh
from allocentric.scene.scene import Sighting
from allocentric.worlds.read import read, read_all, scene_ids
from allocentric.worlds.readers.boxes import half_extents
from tests.real_data import folder


def test_150_scanned_rooms_are_read_and_their_declared_corners_agree() -> None:
    path = folder("vsi_bench") / "arkitscenes_meta_info_val.json"
    rooms = list(read_all(path))
    assert len(rooms) == len(scene_ids(path)) == 150
    assert sum(map(len, rooms)) == 1004
    assert [room.source.warnings for room in rooms] == [()] * 150
    room = read(f"{path}#41069025")
    assert room.names == (
        "stove",
        "sofa",
        *(f"table {n}" for n in (1, 2, 3, 4)),
        "chair 1",
        "chair 2",
        "tv",
        "room",
    )
    assert room.stated[0].bound.low == pytest.approx(26.371, abs=1e-3)


def test_the_questions_about_the_rooms_are_no_scene() -> None:
    with pytest.raises(BadInput, match="no format that is known"):
        read(folder("vsi_bench") / "questions_arkitscenes.json")


def test_a_scanned_room_stands_upright_with_its_fronts() -> None:
    room = read(folder("multiscan_scene") / "scene_00000_00.annotations.json")
    assert (room.id, len(room), room.kinds.count("structure")) == ("scene_00000_00", 27, 6)
    assert room.source.warnings == ()
    assert "left out as marked 'remove': 1" in room.source.notes
    assert (room.rotations[:, 2, 2] > 0.999).all()
    np.testing.assert_allclose(room.fronts, np.tile([1.0, 0, 0], (27, 1)), atol=1e-9)
    floor, ceiling = room.row("floor 1"), room.row("ceiling 1")
    assert room.sizes[floor, 2] < 0.15
    assert 2.4 < room.centers[ceiling, 2] - room.centers[floor, 2] < 2.7
    door = room.row("door 1")
    assert room.sizes[door].round(2).tolist() == [0.21, 0.91, 1.91]


def test_a_recording_has_moving_things_a_wearer_and_what_was_seen() -> None:
    scene = read(folder("aria_digital_twin"))
    assert (len(scene), len(scene.tracks), len(scene.views), len(scene.sightings)) == (350, 46, 6, 544)
    assert scene.source.warnings == ()
    assert "turned to z up" in scene.source.notes[0]
    chair = scene.row("BlackKitchenChair")
    half = half_extents(scene.sizes, scene.rotations)
    assert scene.centers[chair, 2] - half[chair, 2] == pytest.approx(0, abs=0.01), "it stands on the floor"
    assert scene.sizes[chair, 2] == pytest.approx(0.9, abs=0.01)
    assert 1.4 < scene.centers[scene.row("wearer"), 2] < 1.7
    assert np.isnan(scene.fronts).all(1).sum() == 18, "what is symmetric has no front"


def test_things_lie_where_the_recording_saw_them() -> None:
    """The 2D boxes are an independent witness of boxes, poses, the camera's place and its turned picture."""
    scene = read(folder("aria_digital_twin"))
    clear = [each for each in scene.sightings if (each.share or 0) > 0.95]
    rays, boxes = (
        np.array([_ray(scene.centers[each.row], scene.view(each.view)) for each in clear]),
        _boxes(clear),
    )
    # A fisheye's picture radius grows about evenly with the angle from its axis: one number must fit all.
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2 - 1407 / 2
    focal_px = np.median(np.linalg.norm(middle, axis=1) / np.linalg.norm(rays, axis=1))
    apart_px = np.linalg.norm(middle - focal_px * rays, axis=1)
    assert len(clear) > 200
    assert np.median(apart_px) < 40  # of 1408, the lens not being told


def _ray(point: np.ndarray, view: object) -> np.ndarray:
    """Angle from the view's axis, in the direction of the point's place in the picture."""
    right, down, ahead = view.world_from_camera.inverse().apply(point)  # type: ignore[attr-defined]
    sideways = np.hypot(right, down)
    ray: np.ndarray = np.array([right, down]) / sideways * np.arctan2(sideways, ahead)
    return ray


def _boxes(sightings: list[Sighting]) -> np.ndarray:
    return np.array([each.box_px for each in sightings])


def test_a_scene_graph_has_objects_a_room_a_floor_and_a_robots_way() -> None:
    scene = read(folder("spark_dsg") / "apartment_dsg.json")
    assert collections.Counter(scene.labels) == {"object": 7, "room": 1}
    assert len(scene.views) == 102
    assert scene.floor is not None
    assert scene.floor.area == pytest.approx(54.2, abs=0.1)
    places = np.array([view.world_from_camera.translation_m for view in scene.views])
    steps = np.diff(places, axis=0)
    ahead = np.array([view.world_from_camera.rotation[:, 2] for view in scene.views])[1:]
    moved = np.linalg.norm(steps, axis=1) > 0.05
    along = (steps * ahead).sum(1)[moved] / np.linalg.norm(steps, axis=1)[moved]
    assert np.median(along) > 0.7, "the robot mostly goes where it looks"


def test_every_mesh_of_a_scene_dataset_is_read() -> None:
    paths = [
        each for end in ("glb", "ply") for each in sorted(folder("habitat_test_dataset").rglob(f"*.{end}"))
    ]
    scenes = {path.name: read(path) for path in paths}
    assert len(paths) == 29
    assert all(isinstance(shape, Mesh) for scene in scenes.values() for shape in scene.shapes)
    chair = scenes["chair.glb"]
    assert chair.labels == ("frl apartment chair",)
    assert chair.sizes[0].round(2).tolist() == [0.52, 0.43, 0.9]
    room = scenes["simple_room.glb"]
    assert room.names[:3] == ("Cube.006", "Cube.005", "Cube.004"), "in the order of the file"
