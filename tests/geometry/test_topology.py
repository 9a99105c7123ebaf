"""How shapes lie to each other: cases drawn by hand, and the laws of the nine words."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import from_wkt

from allocentric.geometry.topology import CONVERSE, topology_of, topology_within

SQUARE = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"
RING = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (3 3, 7 3, 7 7, 3 7, 3 3))"
TWO = "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((6 6, 9 6, 9 9, 6 9, 6 6)))"

# What the first is to the second, read off the drawing.
CASES = [
    (SQUARE, "POLYGON ((20 0, 30 0, 30 10, 20 10, 20 0))", "disjoint"),
    (SQUARE, "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))", "touches"),  # a side
    (SQUARE, "POLYGON ((10 10, 20 10, 20 20, 10 20, 10 10))", "touches"),  # a corner
    (SQUARE, "POLYGON ((10 4, 20 4, 20 6, 10 6, 10 4))", "touches"),  # a part of a side
    (SQUARE, "POLYGON ((5 5, 15 5, 15 15, 5 15, 5 5))", "overlaps"),
    (SQUARE, "POLYGON ((-5 4, 15 4, 15 6, -5 6, -5 4))", "overlaps"),  # as a cross
    (SQUARE, "POLYGON ((2 2, 4 2, 4 4, 2 4, 2 2))", "contains"),
    (SQUARE, "POLYGON ((0 2, 4 2, 4 4, 0 4, 0 2))", "covers"),  # along a side
    (SQUARE, "POLYGON ((0 5, 5 2, 5 8, 0 5))", "covers"),  # at one point of a side
    (SQUARE, "POLYGON ((10 10, 0 10, 0 0, 10 0, 10 10))", "equals"),  # from another corner
    (SQUARE, "POLYGON ((0 0, 5 0, 10 0, 10 10, 0 10, 0 0))", "equals"),  # with one more corner
    (RING, SQUARE, "covered by"),
    (RING, "POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))", "disjoint"),  # in the hole
    (RING, "POLYGON ((3 3, 7 3, 7 7, 3 7, 3 3))", "touches"),  # fills the hole
    (RING, "POLYGON ((3 4, 5 4, 5 6, 3 6, 3 4))", "touches"),  # in the hole, at its side
    (RING, "POLYGON ((2 2, 8 2, 8 8, 2 8, 2 2))", "overlaps"),  # over the hole and its rim
    (RING, "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))", "contains"),
    (RING, "POLYGON ((1 1, 9 1, 9 9, 1 9, 1 1), (2 2, 8 2, 8 8, 2 8, 2 2))", "contains"),  # a ring in it
    (RING, "POLYGON ((-1 -1, 11 -1, 11 11, -1 11, -1 -1))", "inside"),
    (TWO, SQUARE, "covered by"),  # two sides of one part lie on it
    (TWO, "POLYGON ((6 6, 9 6, 9 9, 6 9, 6 6))", "covers"),  # one of its parts
    (TWO, "POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))", "touches"),  # between its parts
    (TWO, "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))", "contains"),
    (TWO, "POLYGON ((3 3, 7 3, 7 7, 3 7, 3 3))", "overlaps"),
    (TWO, "POLYGON ((4.5 0, 5.5 0, 5.5 5, 4.5 5, 4.5 0))", "disjoint"),
    ("LINESTRING (-5 5, 15 5)", SQUARE, "crosses"),
    ("LINESTRING (-5 5, 5 5)", SQUARE, "crosses"),
    ("LINESTRING (2 2, 8 8)", SQUARE, "inside"),
    ("LINESTRING (0 0, 10 10)", SQUARE, "covered by"),  # from corner to corner
    ("LINESTRING (0 5, 5 5)", SQUARE, "covered by"),  # from a side
    ("LINESTRING (0 0, 10 0)", SQUARE, "touches"),  # along a side
    ("LINESTRING (-5 0, 15 0)", SQUARE, "touches"),
    ("LINESTRING (10 5, 15 5)", SQUARE, "touches"),
    ("LINESTRING (12 0, 12 10)", SQUARE, "disjoint"),
    ("LINESTRING (4 4, 6 6)", RING, "disjoint"),  # in the hole
    ("LINESTRING (1 5, 9 5)", RING, "crosses"),  # over the hole
    ("LINESTRING (3 5, 7 5)", RING, "touches"),  # across the hole
    ("MULTILINESTRING ((1 1, 2 2), (20 20, 21 21))", SQUARE, "crosses"),  # one in, one out
    ("LINESTRING (0 0, 10 0)", "LINESTRING (5 -5, 5 5)", "crosses"),
    ("LINESTRING (0 0, 10 0)", "LINESTRING (5 0, 5 5)", "touches"),  # an end on the other
    ("LINESTRING (0 0, 10 0)", "LINESTRING (10 0, 20 5)", "touches"),  # end to end
    ("LINESTRING (0 0, 10 0)", "LINESTRING (5 0, 15 0)", "overlaps"),
    ("LINESTRING (0 0, 10 0)", "LINESTRING (2 0, 8 0)", "contains"),
    ("LINESTRING (0 0, 10 0)", "LINESTRING (0 0, 8 0)", "covers"),  # from its end
    ("LINESTRING (0 0, 10 0)", "LINESTRING (10 0, 5 0, 0 0)", "equals"),
    ("LINESTRING (0 0, 10 0)", "LINESTRING (0 1, 10 1)", "disjoint"),
    ("LINESTRING (0 0, 10 0, 10 10, 0 10, 0 0)", SQUARE, "touches"),  # its own outline
    ("POINT (5 5)", SQUARE, "inside"),
    ("POINT (10 5)", SQUARE, "touches"),
    ("POINT (10 10)", SQUARE, "touches"),
    ("POINT (11 5)", SQUARE, "disjoint"),
    ("POINT (5 5)", RING, "disjoint"),
    ("POINT (3 5)", RING, "touches"),  # at the rim of the hole
    ("POINT (5 0)", "LINESTRING (0 0, 10 0)", "inside"),
    ("POINT (0 0)", "LINESTRING (0 0, 10 0)", "touches"),  # at its end
    ("POINT (5 1)", "LINESTRING (0 0, 10 0)", "disjoint"),
    ("POINT (0 0)", "LINESTRING (0 0, 5 5, 10 0, 0 0)", "inside"),  # a closed line has no ends
    ("POINT (1 1)", "POINT (1 1)", "equals"),
    ("POINT (1 1)", "POINT (1 2)", "disjoint"),
    ("POINT (1 1)", "MULTIPOINT (1 1, 2 2)", "inside"),
    ("MULTIPOINT (1 1, 2 2)", "MULTIPOINT (2 2, 3 3)", "overlaps"),
    ("MULTIPOINT (5 5, 20 20)", SQUARE, "crosses"),
    ("MULTIPOINT (10 5, 20 20)", SQUARE, "touches"),
    ("MULTIPOINT (1 1, 2 2)", SQUARE, "inside"),
    ("MULTIPOINT (5 0, 20 20)", "LINESTRING (0 0, 10 0)", "crosses"),
]


@pytest.mark.parametrize(("first", "second", "word"), CASES)
def test_shapes_lie_to_each_other_as_drawn_and_the_other_way_round(
    first: str, second: str, word: str
) -> None:
    assert topology_of(from_wkt(first), from_wkt(second)) == word
    assert (
        topology_of(from_wkt(second), from_wkt(first))
        == CONVERSE[topology_of(from_wkt(first), from_wkt(second))]
    )


@pytest.mark.parametrize(("first", "second", "word"), CASES)
def test_a_small_snap_changes_no_word_of_the_drawings(first: str, second: str, word: str) -> None:
    told, clear = topology_within(from_wkt(first), from_wkt(second), 1e-3)
    assert (told, clear >= 0) == (word, True)
    assert topology_within(from_wkt(first), from_wkt(second))[0] == word


@pytest.mark.parametrize(("first", "second", "word"), CASES)
def test_carried_turned_and_mirrored_together_two_shapes_lie_as_before(
    first: str, second: str, word: str
) -> None:
    for turn in ([[0, 1], [-1, 0]], [[-1, 0], [0, 1]]):
        moved = [
            shapely.transform(from_wkt(each), lambda at, turn=turn: at @ np.array(turn) * 2 + (7.0, -3.0))
            for each in (first, second)
        ]
        assert topology_of(*moved) == word


def test_there_is_one_word_for_each_pair_of_all_shapes_of_the_drawings() -> None:
    shapes = [from_wkt(each) for each in dict.fromkeys(text for case in CASES for text in case[:2])]
    for first, second in itertools.combinations(shapes, 2):
        word = topology_of(first, second)
        assert topology_of(second, first) == CONVERSE[word]
        assert (word == "disjoint") == (not first.intersects(second))
        assert (word in ("contains", "covers", "equals")) == (
            bool(first.covers(second)) and word != "touches"
        )


@pytest.mark.parametrize(
    ("first", "second", "clear"),
    [
        (SQUARE, "POLYGON ((13 0, 20 0, 20 10, 13 10, 13 0))", 3.0),  # disjoint: their gap
        ("POINT (4 5)", SQUARE, 4.0),  # inside: to the nearest side
        ("POLYGON ((2 2, 4 2, 4 4, 2 4, 2 2))", SQUARE, 2.0),
        (SQUARE, "POLYGON ((8 0, 20 0, 20 10, 8 10, 8 0))", 1.0),  # overlaps by a strip 2 wide
        ("LINESTRING (0 0, 10 0)", "LINESTRING (5 -3, 5 9)", 3.0),  # crosses: an end 3 off
        (SQUARE, "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))", 0.0),  # touches: the least motion ends it
        (SQUARE, SQUARE, 0.0),
    ],
)
def test_how_clear_a_word_is(first: str, second: str, clear: float) -> None:
    assert topology_within(from_wkt(first), from_wkt(second))[1] == pytest.approx(clear, abs=1e-3)


def test_a_snap_joins_what_is_nearly_so_and_tells_how_nearly() -> None:
    square = from_wkt(SQUARE)
    for shift, word, clear in ((10.2, "touches", 0.3), (9.8, "touches", 0.4), (12.0, "disjoint", 1.5)):
        beside = shapely.box(shift, 0, shift + 10, 10)
        told = topology_within(square, beside, 0.5)
        assert told[0] == word, shift
        assert told[1] == pytest.approx(clear, abs=1e-2), shift
    assert topology_within(square, shapely.box(0.1, 0.1, 10.2, 10), 0.5)[0] == "equals"
    assert topology_within(square, shapely.box(0.1, 2, 5, 5), 0.5)[0] == "covers"
    assert topology_within(square, shapely.box(-0.3, 2, 5, 5), 0.5)[0] == "covers"
    assert topology_within(square, shapely.box(1, 2, 5, 5), 0.5)[0] == "contains"
    line = from_wkt("LINESTRING (0 0, 10 0)")
    assert topology_within(shapely.Point(5, 0.1), line, 0.5)[0] == "inside"
    assert topology_within(shapely.Point(0.1, 0.1), line, 0.5)[0] == "touches"
    assert topology_within(from_wkt("LINESTRING (0 0.1, 10 0.1)"), line, 0.5)[0] == "equals"


corner = st.integers(0, 6)
boxes = st.tuples(corner, corner, st.integers(1, 5), st.integers(1, 5)).map(
    lambda at: shapely.box(at[0], at[1], at[0] + at[2], at[1] + at[3])
)


@given(boxes, boxes, st.sampled_from([0.0, 0.25]))
def test_on_whole_numbers_a_snap_below_a_half_changes_nothing(
    first: shapely.Polygon, second: shapely.Polygon, snap: float
) -> None:
    word, clear = topology_within(first, second, snap)
    assert word == topology_of(first, second)
    assert clear >= 0
    assert topology_within(second, first, snap)[0] == CONVERSE[word]
