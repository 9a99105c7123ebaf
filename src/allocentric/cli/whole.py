"""Whole numbers, as they are typed."""

from __future__ import annotations

from collections.abc import Sequence

from cyclopts import Parameter, Token


def _typed(_: object, tokens: Sequence[Token]) -> int:
    typed = tokens[0].value
    try:
        return int(typed)
    except ValueError:  # cyclopts itself would round 1.5
        raise ValueError(f"{typed!r} is no whole number") from None


WHOLE = Parameter(converter=_typed)
"""Of an int: a number that is not whole is refused."""
