"""The closest distance of boxes: cases measured by hand, laws, and agreement with slow solvers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import lsq_linear

from allocentric.geometry.box_distance import closest_points, gap_matrix_m, gap_row_m, gaps_m
from allocentric.geometry.boxes import Boxes, contains
from allocentric.seeds import stream
from tests.geometry.slow_boxes import any_turn, any_yaw, hard_pairs, room_boxes, slow_gaps_m, turned_by

EXACT_M = 1e-9  # the promise; what is asserted below is stricter where numbers are of the size of a room
HALF = np.sqrt(0.5)
UNTURNED = (0.0, 0.0, 0.0)
EIGHTH_ABOUT_X, EIGHTH_ABOUT_Y, EIGHTH_ABOUT_Z = np.eye(3) * np.pi / 4
CORNER_DOWN = np.arccos(1 / np.sqrt(3)) * np.array([HALF, -HALF, 0])  # turns (1, 1, 1) upright


def box(center: object, size: object, turn: object = UNTURNED) -> Boxes:
    """One box; `turn` is an axis times an angle in radians."""
    rows = [np.array([each], dtype=float) for each in (center, size, turn)]
    return Boxes(rows[0], rows[1], turned_by(rows[2]))


def gap(first: Boxes, second: Boxes) -> float:
    """The gap of one pair, after checking that every way of asking for it says the same."""
    from_points, first_m, second_m = closest_points(first, second)
    assert contains(first, first_m, 1e-12).all(), "the first point is not of the first box"
    assert contains(second, second_m, 1e-12).all(), "the second point is not of the second box"
    assert np.linalg.norm(second_m - first_m) == pytest.approx(from_points[0], abs=1e-12)
    assert gaps_m(first, second)[0] == pytest.approx(from_points[0], abs=1e-12)
    assert gaps_m(second, first)[0] == pytest.approx(from_points[0], abs=1e-12)
    return float(gaps_m(first, second)[0])


CUBE = box((0, 0, 0), (2, 2, 2))
PLATE = box((1, 1, 0), (2, 2, 0))
APART = {
    "face to face": (CUBE, box((5, 0.5, 0), (2, 2, 2)), 3.0),
    "face above face": (CUBE, box((0.5, 0, -4), (2, 2, 2)), 2.0),
    "edge along edge": (CUBE, box((5, 6, 0.5), (2, 2, 2)), 5.0),
    "corner to corner": (CUBE, box((4, 5, 8), (2, 2, 2)), 7.0),
    "corner to face": (CUBE, box((0.1, 0.2, 5), (2, 2, 2), CORNER_DOWN), 4 - np.sqrt(3)),
    "vertical edge to face": (CUBE, box((4, 0, 0), (2, 2, 9), EIGHTH_ABOUT_Z), 3 - np.sqrt(2)),
    "edge across edge": (
        box((0, 0, 0), (2, 2, 2), EIGHTH_ABOUT_X),
        box((0.2, -0.3, 5), (2, 2, 2), EIGHTH_ABOUT_Y),
        5 - 2 * np.sqrt(2),
    ),
    "crossed planks": (box((0, 0, 0), (4, 0.2, 0.2)), box((0.1, 0.1, 0.5), (0.2, 4, 0.2)), 0.3),
    "crossed planks that lean": (
        box((0, 0, 0), (4, 0.2, 0.2), EIGHTH_ABOUT_X),
        box((0, -0.5 * HALF, 0.5 * HALF), (0.2, 4, 0.2), EIGHTH_ABOUT_X),
        0.3,
    ),
    "a lath across one corner of a plate": (PLATE, box((2, 2, 0.5), (0.2, 9, 0.2), EIGHTH_ABOUT_Z), 0.4),
    "a star of two squares": (PLATE, box((1, 1, -1), (2, 2, 0), EIGHTH_ABOUT_Z), 1.0),
    "two points": (box((1, 1, 1), (0, 0, 0)), box((3, 4, 7), (0, 0, 0)), 7.0),
    "a point and a solid": (CUBE, box((4, 5, 0), (0, 0, 0)), 5.0),
    "a point beside its shadow on a plate": (PLATE, box((1, 1, 0.25), (0, 0, 0)), 0.25),
    "two skew needles": (box((0, 0, 0), (4, 0, 0)), box((1, 1, 2), (0, 4, 0)), 2.0),
    "two needles in line": (box((0, 0, 0), (4, 0, 0)), box((5, 0, 0), (4, 0, 0)), 1.0),
    "two plates of one plane": (PLATE, box((6, 7, 0), (2, 2, 0)), 5.0),
    "a sheet of a nanometre": (CUBE, box((0, 0, 1.5), (9, 9, 1e-9)), 0.5 - 5e-10),
    "a step of a nanometre": (CUBE, box((2 + 1e-9, 0, 0), (2, 2, 2)), 1e-9),
}
MEETING = {
    "identical": (CUBE, CUBE),
    "identical and turned": (box((1, 2, 3), (1, 2, 3), (0.3, 1, 2)), box((1, 2, 3), (1, 2, 3), (0.3, 1, 2))),
    "one inside the other": (CUBE, box((0.2, 0.1, 0), (0.5, 0.5, 0.5), (1, 2, 3))),
    "a face on a face": (CUBE, box((0.5, 0.5, 2), (2, 2, 2))),
    "an edge on an edge": (CUBE, box((2, 2, 0.5), (2, 2, 2))),
    "a corner on a corner": (CUBE, box((2, 2, 2), (2, 2, 2))),
    "tenths that do not add up in binary": (box((0, 0, 0.35), (1, 1, 0.7)), box((0, 0, 0.75), (1, 1, 0.1))),
    "crossed planks, each through the other": (box((0, 0, 0), (4, 1, 1)), box((0, 0, 0), (1, 4, 1))),
    "crossed leaning bars": (box((0, 0, 0), (9, 1, 1), (0.3, 1, 2)), box((0, 0, 0), (1, 1, 9), (1, 2, 0.1))),
    "a needle through a plate": (PLATE, box((1, 1, 0.3), (0, 0, 1), (0.3, 0.2, 0))),
    "two crossing plates": (PLATE, box((1, 1, 0), (2, 0, 2), (0.2, 0, 0))),
    "a plate within a plate": (PLATE, box((1, 1, 0), (0.5, 0.5, 0))),
    "a point in itself": (box((1, 2, 3), (0, 0, 0)), box((1, 2, 3), (0, 0, 0))),
    "a point on a face": (CUBE, box((0.5, 0.5, 1), (0, 0, 0))),
}


@pytest.mark.parametrize("case", APART)
def test_a_gap_measured_by_hand_comes_out(case: str) -> None:
    first, second, expected_m = APART[case]
    assert gap(first, second) == pytest.approx(expected_m, abs=1e-14)


@pytest.mark.parametrize("case", MEETING)
def test_boxes_that_meet_have_no_gap_and_one_point_in_common(case: str) -> None:
    first, second = MEETING[case]
    assert gap(first, second) == 0
    _, first_m, second_m = closest_points(first, second)
    assert first_m.tolist() == second_m.tolist()


@pytest.mark.parametrize("case", APART)
def test_a_city_away_from_the_origin_nothing_changes(case: str) -> None:
    first, second, expected_m = APART[case]
    there_m = np.array([5e5, 5.4e6, 100])
    moved = [Boxes(each.centers_m + there_m, each.sizes_m, each.rotations) for each in (first, second)]
    rounded_m = (moved[1].centers_m - moved[0].centers_m) - (second.centers_m - first.centers_m)
    assert gaps_m(*moved)[0] == pytest.approx(expected_m, abs=float(np.linalg.norm(rounded_m)) + 1e-13)


def test_the_closest_points_of_two_crossing_edges_are_where_they_cross() -> None:
    first, second, expected_m = APART["edge across edge"]
    _, first_m, second_m = closest_points(first, second)
    assert first_m[0] == pytest.approx([0.2, 0, np.sqrt(2)])
    assert second_m[0] == pytest.approx([0.2, 0, np.sqrt(2) + expected_m])


def test_the_closest_points_of_two_corners_are_the_corners() -> None:
    _, first_m, second_m = closest_points(*APART["corner to corner"][:2])
    assert first_m[0] == pytest.approx([1, 1, 1])
    assert second_m[0] == pytest.approx([3, 4, 7])


@pytest.mark.parametrize("seed", range(4))
def test_the_fast_solver_agrees_with_all_active_sets_on_hard_pairs(seed: int) -> None:
    first, second = hard_pairs(stream(seed, "hard"), 2500)
    assert np.abs(gaps_m(first, second) - slow_gaps_m(first, second)).max() < 1e-11


@pytest.mark.parametrize("seed", range(2))
def test_it_agrees_where_boxes_all_but_touch(seed: int) -> None:
    rng = stream(seed, "touching")
    first, second = hard_pairs(rng, 2000)
    gaps, first_m, second_m = closest_points(first, second)
    left_m = 10.0 ** rng.uniform(-14, -2, len(gaps))
    steps = (second_m - first_m) * (1 - left_m / np.maximum(gaps, left_m))[:, None]
    close = Boxes(second.centers_m - steps, second.sizes_m, second.rotations)
    gaps = gaps_m(first, close)
    assert np.median(gaps) < 1e-6
    assert np.abs(gaps - slow_gaps_m(first, close)).max() < 1e-11


def test_it_agrees_where_faces_are_all_but_parallel_and_all_but_touch() -> None:
    rng = stream(3, "faces")
    turns, leans_rad = (
        any_turn(rng, 4000),
        10.0 ** rng.uniform(-9, -5, (4000, 1)) * rng.normal(size=(4000, 3)),
    )
    low_m, high_m = rng.uniform(0.2, 9, (2, 4000, 3))
    apart_m = np.column_stack([rng.uniform(-4, 4, (4000, 2)), (low_m + high_m)[:, 2] / 2 + 0.3])
    lower = Boxes(np.zeros((4000, 3)), low_m, turns)
    upper = Boxes(np.einsum("pij,pj->pi", turns, apart_m), high_m, turns @ turned_by(leans_rad))
    gaps, lower_m, upper_m = closest_points(lower, upper)
    left_m = 10.0 ** rng.uniform(-12, -8, 4000)
    steps = (upper_m - lower_m) * (1 - left_m / gaps)[:, None]
    close = Boxes(upper.centers_m - steps, upper.sizes_m, upper.rotations)
    assert np.abs(closest_points(lower, close)[0] - slow_gaps_m(lower, close)).max() < 1e-11


def test_boxes_that_touch_still_touch_when_rounding_has_moved_them() -> None:
    rng = stream(4, "touch")
    turns, sizes_m = any_turn(rng, 1000), rng.uniform(0.1, 2, (1000, 3))
    beside_m = np.column_stack([sizes_m[:, 0], rng.uniform(-0.1, 0.1, (1000, 2))])
    first = Boxes(rng.uniform(-2, 2, (1000, 3)), sizes_m, turns)
    second = Boxes(first.centers_m + np.einsum("pij,pj->pi", turns, beside_m), sizes_m, turns)
    gaps, first_m, second_m = closest_points(first, second)
    assert (gaps == 0).all()
    assert (gaps_m(first, second) == 0).all()
    assert (first_m == second_m).all()


def test_it_agrees_with_a_library_of_least_squares() -> None:
    rng = stream(0, "library")
    first, second = room_boxes(rng, any_turn(rng, 60)), room_boxes(rng, any_turn(rng, 60))
    half_m = np.concatenate([first.sizes_m, second.sizes_m], axis=1) / 2
    columns = np.concatenate([first.rotations, -second.rotations], axis=2)
    for row, gap_m in enumerate(gaps_m(first, second)):
        apart_m = second.centers_m[row] - first.centers_m[row]
        solved = lsq_linear(columns[row], apart_m, (-half_m[row], half_m[row]), method="bvls", tol=1e-15)
        assert np.sqrt(2 * solved.cost) == pytest.approx(gap_m, abs=EXACT_M)


def test_no_shorter_way_exists_for_the_slab_between_the_points_holds_neither_box() -> None:
    rng = stream(5, "slab")
    first, second = room_boxes(rng, any_turn(rng, 5000)), room_boxes(rng, any_turn(rng, 5000))
    gaps, first_m, second_m = closest_points(first, second)
    apart = gaps > 1e-3
    axes = ((second_m - first_m)[apart] / gaps[apart, None])[:, :, None]
    highest = (first.corners_m()[apart] @ axes).max((1, 2))
    lowest = (second.corners_m()[apart] @ axes).min((1, 2))
    assert apart.sum() > 2500
    assert np.abs(lowest - highest - gaps[apart]).max() < 1e-11


def test_closest_points_lie_in_their_boxes_and_are_as_far_apart_as_the_gap_says() -> None:
    first, second = hard_pairs(stream(6, "points"), 5000)
    gaps, first_m, second_m = closest_points(first, second)
    for boxes, points_m in ((first, first_m), (second, second_m)):
        own_m = np.einsum("pij,pi->pj", boxes.rotations, points_m - boxes.centers_m)
        assert (np.abs(own_m) <= boxes.sizes_m / 2 + 1e-12).all()
    assert np.abs(np.linalg.norm(second_m - first_m, axis=1) - gaps).max() < 1e-13
    assert np.abs(gaps_m(first, second) - gaps).max() < 1e-11
    assert (first_m[gaps == 0] == second_m[gaps == 0]).all()


def test_the_plane_gives_upright_boxes_the_gap_that_they_keep_when_all_is_tilted() -> None:
    rng = stream(7, "upright")
    first, second = room_boxes(rng, any_yaw(rng, 5000)), room_boxes(rng, any_yaw(rng, 5000))
    tilt = turned_by(np.array([[0.3, -0.2, 0.1]]))[0]
    tilted = [Boxes(each.centers_m @ tilt.T, each.sizes_m, tilt @ each.rotations) for each in (first, second)]
    shifted = [1, 2, 0]  # the common axis is now the second's second, so the pair is not seen to be upright
    tilted[1] = Boxes(tilted[1].centers_m, tilted[1].sizes_m[:, shifted], tilted[1].rotations[:, :, shifted])
    assert np.abs(gaps_m(first, second) - gaps_m(tilted[0], tilted[1])).max() < 1e-12


def test_the_gap_of_a_pair_does_not_depend_on_its_company() -> None:
    first, second = hard_pairs(stream(8, "company"), 5000)
    together = gaps_m(first, second)
    for rows in (np.arange(7), np.array([4999]), np.arange(5000)[::-1]):
        assert np.abs(gaps_m(first.take(rows), second.take(rows)) - together[rows]).max() < 1e-11


def test_row_and_matrix_say_what_the_pairs_say() -> None:
    boxes, _ = hard_pairs(stream(9, "matrix"), 80)
    matrix = gap_matrix_m(boxes)
    firsts, seconds = np.indices((80, 80)).reshape(2, -1)
    assert np.abs(matrix.ravel() - gaps_m(boxes.take(firsts), boxes.take(seconds))).max() < 1e-11
    assert (matrix == matrix.T).all()
    assert (np.diag(matrix) == 0).all()
    assert np.abs(gap_row_m(boxes, 17) - matrix[17]).max() < 1e-11


def test_no_boxes_have_no_gaps() -> None:
    none = CUBE.take(slice(0, 0))
    assert gaps_m(none, none).shape == (0,)
    assert gap_matrix_m(none).shape == (0, 0)
    assert [each.shape for each in closest_points(none, none)] == [(0,), (0, 3), (0, 3)]


def test_rows_that_do_not_pair_up_are_refused() -> None:
    with pytest.raises(ValueError, match="2 first boxes and 1 second ones"):
        gaps_m(CUBE.take(np.array([0, 0])), CUBE)


metres = st.floats(-3, 3)
lengths = st.one_of(st.just(0.0), st.floats(1e-3, 2))
triples = st.tuples(metres, metres, metres)
one_box = st.builds(box, triples, st.tuples(lengths, lengths, lengths), st.one_of(st.just(UNTURNED), triples))


@given(first=one_box, second=one_box, move=triples, turn=triples)
def test_moving_and_turning_both_boxes_changes_no_gap(
    first: Boxes, second: Boxes, move: tuple[float, ...], turn: tuple[float, ...]
) -> None:
    rotation = turned_by(np.array([turn]))[0]
    moved = [
        Boxes(each.centers_m @ rotation.T + move, each.sizes_m, rotation @ each.rotations)
        for each in (first, second)
    ]
    assert gap(moved[0], moved[1]) == pytest.approx(gap(first, second), abs=1e-11)


@given(first=one_box, second=one_box, scale=st.floats(1e-3, 1e3))
def test_scaling_all_scales_the_gap(first: Boxes, second: Boxes, scale: float) -> None:
    large = [Boxes(scale * each.centers_m, scale * each.sizes_m, each.rotations) for each in (first, second)]
    assert gaps_m(large[0], large[1])[0] == pytest.approx(scale * gap(first, second), abs=scale * 1e-11)


@given(first=one_box, second=one_box, shares=st.tuples(*[st.floats(0, 1)] * 3))
def test_shrinking_a_box_never_shortens_the_gap(
    first: Boxes, second: Boxes, shares: tuple[float, ...]
) -> None:
    smaller = Boxes(first.centers_m, first.sizes_m * shares, first.rotations)
    assert gap(smaller, second) >= gap(first, second) - 1e-11


@given(first=one_box, second=one_box, third=one_box)
def test_a_way_through_a_third_box_is_no_short_cut(first: Boxes, second: Boxes, third: Boxes) -> None:
    through_m = gap(first, third) + gap(third, second) + np.linalg.norm(third.sizes_m)
    assert gap(first, second) <= through_m + 1e-11
