"""How a run looks: its progress while it lasts, a table with intervals when it has ended."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from allocentric.answers.statistics import Number
from allocentric.bench.log import Row
from allocentric.bench.runner import Tally, Task, Watch
from allocentric.bench.runner_folder import Ran
from allocentric.cli.printable import printable
from allocentric.cli.printing import print_lines

A_LINE_S: Final = 10.0
MOST_REASONS: Final = 3


class Watching:
    """Shows how far a run is, its rate, the time left, its running score; for `with`.

    On a terminal that is a bar on standard error, elsewhere a plain line every ten seconds.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._shown = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[told]}"),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
            refresh_per_second=4,
        )
        self._start_s = self._line_s = time.monotonic()

    def __enter__(self) -> Watching:
        self._start_s = self._line_s = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self._shown.stop()

    def begin(self, total: int) -> Watch:
        """Whom to tell of each row, once it is known how many tasks there are."""
        bar = self._shown.add_task("asked", total=total, told="")
        right = [0.0, 0]

        def watch(task: Task, row: Row, tally: Tally) -> None:
            scored = running(task, row)
            if scored is not None:
                right[0], right[1] = right[0] + scored, right[1] + 1
            now_s = time.monotonic()
            if self._console.is_terminal:
                self._shown.start()
                if now_s - self._line_s > 0.2 or tally.rows + tally.before >= total:
                    self._line_s = now_s
                    told = told_of(tally, now_s - self._start_s, right=(right[0], int(right[1])))
                    self._shown.update(bar, completed=tally.rows + tally.before, told=told)
            elif now_s - self._line_s > A_LINE_S:
                self._line_s = now_s
                told = told_of(tally, now_s - self._start_s, right=(right[0], int(right[1])))
                print_lines(f"{tally.rows + tally.before} of {total}: {told}", error=True)

        return watch


def running(task: Task, row: Row) -> float | None:
    """A first guess at a row's score, for the eye alone: 1 where a short reply is the letter or word.

    None for numbers, failures, and whatever else takes a reader.
    """
    truth = task.sample.truth
    if row.state == "failed" or not isinstance(truth, str):
        return None
    return float(row.reply.strip().strip("().").lower() == truth.lower())


def told_of(tally: Tally, seconds: float, *, right: tuple[float, int]) -> str:
    """How a run goes, in a line: rate, running score, failures, cost.

    >>> told_of(Tally(answered=30, failed=2), 4.0, right=(6.0, 12))
    '8.0 a second, right so far 50 % of 12, 2 failed'
    """
    parts = [f"{tally.rows / max(seconds, 1e-9):.1f} a second"]
    if right[1]:
        parts.append(f"right so far {100 * right[0] / right[1]:.0f} % of {right[1]}")
    parts += [f"{tally.failed} failed"] * bool(tally.failed)
    parts += [f"{tally.cached} from the cache"] * bool(tally.cached)
    parts += [f"cost {tally.cost:.2f}"] * bool(tally.priced)
    return ", ".join(parts)


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
    """Why samples failed, the most frequent reasons."""
    told = [f"failed {count} times: {why}" for why, count in done.failures[:MOST_REASONS]]
    more = len(done.failures) - MOST_REASONS
    return told + [f"and for {more} reasons more: see results.json"] * (more > 0)


def _spent(done: Ran) -> Sequence[str]:
    tally = done.card.tally
    if not tally:
        return ()
    told = f"{tally['requests']} requests in {tally['seconds']:.1f} s"
    if tally["prompt_tokens"] or tally["reply_tokens"]:
        told += f", {tally['prompt_tokens']} and {tally['reply_tokens']} tokens"
    told += f", cost {tally['cost']:.4g}" if tally["priced"] else ""
    told += f", {tally['cached']} replies from the cache" if tally["cached"] else ""
    told += f", {tally['before']} done before" if tally["before"] else ""
    if tally["stopped"]:
        return (told, f"stopped, for {tally['stopped']}: the same command goes on from here")
    return (told,)
