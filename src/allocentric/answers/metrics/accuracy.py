"""Right or wrong, and the two rules between: a count a little off, a set partly right."""

from __future__ import annotations

import math
from typing import Final

from allocentric.answers.kinds import CANNOT_TELL, KINDS, Expected, Placed, Value
from allocentric.answers.metrics.metric import Metric, Truth, as_number, no_truth

GRADES: Final = (1.0, 0.3, 0.1)
SAME_NUMBER: Final = 1e-9  # of the truth: what conversions of units may cost


def accuracy(value: Value | None, truth: Truth, expected: Expected) -> float:
    """1 where the value is the truth, else 0; what is the same depends on the kind.

    Letters and words are compared without case or outer blanks, several letters as a set, an order or a
    route name by name, numbers up to rounding, and "cannot be determined" only with itself.

    >>> accuracy(("B", "A"), ("a", "b"), Expected("choices")), accuracy(3.0, 2.0, Expected("count"))
    (1.0, 0.0)
    """
    if value is None:
        return 0.0
    if value is CANNOT_TELL or truth is CANNOT_TELL:
        return float(value is truth)
    if expected.kind == "choices" and isinstance(value, tuple) and isinstance(truth, tuple):
        return float(set(map(_plain, value)) == set(map(_plain, truth)))
    return float(_same(value, truth))


def graded_count(value: Value | None, truth: Truth, _: Expected) -> float:
    """1 for the count, 0.3 for one off, 0.1 for two off; a broken number counts as the next one away.

    >>> [graded_count(each, 4, Expected("count")) for each in (4, 5, 2, 2.5, 7, None)]
    [1.0, 0.3, 0.1, 0.1, 0.0, 0.0]
    """
    right, given = as_number(truth), as_number(value)
    if right is None:
        raise no_truth(truth, "graded_count", "a number")
    off = math.inf if given is None else abs(given - right)
    return GRADES[math.ceil(off)] if off <= len(GRADES) - 1 else 0.0


def set_f1(value: Value | None, truth: Truth, _: Expected) -> float:
    """The harmonic mean of precision and recall of a set, each member counted once; 1 where both are empty.

    >>> set_f1(("a", "b"), ("b", "c", "d"), Expected("choices"))
    0.4
    """
    if not isinstance(truth, tuple):
        raise no_truth(truth, "set_f1", "a tuple of names or cells")
    if not isinstance(value, tuple):
        return 0.0
    given, right = set(map(_plain, value)), set(map(_plain, truth))
    return 2 * len(given & right) / (len(given) + len(right)) if given or right else 1.0


def _plain(value: object) -> object:
    """A value as it is compared: words without case or outer blanks."""
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


def _same(value: object, truth: object) -> bool:
    """Whether two values are one."""
    if isinstance(value, bool) or isinstance(truth, bool):
        return isinstance(value, bool) and isinstance(truth, bool) and value == truth
    given, right = as_number(value), as_number(truth)
    if given is not None and right is not None:
        return math.isclose(given, right, rel_tol=SAME_NUMBER, abs_tol=0.0)
    if isinstance(value, tuple) and isinstance(truth, tuple):
        return len(value) == len(truth) and all(map(_same, value, truth))
    if isinstance(value, Placed) and isinstance(truth, Placed):
        return value == truth
    return isinstance(value, str) and isinstance(truth, str) and _plain(value) == _plain(truth)


METRICS: Final = (
    Metric(
        name="accuracy",
        about="1 where the value is the truth, else 0; an unread reply is wrong",
        source="every benchmark with choices; equality by kind is ours",
        score=accuracy,
        kinds=frozenset(KINDS),
    ),
    Metric(
        name="graded_count",
        about="1, 0.3 and 0.1 for a count that is 0, 1 and 2 off; works for a truth of 0 and below",
        source="counting in spatial benchmarks that grade by distance",
        score=graded_count,
        kinds=frozenset({"count"}),
    ),
    Metric(
        name="set_f1",
        about="F1 of a set of names or cells, such as those not yet explored; 1 where both sets are empty",
        source="Theory of Space: unexplored and changed things",
        score=set_f1,
        kinds=frozenset({"choices", "order", "points"}),
    ),
)
