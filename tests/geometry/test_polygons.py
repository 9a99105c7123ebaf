"""Floor polygons are checked in words, and measured."""

import math

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from allocentric.geometry.polygons import (
    area_m2,
    convex_area_m2,
    convex_gap_m,
    inside_share,
    polygon,
    union_area_m2,
)
from allocentric.seeds import stream

SQUARE = np.array([[0.0, 0], [4, 0], [4, 4], [0, 4]])
TURNED = np.array([[1.0, 0], [2, 1], [1, 2], [0, 1]])  # a square on its corner, its sides the root of two


def test_a_square_with_a_hole_has_the_area_between() -> None:
    assert area_m2(polygon(SQUARE)) == 16
    assert area_m2(polygon(SQUARE, [TURNED + 1])) == 14


def test_either_sense_of_rotation_makes_the_same_polygon() -> None:
    made = polygon(SQUARE[::-1], [TURNED + 1])
    assert made.exterior.is_ccw
    assert not made.interiors[0].is_ccw
    assert made.equals(polygon(SQUARE, [TURNED[::-1] + 1]))


@pytest.mark.parametrize(
    ("outline", "holes", "words"),
    [
        (SQUARE[:2], [], "outline of a polygon needs three different corners, and has 2"),
        (SQUARE[[0, 1, 0, 1]], [], "needs three different corners"),
        (SQUARE[[0, 2, 1, 3]], [], "cross"),
        (np.array([[0.0, 0], [1, 1], [2, 2]]), [], "enclose nothing"),
        (np.where(SQUARE == 4, np.nan, SQUARE), [], "corner 1 of the outline is not finite"),
        (SQUARE, [TURNED + 9], "cross|outside"),
        (SQUARE, [TURNED + 1, TURNED[:2]], "hole 1 of a polygon needs three"),
    ],
)
def test_what_is_no_polygon_is_refused_in_words(
    outline: np.ndarray, holes: list[np.ndarray], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        polygon(outline, holes)


def test_a_union_counts_what_overlaps_once() -> None:
    assert union_area_m2([box(0, 0, 2, 2), box(1, 0, 3, 2), box(9, 9, 10, 10)]) == 7
    assert union_area_m2([]) == 0


def test_the_hull_of_corners_in_any_order_has_the_area() -> None:
    corners = np.stack([SQUARE[[0, 2, 1, 3]], SQUARE * [1, 0]])
    assert convex_area_m2(corners).tolist() == [16, 0]


@pytest.mark.parametrize(
    ("shift", "gap"),
    [
        ((6, 0), 2.0),  # side to corner of a square on its corner
        (
            (7, 7.0),
            3.5 * math.sqrt(2),
        ),  # corner to side, aslant: (4, 4) to the side through (7, 8) and (8, 7)
        ((2, 1), 0.0),  # overlapping
        ((4, 0), 0.0),  # touching
        ((1, 1), 0.0),  # within
    ],
)
def test_footprints_stand_apart_by_hand(shift: tuple[float, float], gap: float) -> None:
    assert convex_gap_m(SQUARE[None], (TURNED + shift)[None]) == pytest.approx([gap], abs=1e-12)
    assert convex_gap_m((TURNED + shift)[None], SQUARE[None]) == pytest.approx([gap], abs=1e-12)


def test_footprints_stand_apart_by_the_widest_strip_between_them() -> None:
    """The slow twin: of two apart convex shapes the gap is the greatest separation over all directions."""
    rng = stream(1, "footprints")
    first, second = rng.normal(size=(2, 200, 5, 2)) + rng.normal(size=(2, 200, 1, 2)) * 3
    angles = np.linspace(0, 2 * np.pi, 20001)
    directions = np.stack([np.cos(angles), np.sin(angles)])
    strip = ((second @ directions).min(axis=1) - (first @ directions).max(axis=1)).max(axis=1)
    gaps = convex_gap_m(first, second)
    assert 0.1 < (gaps == 0).mean() < 0.5
    assert (gaps >= strip - 1e-12).all()
    np.testing.assert_allclose(gaps, np.maximum(strip, 0), atol=5e-4)  # as fine as the directions


def test_the_share_inside_is_of_the_inner_shape() -> None:
    assert inside_share(box(0, 0, 2, 1), box(1, -9, 9, 9)) == 0.5
    assert inside_share(box(0, 0, 2, 1), box(-1, -1, 9, 9)) == 1
    assert inside_share(box(0, 0, 2, 1), box(3, 0, 9, 9)) == 0
    with pytest.raises(ValueError, match="has none"):
        inside_share(Polygon(), box(0, 0, 1, 1))
    with pytest.raises(ValueError, match="has none"):
        inside_share(shapely.Point(0, 0), box(0, 0, 1, 1))
