import pytest

from allocentric.answers.kinds import Expected
from allocentric.answers.metrics import metric
from allocentric.answers.metrics.view_change import read_moves

TEXT = Expected("text")
TRUTH = "move_right:0.5,rotate_left:20"


def scores(value: str) -> list[float]:
    return [
        metric(name).score(value, TRUTH, TEXT)
        for name in ("view_change", "view_change_spar", "view_change_easi")
    ]


def test_the_true_move_is_perfect_in_all_three() -> None:
    assert scores(TRUTH) == [1.0, 1.0, 1.0]
    assert scores("rotate_right:-20,move_left:-0.5") == [1.0, 1.0, 1.0]


def test_no_move_at_all_earns_most_of_the_released_scores_and_nothing_of_the_mended_one() -> None:
    sound, spar, easi = scores("move_right:0")
    # Three axes at rest are full marks. Relative to the reply of 0, an error of 0.5 passes one threshold.
    assert spar == pytest.approx((3 + 0.1) / 5)
    assert easi == pytest.approx(3 / 5)
    assert sound == 0.0


def test_the_release_divides_by_the_reply_and_the_port_by_the_truth() -> None:
    # Twice too far: off by half of the reply, and by all of the truth.
    sound, spar, easi = scores("move_right:1,rotate_left:20")
    assert [spar, easi] == pytest.approx([(4 + 0.1) / 5, 4 / 5])
    assert sound == 0.5


def test_an_axis_that_should_have_been_at_rest_costs() -> None:
    assert metric("view_change").score(TRUTH + ",move_up:3", TRUTH, TEXT) == pytest.approx(2 / 3)


def test_what_cannot_be_read_is_nothing_in_the_release_and_no_move_in_the_port() -> None:
    sound, spar, easi = scores("I move to the right by 0.5")
    assert [sound, spar, easi] == pytest.approx([0, 0, 3 / 5])
    assert read_moves("a:1:2") is None
    assert read_moves("x" * 20_000) is None


def test_an_empty_reply_is_right_for_every_letter_in_spar_bench() -> None:
    score = metric("spar_exact_match").score
    assert [score(reply, letter, TEXT) for letter in "ABCD" for reply in ("", None)] == [1.0] * 8
    assert score("Because", "B", TEXT) == 1.0
    assert score("C", "B", TEXT) == 0.0
    assert metric("accuracy").score(None, "B", Expected("choice")) == 0.0
