"""A real walk with a depth camera: its frames agree to a centimetre; with poses turned round they do not."""

import pathlib
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image

from allocentric.geometry.cameras import from_depth
from allocentric.geometry.coverage import choose_frames, seen_voxels
from allocentric.geometry.depth_visibility import DepthNoise, behind_m, prepare_depth, visible_points
from allocentric.geometry.overlap import overlaps
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from tests.real_data import folder

NOISE = DepthNoise(per_m2=0.002, quantum_m=0.001, shared_m=0.01)
ENOUGH = 500  # points that two frames share


@dataclass(frozen=True, eq=False)
class Walk:
    """Depth pictures in metres and the poses that the release gives, camera-to-world."""

    camera: Pinhole
    depths_m: list[np.ndarray]
    poses: list[Pose]

    def gaps_m(self, poses: list[Pose]) -> list[np.ndarray]:
        """How far behind the next frame's surface the points of each frame lie, where they share enough."""
        found = []
        for row in range(len(poses) - 1):
            depth_m, after = self.depths_m[row], self.depths_m[row + 1]
            points_m = poses[row].apply(from_depth(self.camera, depth_m)[depth_m > 0])
            gaps_m = behind_m(points_m, prepare_depth(after, self.camera, poses[row + 1], noise=NOISE))
            gaps_m = gaps_m[~np.isnan(gaps_m)]
            found += [gaps_m] if len(gaps_m) >= ENOUGH else []
        return found


@pytest.fixture(scope="module")
def walk() -> Walk:
    place: pathlib.Path = folder("hololens_rgbd")
    lens = np.loadtxt(place / "K.txt")
    depths_m = [np.asarray(Image.open(path)) / 1000.0 for path in sorted((place / "depth").glob("*.png"))]
    moves = np.loadtxt(place / "poses.txt").reshape(-1, 4, 4)
    height, width = depths_m[0].shape
    # The release counts pixels from the middle of the first.
    camera = Pinhole(width, height, lens[0, 0], lens[1, 1], lens[0, 2] + 0.5, lens[1, 2] + 0.5)
    return Walk(camera, depths_m, [Pose(move[:3, :3], move[:3, 3]) for move in moves])


def test_a_frame_carried_into_the_next_lies_within_a_centimetre_of_its_surface(walk: Walk) -> None:
    medians_m = [float(np.median(np.abs(gaps_m))) for gaps_m in walk.gaps_m(walk.poses)]
    assert len(medians_m) > 10
    assert np.median(medians_m) < 0.01
    assert max(medians_m) < 0.03


def test_with_poses_turned_round_the_frames_disagree_by_a_metre(walk: Walk) -> None:
    turned = [pose.inverse() for pose in walk.poses]
    assert np.median(np.abs(np.concatenate(walk.gaps_m(turned)))) > 0.3


def test_what_a_frame_measured_it_sees_and_the_next_seldom_hides(walk: Walk) -> None:
    frames = [
        prepare_depth(depth_m, walk.camera, pose, noise=NOISE)
        for depth_m, pose in zip(walk.depths_m, walk.poses)
    ]
    points_m = walk.poses[0].apply(from_depth(walk.camera, walk.depths_m[0])[walk.depths_m[0] > 0])
    assert not visible_points(points_m, frames[0]).hidden.any()
    assert visible_points(points_m, frames[0]).likely.mean() > 0.99
    told = visible_points(points_m, frames[1])
    assert told.visible.sum() > 20 * told.hidden.sum()
    sampled, every = overlaps(frames[:12]), overlaps(frames[:12], samples=None)
    errors = 100 * np.abs(sampled.share - every.share)
    assert np.percentile(errors, 90) < 0.5
    assert errors.max() < 1.0


def test_eight_chosen_frames_see_more_of_the_rooms_than_eight_at_even_steps(walk: Walk) -> None:
    seen = [
        seen_voxels(depth_m, walk.camera, pose, voxel_m=0.05)
        for depth_m, pose in zip(walk.depths_m, walk.poses)
    ]
    even = np.linspace(0, len(seen) - 1, 8).round().astype(int)
    steady = len(np.unique(np.concatenate([seen[row] for row in even])))
    assert choose_frames(seen, 8).covered[-1] > 1.1 * steady
