"""The runner: every task put to whoever answers, many at a time, each ending in one row of the log."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from allocentric.agents.answerer import Answerer, Buys, Hopeless, Request, Transient
from allocentric.answers.prompt import Attempt, Prompt
from allocentric.bench.cache import Cache
from allocentric.bench.log import Key, Log, Row, row_of, settled
from allocentric.bench.sample import Sample
from allocentric.bench.throttle import LONGEST_PAUSE_S, Throttle
from allocentric.errors import AllocentricError, BadInput

LONGEST_WAIT_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Task:
    """A sample that is to be put: in which variant, for the how-many-th time (from 0)."""

    sample: Sample
    variant: str = ""
    repeat: int = 0

    @property
    def key(self) -> Key:
        """What its row is found by."""
        return (self.sample.id, self.variant, self.repeat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a run may take at most: of one sample, and in all; None is no limit.

    A sample is tried up to `tries` times, with waits that double from `wait_s` on. When `most_requests`,
    `most_cost` or `most_seconds` is reached, what is under way is waited for and nothing more is asked.
    After `hopeless_after` samples in a row whose tries all came to nothing, the run ends likewise.
    """

    in_flight: int = 64
    tries: int = 6
    wait_s: float = 0.5
    most_requests: int | None = None
    most_cost: float | None = None
    most_seconds: float | None = None
    hopeless_after: int = 40

    def __post_init__(self) -> None:
        for name in ("in_flight", "tries", "most_requests", "hopeless_after"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise BadInput(f"{name} is {value}", where="the limits of a run", mend="give 1 or more")
        for name in ("wait_s", "most_cost", "most_seconds"):
            value = getattr(self, name)
            if value is not None and not value >= 0:
                raise BadInput(f"{name} is {value}", where="the limits of a run", mend="give 0 or more")


UNLIMITED: Final = Limits()


@dataclass(slots=True)
class Tally:
    """What a run has come to so far. `stopped` says which limit ended it, and is empty where none did."""

    answered: int = 0
    refused: int = 0
    failed: int = 0
    before: int = 0  # done by an earlier run
    cached: int = 0
    requests: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0
    cost: float = 0.0
    priced: int = 0  # replies whose price is known
    seconds: float = 0.0
    stopped: str = ""

    @property
    def rows(self) -> int:
        """How many rows this run has written."""
        return self.answered + self.refused + self.failed

    def add(self, row: Row) -> None:
        """Count a row."""
        setattr(self, row.state, getattr(self, row.state) + 1)
        self.cached += not row.bought
        if row.bought:
            self.prompt_tokens += row.usage.prompt_tokens
            self.reply_tokens += row.usage.reply_tokens
            self.cost += row.usage.cost or 0.0
            self.priced += row.usage.cost is not None


Watch = Callable[[Task, Row, Tally], None]
Prepare = Callable[[Task], Awaitable[Prompt]]


@dataclass(slots=True)
class _Run:
    """A run under way."""

    tasks: Iterator[Task]
    answerer: Answerer
    log: Log
    limits: Limits
    seed: int
    cache: Cache | None
    prepare: Prepare | None
    watch: Watch | None
    throttle: Throttle
    ends_s: float = float("inf")
    tally: Tally = field(default_factory=Tally)
    under_way: dict[str, asyncio.Event] = field(default_factory=dict)
    given_up: int = 0  # samples in a row

    async def work(self) -> None:
        """Take tasks until there is none, or a limit is reached."""
        while not self.over():
            task = next(self.tasks, None)
            if task is None:
                return
            row = await self.row(task)
            if row is not None:
                self.log.add(row)
                self.tally.add(row)
                if self.watch is not None:
                    self.watch(task, row, self.tally)

    def over(self) -> bool:
        """True when nothing more may be asked; says why in the tally."""
        tally, limits = self.tally, self.limits
        if tally.stopped:
            return True
        if limits.most_requests is not None and tally.requests >= limits.most_requests:
            tally.stopped = f"{limits.most_requests} requests are made"
        elif limits.most_cost is not None and (
            tally.cost >= limits.most_cost or self.expected_cost() > limits.most_cost
        ):
            tally.stopped = f"the cost reaches {limits.most_cost:g}"
        elif asyncio.get_running_loop().time() >= self.ends_s:
            tally.stopped = f"{limits.most_seconds:g} s are over"
        elif self.given_up >= limits.hopeless_after:
            tally.stopped = f"{self.given_up} samples in a row came to nothing"
        return bool(tally.stopped)

    def expected_cost(self) -> float:
        """What is spent, and what the requests under way will cost if they are like those before."""
        tally = self.tally
        each = tally.cost / tally.priced if tally.priced else 0.0
        return tally.cost + each * self.throttle.busy

    async def row(self, task: Task) -> Row | None:
        """What becomes of a task; None where a limit was reached before it was asked at all.

        The one place that catches everything: whatever goes wrong with one sample is its row.
        """
        try:
            prompt = task.sample.prompt
            if self.prepare is not None:
                prompt = await self.prepare(task)
            seed = seed_of(self.seed, task.repeat)
            if not isinstance(self.answerer, Buys):
                return await self.tried(task, lambda: self.answerer.answer(prompt, seed=seed))
            return await self.bought(task, self.answerer.request(prompt, seed=seed))
        except Hopeless:
            raise
        except AllocentricError as error:
            return self.failure(task, f"{error.what} ({error.where})")
        except Exception as error:
            return self.failure(task, f"{type(error).__name__}: {error}")

    async def bought(self, task: Task, request: Request) -> Row | None:
        """The row of a request that costs something: of the cache, where it was made before."""
        key = f"{request.key}:{task.repeat}"
        while key in self.under_way:  # the same content in another sample: wait for its reply
            await self.under_way[key].wait()
        cached = None if self.cache is None else self.cache.get(key)
        if cached is not None:
            return row_of(cached, task.key, bought=False)
        if self.cache is None:
            return await self.tried(task, request.send)
        self.under_way[key] = asyncio.Event()
        try:
            return await self.tried(task, request.send, key)
        finally:
            self.under_way.pop(key).set()

    async def tried(
        self, task: Task, send: Callable[[], Awaitable[Attempt]], key: str | None = None
    ) -> Row | None:
        """The row of the first try that comes to something, else of the last one; a reply is cached."""
        why = ""
        for tries in range(1, self.limits.tries + 1):
            entered_s = await self.throttle.enter()
            try:
                if self.over():
                    return self.failure(task, why, tries - 1) if why else None
                self.tally.requests += 1
                attempt = await send()
            except Transient as error:
                why = error.why
                wait_s = self.turned_away(task, error, entered_s, tries=tries)
            else:
                self.throttle.served()
                self.given_up = 0
                if key is not None and self.cache is not None and attempt.state == "answered":
                    self.cache.put(key, attempt)
                return row_of(attempt, task.key, tries=tries)
            finally:
                self.throttle.leave()
            if tries < self.limits.tries:
                await asyncio.sleep(min(wait_s, max(0.0, self.ends_s - asyncio.get_running_loop().time())))
        self.given_up += 1
        return self.failure(task, why, self.limits.tries)

    def turned_away(self, task: Task, error: Transient, entered_s: float, *, tries: int) -> float:
        """Slow down where the other side is crowded; gives how long to wait before the next try."""
        if error.crowded:
            self.throttle.crowded(entered_s, error.after_s)
        spread = 0.5 + seed_of(self.seed, *task.key, tries) / 2**31  # so that not all come back together
        doubled_s = min(LONGEST_WAIT_S, self.limits.wait_s * 2.0 ** (tries - 1) * spread)
        asked_s = 0.0 if error.after_s is None else min(error.after_s, LONGEST_PAUSE_S)
        return max(doubled_s, asked_s)

    def failure(self, task: Task, why: str, tries: int = 1) -> Row:
        """The row of a sample that came to nothing, and why."""
        attempt = Attempt(sample=task.sample.id, state="failed", error=why[:1000])
        return row_of(attempt, task.key, tries=tries)


async def run(
    tasks: Iterable[Task],
    answerer: Answerer,
    log: Log,
    *,
    limits: Limits = UNLIMITED,
    seed: int = 0,
    cache: Cache | None = None,
    prepare: Prepare | None = None,
    watch: Watch | None = None,
) -> Tally:
    """Put every task that the log does not hold as done to an answerer; gives what it came to.

    Tasks are taken from their iterator only as they are put. A failure is a row of the log, and is tried
    again when the run is taken up another time. `prepare` is done to each prompt before it is put; `watch`
    is called with each row. Raises Hopeless where no prompt can be answered, and BadInput where the log or
    the cache cannot be written to.
    """
    done, start_s = settled(log.rows()), asyncio.get_running_loop().time()
    ends_s = float("inf") if limits.most_seconds is None else start_s + limits.most_seconds
    tally = Tally()

    def left() -> Iterator[Task]:
        for task in tasks:
            if task.key in done:
                tally.before += 1
            else:
                yield task

    under_way = _Run(
        left(),
        answerer,
        log,
        limits,
        seed,
        cache,
        prepare,
        watch,
        Throttle(limits.in_flight, ends_s),
        ends_s,
        tally,
    )
    await _together([under_way.work() for _ in range(limits.in_flight)])
    tally.seconds = asyncio.get_running_loop().time() - start_s
    return tally


def seed_of(*path: int | str) -> int:
    """A seed for one place of a run, below 2**31: same path, same seed.

    >>> seed_of(7, 0) == seed_of(7, 0), seed_of(7, 0) == seed_of(7, 1)
    (True, False)
    """
    return int.from_bytes(hashlib.blake2b(repr(path).encode(), digest_size=4).digest(), "big") >> 1


async def _together(works: list[Coroutine[None, None, None]]) -> None:
    """Do all works at once; the first error ends them all and is raised as it is."""
    running = [asyncio.ensure_future(each) for each in works]
    try:
        await asyncio.gather(*running)
    finally:
        for each in running:
            each.cancel()
        await asyncio.gather(*running, return_exceptions=True)
