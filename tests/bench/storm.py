"""A run against a stormy endpoint, killed with -9 ten times; prints how often, and how the last part ended.

After each kill it counts what the log holds by then, and how often the endpoint had answered those samples.

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

from benchmarks.mock_endpoint import endpoint, served_by

from allocentric.agents.endpoint import Endpoint, connected
from allocentric.bench.cache import Cache
from allocentric.bench.log import Log, read_rows
from allocentric.bench.runner import Limits, Task, run
from tests.bench.put import samples

COUNT, KILLS, IN_FLIGHT, PATIENCE_S = 240, 10, 8, 10.0


async def put(url: str, folder: pathlib.Path) -> int:
    """The run; gives how many samples failed."""
    limits = Limits(in_flight=IN_FLIGHT, tries=3, wait_s=0.002, hopeless_after=COUNT)
    with Log(folder / "log.jsonl") as log, Cache(folder / "cache.sqlite") as cache:
        async with connected(Endpoint(model="mock", url=url, timeout_s=0.5)) as chat:
            tally = await run((Task(each) for each in samples(COUNT)), chat, log, limits=limits, cache=cache)
    return tally.failed


def killed(url: str, folder: pathlib.Path, answers: int, *, after_s: float) -> bool:
    """True where the run was still at it when it was killed, so long after so many more answers."""
    served = folder / "served"
    before = served_by(served).total()
    child = os.fork()
    if not child:
        asyncio.run(put(url, folder))
        os._exit(0)
    ends_s = time.monotonic() + PATIENCE_S
    while served_by(served).total() < before + answers and time.monotonic() < ends_s:
        time.sleep(0.001)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def appended(folder: pathlib.Path) -> dict[str, int]:
    """The samples whose answers the log holds, each with how many answers the endpoint has given it."""
    served = served_by(folder / "served")
    rows = read_rows(folder / "log.jsonl") if (folder / "log.jsonl").exists() else ()
    return {row.sample: served[row.sample] for row in rows if row.state == "answered"}


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    draws = random.Random(5)
    with endpoint(latency_s=0.01, faults=0.4, seed=3, served=folder / "served") as url:
        kills, held = 0, list[dict[str, int]]()
        for _ in range(KILLS):
            kills += killed(url, folder, draws.randint(1, 20), after_s=draws.uniform(0, 0.01))
            held.append(appended(folder))
        ends = [asyncio.run(put(url, folder))]
        while ends[-1] and len(ends) < 20:
            ends.append(asyncio.run(put(url, folder)))
    print(json.dumps({"kills": kills, "failed": ends, "appended": held}))


if __name__ == "__main__":
    main()
