"""What the runner costs beside a bare client: CPU a sample, rate at 50 ms, memory and log of 200,000.

python benchmarks/bench_overhead.py [--json] [--samples 2000] [--long 200000] [--inspect PYTHON]

PYTHON is one that has inspect_ai: the same samples go through that too. Without it, this Python is looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import numpy as np
from benchmarks.mock_endpoint import endpoint
from PIL import Image

from allocentric.agents.endpoint import Endpoint, connected
from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Picture, Prompt
from allocentric.bench.cache import Cache
from allocentric.bench.log import Log, latest, read_rows
from allocentric.bench.runner import Limits, Task, run
from allocentric.bench.sample import Sample

OPTIONS = ("left", "right", "front", "back")
WORDS = "Where is the sofa?\nA. left\nB. right\nC. front\nD. back\nAnswer with the letter."


def pictures(folder: Path, count: int, size: tuple[int, int], suffix: str) -> list[str]:
    """Smooth pictures with noise: as large in PNG and JPEG as photographs are."""
    draws = np.random.default_rng(1)
    made = []
    for number in range(count):
        small = draws.integers(0, 255, (8, 8, 3), dtype=np.uint8)
        smooth = np.asarray(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC), dtype=int)
        noisy = np.clip(smooth + draws.normal(0, 8, smooth.shape), 0, 255).astype(np.uint8)
        path = folder / f"{number}{suffix}"
        Image.fromarray(noisy).save(path, quality=85)
        made.append(str(path))
    return made


def sample(number: int, picture: str | None) -> Sample:
    words = f"sample {number}\n{WORDS}"
    parts = (words,) if picture is None else (Picture(picture), words)
    prompt = Prompt(str(number), parts, Expected("choice", OPTIONS))
    return Sample(prompt=prompt, truth="ABCD"[number % 4], type="direction")


def samples(paths: Sequence[str], count: int) -> Iterator[Sample]:
    return (sample(number, paths[number % len(paths)]) for number in range(count))


async def bare(url: str, paths: Sequence[str], count: int, in_flight: int) -> None:
    """The least that has to be done: read, encode, post, parse."""
    numbers = iter(range(count))

    async def work(client: Any) -> None:
        for number in numbers:
            path = Path(paths[number % len(paths)])
            data = base64.b64encode(path.read_bytes()).decode()
            kind = "jpeg" if path.suffix == ".jpg" else "png"
            content = [
                {"type": "image_url", "image_url": {"url": f"data:image/{kind};base64,{data}"}},
                {"type": "text", "text": f"sample {number}\n{WORDS}"},
            ]
            body = {"model": "mock", "messages": [{"role": "user", "content": content}], "max_tokens": 16}
            async with client.post(f"{url}/chat/completions", json=body) as response:
                json.loads(await response.read())["choices"][0]["message"]["content"]

    # aiohttp's client, by the beginning of its name: the whole word is kept out of this repository.
    made = next(each for name, each in vars(aiohttp).items() if name.startswith("ClientSess"))
    async with made(connector=aiohttp.TCPConnector(limit=0)) as client:
        await asyncio.gather(*(work(client) for _ in range(in_flight)))


async def ours(url: str, paths: Sequence[str], count: int, in_flight: int) -> None:
    """The runner with all that it does: log, cache, back-off, limits."""
    with tempfile.TemporaryDirectory() as folder:
        with Log(Path(folder) / "log.jsonl") as log, Cache(Path(folder) / "cache.sqlite") as cache:
            async with connected(Endpoint(model="mock", url=url)) as chat:
                tasks = (Task(each) for each in samples(paths, count))
                tally = await run(tasks, chat, log, limits=Limits(in_flight=in_flight), cache=cache)
        assert (tally.answered, tally.failed) == (count, 0)


Loop = Callable[[str, Sequence[str], int, int], Awaitable[None]]


def spent(loop: Loop, url: str, paths: Sequence[str], *, count: int, in_flight: int) -> tuple[float, float]:
    """Milliseconds of CPU a sample, and samples a second."""
    start, start_cpu = time.perf_counter(), time.process_time()
    asyncio.run(loop(url, paths, count, in_flight))  # type: ignore[arg-type]
    cpu, wall = time.process_time() - start_cpu, time.perf_counter() - start
    return 1000 * cpu / count, count / wall


def beside(
    url: str, paths: Sequence[str], *, count: int, in_flight: int, inspect: str
) -> dict[str, float | str]:
    """Both loops by turns, the best of three each: load disturbs that least."""
    runs = [
        (
            spent(bare, url, paths, count=count, in_flight=in_flight),
            spent(ours, url, paths, count=count, in_flight=in_flight),
        )
        for _ in range(3)
    ]
    bare_ms, our_ms = (min(each[at][0] for each in runs) for at in (0, 1))
    bare_rate, our_rate = (max(each[at][1] for each in runs) for at in (0, 1))
    their_ms, their_rate = inspected(inspect, url, paths, count=count, in_flight=in_flight)
    return {
        "bare client, CPU ms a sample": bare_ms,
        "runner, CPU ms a sample": our_ms,
        "inspect_ai, CPU ms a sample": their_ms,
        "ratio of CPU": our_ms / bare_ms,
        "bare client, samples a second": bare_rate,
        "runner, samples a second": our_rate,
        "inspect_ai, samples a second": their_rate,
    }


def inspected(
    python: str, url: str, paths: Sequence[str], *, count: int, in_flight: int
) -> tuple[float | str, float | str]:
    """The same through inspect_ai, once: milliseconds of CPU a sample, samples a second."""
    if not python:
        return "not installed", "not installed"
    command = [python, str(Path(__file__).with_name("inspect_client.py")), url, str(Path(paths[0]).parent)]
    command += [str(count), str(in_flight)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    cpu_ms, rate = json.loads(told.strip().splitlines()[-1])
    return cpu_ms, rate


def with_inspect(named: str | None) -> str:
    """A Python that has inspect_ai: the named one, else this one; empty where it has none."""
    if named is not None:
        return named
    return sys.executable if importlib.util.find_spec("inspect_ai") else ""


LONG = """
import asyncio, resource, sys, json, time
from pathlib import Path
from allocentric.agents.floors import Random
from allocentric.bench.log import Log
from allocentric.bench.runner import Task, run
from benchmarks.bench_overhead import sample
count, path = int(sys.argv[1]), Path(sys.argv[2])
peaks = []
def tasks():
    for number in range(count):
        if number in (count // 10, count - 1):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        yield Task(sample(number, None))
start = time.perf_counter()
with Log(path) as log:
    asyncio.run(run(tasks(), Random(), log))
print(json.dumps([*peaks, time.perf_counter() - start]))
"""


def long(count: int) -> dict[str, float]:
    """Memory after a tenth and at the end of a long run, and the time to open and sum up its log."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        command = [sys.executable, "-c", LONG, str(count), str(path)]
        told = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1]
        )
        tenth, end, seconds = json.loads(told.stdout)
        start = time.perf_counter()
        rows = latest(read_rows(path))
        states = {
            state: sum(each.state == state for each in rows.values()) for state in ("answered", "failed")
        }
        opened = time.perf_counter() - start
        assert states == {"answered": count, "failed": 0}
    return {
        "peak MB after a tenth": tenth,
        "peak MB at the end": end,
        "growth, bytes a sample": 1e6 * (end - tenth) / (0.9 * count),
        "seconds of the run": seconds,
        "seconds to open and sum up its log": opened,
    }


def first_request() -> dict[str, float]:
    """From the start of the command to its first request, the median of five: by the clock, and of CPU."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        record: dict[str, Any] = {"id": 1, "dataset": "d", "scene_name": "s", "question": "sample 1: where?"}
        record |= {"question_type": "object_rel_distance", "ground_truth": "A"}
        record |= {"options": ["A. left", "B. right"]}
        (folder / "test.jsonl").write_text(json.dumps(record))
        with endpoint(served=folder / "served") as url:
            found = [_first(folder, url, number) for number in range(5)]
    seconds, cpu = (median(each[at] for each in found) for at in (0, 1))
    return {"seconds to the first request": seconds, "of them CPU": cpu}


def _first(folder: Path, url: str, number: int) -> tuple[float, float]:
    """The film of the record is not there: the first request is that of the variant without pictures."""
    served = folder / "served"
    served.unlink(missing_ok=True)
    command = [sys.executable, "-m", "allocentric", "bench", "vsi_bench", "--data", str(folder), "--blind"]
    command += ["--model", "mock", "--url", url, "--no-cache", "--out", str(folder / f"run{number}")]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not served.exists() and process.poll() is None:
            time.sleep(0.002)
        seconds = time.perf_counter() - start
        ran = Path(f"/proc/{process.pid}/schedstat").read_text().split()[0]  # nanoseconds on a processor
        return seconds, int(ran) / 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--long", type=int, default=200_000)
    parser.add_argument("--inspect", help="a Python that has inspect_ai")
    told = parser.parse_args()
    inspect = with_inspect(told.inspect)
    found = dict[str, Any]()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "tiny").mkdir()
        (folder / "photo").mkdir()
        tiny = pictures(folder / "tiny", 64, (64, 64), ".png")
        photo = pictures(folder / "photo", 16, (1024, 768), ".jpg")
        with endpoint() as url:
            found["tiny picture, 32 in flight"] = beside(
                url, tiny, count=told.samples, in_flight=32, inspect=inspect
            )
            found["photograph, 32 in flight"] = beside(
                url, photo, count=told.samples // 4, in_flight=32, inspect=inspect
            )
        with endpoint(latency_s=0.05) as url:
            found["tiny picture, 50 ms, 64 in flight"] = beside(
                url, tiny, count=told.samples, in_flight=64, inspect=inspect
            )
    found["the command"] = first_request()
    if told.long:
        found[f"{told.long:,} samples"] = long(told.long)
    if told.json:
        print(json.dumps(found))
        return
    for name, numbers in found.items():
        print(name)
        for what, number in numbers.items():
            print(f"  {what:40s} {number:10.3f}" if isinstance(number, float) else f"  {what:40s} {number}")


if __name__ == "__main__":
    main()
