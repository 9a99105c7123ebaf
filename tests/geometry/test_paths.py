"""The shortest way over a free floor: by hand, by its laws, and against slower searches."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon, affinity, box
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.paths import Route, free_floor, shortest_path, turns_along
from allocentric.seeds import stream
from tests.geometry.slow_paths import WORST, grid_length, slow_length

ROOM = box(0, 0, 6, 4)


def route(free: BaseGeometry, start: BaseGeometry, goal: BaseGeometry, *, reach_m: float = 0.6) -> Route:
    found = shortest_path(free, start, goal, reach_m=reach_m)
    assert found is not None
    return found


def furnished(rng: np.random.Generator, pieces: int) -> BaseGeometry:
    """A room with turned boxes in it, some of which stick through walls and one another."""
    things = [
        affinity.rotate(
            affinity.translate(box(0, 0, *rng.uniform(0.3, 2, 2)), *rng.uniform(-0.5, 5.5, 2)),
            float(rng.choice([0, 90, rng.uniform(0, 360)])),
        )
        for _ in range(pieces)
    ]
    return free_floor(ROOM, things, float(rng.choice([0.0, 0.2])))


def spot(rng: np.random.Generator, free: BaseGeometry) -> Point:
    while True:
        point = Point(rng.uniform([0, 0], [6, 4]))
        if free.buffer(-0.02).contains(point):
            return point


def rug(rng: np.random.Generator, free: BaseGeometry, low_x: float) -> BaseGeometry:
    while True:
        (x, y), (width, depth) = rng.uniform([low_x, 0], [low_x + 1, 3]), rng.uniform(0.2, 1, size=2)
        shape = affinity.rotate(box(x, y, x + width, y + depth), rng.uniform(0, 360))
        if free.intersection(shape).area > 0.01:
            return shape


def test_an_empty_room_is_crossed_straight() -> None:
    found = route(ROOM, Point(1, 0), Point(4, 4))
    assert found.points_m.tolist() == [[1, 0], [4, 4]]
    assert found.length_m == 5


def test_a_box_in_the_way_is_passed_on_its_shorter_side() -> None:
    free = ROOM.difference(box(2, 1, 4, 5))  # against the upper wall
    found = route(free, Point(1, 3), Point(5, 2))
    assert found.points_m.tolist() == [[1, 3], [2, 1], [4, 1], [5, 2]]
    assert found.length_m == pytest.approx(math.sqrt(5) + 2 + math.sqrt(2), abs=1e-12)


def test_of_two_sides_of_a_box_the_shorter_is_taken() -> None:
    free = ROOM.difference(box(2, 1, 4, 3.5))
    found = route(free, Point(1, 2.5), Point(5, 2.5))
    assert found.points_m.tolist() == [[1, 2.5], [2, 3.5], [4, 3.5], [5, 2.5]]
    assert found.length_m == pytest.approx(2 + 2 * math.sqrt(2), abs=1e-12)


def test_two_rooms_are_joined_by_the_door_alone() -> None:
    walls = [box(3, 0, 3.1, 1), box(3, 1.8, 3.1, 4)]
    found = route(free_floor(ROOM, walls, 0.0), Point(1, 3), Point(5, 3))
    assert found.points_m.tolist() == [[1, 3], [3, 1.8], [3.1, 1.8], [5, 3]]
    assert found.length_m == pytest.approx(math.hypot(2, 1.2) + 0.1 + math.hypot(1.9, 1.2), abs=1e-12)


@pytest.mark.parametrize(("clearance_m", "passes"), [(0.3, True), (0.399, True), (0.401, False)])
def test_a_walker_passes_a_door_as_wide_as_itself(clearance_m: float, passes: bool) -> None:
    free = free_floor(ROOM, [box(3, 0, 3.1, 1), box(3, 1.8, 3.1, 4)], clearance_m)
    assert (shortest_path(free, Point(1, 3), Point(5, 3)) is not None) == passes


def test_the_way_round_a_post_is_a_string_about_a_circle() -> None:
    free = free_floor(ROOM, [shapely.LineString([(3, 1), (3, 9)])], 0.25)
    found = route(free, Point(1, 2), Point(5, 2))
    wrapped = math.pi + 2 * math.atan2(1, 2) - 2 * math.acos(0.25 / math.sqrt(5))
    exact = 2 * math.sqrt(5 - 0.25**2) + 0.25 * wrapped
    assert exact - 0.003 * 0.25 < found.length_m < exact


def test_a_walker_turns_about_the_inner_corner_of_the_walls_as_about_a_post() -> None:
    bent = box(0, 0, 6, 1).union(box(0, 0, 1, 6))
    found = route(free_floor(bent, [], 0.25), Point(0.75, 4), Point(4, 0.75))
    exact = 2 * 3 + 0.25 * math.pi / 2  # along both walls, and a quarter of a circle
    assert exact - 0.003 * 0.25 < found.length_m < exact


def test_what_is_walled_off_is_not_reached() -> None:
    free = free_floor(ROOM, [box(3, -1, 3.1, 5)], 0.0)
    assert shortest_path(free, Point(1, 3), Point(5, 3)) is None


def test_a_floor_with_no_room_for_the_walker_has_no_way() -> None:
    free = free_floor(ROOM, [], 2.5)
    assert free.is_empty
    assert shortest_path(free, Point(1, 3), Point(5, 3)) is None


@pytest.mark.parametrize("clearance_m", [-0.1, math.nan, math.inf])
def test_a_clearance_that_is_none_is_refused(clearance_m: float) -> None:
    with pytest.raises(ValueError, match="zero or more metres"):
        free_floor(ROOM, [], clearance_m)


def test_regions_that_share_floor_are_no_way_apart() -> None:
    found = route(ROOM, box(1, 1, 3, 3), box(2, 2, 5, 4))
    assert found.length_m == 0
    assert found.points_m.shape == (1, 2)
    assert box(2, 2, 3, 3).covers(Point(found.points_m[0]))


def test_regions_a_hair_apart_are_no_way_apart() -> None:
    found = route(ROOM, box(1, 1, 3, 3), box(3 + 1e-12, 1, 5, 3))
    assert (found.length_m, found.points_m.shape) == (0, (1, 2))


def test_between_regions_the_nearest_points_are_joined() -> None:
    found = route(ROOM, box(0, 0, 1, 1), Polygon([(4, 3), (5, 2), (6, 4)]))
    assert found.length_m == pytest.approx(
        math.hypot(3, 2), abs=1e-12
    )  # corner to corner, not centre to centre
    assert found.points_m.tolist() == [[1, 1], [4, 3]]
    found = route(ROOM, box(0, 0, 1, 4), box(4, 1, 5, 2))
    assert found.length_m == 3  # side by side


def test_a_way_leaves_a_region_square_to_its_edge() -> None:
    free = ROOM.difference(box(2, 1, 4, 4))
    found = route(free, box(0, 0, 1, 4), Point(5, 2))
    assert found.points_m.tolist() == [[1, 1], [4, 1], [5, 2]]  # no bend at (2, 1)


def test_a_thing_off_the_floor_is_left_from_beside_it_on_the_side_that_is_best() -> None:
    sofa = box(2, 1, 4, 2)
    free = free_floor(ROOM, [sofa], 0.25)
    assert route(free, sofa, Point(3, 3.5)).points_m.tolist() == pytest.approx(
        np.array([[3, 2.255], [3, 3.5]]), abs=0.01
    )
    assert route(free, sofa, Point(5.5, 1.5)).length_m == pytest.approx(1.25, abs=0.01)
    assert route(free, sofa, Point(3, 0.5)).length_m == pytest.approx(0.25, abs=0.01)


def test_a_thing_is_reached_over_the_given_reach_and_no_farther() -> None:
    shelf = box(-1, 1, -0.5, 2)
    assert shortest_path(ROOM, shelf, Point(3, 1.5), reach_m=0.4) is None
    assert route(ROOM, shelf, Point(3, 1.5), reach_m=0.5).length_m == pytest.approx(3, abs=0.011)


def test_a_thing_between_two_rooms_is_reached_from_both() -> None:
    free = free_floor(ROOM, [box(2.9, -1, 3.1, 5)], 0.0)
    hatch = box(2.9, 1, 3.05, 2)  # nearer to the left room, which it touches
    assert route(free, box(2.95, 1, 3.05, 2), Point(5, 1.5)).length_m == pytest.approx(1.9, abs=0.01)
    assert route(free, box(2.95, 1, 3.05, 2), Point(1, 1.5)).length_m == pytest.approx(1.9, abs=0.01)
    assert shortest_path(free, hatch, Point(5, 1.5)) is None


def test_the_turns_of_a_route_are_positive_to_the_left() -> None:
    walked = np.array([[0.0, 0], [2, 0], [2, 2], [3, 3], [3, 0]])
    assert np.degrees(turns_along(walked)) == pytest.approx([90, -45, -135])
    assert turns_along(walked[:2]).shape == (0,)


def test_a_route_that_stands_still_has_no_turn() -> None:
    with pytest.raises(ValueError, match="the same"):
        turns_along(np.array([[0.0, 0], [1, 0], [1, 0]]))


@given(st.integers(0, 2**32 - 1), st.integers(0, 9))
@settings(max_examples=60)
def test_lengths_are_a_metric_no_shorter_than_the_straight(seed: int, pieces: int) -> None:
    rng = stream(seed, "metric")
    free = furnished(rng, pieces)
    assume(free.area > 1)
    a, b, c = (spot(rng, free) for _ in range(3))
    ab, ba, bc, ac = (shortest_path(free, *pair) for pair in ((a, b), (b, a), (b, c), (a, c)))
    assert (ab is None) == (ba is None)
    if ab and ba:
        assert ab.length_m == pytest.approx(ba.length_m, abs=1e-9)
        assert ab.length_m >= a.distance(b) - 1e-9
    if ab and bc:
        assert ac is not None
        assert ac.length_m <= ab.length_m + bc.length_m + 1e-9


@given(st.integers(0, 2**32 - 1), st.integers(0, 9))
@settings(max_examples=40)
def test_the_points_of_a_route_run_over_free_floor_and_add_up(seed: int, pieces: int) -> None:
    rng = stream(seed, "free")
    free = furnished(rng, pieces)
    assume(free.area > 1)
    found = shortest_path(free, spot(rng, free), box(4, 2, 5, 3))
    assume(found is not None and len(found.points_m) > 1)
    assert found is not None
    line = shapely.LineString(found.points_m)
    assert free.buffer(1e-6).covers(line)
    assert line.length == pytest.approx(found.length_m, abs=1e-9)
    turns_along(found.points_m)


@given(st.integers(0, 2**32 - 1), st.integers(0, 7))
@settings(max_examples=40)
def test_turning_and_shifting_the_world_changes_no_length(seed: int, pieces: int) -> None:
    rng = stream(seed, "rigid")
    free = furnished(rng, pieces)
    assume(free.area > 1)
    shapes = free, spot(rng, free), affinity.rotate(box(4, 2, 5, 3), 20)
    angle, shift = rng.uniform(0, 360), rng.normal(size=2) * 20
    moved = [affinity.translate(affinity.rotate(each, angle, origin=(0, 0)), *shift) for each in shapes]
    here, there = shortest_path(*shapes), shortest_path(moved[0], moved[1], moved[2])
    assert (here is None) == (there is None)
    if here and there:
        assert there.length_m == pytest.approx(here.length_m, abs=1e-7)


@pytest.mark.parametrize("case", range(40))
def test_points_agree_with_a_search_over_every_vertex(case: int) -> None:
    rng = stream(1, "vertices", case)
    free = furnished(rng, 1 + case % 14)
    start, goal = spot(rng, free), spot(rng, free)
    found = shortest_path(free, start, goal)
    slow = slow_length(free, start, goal, 1.0)
    assert (found.length_m if found else math.inf) == pytest.approx(slow, abs=1e-9)


@pytest.mark.parametrize("case", range(40))
def test_regions_agree_with_a_search_over_many_points_of_their_edges(case: int) -> None:
    rng = stream(1, "regions", case)
    free = furnished(rng, 1 + case % 10)
    start, goal = rug(rng, free, 0.0), rug(rng, free, 4.0)
    found, slow = shortest_path(free, start, goal), slow_length(free, start, goal, 0.02)
    length = found.length_m if found else math.inf
    assert length <= slow + 1e-9
    assert length == pytest.approx(slow, abs=1e-3)


@pytest.mark.parametrize("case", range(10))
def test_a_fine_grid_is_longer_by_its_known_bias_and_no_more(case: int) -> None:
    rng = stream(1, "grid", case)
    free = furnished(rng, 2 + case % 6)
    start, goal = spot(rng, free), spot(rng, free)
    found = shortest_path(free, start, goal)
    slow = grid_length(free, start, goal, 0.05)
    if math.isinf(slow) or found is None:
        assert found is None
    else:
        assert found.length_m <= slow + 1e-9
        assert slow <= WORST * found.length_m + 0.05 * 2 * (1 + len(found.points_m))
