"""Fisheye and panorama depth: what is seen and hidden, against closed formulas, seam and poles included."""

import math
from typing import Final

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole, from_range, rays
from allocentric.geometry.depth_lenses import pixel_widths, projected, rimmed
from allocentric.geometry.depth_visibility import (
    EXACT,
    KINECT,
    Along,
    DepthNoise,
    PreparedDepth,
    behind_m,
    prepare_depth,
    visible_points,
)
from allocentric.geometry.distortion import Distortion
from allocentric.geometry.overlap import overlaps
from allocentric.geometry.poses import Pose
from allocentric.seeds import stream
from tests.geometry.slow_views import Room, look, noisy, room, surface_points

HERE: Final = Pose(np.eye(3), np.zeros(3))
FISHEYE: Final = Fisheye(280, 280, 90.0, 90.0, 140.0, 140.0, (0.02, -0.003))  # half of all directions
PANORAMA: Final = Panorama(480, 240)
CAMERAS: Final = {"fisheye": FISHEYE, "panorama": PANORAMA}


def range_picture(place: Room, camera: Camera, world_from_camera: Pose) -> np.ndarray:
    """The exact range at the middle of each pixel; NaN where the lens shows nothing."""
    directions = rays(camera)
    shown = ~np.isnan(directions[..., 0])
    picture = np.full(shown.shape, np.nan)
    origin_m, turn = world_from_camera.translation_m, world_from_camera.rotation
    picture[shown] = place.ranges_m(origin_m, directions[shown] @ turn.T)
    return picture


def looked(camera: Camera, number: int, noise: DepthNoise = EXACT) -> tuple[Room, PreparedDepth]:
    """A room, and a look at it."""
    place, rng = room("lenses", number), stream(0, "lenses", number)
    pose = look(place, rng)
    measured_m = noisy(range_picture(place, camera, pose), noise, rng)
    return place, prepare_depth(measured_m, camera, pose, noise=noise)


def sight_gap_m(place: Room, points_m: np.ndarray, pose: Pose) -> tuple[np.ndarray, np.ndarray]:
    """How far off points are, and how far before each its line of sight is blocked; 0 for one in sight."""
    ahead = points_m - pose.translation_m
    ranges_m, share = np.linalg.norm(ahead, axis=1), place.ranges_m(pose.translation_m, ahead)
    return ranges_m, np.where(share > 1 - 1e-6, 0, 1 - share) * ranges_m


@pytest.mark.parametrize("camera", CAMERAS.values(), ids=CAMERAS)
@pytest.mark.parametrize(("noise", "undecided"), [(EXACT, 0.15), (KINECT, 0.2)], ids=["exact", "Kinect"])
def test_visible_and_hidden_are_so_by_the_closed_formulas(
    camera: Camera, noise: DepthNoise, undecided: float
) -> None:
    kept = dict[str, list[np.ndarray]](seen=[], visible=[], hidden=[], inside=[], close=[])
    for number in range(2):
        place, frame = looked(camera, number, noise)
        points_m = surface_points(place, 6_000, stream(1, "points", number))
        told = visible_points(points_m, frame)
        ranges_m, gap_m = sight_gap_m(place, points_m, frame.world_from_camera)
        kept["seen"].append(gap_m == 0)
        kept["close"].append((gap_m > 0) & (gap_m <= 3 * noise.sigma_m(ranges_m)))
        kept["inside"].append(~told.outside)
        kept["visible"].append(told.visible)
        kept["hidden"].append(told.hidden)
    seen, close, inside, visible, hidden = (
        np.concatenate(kept[name]) for name in ("seen", "close", "inside", "visible", "hidden")
    )
    decided = visible | hidden
    assert (visible & seen).sum() / (seen & decided).sum() >= 0.99  # recall
    assert (visible & seen).sum() / (visible & ~close).sum() >= 0.99  # precision
    assert (inside & ~decided).sum() / inside.sum() <= undecided
    assert inside.mean() == 1 if camera is PANORAMA else 0.5 < inside.mean() < 1


@pytest.mark.parametrize("camera", CAMERAS.values(), ids=CAMERAS)
def test_a_plane_is_known_between_the_pixels_at_any_slant(camera: Camera) -> None:
    rng, directions = stream(0, "planes"), rays(camera)
    for _ in range(20):
        normal = rng.normal(size=3)
        normal /= np.linalg.norm(normal)
        with np.errstate(invalid="ignore"):
            range_m = np.where(directions @ normal > 0.05, 2.0 / (directions @ normal), np.nan)
        frame = prepare_depth(range_m, camera, HERE)
        points_m = rng.normal(size=(4000, 3))
        points_m = points_m[(points_m @ normal) / np.linalg.norm(points_m, axis=1) > 0.15]
        points_m *= (2.0 / (points_m @ normal))[:, None]
        told = visible_points(points_m, frame)
        assert told.visible[~told.outside].all()
        assert visible_points(points_m * 1.01, frame).hidden[~told.outside].mean() > 0.99
        gap_m = behind_m(points_m * 1.01, frame)
        away_m = np.linalg.norm(points_m, axis=1)
        told_of = ~np.isnan(gap_m)
        assert told_of.sum() >= 0.97 * (~told.outside).sum()
        np.testing.assert_allclose(gap_m[told_of], 0.01 * away_m[told_of], atol=2e-3 * away_m[told_of].max())


def test_a_panorama_sees_over_its_seam_and_its_poles_as_anywhere() -> None:
    ball = prepare_depth(np.full((180, 360), 2.0), Panorama(360, 180), HERE)
    assert not ball.edges.any()
    ways = np.array([[0, 0, -1.0], [1e-9, 0, -1], [-1e-9, 0, -1], [0, -1, 0], [0, 1, 0], [1e-7, 1, 1e-7]])
    ways = np.concatenate([ways, stream(0, "ways").normal(size=(2000, 3))])
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    assert visible_points(1.999 * ways, ball).visible.all()
    assert visible_points(2.01 * ways, ball).hidden.all()
    assert (pixel_widths(Panorama(360, 180)) < 0.018).all()


def test_an_edge_on_the_seam_is_an_edge() -> None:
    range_m = np.full((40, 80), 4.0)
    range_m[:, :40] = 2.0  # the left half of all directions is nearer
    frame = prepare_depth(range_m, Panorama(80, 40), HERE)
    assert np.flatnonzero(frame.edges[20]).tolist() == [0, 39, 40, 79]
    told = visible_points(np.array([[0.01, 0, -3.0], [-0.01, 0, -3.0], [2.9, 0, 0.5], [-2.9, 0, 0.5]]), frame)
    assert told.undecided.tolist() == [True, True, False, False]
    assert told.visible.tolist() == [False, False, True, False]


def test_beyond_a_pole_one_comes_down_on_the_other_side() -> None:
    image = np.arange(8, dtype=np.float32).reshape(2, 4)
    assert rimmed(image, Panorama(4, 2)).tolist() == [
        [1, 2, 3, 0, 1, 2],
        [3, 0, 1, 2, 3, 0],
        [7, 4, 5, 6, 7, 4],
        [5, 6, 7, 4, 5, 6],
    ]
    odd = rimmed(np.ones((2, 3), dtype=np.float32), Panorama(3, 2))
    assert np.isnan(odd[[0, -1], 1:-1]).all()
    assert (odd[1:-1] == 1).all()
    assert np.isnan(rimmed(image, Pinhole(4, 2, 1.0, 1.0, 2.0, 1.0))[0]).all()


@pytest.mark.parametrize("far", [False, True])
def test_no_point_falls_out_of_a_panorama_by_rounding(far: bool) -> None:
    just = math.pi * (1 - 1e-12)
    points_m = np.array([[math.sin(just), 0, math.cos(just)], [0.0, 1.0, 0.0]]) * (1e6 if far else 1)
    u, v, inverse = projected(points_m, Panorama(100, 50), HERE)
    assert (u < 100).all()
    assert (v < 50).all()
    assert (inverse > 0).all()


DISTORTED: Final = Pinhole(400, 300, 320.0, 320.0, 200.0, 150.0, Distortion(k1=-0.1, k2=0.02))


@pytest.mark.parametrize(
    ("camera", "along"),
    [(FISHEYE, "z"), (Pinhole(400, 300, 320.0, 320.0, 200.0, 150.0), "range"), (DISTORTED, "range")],
)
def test_depth_may_be_along_z_or_the_ray(camera: Camera, along: Along) -> None:
    place, rng = room("along", 0), stream(0, "along")
    pose = look(place, rng)
    range_m, ahead = range_picture(place, camera, pose), rays(camera)[..., 2]
    ahead = np.where(ahead > 0.05, ahead, np.nan)
    measured = {"z": range_m * ahead, "range": range_m}
    own = prepare_depth(measured["range" if along == "z" else "z"], camera, pose)
    other = prepare_depth(measured[along], camera, pose, along=along)
    points_m = surface_points(place, 20_000, stream(1, "along"))
    told, same = visible_points(points_m, own), visible_points(points_m, other)
    in_camera = pose.inverse().apply(points_m)
    ahead_too = in_camera[:, 2] > 0.1 * np.linalg.norm(in_camera, axis=1)
    for name in ("visible", "hidden", "outside"):
        assert (getattr(told, name) == getattr(same, name))[ahead_too].mean() > 0.999


@pytest.mark.parametrize("camera", CAMERAS.values(), ids=CAMERAS)
def test_shares_of_overlap_are_those_of_points_truly_in_sight(camera: Camera) -> None:
    place, rng = room("overlap", 1), stream(0, "overlap of lenses")
    poses = [look(place, rng) for _ in range(3)]
    frames = [prepare_depth(range_picture(place, camera, pose), camera, pose) for pose in poses]
    truth = np.zeros((3, 3))
    for row, view in enumerate(frames):
        measured_m = from_range(camera, np.nan_to_num(view.depth_m.astype(float)))
        points_m = view.world_from_camera.apply(measured_m[~np.isnan(measured_m[..., 0])])[::7]
        for column, other in enumerate(frames):
            _, gap_m = sight_gap_m(place, points_m, other.world_from_camera)
            truth[row, column] = ((gap_m < 1e-4) & ~visible_points(points_m, other).outside).mean()
    found = overlaps(frames, samples=None)
    assert (found.least <= truth + 0.01).all()
    assert (truth <= found.most + 0.01).all()
    errors_points = 100 * np.abs(found.share - truth)[~np.eye(3, dtype=bool)]
    assert np.median(errors_points) < 1
    assert errors_points.max() < 4  # a face seen edge-on: each of its pixels is a depth edge
    np.testing.assert_allclose(overlaps(frames).share, found.share, atol=0.01)


def test_a_pinhole_and_a_fisheye_that_see_the_same_overlap() -> None:
    place, rng = room("overlap", 2), stream(0, "both lenses")
    pose, hole = look(place, rng), Pinhole(300, 300, 150.0, 150.0, 150.0, 150.0)
    narrow = prepare_depth(range_picture(place, hole, pose), hole, pose, along="range")
    wide = prepare_depth(range_picture(place, FISHEYE, pose), FISHEYE, pose)
    assert overlaps([narrow], [wide]).share.item() > 0.98
    assert 0.1 < overlaps([wide], [narrow]).share.item() < 0.7


def test_a_picture_of_another_size_is_refused() -> None:
    with pytest.raises(BadInput, match="a depth picture of 8 x 9 pixels"):
        prepare_depth(np.ones((9, 8)), PANORAMA, HERE)
