"""A log of questions becomes the files of a set: shards in some layout, each whole or not there."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from allocentric.errors import BadInput
from allocentric.jobs import atomic_write
from allocentric.questions.question import Question
from allocentric.questions.records.layouts import Layout
from allocentric.questions.records.record import from_json
from allocentric.scene.json_text import decode, encode

A_SHARD: Final = 20_000
Pictures = Callable[[Question, str], str | None]  # the path of a picture, by question and view
Json = dict[str, Any]


def write_shards(lines: Iterable[bytes], layout: Layout, folder: Path, *, pictures: Pictures) -> list[str]:
    """Put questions into numbered shards; the names of the files, in order.

    Raises BadInput where one cannot be written, and where Parquet is asked for without pyarrow.
    """
    rows = (_row(line, layout, pictures) for line in lines)
    names = list[str]()
    while some := list(islice(rows, A_SHARD)):
        name = f"questions-{len(names):05d}.{layout.container}"
        atomic_write(folder / name, _jsonl(some) if layout.container == "jsonl" else _parquet(some))
        names.append(name)
    return names


def check_container(layout: Layout) -> None:
    """Raise BadInput where a layout cannot be written here: before hours of work, not after."""
    if layout.container == "parquet":
        _arrow()


def read_shards(folder: Path) -> Iterator[Json]:
    """Every row of a set's shards, in order; raises BadInput where there is none, or one is broken."""
    found = sorted(folder.glob("questions-*.*"))
    if not found:
        raise BadInput(
            "it holds no questions", where=str(folder), mend="name a folder that allo make has written"
        )
    for path in found:
        yield from read_rows(path)


def read_rows(path: Path) -> Iterator[Json]:
    """The rows of one JSON lines or Parquet file; raises BadInput where it is broken."""
    if path.suffix == ".parquet":
        yield from _parquet_rows(path)
        return
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield decode(line, Json, where=f"{path}, line {number}")


def _row(line: bytes, layout: Layout, pictures: Pictures) -> Json:
    held = decode(line, Json, where="the log")
    question = from_json(held, where="the log")
    shown = [path for each in question.views if (path := pictures(question, each)) is not None]
    return layout.row(held["type"], question, shown) | {
        name: held[name] if layout.container == "jsonl" else encode(held[name]).decode()
        for name in ("reasoning",)
        if name in held
    }


def _jsonl(rows: Sequence[Json]) -> bytes:
    return b"".join(encode(each) + b"\n" for each in rows)


def _parquet(rows: Sequence[Json]) -> bytes:
    arrow, parquet = _arrow()
    table, held = arrow.Table.from_pylist(rows, schema=_schema(arrow, rows[0])), io.BytesIO()
    parquet.write_table(table, held, compression="zstd")
    return held.getvalue()


def _schema(arrow: Any, row: Mapping[str, Any]) -> Any:
    """One schema for every shard, from the names: what is empty in a row has a type all the same."""
    text, texts = arrow.string(), arrow.list_(arrow.string())
    turns = arrow.list_(arrow.struct([("role", text), ("content", text)]))
    known = {
        "clear": arrow.float64(),
        "options": texts,
        "views": texts,
        "pictures": texts,
        "images": arrow.list_(arrow.struct([("image", text)])),
        "prompt": turns,
        "reward_model": arrow.struct([("style", text), ("ground_truth", text)]),
        "extra_info": arrow.struct([("id", text), ("record", text)]),
    }
    return arrow.schema([(name, known.get(name, text)) for name in row])


def _parquet_rows(path: Path) -> Iterator[Json]:
    arrow, parquet = _arrow()
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(1_000):
                yield from batch.to_pylist()
    except (OSError, arrow.ArrowException) as error:
        what = f"this is no Parquet file: {str(error).splitlines()[0]}"
        raise BadInput(what, where=str(path), mend="get it again, or make the set again") from None


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow  # noqa: PLC0415 (of an extra)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        mend = "pip install allocentric[data], or give --format jsonl"
        raise BadInput("Parquet needs pyarrow, which is not installed", where="--format", mend=mend) from None
    return pyarrow, parquet
