"""The score of a list of sizes, size by size."""

from __future__ import annotations

from typing import Final

from allocentric.answers.kinds import Expected, Value
from allocentric.answers.metrics.metric import Metric, Truth, as_number, no_truth
from allocentric.answers.metrics.relative_accuracy import mean_relative_accuracy_vsi

MOST: Final = 100  # sizes in a list
EDGES: Final = "[]() \t\n"


def size_list(value: Value | None, truth: Truth, _: Expected) -> float:
    """The mean relative accuracy of the sizes, one by one; a missing or surplus size counts as 0.

    Sizes are numbers, or written with commas between: "1.2, 0.5, 2".

    >>> size_list("[1.2, 1, 2]", "1.2, 0.5, 2", Expected("text")) == 2 / 3
    True
    """
    right, given = _sizes(truth), _sizes(value)
    if not right:
        raise no_truth(truth, "size_list", "sizes such as 1.2, 0.5, 2")
    if not given:
        return 0.0
    return sum(map(mean_relative_accuracy_vsi, given, right)) / max(len(given), len(right))


def _sizes(value: object) -> list[float]:
    """The sizes that a value holds; none where one cannot be read."""
    pieces = value.strip(EDGES).split(",", MOST) if isinstance(value, str) else value
    if not isinstance(pieces, list | tuple) or len(pieces) > MOST:
        return []
    sizes = [as_number(_number(each)) for each in pieces]
    return [] if None in sizes else [each for each in sizes if each is not None]


def _number(piece: object) -> object:
    """The number that a piece of text is, else the piece itself."""
    try:
        return float(piece) if isinstance(piece, str) else piece
    except ValueError:
        return piece


METRICS: Final = (
    Metric(
        name="size_list",
        about="mra_vsi size by size; a missing or surplus size counts as 0",
        source="SpaceDG: SIZE_LIST",
        score=size_list,
        kinds=frozenset({"text", "order"}),
    ),
)
