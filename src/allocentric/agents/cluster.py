"""Answerers spread over the machines of a Ray cluster. They need Ray: `allocentric[scale]`."""

from __future__ import annotations

import contextlib
import itertools
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Final

from allocentric.agents.answerer import Answerer, Described, Hopeless, Request, Transient
from allocentric.agents.chat import Keys
from allocentric.agents.floors import Random
from allocentric.agents.model import Model
from allocentric.agents.table import answering
from allocentric.answers.prompt import Attempt, Prompt
from allocentric.errors import AllocentricError, BadInput

LOCAL: Final = "local"
TOGETHER: Final = 256  # prompts that one worker may be at


class Spread:
    """Hands each prompt to the next of the workers, each of which has an answerer of its own."""

    def __init__(self, workers: list[Any]) -> None:
        self._next = itertools.cycle(workers)

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:
        """What the worker's answerer says; what it raises is raised here."""
        told = await next(self._next).answer.remote(prompt, seed)
        if isinstance(told, Attempt):
            return told
        kind, arguments = told
        if kind == "transient":
            why, after_s, crowded = arguments
            raise Transient(why, after_s=after_s, crowded=crowded)
        what, where, mend = arguments
        raise (Hopeless if kind == "hopeless" else BadInput)(what, where=where, mend=mend)


class Buying(Spread):
    """The same of answerers whose replies cost something: the run's cache is asked before a worker is."""

    def __init__(self, workers: list[Any], keys: Keys) -> None:
        super().__init__(workers)
        self._keys = keys

    def request(self, prompt: Prompt, *, seed: int) -> Request:
        """The request for a prompt under the key that it has without a cluster; pictures are read here."""
        _, key = self._keys.request(prompt, seed=seed)
        return Request(key, lambda: self.answer(prompt, seed=seed))


class Worker:
    """One answerer in a process of its own, on any machine that sees the same files."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._open = contextlib.AsyncExitStack()
        self._answerer: Answerer | None = None

    async def begin(self) -> tuple[Described, Keys | None]:
        """Make the answerer: connections and weights belong to the process.

        Gives what its card says, and what keys its requests have, where replies cost something.
        """
        described = await self._open.enter_async_context(answering(self._model))
        self._answerer = described.answerer
        keys: Keys | None = getattr(described.answerer, "keys", None)
        return replace(described, answerer=Random()), keys  # which can be sent

    async def answer(self, prompt: Prompt, seed: int) -> Attempt | tuple[str, tuple[Any, ...]]:
        """An attempt, or what was raised, as plain values that can be sent."""
        assert self._answerer is not None
        try:
            return await self._answerer.answer(prompt, seed=seed)
        except Transient as error:
            return "transient", (error.why, error.after_s, error.crowded)
        except AllocentricError as error:
            return "hopeless" if isinstance(error, Hopeless) else "bad", (error.what, error.where, error.mend)


@contextlib.asynccontextmanager
async def spread(model: Model, address: str) -> AsyncIterator[Described]:
    """As many of an answerer as the Ray cluster at an address has processors, for as long as the block lasts.

    `local` starts a cluster on this machine, `local:2` one of two processors. Each worker sends for itself;
    the cache of replies is asked here, before. Raises BadInput where Ray is not installed or no cluster
    answers.
    """
    ray = _ray()
    kind, _, count = address.partition(":")
    is_local = kind == LOCAL
    try:
        how = {"num_cpus": int(count) if count else None} if is_local else {"address": address}
        ray.init(
            **how,
            log_to_driver=False,
            include_dashboard=False if is_local else None,
            logging_level=logging.ERROR,
        )
    except (ConnectionError, ValueError, RuntimeError) as error:
        what = f"no Ray cluster answers: {str(error).splitlines()[0][:200]}"
        raise BadInput(what, where=f"--ray {address}", mend="start one: ray start --head") from None
    try:
        made = ray.remote(max_concurrency=TOGETHER, num_cpus=1)(Worker)
        processors = max(1, int(ray.cluster_resources().get("CPU", 1)))
        workers = [made.remote(model) for _ in range(processors)]
        described, keys = await workers[0].begin.remote()
        for each in workers[1:]:
            await each.begin.remote()
        answerer = Spread(workers) if keys is None else Buying(workers, keys)
        yield replace(described, answerer=answerer, in_flight=None)
    finally:
        ray.shutdown()


def _ray() -> Any:
    try:
        import ray  # noqa: PLC0415 (an extra, which only clusters need)
    except ImportError:
        what = "a cluster needs Ray, which is not installed"
        raise BadInput(what, where="--ray", mend="pip install 'allocentric[scale]'") from None
    return ray
