"""Questions as they stand in files: our own lines, and the layouts in which VSI-Bench was released.

Only what an asker may know is read: whatever a row says of its solution is left alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from msgspec import Raw

from allocentric.errors import AllocentricError, BadInput
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode

EXAMPLE: Final = 'write {"id": 1, "question": "How many chairs are there?"}'
LOOKED_AT: Final = 100
WHITESPACE: Final = b"\xef\xbb\xbf \t\r\n"

RowId = str | int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a file; `scene` is its own, if it names one, `scene_id` which of many it is about."""

    id: RowId
    question: str
    options: tuple[str, ...] = ()
    scene: str | None = None
    scene_id: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read, and why."""

    id: RowId
    question: str | None
    error: AllocentricError


def read_rows(path: str | Path) -> tuple[Row | BadRow, ...]:
    """The questions of a file, in order: a JSON list of objects, or an object a line.

    A row is `{"id", "question", "options"?, "scene"?}`, or as VSI-Bench was released: `{"problem_id",
    "problem", "options", "path"}`, or `{"id", "question", "options", "scene_name"}`. A row that cannot be
    read is a `BadRow`; raises BadInput where the file cannot be read, or begins with a hundred such rows.
    """
    data = read_bytes(path)
    if data[:64].lstrip(WHITESPACE).startswith(b"["):
        held = decode(data, list[Raw], where=str(path))
        rows = (_row(bytes(text), f"{path}, row {place}") for place, text in enumerate(held, 1))
    else:
        rows = (_row(line, f"{path}, line {place}") for place, line in _lines(data))
    return tuple(_checked(rows, str(path)))


def _checked(rows: Iterable[Row | BadRow], where: str) -> Iterator[Row | BadRow]:
    """The rows; refuses a file of which none of the first hundred can be read: it is something else."""
    good = False
    for place, row in enumerate(rows, 1):
        good = good or isinstance(row, Row)
        if place == LOOKED_AT and not good:
            what = f"none of its first {LOOKED_AT} rows is a question"
            raise BadInput(what, where=where, mend=f"name a file of questions: {EXAMPLE}")
        yield row


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers."""
    for place, line in enumerate(io.BytesIO(data), 1):
        text = line.strip(WHITESPACE)
        if text:
            yield place, text


def _row(text: bytes, where: str) -> Row | BadRow:
    try:
        fields = decode(text, dict[str, Any], where=where)
    except BadInput as error:
        return BadRow(None, None, BadInput(error.what, where=where, mend=EXAMPLE))
    id, question = fields.get("id", fields.get("problem_id")), fields.get("question", fields.get("problem"))
    known_id = id if isinstance(id, str | int) and not isinstance(id, bool) else None
    try:
        if id is not None and known_id is None:
            raise BadInput("an id is a text or a whole number", where=where, mend=EXAMPLE)
        if not (isinstance(question, str) and question.strip()):
            raise BadInput("there is no question in it", where=where, mend=EXAMPLE)
        options = _options(fields.get("options"), where)
        return Row(
            known_id, question, options, _text(fields, "scene", where), _scene_id(fields, where), where
        )
    except BadInput as error:
        return BadRow(known_id, question if isinstance(question, str) else None, error)


def _options(given: Any, where: str) -> tuple[str, ...]:
    match given:
        case None:
            return ()
        case list() if all(isinstance(each, str) for each in given):
            return tuple(given)
        case _:
            mend = 'write "options": ["A. left", "B. right"]'
            raise BadInput("the options are no list of texts", where=where, mend=mend)


def _scene_id(fields: Mapping[str, Any], where: str) -> str | None:
    """The id of the scene in a released row: `scene_name`, or the stem of the video's path."""
    if "problem" in fields and "question" not in fields:
        path = _text(fields, "path", where)
        return None if path is None else PurePosixPath(path).stem
    return _text(fields, "scene_name", where)


def _text(fields: Mapping[str, Any], key: str, where: str) -> str | None:
    given = fields.get(key)
    if given is None or (isinstance(given, str) and given):
        return given
    raise BadInput(f"its {key!r} is no text", where=where, mend=f"name one, or leave {key!r} out")
