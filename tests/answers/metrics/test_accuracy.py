import pytest

from allocentric.answers.kinds import CANNOT_TELL, AnswerKind, Expected, Placed, Value
from allocentric.answers.metrics.accuracy import accuracy, graded_count, set_f1

CASES: list[tuple[AnswerKind, Value | None, Value, float]] = [
    ("choice", "B", "B", 1),
    ("choice", "b", "B", 1),
    ("choice", "C", "B", 0),
    ("choice", None, "G", 0),
    ("choice", CANNOT_TELL, "A", 0),
    ("choice", CANNOT_TELL, CANNOT_TELL, 1),
    ("choice", "A", CANNOT_TELL, 0),
    ("choices", ("D", "B"), ("B", "D"), 1),
    ("choices", ("B",), ("B", "D"), 0),
    ("yes_no", True, True, 1),
    ("yes_no", 1.0, True, 0),
    ("yes_no", "yes", True, 0),
    ("count", 3.0, 3.0, 1),
    ("count", 3.0, 4.0, 0),
    ("count", True, 1.0, 0),
    ("length", 0.35000000000000003, 0.35, 1),
    ("length", -0.35, 0.35, 0),
    ("length", 0.0, 0.0, 1),
    ("direction", " Front  Left ", "front left", 1),
    ("order", ("Sofa", "tv"), ("sofa", "TV"), 1),
    ("order", ("tv", "sofa"), ("sofa", "tv"), 0),
    ("order", ("sofa",), ("sofa", "tv"), 0),
    ("route", ("left", "right"), ("left", "right"), 1),
    ("map", (Placed("a", 1, 2),), (Placed("a", 1, 2),), 1),
]


@pytest.mark.parametrize(("kind", "value", "truth", "score"), CASES, ids=str)
def test_each_kind_has_its_own_sameness(
    kind: AnswerKind, value: Value | None, truth: Value, score: float
) -> None:
    assert accuracy(value, truth, Expected(kind)) == score


def test_counts_are_graded_by_how_far_they_are_off() -> None:
    found = [graded_count(value, 0.0, Expected("count")) for value in (0, 1, -1, 2, 3, 0.5, 1e308, None)]
    assert found == [1.0, 0.3, 0.3, 0.1, 0.0, 0.3, 0.0, 0.0]


def test_a_set_earns_the_harmonic_mean_of_precision_and_recall() -> None:
    truth = ("a", "b", "c")  # two of four named are right, two of three are found: P = 1/2, R = 2/3
    assert set_f1(("a", "b", "x", "y"), truth, Expected("choices")) == pytest.approx(4 / 7)
    assert set_f1(("a", "a", "a"), truth, Expected("choices")) == pytest.approx(1 / 2)
    assert set_f1((), (), Expected("choices")) == 1.0
    assert set_f1((), truth, Expected("choices")) == 0.0
