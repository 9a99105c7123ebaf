"""Somebody's predictions: one reply to a sample, in JSON lines or JSON, under one of the usual names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast, get_args

from allocentric.answers.prompt import Attempt, State
from allocentric.bench.records import Row, rows
from allocentric.bench.sample import Sample
from allocentric.errors import BadInput

ID_NAMES: Final = ("id", "sample", "sample_id", "question_id", "problem_id", "index", "qid", "doc_id")
REPLY_NAMES: Final = ("reply", "prediction", "pred", "response", "output", "model_output", "generated_text")
"""The names under which an id and a reply are looked for, in order: the first that a row has is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictions:
    """The attempts, and what did not fit: ids given twice (the first counts), of no sample, without a row."""

    attempts: dict[str, Attempt]
    repeats: dict[str, list[Attempt]] = field(default_factory=dict)
    twice: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def all_of(self, id: str) -> list[Attempt]:
        """All attempts at a sample, its repeats in order."""
        return [self.attempts[id], *self.repeats.get(id, [])]

    @property
    def replies(self) -> dict[str, list[Attempt]]:
        """All attempts, by sample."""
        return {id: self.all_of(id) for id in self.attempts}


def read_predictions(path: Path, samples: Iterable[Sample]) -> Predictions:
    """The predictions of a file, matched with the samples by id.

    A row may say its `state` (answered, refused or failed), an `error`, and a `repeat`, where a sample was
    put several times; a reply of null is a failure. Raises BadInput with file, row and field.
    """
    if not path.is_file():
        raise BadInput("there is no such file", where=str(path), mend="give a file of predictions")
    known = dict.fromkeys(each.id for each in samples)
    attempts, repeats = dict[str, Attempt](), dict[str, list[Attempt]]()
    twice, unknown, seen = list[str](), list[str](), set[tuple[str, int]]()
    for row in rows(path):
        attempt = _attempt(row)
        key = (attempt.sample, attempt.repeat)
        if key in seen:
            twice.append(attempt.sample)
        elif attempt.sample not in known:
            unknown.append(attempt.sample)
        elif attempt.sample in attempts:
            repeats.setdefault(attempt.sample, []).append(attempt)
        else:
            attempts[attempt.sample] = attempt
        seen.add(key)
    return Predictions(
        attempts=attempts,
        repeats=repeats,
        twice=tuple(twice),
        unknown=tuple(unknown),
        missing=tuple(id for id in known if id not in attempts),
    )


def _attempt(row: Row) -> Attempt:
    id = _under(row, ID_NAMES)
    reply = _under(row, REPLY_NAMES) if row.values.get("state") in (None, "answered") else None
    if isinstance(reply, list) and len(reply) == 1:
        reply = reply[0]
    if reply is not None and not isinstance(reply, str | int | float):
        named = next(name for name in REPLY_NAMES if name in row.values)
        raise row.wrong(named, f"a reply is a text, and this is {type(reply).__name__}")
    state = row.values.get("state") or ("failed" if reply is None else "answered")
    if state not in get_args(State):
        raise row.wrong("state", f"{state!r} is no state", mend=f"use one of {', '.join(get_args(State))}")
    repeat = row.values.get("repeat") or 0
    if not isinstance(repeat, int):
        raise row.wrong("repeat", f"{repeat!r} is no whole number")
    return Attempt(
        sample=str(id),
        state=cast(State, state),
        reply="" if reply is None else str(reply),
        error=str(row.values.get("error") or ""),
        repeat=repeat,
    )


def _under(row: Row, names: tuple[str, ...]) -> Any:
    for name in names:
        if name in row.values:
            return row.values[name]
    raise row.wrong(names[0], "it is not there", mend=f"name it one of {', '.join(names)}")
