"""STI-Bench: measuring, placing and following things in videos, on a desk, in rooms, on roads."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import msgspec

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.derived import derived
from allocentric.bench.judges.letters import by_letter, sti
from allocentric.bench.layouts import Layout
from allocentric.bench.records import Row

ASK: Final = "{question}\n{options}\nPlease output only the option you choose!"


def as_table(row: Row) -> Mapping[str, Any]:
    """The fields of the release's own table by the names of EASI's, in which records are read.

    One id stands for several questions there: the video and the span of time are part of it.
    """
    held = row.values
    if "Question" not in held:
        return {}
    start, end = (_seconds(held.get(name)) for name in ("time_start", "time_end"))
    options = held.get("Candidates")
    if isinstance(options, str):
        with suppress(msgspec.DecodeError):
            options = msgspec.json.decode(options)
    return {
        "index": "|".join(map(str, (held.get("Video", ""), held.get("ID", row.number), start, end))),
        "question": f"From {start} seconds to {end} seconds. {held['Question']}",
        "options": options,
        "answer": held.get("Answer"),
        "task_type": held.get("Task"),
        "video": f"video/{held.get('Video', '')}",
    }


def _seconds(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


BENCHMARK: Final = derived(
    Release(
        name="sti_bench",
        title="STI-Bench",
        source="github.com/MINT-SJTU/STI-Bench; data: MINT-SJTU/STI-Bench",
        licence="Apache-2.0",
        checked="code",
        scorer="MINT-SJTU/STI-Bench 082810f, opensource_test.py; 05018e8, openai_test.py",
        files=("qa*.parquet", "STIBench.tsv", "*.tsv", "*.parquet", "*.jsonl"),
        notes="read from the release's own table, or from the one of EASI",
    ),
    Layout(
        id="index",
        options="options",
        type="task_type",
        scene="video",
        pictures="video",
        keep=("time_start", "time_end"),
    ),
    Rule(kind="choice", ask=ASK, judge=by_letter(sti)),
    derive=as_table,
)
