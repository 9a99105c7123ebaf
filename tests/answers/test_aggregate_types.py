import json
from collections.abc import Sequence

import pytest

from allocentric.answers.aggregate import Rows, value
from allocentric.answers.aggregate_types import SPAR_LEVELS, SPATIALBENCH_LEVELS, VSI
from allocentric.answers.aggregates import AGGREGATIONS, aggregation
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import numbers
from allocentric.errors import UnknownName


def rows(table: dict[str, Sequence[float | None]], group: str = "") -> list[Scored]:
    """Rows by type; None is a failure."""
    return [
        Scored(
            id=f"{name}-{place}",
            type=name,
            score=score,
            state="failed" if score is None else "scored",
            group=group,
        )
        for name, scores in table.items()
        for place, score in enumerate(scores)
    ]


def told(name: str, given: Rows) -> dict[str, float | None]:
    return {each.name: each.value for each in numbers(given, aggregation(name), draws=10)}


def test_the_plain_mean_is_over_rows_and_the_other_over_types() -> None:
    given = rows({"a": [1, 1, 1], "b": [0]})
    assert told("mean", given) == {"overall": 0.75, "a": 1.0, "b": 0.0}
    assert told("mean_of_types", given)["overall"] == 0.5
    assert told("blink", given)["overall"] == 0.5


def test_vsi_averages_the_three_directions_before_the_eight_tasks() -> None:
    easy, medium, hard = VSI["object_rel_direction"]
    given = rows(
        {easy: [1, 1], medium: [0.5], hard: [0], "object_counting": [0.3], "room_size_estimation": [0.9, 0.3]}
    )
    found = told("vsi", given)
    assert found["object_rel_direction"] == pytest.approx(0.5)
    assert found["overall"] == pytest.approx((0.5 + 0.3 + 0.6) / 3)
    assert found[easy] == 1.0


def test_a_grade_of_direction_that_is_not_asked_is_nothing_officially_and_left_out_soundly() -> None:
    easy, _, hard = VSI["object_rel_direction"]
    given = rows({easy: [1, 1], hard: [0.4], "object_counting": [0.3]})
    official, sound = told("vsi_released", given), told("vsi", given)
    assert official["object_rel_direction"] == pytest.approx(1.4 / 3)
    assert official["overall"] == pytest.approx((1.4 / 3 + 0.3) / 2)
    assert sound["object_rel_direction"] == pytest.approx(0.7)
    assert told("vsi_released", rows({"object_counting": [0.3]}))["overall"] == pytest.approx(0.15)


def test_revsi_averages_its_subtypes_before_the_groups() -> None:
    given = rows(
        {
            "object_rel_direction_forward_easy": [1],
            "object_rel_direction_backward_hard": [0, 0, 0],
            "object_counting_single": [1],
            "object_counting_multiple": [0.2],
            "route_planning": [1, 0],
        }
    )
    found = told("revsi", given)
    assert found["object_rel_direction"] == 0.5
    assert found["object_counting"] == pytest.approx(0.6)
    assert found["overall"] == pytest.approx((0.5 + 0.6 + 0.5) / 3)


def test_spar_has_the_mean_of_tasks_and_of_each_level() -> None:
    given = rows(
        {
            "depth_prediction_oc": [1, 0],
            "distance_prediction_oo": [1],
            "position_matching": [0.25],
            "spatial_imagination_oo": [1, 1, 0, 0],
        }
    )
    assert told("spar", given) == {
        "overall": pytest.approx((0.5 + 1 + 0.25 + 0.5) / 4),
        "depth_prediction_oc": 0.5,
        "distance_prediction_oo": 1.0,
        "position_matching": 0.25,
        "spatial_imagination_oo": 0.5,
        "low": 0.75,
        "middle": 0.25,
        "high": 0.5,
    }
    assert [len(SPAR_LEVELS[level]) for level in ("low", "middle", "high")] == [8, 3, 9]


def test_the_capability_score_weighs_five_levels() -> None:
    given = rows(
        {
            "object_counting": [1, 0],
            "room_size": [1, 1],
            "appearance_order": [0.5],
            "affordance": [0],
            "spatial_causal_reasoning": [1],
            "route_plan": [0, 1],
        }
    )
    found = told("spatialbench", given)
    weights = {
        "observation": 0.0944,
        "topology": 0.1564,
        "symbolic": 0.1759,
        "causality": 0.2592,
        "planning": 0.3141,
    }
    levels = {"observation": 0.75, "topology": 0.5, "symbolic": 0.0, "causality": 1.0, "planning": 0.5}
    assert {name: found[name] for name in levels} == levels
    assert found["overall"] == pytest.approx(
        sum(weights[name] * levels[name] for name in levels) / sum(weights.values())
    )
    assert sum(map(len, SPATIALBENCH_LEVELS.values())) == 15


def test_a_level_without_rows_takes_its_weight_with_it() -> None:
    assert told("spatialbench", rows({"affordance": [1], "route_plan": [0]}))["overall"] == pytest.approx(
        0.1759 / (0.1759 + 0.3141)
    )


def test_cv_bench_averages_two_sources_before_two_and_three_dimensions() -> None:
    given = [
        *rows({"Count": [1, 1, 1, 0]}, group="ADE20K"),
        *rows({"Relation": [0.0, 1]}, group="COCO"),
        *rows({"Depth": [0.0, 0, 0, 1]}, group="Omni3D"),
    ]
    found = told("cv_bench", given)
    assert (found["2D"], found["3D"]) == (0.625, 0.25)
    assert found["overall"] == pytest.approx(0.4375)


def test_what_is_above_chance_is_taken_by_what_could_be() -> None:
    given = [
        Scored(id="1", score=1.0, chance=0.25, type="a"),
        Scored(id="2", score=0.0, chance=0.25, type="a"),
        Scored(id="3", score=1.0, chance=0.5, type="b"),
        Scored(id="4", score=1.0, type="b"),  # a number: no chance level, it does not count
    ]
    found = told("chance_adjusted", given)
    assert found["overall"] == pytest.approx((0.75 - 0.25 + 0.5) / (0.75 + 0.75 + 0.5))
    assert [found["a"], found["b"]] == pytest.approx([1 / 3, 1.0])


def test_guessing_comes_to_nothing_above_chance() -> None:
    given = [Scored(id=str(each), score=0.25, chance=0.25) for each in range(8)]
    assert numbers(given, aggregation("chance_adjusted"))[0].chance == 0.0
    assert told("chance_adjusted", given)["overall"] == 0.0


def test_spacedg_leaves_graded_rows_out_of_its_overall() -> None:
    given = [*rows({"choice": [1, 0]}, group="MCQ"), *rows({"sizes": [0.9]}, group="SIZE_LIST")]
    found = told("spacedg", given)
    assert (found["overall"], found["graded"]) == (0.5, 0.9)
    assert told("mean_of_types", given)["overall"] == pytest.approx(0.7)


def test_drivemllm_scores_the_mean_error_of_what_was_read_and_tells_the_share() -> None:
    errors_m = (0.0, 40.0)  # scores 1 and 1/3; the mean error of 20 m scores 1/2
    given = [
        *(Scored(id=f"d{error}", type="dz", score=1 / (1 + 0.05 * error)) for error in errors_m),
        Scored(id="unread", type="dz", score=0.0, state="unread"),
        Scored(id="hit", type="left", group="mean", score=1.0),
        Scored(id="miss", type="left", group="mean", score=0.0),
    ]
    found = told("drivemllm", given)
    assert found["dz"] == pytest.approx(0.5)
    assert found["left"] == 0.5
    assert found["effective_ratio"] == 0.8


def test_stare_takes_f1_of_yes_where_yes_or_no_is_asked() -> None:
    answers = [(True, True), (True, True), (False, True), (True, False), (False, False), (None, True)]
    given = [
        Scored(id=str(k), type="fold", value=value, truth=truth, score=float(value is truth))
        for k, (value, truth) in enumerate(answers)
    ]
    found = told("stare", [*given, *rows({"turn": [1, 0]})])
    assert found["fold"] == pytest.approx(4 / (4 + 3))
    assert found["overall"] == pytest.approx((4 / 7 + 0.5) / 2)


def test_the_cumulative_overlap_weighs_large_boxes_more() -> None:
    given = [
        Scored(id="large", value=(0.0, 0.0, 10.0, 10.0), truth=(0.0, 0.0, 10.0, 10.0), score=1.0),
        Scored(id="small", value=(5.0, 5.0, 6.0, 6.0), truth=(0.0, 0.0, 1.0, 1.0), score=0.0),
        Scored(id="unread", truth=(0.0, 0.0, 2.0, 2.0), score=0.0, state="unread"),
    ]
    found = told("cumulative_iou", given)
    assert found["ciou"] == pytest.approx(100 / (100 + 2 + 4))
    assert found["giou"] == pytest.approx(1 / 3)


def test_unread_and_refused_replies_are_scored_and_counted_beside() -> None:
    given = [
        Scored(id="1", score=1.0),
        Scored(id="2", score=0.0, state="unread"),
        Scored(id="3", score=0.0, state="refused"),
        Scored(id="4", state="failed"),
    ]
    overall = numbers(given, aggregation("mean"))[0]
    assert (overall.value, overall.count, overall.missing, overall.unread) == (1 / 3, 4, 1, 2)


def test_a_failure_is_counted_and_not_scored() -> None:
    overall = numbers(rows({"a": [1, None, 0]}), aggregation("mean"))[0]
    assert (overall.value, overall.count, overall.missing) == (0.5, 3, 1)


@pytest.mark.parametrize("each", AGGREGATIONS, ids=lambda each: each.name)
def test_no_rows_come_to_no_value(each: object) -> None:
    for given in ([], [Scored(id="1", state="failed")]):
        for found in numbers(given, aggregation(each.name)):  # type: ignore[attr-defined]
            assert found.value is None
            assert json.dumps(found.note)


def test_a_wrong_name_has_its_near_miss() -> None:
    with pytest.raises(UnknownName, match="revsi"):
        aggregation("revs1")


def test_a_tree_without_rows_has_no_value() -> None:
    assert value(aggregation("vsi").trees([])[0]) is None
