"""Runs as one page that needs nothing else: a leaderboard, numbers, plots, every sample with its pictures."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from allocentric.bench import page_tables as tables
from allocentric.bench.opened import PLAIN, OpenRun, Try
from allocentric.bench.page_pictures import Album, films_of
from allocentric.bench.page_samples import Proofs, article, mark_of, shown, version_name
from allocentric.bench.page_style import SCRIPT, STYLE

_HASH: Final = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
_POLICY: Final = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{_HASH}'"
"""What a browser may do with the page: no network at all, no script but its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much a page holds at the most: samples, bytes of pictures, plans (which take time to draw)."""

    samples: int = 5000
    picture_bytes: int = 24_000_000
    plans: int = 60


STANDARD: Final = Sizes()


def page_of(runs: Sequence[OpenRun], *, sizes: Sizes = STANDARD) -> str:
    """The report of one run, or of several with a leaderboard on top, as HTML.

    Whatever came from a model or a release is escaped, and the page lets no browser reach for anything
    outside it. Of what is left out for its size, the page says how much.
    """
    held = _chosen(runs, sizes.samples)
    title = _title(runs)
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8>",
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        "<meta name=viewport content='width=device-width, initial-scale=1'>",
        f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>",
        *(tables.leaderboard(runs) if len(runs) > 1 else ()),
    ]
    places = {(number, each.key): f"s{row}" for row, (number, each) in enumerate(held)}
    for number, run in enumerate(runs):
        parts += _run(run, number, places, several=len(runs) > 1)
    parts += _samples(runs, held, sizes)
    parts.append(f"<script>{SCRIPT}</script></body></html>\n")
    return "\n".join(parts)


def _run(
    run: OpenRun, number: int, places: dict[tuple[int, tuple[str, str, int]], str], *, several: bool
) -> Iterator[str]:
    """All about one run but its samples."""
    report = run.report()
    if several:
        yield f'<h1 id="run{number}">{shown(run.name)}: {shown(report.title)}</h1>'
    yield f'<p class="dim">answered by {shown(run.model)}, {shown(str(report.coverage))}</p>'
    yield from tables.tiles(run)
    yield from tables.settings(run)
    yield from tables.both_rules(run)
    yield from tables.plots(run)
    yield from tables.states(run)
    mine = {key[0]: place for (row, key), place in places.items() if row == number and key[1:] == PLAIN}
    yield from tables.differing(run, mine)


def _chosen(runs: Sequence[OpenRun], most: int) -> list[tuple[int, Try]]:
    """The first samples of each run, as many of each, with the number of the run."""
    share = max(1, most // max(len(runs), 1))
    return [(number, each) for number, run in enumerate(runs) for each in run.tries[:share]]


def _samples(runs: Sequence[OpenRun], held: Sequence[tuple[int, Try]], sizes: Sizes) -> Iterator[str]:
    total = sum(len(run.tries) for run in runs)
    films = {source: files for run in runs for source, files in films_of(run.folder).items()}
    album = Album(sizes.picture_bytes, films=films)
    proofs = Proofs(sizes.plans)
    yield '<h2 id="samples">Samples</h2>'
    articles = [
        "".join(article(runs[number], each, f"s{row}", album=album, proofs=proofs))
        for row, (number, each) in enumerate(held)
    ]
    if len(held) < total:
        yield f'<p class="dim">The first {len(held):,} of {total:,} samples are shown.</p>'
    if album.left_out:
        size = f"{sizes.picture_bytes / 1e6:g} MB"
        yield f'<p class="dim">{album.left_out:,} pictures are left out: this page holds {size} of them.</p>'
    yield from _filter(runs, held)
    yield from articles


def _filter(runs: Sequence[OpenRun], held: Sequence[tuple[int, Try]]) -> Iterator[str]:
    """What to show: one of each list of choices that leaves a choice, and words."""
    found = {
        "run": Counter(runs[number].name for number, _ in held),
        "version": Counter(version_name(each.task.variant, each.task.repeat) for _, each in held),
        "type": Counter(each.sample.type for _, each in held),
        "state": Counter("missing" if each.row is None else each.official.state for _, each in held),
        "mark": Counter(mark_of(runs[number], each) for number, each in held),
        "rules": Counter(
            "agree" if each.official.score == each.sound.score else "differ" for _, each in held
        ),
    }
    labels = {"mark": "right or wrong", "rules": "both rules"}
    yield "<form>"
    for name, counts in found.items():
        if len(counts) > 1:
            options = "".join(
                f'<option value="{shown(each)}">{shown(each)} ({count:,})</option>'
                for each, count in sorted(counts.items())
            )
            label = labels.get(name, f"every {name}")
            first = f'<option value="">{label}</option>'
            yield f'<select name="{name}" aria-label="{label}">{first}{options}</select>'
    yield '<input type="search" name="words" placeholder="words" aria-label="words"><output></output></form>'


def _title(runs: Sequence[OpenRun]) -> str:
    if len(runs) == 1:
        return f"{shown(runs[0].report().title)}: {shown(runs[0].model)}"
    names = dict.fromkeys(run.report().title for run in runs)
    return f"{len(runs)} runs of {shown(', '.join(names))}"
