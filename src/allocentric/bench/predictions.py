"""Somebody's predictions: one reply to a sample, in JSON lines or JSON, under one of the usual names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
    """The attempts by sample id, and what did not fit: ids given twice (the first counts) or of no sample."""

    attempts: dict[str, Attempt]
    twice: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def read_predictions(path: Path, samples: Iterable[Sample]) -> Predictions:
    """The predictions of a file, matched with the samples by id.

    A row may say its `state` (answered, refused or failed) and an `error`; a reply of null is a failure.
    Raises BadInput with file, row and field.
    """
    if not path.is_file():
        raise BadInput("there is no such file", where=str(path), mend="give a file of predictions")
    known = dict.fromkeys(each.id for each in samples)
    attempts, twice, unknown = dict[str, Attempt](), list[str](), list[str]()
    for row in rows(path):
        attempt = _attempt(row)
        if attempt.sample in attempts:
            twice.append(attempt.sample)
        elif attempt.sample not in known:
            unknown.append(attempt.sample)
        else:
            attempts[attempt.sample] = attempt
    missing = tuple(id for id in known if id not in attempts)
    return Predictions(attempts=attempts, twice=tuple(twice), unknown=tuple(unknown), missing=missing)


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
    text = "" if reply is None else str(reply)
    return Attempt(
        sample=str(id), state=cast(State, state), reply=text, error=str(row.values.get("error") or "")
    )


def _under(row: Row, names: tuple[str, ...]) -> Any:
    for name in names:
        if name in row.values:
            return row.values[name]
    raise row.wrong(names[0], "it is not there", mend=f"name it one of {', '.join(names)}")
