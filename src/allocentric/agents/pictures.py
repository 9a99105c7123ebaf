"""Pictures as they are sent: the bytes of a file, or those that stand in a row of a Parquet table."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from PIL import Image

from allocentric.errors import BadInput
from allocentric.jobs import read_bytes

IN_TABLE: Final = ".parquet#"

# The first bytes of a picture tell its kind; a suffix may lie.
_KINDS: Final = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"))


def picture_data(path: str, most_side_px: int | None = None) -> tuple[str, bytes]:
    """The kind of a picture and its bytes: the file's own, unless a side is longer than is asked for.

    `path` is a file, or `TABLE.parquet#ROW/COLUMN`, rows from 1. Longer pictures are scaled down and become
    PNG. Raises BadInput where it cannot be read or is no picture that endpoints take.
    """
    data = _in_table(path) if IN_TABLE in path and not Path(path).exists() else read_bytes(path)
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


def _in_table(address: str) -> bytes:
    """The bytes of a picture in a table whose pictures are `{bytes, path}`, or bytes."""
    table, _, place = address.rpartition("#")
    row, _, column = place.partition("/")
    if not row.isdigit() or not column:
        raise BadInput("this names no row and column", where=address, mend="write TABLE.parquet#1/image")
    first, values = _column(table, column, int(row) - 1)
    value: Any = values[int(row) - 1 - first].as_py()
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    data = value.get("bytes") if isinstance(value, dict) else value
    if not isinstance(data, bytes):
        raise BadInput("there is no picture in this cell", where=address, mend="get the table again")
    return data


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
