"""Boxes, their corners and footprints, and points in and around them."""

import numpy as np
import pytest
from shapely.geometry import MultiPoint, Polygon

from allocentric.errors import BadInput
from allocentric.geometry.box_distance import gap_matrix_m, gaps_m
from allocentric.geometry.boxes import (
    SIGNS,
    Boxes,
    closest_on_boxes,
    contains,
    extent_along,
    footprints,
    point_gaps_m,
)
from allocentric.seeds import stream
from tests.geometry.slow_boxes import any_turn, any_yaw, hard_pairs, room_boxes, turned_by

QUARTER = turned_by(np.array([[0, 0, np.pi / 2]]))
TABLE = Boxes(np.array([[2.0, 1, 0.5]]), np.array([[2.0, 1, 1]]), QUARTER)  # its long side runs along y


def test_the_columns_of_a_rotation_are_the_axes_of_the_box() -> None:
    low, high = extent_along(TABLE, np.array([0.0, 3, 0]))
    assert (low[0], high[0]) == pytest.approx((0, 2))
    low, high = extent_along(TABLE, np.array([1.0, 0, 0]))
    assert (low[0], high[0]) == pytest.approx((1.5, 2.5))


def test_corners_come_in_the_order_of_their_signs() -> None:
    assert SIGNS[1].tolist() == [-1, -1, 1]
    # Its own x looks along the world's y, its own y against the world's x.
    assert TABLE.corners_m()[0, 0] == pytest.approx([2.5, 0, 0])
    assert TABLE.corners_m()[0, 7] == pytest.approx([1.5, 2, 1])


def test_boxes_never_change() -> None:
    centers_m = np.zeros((1, 3))
    boxes = Boxes(centers_m, np.ones((1, 3)), np.eye(3)[None])
    centers_m[0, 0] = 5
    assert boxes.centers_m[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        boxes.sizes_m[0, 0] = 2


def test_rows_are_taken_in_their_order_and_as_often_as_named() -> None:
    boxes, _ = hard_pairs(stream(0, "take"), 5)
    assert (boxes.take(np.array([3, 0, 3])).centers_m == boxes.centers_m[[3, 0, 3]]).all()
    assert len(boxes.take(boxes.centers_m[:, 0] > 99)) == 0


@pytest.mark.parametrize(
    ("centre", "size", "axes", "what"),
    [
        ([0, 0, np.nan], [1, 1, 1], np.eye(3), "not finite"),
        ([0, 0, 0], [1, np.inf, 1], np.eye(3), "not finite"),
        ([0, 0, 0], [1, 1, -1e-9], np.eye(3), "negative size"),
        ([0, 0, 0], [1, 1, 1], np.eye(3) * 2, "orthonormal"),
        ([0, 0, 0], [1, 1, 1], np.array([[1, 0.1, 0], [0, 1, 0], [0, 0, 1]]), "orthonormal"),
    ],
)
def test_what_is_no_box_is_refused_with_its_row(
    centre: list[float], size: list[float], axes: np.ndarray, what: str
) -> None:
    good = TABLE.centers_m[0], TABLE.sizes_m[0], TABLE.rotations[0]
    columns = [np.array([kept, bad], dtype=float) for kept, bad in zip(good, (centre, size, axes))]
    with pytest.raises(BadInput, match=f"{what}[^$]*row 1"):
        Boxes(*columns)


def test_a_point_outside_is_led_to_the_surface_and_one_inside_stays() -> None:
    points_m = np.array([[4.0, 1.5, 0.5], [2.0, 0.5, 0.7], [3.0, 3.0, 3.0]])
    assert closest_on_boxes(points_m, TABLE)[:, 0] == pytest.approx(
        np.array([[2.5, 1.5, 0.5], [2, 0.5, 0.7], [2.5, 2, 1]])
    )
    assert point_gaps_m(points_m, TABLE)[:, 0] == pytest.approx([1.5, 0, np.sqrt(0.25 + 1 + 4)])


def test_a_point_is_a_box_without_size() -> None:
    boxes, others = hard_pairs(stream(1, "points"), 40)
    points_m = others.centers_m
    dots = Boxes(np.repeat(points_m, 40, axis=0), np.zeros((1600, 3)), np.tile(np.eye(3), (1600, 1, 1)))
    by_boxes = gaps_m(dots, boxes.take(np.tile(np.arange(40), 40))).reshape(40, 40)
    assert np.abs(point_gaps_m(points_m, boxes) - by_boxes).max() < 1e-12
    ways_m = closest_on_boxes(points_m, boxes) - points_m[:, None]
    assert np.linalg.norm(ways_m, axis=2) == pytest.approx(by_boxes, abs=1e-12)


def test_a_box_contains_its_corners_and_nothing_outside() -> None:
    boxes = room_boxes(stream(2, "contains"), any_turn(stream(2, "turns"), 30))
    corners_m = boxes.corners_m()
    outward_m = corners_m + 0.01 * (corners_m - boxes.centers_m[:, None])
    for row in range(30):
        only = boxes.take(np.array([row]))
        assert contains(only, corners_m[row], slack_m=1e-12).all()
        assert not contains(only, outward_m[row]).any()
    assert contains(TABLE, np.array([[1.5, 0.0, 0.0]]), slack_m=1e-15).all(), "the surface is of the box"


def test_containing_and_a_gap_of_zero_are_one() -> None:
    boxes, others = hard_pairs(stream(3, "both"), 60)
    points_m = np.concatenate([others.centers_m, boxes.centers_m])
    assert (contains(boxes, points_m).T == (point_gaps_m(points_m, boxes) == 0)).all()


def test_an_extent_reaches_from_corner_to_corner() -> None:
    boxes, _ = hard_pairs(stream(4, "extent"), 200)
    axis = np.array([1.0, -2, 0.5])
    along = boxes.corners_m() @ axis / np.linalg.norm(axis)
    low, high = extent_along(boxes, axis)
    assert low == pytest.approx(along.min(1), abs=1e-12)
    assert high == pytest.approx(along.max(1), abs=1e-12)
    with pytest.raises(ValueError, match="no direction"):
        extent_along(boxes, np.zeros(3))


def test_an_upright_box_stands_on_its_four_corners_counterclockwise() -> None:
    (outline_m,) = footprints(TABLE)
    first = int(np.lexsort(outline_m.round(9).T)[0])  # the lowest corner, the leftmost of two
    from_there = np.roll(outline_m, -first, axis=0)
    assert from_there == pytest.approx(np.array([[1.5, 0], [2.5, 0], [2.5, 2], [1.5, 2]]))


def test_a_footprint_is_the_hull_of_the_corners_seen_from_above() -> None:
    rng = stream(5, "footprints")
    turns = np.concatenate([any_turn(rng, 100), any_yaw(rng, 100)])
    boxes = room_boxes(rng, turns)
    outlines_m = footprints(boxes)
    assert [len(outline_m) for outline_m in outlines_m] == [6] * 100 + [4] * 100
    for outline_m, corners_m in zip(outlines_m, boxes.corners_m()):
        hull = MultiPoint(corners_m[:, :2]).convex_hull
        assert Polygon(outline_m).exterior.is_ccw
        assert Polygon(outline_m).symmetric_difference(hull).area < 1e-12


def test_a_box_without_floor_area_has_a_line_or_a_point_for_a_footprint() -> None:
    sizes_m = np.array([[2.0, 0, 1], [0, 0, 1], [0, 0, 0], [0, 1, 0]])
    lines = Boxes(np.zeros((4, 3)), sizes_m, np.tile(np.eye(3), (4, 1, 1)))
    assert [outline_m.tolist() for outline_m in footprints(lines)] == [
        [[-1, 0], [1, 0]],
        [[0, 0]],
        [[0, 0]],
        [[0, -0.5], [0, 0.5]],
    ]


def test_footprints_of_upright_boxes_are_as_far_apart_as_the_boxes_on_one_floor() -> None:
    rng = stream(6, "floor")
    boxes = room_boxes(rng, any_yaw(rng, 30))
    floored = Boxes(boxes.centers_m * [1, 1, 0], boxes.sizes_m, boxes.rotations)
    matrix_m = gap_matrix_m(floored)
    outlines = [Polygon(outline_m) for outline_m in footprints(boxes)]
    for row, outline in enumerate(outlines):
        by_shapely = [outline.distance(other) for other in outlines]
        assert matrix_m[row] == pytest.approx(by_shapely, abs=1e-12)
