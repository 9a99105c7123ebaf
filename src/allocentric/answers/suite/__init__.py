"""The public suite of replies: what a careful person reads in each, shipped as data."""

from __future__ import annotations

import importlib.resources
import math
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import msgspec

from allocentric.answers.kinds import CANNOT_TELL, AnswerKind, Expected, Placed, Reading, Reason, Value


class _Row(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    expected: Expected
    reply: str
    value: object = None
    cannot_tell: bool = False
    reasons: tuple[Reason, ...] = ()
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A reply, what is expected, and what a careful person reads in it: a value, or one of the reasons."""

    id: str
    reply: str
    expected: Expected
    value: Value | None
    reasons: tuple[Reason, ...]
    decimal_comma: bool = False

    def is_read_by(self, reading: Reading) -> bool:
        """Whether a reading is that of a careful person."""
        if self.value is None:
            return reading.value is None and reading.reason in self.reasons
        return same(reading.value, self.value)


def same(one: object, other: object) -> bool:
    """Whether two values are one; numbers to nine digits.

    >>> same((1.0, 2.0), (1.0, 2.0000000001)), same("A", "B"), same(True, 1.0)
    (True, False, False)
    """
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return type(one) is type(other) and one == other


@lru_cache(maxsize=1)
def suite() -> tuple[Sample, ...]:
    """Every sample of the suite that is shipped.

    >>> len(suite()) >= 500
    True
    """
    return samples(importlib.resources.files(__name__).joinpath("replies.jsonl").read_bytes())


def samples_of(path: pathlib.Path) -> tuple[Sample, ...]:
    """The samples of a file of the same layout."""
    return samples(path.read_bytes())


def samples(lines: bytes) -> tuple[Sample, ...]:
    """The samples that lines of JSON describe."""
    rows = msgspec.json.Decoder(_Row).decode_lines(lines)
    return tuple(_sample(row) for row in rows)


def _sample(row: _Row) -> Sample:
    value = CANNOT_TELL if row.cannot_tell else _value(row.value, row.expected.kind)
    return Sample(row.id, row.reply, row.expected, value, row.reasons, row.decimal_comma)


def _value(found: object, kind: AnswerKind) -> Value | None:
    if kind == "map" and isinstance(found, Sequence):
        return tuple(Placed(*entry) for entry in found)
    return cast("Value | None", _frozen(found))


def _frozen(found: object) -> object:
    if isinstance(found, list):
        return tuple(_frozen(each) for each in found)
    return float(found) if isinstance(found, int) and not isinstance(found, bool) else found
