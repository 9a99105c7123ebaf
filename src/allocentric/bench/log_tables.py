"""The results of a run as others read them: a Parquet table of its samples, and one JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.answers.scored import Scored
from allocentric.bench.log import Row
from allocentric.errors import BadInput
from allocentric.jobs import atomic_write
from allocentric.scene.json_text import encode

PARQUET: Final = "results.parquet"
JSON: Final = "results.json"
A_GROUP: Final = 20_000  # rows

COLUMNS: Final = {
    "id": "string",
    "variant": "string",
    "repeat": "int32",
    "type": "string",
    "scene": "string",
    "pair": "string",
    "condition": "string",
    "state": "string",
    "reply": "string",
    "value": "string",
    "truth": "string",
    "score": "float64",
    "chance": "float64",
    "blind": "float64",
    "confidence": "float64",
    "error": "string",
    "model": "string",
    "tries": "int32",
    "bought": "bool",
    "prompt_tokens": "int64",
    "reply_tokens": "int64",
    "seconds": "float64",
    "cost": "float64",
    "at_s": "float64",
}
"""The columns of the table. Values and truths are JSON texts in base units."""


@dataclass(frozen=True, slots=True)
class Result:
    """A scored row with the row of the log that it came from, where there is one."""

    scored: Scored
    row: Row | None


def write_table(results: Sequence[Result], folder: Path) -> bool:
    """Write the table of a run; False, and nothing is written, where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: PLC0415 (an extra, which only tables need)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        return False
    schema = pyarrow.schema([(name, getattr(pyarrow, kind)()) for name, kind in _KINDS.items()])
    held = pyarrow.BufferOutputStream()
    with parquet.ParquetWriter(held, schema, compression="zstd") as writer:
        for at in range(0, max(len(results), 1), A_GROUP):
            rows = [record(each) for each in results[at : at + A_GROUP]]
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
    atomic_write(folder / PARQUET, held.getvalue().to_pybytes())
    return True


def read_table(folder: Path) -> Iterator[dict[str, Any]]:
    """The records of a run's table; raises BadInput where there is none, or pyarrow is not installed."""
    try:
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        what = "tables need pyarrow, which is not installed"
        raise BadInput(what, where=str(folder), mend="pip install 'allocentric[data]'") from None
    path = folder / PARQUET
    if not path.is_file():
        mend = "write it with allo bench --rescore"
        raise BadInput("the run has no table of results", where=str(folder), mend=mend)
    for batch in parquet.ParquetFile(path).iter_batches():
        yield from batch.to_pylist()


def write_json(value: dict[str, Any], folder: Path) -> None:
    """Write what a run came to as one JSON object."""
    atomic_write(folder / JSON, encode(value) + b"\n")


def record(result: Result) -> dict[str, Any]:
    """One record of the table."""
    scored, row = result.scored, result.row
    usage = None if row is None else row.usage
    return {
        "id": scored.id,
        "variant": scored.variant,
        "repeat": scored.repeat,
        "type": scored.type,
        "scene": scored.scene,
        "pair": scored.pair,
        "condition": scored.condition,
        "state": scored.state if row is not None else "missing",
        "reply": None if row is None else row.reply,
        "value": _text(scored.value),
        "truth": _text(scored.truth),
        "score": scored.score,
        "chance": scored.chance,
        "blind": scored.blind,
        "confidence": scored.confidence,
        "error": None if row is None else row.error,
        "model": None if row is None else row.model,
        "tries": 0 if row is None else row.tries,
        "bought": row is not None and row.bought,
        "prompt_tokens": 0 if usage is None else usage.prompt_tokens,
        "reply_tokens": 0 if usage is None else usage.reply_tokens,
        "seconds": None if usage is None else usage.seconds,
        "cost": None if usage is None else usage.cost,
        "at_s": None if row is None else row.at_s,
    }


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return encode(CANNOT_TELL.value if value is CANNOT_TELL else value).decode()


_KINDS: Final = {name: "bool_" if kind == "bool" else kind for name, kind in COLUMNS.items()}
