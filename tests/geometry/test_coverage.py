"""Frames that see the most: by hand, against every choice there is, and against frames at even steps."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.errors import BadInput
from allocentric.geometry.cameras import from_depth
from allocentric.geometry.coverage import choose_frames, seen_voxels
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.seeds import stream
from tests.geometry.slow_views import depth_picture, look, room

CAMERA = Pinhole(80, 60, fx_px=60, fy_px=60, cx_px=40, cy_px=30)
HERE = Pose(np.eye(3), np.zeros(3))
SETS = st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=7)


def keys(sets: list[list[int]]) -> list[np.ndarray]:
    return [np.array(each, dtype=np.int64) for each in sets]


def union(sets: list[list[int]], rows: object) -> int:
    return len(set().union(*(sets[row] for row in np.array(rows, dtype=int).tolist())))


def plain_greedy(sets: list[list[int]], budget: int) -> list[int]:
    """Count every frame anew each time; of equals the first."""
    rows, seen = list[int](), set[int]()
    while len(rows) < budget:
        gains = [len(set(each) - seen) for each in sets]
        if not gains or max(gains) == 0:
            return rows
        rows.append(gains.index(max(gains)))
        seen |= set(sets[rows[-1]])
    return rows


@given(SETS, st.integers(0, 8))
def test_lazy_counting_chooses_what_plain_counting_does(sets: list[list[int]], budget: int) -> None:
    choice = choose_frames(keys(sets), budget)
    assert choice.rows.tolist() == plain_greedy(sets, budget)
    assert choice.covered.tolist() == [union(sets, choice.rows[: end + 1]) for end in range(len(choice.rows))]
    assert choice.seen_by_all == union(sets, range(len(sets)))


@given(SETS, st.integers(1, 4))
def test_the_choice_sees_at_least_63_percent_of_the_best_there_is(sets: list[list[int]], budget: int) -> None:
    choice = choose_frames(keys(sets), budget)
    best = max(
        (union(sets, rows) for rows in itertools.combinations(range(len(sets)), min(budget, len(sets)))),
        default=0,
    )
    assert union(sets, choice.rows) >= (1 - 1 / math.e) * best - 1e-9


def test_greed_is_not_the_optimum_here() -> None:
    sets = [[1, 2, 3, 4], [1, 2, 5], [3, 4, 6]]  # the largest first, though the two others see all
    assert choose_frames(keys(sets), 2).rows.tolist() == [0, 1]
    assert choose_frames(keys(sets), 2).covered.tolist() == [4, 5]


def test_of_equal_frames_the_first_is_chosen_and_none_that_adds_nothing() -> None:
    choice = choose_frames(keys([[7], [3, 4], [5, 6], [3, 4, 4, 4], [7]]), budget=9)
    assert choice.rows.tolist() == [1, 2, 0]
    assert choice.covered.tolist() == [2, 4, 5]
    assert choice.seen_by_all == 5


def test_a_budget_of_none_chooses_none_and_one_below_is_refused() -> None:
    assert choose_frames(keys([[1]]), 0).rows.tolist() == []
    assert choose_frames([], 3).seen_by_all == 0
    with pytest.raises(BadInput, match="a budget of -1 frames"):
        choose_frames([], -1)


def test_a_walk_through_a_room_is_covered_better_than_by_frames_at_even_steps() -> None:
    place, rng = room("walk"), stream(0, "walk")
    stops = [look(place, rng) for _ in range(8)]
    step_m = np.array([0.02, 0.0, 0.0])
    poses = [Pose(stop.rotation, stop.translation_m + step * step_m) for stop in stops for step in range(3)]
    seen = [seen_voxels(depth_picture(place, CAMERA, pose), CAMERA, pose, voxel_m=0.1) for pose in poses]
    choice = choose_frames(seen, 5)
    even = np.linspace(0, len(seen) - 1, 5).round().astype(int)
    assert choice.covered[-1] > 1.05 * len(np.unique(np.concatenate([seen[row] for row in even])))


def test_voxels_of_a_wall_counted_by_hand() -> None:
    small = Pinhole(4, 4, fx_px=2, fy_px=2, cx_px=2, cy_px=2)  # at 2 m its pixels are a metre apart
    wall = np.full((4, 4), 2.0)
    assert len(seen_voxels(wall, small, HERE, voxel_m=1.0, origin_m=np.array([0, 0, 0.5]))) == 16
    assert len(seen_voxels(wall, small, HERE, voxel_m=2.0, origin_m=np.array([0, 0, 0.5]))) == 4
    wall[0, :] = [0, np.nan, np.inf, -1]
    assert len(seen_voxels(wall, small, HERE, voxel_m=1.0, origin_m=np.array([0, 0, 0.5]))) == 12


def test_voxels_are_those_of_the_points_one_by_one() -> None:
    place, rng = room("voxels"), stream(0, "voxels")
    pose = look(place, rng)
    depth_m = depth_picture(place, CAMERA, pose)
    points_m = pose.apply(from_depth(CAMERA, depth_m).reshape(-1, 3))
    cells = {tuple(math.floor(value / 0.05) for value in point_m) for point_m in points_m.tolist()}
    found = seen_voxels(depth_m, CAMERA, pose, voxel_m=0.05)
    assert len(found) == len(cells)
    assert (np.diff(found) > 0).all()
    unpacked = {tuple(int(key >> shift) % 2**21 - 2**20 for shift in (42, 21, 0)) for key in found}
    assert unpacked == cells


def test_the_same_wall_has_the_same_voxels_in_both_frames_and_wherever_the_world_lies() -> None:
    wall = np.full((60, 80), 2.05)
    aside = Pose(np.eye(3), np.array([0.0, 0.0, -1.0]))
    near, far = (
        seen_voxels(wall, CAMERA, HERE, voxel_m=0.1),
        seen_voxels(wall + 1, CAMERA, aside, voxel_m=0.1),
    )
    assert np.isin(near, far).all()
    origin_m = np.array([1024.0, -512.0, 8192.0])  # a power of two: rounds nothing
    moved = seen_voxels(wall, CAMERA, Pose(np.eye(3), origin_m), voxel_m=0.1, origin_m=origin_m)
    assert moved.tolist() == near.tolist()


def test_a_voxel_without_size_and_a_world_too_far_away_are_named() -> None:
    wall = np.full((60, 80), 2.0)
    with pytest.raises(BadInput, match="voxels of 0 m"):
        seen_voxels(wall, CAMERA, HERE, voxel_m=0)
    with pytest.raises(BadInput, match="give an origin_m near the scene"):
        seen_voxels(wall, CAMERA, Pose(np.eye(3), np.array([5e6, 0, 0])), voxel_m=0.05)
    assert seen_voxels(np.zeros((60, 80)), CAMERA, HERE, voxel_m=0.05).tolist() == []
