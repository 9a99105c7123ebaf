"""What reading a part of a reply comes to, before it is a `Reading`: a value or a reason, and where."""

from __future__ import annotations

import math

from allocentric.answers.kinds import Reason, Value

Outcome = tuple[Value | None, Reason | None, int, int]


def missing(reason: Reason) -> Outcome:
    """No value, for a reason."""
    return None, reason, 0, 0


def alike(first: Value | None, second: Value | None) -> bool:
    """Whether two values are the same answer; numbers to a millionth."""
    if isinstance(first, float) and isinstance(second, float):
        return math.isclose(first, second, rel_tol=1e-6, abs_tol=1e-12)
    return type(first) is type(second) and first == second
