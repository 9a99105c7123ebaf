"""A bar, the rate and the time left, where somebody looks on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

Item = TypeVar("Item")


def watched(items: Iterator[Item], total: int) -> Iterable[Item]:
    """The items as they come, shown on standard error where that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    columns = (BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=console, transient=True) as progress:
        yield from progress.track(items, total=total)


class _Rate(ProgressColumn):
    """How many are done in a second, or how long one takes."""

    def render(self, task: Task) -> Text:
        speed = task.speed or 0.0
        return Text("" if not speed else f"{speed:.1f} a second" if speed >= 1 else f"{1 / speed:.1f} s each")
