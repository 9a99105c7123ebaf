from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.answers.aggregate import Rows
from allocentric.answers.aggregate_versions import agreement, vote
from allocentric.answers.aggregates import aggregation
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import numbers

# Two questions of 3DSRBench: each asked plainly, flipped, and both again with the options rotated once.
TABLE = {
    "AAAAAAAA": 1,
    "AAAAAAAA-1": 1,
    "AAAAAAAA-flip": 1,
    "AAAAAAAA-flip-1": 0,
    "BBBBBBBB": 1,
    "BBBBBBBB-1": 0,
    "BBBBBBBB-flip": 1,
    "BBBBBBBB-flip-1": 0,
}
ROWS = [Scored(id=name, type="height", score=float(score), chance=0.5) for name, score in TABLE.items()]


def overall(name: str, rows: Rows) -> tuple[float | None, int, float | None]:
    found = numbers(rows, aggregation(name), draws=10)[0]
    return found.value, found.count, found.chance


@pytest.mark.parametrize(
    ("name", "value", "count", "chance"),
    [
        ("3dsr_vanilla", 5 / 8, 8, 0.5),
        ("3dsr_flip", 2 / 4, 4, 0.25),  # at k = 0 both questions, at k = 1 neither
        ("3dsr_circular", 1 / 4, 4, 0.25),  # only A, unflipped
        ("3dsr_flip_circular", 0, 2, 0.0625),
    ],
)
def test_flips_and_rotations_are_multiplied_as_named(
    name: str, value: float, count: int, chance: float
) -> None:
    assert overall(name, ROWS) == (value, count, chance)


def test_guessing_falls_with_the_power_of_the_rotations() -> None:
    rows = [Scored(id=f"{'Q' * 8}-{k}" if k else "Q" * 8, score=0.0, chance=1 / 4) for k in range(4)]
    assert overall("3dsr_circular", rows)[2] == 1 / 4**4


def test_a_version_without_a_score_leaves_the_question_open_unless_another_is_wrong() -> None:
    failed = Scored(id="AAAAAAAA-1", state="failed")
    assert overall("3dsr_circular", [ROWS[0], failed])[:2] == (None, 1)
    for state in ("scored", "unread", "refused"):
        wrong = Scored(id="AAAAAAAA-2", score=0.0, state=state)
        assert overall("3dsr_circular", [failed, wrong])[:2] == (0.0, 1)


def test_all_variants_of_a_sample_and_all_of_a_pair_have_to_be_right() -> None:
    rows = [
        Scored(id="1", pair="p", variant="", score=1.0),
        Scored(id="1", pair="p", variant="flip", score=0.0),
        Scored(id="2", pair="p", score=1.0),
        Scored(id="3", pair="q", score=1.0),
        Scored(id="4", score=1.0),
    ]
    assert overall("all_variants", rows)[:2] == (0.75, 4)
    assert overall("all_of_pair", rows)[:2] == (2 / 3, 3)


def test_repeats_are_never_multiplied_with_each_other() -> None:
    rows = [Scored(id="AAAAAAAA", repeat=0, score=1.0), Scored(id="AAAAAAAA", repeat=1, score=0.0)]
    assert overall("3dsr_circular", rows)[:2] == (0.5, 2)


def repeats(name: str, scores: Sequence[float | None], group: str = "basic") -> list[Scored]:
    return [
        Scored(
            id=name,
            repeat=row,
            group=group,
            type=group,
            score=score,
            chance=0.2,
            state="failed" if score is None else "scored",
        )
        for row, score in enumerate(scores)
    ]


def test_four_of_five_repeats_make_a_question_right() -> None:
    rows = [*repeats("a", [1, 1, 1, 1, 0]), *repeats("b", [1, 1, 1, 0, 0]), *repeats("c", [1] * 5, "spatial")]
    found = {each.name: each for each in numbers(rows, aggregation("vote_4_of_5"), draws=10)}
    assert found["overall"].value == pytest.approx(3 / 4)  # of the types' means
    assert (found["basic"].value, found["spatial"].value) == (0.5, 1.0)
    assert found["overall"].chance == pytest.approx(round(5 * 0.2**4 * 0.8 + 0.2**5, 3))


def test_the_share_of_each_type_of_votes_is_rounded_to_three_digits_before_the_mean() -> None:
    right, wrong = [1] * 5, [0] * 5
    rows = [*repeats("a", right), *repeats("b", right), *repeats("c", wrong), *repeats("d", right, "spatial")]
    found = {each.name: each.value for each in numbers(rows, aggregation("vote_4_of_5"), draws=10)}
    assert found == pytest.approx({"overall": (0.667 + 1) / 2, "basic": 0.667, "spatial": 1.0}, abs=1e-9)


def test_a_missing_repeat_is_open_only_while_it_could_decide() -> None:
    assert [
        vote(repeats("a", scores))[0].score
        for scores in ([1, 1, 1, 0, None], [1, 1, 1, 1, None], [1, 0, 0, 1, None])
    ] == [None, 1.0, 0.0]


def test_agreement_is_the_share_of_pairs_of_repeats_with_one_value() -> None:
    rows = [
        Scored(id="a", repeat=k, value=value, score=0.0) for k, value in enumerate("AABA")
    ]  # 3 of 6 pairs
    rows += [Scored(id="b", repeat=k, value=value, score=0.0) for k, value in enumerate("CC")]
    rows += [Scored(id="c", value="C", score=1.0)]  # put once: nothing to agree with
    assert overall("agreement", rows)[:2] == (0.75, 2)


DEGRADED = [
    Scored(id="1c", pair="1", condition="clean", score=1.0),
    Scored(id="1b", pair="1", condition="blur", score=0.0),
    Scored(id="1h", pair="1", condition="haze", score=1.0),
    Scored(id="2c", pair="2", condition="clean", score=0.5),
    Scored(id="2b", pair="2", condition="blur", score=1.0),
    Scored(id="3b", pair="3", condition="blur", score=0.0),  # has no clean version
    Scored(id="4c", pair="4", condition="clean", score=1.0),  # has no degraded version
]


def test_the_drop_is_paired_and_leaves_lone_rows_out() -> None:
    found = {each.name: each.value for each in numbers(DEGRADED, aggregation("degradation"), draws=10)}
    assert found["clean"] == pytest.approx(2.5 / 3)
    assert found["blur"] == pytest.approx(1 / 3)
    assert found["drop_blur"] == pytest.approx(((1 - 0) + (0.5 - 1)) / 2)
    assert found["drop_haze"] == 0.0
    assert found["drop"] == pytest.approx(((1 - 0.5) + (0.5 - 1)) / 2)


def test_rows_of_score_zero_are_counted_in_a_drop_and_not_missing() -> None:
    rows = [replace(row, chance=0.25) for row in DEGRADED]
    found = {each.name: each for each in numbers(rows, aggregation("degradation"), draws=10)}
    drop = found["drop_blur"]
    assert (drop.count, drop.missing, drop.chance) == (4, 0, 0.0)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=12))
def test_all_versions_together_are_never_better_than_the_mean(drawn: list[tuple[int, float]]) -> None:
    rows = [Scored(id=f"{k}", pair=f"p{pair}", score=score) for k, (pair, score) in enumerate(drawn)]
    groups = {row.pair for row in rows}
    means = [
        sum(row.score or 0 for row in rows if row.pair == pair) / sum(row.pair == pair for row in rows)
        for pair in groups
    ]
    found = overall("all_of_pair", rows)[0]
    assert found is not None
    assert found <= sum(means) / len(means) + 1e-12


def test_repeats_whose_values_are_not_told_do_not_agree() -> None:
    told = [Scored(id="1", repeat=repeat, score=float(repeat)) for repeat in range(2)]
    assert agreement(told) == []
