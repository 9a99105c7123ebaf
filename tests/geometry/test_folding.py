import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from allocentric.errors import BadInput
from allocentric.geometry.folding import Fold, Spot, folded, outlines, reflected, unfolded
from allocentric.scene.puzzles import Folding, puzzle_in
from allocentric.worlds.makers import make

SHEET = shapely.box(0, 0, 8, 8)
LEFT_OVER: Fold = ((0.0, 4.0), (8.0, 4.0))  # the left half onto the right
UP: Fold = ((6.0, 0.0), (6.0, 8.0))  # the lower half up
QUARTER: Fold = ((0.0, 4.0), (4.0, 4.0))  # the left quarter over the next


def tracked(folds: tuple[Fold, ...], holes: tuple[Spot, ...]) -> set[Spot]:
    """The slow twin: every half unit of the sheet is carried along; what ends at a hole was punched."""
    grid = np.arange(0.25, 8, 0.25).tolist()
    spots = [(x, y) for x in grid for y in grid]
    return {
        each for each in spots if any(np.hypot(*np.subtract(folded(each, folds), at)) < 1e-9 for at in holes)
    }


def rounded(spots: frozenset[Spot] | set[Spot]) -> set[Spot]:
    return {(round(x, 9), round(y, 9)) for x, y in spots}


def test_a_sheet_folded_into_quarters_has_four_holes() -> None:
    assert unfolded(SHEET, (LEFT_OVER, UP), ((7.0, 7.0),)) == {(7, 7), (1, 7), (7, 1), (1, 1)}


def test_a_hole_beside_what_was_turned_over_comes_back_once() -> None:
    """By hand: the flap of 2 lies over x from 2 to 4; one at 7 goes through one layer, at 3 through two."""
    assert unfolded(SHEET, (QUARTER,), ((7.0, 1.0), (3.0, 1.0))) == {(7, 1), (3, 1), (1, 1)}


def test_creases_are_gone_back_through_in_reverse_order() -> None:
    """Two folds of one direction: left half over (crease 4), then left half of that over (crease 6).

    A hole at 7.5 goes through four layers: 7.5 and 4.5 after the first unfolding, then 0.5 and 3.5. About the
    sheet's middle in the order of folding, as is done elsewhere, it would be only 7.5 and 0.5.
    """
    folds = (LEFT_OVER, ((4.0, 4.0), (8.0, 4.0)))
    assert unfolded(SHEET, folds, ((7.5, 1.0),)) == {(7.5, 1), (4.5, 1), (3.5, 1), (0.5, 1)}


@pytest.mark.parametrize("seed", range(40))
def test_unfolding_finds_each_point_that_folding_carries_to_a_hole(seed: int) -> None:
    puzzle = puzzle_in(make("folding", seed))
    assert isinstance(puzzle, Folding)
    found = unfolded(puzzle.sheet, puzzle.folds, puzzle.holes)
    assert rounded(found) == rounded(tracked(puzzle.folds, puzzle.holes))


@given(st.lists(st.sampled_from((LEFT_OVER, UP, QUARTER, ((4.0, 8.0), (4.0, 2.0)))), max_size=1), st.data())
def test_every_layer_under_a_hole_is_punched(folds: list[Fold], data: st.DataObject) -> None:
    x, y = (data.draw(st.integers(1, 31)) / 4 for _ in range(2))
    hole = (x + 0.125, y + 0.125)
    found = unfolded(SHEET, folds, (hole,))
    assert all(folded(each, folds) == hole for each in found)
    assert bool(found) == bool(outlines(SHEET, folds)[-1].covers(Point(hole)))


def test_reflecting_twice_changes_nothing() -> None:
    assert reflected(reflected((1.0, 2.5), UP), UP) == (1.0, 2.5)


def test_a_fold_beside_the_paper_is_refused() -> None:
    with pytest.raises(BadInput, match="fold 2 does not cross"):
        outlines(SHEET, (LEFT_OVER, ((0.0, 4.0), (2.0, 4.0))))
