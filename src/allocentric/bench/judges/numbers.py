"""How releases find a number in a reply where no named reader does it."""

from __future__ import annotations

import re
from typing import Final

from allocentric.answers.kinds import Expected
from allocentric.answers.metrics import metric
from allocentric.answers.metrics.official_relative_accuracy import mean_relative_accuracy_vlmevalkit
from allocentric.bench.benchmark import RELEASED, Judge
from allocentric.bench.sample import Sample

_LONGEST: Final = 200_000
_SIGNED: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_UNSIGNED: Final = re.compile(r"(?<!\^)\d+\.\d+|(?<!\^)\d+")


def spar_first(reply: str, sample: Sample) -> float:
    """SPAR-Bench, one view: the first number without its sign; none scores 0."""
    found = _UNSIGNED.findall(reply[:_LONGEST])
    return _relative(float(found[0]), sample) if found else 0.0


def spar_last(reply: str, sample: Sample) -> float:
    """SPAR-Bench, several views: the last number without its sign; none counts as -1."""
    found = _UNSIGNED.findall(reply[:_LONGEST])
    return _relative(float(found[-1]) if found else -1.0, sample)


def osi(how: str) -> Judge:
    """OSI-Bench: the last number, commas left out, scored by the metric of that name; none scores 0."""
    scored = metric(how)

    def judge(reply: str, sample: Sample) -> float:
        found = _SIGNED.findall(reply[:_LONGEST].replace(",", ""))
        given = float(found[-1]) if found else None
        return scored.score(given, float(sample.fields[RELEASED]), Expected("number"))

    return judge


def _relative(given: float, sample: Sample) -> float:
    return mean_relative_accuracy_vlmevalkit(given, float(sample.fields[RELEASED]))
