"""How a score looks on a terminal: numbers, intervals and floors, coverage, and where the rules differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from allocentric.answers.statistics import Number
from allocentric.bench.benchmark import Benchmark
from allocentric.bench.predictions import Predictions
from allocentric.bench.report import Report, jsonable
from allocentric.cli.printable import printable

MOST_IDS: Final = 6
MOST_DIFFERING: Final = 10
LONGEST_REPLY: Final = 48


def score_screen(reports: Sequence[Report], predictions: Predictions) -> RenderableType:
    """One table a mode, the coverage, what did not fit, and the samples that the rules disagree on."""
    parts: list[RenderableType] = []
    for each in reports:
        names = f"  errata: {', '.join(each.errata)}" if each.errata else ""
        parts += [_text(f"{each.title}, {each.mode}{names}", "bold"), Padding(_numbers(each), (0, 0, 0, 2))]
        parts += [Padding(_text(str(each.coverage), "dim"), (0, 0, 1, 2))]
    parts += [Padding(_text(line, "yellow"), (0, 0, 0, 2)) for line in _unmatched(predictions)]
    if reports[0].differing:
        parts += [Text(), *_differing(reports[0])]
    if reports[0].published:
        told = ", ".join(f"{name} {value:.3f}" for name, value in reports[0].published)
        parts += [Padding(_text(f"published: {told}", "dim"), (1, 0, 0, 2))]
    return Group(*parts)


def list_screen(benchmarks: Sequence[Benchmark]) -> RenderableType:
    """The benchmarks that can be scored: name, title, where the release is, its licence."""
    table = _table("name", "title", "licence", "release")
    for each in benchmarks:
        release = each.release
        table.add_row(
            _text(each.name, "cyan"),
            _text(release.title),
            _text(release.licence),
            _text(release.source, "dim"),
        )
    return table


def _numbers(report: Report) -> RenderableType:
    """The table of a report; what is to be said of a number stands below, behind its mark."""
    table = _table("", "value", "95 % interval", "count", "coverage", "chance", "blind")
    told = (report.overall, *report.parts, *report.types)
    marks = {
        note: "*" * (row + 1)
        for row, note in enumerate(dict.fromkeys(each.note for each in told if each.note))
    }
    for row, each in enumerate(told):
        interval = "" if each.low is None or each.high is None else f"{each.low:.3f} to {each.high:.3f}"
        covered = f"{1 - each.missing / each.count:.1%}" if each.count else ""
        cells = (
            _share(each.value),
            interval,
            str(each.count),
            covered,
            _share(each.chance),
            _share(each.blind),
        )
        table.add_row(
            _text(each.name),
            *(_text(f"{cell}{marks.get(each.note, '')}" if cell == interval else cell) for cell in cells),
            style="bold green" if row == 0 else "",
        )
    return Group(table, *(_text(f"  {mark} {note}", "dim") for note, mark in marks.items()))


def _unmatched(predictions: Predictions) -> list[str]:
    """What did not fit, a line each, with the first ids."""
    told = (
        (predictions.missing, "sample has no prediction", "samples have no prediction"),
        (predictions.twice, "id comes twice, the first counts", "ids come twice, the first counts"),
        (predictions.unknown, "prediction is of no sample", "predictions are of no sample"),
    )
    lines = list[str]()
    for ids, one, many in told:
        if ids:
            more = f" and {len(ids) - MOST_IDS} more" if len(ids) > MOST_IDS else ""
            lines.append(f"{len(ids)} {one if len(ids) == 1 else many}: {', '.join(ids[:MOST_IDS])}{more}")
    return lines


def _differing(report: Report) -> list[RenderableType]:
    found = report.differing
    table = _table("id", "type", "official", "sound", "read officially", "read soundly", "reply")
    for each in found[:MOST_DIFFERING]:
        reply = " ".join(each.reply.split())
        shown = reply[: LONGEST_REPLY - 3] + "..." if len(reply) > LONGEST_REPLY else reply
        table.add_row(
            _text(each.id),
            _text(each.type),
            _share(each.official),
            _share(each.sound),
            _text(_value(each.read_officially)),
            _text(_value(each.read_soundly)),
            _text(shown, "dim"),
        )
    more = len(found) - MOST_DIFFERING
    head = _text(f"official and sound differ on {len(found)} samples", "bold yellow")
    rest = [Padding(_text(f"and {more} more: --json lists all", "dim"), (0, 0, 0, 2))] if more > 0 else []
    return [head, Padding(table, (0, 0, 0, 2)), *rest]


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value is None else str(jsonable(value))


def _share(value: Number | float | None) -> str:
    return f"{value:.3f}" if isinstance(value, float) else ""


def _text(text: str, style: str = "") -> Text:
    return Text(printable(text), style)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    left = (
        "",
        "name",
        "title",
        "licence",
        "release",
        "id",
        "type",
        "read officially",
        "read soundly",
        "reply",
    )
    for each in columns:
        table.add_column(each, justify="left" if each in left else "right")
    return table
