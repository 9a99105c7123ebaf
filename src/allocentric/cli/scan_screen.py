"""How a scan looks on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from allocentric.cli.printable import printable
from allocentric.perception.scan_report import ScanReport, head
from allocentric.words import a_list

MOST_LABELS = 12


def scan_screen(report: ScanReport, out: str) -> RenderableType:
    """What was found, what was detected and checked, what is unknown and what would settle it, the files."""
    rows: list[tuple[str, RenderableType]] = [("unit", _text(report.unit))]
    if report.things:
        rows.append(("things", _text(_labels(report))))
    sections = (
        ("detected", report.detected, ""),
        ("checks", tuple(each.says for each in report.checks), ""),
        ("looks wrong", report.warnings, "yellow"),
    )
    rows += [(title, _lines(lines, style)) for title, lines, style in sections if lines]
    rows.append(("unknown", Group(*(_open(each.what, each.mend) for each in report.unknown))))
    rows.append(("written", _text(f"{out}: {a_list(report.files)}")))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    for name, value in rows:
        table.add_row(name, value)
    return Group(_text(head(report), "bold"), Padding(table, (0, 0, 0, 2)))


def _labels(report: ScanReport) -> str:
    """How many of each label, the most first."""
    labels = [each.label for each in report.things]
    counts = sorted({(-labels.count(each), each) for each in labels})
    told = [f"{-count} {label}" for count, label in counts]
    more = [f"{len(told) - MOST_LABELS} labels more"] if len(told) > MOST_LABELS else []
    return a_list([*told[:MOST_LABELS], *more])


def _lines(lines: tuple[str, ...], style: str) -> RenderableType:
    return Group(*(_text(each, style) for each in lines))


def _open(what: str, mend: str) -> RenderableType:
    return Group(_text(what), *([_text(f"  {mend}", "dim")] if mend else []))


def _text(text: str, style: str = "") -> Text:
    shown = printable(text)
    return Text(" " * (len(text) - len(text.lstrip())) + shown, style)
