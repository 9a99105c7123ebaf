"""SPAR-Bench's own comparison of a reply with a letter, its leniency kept."""

from __future__ import annotations

from typing import Final

from allocentric.answers.kinds import Expected, Value
from allocentric.answers.metrics.metric import Metric, Truth, no_truth


def spar_exact_match(value: Value | None, truth: Truth, _: Expected) -> float:
    """1 where the whole reply is the truth, is a part of it, or begins with it, without case.

    The empty reply is a part of every truth, so it is right, and so is one that could not be read.

    >>> [spar_exact_match(each, "B", Expected("text")) for each in ("b", "", "Because ...", "The B")]
    [1.0, 1.0, 1.0, 0.0]
    """
    if not isinstance(truth, str):
        raise no_truth(truth, "spar_exact_match", "a letter or a word")
    said, right = ("" if value is None else str(value)).lower(), truth.lower()
    return float(said in right or said[:1] == right)


METRICS: Final = (
    Metric(
        name="spar_exact_match",
        about="keeps that an empty reply is right for every question and `Because` is B",
        source="SPAR-Bench, exact_match",
        score=spar_exact_match,
        kinds=frozenset({"choice", "text"}),
        official=True,
    ),
)
