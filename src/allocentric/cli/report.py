"""`allo report`: runs as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from allocentric.bench.index import find
from allocentric.bench.opened import open_run
from allocentric.bench.page import Sizes, page_of
from allocentric.cli.printing import print_lines
from allocentric.cli.whole import WHOLE
from allocentric.errors import BadInput
from allocentric.jobs import atomic_write


def report(
    *runs: Path,
    out: Path = Path("report.html"),
    samples: Annotated[int, WHOLE] = 5000,
    picture_mb: float = 24.0,
    plans: Annotated[int, WHOLE] = 60,
) -> None:
    """Write runs as one page that needs no network: numbers, plots, every sample with its pictures and proof.

    Several runs get a leaderboard on top.

    Parameters
    ----------
    runs
        Folders that allo bench has written.
    out
        The page.
    samples
        Show so many samples at the most, as many of each run.
    picture_mb
        Hold so many megabytes of pictures at the most.
    plans
        Draw the plan of so many proofs at the most.
    """
    if not runs:
        mend = "allo report RUN --out report.html"
        raise BadInput("a report takes a run", where="the command line, allo report", mend=mend)
    sizes = Sizes(samples=samples, picture_bytes=int(picture_mb * 1e6), plans=plans)
    page = page_of([open_run(each, find) for each in runs], sizes=sizes).encode(errors="replace")
    atomic_write(out, page)
    print_lines(
        f"{out}: {len(runs)} runs" if len(runs) > 1 else f"{out}: {runs[0]}, {len(page) / 1e6:.1f} MB"
    )
