"""`allo make --ray` makes the set that one process makes, with a worker killed half-way."""

from __future__ import annotations

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import pytest

from allocentric.questions.making.run import END
from allocentric.questions.making.set import LOG, card_in

pytest.importorskip("ray")
PATIENCE_S = 120.0
OPEN = {**os.environ, "RAY_AUTH_MODE": "disabled"}  # of this machine alone: nobody needs a token


@pytest.fixture
def cluster() -> Iterator[tuple[str, pathlib.Path]]:
    """A cluster of two workers on this machine, all our own: its address and its folder."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="r", dir="/tmp"))  # a path of a socket has to be short
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(pathlib.Path(sys.executable).with_name("ray")), "start", "--head", "--block"]
    command += ["--num-cpus=2", "--node-ip-address=127.0.0.1", f"--port={port}", f"--temp-dir={folder}"]
    command += ["--include-dashboard=false", "--disable-usage-stats"]
    with subprocess.Popen(command, env=OPEN, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as head:
        try:
            wait_for(lambda: any(folder.glob("*/sockets/raylet")), "the cluster")
            yield f"127.0.0.1:{port}", folder
        finally:
            head.terminate()
            head.wait(timeout=PATIENCE_S)
            shutil.rmtree(folder, ignore_errors=True)


def wait_for(here, what: str) -> None:  # type: ignore[no-untyped-def]
    """Wait until `here()` is so."""
    until = time.monotonic() + PATIENCE_S
    while not here():
        assert time.monotonic() < until, f"{what} is not there"
        time.sleep(0.05)


def at_work(folder: pathlib.Path) -> list[int]:
    """The processes of the cluster in a folder that are at a piece of work."""
    found = list[int]()
    for each in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if b"ray::_done" not in (each / "cmdline").read_bytes():
                continue
            parent = (each / "stat").read_text().rpartition(")")[2].split()[1]
            raylet = pathlib.Path("/proc", parent, "cmdline").read_bytes()
        except OSError:  # it has just ended
            continue
        if str(folder).encode() in raylet:
            found.append(int(each.name))
    return found


@pytest.mark.slow
def test_a_worker_that_is_killed_half_way_loses_nothing_of_a_set_and_doubles_nothing(
    tmp_path: pathlib.Path, cluster: tuple[str, pathlib.Path]
) -> None:
    address, folder = cluster
    kinds = "object_count,abs_distance_surface,anchored_direction_hard,rel_distance_closest"
    command = [sys.executable, "-m", "allocentric", "make", "--worlds", "flats:12", "--kinds", kinds]
    command += ["--count", "2400", "--seed", "5", "--format", "jsonl", "--out"]
    subprocess.run([*command, str(tmp_path / "plain")], capture_output=True, check=True)
    log = tmp_path / "spread" / LOG
    spread = [*command, str(tmp_path / "spread"), "--ray", address]
    with subprocess.Popen(spread, env=OPEN, stderr=subprocess.PIPE) as run:
        try:
            wait_for(lambda: log.is_file() and END in log.read_bytes() and at_work(folder), "a first piece")
            done = log.read_bytes().count(END)
            os.kill(at_work(folder)[0], signal.SIGKILL)
            _, said = run.communicate(timeout=PATIENCE_S)
        finally:
            run.kill()
    assert run.returncode == 0, said
    assert done < 12  # it was killed in the middle
    plain, other = card_in(tmp_path / "plain"), card_in(tmp_path / "spread")
    assert plain is not None
    assert other is not None
    assert other["questions"] == plain["questions"] == 2400
    assert other["sha256"] == plain["sha256"]
    shards = zip(sorted(tmp_path.glob("plain/q*")), sorted(tmp_path.glob("spread/q*")), strict=True)
    assert all(one.read_bytes() == another.read_bytes() for one, another in shards)
