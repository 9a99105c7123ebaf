"""Samples, answerers and runs for the tests of the runner."""

import asyncio
import pathlib
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from allocentric.agents.answerer import Answerer, Request
from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Attempt, Picture, Prompt, Usage
from allocentric.bench.log import Log, Row, read_rows
from allocentric.bench.runner import Limits, Tally, Task, run
from allocentric.bench.sample import Sample

OPTIONS = ("left", "right", "front", "back")
QUICK = Limits(wait_s=0.001, in_flight=8)


def sample(id: int | str, *pictures: str, truth: str = "A", options: tuple[str, ...] = OPTIONS) -> Sample:
    """A question with lettered options."""
    lines = "\n".join(f"{chr(65 + row)}. {each}" for row, each in enumerate(options))
    words = f"sample {id}\nWhere is the sofa?\n{lines}\nAnswer with the letter."
    parts: tuple[str | Picture, ...] = (*(Picture(each) for each in pictures), words)
    return Sample(prompt=Prompt(str(id), parts, Expected("choice", options)), truth=truth, type="direction")


def samples(count: int) -> list[Sample]:
    """So many of them."""
    return [sample(number) for number in range(count)]


class Told:
    """Answers with whatever a function of the prompt's id and the number of its try gives or raises."""

    def __init__(self, tell: Callable[[str, int], str | Attempt]) -> None:
        self.tell = tell
        self.asked = dict[str, int]()
        self.seeds = list[int]()
        self.busy = self.most_busy = 0

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:
        tries = self.asked[prompt.id] = self.asked.get(prompt.id, 0) + 1
        self.seeds.append(seed)
        self.busy += 1
        self.most_busy = max(self.busy, self.most_busy)
        try:
            await asyncio.sleep(0)
            told = self.tell(prompt.id, tries)
        finally:
            self.busy -= 1
        return told if isinstance(told, Attempt) else answered(prompt.id, told)


class Sold(Told):
    """The same, with requests that have a key."""

    def request(self, prompt: Prompt, *, seed: int) -> Request:
        send: Callable[[], Awaitable[Attempt]] = lambda: self.answer(prompt, seed=seed)  # noqa: E731
        return Request(f"{prompt.parts!r}", send)


def answered(id: str, reply: str, cost: float | None = None) -> Attempt:
    """A reply with its price."""
    return Attempt(sample=id, state="answered", reply=reply, model="told", usage=Usage(10, 1, 0.0, cost))


def ran(
    tasks: Iterable[Task | Sample], answerer: Answerer, folder: pathlib.Path, **how: Any
) -> tuple[Tally, list[Row]]:
    """A run with its log in a folder; gives what it came to, and all rows of the log."""
    path = folder / "log.jsonl"
    held = (each if isinstance(each, Task) else Task(each) for each in tasks)
    with Log(path) as log:
        tally = asyncio.run(run(held, answerer, log, **({"limits": QUICK} | how)))
    return tally, list(read_rows(path))
