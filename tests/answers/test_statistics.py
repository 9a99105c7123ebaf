import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.answers.aggregate import Aggregation, value
from allocentric.answers.aggregates import AGGREGATIONS, aggregation
from allocentric.answers.kinds import CANNOT_TELL
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import MOST_CLUSTERS, differences, number, numbers
from allocentric.seeds import stream

MEAN = aggregation("mean")


def scenes(seed: int, count: int, each: int, middle: float = 0.5) -> list[Scored]:
    """Rows of scenes that differ in how hard they are."""
    random = stream(seed, "scenes")
    hard = np.clip(middle + 0.25 * random.normal(size=count), 0, 1)
    return [
        Scored(
            id=f"{scene}-{row}",
            type=f"t{row % 3}",
            scene=str(scene),
            score=float(random.random() < hard[scene]),
        )
        for scene in range(count)
        for row in range(each)
    ]


def test_the_interval_holds_the_true_mean_about_as_often_as_it_says() -> None:
    # Symmetric around 0.5, so that clipping leaves the mean in place: 0.5 is what all scenes together have.
    held = 0
    for seed in range(120):
        overall = numbers(scenes(seed, 20, 3), MEAN, seed=seed, draws=120)[0]
        assert overall.low is not None and overall.high is not None  # noqa: PT018
        held += overall.low <= 0.5 <= overall.high
    assert 0.89 <= held / 120 <= 0.99


def test_rows_of_one_scene_are_worth_less_than_rows_of_many() -> None:
    rows = scenes(3, 20, 20)
    together = numbers(rows, MEAN)[0]
    apart = numbers([replace(row, scene="") for row in rows], MEAN)[0]
    assert together.value == apart.value
    assert together.high - together.low > 1.5 * (apart.high - apart.low)  # type: ignore[operator]


def test_the_interval_of_a_mean_is_that_of_the_normal_law() -> None:
    rows = [Scored(id=str(k), score=float(k % 2)) for k in range(400)]
    overall = numbers(rows, MEAN, draws=4000)[0]
    assert overall.value == 0.5
    assert overall.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.006)
    assert overall.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.006)


@pytest.mark.parametrize("name", ["mean", "vsi", "mean_of_types", "3dsr_vanilla"])
def test_drawing_sums_of_scenes_and_drawing_their_rows_agree(name: str) -> None:
    rows, how = scenes(5, 12, 6), aggregation(name)
    quick = numbers(rows, how, seed=4, draws=300)[0]
    slow = number("slow", rows, lambda drawn: value(how.trees(drawn)[0]), seed=4, draws=300)
    assert (quick.value, quick.low, quick.high) == pytest.approx((slow.value, slow.low, slow.high), abs=1e-12)


def test_the_order_of_rows_changes_nothing() -> None:
    scores = stream(7, "scores").random(105).tolist()  # whose sums depend on the order in the last digit
    rows = [replace(row, score=score) for row, score in zip(scenes(7, 15, 7), scores)]
    for name in ("vsi", "chance_adjusted", "abstention"):
        assert numbers(rows, aggregation(name)) == numbers(rows[::-1], aggregation(name))


def test_another_seed_moves_the_interval_and_not_the_value() -> None:
    rows = scenes(7, 15, 7)
    first, second = numbers(rows, MEAN, seed=1)[0], numbers(rows, MEAN, seed=2)[0]
    assert first.value == second.value
    assert (first.low, first.high) != (second.low, second.high)
    assert first == numbers(rows, MEAN, seed=1)[0]


def test_one_scene_has_no_interval_and_says_so() -> None:
    overall = numbers([Scored(id=str(k), scene="s", score=k % 2 + 0.0) for k in range(9)], MEAN)[0]
    assert (overall.low, overall.high, overall.note) == (None, None, "one scene: no interval")
    assert str(overall) == "overall: 0.444 n=9 (one scene: no interval)"


def test_no_rows_have_no_value_and_say_so() -> None:
    overall = numbers([], MEAN)[0]
    assert (overall.value, overall.count, overall.note) == (None, 0, "no row has a score")


def test_scenes_without_spread_are_flagged() -> None:
    overall = numbers([Scored(id=str(k), score=1.0) for k in range(5)], MEAN)[0]
    assert (overall.low, overall.high) == (1.0, 1.0)
    assert "too narrow" in overall.note


def test_a_number_prints_with_its_interval_and_count() -> None:
    shown = str(numbers(scenes(1, 10, 5), MEAN)[0])
    assert shown.startswith("overall: 0.")
    assert shown.endswith("] n=50")


def test_chance_and_blind_go_the_same_way_as_the_score() -> None:
    rows = [
        Scored(id="1", type="a", score=1.0, chance=0.25, blind=1.0),
        Scored(id="2", type="a", score=0.0, chance=0.25, blind=0.0),
        Scored(id="3", type="b", score=0.0, chance=0.5, blind=1.0),
    ]
    overall = numbers(rows, aggregation("mean_of_types"))[0]
    assert (overall.value, overall.chance, overall.blind) == (0.25, 0.375, 0.75)


def test_there_is_no_chance_where_a_row_has_none() -> None:
    found = {
        each.name: each.chance
        for each in numbers(
            [Scored(id="1", type="a", score=1.0, chance=0.25), Scored(id="2", type="b", score=1.0)], MEAN
        )
    }
    assert found == {"overall": None, "a": 0.25, "b": None}


def test_a_failure_leaves_the_chance_of_the_others() -> None:
    rows = [Scored(id="1", score=1.0, chance=0.25), Scored(id="2", state="failed", chance=0.25)]
    assert numbers(rows, MEAN)[0].chance == 0.25


def test_the_difference_of_two_runs_is_paired() -> None:
    before = scenes(11, 40, 5)
    after = [replace(row, score=1.0) if place % 10 == 0 else row for place, row in enumerate(before)]
    change = differences(before, after, MEAN)[0]
    gain = sum((b.score or 0) - (a.score or 0) for a, b in zip(before, after)) / len(before)
    assert change.value == pytest.approx(gain)
    overall = numbers(before, MEAN)[0]
    assert change.low is not None and change.high is not None  # noqa: PT018
    assert 0 < change.low <= gain <= change.high
    assert change.high - change.low < 0.5 * (overall.high - overall.low)  # type: ignore[operator]


def test_a_run_does_not_differ_from_itself() -> None:
    rows = scenes(2, 10, 4)
    for change in differences(rows, rows[::-1], aggregation("vsi")):
        assert (change.value, change.low, change.high) == (0.0, 0.0, 0.0)


def test_samples_that_one_run_lacks_are_left_out_and_counted() -> None:
    before = [Scored(id=str(k), score=0.0) for k in range(6)]
    after = [Scored(id=str(k), score=1.0) for k in range(2, 8)]
    change = differences(before, after, MEAN)[0]
    assert (change.value, change.count, change.missing) == (1.0, 4, 4)
    assert differences(before, [], MEAN) == () or differences(before, [], MEAN)[0].value is None


def test_more_clusters_than_are_drawn_singly_are_drawn_in_bags() -> None:
    many = MOST_CLUSTERS + 1000
    rows = [Scored(id=str(k), score=float(k % 2)) for k in range(many)]
    overall = numbers(rows, MEAN, draws=200)[0]
    assert overall.high - overall.low == pytest.approx(2 * 1.96 * 0.5 / math.sqrt(many), rel=0.2)  # type: ignore[operator]


drawn_rows: st.SearchStrategy[list[dict[str, object]]] = st.lists(
    st.builds(
        dict,
        id=st.sampled_from("abcdefgh"),
        type=st.sampled_from(["x", "object_rel_direction_easy", "route_plan"]),
        scene=st.sampled_from(["", "s", "t"]),
        pair=st.sampled_from(["", "p", "q"]),
        condition=st.sampled_from(["clean", "blur"]),
        group=st.sampled_from(["", "COCO", "NA", "mean"]),
        repeat=st.integers(0, 4),
        value=st.sampled_from([None, "A", 2.5, CANNOT_TELL, (0.0, 0.0, 1.0, 1.0)]),
        truth=st.sampled_from([None, "A", 1.0, (0.0, 0.0, 2.0, 1.0)]),
        score=st.none() | st.floats(-1, 1),
        chance=st.none() | st.floats(0, 1),
        blind=st.none() | st.floats(0, 1),
        confidence=st.none() | st.floats(0, 1),
    ),
    max_size=12,
)


@pytest.mark.parametrize("how", AGGREGATIONS, ids=lambda how: how.name)
def test_no_number_is_ever_without_end_or_meaning(how: Aggregation) -> None:
    @given(drawn_rows)
    @settings(max_examples=25)
    def holds(drawn: list[dict[str, object]]) -> None:
        rows = [
            Scored(**{**each, "state": "failed" if each["score"] is None else "scored"})  # type: ignore[arg-type]
            for each in drawn
        ]
        for found in numbers(rows, how, draws=20):
            for held in (found.value, found.low, found.high, found.chance, found.blind):
                assert held is None or math.isfinite(held)
            assert (found.low is None) == (found.high is None)
            assert found.value is not None or found.low is None
            assert 0 <= found.missing <= found.count

    holds()


def test_a_row_refuses_what_is_no_score() -> None:
    with pytest.raises(ValueError, match="finite"):
        Scored(id="1", score=float("nan"))
    with pytest.raises(ValueError, match="no score"):
        Scored(id="1", state="failed", score=0.0)
