"""Numbers that never travel alone: value, count, interval, chance and blind floors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A value with all that it takes to judge it.

    `count` is of all rows that belong to it, `missing` of those among them that have no score; `low` and
    `high` bound its 95 % interval and are None where it cannot be told (`note` says why). `chance` is what
    guessing comes to and `blind` what the best answers without looking come to, None where there is none.
    """

    name: str
    value: float | None
    count: int
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    blind: float | None = None
    missing: int = 0
    note: str = ""

    def __str__(self) -> str:
        shown = "none" if self.value is None else f"{self.value:.3f}"
        if self.low is not None and self.high is not None:
            shown += f" [{self.low:.3f}, {self.high:.3f}]"
        return f"{self.name}: {shown} n={self.count}"
