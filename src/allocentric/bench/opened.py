"""A run as it is read again: its card, what was put, what came back, and what both rules say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from allocentric.answers.scored import Scored
from allocentric.bench import card as cards
from allocentric.bench.benchmark import Benchmark, files, load
from allocentric.bench.card import Card
from allocentric.bench.log import Key, Row, latest, read_rows
from allocentric.bench.report import Mode, Report
from allocentric.bench.runner import Task
from allocentric.bench.runner_asked import LOG
from allocentric.bench.runner_tasks import in_scenes, tasks_of
from allocentric.bench.sample import Sample
from allocentric.bench.scoring import reports
from allocentric.bench.variants import Variants
from allocentric.errors import BadInput

Version = tuple[str, int]
"""Variant and repeat; the samples as they are have the empty variant and repeat 0."""

PLAIN: Version = ("", 0)
Find = Callable[[str], Benchmark]


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """What became of one task: the row of the log, where there is one, and its scores by both rules."""

    task: Task
    row: Row | None
    official: Scored
    sound: Scored

    @property
    def sample(self) -> Sample:
        """What was put."""
        return self.task.sample

    @property
    def key(self) -> Key:
        """What it is of."""
        return self.task.key

    @property
    def reply(self) -> str:
        """What came back; empty where nothing did."""
        return "" if self.row is None else self.row.reply

    def scored(self, mode: Mode) -> Scored:
        """Its score by one of the rules."""
        return self.official if mode == "official" else self.sound


@dataclass(frozen=True)
class OpenRun:
    """A run of a folder with all that its numbers come from; a report for each version and rule."""

    folder: Path
    card: Card
    benchmark: Benchmark
    tries: tuple[Try, ...]
    reports: dict[tuple[Version, Mode], Report]

    @property
    def name(self) -> str:
        """How it is told from others: the name of its folder."""
        return self.folder.resolve().name

    @property
    def model(self) -> str:
        """Who answered."""
        return str(self.card.settings.get("model", ""))

    def report(self, mode: Mode = "official", version: Version = PLAIN) -> Report:
        """What a rule says of one version of the samples."""
        return self.reports[version, mode]

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """The variants and repeats that there are, the samples as they are first."""
        return tuple(dict.fromkeys(version for version, _ in self.reports))


def open_run(folder: str | Path, find: Find) -> OpenRun:
    """A run of a folder, scored from its stored replies; `find` gives the benchmark of a name.

    Raises BadInput where the folder is no run, or the benchmark's data have gone or are others now.
    """
    folder = Path(folder)
    card = cards.read_card(folder)
    benchmark, samples = _put(card, find, folder)
    settings = card.settings
    rows = latest(read_rows(folder / LOG))
    tasks = defaultdict[Version, list[Task]](list)
    for task in tasks_of(
        samples, Variants(**settings["variants"]), settings["seed"], limit=settings["limit"]
    ):
        tasks[task.variant, task.repeat].append(task)
    tries, told = list[Try](), dict[tuple[Version, Mode], Report]()
    for version in sorted(tasks):
        official, sound = _reports(benchmark, tasks[version], rows, errata=settings["errata"])
        told[version, "official"], told[version, "sound"] = official, sound
        tries += (
            Try(task=task, row=rows.get(task.key), official=one, sound=other)
            for task, one, other in zip(tasks[version], official.rows, sound.rows)
        )
    return OpenRun(folder=folder, card=card, benchmark=benchmark, tries=tuple(tries), reports=told)


def _put(card: Card, find: Find, folder: Path) -> tuple[Benchmark, list[Sample]]:
    """The benchmark of a run and its samples, as they were."""
    settings = card.settings
    if lacking := {"benchmark", "data", "variants", "errata", "seed", "limit"} - settings.keys():
        what = f"the card of the run lacks {', '.join(sorted(lacking))}"
        raise BadInput(what, where=str(folder), mend="name a folder that allo bench --out has written")
    benchmark, data = find(settings["benchmark"]), Path(settings["data"])
    if cards.files_hash(files(data, benchmark)) != settings["data_sha256"]:
        what = "the data of the benchmark are not those that the run was made with"
        raise BadInput(what, where=str(data), mend="put the same release there, or run it again")
    samples = load(benchmark, data, errata=settings["errata"])
    return benchmark, in_scenes(samples, settings.get("scenes"))


def _reports(
    benchmark: Benchmark, tasks: list[Task], rows: dict[Key, Row], *, errata: list[str]
) -> Iterator[Report]:
    """The official and the sound report of one version, their rows named after it."""
    variant, repeat = tasks[0].variant, tasks[0].repeat
    found = {each.sample.id: rows.get(each.key) for each in tasks}
    replies = {id: row.attempt for id, row in found.items() if row is not None}
    for report in reports([each.sample for each in tasks], replies, benchmark, errata=errata):
        named = tuple(replace(each, variant=variant, repeat=repeat) for each in report.rows)
        yield replace(report, rows=named)
