import numpy as np
import pytest

from allocentric.answers.kinds import Expected
from allocentric.answers.metrics import metric
from allocentric.answers.metrics.metric import Mask, Truth
from allocentric.errors import BadInput

POINTS = Expected("points")
SQUARE = ((2.0, 2.0), (6.0, 2.0), (6.0, 4.0), (2.0, 4.0))


def mask() -> Mask:
    inside = np.zeros((5, 8), dtype=bool)
    inside[2:4, 2:6] = True  # rows 2 and 3, columns 2 to 5
    return Mask(inside)


@pytest.mark.parametrize("truth", [mask(), SQUARE], ids=["mask", "outline"])
def test_the_share_of_points_inside_is_the_same_for_a_mask_and_its_outline(
    truth: Truth,
) -> None:
    share = metric("share_inside").score
    assert share(((2.5, 2.5), (5.9, 3.9), (1.9, 2.5), (2.5, 4.5)), truth, POINTS) == 0.5
    assert share((5.5, 3.5), truth, POINTS) == 1.0
    assert share((), truth, POINTS) == share(None, truth, POINTS) == share("left", truth, POINTS) == 0.0


def test_rows_are_y_and_columns_are_x() -> None:
    share = metric("share_inside").score
    assert share((5.0, 2.0), mask(), POINTS) == 1.0
    assert share((2.0, 5.0), mask(), POINTS) == 0.0


def test_points_outside_the_picture_are_misses_and_not_errors() -> None:
    share = metric("share_inside").score
    for away in ((-1.0, 2.5), (1e9, 2.5), (2.5, -3.0), (float("nan"), 2.0), (float("inf"), 2.0)):
        assert share((away,), mask(), POINTS) == 0.0


def test_the_first_point_alone_counts_where_the_release_says_so() -> None:
    first = metric("first_inside").score
    assert first(((2.5, 2.5), (0.0, 0.0)), SQUARE, POINTS) == 1.0
    assert first(((0.0, 0.0), (2.5, 2.5)), SQUARE, POINTS) == 0.0


def test_a_truth_that_is_no_region_is_refused() -> None:
    with pytest.raises(BadInput, match="no truth for points in a region"):
        metric("share_inside").score((1.0, 1.0), (1.0, 2.0), POINTS)
