import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.answers.kinds import Box, Expected
from allocentric.answers.metrics import metric
from allocentric.answers.metrics.assignment import best_pairs
from allocentric.answers.metrics.boxes import (
    complete_iou,
    found_f1,
    generalized_iou,
    iou,
    matched_iou,
    overlap_and_union,
)

edges = st.integers(0, 20)
boxes = st.tuples(edges, edges, edges, edges).map(
    lambda at: (
        min(at[0], at[2]) + 0.0,
        min(at[1], at[3]) + 0.0,
        max(at[0], at[2]) + 1.0,
        max(at[1], at[3]) + 1.0,
    )
)
UNIT: Box = (0, 0, 2, 2)


def test_overlap_by_union_of_boxes_drawn_on_squared_paper() -> None:
    assert overlap_and_union(UNIT, (1, 1, 3, 3)) == (1.0, 7.0)
    assert iou(UNIT, (1, 1, 3, 3)) == 1 / 7
    assert iou(UNIT, (2, 0, 4, 2)) == 0.0
    assert iou(UNIT, (0, 0, 2, 1)) == 0.5
    assert iou(UNIT, (2, 2, 0, 0)) == 0.0  # turned inside out
    assert iou((1, 1, 1, 1), (1, 1, 1, 1)) == 1.0


def test_the_generalised_form_takes_off_the_empty_part_of_the_hull() -> None:
    assert generalized_iou(UNIT, UNIT) == 1.0
    assert generalized_iou(UNIT, (1, 1, 3, 3)) == pytest.approx(1 / 7 - 2 / 9)
    assert generalized_iou((0, 0, 1, 1), (9, 0, 10, 1)) == pytest.approx(-0.8)


def test_the_complete_form_takes_off_distance_and_difference_of_shape() -> None:
    assert complete_iou(UNIT, (2, 0, 4, 2)) == pytest.approx(-4 / 20)
    wide, tall = (-2.0, -1.0, 2.0, 1.0), (-1.0, -2.0, 1.0, 2.0)
    shape = 4 / math.pi**2 * (math.atan(2) - math.atan(0.5)) ** 2
    assert complete_iou(wide, tall) == pytest.approx(1 / 3 - shape**2 / (2 / 3 + shape))


@given(boxes, boxes)
def test_the_forms_agree_on_what_is_perfect_and_stay_in_their_bounds(one: Box, other: Box) -> None:
    assert 0 <= iou(one, other) == iou(other, one) <= 1
    assert -1 <= generalized_iou(one, other) <= iou(one, other)
    assert -1.5 <= complete_iou(one, other) <= iou(one, other)
    assert iou(one, one) == generalized_iou(one, one) == complete_iou(one, one) == 1.0


def test_boxes_are_paired_for_the_greatest_sum_and_not_greedily() -> None:
    # Greedy takes 2/3 of the first with the wide one and leaves the second nothing.
    right: tuple[Box, ...] = ((0, 0, 2, 1), (0, 0, 3, 1))
    assert matched_iou(((0, 0, 3, 1), (0, 0, 1.5, 1)), right) == pytest.approx((1 + 0.75) / 2)


def test_missing_and_surplus_boxes_cost_as_much() -> None:
    assert matched_iou((UNIT,), (UNIT, (5, 5, 6, 6))) == 0.5
    assert matched_iou((UNIT, (5, 5, 6, 6)), (UNIT,)) == 0.5
    assert found_f1((UNIT, (5, 5, 6, 6)), (UNIT,)) == pytest.approx(2 / 3)
    assert matched_iou((), ()) == found_f1((), ()) == 1.0
    assert matched_iou((), (UNIT,)) == found_f1((UNIT,), ()) == 0.0


def test_a_reply_of_thousands_of_boxes_is_not_worth_the_work() -> None:
    assert metric("matched_iou").score((UNIT,) * 1001, (UNIT,), Expected("boxes")) == 0.0


def brute_force(likeness: np.ndarray) -> float:
    rows, columns = likeness.shape
    if rows > columns:
        return brute_force(likeness.T)
    chosen = itertools.permutations(range(columns), rows)
    return float(max(likeness[np.arange(rows), list(each)].sum() for each in chosen))


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 2**32 - 1), st.booleans())
def test_pairing_finds_the_sum_that_trying_all_finds(
    rows: int, columns: int, seed: int, coarse: bool
) -> None:
    likeness = np.random.default_rng(seed).random((rows, columns))
    likeness = np.round(likeness * 3) / 3 if coarse else likeness
    pairs = best_pairs(likeness)
    assert len(pairs) == min(rows, columns)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(likeness[pair] for pair in pairs) == pytest.approx(brute_force(likeness))
