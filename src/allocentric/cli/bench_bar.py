"""The bar of a run, on standard error."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Bar:
    """A bar with how many are done, a line about them, and the time left; gone when it is closed."""

    def __init__(self, total: int) -> None:
        self._shown = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[told]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            refresh_per_second=4,
        )
        self._task = self._shown.add_task("asked", total=total, told="")
        self._shown.start()

    def tell(self, done: int, told: str) -> None:
        """Show how many are done, and what is to be said of them."""
        self._shown.update(self._task, completed=done, told=told)

    def close(self) -> None:
        """Take it off the screen."""
        self._shown.stop()
