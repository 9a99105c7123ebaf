"""One published benchmark by the name of its file, without loading the others."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from allocentric.bench.benchmark import Benchmark


def named(name: str) -> Benchmark | None:
    """The benchmark whose file is called like it; None where there is no such file.

    >>> named("vsi_bench").release.title, named("vsi_bensch")
    ('VSI-Bench (Thinking in Space)', None)
    """
    place = f"{__package__}.{name}"
    if not name.isidentifier() or find_spec(place) is None:
        return None
    found = getattr(import_module(place), "BENCHMARK", None)
    return found if isinstance(found, Benchmark) and found.name == name else None
