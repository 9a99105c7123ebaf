"""What a metric is: a named, versioned rule by which one reading is scored against one truth."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool

from allocentric.answers.kinds import Expected, Value
from allocentric.errors import BadInput


@dataclass(frozen=True, eq=False, slots=True)
class Mask:
    """Which pixels of a picture are right, as a truth for points: row by row, from the top left."""

    inside: Bool[np.ndarray, "height width"]


Truth = Value | Mask
Score = Callable[[Value | None, Truth, Expected], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A rule from a reading, its truth and what was asked to a score.

    `score` takes None for a reply that could not be read, and gives a finite number for every value: it
    knows no other sample. Higher is better and 1 the best, unless `lower_is_better`: then 0 is. `kinds`
    are those it is meant for. `official` says that it keeps a release's flaw, which `about` names.
    """

    name: str
    version: str = "1"
    about: str
    source: str
    score: Score
    kinds: frozenset[str]
    lower_is_better: bool = False
    official: bool = False


def as_number(value: object) -> float | None:
    """The number that a value is; None for what is none, is not finite, or is a truth value.

    >>> as_number(3), as_number(True), as_number("3"), as_number(float("nan"))
    (3.0, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def as_numbers(value: object, length: int | None = None) -> tuple[float, ...] | None:
    """The numbers that a tuple is made of, `length` of them where that is given; None for what is not that.

    >>> as_numbers((1, 2.5), 2), as_numbers((1, 2), 4), as_numbers("12")
    ((1.0, 2.5), None, None)
    """
    if not isinstance(value, tuple) or (length is not None and len(value) != length):
        return None
    found = [as_number(each) for each in value]
    return None if None in found else tuple(each for each in found if each is not None)


def no_truth(truth: Any, metric: str, wanted: str) -> BadInput:
    """What to raise for a truth that a metric cannot be held to."""
    return BadInput(f"{truth!r} is no truth for {metric}", where="truth", mend=f"give {wanted}")
