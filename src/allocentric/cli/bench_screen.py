"""How a run looks that has ended: a table with intervals, what failed, what it took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from allocentric.answers.statistics import Number
from allocentric.bench.runner_asked import LOG
from allocentric.bench.runner_folder import Ran
from allocentric.cli.printable import printable
from allocentric.words import plural

MOST_REASONS: Final = 3


def leaderboard(done: Ran) -> RenderableType:
    """What a run came to: a line a number, with intervals, counts and floors; what failed, and why."""
    report, settings = done.report, done.card.settings
    head = f"{report.title}: {settings['model']}"
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for name in ("", "score", "95 % interval", "n", "chance", "blind"):
        table.add_column(name, justify="left" if not name else "right")
    _add(table, report.overall, "bold")
    for each in (*report.parts, *(each for each in report.types if each not in report.parts)):
        _add(table, each)
    for version, held in done.reports.items():
        if version != ("", 0):
            _add(table, held.overall, name=_called(version))
    for each in done.together.values():
        _add(table, each)
    lines = [
        f"{report.mode} rule; {report.coverage}",
        *_failures(done),
        *_spent(done),
        f"kept in {done.folder}",
    ]
    parts: list[RenderableType] = [Text(printable(head), "bold"), Padding(table, (0, 0, 0, 2))]
    return Group(*parts, *(Text("  " + printable(each), "dim") for each in lines))


def _called(version: tuple[str, int]) -> str:
    variant, repeat = version
    return (variant or "as it is") + (f", repeat {repeat + 1}" if repeat else "")


def _add(table: Table, number: Number, style: str = "", *, name: str | None = None) -> None:
    interval = "" if number.low is None or number.high is None else f"{number.low:.3f} to {number.high:.3f}"
    table.add_row(
        Text(printable(number.name if name is None else name), style),
        Text(_share(number.value), style),
        interval,
        str(number.count),
        _share(number.chance),
        _share(number.blind),
    )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _failures(done: Ran) -> list[str]:
    """Why samples failed, the most frequent reasons, and where each stands."""
    if not done.failures:
        return []
    told = [f"failed {_times(count)}: {why}" for why, count in done.failures[:MOST_REASONS]]
    more = len(done.failures) - MOST_REASONS
    told += [f"and for {more} more {'reason' if more == 1 else 'reasons'}"] * (more > 0)
    return [*told, f'which failed, and why: the lines with "failed" in {done.folder / LOG}']


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _spent(done: Ran) -> Sequence[str]:
    tally = done.card.tally
    if not tally:
        return ()
    told = f"{_counted(tally['requests'], 'request')} in {tally['seconds']:.1f} s"
    if tally["prompt_tokens"] or tally["reply_tokens"]:
        told += f", {tally['prompt_tokens']} and {tally['reply_tokens']} tokens"
    told += f", cost {tally['cost']:.4g}" if tally["priced"] else ""
    told += f", {_counted(tally['cached'], 'reply')} from the cache" if tally["cached"] else ""
    told += f", {tally['before']} done before" if tally["before"] else ""
    if tally["stopped"]:
        return (told, f"stopped, for {tally['stopped']}: the same command goes on from here")
    return (told,)


def _counted(count: int, noun: str) -> str:
    """A count with its noun: 1 reply, 2 replies."""
    return f"{count} {noun if count == 1 else plural(noun)}"
