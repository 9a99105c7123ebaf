"""All benchmarks, by name: our own suites and the published ones."""

from allocentric.bench.benchmark import Benchmark
from allocentric.bench.published.index import benchmark


def find(name: str) -> Benchmark:
    """The benchmark of a name; raises UnknownName with the near miss."""
    return benchmark(name)
