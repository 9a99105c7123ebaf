"""`allo score`: predictions of others, on the screen and as JSON, and what is said of mistakes."""

import json
import pathlib
from typing import Any

import pytest

from allocentric.bench.benchmark import load
from allocentric.bench.published.index import BENCHMARKS, benchmark
from allocentric.cli.main import run
from tests.bench.release_files import jsonl
from tests.bench.released import RELEASED
from tests.bench.replies import right, wrong


@pytest.fixture
def erqa(tmp_path: pathlib.Path) -> pathlib.Path:
    """Records of ERQA, and predictions: right, wrong, failed, missing, twice, unknown."""
    RELEASED["erqa"](tmp_path)
    held = benchmark("erqa")
    first, second, third, fourth, fifth, _ = load(held, tmp_path)
    rows: list[dict[str, Any]] = [
        {"id": first.id, "prediction": right(first, held)},
        {"id": second.id, "prediction": f"I think it is ({second.truth})."},
        {"id": third.id, "prediction": wrong(third, held)},
        {"id": fourth.id, "prediction": None},
        {"id": fifth.id, "prediction": ""},
        {"id": first.id, "prediction": "again"},
        {"id": "nobody", "prediction": "A"},
    ]
    (tmp_path / "said").mkdir()
    jsonl("said/predictions.jsonl", rows)(tmp_path)
    return tmp_path


def arguments(folder: pathlib.Path, *more: str) -> list[str]:
    """The command line for a folder."""
    said = str(folder / "said" / "predictions.jsonl")
    return ["score", said, "--benchmark", "erqa", "--data", str(folder), *more]


def test_the_screen_shows_numbers_floors_coverage_and_what_did_not_fit(
    erqa: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments(erqa)) == 0
    said = capsys.readouterr().out
    assert "ERQA (Gemini Robotics), official" in said
    assert "ERQA (Gemini Robotics), sound" in said
    official, sound = (line.split() for line in said.splitlines() if line.strip().startswith("overall"))
    assert (official[1], sound[1]) == ("0.250", "0.500")  # a sentence is no answer to ERQA's own code
    assert "3 of 6 read, 1 unread, 1 failed, 1 missing" in said
    assert "1 sample has no prediction: q5" in said
    assert "1 id comes twice, the first counts: q0" in said
    assert "1 prediction is of no sample: nobody" in said


def test_json_holds_both_reports(erqa: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments(erqa, "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["mode"] for each in told["reports"]] == ["official", "sound"]
    assert (told["missing"], told["twice"], told["unknown"]) == (["q5"], ["q0"], ["nobody"])
    official, sound = told["reports"]
    assert (official["overall"]["value"], sound["overall"]["value"]) == (0.25, 0.5)
    assert official["overall"]["chance"] == 0.25


def test_one_mode_alone_can_be_asked_for(erqa: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments(erqa, "--mode", "sound", "--json")) == 0
    assert [each["mode"] for each in json.loads(capsys.readouterr().out)["reports"]] == ["sound"]


def test_the_list_names_every_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "--list"]) == 0
    said = capsys.readouterr().out
    assert all(each.name in said for each in BENCHMARKS)
    assert run(["score", "--list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) == len(BENCHMARKS)
    assert {each["checked"] for each in told} <= {"code", "port", "run", "paper"}


MISTAKES = [
    (("score",), "predictions, benchmark and data are wanted"),
    (("score", "none.jsonl", "--benchmark", "erga", "--data", "."), "did you mean 'erqa'?"),
    (("score", "none.jsonl", "--benchmark", "erqa", "--data", "nowhere"), "there is no such folder"),
]


@pytest.mark.parametrize(("said", "wanted"), MISTAKES)
def test_a_mistake_is_three_lines(
    said: tuple[str, ...], wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(said) == 2
    told = capsys.readouterr().err
    assert wanted in told
    assert len(told.splitlines()) == 3


def test_predictions_that_are_not_there_are_named(
    erqa: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["score", "none.jsonl", "--benchmark", "erqa", "--data", str(erqa)]) == 2
    assert "there is no such file" in capsys.readouterr().err
