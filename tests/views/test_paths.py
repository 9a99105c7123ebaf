"""Camera paths: on their circle, on the free floor, in every room, shaken smoothly."""

import itertools
import math
from dataclasses import replace
from typing import Final

import numpy as np
import pytest
import shapely

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Panorama, project
from allocentric.geometry.meshes import Mesh
from allocentric.intervals import Interval
from allocentric.scene.scene import Footprint, Scene, Thing, View, derived, scene_of
from allocentric.views.paths import looking, looking_at, orbit, panoramas, sway, walk_through
from allocentric.views.render import render
from allocentric.views.rooms import free_ground, room_spots
from allocentric.worlds.makers import make
from tests.views.looking import WIDE

FLAT: Final = make("flat", 7)


def ahead_of(view: View) -> np.ndarray:
    """The direction in which a view looks."""
    ahead: np.ndarray = view.world_from_camera.rotation[:, 2]
    return ahead


def at(view: View) -> np.ndarray:
    """Where a view is."""
    return view.world_from_camera.translation_m


def test_looking_left_and_up_is_left_and_up_and_level() -> None:
    pose = looking((1, 2, 3), yaw_rad=math.pi / 2, pitch_rad=math.pi / 6)
    right, down, ahead = pose.rotation.T
    np.testing.assert_allclose(ahead, [0, math.cos(math.pi / 6), 0.5], atol=1e-12)
    np.testing.assert_allclose(right, [1, 0, 0], atol=1e-12)
    assert down[2] < 0
    assert np.linalg.det(pose.rotation) == pytest.approx(1)


@pytest.mark.parametrize("target", [(4.0, 5.0, 0.0), (1.0, 2.0, 9.0), (1.0, 2.0, -9.0)])
def test_looking_at_a_place_has_it_ahead_and_right_level(target: tuple[float, float, float]) -> None:
    pose = looking_at((1, 2, 3), target)
    x, y, z = pose.inverse().apply(np.array(target))
    assert (x, y) == pytest.approx((0, 0), abs=1e-12)
    assert z == pytest.approx(math.dist((1, 2, 3), target))
    assert pose.rotation[2, 0] == pytest.approx(0, abs=1e-12)


def test_nobody_looks_at_where_he_is() -> None:
    with pytest.raises(ValueError, match="where it is"):
        looking_at((1, 2, 3), (1, 2, 3))


def lone(**shared: object) -> Scene:
    """A chair that looks along y, and nothing else."""
    chair = Thing(label="chair", center=(2, 3, 0.5), size=(0.5, 0.4, 1), yaw_rad=math.pi / 2, front=(1, 0, 0))
    return scene_of("lone", [chair], **shared)


def test_an_orbit_is_a_circle_that_begins_before_the_front_and_turns_left() -> None:
    views = orbit(lone(), 0, WIDE, count=4, radius_m=2.0, height_m=1.0)
    want = [(2, 5, 1.5), (0, 3, 1.5), (2, 1, 1.5), (4, 3, 1.5)]
    np.testing.assert_allclose([at(each) for each in views], want, atol=1e-12)
    assert [each.id for each in views] == ["orbit-0", "orbit-1", "orbit-2", "orbit-3"]
    for view in views:
        (pixel,), _ = project(WIDE, view.world_from_camera.inverse().apply(np.array([[2, 3, 0.5]])))
        np.testing.assert_allclose(pixel, [80, 60])


def test_a_radius_is_in_metres_whatever_the_scene_s_unit() -> None:
    (view,) = orbit(lone(scale=Interval.of(0.5)), 0, WIDE, count=1, radius_m=2.0, height_m=1.0)
    np.testing.assert_allclose(at(view), [2, 7, 2.5], atol=1e-12)


def test_an_orbit_has_the_whole_thing_in_each_picture() -> None:
    for view in orbit(lone(), 0, WIDE, count=6):
        seen = render(lone(), view).instance == 0
        assert seen.sum() > 500
        assert seen.sum() == seen[1:-1, 1:-1].sum()


def test_an_orbit_looks_over_the_walls_that_stand_before_a_thing() -> None:
    row = FLAT.row("bed")
    views = orbit(FLAT, row, WIDE, count=8)
    assert all((render(FLAT, each).instance == row).sum() > 300 for each in views)
    steepness = [-ahead_of(each)[2] for each in views]
    assert min(steepness) < 0.5 < max(steepness)
    alone = orbit(lone(), 0, WIDE, count=8)
    np.testing.assert_allclose([ahead_of(each)[2] for each in alone], -math.sin(math.radians(25)))


def test_a_thing_full_of_holes_does_not_hide_itself() -> None:
    corner = Mesh(np.array([[3.0, 0, 0], [3, 1, 0], [3, 0, 1]]), np.array([[0, 1, 2]]))
    flag = scene_of("s", [Thing(label="flag", center=(3, 0.5, 0.5), size=(0, 1, 1), shape=corner)])
    steepness = [ahead_of(each)[2] for each in orbit(flag, 0, WIDE, count=8)]
    np.testing.assert_allclose(steepness, -math.sin(math.radians(25)))


@pytest.mark.parametrize("seed", [1, 4, 7])
def test_a_walk_goes_through_every_room_on_the_free_floor(seed: int) -> None:
    scene = make("flat", seed)
    views = walk_through(scene, WIDE, step_m=0.3)
    free = free_ground(scene, 0.2).buffer(1e-6)
    places = shapely.points([at(each)[:2] for each in views])
    assert shapely.covers(free, places).all()
    rooms = [each.polygon for each in scene.shapes if isinstance(each, Footprint)]
    assert all(shapely.contains(room, places).any() for room in rooms)
    np.testing.assert_allclose([at(each)[2] for each in views], 1.6)


def test_a_walker_goes_in_small_steps_and_turns_by_little() -> None:
    views = walk_through(FLAT, WIDE, step_m=0.3)
    steps_m = [math.dist(at(a), at(b)) for a, b in itertools.pairwise(views)]
    assert max(steps_m) <= 0.3 + 1e-9
    yaws_rad = [math.atan2(ahead_of(each)[1], ahead_of(each)[0]) for each in views]
    turns_rad = [math.remainder(b - a, math.tau) for a, b in itertools.pairwise(yaws_rad)]
    assert np.degrees(np.abs(turns_rad)).max() <= 20 + 1e-9
    moving = [place for place, step_m in enumerate(steps_m) if step_m > 0.2]
    forward = [(at(views[p + 1]) - at(views[p])) @ ahead_of(views[p]) for p in moving]
    assert np.mean(np.array(forward) > 0) > 0.95  # looks where it goes


def test_a_film_s_short_steps_turn_as_much_less() -> None:
    views = walk_through(FLAT, WIDE, step_m=0.1)
    yaws_rad = [math.atan2(ahead_of(each)[1], ahead_of(each)[0]) for each in views]
    turns_rad = [math.remainder(b - a, math.tau) for a, b in itertools.pairwise(yaws_rad)]
    assert 7 < np.degrees(np.abs(turns_rad)).max() <= 8 + 1e-9


@pytest.mark.parametrize("step_m", [0.0, -1.0, 1e-9, math.inf, math.nan])
def test_steps_that_lead_nowhere_are_refused(step_m: float) -> None:
    with pytest.raises(BadInput, match="a walk through"):
        walk_through(FLAT, WIDE, step_m=step_m)


def test_in_each_room_the_walker_looks_all_round() -> None:
    views = walk_through(FLAT, WIDE)
    for x, y in room_spots(FLAT, 0.2):
        here = [ahead_of(each) for each in views if math.dist(at(each)[:2], (x, y)) < 0.01]
        yaws_rad = np.sort([math.atan2(way[1], way[0]) for way in here])
        gaps_rad = np.append(np.diff(yaws_rad), yaws_rad[0] + math.tau - yaws_rad[-1])
        assert np.degrees(gaps_rad).max() <= 20 + 1e-9


def test_two_rooms_that_are_one_are_walked_on_the_spot() -> None:
    room = Footprint(shapely.box(0, 0, 3, 3), 0, 2)
    twice = [Thing(label=each, kind="region", shape=room) for each in ("hall", "den")]
    assert len(walk_through(scene_of("s", twice, floor=room.polygon), WIDE)) >= 18


def test_a_room_alone_is_walked_too() -> None:
    assert len(walk_through(make("empty", 1), WIDE)) > 5


def test_shut_doors_are_opened_where_they_alone_part_two_rooms() -> None:
    regions = [
        Thing(label=each, kind="region", shape=Footprint(shapely.box(x, 0, x + 3, 3), 0, 2))
        for each, x in (("hall", 0), ("den", 3))
    ]
    floor = shapely.box(0, 0, 6, 3)

    def parted_by(label: str) -> Scene:
        leaf = Thing(label=label, center=(3, 1.5, 1), size=(0.1, 3, 2))
        return scene_of("s", [*regions, leaf], floor=floor)

    assert len(walk_through(parted_by("door"), WIDE)) > 5
    with pytest.raises(BadInput, match=r"no way on the free floor joins \(.*\) for a walker 0.4 m wide"):
        walk_through(parted_by("wall"), WIDE)


def test_each_room_has_a_panorama_within_it_and_chosen_spots_are_kept() -> None:
    views = panoramas(FLAT)
    rooms = [each.polygon for each in FLAT.shapes if isinstance(each, Footprint)]
    assert len(views) == len(rooms)
    assert all(room.contains(shapely.Point(at(each)[:2])) for room, each in zip(rooms, views))
    (spot,) = panoramas(FLAT, [(1.0, 2.0)], camera=Panorama(64, 32), eye_m=1.2)
    np.testing.assert_allclose(at(spot), [1, 2, 1.2])
    np.testing.assert_allclose(ahead_of(spot), [1, 0, 0], atol=1e-12)


def test_room_spots_keep_off_what_stands_about() -> None:
    things = [row for row, kind in enumerate(FLAT.kinds) if kind == "object" and FLAT.sizes[row][2] > 0.05]
    boxes = [shapely.Point(FLAT.centers[row][:2]) for row in things if FLAT.centers[row][2] < 1]
    for x, y in room_spots(FLAT, 0.2):
        assert shapely.distance(shapely.MultiPoint(boxes), shapely.Point(x, y)) > 0.2


def test_a_hand_s_shaking_is_small_smooth_repeatable_and_seeded() -> None:
    still = tuple(View(f"v{row}", looking((row, 0, 1.6), yaw_rad=0.3), camera=WIDE) for row in range(400))
    shaken = sway(still, seed=5, amplitude=0.02, amplitude_rad=0.03)
    off = np.array([at(b) - at(a) for a, b in zip(still, shaken)])
    assert 0.01 < np.sqrt((off**2).mean()) < 0.04
    assert np.abs(np.diff(off, axis=0)).max() < 0.5 * np.abs(off).max()
    turned_rad = [math.acos(min(1.0, float(ahead_of(a) @ ahead_of(b)))) for a, b in zip(still, shaken)]
    assert 0.01 < float(np.mean(turned_rad)) < 0.1
    assert all(abs(np.linalg.det(each.world_from_camera.rotation) - 1) < 1e-12 for each in shaken)
    again, shorter, other = (sway(still[:n], seed=s, amplitude=0.02) for n, s in ((400, 5), (9, 5), (400, 6)))
    np.testing.assert_array_equal([at(each) for each in shaken], [at(each) for each in again])
    np.testing.assert_array_equal([at(each) for each in shorter], [at(each) for each in again[:9]])
    assert not np.allclose(at(other[0]), at(again[0]))
    assert [(each.id, each.camera) for each in shaken] == [(each.id, each.camera) for each in still]


def test_a_hand_that_does_not_shake_changes_nothing() -> None:
    still = (View("v", looking((1, 2, 1.6), yaw_rad=0.3), camera=WIDE),)
    (kept,) = sway(still, seed=1, amplitude=0.0, amplitude_rad=0.0)
    np.testing.assert_allclose(kept.world_from_camera.rotation, still[0].world_from_camera.rotation)
    np.testing.assert_array_equal(at(kept), at(still[0]))


def test_what_cannot_be_gone_round_or_walked_is_refused_with_the_reason() -> None:
    lost = scene_of("s", [Thing(label="cup", size=(1, 1, 1), center_slack=np.inf)])
    with pytest.raises(BadInput, match="no surface in a known place"):
        orbit(lost, 0, WIDE)
    with pytest.raises(BadInput, match="0 views"):
        orbit(lone(), 0, WIDE, count=0)
    with pytest.raises(BadInput, match="radius"):
        orbit(lone(), 0, WIDE, radius_m=-1.0)
    with pytest.raises(BadInput, match="walkable floor is not known"):
        walk_through(lone(), WIDE)
    with pytest.raises(BadInput, match="steps of 0"):
        walk_through(FLAT, WIDE, step_m=0.0)
    with pytest.raises(BadInput, match="10 m wide"):
        walk_through(FLAT, WIDE, clearance_m=5.0)
    with pytest.raises(BadInput, match="how long a unit"):
        panoramas(derived(FLAT, "unscaled", scale=replace(FLAT.scale, high=2.0)))
