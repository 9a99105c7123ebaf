"""Points against posed depth: by hand, against closed formulas, and unmoved by moving the world."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.errors import BadInput
from allocentric.geometry.cameras import from_depth
from allocentric.geometry.depth_visibility import (
    CHUNK,
    EXACT,
    KINECT,
    ROWS,
    DepthNoise,
    PreparedDepth,
    behind_m,
    prepare_depth,
    visible_points,
)
from allocentric.geometry.distortion import Distortion
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.seeds import stream
from tests.geometry.slow_depth import slow_verdict
from tests.geometry.slow_views import (
    depth_picture,
    gap_before_m,
    look,
    noisy,
    pixel_rays,
    room,
    surface_points,
)

HERE = Pose(np.eye(3), np.zeros(3))
SMALL = Pinhole(40, 30, fx_px=40, fy_px=40, cx_px=20, cy_px=15)
CAMERA = Pinhole(400, 300, fx_px=320, fy_px=320, cx_px=200, cy_px=150)
VERDICTS = ("visible", "undecided", "hidden", "outside")


def verdicts(points_m: object, frame: PreparedDepth) -> list[str]:
    found = visible_points(np.array(points_m, dtype=float), frame)
    told = np.stack([getattr(found, name) for name in VERDICTS])
    assert (told.sum(axis=0) == 1).all(), "each point has exactly one verdict"
    return [VERDICTS[row] for row in told.argmax(axis=0)]


def small(depth_m: np.ndarray, noise: DepthNoise = EXACT) -> PreparedDepth:
    return prepare_depth(depth_m, SMALL, HERE, noise=noise)


def at(u: float, v: float, depth_m: float) -> list[float]:
    """The point that `SMALL` sees at a pixel, at a depth."""
    return [(u - 20) / 40 * depth_m, (v - 15) / 40 * depth_m, depth_m]


def step() -> np.ndarray:
    """A wall at 2 m on the left, one at 4 m from column 20 on."""
    return np.where(np.arange(40) < 20, 2.0, 4.0) + np.zeros((30, 1))


@pytest.mark.parametrize(
    ("point_m", "verdict"),
    [
        ([0, 0, 2.0], "visible"),  # in the open
        ([0.3, 0.2, 3.0], "visible"),  # on the wall
        ([0.3, 0.2, 3.01], "hidden"),
        ([0, 0, -1.0], "outside"),
        ([0, 0, 0.0], "outside"),  # at the camera
        ([1.49, 0, 3.0], "visible"),  # the picture ends half the depth to the right
        ([1.51, 0, 3.0], "outside"),
        ([0, -1.12, 3.0], "visible"),  # and three eighths of it above
        ([0, -1.13, 3.0], "outside"),
        ([np.nan, 0, 3.0], "outside"),
        ([0, 0, np.inf], "outside"),
        ([1e300, 0, 3.0], "outside"),
    ],
)
def test_a_wall_three_metres_ahead(point_m: list[float], verdict: str) -> None:
    assert verdicts([point_m], small(np.full((30, 40), 3.0))) == [verdict]


def test_what_stands_on_the_left_hides_what_is_on_the_left() -> None:
    assert verdicts([at(10, 15, 3), at(30, 15, 3)], small(step())) == ["hidden", "visible"]


@pytest.mark.parametrize(
    ("u", "depth_m", "verdict"),
    [
        (18.5, 3.0, "hidden"),  # a pixel off the edge
        (19.5, 3.0, "undecided"),  # on either side of it
        (20.5, 3.0, "undecided"),
        (20.5, 4.0, "undecided"),  # the far wall, by the border of the near one
        (21.5, 3.0, "visible"),
        (19.5, 1.9, "visible"),  # before both walls
        (20.5, 4.1, "hidden"),  # behind both
    ],
)
def test_a_pixel_of_a_depth_edge_decides_only_what_both_sides_agree_on(
    u: float, depth_m: float, verdict: str
) -> None:
    frame = small(step())
    assert np.flatnonzero(frame.edges.any(axis=0)).tolist() == [19, 20]
    assert verdicts([at(u, 12.3, depth_m)], frame) == [verdict]


@settings(max_examples=30, deadline=None)
@given(st.floats(-1.4, 1.4), st.floats(-1.4, 1.4), st.floats(0.5, 60.0), st.integers(0, 99))
def test_a_plane_is_known_exactly_between_the_pixels_at_any_slant(
    across: float, down: float, ahead_m: float, seed: int
) -> None:
    normal = np.array([across, down, 1.0])
    rays = pixel_rays(SMALL)
    depth_m = (ahead_m / (rays @ normal)).reshape(30, 40)
    frame = small(depth_m)
    pixels = stream(seed, "pixels").uniform([0.01, 0.01], [39.99, 29.99], (50, 2))
    plane_rays = np.array([at(u, v, 1.0) for u, v in pixels])
    on_m = plane_rays * (ahead_m / (plane_rays @ normal))[:, None]
    on_m = on_m[(on_m[:, 2] > 0) & (on_m[:, 2] < 100 * ahead_m)]
    assert not frame.edges[depth_m > 0].any() or (depth_m < 0).any()
    if (depth_m > 0).all():
        assert set(verdicts(on_m, frame)) <= {"visible"}
        assert set(verdicts(on_m * 1.002, frame)) <= {"hidden"}
        np.testing.assert_allclose(behind_m(on_m, frame) / on_m[:, 2], 0, atol=2e-5)


def test_where_nothing_was_measured_nothing_is_decided_and_where_nothing_is_all_is_seen() -> None:
    depth_m = np.full((30, 40), 3.0)
    depth_m[10, 10], depth_m[20, 5:9] = 0, np.nan
    depth_m[:, 30:] = np.inf
    points = [at(10.5, 10.5, 2), at(10.5, 10.5, 4), at(6.5, 20.5, 3), at(35.5, 9.5, 500), at(11.5, 10.5, 4)]
    frame = small(depth_m)
    assert verdicts(points, frame) == ["undecided", "undecided", "undecided", "visible", "hidden"]
    likely = visible_points(np.array(points), frame).likely
    assert likely.tolist() == [True, False, True, True, False], "a hole is guessed from beside it"


def test_a_lone_measurement_knows_no_plane_and_decides_nothing() -> None:
    depth_m = np.full((30, 40), np.nan)
    depth_m[10, 10] = 3.0
    assert verdicts([at(10.5, 10.5, 2), at(10.5, 10.5, 4)], small(depth_m)) == ["undecided"] * 2


@pytest.mark.parametrize(
    ("sigmas", "fitted", "alone"),
    [
        (-9, "visible", "visible"),
        (1.3, "visible", "visible"),  # a plane fitted to nine has 0.44 of the noise
        (1.35, "undecided", "visible"),
        (2.6, "undecided", "visible"),
        (2.7, "hidden", "visible"),
        (3.3, "hidden", "visible"),  # a pixel's own plane has 1.12 of it
        (3.4, "hidden", "undecided"),
        (6.6, "hidden", "undecided"),
        (7.0, "hidden", "hidden"),
    ],
)
def test_three_sigma_behind_the_surface_is_seen_and_six_are_hidden(
    sigmas: float, fitted: str, alone: str
) -> None:
    noise = DepthNoise(base_m=0.001, per_m2=0.002, nearest_m=0.5)
    assert noise.sigma_m(np.array([2.5])) == pytest.approx(0.009)
    whole, holed = np.full((30, 40), 2.5), np.full((30, 40), 2.5)
    holed[11, 11] = 0
    point_m = at(10.5, 10.5, 2.5 + 0.009 * sigmas)
    assert verdicts([point_m], small(whole, noise)) == [fitted]
    assert verdicts([point_m], small(holed, noise)) == [alone]


def test_an_error_that_neighbours_share_is_not_averaged_away() -> None:
    noise = DepthNoise(shared_m=0.01)
    points = [at(10.5, 10.5, 2.5 + behind) for behind in (0.029, 0.031, 0.059, 0.062)]
    found = verdicts(points, small(np.full((30, 40), 2.5), noise))
    assert found == ["visible", "undecided", "undecided", "hidden"]


def test_a_depth_in_steps_hides_nothing_within_a_step() -> None:
    frame = small(np.full((30, 40), 2.5), DepthNoise(quantum_m=0.01))
    points = [at(10.5, 10.5, 2.5 + behind) for behind in (0.009, 0.015, 0.021)]
    assert verdicts(points, frame) == ["visible", "undecided", "hidden"]


def test_a_shaky_picture_is_less_sure_of_a_slanted_floor_than_of_a_wall() -> None:
    floor_m = (1 / (pixel_rays(SMALL) @ [0, 0.6, 0.5])).reshape(30, 40)
    assert (floor_m > 0).all()
    for depth_m, verdict in ((floor_m, "visible"), (np.full((30, 40), 2.0), "hidden")):
        frame = small(depth_m, DepthNoise(lateral_px=0.5))
        assert verdicts([at(10.5, 10.5, 1.02 * depth_m[10, 10])], frame) == [verdict]


def test_of_a_noisy_wall_hardly_anything_is_undecided_and_nothing_hidden() -> None:
    rng = stream(0, "noisy wall")
    depth_m = noisy(np.full((300, 400), 3.0), KINECT, rng)
    points_m = np.append(
        rng.uniform([-1.8, -1.3], [1.8, 1.3], (20_000, 2)), np.full((20_000, 1), 3.0), axis=1
    )
    found = visible_points(points_m, prepare_depth(depth_m, CAMERA, HERE, noise=KINECT))
    assert found.visible.mean() > 0.997
    assert not found.hidden.any()


@pytest.mark.parametrize("noise", [EXACT, KINECT, DepthNoise(base_m=0.01, lateral_px=0.7)])
def test_the_fast_verdict_is_the_slow_one(noise: DepthNoise) -> None:
    place, rng = room("twin"), stream(0, "twin")
    pose = look(place, rng)
    depth_m = noisy(depth_picture(place, SMALL, pose), noise, rng)
    depth_m[rng.random(depth_m.shape) < 0.15] = 0
    points_m = surface_points(place, 6000, rng)
    fast = verdicts(points_m, prepare_depth(depth_m, SMALL, pose, noise=noise))
    counted = dict.fromkeys(VERDICTS, 0)
    for point_m, verdict in zip(points_m, fast):
        slow, margin = slow_verdict(point_m, depth_m, SMALL, pose, noise=noise)
        assert slow == verdict or margin < 1e-3, (point_m, slow, verdict, margin)
        counted[verdict] += slow == verdict and margin >= 1e-3
    assert min(counted.values()) > 50, counted


@dataclass(frozen=True, eq=False)
class Truth:
    """A picture of a room, points on its surfaces, and how far each lies behind what hides it."""

    pose: Pose
    depth_m: np.ndarray
    points_m: np.ndarray
    gap_m: np.ndarray


@pytest.fixture(scope="module")
def truths() -> list[Truth]:
    made = []
    for number in range(3):
        place, rng = room("truth", number), stream(0, "truth", number)
        pose, points_m = look(place, rng), surface_points(place, 40_000, rng)
        gap_m = gap_before_m(place, points_m, pose)
        made.append(Truth(pose, depth_picture(place, CAMERA, pose), points_m, gap_m))
    return made


@pytest.mark.parametrize("noise", [EXACT, DepthNoise(quantum_m=0.001), KINECT, DepthNoise(0.01, 0.005)])
def test_what_is_decided_is_right_99_times_in_100(noise: DepthNoise, truths: list[Truth]) -> None:
    seen_found, seen, found, undecided = 0, 0, 0, 0
    for number, truth in enumerate(truths):
        depth_m = noisy(truth.depth_m, noise, stream(0, "noise", number))
        told = visible_points(truth.points_m, prepare_depth(depth_m, CAMERA, truth.pose, noise=noise))
        sigma_m = noise.sigma_m(truth.pose.inverse().apply(truth.points_m)[:, 2])
        in_sight, close = truth.gap_m == 0, (truth.gap_m > 0) & (truth.gap_m <= 3 * sigma_m)
        judged = ~(told.outside | told.undecided | close)
        undecided += int((told.undecided & in_sight).sum())
        seen_found += int((judged & told.visible & in_sight).sum())
        seen += int((judged & in_sight).sum())
        found += int((judged & told.visible).sum())
    assert seen_found > 5_000
    assert seen_found / seen >= 0.995, "recall"
    assert seen_found / found >= 0.995, "precision"
    assert undecided / (seen + undecided) < 0.1


def test_the_guess_leaves_nothing_out_and_agrees_with_what_is_decided(truths: list[Truth]) -> None:
    right, likely, in_sight = 0, 0, 0
    for truth in truths:
        told = visible_points(truth.points_m, prepare_depth(truth.depth_m, CAMERA, truth.pose))
        seen = (truth.gap_m == 0) & ~told.outside
        right += int((told.likely & seen).sum())
        likely, in_sight = likely + int(told.likely.sum()), in_sight + int(seen.sum())
        assert not (told.visible & ~told.likely).any()
        assert not (told.likely & (told.hidden | told.outside)).any()
    assert right / in_sight > 0.97, "recall, edges included"
    assert right / likely > 0.97, "precision, edges included"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 9), st.floats(-3, 3), st.sampled_from([1.0, 1e3, 5e6]))
def test_moving_the_world_changes_no_verdict(seed: int, yaw_rad: float, far_m: float) -> None:
    place, rng = room(seed), stream(seed, "move")
    pose = look(place, rng)
    depth_m = depth_picture(place, SMALL, pose)
    points_m = surface_points(place, 2000, rng)
    move = Pose(rotation_about_up(yaw_rad), rng.normal(size=3) * far_m)
    before = verdicts(points_m, prepare_depth(depth_m, SMALL, pose, noise=KINECT))
    after = verdicts(move.apply(points_m), prepare_depth(depth_m, SMALL, move @ pose, noise=KINECT))
    assert sum(one != other for one, other in zip(before, after)) <= 2  # on a border, but for rounding


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 9), st.floats(1.0001, 3))
def test_a_point_farther_along_its_ray_is_never_seen_better(seed: int, times: float) -> None:
    place, rng = room(seed), stream(seed, "farther")
    pose = look(place, rng)
    frame = prepare_depth(depth_picture(place, SMALL, pose), SMALL, pose)
    eye_m, points_m = pose.translation_m, surface_points(place, 2000, rng)
    rank = {"visible": 0, "undecided": 1, "hidden": 2, "outside": 3}
    near, far = verdicts(points_m, frame), verdicts(eye_m + (points_m - eye_m) * times, frame)
    at_border = sum(rank[one] > rank[other] for one, other in zip(near, far))
    assert at_border <= 2


def test_a_picture_sees_what_it_measured(truths: list[Truth]) -> None:
    depth_m, pose = truths[0].depth_m, truths[0].pose
    frame = prepare_depth(depth_m, CAMERA, pose)
    points_m, smooth = pose.apply(from_depth(CAMERA, depth_m).reshape(-1, 3)), ~frame.edges.ravel()
    found, gaps_m = visible_points(points_m, frame), behind_m(points_m, frame)
    assert (found.visible | found.undecided).all()
    assert found.likely.all()
    assert found.visible[smooth].all()
    np.testing.assert_allclose(gaps_m[smooth], 0, atol=2e-5)
    assert np.isnan(gaps_m[~smooth]).all()


def test_how_far_behind_is_measured_in_depth() -> None:
    frame = small(np.full((30, 40), 3.0))
    gaps_m = behind_m(np.array([at(10, 10, 2.5), at(10, 10, 3.2), [9.0, 0, 1]]), frame)
    np.testing.assert_allclose(gaps_m[:2], [-0.5, 0.2], atol=1e-5)
    assert np.isnan(gaps_m[2])


def test_a_bent_lens_sees_the_wall_and_not_behind_it() -> None:
    bent = Pinhole(
        400, 300, fx_px=320, fy_px=320, cx_px=200, cy_px=150, distortion=Distortion(k1=-0.2, k2=0.03)
    )
    frame = prepare_depth(np.full((300, 400), 3.0), bent, HERE)
    rng = stream(0, "bent")
    points_m = np.append(rng.uniform([-1.5, -1], [1.5, 1], (500, 2)), np.full((500, 1), 3.0), axis=1)
    assert set(verdicts(points_m, frame)) == {"visible"}
    assert set(verdicts(points_m * 1.001, frame)) == {"hidden"}
    straight = small(np.full((30, 40), 3.0))
    edge = [[1.6, 0, 3.0]]  # out of a straight picture, drawn into the bent one
    assert (verdicts(edge, straight), verdicts([[1.9, 0, 3.0]], frame)) == (["outside"], ["visible"])


def test_many_points_are_judged_as_each_alone() -> None:
    place, rng = room("chunks"), stream(0, "chunks")
    pose = look(place, rng)
    frame = prepare_depth(depth_picture(place, SMALL, pose), SMALL, pose)
    points_m = surface_points(place, CHUNK + 3, rng)
    assert verdicts(points_m, frame)[-5:] == [verdicts([each], frame)[0] for each in points_m[-5:]]
    assert verdicts(np.empty((0, 3)), frame) == []


def test_a_picture_made_ready_in_parts_has_no_seam() -> None:
    depth_m = np.where(np.arange(300) < ROWS, 2.0, 4.0)[:, None] + np.zeros(400)
    frame = prepare_depth(depth_m, CAMERA, HERE)
    assert np.flatnonzero(frame.edges.any(axis=1)).tolist() == [ROWS - 1, ROWS]


def test_a_wrong_size_and_a_noise_below_zero_are_named() -> None:
    with pytest.raises(BadInput, match="30 x 40 pixels\n  where: prepare_depth, camera of 40 x 30"):
        small(np.ones((40, 30)))
    with pytest.raises(BadInput, match="has no size"):
        DepthNoise(base_m=-0.1)
    with pytest.raises(BadInput, match="has no size"):
        DepthNoise(per_m2=float("nan"))


def test_what_was_prepared_never_changes() -> None:
    given_m = np.full((30, 40), 3.0)
    frame = small(given_m)
    given_m[:] = 1.0
    assert float(frame.depth_m.min()) == 3.0
    with pytest.raises(ValueError, match="read-only"):
        frame.thresholds[0, 0, 0] = 0
