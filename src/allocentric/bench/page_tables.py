"""The numbers of a run in a page: a leaderboard, both rules side by side, coverage, what they dispute."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any, Final

from allocentric.answers.aggregate import Aggregation, Rows, Tree, share
from allocentric.answers.aggregate_abstention import risk_coverage
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import Number, numbers
from allocentric.bench.opened import PLAIN, OpenRun
from allocentric.bench.page_plots import Curve, Point, bar, curves
from allocentric.bench.page_samples import shown, version_name
from allocentric.bench.report import Report
from allocentric.scene.json_text import encode

MOST_DIFFERING: Final = 200
MOST_POINTS: Final = 200  # of a curve of risk and coverage
CUT: Final = 160
_GRADED: Final = re.compile(r"(.*\D)[ :_=-]*(\d+(?:\.\d+)?)")


def leaderboard(runs: Sequence[OpenRun]) -> Iterator[str]:
    """Every run in a line, the best of each benchmark first."""
    heads = ("run", "official", "", "95 % interval", "sound", "read", "n", "answered by")
    yield f'<h2 id="leaderboard">Leaderboard</h2><div class="wide"><table>{_head(heads, words=1)}'
    for name in dict.fromkeys(each.benchmark.name for each in runs):
        held = [each for each in runs if each.benchmark.name == name]
        held.sort(key=lambda each: -(each.report().overall.value or 0.0))
        for run in held:
            official, sound = run.report().overall, run.report("sound").overall
            linked = f'<a href="#run{runs.index(run)}">{shown(run.name)}</a>'
            yield "<tr>" + _cells(
                f'{linked} <span class="dim">{shown(name)}</span>',
                _share(official.value),
                bar(official),
                _interval(official),
                _share(sound.value),
                f"{100 * run.report('sound').coverage.share:.0f} %",
                f"{official.count:,}",
                shown(run.model),
                words=1,
                plot=2,
            )
    yield "</table></div>"


def tiles(run: OpenRun) -> Iterator[str]:
    """The headline numbers, large."""
    report, sound = run.report(), run.report("sound")
    held = [
        ("official", _share(report.overall.value), _interval(report.overall)),
        ("sound", _share(sound.overall.value), _interval(sound.overall)),
        ("chance", _share(report.overall.chance), "what guessing comes to"),
        ("blind", _share(report.overall.blind), "the best without looking"),
        ("read", f"{100 * sound.coverage.share:.1f} %", str(sound.coverage)),
    ]
    inner = "".join(
        f'<div><span class="dim">{name}</span><b>{value}</b><span class="dim">{shown(below)}</span></div>'
        for name, value, below in held
        if value
    )
    yield f'<div class="tiles">{inner}</div>'


def both_rules(run: OpenRun) -> Iterator[str]:
    """Every number by both rules, with bars; then what the variants come to."""
    official, sound = run.report(), run.report("sound")
    beside = {each.name: each for each in _all(sound)}
    heads = ("", "official", "", "95 % interval", "sound", "n", "unread", "no score", "chance", "blind")
    yield f'<h2>Numbers</h2><div class="wide"><table>{_head(heads, words=1)}'
    named: list[tuple[str, Number | None, Number | None]]
    named = [(each.name, each, beside.get(each.name)) for each in _all(official)]
    told = {each.name for each in _all(official)}
    named += [(name, None, each) for name, each in beside.items() if name not in told]
    for version in run.versions:
        if version != PLAIN:
            overall = [run.report(mode, version).overall for mode in ("official", "sound")]
            named.append((version_name(*version), overall[0], overall[1]))
    for row, (name, one, other) in enumerate(named):
        number = one or other
        assert number is not None
        yield f"<tr{'' if row else ' class=first'}>" + _cells(
            _breaking(name),
            "" if one is None else _share(one.value),
            bar(number),
            "" if one is None else _interval(one),
            "" if other is None else _share(other.value),
            f"{number.count:,}",
            f"{number.unread:,}" if number.unread else "",
            f"{number.missing:,}" if number.missing else "",
            _share(number.chance),
            _share(number.blind),
            words=1,
            plot=2,
        )
    yield "</table></div>"
    keys = "the line is the 95 % interval, dashes are chance, the other mark is the blind floor"
    yield f'<p class="dim">Bars go from 0 to 1; {keys}.</p>'
    if official.published:
        held = ", ".join(f"{shown(name)} {value:.3f}" for name, value in official.published)
        yield f'<p class="dim">Published: {held}.</p>'


def plots(run: OpenRun) -> Iterator[str]:
    """Curves of risk and coverage where there are confidences, and over several conditions."""
    rows = run.report().rows
    held = [*_risk(rows), *_conditions(rows)]
    if held:
        yield f'<h2>Curves</h2><div class="plots">{"".join(held)}</div>'


def states(run: OpenRun) -> Iterator[str]:
    """How the samples of each type ended."""
    counts = defaultdict[str, dict[str, int]](dict)
    for each in run.tries:
        if (each.task.variant, each.task.repeat) == PLAIN:
            state = "missing" if each.row is None else each.sound.state
            counts[each.sample.type][state] = counts[each.sample.type].get(state, 0) + 1
    heads = ("type", "scored", "unread", "refused", "failed", "missing")
    yield f'<h2>How the samples ended</h2><div class="wide"><table>{_head(heads, words=1)}'
    for type in sorted(counts):
        cells = (f"{counts[type][each]:,}" if each in counts[type] else "" for each in heads[1:])
        yield "<tr>" + _cells(_breaking(type), *cells, words=1)
    yield "</table></div>"


def differing(run: OpenRun, places: dict[str, str]) -> Iterator[str]:
    """The samples on which the two rules do not agree; `places` are their ids in the page."""
    found = run.report().differing
    yield "<h2>Where the rules differ</h2>"
    if not found:
        yield '<p class="dim">On no sample: both rules give the same score to all.</p>'
        return
    more = len(found) - MOST_DIFFERING
    tail = f", the first {MOST_DIFFERING} shown" if more > 0 else ""
    yield f'<p class="dim">On {len(found):,} of {run.report().coverage.samples:,} samples{tail}.</p>'
    heads = ("sample", "type", "official", "sound", "reply")
    yield f'<div class="wide"><table>{_head(heads, words=2)}'
    for each in found[:MOST_DIFFERING]:
        place = places.get(each.id)
        name = shown(each.id) if place is None else f'<a href="#{place}">{shown(each.id)}</a>'
        reply = " ".join(each.reply.split())
        reply = reply if len(reply) <= CUT else reply[: CUT - 3] + "..."
        yield (
            f'<tr><td>{name}<td class="words">{_breaking(each.type)}<td>{_share(each.official) or "none"}'
            f'<td>{_share(each.sound) or "none"}<td class="words">{shown(reply)}</tr>'
        )
    yield "</table></div>"


def settings(run: OpenRun) -> Iterator[str]:
    """The card of the run, folded."""
    held = {**run.card.settings, "software": run.card.software, "started": run.card.started}
    rows = "".join(f"<dt>{shown(name)}</dt><dd>{shown(_text(value))}</dd>" for name, value in held.items())
    yield f"<details><summary>what it was made with</summary><dl>{rows}</dl></details>"


def _all(report: Report) -> list[Number]:
    """The numbers of a report, each once: overall, parts, types."""
    held = (report.overall, *report.parts, *report.types)
    return list({each.name: each for each in reversed(held)}.values())[::-1]


def _risk(rows: Rows) -> Iterator[str]:
    coverage, risk = risk_coverage(rows)
    if len(coverage) > 1:
        step = max(1, len(coverage) // MOST_POINTS)
        points = tuple(Point(float(x), float(y)) for x, y in zip(coverage[::step], risk[::step]))
        yield curves([Curve("answered in the order of confidence", points)], across="coverage", up="risk")


def _conditions(rows: Rows) -> Iterator[str]:
    """The score over conditions: a curve for each that has grades (fog 0.2, fog 0.4), else one for all."""
    names = sorted({row.condition for row in rows})
    if len(names) < 2:
        return
    how = Aggregation(name="conditions", about="by condition", source="", trees=by_condition)
    held = {each.name: each for each in numbers(rows, how)}
    grades = defaultdict[str, list[tuple[float, Number]]](list)
    for name in names:
        if found := _GRADED.fullmatch(name):
            grades[found[1].rstrip(" :_=-")].append((float(found[2]), held[name]))
    if any(len(each) > 1 for each in grades.values()):
        clean = [(0.0, held["clean"])] if "clean" in held else []
        made = [Curve(kind, _points([*clean, *each])) for kind, each in sorted(grades.items())]
        yield curves(made, across="severity", up="score")
        return
    ordered = [*(name for name in names if name == "clean"), *(name for name in names if name != "clean")]
    points = _points([(float(row), held[name]) for row, name in enumerate(ordered)])
    if len(ordered) <= 6:
        yield curves([Curve("score", points)], across="condition", up="score", ticks=ordered)
    else:
        cells = "".join(
            f"<tr>{_cells(_breaking(name), bar(held[name]), words=1, plot=1)}" for name in ordered
        )
        yield f"<figure><figcaption>score by condition</figcaption><table>{cells}</table></figure>"


def by_condition(rows: Rows) -> tuple[Tree, ...]:
    """The mean of each condition."""

    def one(name: str) -> Tree:
        def counts(row: Scored) -> bool:
            return row.condition == name

        return share(name, rows, counts)

    return tuple(one(name) for name in sorted({row.condition for row in rows}))


def _points(held: Iterable[tuple[float, Number]]) -> tuple[Point, ...]:
    return tuple(
        Point(x, each.value, each.low, each.high)
        for x, each in sorted(held, key=lambda pair: pair[0])
        if each.value is not None
    )


def _breaking(name: str) -> str:
    """A name that may be broken where it has an underscore."""
    return shown(name).replace("_", "_<wbr>")


def _head(names: Sequence[str], *, words: int) -> str:
    cells = "".join(
        f"<th{' class=words' if row < words else ''}>{escape(name)}" for row, name in enumerate(names)
    )
    return f"<thead><tr>{cells}</thead>"


def _cells(*held: str, words: int, plot: int | None = None) -> str:
    """The cells of a row: the first ones are words, one may be a plot."""
    kinds = dict.fromkeys(range(words), " class=words") | ({} if plot is None else {plot: " class=plot"})
    return "".join(f"<td{kinds.get(row, '')}>{each}" for row, each in enumerate(held)) + "</tr>"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _interval(number: Number) -> str:
    if number.low is None or number.high is None:
        return shown(number.note)
    return f"{number.low:.3f} to {number.high:.3f}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else encode(value).decode()
