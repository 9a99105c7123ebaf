"""Many machines: the same replies and the same report, whoever is at it."""

import asyncio
import dataclasses
import pathlib
from functools import partial
from typing import Any

import pytest

from allocentric.agents.answerer import Buys, Hopeless, Transient
from allocentric.agents.chat import Generation, Keys
from allocentric.agents.cluster import Buying, Spread, Worker, spread
from allocentric.agents.floors import Random
from allocentric.agents.model import Model, reached
from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Attempt, Prompt
from allocentric.bench.cache import Cache
from allocentric.bench.log import Log, read_rows
from allocentric.bench.runner import Tally, Task, run
from allocentric.bench.runner_asked import LOG
from allocentric.bench.runner_folder import ran
from allocentric.errors import BadInput
from tests.bench.put import samples
from tests.bench.test_runner_folder import release, wanted

PROMPT = Prompt("1", ("?",), Expected("yes_no"))


class Far:
    """A worker as the cluster shows it: its method is called by way of `remote`."""

    def __init__(self, told: object) -> None:
        self.told = told
        self.count = 0

    @property
    def answer(self) -> "Far":
        return self

    async def remote(self, prompt: Prompt, seed: int) -> object:
        self.count += 1
        return self.told


def test_prompts_go_round_among_the_workers() -> None:
    workers = [Far(Attempt(sample="1", state="answered", reply=str(row))) for row in range(3)]

    async def ask() -> list[str]:
        spread_out = Spread(workers)
        return [(await spread_out.answer(PROMPT, seed=0)).reply for _ in range(6)]

    assert asyncio.run(ask()) == ["0", "1", "2", "0", "1", "2"]


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        (("transient", ("busy", 2.0, True)), Transient),
        (("hopeless", ("no key", "there", "set it")), Hopeless),
        (("bad", ("no picture", "there", "make it")), BadInput),
    ],
)
def test_what_a_worker_raises_is_raised_here(told: object, raised: type[Exception]) -> None:
    with pytest.raises(raised) as caught:
        asyncio.run(Spread([Far(told)]).answer(PROMPT, seed=0))
    assert type(caught.value) is raised


def test_a_cluster_asks_the_same_cache_under_the_same_keys_as_one_machine(tmp_path: pathlib.Path) -> None:
    model = Model(name="m", url="http://127.0.0.1:9/v1")

    async def keys() -> tuple[str, str]:
        described, its_keys = await Worker(model).begin()
        assert isinstance(described.answerer, Random), "what is sent holds no connection"
        assert its_keys is not None
        far = Buying([Far(Attempt(sample="1", state="answered", reply="yes"))], its_keys)
        async with reached(model) as alone:
            assert isinstance(alone.answerer, Buys)
            return far.request(PROMPT, seed=3).key, alone.answerer.request(PROMPT, seed=3).key

    far, alone = asyncio.run(keys())
    assert far == alone


def test_what_the_cache_holds_is_not_asked_of_a_worker(tmp_path: pathlib.Path) -> None:
    worker = Far(Attempt(sample="1", state="answered", reply="A"))
    keys = Keys("http://here/v1", "m", Generation())
    told = [put(tmp_path / f"log{row}", worker, keys, tmp_path / "cache") for row in (1, 2)]
    assert [(tally.answered, tally.cached) for tally in told] == [(4, 0), (4, 4)]
    assert worker.count == 4


def put(path: pathlib.Path, worker: Far, keys: Keys, cached: pathlib.Path) -> Tally:
    """What four samples come to that are put to a worker, with a cache."""
    with Log(path) as log, Cache(cached) as cache:
        return asyncio.run(run(map(Task, samples(4)), Buying([worker], keys), log, cache=cache))


def test_a_worker_sends_what_its_answerer_says_or_raises_as_plain_values() -> None:
    async def told(model: Model, prompt: Prompt) -> Any:
        worker = Worker(model)
        await worker.begin()
        return await worker.answer(prompt, 0)

    attempt = asyncio.run(told(Model(name="random"), PROMPT))
    assert attempt == asyncio.run(Random().answer(PROMPT, seed=0))
    gone = Model(name="m", url="http://127.0.0.1:9/v1")
    kind, (_why, after_s, crowded) = asyncio.run(told(gone, PROMPT))
    assert (kind, after_s, crowded) == ("transient", None, True)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")
def test_two_workers_of_a_cluster_give_the_replies_of_one_machine(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("ray")
    data = release(tmp_path / "data", 40)
    alone = asyncio.run(ran(wanted(data), tmp_path / "alone"))
    together = asyncio.run(
        ran(
            dataclasses.replace(wanted(data), opened=partial(spread, address="local:2")),
            tmp_path / "together",
        )
    )
    replies = [
        {row.key: row.reply for row in read_rows(tmp_path / name / LOG)} for name in ("alone", "together")
    ]
    assert replies[0] == replies[1]
    assert together.report.overall == alone.report.overall
