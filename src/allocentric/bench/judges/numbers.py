"""How releases find a number in a reply where no named reader does it."""

from __future__ import annotations

import re
from typing import Final

from allocentric.answers.metrics.official_relative_accuracy import mean_relative_accuracy_vlmevalkit
from allocentric.bench.benchmark import RELEASED
from allocentric.bench.sample import Sample

_LONGEST: Final = 200_000
_UNSIGNED: Final = re.compile(r"(?<!\^)\d+\.\d+|(?<!\^)\d+")


def spar_first(reply: str, sample: Sample) -> float:
    """SPAR-Bench, one view: the first number without its sign; none scores 0."""
    found = _UNSIGNED.findall(reply[:_LONGEST])
    return _relative(float(found[0]), sample) if found else 0.0


def spar_last(reply: str, sample: Sample) -> float:
    """SPAR-Bench, several views: the last number without its sign; none counts as -1."""
    found = _UNSIGNED.findall(reply[:_LONGEST])
    return _relative(float(found[-1]) if found else -1.0, sample)


def _relative(given: float, sample: Sample) -> float:
    return mean_relative_accuracy_vlmevalkit(given, float(sample.fields[RELEASED]))
