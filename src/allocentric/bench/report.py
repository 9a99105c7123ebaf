"""What a benchmark says of answers: numbers with intervals and floors, coverage, what the rules dispute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from allocentric.answers.kinds import CANNOT_TELL, Value
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import Number

Mode = Literal["official", "sound"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How the samples ended, each in one way; `missing` are those to which there was no attempt at all."""

    samples: int
    scored: int
    unread: int
    refused: int
    failed: int
    missing: int

    @property
    def share(self) -> float:
        """The share of the samples from which an answer was read.

        >>> Coverage(samples=4, scored=3, unread=0, refused=0, failed=1, missing=0).share
        0.75
        """
        return self.scored / self.samples if self.samples else 0.0

    def __str__(self) -> str:
        parts = (
            (self.unread, "unread"),
            (self.refused, "refused"),
            (self.failed, "failed"),
            (self.missing, "missing"),
        )
        return ", ".join(
            [f"{self.scored} of {self.samples} read", *(f"{n} {name}" for n, name in parts if n)]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One sample on which the official rule and the sound one do not agree."""

    id: str
    type: str
    official: float | None
    sound: float | None
    read_officially: Value | None
    read_soundly: Value | None
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The noun that a scoring comes to.

    `overall` is the benchmark's headline number, `parts` its parts and `types` each type of question.
    `rows` are the scored samples behind them. `published` are official numbers to compare with, and
    `errata` the names of those that were applied.
    """

    benchmark: str
    title: str
    mode: Mode
    overall: Number
    parts: tuple[Number, ...]
    types: tuple[Number, ...]
    coverage: Coverage
    rows: tuple[Scored, ...]
    differing: tuple[Difference, ...] = ()
    errata: tuple[str, ...] = ()
    published: tuple[tuple[str, float], ...] = ()

    def number(self, name: str) -> Number:
        """The number of that name: `overall`, a part or a type; raises KeyError."""
        held = {each.name: each for each in (*self.types, *self.parts, self.overall)}
        return held[name]

    def to_json(self) -> dict[str, Any]:
        """The report as JSON holds it; of the rows their ids, states and scores."""
        return {
            "benchmark": self.benchmark,
            "title": self.title,
            "mode": self.mode,
            "overall": asdict(self.overall),
            "parts": [asdict(each) for each in self.parts],
            "types": [asdict(each) for each in self.types],
            "coverage": {**asdict(self.coverage), "share": self.coverage.share},
            "differing": [
                {
                    **asdict(each),
                    "read_officially": jsonable(each.read_officially),
                    "read_soundly": jsonable(each.read_soundly),
                }
                for each in self.differing
            ],
            "errata": list(self.errata),
            "published": dict(self.published),
            "rows": [{"id": each.id, "state": each.state, "score": each.score} for each in self.rows],
        }


def jsonable(value: Any) -> Any:
    """A value of an answer as JSON holds it."""
    return value.value if value is CANNOT_TELL else value


def coverage(rows: Iterable[Scored], missing: int) -> Coverage:
    """How the samples ended; the rows of `missing` samples are among the failed ones."""
    ended = Counter(each.state for each in rows)
    return Coverage(
        samples=sum(ended.values()),
        scored=ended["scored"],
        unread=ended["unread"],
        refused=ended["refused"],
        failed=ended["failed"] - missing,
        missing=missing,
    )
