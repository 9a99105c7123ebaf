"""`allo bench`: a table with intervals, one JSON object, or three lines that say what to mend."""

import dataclasses
import io
import json
import pathlib
import sys
from collections.abc import Callable
from functools import partial

import pytest

from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Attempt
from allocentric.bench.benchmark import RELEASED
from allocentric.bench.log import Row
from allocentric.bench.published.index import benchmark
from allocentric.bench.runner import Tally, Task
from allocentric.bench.scoring import running
from allocentric.cli.bench_watch import Watching, told_of
from allocentric.cli.main import run
from tests.bench.put import sample
from tests.bench.test_runner_folder import release

Told = Callable[..., str]


@pytest.fixture(autouse=True)
def _apart(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cached"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """What a command prints after it has ended well."""

    def tell(*arguments: str) -> str:
        assert run(["bench", *arguments]) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return tell


def test_a_run_ends_in_a_table_with_intervals_floors_and_variants(told: Told, tmp_path: pathlib.Path) -> None:
    data = str(release(tmp_path / "data"))
    shown = told(
        "vsi_bench", "--data", data, "--model", "blind", "--circular", "--repeats", "2", "--out", "run"
    )
    lines = [line.split() for line in shown.splitlines()]
    assert lines[0][-1] == "blind"
    named = {line[0]: line for line in lines if line}
    value, low, _to, high, count, _chance, blind = named["object_rel_distance"][1:]
    assert float(low) <= float(value) <= float(high)
    assert (count, blind) == ("6", value), "the blind reach the blind floor"
    assert {"overall", "object_counting", "options:1", "circular", "consistency"} <= set(named)
    assert named["consistency"][1] == "1.000"
    assert "kept in run" in shown


def test_the_same_as_json_and_scored_anew(told: Told, tmp_path: pathlib.Path) -> None:
    data = str(release(tmp_path / "data"))
    first = json.loads(told("vsi_bench", "--data", data, "--model", "random", "--out", "run", "--json"))
    again = json.loads(told("--rescore", "run", "--json"))
    assert first["reports"] == again["reports"]
    sound = json.loads(told("--rescore", "run", "--mode", "sound", "--json"))
    assert sound["reports"][0]["mode"] == "sound"


def test_failures_are_counted_with_their_reasons(told: Told, tmp_path: pathlib.Path) -> None:
    data = str(release(tmp_path / "data"))
    (tmp_path / "replies.jsonl").write_text('{"id": 0, "reply": "A"}\n')
    shown = told("vsi_bench", "--data", data, "--model", "replay:replies.jsonl", "--out", "run")
    assert "1 of 12 read, 11 failed" in shown
    assert "failed 11 times: the file of replies has none for this sample" in shown
    assert f'the lines with "failed" in {pathlib.Path("run", "log.jsonl")}' in shown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "it takes a benchmark"),
        (["vsi_bench"], "it takes the folder of the benchmark's data"),
        (["vsi_bensch", "--data", "data"], "did you mean 'vsi_bench'"),
        (["vsi_bench", "--data", "nowhere"], "there is no such folder"),
        (["vsi_bench", "--data", "data", "--model", "exakt"], "did you mean 'exact'"),
        (["vsi_bench", "--data", "data", "--model", "m", "--url", "nowhere"], "no address of an endpoint"),
        (["vsi_bench", "--data", "data", "--max-cost", "1"], "--max-cost goes with --price"),
        (["vsi_bench", "--data", "data", "--price", "cheap"], "is no price"),
        (["vsi_bench", "--data", "data", "--repeats", "0"], "0 repeats"),
        (["vsi_bench", "--data", "data", "--in-flight", "0"], "in_flight is 0"),
        (["vsi_bench", "--data", "data", "--limit", "1.5"], "no whole number"),
        (["vsi_bench", "--data", "data", "--errata", "none"], "no erratum is named 'none'"),
        (["erqa", "--data", "data", "--flip"], "not known to bear mirroring"),
        (["--rescore", "data"], "no card of a run"),
        (["vsi_bench", "--data", "data", "--url", "http://h/v1", "--key-env", "NO_KEY"], "has no NO_KEY"),
    ],
)
def test_a_mistake_is_told_in_three_lines(
    arguments: list[str], says: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release(tmp_path / "data")
    assert run(["bench", *arguments]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert [line.split(":")[0].strip() for line in said.splitlines()[-2:]] == ["where", "mend"]


class Screen(io.StringIO):
    """What a terminal, or a file, was told."""

    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        """Whether somebody looks on."""
        return self._is_terminal


def shown(monkeypatch: pytest.MonkeyPatch, is_terminal: bool) -> str:
    text = Screen(is_terminal)
    monkeypatch.setattr(sys, "stderr", text)
    with Watching(benchmark("vsi_bench")) as watching:
        watch = watching.begin(2)
        tally = Tally()
        for id in ("1", "2"):
            row = Row(sample=id, state="answered", reply="A")
            tally.add(row)
            watch(Task(dataclasses.replace(sample(id), type="object_rel_distance")), row, tally)
    return text.getvalue()


def test_progress_is_a_bar_for_a_terminal_and_nothing_yet_for_a_short_run_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    assert "2/2" in shown(monkeypatch, True)
    assert "mean score so far 1.000 of 2" in shown(monkeypatch, True)
    assert shown(monkeypatch, False) == ""


def test_the_running_score_is_the_official_one_of_letters_and_numbers_without_failures() -> None:
    vsi = benchmark("vsi_bench")
    letter = dataclasses.replace(sample(1, truth="B"), type="object_rel_distance")
    number = dataclasses.replace(
        letter,
        prompt=dataclasses.replace(letter.prompt, expected=Expected("count")),
        truth=4.0,
        type="object_counting",
        fields={RELEASED: "4"},
    )
    given = partial(Attempt, sample="1", state="answered")
    assert [running(vsi, letter, given(reply=each)) for each in ("b", "A")] == [1.0, 0.0]
    # VSI-Bench: the share of the thresholds 0.50, 0.55 ... 0.95 whose error bound 1 - t is not passed.
    assert running(vsi, number, given(reply="4")) == 1.0
    assert running(vsi, number, given(reply="3")) == pytest.approx(0.6)
    assert running(vsi, letter, Attempt(sample="1", state="failed")) is None
    assert told_of(Tally(failed=2), 1.0, scored=(0.0, 0)) == "2.0 a second, 2 failed"
