"""Every numbered example runs by itself, in seconds, and asks nothing of the network."""

import os
import pathlib
import subprocess
import sys
from typing import Final

import pytest

ROOT: Final = pathlib.Path(__file__).resolve().parents[1]
EXAMPLES: Final = sorted((ROOT / "examples").glob("[0-9][0-9]_*.py"))

# Runs the file named by the argument, and raises as soon as it looks up a host or opens a connection.
OFFLINE: Final = """
import runpy, sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        raise PermissionError(f"an example asks the network: {event} {arguments}")
sys.addaudithook(refuse)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def run(path: pathlib.Path, folder: pathlib.Path) -> subprocess.CompletedProcess[str]:
    """Run one example in `folder`, where what it draws then lies."""
    command = [sys.executable, "-W", "error", "-c", OFFLINE, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def test_there_are_examples_numbered_from_one() -> None:
    assert EXAMPLES, "no example is there"
    assert [int(path.name[:2]) for path in EXAMPLES] == list(range(1, len(EXAMPLES) + 1))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs_and_says_something(path: pathlib.Path, tmp_path: pathlib.Path) -> None:
    done = run(path, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_an_example_that_asks_the_network_fails(tmp_path: pathlib.Path) -> None:
    asks = tmp_path / "01_asks.py"
    asks.write_text("import socket\nsocket.create_connection(('127.0.0.1', 9))\n", encoding="utf-8")
    assert "asks the network" in run(asks, tmp_path).stderr
