from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from allocentric.answers.aggregate import Rows
from allocentric.answers.aggregate_abstention import area_under_risk_coverage, risk_coverage, spearman
from allocentric.answers.aggregates import aggregation
from allocentric.answers.kinds import CANNOT_TELL, Expected, Value
from allocentric.answers.metrics import metric
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import numbers

# Three questions, each clean (answerable) and hidden (nobody can tell).
TRUTHS: list[tuple[str, str, Value]] = [
    (pair, condition, letter if condition == "clean" else CANNOT_TELL)
    for pair, letter in (("1", "A"), ("2", "B"), ("3", "A"))
    for condition in ("clean", "occluded")
]


def policy(answers: list[Value | None]) -> list[Scored]:
    score = metric("accuracy").score
    return [
        Scored(
            id=f"{pair}-{condition}",
            pair=pair,
            condition=condition,
            value=value,
            truth=truth,
            state="unread" if value is None else "scored",
            score=score(value, truth, Expected("choice")),
        )
        for (pair, condition, truth), value in zip(TRUTHS, answers)
    ]


def told(rows: Rows) -> dict[str, float | None]:
    return {each.name: each.value for each in numbers(rows, aggregation("abstention"), draws=10)}


@pytest.mark.parametrize(
    ("answers", "coverage", "acc_all", "acc_answered", "drop"),
    [
        ([CANNOT_TELL] * 6, 0.0, 0.5, None, -1.0),
        (["A"] * 6, 1.0, 1 / 3, 1 / 3, 2 / 3),
        (["A", CANNOT_TELL, "B", CANNOT_TELL, "A", CANNOT_TELL], 0.5, 1.0, 1.0, 0.0),
        (["A", CANNOT_TELL, "A", "A", CANNOT_TELL, None], 0.5, 1 / 3, 1 / 3, 0.0),
    ],
    ids=["always", "never", "knowing", "mixed"],
)
def test_policies_come_out_as_counted_by_hand(
    answers: list[Value | None], coverage: float, acc_all: float, acc_answered: float | None, drop: float
) -> None:
    found = told(policy(answers))
    assert found["coverage"] == pytest.approx(coverage)
    assert found["acc_all"] == pytest.approx(acc_all)
    assert found["acc_answered"] == (None if acc_answered is None else pytest.approx(acc_answered))
    assert found["paired_drop"] == pytest.approx(drop)


def test_coverage_has_no_chance_level() -> None:
    rows = [replace(row, chance=0.5) for row in policy(["A"] * 6)]
    found = {each.name: each.chance for each in numbers(rows, aggregation("abstention"), draws=10)}
    assert (found["coverage"], found["acc_all"]) == (None, 0.5)


def sure(pairs: list[tuple[float, float]]) -> list[Scored]:
    return [
        Scored(id=str(k), confidence=confidence, score=score) for k, (confidence, score) in enumerate(pairs)
    ]


def test_risk_grows_with_coverage_when_the_sure_answers_are_right() -> None:
    coverage, risk = risk_coverage(sure([(0.9, 1), (0.1, 0), (0.8, 1), (0.2, 0)]))
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0, 0, 1 / 3, 1 / 2])
    assert area_under_risk_coverage(sure([(0.9, 1), (0.1, 0), (0.8, 1), (0.2, 0)])) == pytest.approx(
        (1 / 3 + 1 / 2) / 4
    )


def test_who_is_always_as_sure_has_the_risk_of_all() -> None:
    assert area_under_risk_coverage(sure([(0.5, 1), (0.5, 0), (0.5, 0), (0.5, 1)])) == pytest.approx(0.5)
    assert area_under_risk_coverage([Scored(id="1", score=1.0)]) is None


@given(
    st.lists(
        st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.sampled_from([0.0, 1.0])), min_size=1, max_size=20
    )
)
def test_the_area_does_not_depend_on_the_order_of_rows(pairs: list[tuple[float, float]]) -> None:
    area = area_under_risk_coverage(sure(pairs))
    assert area == pytest.approx(area_under_risk_coverage(sure(pairs[::-1])))
    assert area is not None
    assert 0 <= area <= 1


def ranked(pairs: list[tuple[float, float]]) -> list[Scored]:
    return [Scored(id=str(k), value=value, truth=truth, score=0.0) for k, (value, truth) in enumerate(pairs)]


def test_ranks_by_hand() -> None:
    # Ranks 1 2 3 4 against 1 3 2 4: 1 - 6 x (0 + 1 + 1 + 0) / (4 x 15).
    assert spearman(ranked([(1, 10), (2, 30), (3, 20), (4, 40)])) == pytest.approx(0.8)
    assert spearman(ranked([(1, 4), (2, 3), (30, 1)])) == pytest.approx(-1)
    assert spearman(ranked([(1, 4), (1, 3)])) is None
    assert spearman(ranked([(1, 4)])) is None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=30))
def test_ranks_are_those_of_a_well_kept_library(pairs: list[tuple[int, int]]) -> None:
    found = spearman(ranked([(float(value), float(truth)) for value, truth in pairs]))
    if len({value for value, _ in pairs}) < 2 or len({truth for _, truth in pairs}) < 2:
        assert found is None
    else:
        assert found == pytest.approx(float(stats.spearmanr(np.array(pairs)).statistic))


def test_ranks_leave_out_what_was_not_read_and_say_how_much() -> None:
    rows = [*ranked([(1, 1), (2, 2), (3, 3)]), Scored(id="u", truth=4.0, state="unread", score=0.0)]
    found = {each.name: each.value for each in numbers(rows, aggregation("ranks"), draws=20)}
    assert [found["read"], found["spearman"]] == pytest.approx([0.75, 1.0])
