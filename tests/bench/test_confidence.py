"""How sure an endpoint is goes into the log, the table and the curve of risk and coverage."""

import asyncio
import json
import pathlib

import pytest
from benchmarks.mock_endpoint import endpoint
from PIL import Image

from allocentric.agents.chat import Generation, Sureness
from allocentric.agents.model import Model, reached
from allocentric.answers.aggregate_abstention import risk_coverage
from allocentric.answers.confidence import chance_of, letter_in, without_stated
from allocentric.answers.prompt import Attempt
from allocentric.bench.benchmark import Rule
from allocentric.bench.log import read_rows
from allocentric.bench.published.index import benchmark
from allocentric.bench.runner_asked import LOG, Wanted
from allocentric.bench.runner_folder import RISK, Ran, ran, rescored
from allocentric.bench.scoring import official_row
from allocentric.cli.main import run
from tests.bench.put import sample

ABCD = ["A. left", "B. right", "C. front", "D. back"]


@pytest.fixture(autouse=True)
def _apart(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cached"))


def put(folder: pathlib.Path, how: Sureness) -> Ran:
    """Eight questions, of which the endpoint has two right: those that it is sure of."""
    records = (
        {
            "id": number,
            "dataset": "d",
            "scene_name": f"s{number}",
            "question_type": "object_rel_distance",
            "question": f"sample {number}: which?",
            "options": ABCD,
            "ground_truth": "ABCD"[number % 4],
        }
        for number in range(8)
    )
    (folder / "data").mkdir()
    (folder / "data" / "test.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records))
    (folder / "data" / "d").mkdir()
    for number in range(8):  # a folder of frames in the place of a film
        (folder / "data" / "d" / f"s{number}.mp4").mkdir()
        Image.new("RGB", (4, 3)).save(folder / "data" / "d" / f"s{number}.mp4" / "0.png")
    with endpoint() as url:
        model = Model(name="mock", url=url, generation=Generation(confidence=how))
        wanted = Wanted(benchmark=benchmark("vsi_bench"), data=folder / "data", model=model, opened=reached)
        return asyncio.run(ran(wanted, folder / "run"))


@pytest.mark.parametrize("how", ["logprobs", "stated"])
def test_a_run_carries_how_sure_each_reply_is_into_log_table_and_curve(
    how: Sureness, tmp_path: pathlib.Path
) -> None:
    done = put(tmp_path, how)
    rows = list(read_rows(tmp_path / "run" / LOG))
    assert {row.reply for row in rows} == {"A"}, "what it says of itself is no part of the answer"
    sure = {row.id: row.confidence for row in done.report.rows}
    assert sure == {str(each): pytest.approx(0.4 if each % 4 else 0.9) for each in range(8)}
    coverage, risk = risk_coverage(done.report.rows)
    assert coverage.tolist() == [each / 8 for each in range(1, 9)]
    assert risk.tolist() == pytest.approx([0, 0, 1 / 3, 2 / 4, 3 / 5, 4 / 6, 5 / 7, 6 / 8])
    told = done.together[RISK]
    assert told.value == pytest.approx(sum(risk) / 8)
    again = rescored(tmp_path / "run", lambda _: benchmark("vsi_bench"))
    assert again.together[RISK] == told
    assert done.card.settings["arguments"]["confidence"] == how


def test_the_chance_is_that_of_the_tokens_in_which_the_answer_stands() -> None:
    tokens = [(4, -5.0), (3, -7.0), (1, -0.5), (1, -9.0)]  # "The ", "is ", "B", "."
    assert chance_of(tokens, 7, 8) == pytest.approx(0.6065306597)
    assert chance_of(tokens, 9, 12) is None
    attempt = Attempt(sample="1", state="answered", reply="The is B.", tokens=tuple(tokens))
    row = official_row(sample(1, truth="B"), attempt, Rule(kind="choice", ask=""))
    assert row.confidence == pytest.approx(0.6065306597)
    assert letter_in("B, not A", "A", (0, 8)) == (7, 8)


def test_a_reply_that_cannot_be_read_has_no_chance() -> None:
    attempt = Attempt(sample="1", state="answered", reply="Well", tokens=((4, -0.1),))
    assert official_row(sample(1), attempt, Rule(kind="choice", ask="")).confidence is None


@pytest.mark.parametrize(
    ("reply", "left", "sure"),
    [
        ("B\nConfidence: 85", "B", 0.85),
        ("B\n\n**Confidence:** 7.5 %", "B", 0.075),
        ("Confidence: 100", "", 1.0),
        ("B\nConfidence: 850", "B\nConfidence: 850", None),
        ("confidence: high\nB", "confidence: high\nB", None),
        ("My confidence: 80 that it is B", "My confidence: 80 that it is B", None),
    ],
)
def test_a_stated_confidence_is_a_last_line_from_0_to_100(reply: str, left: str, sure: float | None) -> None:
    assert without_stated(reply) == (left, sure)


def test_only_an_endpoint_is_asked_how_sure_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "vsi_bench", "--data", ".", "--confidence", "stated"]) == 2
    assert "only an endpoint tells how sure it is" in capsys.readouterr().err
