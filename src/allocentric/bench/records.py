"""Rows of a release's own files: JSON (lines), CSV, TSV, Parquet; typed, or refused by file, row, field."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from allocentric.errors import BadInput

Typed = TypeVar("Typed")

_AT_PATH: Final = re.compile(r"(.*?)(?: - at `(.*)`)?", re.DOTALL)
_MISSING: Final = re.compile(r"Object missing required field `(.*)`")
_TEXT: Final = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Row:
    """One record as it stands in its file; `number` counts from 1. In CSV and TSV every value is a str."""

    values: Mapping[str, Any]
    path: Path
    number: int
    name: str = ""  # of the record, where the file is one object that holds them by name

    @property
    def is_text(self) -> bool:
        """Whether values are texts only, to be converted: CSV and TSV."""
        return self.path.suffix in _TEXT

    def wrong(self, field: str, what: str, *, mend: str = "mend the record, or leave it out") -> BadInput:
        """The error that names the file, the row and the field."""
        return BadInput(what, where=f"{self.path}, row {self.number}, field {field!r}", mend=mend)


def typed(row: Row, kind: Callable[..., Typed]) -> Typed:
    """The row as a value of the type `kind`; fields that `kind` does not name are left alone.

    Raises BadInput with file, row and field.
    """
    try:
        return msgspec.convert(dict(row.values), type=kind, strict=not row.is_text)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        what, path = (_AT_PATH.fullmatch(str(error)) or re.fullmatch("(.*)()", "")).groups()  # type: ignore[union-attr]
        missing = _MISSING.match(what)
        field = ".".join(filter(None, ((path or "$").removeprefix("$").lstrip("."), missing and missing[1])))
        known = ", ".join(list(row.values)[:12])
        said = "it is not there" if missing else what[:1].lower() + what[1:]
        raise row.wrong(field, said, mend=f"the record has the fields {known}") from None


def whole(path: Path) -> Row:
    """A JSON file that is one record; raises BadInput."""
    return _row(_decoded(path.read_bytes(), str(path)), path, 1)


def rows(path: Path, *, inside: str = "") -> Iterator[Row]:
    """The records of one file, in order.

    A JSON file (SpatialBench calls its own .txt) is a list, or an object whose key `inside` holds it, or
    else an object that holds records by their names. Raises BadInput with the file and the place where it
    goes wrong.
    """
    try:
        match path.suffix:
            case ".parquet":
                yield from _parquet(path)
            case ".csv" | ".tsv":
                yield from _table(path, "," if path.suffix == ".csv" else "\t")
            case ".json" | ".txt":
                yield from _json(path, inside)
            case _:
                yield from _lines(path)
    except UnicodeDecodeError:
        raise BadInput("a text in it is not UTF-8", where=str(path), mend="save the file as UTF-8") from None


def _json(path: Path, inside: str) -> Iterator[Row]:
    held = _decoded(path.read_bytes(), str(path))
    if inside and isinstance(held, dict) and inside in held:
        held = held[inside]
    if isinstance(held, dict):
        for number, (name, each) in enumerate(held.items(), 1):
            yield _row(each, path, number, name=name)
    elif isinstance(held, list):
        for number, each in enumerate(held, 1):
            yield _row(each, path, number)
    else:
        raise BadInput("it is no list of records", where=str(path), mend="give the release's own file")


def _lines(path: Path) -> Iterator[Row]:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _row(_decoded(line, f"{path}, row {number}"), path, number)


def _table(path: Path, separator: str) -> Iterator[Row]:
    most = csv.field_size_limit(sys.maxsize)  # pictures stand in cells, as text
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for number, each in enumerate(csv.DictReader(stream, delimiter=separator), 1):
                yield Row({k: v for k, v in each.items() if k is not None and v is not None}, path, number)
    except csv.Error as error:
        raise BadInput(f"it is no table: {error}", where=str(path), mend="get the whole file again") from None
    finally:
        csv.field_size_limit(most)


def _parquet(path: Path) -> Iterator[Row]:
    try:
        from pyarrow import ArrowInvalid  # noqa: PLC0415
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415
    except ImportError:
        mend = "pip install 'allocentric[data]'"
        raise BadInput("Parquet files need pyarrow", where=str(path), mend=mend) from None
    try:
        table = ParquetFile(path)
    except ArrowInvalid as error:
        raise BadInput(f"it is no Parquet: {error}", where=str(path), mend="get the file again") from None
    number = 0
    leaves = [table.schema.column(place) for place in range(len(table.schema))]
    # Scoring looks at no picture: their bytes stay on the disk.
    columns = [
        each.path
        for each in leaves
        if each.physical_type != "BYTE_ARRAY" or each.logical_type.type not in ("NONE", "UNDEFINED")
    ]
    for batch in table.iter_batches(columns=columns):
        for each in batch.to_pylist():
            number += 1
            yield Row({k: v for k, v in each.items() if v is not None}, path, number)


def _decoded(data: bytes, where: str) -> Any:
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadInput(f"this is not JSON: {error}", where=where, mend="get the whole file again") from None


def _row(values: Any, path: Path, number: int, *, name: str = "") -> Row:
    if not isinstance(values, dict):
        what = f"a record is an object, and this is {type(values).__name__}"
        raise BadInput(what, where=f"{path}, row {number}", mend="give the release's own file")
    return Row(values, path, number, name)
