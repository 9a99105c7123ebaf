"""Pictures as they are sent: the bytes of a file, or those that stand in a cell of a table."""

from __future__ import annotations

import binascii
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from PIL import Image

from allocentric.agents import tfrecord
from allocentric.answers.prompt import Picture, Prompt
from allocentric.errors import BadInput
from allocentric.jobs import read_bytes

IN_TABLE: Final = re.compile(r"\.(parquet|tsv|csv|tfrecord)#(\d+)/([^/]+)(?:/(\d+))?\Z")
_TABLES: Final = (".parquet", ".tsv", ".csv", ".tfrecord")
LONGEST_CELL: Final = 1 << 30  # characters

# The first bytes of a picture tell its kind; a suffix may lie.
_KINDS: Final = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"))


def picture_data(path: str, most_side_px: int | None = None) -> tuple[str, bytes]:
    """The kind of a picture and its bytes: the file's own, unless a side is longer than is asked for.

    `path` is a file, or `TABLE.parquet#ROW/COLUMN`, rows from 1, the third picture of a cell `.../3`; in
    TSV and CSV a picture is base64; in a TFRecord a column has colons for slashes, `image:encoded`. Longer
    pictures are scaled down and become PNG. Raises BadInput where it cannot be read or is no picture that
    endpoints take.
    """
    in_table = ("#" in path) and any(f"{each}#" in path for each in _TABLES) and not Path(path).exists()
    data = _in_table(path) if in_table else read_bytes(path)
    kind = next((kind for start, kind in _KINDS if data.startswith(start)), None)
    if kind is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "webp"
    if kind is None:
        mend = "give PNG, JPEG, WebP, GIF or BMP; for a film, give --frames"
        raise BadInput("this is no picture that can be sent", where=path, mend=mend)
    return (kind, data) if most_side_px is None else _scaled(path, kind, data, most_side_px=most_side_px)


def _scaled(path: str, kind: str, data: bytes, *, most_side_px: int) -> tuple[str, bytes]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            if max(image.size) <= most_side_px:
                return kind, data
            image.thumbnail((most_side_px, most_side_px), Image.Resampling.LANCZOS)
            held = io.BytesIO()
            image.save(held, "PNG", compress_level=1)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadInput("the picture cannot be read", where=path, mend="get it again") from None
    return "png", held.getvalue()


def pictures_at(path: str) -> tuple[str, ...]:
    """The addresses of all pictures at a path: a file is one, a cell of a table may hold several."""
    place = IN_TABLE.search(path)
    if place is None or place[4] or Path(path).exists():
        return (path,)
    count = len(_cell(path))
    return (path,) if count < 2 else tuple(f"{path}/{number}" for number in range(1, count + 1))


def parts_of(prompt: Prompt) -> Iterator[str | Picture]:
    """The parts of a prompt; of a cell of a table each of its pictures."""
    for part in prompt.parts:
        if isinstance(part, Picture):
            for path in pictures_at(part.path):
                yield replace(part, path=path)
        else:
            yield part


def pixels_of(path: str, most_side_px: int | None = None) -> Image.Image:
    """A picture as it is sent, decoded; raises BadInput where it cannot be read."""
    try:
        with Image.open(io.BytesIO(picture_data(path, most_side_px)[1])) as image:
            return image.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadInput("the picture cannot be read", where=path, mend="get it again") from None


def _in_table(address: str) -> bytes:
    """The bytes of the one picture that an address in a table names."""
    place = IN_TABLE.search(address)
    held = _cell(address)
    number = int(place[4]) if place is not None and place[4] else 1
    if not 0 < number <= len(held):
        what = f"there are {len(held)} pictures in this cell" if held else "there is no picture in this cell"
        raise BadInput(what, where=address, mend="get the table again")
    return held[number - 1]


def _cell(address: str) -> tuple[bytes, ...]:
    """The pictures of a cell: `{bytes, path}`, bytes or base64, one or a list of them."""
    place = IN_TABLE.search(address)
    if place is None:
        raise BadInput("this names no row and column", where=address, mend="write TABLE.parquet#1/image")
    table, row, column = address[: place.start() + 1 + len(place[1])], int(place[2]), place[3]
    if place[1] == "tfrecord":
        held = tfrecord.example(Path(table), row).get(column.replace(tfrecord.SLASH, "/"), ())
        return tuple(each for each in held if isinstance(each, bytes))
    if place[1] != "parquet":
        return _decoded(_text_cell(table, row, column), address)
    first, values = _column(table, column, row - 1)
    value: Any = values[row - 1 - first].as_py()
    listed = value if isinstance(value, list) else [value]
    found: list[Any] = [
        each.get("bytes") if isinstance(each, dict) else each for each in listed if each is not None
    ]
    if not all(isinstance(each, bytes) for each in found):
        raise BadInput("there is no picture in this cell", where=address, mend="get the table again")
    return tuple(found)


def _decoded(text: str, address: str) -> tuple[bytes, ...]:
    """Pictures written as base64: one, or several in brackets."""
    pieces = re.findall(r"[A-Za-z0-9+/=]+", text) if text.startswith("[") else [text]
    try:
        return tuple(binascii.a2b_base64(each, strict_mode=True) for each in filter(None, pieces))
    except ValueError:
        raise BadInput("the cell is no base64", where=address, mend="get the table again") from None


def _text_cell(table: str, row: int, column: str) -> str:
    """One cell of a CSV or TSV, rows from 1 behind the head."""
    starts = _starts(table)
    if not 0 < row < len(starts):
        what = f"the table has {max(0, len(starts) - 1)} rows"
        raise BadInput(what, where=f"{table}#{row}", mend="name one of them")
    head, cells = _record(table, starts[0]), _record(table, starts[row])
    if column not in head:
        known = ", ".join(head)
        raise BadInput(f"there is no column {column!r}", where=table, mend=f"use one of {known}")
    at = head.index(column)
    return cells[at].strip() if at < len(cells) else ""


@lru_cache(4)
def _starts(table: str) -> tuple[int, ...]:
    """Where each record of a table begins, in bytes: the head, then the rows."""
    starts, at, end = list[int](), 0, 0

    def lines() -> Iterator[str]:
        nonlocal end
        for line in stream:
            end += len(line)
            yield line.decode("utf-8-sig", errors="replace")

    with _open(table) as stream:
        for cells in _csv(table, lines()):
            if cells:
                starts.append(at)
            at = end
    return tuple(starts)


def _record(table: str, start: int) -> list[str]:
    with _open(table) as stream:
        stream.seek(start)
        return next(_csv(table, (line.decode("utf-8-sig", errors="replace") for line in stream)))


def _open(table: str) -> io.BufferedReader:
    try:
        return Path(table).open("rb")
    except OSError:
        raise BadInput("the table cannot be read", where=table, mend="get it again") from None


def _csv(table: str, lines: Iterator[str]) -> Iterator[list[str]]:
    """The records of a table, whose cells may be as long as pictures are."""
    most = csv.field_size_limit(LONGEST_CELL)
    try:
        yield from csv.reader(lines, delimiter="," if table.endswith(".csv") else "\t")
    finally:
        csv.field_size_limit(most)


@lru_cache(4)
def _row_group(table: str, group: int, column: str) -> Any:
    return _table(table).read_row_group(group, columns=[column]).column(0)


def _column(table: str, column: str, row: int) -> tuple[int, Any]:
    """The values of a column around a row, as far as they are stored together, and the first one's row."""
    held, first = _table(table), 0
    if column not in held.schema_arrow.names:
        known = ", ".join(held.schema_arrow.names)
        raise BadInput(f"there is no column {column!r}", where=table, mend=f"use one of {known}")
    for group in range(held.num_row_groups):
        count = held.metadata.row_group(group).num_rows
        if row < first + count:
            return first, _row_group(table, group, column)
        first += count
    raise BadInput(f"the table has {first} rows", where=f"{table}#{row + 1}", mend="name one of them")


@lru_cache(4)
def _table(path: str) -> Any:
    try:
        from pyarrow import ArrowInvalid  # noqa: PLC0415 (an extra, which only tables need)
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415
    except ImportError:
        what = "pictures in tables need pyarrow, which is not installed"
        raise BadInput(what, where=path, mend="pip install 'allocentric[data]'") from None
    try:
        return ParquetFile(path)
    except (ArrowInvalid, OSError) as error:
        what = f"the table cannot be read: {str(error)[:120]}"
        raise BadInput(what, where=path, mend="get it again") from None
