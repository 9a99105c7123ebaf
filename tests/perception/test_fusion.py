"""Depth fused into a surface: how far it is from the true one, and what is refused."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.boxes import Boxes
from allocentric.perception.frames import deep_views
from allocentric.perception.fusion import fuse
from allocentric.perception.ground import find_ground, surfels_of_mesh
from allocentric.worlds.read import read
from tests.perception import rendered
from tests.real_data import folder


def off_surface_m(points_m: np.ndarray, boxes: Boxes) -> np.ndarray:
    """How far points are from the nearest surface of solid boxes on a floor at z = 0."""
    own = np.einsum("bij,pbi->pbj", boxes.rotations, points_m[:, None] - boxes.centers_m)
    beyond = np.abs(own) - boxes.sizes_m / 2
    signed = np.linalg.norm(np.maximum(beyond, 0), axis=-1) + np.minimum(beyond.max(-1), 0)
    nearest: np.ndarray = np.minimum(np.abs(signed).min(1), np.abs(points_m[:, 2]))
    return nearest


def test_the_fused_surface_of_a_rendered_room_lies_on_the_true_one() -> None:
    true = rendered.room()
    mesh = fuse(deep_views(rendered.posed()))
    off_m = off_surface_m(mesh.vertices_m[::5], Boxes(true.centers, true.sizes, true.rotations))
    assert float(np.median(off_m)) < 0.001
    assert float(np.quantile(off_m, 0.95)) < 0.008
    low, high = mesh.bounds_m()
    assert low == pytest.approx([0, 0, 0], abs=0.05)
    assert high[:2] == pytest.approx([4, 3], abs=0.05)


def test_a_world_far_from_its_origin_is_fused_as_well() -> None:
    views = deep_views(rendered.posed())[:4]
    far_m = np.array([500_000.0, 5_000_000.0, 100.0])
    moved = [
        replace(
            each,
            world_from_camera=type(each.world_from_camera)(
                each.world_from_camera.rotation, each.world_from_camera.translation_m + far_m
            ),
        )
        for each in views
    ]
    near, far = (fuse(each, voxel_m=0.05) for each in (views, moved))
    assert np.array(far.bounds_m()) - far_m == pytest.approx(np.array(near.bounds_m()), abs=1e-4)
    assert len(far.faces) == pytest.approx(len(near.faces), rel=0.01)


def test_progress_names_each_view_and_what_fuses_into_nothing_is_refused() -> None:
    views, seen = deep_views(rendered.posed())[:3], list[str]()

    def watch(ids: Iterator[str]) -> Iterator[str]:
        for id in ids:
            seen.append(id)
            yield id

    fuse(views, voxel_m=0.05, watch=watch)
    assert seen == [view.id for view in views]
    with pytest.raises(BadInput, match="3 views fuse into no surface at all"):
        fuse(views, farthest_m=0.1)
    with pytest.raises(BadInput, match="no view to fuse"):
        fuse([])
    with pytest.raises(BadInput, match="give voxels above 0"):
        fuse(views, voxel_m=0.0)


def test_a_walk_with_a_headset_fuses_into_a_hall_with_a_level_floor_at_eye_height_below() -> None:
    mesh = fuse(deep_views(read(folder("hololens_rgbd"))), voxel_m=0.04)
    low, high = mesh.bounds_m()
    assert 6 < (high - low)[:2].min()
    assert (high - low)[2] < 3
    ground = find_ground(surfels_of_mesh(mesh))
    assert ground.height_m == pytest.approx(-1.53, abs=0.02)
    assert np.degrees(np.arccos(ground.up[2])) < 0.5
