"""Boxes about what was seen in part: what was seen at least, at most what the hidden rest allows."""

import math

import numpy as np
import pytest

from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.depth_visibility import EXACT
from allocentric.geometry.frames import rotation_about_up
from allocentric.perception.boxes import bounded_thing, full_box, heading, kind_of
from allocentric.perception.ends import End, look_past, seen_ends
from allocentric.perception.frames import Frame
from allocentric.perception.lifting import Segments, lift
from allocentric.perception.merging import Seen, merge
from allocentric.scene.scene import Scene, Thing, View, scene_of
from allocentric.views.paths import looking_at
from allocentric.views.render import render

CAMERA = Pinhole(160, 120, 160.0, 160.0, 80.0, 60.0)
WALL = Thing(label="wall", kind="structure", center=(1.55, 0, 1.0), size=(0.1, 6, 2))


def looks(scene: Scene, *places: tuple[float, float, float]) -> list[tuple[Frame, Segments]]:
    found = []
    for row, place in enumerate(places):
        pose = looking_at(place, (1.0, 0, 0.3))
        picture = render(scene, View(f"v{row}", pose, camera=CAMERA), light=None)
        depth = np.where(np.isfinite(picture.depth_m), picture.depth_m, np.nan).astype(np.float32)
        segments = Segments(picture.instance.astype(np.int64) + 1, scene.labels, (1.0,) * len(scene))
        found.append((Frame(f"v{row}", CAMERA, CAMERA, pose, depth), segments))
    return found


def recovered(scene: Scene, *places: tuple[float, float, float]) -> tuple[list[Seen], list[End], list[Thing]]:
    seen_in = looks(scene, *places)
    things = list(merge([each for frame, segments in seen_in for each in lift(frame, segments)]))
    turned = [heading(each) for each in things]
    ends = seen_ends(things, np.array([rotation_about_up(each.yaw_rad) for each in turned]))
    frames = [(frame, segments.numbers.astype(int)) for frame, segments in seen_in]
    ends = look_past(ends, things, frames, noise=EXACT)
    world = np.array([-5.0, -5, 0]), np.array([5.0, 5, 3])
    boxes = [
        bounded_thing(thing, ends[6 * row : 6 * row + 6], turned[row], world_m=world, floor_m=0.0)
        for row, thing in enumerate(things)
    ]
    return things, ends, boxes


def of(label: str, things: list[Thing]) -> Thing:
    return next(each for each in things if each.label == label)


def test_a_cabinet_with_its_back_to_a_wall_ends_at_the_wall() -> None:
    cabinet = Thing(label="cabinet", center=(1.25, 0, 0.4), size=(0.5, 0.8, 0.8))
    _, _, boxes = recovered(scene_of("s", [cabinet, WALL]), (-0.8, 0.7, 1.5), (-0.8, -0.7, 1.6))
    found = of("cabinet", boxes)
    size, slack = np.asarray(found.size), np.asarray(found.size_slack)
    assert (np.abs(size - [0.5, 0.8, 0.8]) <= slack).all()
    assert slack[:2].max() < 0.1


def test_of_a_thing_seen_from_its_front_alone_the_depth_is_open() -> None:
    block = Thing(label="fridge", center=(1.2, 0, 0.9), size=(0.6, 0.6, 1.8))
    behind = Thing(label="wall", kind="structure", center=(2.5, 0, 1.5), size=(0.1, 9, 5))
    _, _, boxes = recovered(scene_of("s", [block, behind]), (-1.6, 0, 1.0), (-1.7, 0.02, 1.0))
    found = of("fridge", boxes)
    size, (deep, wide, _) = np.asarray(found.size), np.asarray(found.size_slack).tolist()
    assert deep > 0.5
    assert wide < 0.1
    assert size[0] - deep <= 0.6 <= size[0] + deep


def test_an_end_hidden_by_another_thing_is_open_as_far_as_that_hides_it() -> None:
    bench = Thing(label="bench", center=(1.2, 0.0, 0.2), size=(0.4, 1.6, 0.4))
    screen = Thing(label="screen", center=(0.4, 0.9, 0.5), size=(0.02, 1.2, 1.0))
    _, _, boxes = recovered(scene_of("s", [bench, screen, WALL]), (-0.8, -0.1, 0.9), (-0.7, -0.2, 0.95))
    found = of("bench", boxes)
    size, slack = np.asarray(found.size), np.asarray(found.size_slack)
    assert slack[1] > 0.1
    assert abs(size[1] - 1.6) <= slack[1]


def test_what_stands_on_a_thing_does_not_end_it() -> None:
    board = Thing(label="board", center=(1.25, 0, 0.25), size=(0.5, 1.0, 0.5))
    television = Thing(label="tv", center=(1.25, 0, 0.8), size=(0.06, 1.1, 0.6))
    _, _, boxes = recovered(scene_of("s", [board, television, WALL]), (-0.8, 0.1, 1.4), (-0.9, -0.1, 1.4))
    found = of("board", boxes)
    assert abs(np.asarray(found.size)[0] - 0.5) <= np.asarray(found.size_slack)[0]


@pytest.mark.parametrize("yaw_rad", [0.0, 0.35, -0.7])
def test_a_heading_is_that_of_the_upright_faces_up_to_a_quarter_turn(yaw_rad: float) -> None:
    box = Thing(label="box", center=(1.0, 0, 0.3), size=(0.5, 0.3, 0.6), yaw_rad=yaw_rad)
    (thing,), _, _ = recovered(scene_of("s", [box]), (-0.8, 0.8, 1.2), (-0.8, -0.8, 1.2))
    found = heading(thing)
    assert abs(math.remainder(found.yaw_rad - yaw_rad, math.pi / 2)) <= found.slack_rad < 0.01


def test_of_a_top_alone_the_heading_is_that_of_the_smallest_rectangle() -> None:
    rug = Thing(label="rug", center=(1.0, 0, 0.0), size=(0.8, 0.5, 0.0), yaw_rad=0.4)
    (thing,), _, _ = recovered(scene_of("s", [rug]), (-0.2, 0.2, 1.8), (0.2, -0.6, 1.8))
    found = heading(thing)
    assert abs(math.remainder(found.yaw_rad - 0.4, math.pi / 2)) <= found.slack_rad < 0.1


def test_walls_floors_and_doors_are_structure() -> None:
    assert {kind_of(each) for each in ("wall", "floor", "ceiling", "door", "window")} == {"structure"}
    assert kind_of("table") == "object"


def test_a_full_box_leans_with_its_points() -> None:
    random = np.random.default_rng(5)
    lean = np.array([[1, 0, 0], [0, math.cos(0.5), -math.sin(0.5)], [0, math.sin(0.5), math.cos(0.5)]])
    turn = rotation_about_up(0.4) @ lean
    points = (random.uniform(-0.5, 0.5, (3000, 3)) * [1.0, 0.5, 0.3]).clip(
        [-0.49, -0.24, -0.14], [0.49, 0.24, 0.14]
    )
    found = full_box(points @ turn.T + [1.0, 2.0, 3.0])
    assert sorted(found.sizes_m[0]) == pytest.approx([0.28, 0.48, 0.98], abs=0.02)
    assert found.centers_m[0] == pytest.approx([1, 2, 3], abs=0.02)
    assert np.abs(found.rotations[0].T @ turn).max(axis=0) == pytest.approx([1, 1, 1], abs=0.01)
