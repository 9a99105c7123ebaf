"""Work is spread over a Ray cluster, in order; a worker that is killed loses nothing."""

import os
import pathlib
import signal
import time
from functools import partial

import pytest

from allocentric.errors import BadInput
from allocentric.jobs import in_order

ray = pytest.importorskip("ray")


def test_a_worker_that_is_killed_half_way_loses_nothing(tmp_path: pathlib.Path) -> None:
    def work(power: int, number: int) -> int:
        if number == 5 and not (tmp_path / "killed").exists():
            (tmp_path / "killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)
        return int(number**power)

    try:
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
        assert list(in_order(partial(work, 2), range(12), ray="local")) == [each * each for each in range(12)]
        assert (tmp_path / "killed").exists()
    finally:
        ray.shutdown()


def test_a_cluster_that_is_not_there_is_told() -> None:
    with pytest.raises(BadInput, match="no Ray cluster answers"):
        list(in_order(abs, [1], ray="127.0.0.1:1"))
