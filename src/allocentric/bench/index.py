"""All benchmarks, by name: our own suites and the published ones."""

from __future__ import annotations

from allocentric.bench.benchmark import Benchmark
from allocentric.bench.published.index import BENCHMARKS as PUBLISHED
from allocentric.bench.suites.index import BENCHMARKS as SUITES
from allocentric.errors import UnknownName


def find(name: str) -> Benchmark:
    """The benchmark of a name; raises UnknownName with the near miss.

    >>> find("rooms").release.title, find("vsi_bench").name
    ('Rooms, version 1', 'vsi_bench')
    """
    held = {each.name: each for each in (*SUITES, *PUBLISHED)}
    if name not in held:
        raise UnknownName("benchmark", name, list(held), where="allocentric.bench")
    return held[name]
