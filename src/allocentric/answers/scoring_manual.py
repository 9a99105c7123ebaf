"""The page that lists every metric and every aggregation, drawn from their own words."""

from __future__ import annotations

from collections.abc import Iterable

from allocentric.answers.aggregates import AGGREGATIONS
from allocentric.answers.kinds import KINDS, NUMERIC
from allocentric.answers.metrics import METRICS

OPENING = """\
# How answers are scored

A metric scores one reading against one truth; an aggregation makes numbers of scored rows. Each has a name
and a version. Those marked *official* keep a flaw of their release, so that published numbers can be
compared with; all others are sound for every truth, zero and negative ones included. What could not be read
scores as no value does, what failed has no score and is counted beside, and no score is ever NaN.

Every number comes with its count, the rows without a score, a 95 % interval from a bootstrap that draws whole
scenes, what guessing comes to, and what the best constant answer of each type comes to.
"""


def scoring_manual() -> str:
    """The page, in Markdown."""
    metrics = (
        (
            each.name,
            each.version,
            _about(each.about, each.official),
            _kinds(each.kinds),
            each.source,
        )
        for each in METRICS
    )
    ways = (
        (each.name, each.version, _about(each.about, each.official), each.source) for each in AGGREGATIONS
    )
    parts = (
        OPENING,
        "## Metrics\n",
        _table(("name", "version", "score", "kinds", "source"), metrics),
        "## Aggregations\n",
        _table(("name", "version", "number", "source"), ways),
    )
    return "\n".join(parts)


def _about(about: str, official: bool) -> str:
    """What it is, marked where it is official."""
    return f"*official*: {about}" if official else about


def _kinds(kinds: frozenset[str]) -> str:
    """The kinds that a metric is for, those that are numbers in one word."""
    if kinds == frozenset(KINDS):
        return "all"
    named = ["numbers"] if kinds >= NUMERIC else []
    return ", ".join([*named, *sorted(kinds - NUMERIC if named else kinds)])


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table with names as code."""
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for name, *rest in rows:
        lines.append(f"| `{name}` | {' | '.join(rest)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(scoring_manual(), end="")
