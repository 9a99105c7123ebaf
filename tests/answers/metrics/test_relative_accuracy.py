import numpy as np
import pytest

from allocentric.answers.metrics.relative_accuracy import mean_relative_accuracy_vsi


@pytest.mark.parametrize(
    ("given", "truth", "score"),
    [
        (1.05, 1, 1.0),
        (1.5, 1, 0.1),
        (5, 4, 0.6),
        (6, 5, 0.6),
        (9, 10, 0.9),
        (105, 100, 1.0),
        (1.8, 2, 0.9),
        (4, 3, 0.4),
        (2, 2, 1.0),
        (0, 3, 0.0),
    ],
)
def test_the_published_pairs_score_as_the_release_scores_them(
    given: float, truth: float, score: float
) -> None:
    assert mean_relative_accuracy_vsi(given, truth) == pytest.approx(score, abs=1e-12)


def test_the_thresholds_are_the_release_own_binary_numbers() -> None:
    # The release counts its points as int((0.95 - 0.5) / 0.05 + 2), which comes to 10, not 11.
    thresholds = np.linspace(0.5, 0.95, int((0.95 - 0.5) / 0.05 + 2))
    for step in range(1, 200):
        given = step / 100
        expected = np.mean(abs(given - 1) <= 1 - thresholds)
        assert mean_relative_accuracy_vsi(given, 1) == pytest.approx(float(expected), abs=1e-12)


def test_a_truth_of_zero_is_refused_rather_than_divided_by() -> None:
    with pytest.raises(ValueError, match="not defined"):
        mean_relative_accuracy_vsi(1, 0)
