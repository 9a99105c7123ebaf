"""How a run looks while it lasts: its rate, the time left, its running score."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Final

from allocentric.bench.benchmark import Benchmark
from allocentric.bench.log import Row
from allocentric.bench.runner import Tally, Task, Watch
from allocentric.cli.lazily import called_for
from allocentric.cli.printing import print_lines

if TYPE_CHECKING:
    from allocentric.cli.bench_bar import Bar

A_LINE_S: Final = 10.0
A_LOOK_S: Final = 0.2


class Watching:
    """Shows how far a run of a benchmark is, its rate, the time left, its running score; for `with`.

    On a terminal that is a bar on standard error, elsewhere a plain line every ten seconds. What draws and
    scores is imported with the first row: nothing waits for it before the first request.
    """

    def __init__(self, benchmark: Benchmark) -> None:
        self._benchmark = benchmark
        self._bar: Bar | None = None
        self._start_s = self._line_s = time.monotonic()

    def __enter__(self) -> Watching:
        self._start_s = self._line_s = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def begin(self, total: int) -> Watch:
        """Whom to tell of each row, once it is known how many tasks there are."""
        is_terminal = sys.stderr.isatty()
        score: Any = None
        held = [0.0, 0]

        def watch(task: Task, row: Row, tally: Tally) -> None:
            nonlocal score
            score = score or called_for("allocentric.bench.scoring:running")
            scored = score(self._benchmark, task.sample, row.attempt)
            if scored is not None:
                held[0], held[1] = held[0] + scored, held[1] + 1
            now_s, done = time.monotonic(), tally.rows + tally.before
            if now_s - self._line_s <= (A_LOOK_S if is_terminal else A_LINE_S) and not (
                is_terminal and done >= total
            ):
                return
            self._line_s = now_s
            told = told_of(tally, now_s - self._start_s, scored=(held[0], int(held[1])))
            if is_terminal:
                self._bar = self._bar or called_for("allocentric.cli.bench_bar:Bar")(total)
                self._bar.tell(done, told)
            else:
                print_lines(f"{done} of {total}: {told}", error=True)

        return watch


def told_of(tally: Tally, seconds: float, *, scored: tuple[float, int]) -> str:
    """How a run goes, in a line: rate, mean of the scores so far, failures, cost.

    >>> told_of(Tally(answered=30, failed=2), 4.0, scored=(6.0, 12))
    '8.0 a second, mean score so far 0.500 of 12, 2 failed'
    """
    parts = [f"{tally.rows / max(seconds, 1e-9):.1f} a second"]
    total, count = scored
    parts += [f"mean score so far {total / count:.3f} of {count}"] if count else []
    parts += [f"{tally.failed} failed"] * bool(tally.failed)
    parts += [f"{tally.cached} from the cache"] * bool(tally.cached)
    parts += [f"cost {tally.cost:.2f}"] * bool(tally.priced)
    return ", ".join(parts)
