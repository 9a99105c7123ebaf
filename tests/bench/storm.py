"""A run against a stormy endpoint, killed with -9 ten times; prints how often, and how the last part ended.

python -m tests.bench.storm FOLDER
"""

import asyncio
import json
import os
import pathlib
import random
import signal
import sys
import time

from benchmarks.mock_endpoint import endpoint

from allocentric.agents.endpoint import Endpoint, connected
from allocentric.bench.cache import Cache
from allocentric.bench.log import Log
from allocentric.bench.runner import Limits, Task, run
from tests.bench.put import samples

COUNT, KILLS, IN_FLIGHT = 240, 10, 8


async def put(url: str, folder: pathlib.Path) -> int:
    """The run; gives how many samples failed."""
    limits = Limits(in_flight=IN_FLIGHT, tries=3, wait_s=0.002, hopeless_after=COUNT)
    with Log(folder / "log.jsonl") as log, Cache(folder / "cache.sqlite") as cache:
        async with connected(Endpoint(model="mock", url=url, timeout_s=0.5)) as chat:
            tally = await run((Task(each) for each in samples(COUNT)), chat, log, limits=limits, cache=cache)
    return tally.failed


def killed(url: str, folder: pathlib.Path, after_s: float) -> bool:
    """True where the run was still at it when it was killed."""
    child = os.fork()
    if not child:
        asyncio.run(put(url, folder))
        os._exit(0)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    draws = random.Random(5)
    with endpoint(latency_s=0.01, faults=0.4, seed=3, served=folder / "served") as url:
        kills = sum(killed(url, folder, draws.uniform(0.05, 0.15)) for _ in range(KILLS))
        ends = [asyncio.run(put(url, folder))]
        while ends[-1] and len(ends) < 20:
            ends.append(asyncio.run(put(url, folder)))
    print(json.dumps({"kills": kills, "failed": ends}))


if __name__ == "__main__":
    main()
