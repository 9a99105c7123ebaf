"""What is reached without looking: chance, and the best constant answer of each type.

The blind floor is fitted on the very items that it is scored on, under their own metric: it bounds what a
prior over the answers that occur can earn, and so what a benchmark gives away. Constants are tried among
the truths; a number between two truths may earn a little more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from allocentric.answers.kinds import AnswerKind, Expected
from allocentric.answers.metrics.metric import Mask, Metric, Truth

MOST_TRIED: Final = 400  # constants, the most frequent first: others can hardly be the best
MOST_SCORED: Final = 200_000  # times that a sort is scored, so that a floor takes seconds
MOST_SCORED_SLOWLY: Final = 2_000
SLOW: Final[frozenset[AnswerKind]] = frozenset({"map", "points", "boxes", "spherical_box"})

Sort = tuple[str, AnswerKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One sample as the floors see it: what is asked, what is right, and by what it is scored."""

    type: str
    expected: Expected
    truth: Truth
    metric: Metric

    @property
    def sort(self) -> Sort:
        """Type, kind of answer and metric: what one constant can serve."""
        return self.type, self.expected.kind, self.metric.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """The best answer to give to every item of a sort, what it earns on average, and on how many items."""

    type: str
    kind: AnswerKind
    metric: str
    value: Truth
    score: float
    count: int


def chance(expected: Expected) -> float | None:
    """What guessing earns: one in as many as there are options, half for yes or no; None for all else.

    >>> chance(Expected("choice", ("left", "right", "behind"))), chance(Expected("length"))
    (0.3333333333333333, None)
    """
    if expected.kind == "yes_no":
        return 0.5
    many = len(expected.options)
    if expected.kind == "choices" and many:
        return 1 / ((1 << many) - 1)  # each set of letters but the empty one
    return 1 / many if expected.kind == "choice" and many else None


def blind_constants(items: Sequence[Item]) -> tuple[Constant, ...]:
    """The best constant of each sort of item, in alphabetical order; none where truths are masks."""
    sorts = dict[Sort, list[Item]]()
    for item in items:
        sorts.setdefault(item.sort, []).append(item)
    found = [_best(sorts[sort]) for sort in sorted(sorts)]
    return tuple(each for each in found if each is not None)


def blind_scores(items: Sequence[Item]) -> list[float | None]:
    """What the best constant of its sort earns on each item, in order; None where there is none."""
    best = {(each.type, each.kind, each.metric): each.value for each in blind_constants(items)}
    return [_score(item, best[item.sort]) if item.sort in best else None for item in items]


def _best(items: Sequence[Item]) -> Constant | None:
    """The constant that earns most; of equals, the more frequent truth, then the first."""
    truths = Counter(item.truth for item in items)
    of_truth = {item.truth: item for item in items}
    work = MOST_SCORED_SLOWLY if items[0].expected.kind in SLOW else MOST_SCORED
    most_tried = min(MOST_TRIED, max(1, work // len(truths)))
    tried = [truth for truth, _ in truths.most_common(most_tried) if not isinstance(truth, Mask)]
    if not tried:
        return None
    sums = [sum(_score(of_truth[truth], value) * count for truth, count in truths.items()) for value in tried]
    lower = items[0].metric.lower_is_better
    most = min(sums) if lower else max(sums)
    return Constant(
        type=items[0].type,
        kind=items[0].expected.kind,
        metric=items[0].metric.name,
        value=tried[sums.index(most)],
        score=most / len(items),
        count=len(items),
    )


def _score(item: Item, value: Truth) -> float:
    """What a value earns on an item."""
    return 0.0 if isinstance(value, Mask) else item.metric.score(value, item.truth, item.expected)
