"""A bar, the rate and the time left, where somebody looks on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

Item = TypeVar("Item")


def watched(items: Iterator[Item], total: int) -> Iterable[Item]:
    """The items as they come, shown on standard error where that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    with Progress(*_columns(), console=console, transient=True) as progress:
        yield from progress.track(items, total=total)


class Bars:
    """Bars one after the other, one a stage; for `with`. Nothing is shown where nobody looks on."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), *_columns())
        self._shown = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._stages = dict[str, TaskID]()

    def __enter__(self) -> Bars:
        self._shown.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._shown.stop()

    def each(self, stage: str, items: Iterator[Item], total: int) -> Iterable[Item]:
        """The items of a stage as they come."""
        return self._shown.track(items, total=total, description=stage)

    def tell(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is that counts by itself."""
        if stage not in self._stages:
            self._stages[stage] = self._shown.add_task(stage, total=total)
        self._shown.update(self._stages[stage], completed=done, total=total)


def _columns() -> tuple[ProgressColumn, ...]:
    return BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(compact=True)


class _Rate(ProgressColumn):
    """How many are done in a second, or how long one takes."""

    def render(self, task: Task) -> Text:
        speed = task.speed or 0.0
        return Text("" if not speed else f"{speed:.1f} a second" if speed >= 1 else f"{1 / speed:.1f} s each")


def counted(totals: Iterator[int], total: int, name: str) -> Iterable[int]:
    """How many there are by now, as they come, shown on standard error where that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from totals
        return
    with Progress(TextColumn("{task.description}"), *_columns(), console=console, transient=True) as progress:
        task: TaskID | None = None
        for done in totals:
            if task is None:  # what was there before is no work of this run's rate
                task = progress.add_task(name, total=total, completed=done)
            progress.update(task, completed=done)
            yield done
