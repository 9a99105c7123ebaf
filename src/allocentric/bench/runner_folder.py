"""A run in its folder: begun or taken up again, put, scored; and scored anew from what is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from allocentric.agents.answerer import Described
from allocentric.agents.model import Model, Opens
from allocentric.answers.aggregates import aggregation
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import Number, numbers
from allocentric.bench import card as cards
from allocentric.bench.benchmark import Benchmark, files, load
from allocentric.bench.cache import Cache, cache_file
from allocentric.bench.card import Card
from allocentric.bench.frames import FILE as FRAMES_FILE
from allocentric.bench.frames import Covering, Cutter, Frames
from allocentric.bench.log import Key, Log, Row, latest, read_rows
from allocentric.bench.log_tables import Result, write_json, write_table
from allocentric.bench.report import Mode, Report
from allocentric.bench.runner import UNLIMITED, Limits, Tally, Watch, run
from allocentric.bench.runner_tasks import Shown, fitted, in_scenes, tasks_of
from allocentric.bench.sample import Sample
from allocentric.bench.scoring import score
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
class Ran:
    """What a run came to: its card, a report for each variant and repeat, and what they say together."""

    folder: Path
    card: Card
    reports: dict[tuple[str, int], Report]
    together: dict[str, Number] = field(default_factory=dict)
    failures: tuple[tuple[str, int], ...] = ()  # what kept samples from an answer, the most frequent first

    @property
    def report(self) -> Report:
        """The report of the samples as they are."""
        return self.reports["", 0]

    def to_json(self) -> dict[str, Any]:
        """All of it as one JSON object."""
        held = self.reports.items()
        return {
            "card": {
                "settings": self.card.settings,
                "software": self.card.software,
                "tally": self.card.tally,
            },
            "reports": [
                {"variant": name, "repeat": repeat, **each.to_json()} for (name, repeat), each in held
            ],
            "together": {name: asdict(each) for name, each in self.together.items()},
            "failures": [{"why": why, "count": count} for why, count in self.failures],
        }


Watcher = Callable[[int], Watch]
"""Given how many tasks there are, who is told of each row."""


async def ran(wanted: Wanted, folder: Path, *, mode: Mode = "official", watch: Watcher | None = None) -> Ran:
    """Put a benchmark to a model, in a folder; goes on where an earlier run of the same has stopped.

    Raises BadInput where the folder holds a run with other settings, and whatever loading raises.
    """
    check_mirrors(wanted.variants, wanted.benchmark.name)
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
    return scored(wanted.benchmark, samples, folder, mode=mode, card=card)


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


def scored(benchmark: Benchmark, samples: Sequence[Sample], folder: Path, *, mode: Mode, card: Card) -> Ran:
    """What the log of a run says by a benchmark's rule; writes the tables of results into its folder."""
    settings = card.settings
    variants = Variants(**settings["variants"])
    rows = latest(read_rows(folder / LOG))
    groups = defaultdict[tuple[str, int], list[Sample]](list)
    for task in tasks_of(samples, variants, settings["seed"], limit=settings["limit"]):
        groups[task.variant, task.repeat].append(task.sample)
    reports = {
        (variant, repeat): _report(benchmark, held, rows, at=(variant, repeat), mode=mode)
        for (variant, repeat), held in sorted(groups.items(), key=lambda each: each[0])
    }
    together = _together([row for each in reports.values() for row in each.rows])
    results = [Result(each, rows.get(each.key)) for report in reports.values() for each in report.rows]
    failures = Counter(row.error.split(" (")[0] for row in rows.values() if row.state == "failed")
    done = Ran(
        folder=folder,
        card=card,
        reports=reports,
        together=together,
        failures=tuple(failures.most_common()),
    )
    write_table(results, folder)
    write_json(done.to_json(), folder)
    return done


def rescored(folder: Path, find: Callable[[str], Benchmark], *, mode: Mode = "official") -> Ran:
    """The report of a run from its stored replies: no model is asked.

    `find` gives the benchmark of a name. Raises BadInput where the folder is no run, or its data have gone
    or are no longer the same.
    """
    card = cards.read_card(folder)
    settings = card.settings
    benchmark, data = find(settings["benchmark"]), Path(settings["data"])
    if cards.files_hash(files(data, benchmark)) != settings["data_sha256"]:
        what = "the data of the benchmark are not those that the run was made with"
        raise BadInput(what, where=str(data), mend="put the same release there, or run it again")
    samples = load(benchmark, data, errata=settings["errata"])
    return scored(benchmark, samples, folder, mode=mode, card=card)


def _report(
    benchmark: Benchmark, samples: Sequence[Sample], rows: dict[Key, Row], *, at: tuple[str, int], mode: Mode
) -> Report:
    """The report of one variant and repeat, its rows named after both."""
    variant, repeat = at
    found = {each.id: rows.get((each.id, variant, repeat)) for each in samples}
    replies = {id: row.attempt for id, row in found.items() if row is not None}
    report = score(samples, replies, benchmark, mode=mode)
    named = tuple(replace(each, variant=variant, repeat=repeat) for each in report.rows)
    return replace(report, rows=named)


def _together(rows: Sequence[Scored]) -> dict[str, Number]:
    """What the variants say together: all rotations right, flips too, how often repeats agree."""
    names = {row.variant for row in rows}
    found = dict[str, Number]()
    for kind, said, how in (("options:", "circular", "all_variants"), ("flip", "flip", "all_variants")):
        if any(name.startswith(kind) for name in names):
            varied = {row.id for row in rows if row.variant.startswith(kind)}
            held = [row for row in rows if not row.variant or row.variant.startswith(kind)]
            held = [row for row in held if row.id in varied]
            found[said] = replace(numbers(held, aggregation(how))[0], name=said)
    if len({row.repeat for row in rows}) > 1:
        held = [row for row in rows if not row.variant]
        found["consistency"] = replace(numbers(held, aggregation("agreement"))[0], name="consistency")
    return found


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
