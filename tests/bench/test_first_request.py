"""Nothing that scores, draws or tabulates is imported before the first request of a run."""

import json
import os
import pathlib
import subprocess
import sys

from tests.bench.test_runner_folder import release

ASKS = """
import os, sys
from allocentric.agents import endpoint
from allocentric.cli.main import run

async def first(*_):
    print(*sorted(sys.modules), flush=True)
    os._exit(0)

endpoint.Chat._send = first
run(sys.argv[1:])
"""
LATER = (
    "allocentric.answers.extractors",
    "allocentric.answers.statistics",
    "allocentric.answers.strict_numbers",
    "allocentric.bench.published.index",
    "allocentric.bench.scoring",
    "allocentric.bench.suites.making",
    "allocentric.cli.bench_screen",
    "allocentric.worlds",
    "duckdb",
    "pyarrow",
    "ray",
    "rich",
    "torch",
)


def test_what_scores_draws_and_tabulates_waits_until_the_first_request_is_made(
    tmp_path: pathlib.Path,
) -> None:
    arguments = ["bench", "vsi_bench", "--data", str(release(tmp_path / "data")), "--blind", "--no-cache"]
    arguments += ["--model", "m", "--url", "http://127.0.0.1:9/v1", "--out", str(tmp_path / "run")]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cached")}
    done = subprocess.run(
        [sys.executable, "-c", ASKS, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )
    loaded = set(done.stdout.split())
    assert "aiohttp" in loaded, done.stderr
    assert not loaded & set(LATER)
    card = json.loads((tmp_path / "run" / "card.json").read_text())
    assert card["settings"]["benchmark"] == "vsi_bench", "the run had begun"
