"""A storm: every sample ends answered or as a named failure, none twice, none lost, whatever is killed."""

import asyncio
import json
import pathlib
import subprocess
import sys
from collections import Counter

from benchmarks.mock_endpoint import endpoint, served_by

from allocentric.agents.endpoint import Endpoint, connected
from allocentric.bench.log import Log, read_rows
from allocentric.bench.runner import Limits, Task, run
from tests.bench.put import samples
from tests.bench.storm import COUNT, IN_FLIGHT, KILLS

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_a_run_killed_ten_times_in_a_storm_loses_nothing_and_buys_nothing_again(
    tmp_path: pathlib.Path,
) -> None:
    command = [sys.executable, "-m", "tests.bench.storm", str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    ended = json.loads(told.stdout)
    assert ended["kills"] >= KILLS - 2
    rows = list(read_rows(tmp_path / "log.jsonl"))
    answered = Counter(row.sample for row in rows if row.state == "answered")
    assert answered == {str(number): 1 for number in range(COUNT)}
    assert all(row.error for row in rows if row.state == "failed")
    assert any(row.tries > 1 for row in rows), "there was no storm"
    served = served_by(tmp_path / "served")
    # What the log held at a kill is in it at the end, and was not asked again: not one more answer came.
    assert sum(map(bool, ended["appended"])) >= KILLS - 2, "the kills came before there was an answer"
    for held in ended["appended"]:
        assert held.keys() <= answered.keys()
        assert {sample: served[sample] for sample in held} == held
    assert set(served) == set(answered)
    # What is bought again was under way when the run was killed, or took longer than a try may.
    assert served.total() - COUNT <= ended["kills"] * IN_FLIGHT


def test_a_storm_that_no_try_outlasts_leaves_named_failures_and_no_answer(tmp_path: pathlib.Path) -> None:
    async def put(url: str) -> None:
        limits = Limits(in_flight=8, tries=2, wait_s=0.001, hopeless_after=1000)
        with Log(tmp_path / "log") as log:
            async with connected(Endpoint(model="mock", url=url, timeout_s=0.1)) as chat:
                await run((Task(each) for each in samples(40)), chat, log, limits=limits)

    with endpoint(faults=1.0, seed=1) as url:
        asyncio.run(put(url))
    rows = list(read_rows(tmp_path / "log"))
    assert Counter(row.sample for row in rows) == {str(number): 1 for number in range(40)}
    assert {row.state for row in rows} == {"failed"}
    said = " ".join(row.error for row in rows)
    for why in ("status 429", "status 500", "no chat completion", "no answer within 0.1 s"):
        assert why in said
