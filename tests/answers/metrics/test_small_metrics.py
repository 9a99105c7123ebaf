"""Metrics of a few lines: factors, inverse errors, pairs, sizes, geolocation, tasks."""

import math

import pytest

from allocentric.answers.kinds import Expected
from allocentric.answers.metrics import METRICS, metric
from allocentric.errors import UnknownName

LENGTH, POINT, TEXT = Expected("length"), Expected("point"), Expected("text")


@pytest.mark.parametrize(
    ("value", "truth", "notebook", "port"),
    [
        (1.99, 1, 1, 1),
        (2, 1, 0, 1),
        (1, 2, 0, 1),
        (0.51, 1, 1, 1),
        (0.49, 1, 0, 0),
        (2.01, 1, 0, 0),
        (0, 1, 0, 0),
        (0, 0, 1, 1),
    ],
)
def test_a_factor_of_exactly_two_fails_in_the_notebook_and_passes_in_the_port(
    value: float, truth: float, notebook: float, port: float
) -> None:
    assert metric("within_factor_2").score(value, truth, LENGTH) == notebook
    assert metric("within_factor_2_vlmevalkit").score(value, truth, LENGTH) == port


def test_the_narrower_factor_is_one_and_a_half() -> None:
    score = metric("within_factor_1_5_vlmevalkit").score
    assert [score(value, 1.0, LENGTH) for value in (1.5, 1.51, 0.67, 0.66)] == [1, 0, 1, 0]


def test_no_factor_leads_from_one_sign_to_the_other() -> None:
    score = metric("within_factor_2").score
    assert [score(value, -1.0, LENGTH) for value in (-1.5, 1.0, 0.0)] == [1, 0, 0]
    assert score(1e308, 1e-308, LENGTH) == 0


def test_the_inverse_error_is_a_half_at_200_pixels_and_at_20_metres() -> None:
    assert metric("inverse_pixel_error").score((120.0, 160.0), (0.0, 0.0), POINT) == 0.5
    assert metric("inverse_metre_error").score(-17.0, 3.0, LENGTH) == 0.5
    assert metric("inverse_metre_error").score(None, 3.0, LENGTH) == 0.0


def test_a_pair_earns_half_for_each_part_in_any_order() -> None:
    score, truth = metric("pair_score").score, ("North", "near")
    told = [("near", "north"), ("north", "far"), ("near", "near"), ("south", "far"), ("north", "near", "far")]
    assert [score(each, truth, Expected("order")) for each in told] == [
        1.0,
        0.5,
        0.5,
        0.0,
        pytest.approx(2 / 3),
    ]


def test_a_location_falls_off_by_its_own_distance() -> None:
    score = metric("view_to_location").score
    assert score((3.0, 4.0), (3.0, 4.0), POINT) == 1.0
    assert score((0.0, 0.0), (3.0, 4.0), POINT) == pytest.approx(math.exp(-1))
    assert [score(at, (0.0, 0.0), POINT) for at in ((0.0, 0.0), (0.1, 0.0))] == [1.0, 0.0]


def test_sizes_are_scored_one_by_one() -> None:
    score = metric("size_list").score
    assert score("1, 5, 3", "1, 4, 3", TEXT) == pytest.approx((1 + 0.6 + 1) / 3)
    assert score("[1, 4]", "1, 4, 3", TEXT) == pytest.approx(2 / 3)
    assert score("1, 4, 3, 9", "1, 4, 3", TEXT) == pytest.approx(3 / 4)
    assert score("1, four, 3", "1, 4, 3", TEXT) == score("," * 100_000, "1, 4, 3", TEXT) == 0.0


def test_a_place_is_within_the_customary_distances_of_the_truth() -> None:
    paris, versailles, london = (48.8566, 2.3522), (48.8049, 2.1204), (51.5074, -0.1278)
    rules = ("within_1_km", "within_25_km", "within_200_km", "within_750_km", "within_2500_km")
    assert [metric(rule).score(versailles, paris, POINT) for rule in rules] == [0, 1, 1, 1, 1]
    assert [metric(rule).score(london, paris, POINT) for rule in rules] == [0, 0, 0, 1, 1]  # 344 km
    over_the_date_line = metric("within_25_km").score((0.0, 179.9), (0.0, -179.9), POINT)
    assert over_the_date_line == 1.0
    assert metric("within_2500_km").score((2.3522, 148.8566), paris, POINT) == 0.0
    assert metric("within_2500_km").score((148.8566, 2.3522), paris, POINT) == 0.0


def test_success_is_weighted_by_how_short_the_way_was() -> None:
    score = metric("path_weighted_success").score
    assert [score(walked, 5.0, LENGTH) for walked in (5.0, 10.0, 4.0, None)] == [1.0, 0.5, 1.0, 0.0]
    assert score(0.0, 0.0, LENGTH) == 1.0
    assert [
        metric("task_success").score(value, True, Expected("yes_no")) for value in (True, False, None, 1.0)
    ] == [
        1,
        0,
        0,
        0,
    ]


def test_metrics_have_names_of_their_own_and_a_wrong_name_its_near_miss() -> None:
    assert len({each.name for each in METRICS}) == len(METRICS)
    with pytest.raises(UnknownName, match="mra_vsi"):
        metric("mra_vsj")
