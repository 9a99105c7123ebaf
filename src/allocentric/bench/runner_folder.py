"""A run in its folder, scored; and scored anew from what is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from allocentric.answers.aggregate_abstention import area_under_risk_coverage
from allocentric.answers.aggregates import aggregation
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import Number, number, numbers
from allocentric.bench import card as cards
from allocentric.bench.benchmark import Benchmark, files, load
from allocentric.bench.card import Card
from allocentric.bench.log import Key, Row, latest, read_rows
from allocentric.bench.log_tables import Result, write_json, write_table
from allocentric.bench.report import Mode, Report
from allocentric.bench.runner_asked import LOG, Asked, Wanted, Watcher, asked
from allocentric.bench.runner_tasks import tasks_of
from allocentric.bench.sample import Sample
from allocentric.bench.scoring import score
from allocentric.bench.variants import Variants
from allocentric.errors import BadInput

RISK_DRAWS: Final = 200  # each of them sorts all rows
RISK: Final = "risk over coverage"
"""The area under the curve of risk and coverage, in the order of falling confidence: 0 is best."""


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


async def ran(wanted: Wanted, folder: Path, *, mode: Mode = "official", watch: Watcher | None = None) -> Ran:
    """Put a benchmark to a model, in a folder, and score it; goes on where an earlier run has stopped."""
    return scored(await asked(wanted, folder, watch=watch), mode=mode)


def scored(done: Asked, *, mode: Mode = "official") -> Ran:
    """What the log of a run says by a benchmark's rule; writes the tables of results into its folder."""
    settings, folder = done.card.settings, done.folder
    variants = Variants(**settings["variants"])
    rows = latest(read_rows(folder / LOG))
    groups = defaultdict[tuple[str, int], list[Sample]](list)
    for task in tasks_of(done.samples, variants, settings["seed"], limit=settings["limit"]):
        groups[task.variant, task.repeat].append(task.sample)
    reports = {
        (variant, repeat): _report(done.benchmark, held, rows, at=(variant, repeat), mode=mode)
        for (variant, repeat), held in sorted(groups.items(), key=lambda each: each[0])
    }
    together = _together([row for each in reports.values() for row in each.rows])
    results = [Result(each, rows.get(each.key)) for report in reports.values() for each in report.rows]
    failures = Counter(row.error.split(" (")[0] for row in rows.values() if row.state == "failed")
    told = Ran(
        folder=folder,
        card=done.card,
        reports=reports,
        together=together,
        failures=tuple(failures.most_common()),
    )
    write_table(results, folder)
    write_json(told.to_json(), folder)
    return told


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
    return scored(Asked(benchmark=benchmark, samples=samples, folder=folder, card=card), mode=mode)


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
    sure = [row for row in rows if (row.variant, row.repeat) == ("", 0) and row.confidence is not None]
    if sure:
        found[RISK] = number(RISK, sure, area_under_risk_coverage, draws=RISK_DRAWS)
    return found
