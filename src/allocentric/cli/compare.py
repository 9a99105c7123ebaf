"""`allo compare`: runs of one benchmark, sample by sample."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from allocentric.bench.compare import TURNED, Changed, Comparison
from allocentric.bench.compare import compare as compared
from allocentric.bench.index import find
from allocentric.bench.opened import open_run
from allocentric.cli.printable import printable
from allocentric.cli.printing import print_json, print_screen

SHOWN: Final = 3  # samples of each way to change
REPLY: Final = 160  # characters of a reply on the screen


def compare(
    *runs: Path,
    mode: Literal["official", "sound"] = "official",
    every: Annotated[bool, Parameter("--all")] = False,
    as_json: Annotated[bool, Parameter("--json")] = False,
) -> None:
    """Compare runs of one benchmark with the first of them, paired by sample.

    Each number with the difference and its interval, the settings that differ, and every sample that
    changed, replies side by side.

    Parameters
    ----------
    runs
        Folders that allo bench has written.
    mode
        official: the authors' own rule; sound: with its flaws mended.
    every
        Show every sample that changed, not the first ones alone.
    as_json
        Print one JSON object.
    """
    found = compared([open_run(each, find) for each in runs], mode=mode)
    if as_json:
        print_json({"comparisons": [each.to_json() for each in found]})
        return
    print_screen(Group(*(_screen(each, None if every else SHOWN) for each in found)))


def _screen(found: Comparison, most: int | None) -> RenderableType:
    shown = found.changed if most is None else _some(found.changed, most)
    more = len(found.changed) - len(shown)
    parts: list[RenderableType] = [
        _text(f"{found.benchmark}: {found.after} against {found.before}", "bold"),
        Padding(_numbers(found), (0, 0, 0, 2)),
        _text(f"  {found.mode} rule, {_paired(found)}", "dim"),
        _text("settings that differ" if found.settings else "no setting differs", "bold"),
        Padding(_settings(found), (0, 0, 0, 2)),
        _text(_turned(found), "bold"),
    ]
    parts += [Padding(_sample(each), (0, 0, 1, 2)) for each in shown]
    parts += [_text(f"  and {more:,} more: --all, or --json", "dim")] if more else []
    return Group(*parts)


def _some(changed: tuple[Changed, ...], most: int) -> list[Changed]:
    """The first of each way to change."""
    return [each for way in TURNED for each in [one for one in changed if one.turned == way][:most]]


def _numbers(found: Comparison) -> RenderableType:
    table = _table("", "before", "after", "difference", "95 % interval", "n", "")
    for each in found.numbers:
        low, high = each.change.low, each.change.high
        table.add_row(
            _text(each.name),
            _share(each.before),
            _share(each.after),
            "" if each.change.value is None else f"{each.change.value:+.3f}",
            each.change.note if low is None or high is None else f"{low:+.3f} to {high:+.3f}",
            str(each.change.count),
            "" if each.is_sure else "may be chance",
        )
    return table


def _settings(found: Comparison) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for each in found.settings:
        table.add_row(
            _text(each.name, "cyan"), _text(_cut(each.before, 60)), _text("->"), _text(_cut(each.after, 60))
        )
    return table


def _sample(each: Changed) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    head = f"{each.turned}: {each.id} ({each.type}), truth {each.truth}"
    for name, score, read, reply in (
        ("before", each.before, each.read_before, each.reply_before),
        ("after", each.after, each.read_after, each.reply_after),
    ):
        said = "nothing was read" if read is None else f"read as {read}"
        table.add_row(_text(name, "dim"), f"{score:.3g}", _text(said), _text(_cut(reply, REPLY), "dim"))
    return Group(_text(head), table)


def _paired(found: Comparison) -> str:
    lost = [f"{count} {what}" for what, count in found.unpaired.items() if count]
    told = [f"{found.paired:,} samples paired", *lost]
    told += [f"{found.altered} not put alike: words, options or truth differ"] if found.altered else []
    return ", ".join(told)


def _turned(found: Comparison) -> str:
    told = [f"{count} {way}" for way, count in found.counts().items() if count]
    return ", ".join([*told, f"{found.agreeing} as before"])


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for row, name in enumerate(columns):
        table.add_column(name, justify="left" if row in (0, len(columns) - 1) else "right")
    return table


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _cut(text: str, most: int) -> str:
    told = " ".join(text.split())
    return told if len(told) <= most else told[: most - 3] + "..."


def _text(text: str, style: str = "") -> Text:
    return Text(printable(text), style)
