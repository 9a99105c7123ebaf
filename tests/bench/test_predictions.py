"""Predictions of others are read under the usual names, and matched by id; what does not fit is named."""

import pathlib
from typing import Any

import pytest

from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Prompt
from allocentric.bench.predictions import read_predictions
from allocentric.bench.sample import Sample
from allocentric.errors import BadInput
from tests.bench.release_files import array, jsonl

SAMPLES = [
    Sample(prompt=Prompt(id, ("?",), Expected("count")), truth=1.0, type="t") for id in ("1", "2", "3")
]


@pytest.mark.parametrize("id", ["id", "question_id", "index", "problem_id"])
@pytest.mark.parametrize("reply", ["reply", "prediction", "response", "output"])
def test_the_usual_names_are_read(tmp_path: pathlib.Path, id: str, reply: str) -> None:
    jsonl("p.jsonl", [{id: 1, reply: "two"}])(tmp_path)
    found = read_predictions(tmp_path / "p.jsonl", SAMPLES)
    assert found.attempts["1"].reply == "two"
    assert found.missing == ("2", "3")


def test_ids_that_come_twice_or_belong_to_nothing_are_named_and_the_first_counts(
    tmp_path: pathlib.Path,
) -> None:
    rows = [{"id": each, "reply": str(row)} for row, each in enumerate(("1", "1", "9", "2", "3"))]
    array("p.json", rows)(tmp_path)
    found = read_predictions(tmp_path / "p.json", SAMPLES)
    assert (found.twice, found.unknown, found.missing) == (("1",), ("9",), ())
    assert found.attempts["1"].reply == "0"


def test_repeats_of_a_sample_are_kept_apart(tmp_path: pathlib.Path) -> None:
    jsonl("p.jsonl", [{"id": "1", "reply": each, "repeat": row} for row, each in enumerate("ab")])(tmp_path)
    found = read_predictions(tmp_path / "p.jsonl", SAMPLES)
    assert [each.reply for each in found.all_of("1")] == ["a", "b"]
    assert found.twice == ()


def test_a_reply_of_null_is_a_failure_and_a_state_is_taken_at_its_word(tmp_path: pathlib.Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "1", "reply": None},
        {"id": "2", "state": "refused", "error": "policy"},
        {"id": "3", "reply": 4},
    ]
    jsonl("p.jsonl", rows)(tmp_path)
    found = read_predictions(tmp_path / "p.jsonl", SAMPLES).attempts
    assert [found[id].state for id in "123"] == ["failed", "refused", "answered"]
    assert found["3"].reply == "4"
    assert found["2"].error == "policy"


@pytest.mark.parametrize(
    ("row", "field", "what"),
    [
        ({"reply": "x"}, "id", "it is not there"),
        ({"id": "1"}, "reply", "it is not there"),
        ({"id": "1", "output": {"a": 1}}, "output", "a reply is a text, and this is dict"),
        ({"id": "1", "reply": "x", "state": "fine"}, "state", "'fine' is no state"),
        ({"id": "1", "reply": "x", "repeat": "often"}, "repeat", "'often' is no whole number"),
    ],
)
def test_a_row_that_is_none_is_named(
    tmp_path: pathlib.Path, row: dict[str, Any], field: str, what: str
) -> None:
    jsonl("p.jsonl", [{"id": "1", "reply": "x"}, row])(tmp_path)
    with pytest.raises(BadInput) as error:
        read_predictions(tmp_path / "p.jsonl", SAMPLES)
    assert error.value.what == what
    assert error.value.where == f"{tmp_path / 'p.jsonl'}, row 2, field {field!r}"
