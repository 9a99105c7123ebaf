"""A run in its folder: begun or taken up again, and put; what is needed to score it waits for that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from allocentric.agents.answerer import Described
from allocentric.agents.model import Model, Opens
from allocentric.bench import card as cards
from allocentric.bench.benchmark import Benchmark, files, load
from allocentric.bench.cache import Cache, cache_file
from allocentric.bench.card import Card
from allocentric.bench.frames import FILE as FRAMES_FILE
from allocentric.bench.frames import Covering, Cutter, Frames
from allocentric.bench.log import Log
from allocentric.bench.runner import UNLIMITED, Limits, Tally, Watch, run
from allocentric.bench.runner_tasks import Shown, fitted, in_scenes, tasks_of
from allocentric.bench.sample import Sample
from allocentric.bench.variants import Variants, check_mirrors
from allocentric.errors import BadInput

LOG: Final = "log.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be put, and to whom: `opened` makes whoever answers.

    `scenes` is where those who ask the scene find it; `covering` goes with frames by coverage.
    """

    benchmark: Benchmark
    data: Path
    model: Model
    opened: Opens
    covering: Covering | None = None
    frames: Frames = Frames()  # noqa: RUF009 (a value that never changes)
    variants: Variants = Variants()  # noqa: RUF009
    limits: Limits = UNLIMITED
    seed: int = 0
    limit: int | None = None
    errata: tuple[str, ...] = ()
    scenes: str | None = None
    cache: Path | None = None

    def __post_init__(self) -> None:
        if self.limit is not None and self.limit < 1:
            raise BadInput(f"the first {self.limit} samples", where="--limit", mend="give 1 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A run that has ended, not scored yet: its samples, and its card with what it came to."""

    benchmark: Benchmark
    samples: Sequence[Sample]
    folder: Path
    card: Card


Watcher = Callable[[int], Watch]
"""Given how many tasks there are, who is told of each row."""


async def asked(wanted: Wanted, folder: Path, *, watch: Watcher | None = None) -> Asked:
    """Put a benchmark to a model, in a folder; goes on where an earlier run of the same has stopped.

    Raises BadInput where the folder holds a run with other settings, and whatever loading raises.
    """
    check_mirrors(wanted.variants, wanted.benchmark.release)
    samples = in_scenes(load(wanted.benchmark, wanted.data, errata=wanted.errata), wanted.scenes)
    model = wanted.model
    if model.name == "blind":
        model = replace(model, blind=fitted(samples, wanted.benchmark))
    _make(folder)
    async with wanted.opened(model) as described:
        card = _card(wanted, described, folder)
        card.write(folder)
        tally = await _put(wanted, samples, described, folder=folder, watch=watch)
    card = cards.ended(card, tally)
    card.write(folder)
    return Asked(benchmark=wanted.benchmark, samples=samples, folder=folder, card=card)


async def _put(
    wanted: Wanted, samples: Sequence[Sample], described: Described, *, folder: Path, watch: Watcher | None
) -> Tally:
    kept = cache_file().parent / "frames"
    cutter = Cutter(wanted.frames, kept, folder / FRAMES_FILE, covering=wanted.covering)
    shown = Shown(cutter, kept) if described.sees else None
    most = min(wanted.limits.in_flight, described.in_flight or wanted.limits.in_flight)
    tasks = tasks_of(samples, wanted.variants, wanted.seed, limit=wanted.limit)
    told = None if watch is None else watch(_how_many(samples, wanted))

    async def put(cache: Cache | None) -> Tally:
        with Log(folder / LOG) as log:
            return await run(
                tasks,
                described.answerer,
                log,
                limits=replace(wanted.limits, in_flight=most),
                seed=wanted.seed,
                cache=cache,
                prepare=shown,
                watch=told,
            )

    if wanted.cache is None:
        return await put(None)
    with Cache(wanted.cache) as cache:
        return await put(cache)


def _card(wanted: Wanted, described: Described, folder: Path) -> Card:
    """The card of this run; raises BadInput where the folder holds one that was asked something else."""
    data = files(wanted.data, wanted.benchmark)
    settings = {
        **cards.benchmark_settings(wanted.benchmark, data, wanted.errata),
        "data": str(wanted.data),
        "model": described.model,
        "arguments": described.arguments,
        "scenes": wanted.scenes,
        "frames": _frames(wanted.frames) if described.sees else None,
        "variants": asdict(wanted.variants),
        "seed": wanted.seed,
        "limit": wanted.limit,
        "in_flight": wanted.limits.in_flight,
    }
    card = cards.new_card(settings)
    if (folder / cards.FILE).exists():
        before = cards.read_card(folder)
        if other := cards.differing(before, card, cards.ASKED):
            what = f"the folder holds another run: {'; '.join(other[:3])}"
            raise BadInput(what, where=str(folder), mend="name another folder, --out, or the same settings")
        card.started = before.started
    elif (folder / LOG).exists():
        what = "the folder holds a log without the card of its run"
        raise BadInput(what, where=str(folder), mend="name another folder, --out")
    return card


def _frames(frames: Frames) -> dict[str, Any]:
    held: dict[str, Any] = {"way": frames.way, "count": frames.count}
    return held if frames.way != "given" else {"way": "given", "given": frames.given}


def _how_many(samples: Sequence[Sample], wanted: Wanted) -> int:
    """How many tasks there are: exactly where samples are put as they are, else counted."""
    if not wanted.variants.names:
        count = len(samples) if wanted.limit is None else min(len(samples), wanted.limit)
        return count * wanted.variants.repeats
    return sum(1 for _ in tasks_of(samples, wanted.variants, wanted.seed, limit=wanted.limit))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise BadInput(
            f"no run can be kept here: {reason}", where=str(folder), mend="name another folder"
        ) from None
