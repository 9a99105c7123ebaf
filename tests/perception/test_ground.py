"""Up, the floor and its outline, from surfaces."""

import math

import numpy as np
import pytest
import shapely

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.perception.frames import deep_views, read_frames
from allocentric.perception.ground import (
    Surfels,
    camera_up,
    find_ground,
    free_floor,
    levelled,
    outline,
    seen_floor,
    surfels_of_frames,
    surfels_of_mesh,
    swept,
)
from tests.perception import rendered

GRID = np.array([[x, y] for x in np.arange(0.02, 4, 0.04) for y in np.arange(0.02, 3, 0.04)])


def flat(
    height_m: float, places: np.ndarray = GRID, normal: tuple[float, float, float] = (0, 0, 1)
) -> Surfels:
    points = np.column_stack([places, np.full(len(places), height_m)])
    return Surfels(
        points, np.tile(np.array(normal, dtype=float), (len(points), 1)), np.full(len(points), 0.0016)
    )


def joined(*parts: Surfels) -> Surfels:
    return Surfels(
        np.concatenate([each.points_m for each in parts]),
        np.concatenate([each.normals for each in parts]),
        np.concatenate([each.areas_m2 for each in parts]),
    )


TABLE = GRID[(abs(GRID[:, 0] - 2) < 0.5) & (abs(GRID[:, 1] - 1.5) < 0.3)]


def test_the_floor_is_the_lowest_large_level_neither_the_table_nor_the_ceiling_nor_a_stray_below() -> None:
    below = flat(-0.8, GRID[:20])
    ground = find_ground(joined(flat(0.3), flat(1.0, TABLE), flat(2.8), below))
    assert ground.height_m == pytest.approx(0.3)
    assert ground.up == pytest.approx([0, 0, 1])
    assert ground.floor_m2 == pytest.approx(12, rel=0.01)


@pytest.mark.parametrize("lean_rad", [0.02, 0.2, 0.4])
def test_up_is_found_in_a_world_that_leans(lean_rad: float) -> None:
    cosine, sine = math.cos(lean_rad), math.sin(lean_rad)
    turn = np.array([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]])
    room = surfels_of_mesh(box_mesh(np.array([4.0, 3.0, 2.5])))
    ground = find_ground(Surfels(room.points_m @ turn.T, room.normals @ turn.T, room.areas_m2))
    assert ground.up == pytest.approx(turn[:, 2], abs=1e-9)
    assert ground.height_m == pytest.approx(-1.25)
    assert ground.share == pytest.approx(1)
    assert ground.lean_rad == pytest.approx(math.radians(0.1))


def test_walls_that_disagree_with_the_floor_widen_how_far_up_may_be_off() -> None:
    off = math.radians(2)
    wall = Surfels(
        np.zeros((200, 3)),
        np.array([[math.cos(off), 0, math.sin(off)], [0, 1, 0]] * 100),
        np.full(200, 0.01),
    )
    assert find_ground(joined(flat(0.0), wall)).lean_rad > math.radians(1.5)


def test_where_nothing_is_level_there_is_no_ground() -> None:
    wall = Surfels(np.zeros((9, 3)), np.tile([1.0, 0, 0], (9, 1)), np.ones(9))
    with pytest.raises(BadInput, match="nothing that was seen is level"):
        find_ground(wall)


def test_a_scene_set_upright_has_its_floor_at_nought_and_its_cameras_level() -> None:
    cosine, sine = math.cos(0.25), math.sin(0.25)
    ground = find_ground(surfels_of_mesh(box_mesh(np.array([4.0, 3.0, 2.5]))))
    turn = np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]])
    leaning = type(ground)(turn @ ground.up, -1.25, ground.lean_rad, 1.0, 12.0)
    upright = levelled(rendered.posed(), leaning)
    old, new = rendered.posed().views[0].world_from_camera, upright.views[0].world_from_camera
    on_floor = turn @ np.array([0.7, 0.2, -1.25])
    assert new.apply(old.inverse().apply(on_floor))[2] == pytest.approx(0, abs=1e-9)
    assert (new.rotation @ old.rotation.T) @ turn[:, 2] == pytest.approx([0, 0, 1])
    assert upright.tilt_rad == ground.lean_rad
    assert upright.parent is rendered.posed()


def test_free_floor_is_what_was_seen_of_it_without_what_stands_on_it() -> None:
    legs = flat(0.4, TABLE)
    surfels = joined(flat(0.0), legs, flat(2.4))
    ground = find_ground(surfels)
    assert seen_floor(surfels, ground).area == pytest.approx(12, rel=0.03)
    free = free_floor(surfels, ground)
    assert free.area == pytest.approx(12 - 0.6, rel=0.03)
    assert not free.intersects(shapely.Point(2, 1.5))


def test_the_pictures_of_a_room_give_its_floor_its_outline_and_up() -> None:
    views = deep_views(rendered.posed())
    frames = list(read_frames(views))
    surfels = surfels_of_frames(frames)
    ground = find_ground(surfels, camera_up(views))
    assert math.acos(ground.up[2]) < math.radians(0.05)
    assert ground.height_m == pytest.approx(0, abs=0.002)
    found = outline([swept(each) for each in frames])
    assert found is not None
    assert shapely.hausdorff_distance(found.envelope, rendered.WALK) < 0.03
    seen = seen_floor(surfels, ground)
    assert seen.difference(found.buffer(0.1)).area < 0.01 * seen.area


def test_an_outline_of_nothing_is_none_and_small_gaps_are_closed() -> None:
    assert outline([]) is None
    halves = [shapely.box(0, 0, 2, 3), shapely.box(2.04, 0, 4, 3)]
    found = outline(halves)
    assert found is not None
    assert found.area == pytest.approx(12, rel=0.02)


def test_triangles_without_area_are_no_surface() -> None:
    mesh = Mesh(np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [2, 0, 0]]), np.array([[0, 1, 2], [0, 1, 3]]))
    surfels = surfels_of_mesh(mesh)
    assert surfels.areas_m2.tolist() == [0.5]
    assert surfels.normals.tolist() == [[0, 0, 1]]


def test_the_mean_up_of_cameras_is_a_unit_vector() -> None:
    assert np.linalg.norm(camera_up(rendered.views())) == pytest.approx(1)
