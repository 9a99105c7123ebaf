"""How much of one view another sees: by hand, against closed formulas, and of few pixels against all."""

import functools

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.cameras import from_depth
from allocentric.geometry.depth_visibility import KINECT, PreparedDepth, prepare_depth, visible_points
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.overlap import Overlap, overlaps
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.seeds import stream
from tests.geometry.slow_views import depth_picture, gap_before_m, look, noisy, room

CAMERA = Pinhole(160, 120, fx_px=130, fy_px=130, cx_px=80, cy_px=60)
WIDE = Pinhole(40, 40, fx_px=20, fy_px=20, cx_px=20, cy_px=20)  # sees twice as wide as far


def wall(x_m: float, depth_m: float = 2.0) -> PreparedDepth:
    """A look at a wall from here, `x_m` to the right."""
    return prepare_depth(
        np.full((40, 40), float(depth_m)), WIDE, Pose(np.eye(3), np.array([x_m, 0.0, 2.0 - depth_m]))
    )


@functools.cache
def views(number: int) -> tuple[PreparedDepth, ...]:
    """Four pictures of a room, as they are."""
    place, rng = room("overlap", number), stream(0, "overlap", number)
    poses = [look(place, rng) for _ in range(4)]
    return tuple(prepare_depth(depth_picture(place, CAMERA, pose), CAMERA, pose) for pose in poses)


def errors_points(found: Overlap, true: np.ndarray) -> np.ndarray:
    """Errors of the shares of different views, in points of 100."""
    errors: np.ndarray = 100 * np.abs(found.share - true)[~np.eye(len(true), dtype=bool)]
    return errors


def test_two_looks_at_a_wall_half_a_picture_apart_share_half_both_ways() -> None:
    found = overlaps([wall(0), wall(2)], samples=None)
    np.testing.assert_allclose(found.share, [[1, 0.5], [0.5, 1]])
    np.testing.assert_allclose(found.least, found.most)


def test_a_close_up_lies_within_the_wide_shot_and_not_the_wide_shot_within_it() -> None:
    found = overlaps([wall(0, depth_m=1)], [wall(0, depth_m=2)])
    back = overlaps([wall(0, depth_m=2)], [wall(0, depth_m=1)])
    assert found.share.item() == 1
    assert back.share.item() == pytest.approx(0.25, abs=0.005)


def test_what_stands_before_the_wall_hides_its_share_of_it() -> None:
    depth_m = np.full((40, 40), 2.0)
    depth_m[:, :10] = 1.0  # a board over the left quarter
    found = overlaps([wall(0)], [prepare_depth(depth_m, WIDE, Pose(np.eye(3), np.zeros(3)))], samples=None)
    assert found.least.item() == pytest.approx(29 / 40)  # two columns are an edge
    assert found.most.item() == pytest.approx(31 / 40)
    assert found.share.item() == pytest.approx(30 / 40)


def test_what_was_not_measured_counts_neither_way() -> None:
    holed_m = np.full((40, 40), 2.0)
    holed_m[:, 20:] = 0
    holed = prepare_depth(holed_m, WIDE, Pose(np.eye(3), np.zeros(3)))
    assert overlaps([holed], [wall(0)]).share.item() == 1
    other_way = overlaps([wall(0)], [holed], samples=None)
    assert (other_way.least.item(), other_way.most.item()) == (0.5, 1)
    nothing = prepare_depth(np.zeros((40, 40)), WIDE, Pose(np.eye(3), np.zeros(3)))
    assert np.isnan(overlaps([nothing], [wall(0)]).share).all()
    assert overlaps([wall(0)], [nothing]).most.item() == 1
    assert overlaps([], [wall(0)]).share.shape == (0, 1)


def test_all_pixels_are_counted_as_one_counts_them_oneself() -> None:
    first, second = views(0)[:2]
    points_m = first.world_from_camera.apply(from_depth(CAMERA, first.depth_m.astype(float)).reshape(-1, 3))
    told, found = visible_points(points_m, second), overlaps([first], [second], samples=None)
    for shares, flags in (
        (found.share, told.likely),
        (found.least, told.visible),
        (found.most, ~told.hidden & ~told.outside),
    ):
        assert shares.item() == pytest.approx(flags.mean(), abs=2 / flags.size)


def test_few_pixels_tell_the_share_of_all_to_a_point_in_100() -> None:
    errors = []
    for number in range(6):
        frames = views(number)
        errors.append(errors_points(overlaps(frames), overlaps(frames, samples=None).share))
    told = np.concatenate(errors)
    assert np.percentile(told, 90) < 0.3
    assert told.max() < 1.0


def test_the_share_is_that_of_points_truly_in_sight() -> None:
    errors = []
    for number in range(3):
        place, frames = room("overlap", number), views(number)
        truth = np.zeros((4, 4))
        for row, view in enumerate(frames):
            points_m = view.world_from_camera.apply(
                from_depth(CAMERA, view.depth_m.astype(float)).reshape(-1, 3)
            )
            for column, other in enumerate(frames):
                gap_m = gap_before_m(place, points_m, other.world_from_camera)
                truth[row, column] = ((gap_m < 1e-5) & ~visible_points(points_m, other).outside).mean()
        found = overlaps(frames, samples=None)
        errors.append(errors_points(found, truth))
        assert (found.least <= truth + 0.002).all()
        assert (truth <= found.most + 0.002).all()
    told = np.concatenate(errors)
    assert np.percentile(told, 50) < 0.5
    assert np.percentile(told, 90) < 2.0  # 160 pixels wide: one in ten is at an edge


def test_a_view_sees_itself_and_bounds_are_in_order() -> None:
    place, rng = room("overlap", 1), stream(0, "order")
    poses = [look(place, rng) for _ in range(3)]
    frames = [
        prepare_depth(noisy(depth_picture(place, CAMERA, pose), KINECT, rng), CAMERA, pose, noise=KINECT)
        for pose in poses
    ]
    found = overlaps(frames)
    assert (np.diag(found.share) > 0.98).all()
    assert ((found.least <= found.share) & (found.share <= found.most)).all()


def test_moving_the_world_changes_no_share() -> None:
    frames = views(2)
    move = Pose(rotation_about_up(1.1), np.array([4e5, 5e6, 30.0]))
    moved = [prepare_depth(each.depth_m, CAMERA, move @ each.world_from_camera) for each in frames]
    np.testing.assert_allclose(overlaps(frames).share, overlaps(moved).share, atol=1e-3)


def test_no_samples_at_all_is_refused() -> None:
    with pytest.raises(BadInput, match="0 samples a view"):
        overlaps([wall(0)], samples=0)
