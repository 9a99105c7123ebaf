"""From posed depth and masks to a scene whose bounds hold what is true."""

import dataclasses
import math
import pathlib
from collections.abc import Iterator

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.depth_visibility import KINECT
from allocentric.geometry.poses import Pose
from allocentric.perception.frames import Frame
from allocentric.perception.lifting import Segments
from allocentric.perception.moving import moved
from allocentric.perception.recover import Recovery, rendered_instances, scene_from_depth
from allocentric.scene.scene import View, scene_of
from tests.perception import rendered


@pytest.fixture(scope="module")
def recovery() -> Recovery:
    return scene_from_depth(rendered.posed(), rendered_instances(rendered.folder() / "things.json"))


def test_each_thing_of_a_room_is_recovered_once_and_its_bounds_hold_it(recovery: Recovery) -> None:
    true, found = rendered.room(), recovery.scene
    assert sorted(found.labels) == sorted(true.labels)
    assert (recovery.views, recovery.dropped) == (40, 0)
    for row in range(len(true)):
        assert rendered.is_held(true, row, found, rendered.nearest(true, row, found)), true.names[row]


def test_a_thing_seen_all_round_is_bounded_to_two_pixels_one_with_its_back_to_a_wall_too(
    recovery: Recovery,
) -> None:
    found = recovery.scene
    pixel_m = 1.5 / rendered.CAMERA.fx_px
    for name in ("table", "box", "chair 1", "chair 2", "cabinet"):
        assert found.size_slacks[found.row(name)].max() < 3 * pixel_m, name


def test_what_no_view_shows_stays_open_the_far_sides_of_the_walls(recovery: Recovery) -> None:
    found = recovery.scene
    thick = [found.size_slacks[row].max() for row in range(len(found)) if found.labels[row] == "wall"]
    assert min(thick) > 0.2


def test_a_recovered_scene_is_complete_nowhere_and_says_where_each_thing_was_seen(recovery: Recovery) -> None:
    found = recovery.scene
    assert found.complete is None
    assert {each.row for each in found.sightings} == set(range(len(found)))
    assert {each.view for each in found.sightings} <= {view.id for view in found.views}
    assert recovery.detections == len(found.sightings)
    assert any("merged into 9 things" in note for note in found.source.notes)


def test_the_floor_is_below_all_that_was_looked_through(recovery: Recovery) -> None:
    floor = recovery.scene.floor
    assert floor is not None
    both = floor.intersection(rendered.WALK).area / floor.union(rendered.WALK).area
    assert both > 0.95
    assert recovery.ground.height_m == pytest.approx(0, abs=0.002)
    assert recovery.ground.lean_rad < math.radians(0.2)


def test_with_a_sensor_s_noise_the_bounds_are_wider_and_hold_still(
    recovery: Recovery, tmp_path: pathlib.Path
) -> None:
    scene = rendered.made_noisy(tmp_path, KINECT, seed=1)
    found = scene_from_depth(scene, rendered_instances(tmp_path / "things.json"), noise=KINECT).scene
    true = rendered.room()
    assert sorted(found.labels) == sorted(true.labels)
    rows = [row for row in range(len(true)) if true.labels[row] != "wall"]
    for row in rows:
        other = rendered.nearest(true, row, found)
        assert rendered.is_held(true, row, found, other), true.names[row]
    for name in (true.names[row] for row in rows):
        before = recovery.scene.size_slacks[recovery.scene.row(name)]
        assert found.size_slacks[found.row(name)].sum() > before.sum(), name


def test_a_world_that_leans_is_set_upright_before_things_are_boxed(recovery: Recovery) -> None:
    cosine, sine = math.cos(0.3), math.sin(0.3)
    turn = np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]])
    half = dataclasses.replace(rendered.posed(), views=rendered.posed().views[::2])
    tilted = moved(half, Pose(turn, np.array([3.0, -2.0, 5.0])), change="tilted")
    tilted = dataclasses.replace(tilted, tilt_rad=math.pi)
    found = scene_from_depth(tilted, rendered_instances(rendered.folder() / "things.json"))
    assert 0 < found.scene.tilt_rad < math.radians(0.5)
    row = found.scene.row("cabinet")
    straight = recovery.scene
    assert found.scene.sizes[row] == pytest.approx(straight.sizes[straight.row("cabinet")], abs=0.05)
    assert found.scene.centers[row, 2] == pytest.approx(0.5, abs=0.02)


def test_progress_names_each_view_twice() -> None:
    seen = list[str]()

    def watch(ids: Iterator[str]) -> Iterator[str]:
        for id in ids:
            seen.append(id)
            yield id

    few = dataclasses.replace(rendered.posed(), views=rendered.posed().views[:3])
    scene_from_depth(few, rendered_instances(rendered.folder() / "things.json"), watch=watch)
    assert seen == [view.id for view in few.views] * 2


def nothing(view: View, frame: Frame) -> Segments:
    return Segments(np.zeros(frame.depth_m.shape, dtype=np.int64), (), ())


def test_views_without_depth_and_masks_of_nothing_are_refused() -> None:
    with pytest.raises(BadInput, match="no view has a depth image"):
        scene_from_depth(scene_of("bare", (), views=rendered.views()), nothing)
    few = dataclasses.replace(rendered.posed(), views=rendered.posed().views[:2])
    with pytest.raises(BadInput, match="in 2 views with depth nothing was detected"):
        scene_from_depth(few, nothing)


def test_masks_that_are_not_there_or_not_named_are_refused(tmp_path: pathlib.Path) -> None:
    few = dataclasses.replace(rendered.posed(), views=rendered.posed().views[:1])
    names = tmp_path / "things.json"
    names.write_text("{}")
    with pytest.raises(BadInput, match="has no name"):
        scene_from_depth(few, rendered_instances(names))
    (tmp_path / "images").mkdir()
    moved_view = dataclasses.replace(few.views[0], image=str(tmp_path / "images" / "x.png"))
    with pytest.raises(BadInput, match="masks cannot be read"):
        scene_from_depth(dataclasses.replace(few, views=(moved_view,)), rendered_instances(names))
