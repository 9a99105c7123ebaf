"""3DSRBench: height, location, orientation and several things, flipped and with options rotated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

from allocentric.bench.benchmark import ANY, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.judges.matching import else_strict, vlmevalkit
from allocentric.bench.layouts import Layout, sample_of
from allocentric.bench.prompts import LETTER
from allocentric.bench.records import Row, rows
from allocentric.bench.sample import Sample

RULE: Final = Rule(kind="choice", ask=LETTER, judge=else_strict(vlmevalkit))
LAYOUT: Final = Layout(id="qid", options=("A", "B", "C", "D"), type="category", pictures="picture")
LONGEST_INDEX: Final = 64  # characters; a longer cell is a picture


def read_turned(path: Path) -> Iterator[Sample]:
    """The questions of one table; a picture stands in it as base64, or is named by its address.

    A short cell in place of a picture is the index of an earlier row that has it. Only the address of a
    picture is kept: it is decoded when it is sent. Raises BadInput with file, row and field.
    """
    held = dict[str, int]()
    for row in rows(path):
        picture = _picture(row, held)
        yield sample_of(
            Row({**row.values, "picture": picture}, path, row.number, row.name), LAYOUT, {ANY: RULE}
        )


def _picture(row: Row, held: dict[str, int]) -> str:
    """Where the picture of a row is, seen from the table; `held` are the rows of those before, by index."""
    cell: Any = row.values.get("image")
    if not row.is_text or not cell:
        named = str(row.values.get("image_url") or "")
        return PurePosixPath(named).name if "://" in named else named
    index = str(row.values.get("index", row.number))
    if len(cell) > LONGEST_INDEX:
        held[index] = row.number
    elif cell not in held:
        raise row.wrong(
            "image", f"{cell!r} is neither a picture nor the index of an earlier row that has one"
        )
    else:
        held[index] = held[cell]
    return f"{row.path.name}#{held[index]}/image"


BENCHMARK: Final = told(
    Release(
        name="3dsrbench",
        title="3DSRBench",
        source="3dsrbench.github.io; data: ccvl/3DSRBench",
        licence="CC-BY-4.0",
        checked="code",
        scorer="johnson111788/SpatialReasoner 90eeb8e, src/eval/compute_3dsrbench_results.py; "
        "open-compass/VLMEvalKit 18fc37a, vlmeval/utils/matching_util.py",
        files=("3dsrbench*circular.tsv", "3dsrbench*.tsv", "*.tsv", "*.parquet", "*.jsonl", "*.csv"),
        published={"human": 0.957, "Qwen2.5-VL-3B": 0.439, "Qwen2.5-VL-7B": 0.484},
        notes="published numbers are circular: right in every rotation, flips counted as more questions; "
        "pictures that are named by an address on the web are looked for beside the table, by their names",
    ),
    read_turned,
    RULE,
    official="3dsr_circular",
    beside=("3dsr_vanilla", "3dsr_flip", "3dsr_flip_circular"),
)
