"""Records whose fields want work before they are a sample's: a task inferred, a unit taken off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from allocentric.answers.aggregate import Aggregation
from allocentric.bench.benchmark import ANY, Benchmark, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.layouts import Layout, sample_of
from allocentric.bench.records import Row, rows
from allocentric.bench.sample import Sample

Derive = Callable[[Row], Mapping[str, Any]]
"""The fields that are made of a record's own, by name; they go before its own."""


def read_derived(
    path: Path, *, layout: Layout, rules: Mapping[str, Rule], derive: Derive
) -> Iterator[Sample]:
    """The samples of one file, each of a record and what `derive` makes of it.

    Raises BadInput with file, row and field.
    """
    for row in rows(path, inside=layout.inside):
        whole = Row({**row.values, **derive(row)}, row.path, row.number, row.name)
        yield sample_of(whole, layout, rules)


def derived(
    release: Release,
    layout: Layout,
    rules: Mapping[str, Rule] | Rule,
    *,
    derive: Derive,
    official: str | Aggregation = "mean",
    sound: str | Aggregation = "",
    beside: tuple[str, ...] = (),
) -> Benchmark:
    """A benchmark of one layout, whose records `derive` completes."""
    by_type = {ANY: rules} if isinstance(rules, Rule) else rules
    read = partial(read_derived, layout=layout, rules=by_type, derive=derive)
    return told(release, read, by_type, official=official, sound=sound, beside=beside)
