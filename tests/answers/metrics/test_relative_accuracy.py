from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.answers.kinds import Expected
from allocentric.answers.metrics import metric
from allocentric.answers.metrics.relative_accuracy import (
    mean_relative_accuracy_exact,
    mean_relative_accuracy_vsi,
)
from allocentric.errors import BadInput

VARIANTS = ("vsi", "v2l", "strict", "strict_linspace", "evo11", "exact")
GOLDEN: dict[tuple[float, float], tuple[float, ...]] = {  # of the field's released codes, three digits
    (1.05, 1): (1.0, 0.9, 0.9, 0.9, 1.0, 1.0),
    (1.5, 1): (0.1, 0.1, 0, 0, 0.091, 0.1),
    (5, 4): (0.6, 0.6, 0.5, 0.5, 0.545, 0.6),
    (6, 5): (0.6, 0.6, 0.6, 0.6, 0.636, 0.7),
    (9, 10): (0.9, 0.8, 0.8, 0.9, 0.818, 0.9),
    (105, 100): (1.0, 1.0, 0.9, 1.0, 1.0, 1.0),
    (1.8, 2): (0.9, 0.9, 0.8, 0.9, 0.818, 0.9),
    (4, 3): (0.4, 0.4, 0.4, 0.4, 0.364, 0.4),
}
LENGTH = Expected("length")


def scored(variant: str, value: float | None, truth: float) -> float:
    return metric(f"mra_{variant}").score(value, truth, LENGTH)


@pytest.mark.parametrize("pair", GOLDEN, ids=str)
def test_each_variant_scores_the_published_pairs_as_its_release_does(pair: tuple[float, float]) -> None:
    found = [scored(variant, *pair) for variant in VARIANTS]
    assert found == pytest.approx(GOLDEN[pair], abs=6e-4)


def test_the_thresholds_are_the_release_own_binary_numbers() -> None:
    # The release counts its points as int((0.95 - 0.5) / 0.05 + 2), which comes to 10, not 11.
    thresholds = np.linspace(0.5, 0.95, int((0.95 - 0.5) / 0.05 + 2))
    for step in range(1, 200):
        value = step / 100
        expected = np.mean(abs(value - 1) <= 1 - thresholds)
        assert mean_relative_accuracy_vsi(value, 1) == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize("variant", VARIANTS)
def test_at_a_truth_of_zero_zero_is_right_and_far_off_is_wrong(variant: str) -> None:
    assert scored(variant, 0, 0) == 1.0
    assert scored(variant, 1, 0) == 0.0


def test_at_a_truth_of_zero_only_video2layout_takes_the_absolute_error() -> None:
    found = {variant: scored(variant, 0.22, 0) for variant in VARIANTS}
    assert {variant for variant, score in found.items() if score > 0} == {"v2l"}
    assert scored("vlmevalkit", 0.22, 0) == found["v2l"] == 0.6


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("pair", GOLDEN, ids=str)
def test_a_negative_truth_is_scored_as_its_mirror_image(variant: str, pair: tuple[float, float]) -> None:
    assert scored(variant, -pair[0], -pair[1]) == scored(variant, *pair)
    assert scored(variant, pair[0], -pair[1]) == 0.0


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_was_not_read_scores_nothing(variant: str) -> None:
    assert scored(variant, None, 4.0) == 0.0
    assert metric(f"mra_{variant}").score("four", 4.0, LENGTH) == 0.0
    assert metric(f"mra_{variant}").score(float("nan"), 4.0, LENGTH) == 0.0


def test_a_truth_that_is_no_number_is_refused() -> None:
    with pytest.raises(BadInput, match="no truth for mra_vsi"):
        metric("mra_vsi").score(4.0, "four", LENGTH)


@given(st.integers(1, 5000), st.integers(1, 5000), st.sampled_from([1, 10, 100, 1000]))
def test_the_exact_variant_does_not_change_with_the_unit(value: int, truth: int, unit: int) -> None:
    assert mean_relative_accuracy_exact(value / unit, truth / unit) == mean_relative_accuracy_exact(
        value, truth
    )


@given(st.integers(-300, 300), st.integers(1, 300))
def test_the_exact_variant_counts_the_rational_bounds(value: int, truth: int) -> None:
    error = Fraction(abs(value - truth), truth)
    expected = sum(error <= Fraction(k, 20) for k in range(1, 11)) / 10
    assert mean_relative_accuracy_exact(value, truth) == expected


def test_spatialbench_own_script_differs_from_the_paper_at_the_ninth_threshold() -> None:
    assert scored("strict_linspace", 9, 10) == 0.9
    assert scored("spatialbench", 9, 10) == 0.8


def test_osi_bench_takes_little_for_standing_still_and_negative_for_little() -> None:
    assert [scored("osi", value, 0.0) for value in (0.29, 0.3, 0.4, 9.0, -9.0)] == [1.0, 1.0, 0.4, 0.0, 1.0]
    assert [scored("still", value, 0.0) for value in (0.29, -0.29, 9.0, -9.0)] == [1.0, 1.0, 0.0, 0.0]
    assert scored("osi_path", 1.9, 0.0) == 1.0
    assert scored("osi", 5, 4) == 0.6
