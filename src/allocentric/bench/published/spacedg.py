"""SpaceDG-Bench: spatial questions on pictures made worse in nine ways."""

import re
from collections.abc import Mapping
from typing import Any, Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.derived import derived
from allocentric.bench.judges import spacedg
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN, NUMBER, SHORT, YES_NO
from allocentric.bench.records import Row

TASKS: Final = {
    "distance_estimation": "NA",
    "camera_object_distance_estimation": "NA",
    "existence_estimation": "MCQ",
    "object_existence_estimation": "MCQ",
    "object_counting": "COUNT",
    "size_estimation": "SIZE_LIST",
    "object_bounding_size_estimation": "SIZE_LIST",
}
MEASURED: Final = ("distance_exact", "bbox_center_distance", "inter_object_distance")
METRES: Final = re.compile(r"\s*m(?:eters)?$", re.IGNORECASE)
RULES: Final = {
    "MCQ": Rule(kind="choice", ask=LETTER_GIVEN, judge=spacedg.letter),
    "YN": Rule(kind="yes_no", ask=YES_NO, judge=spacedg.yes_no),
    "COUNT": Rule(kind="count", ask=NUMBER, judge=spacedg.count),
    "NA": Rule(
        kind="number", ask=NUMBER, judge=spacedg.metres, metric="mra_vlmevalkit", sound_metric="mra_exact"
    ),
    "SIZE_LIST": Rule(kind="text", ask=SHORT, judge=spacedg.sizes, metric="size_list"),
}


def told_apart(row: Row) -> Mapping[str, Any]:
    """The task that the code infers of a record, its condition, and its answer without the unit.

    Raises BadInput for a type of question without a task.
    """
    held = row.values
    kind, inner = (str(held.get(name) or "").strip() for name in ("question_type", "sub_question_type"))
    task = TASKS.get(kind) if not inner else _task(inner)
    if task is None:
        raise row.wrong("question_type", f"{kind!r} has no task", mend=f"use one of {', '.join(TASKS)}")
    worse = str(held.get("degradation_type") or "").strip()
    answer = held.get("answer")
    return {
        "task": task,
        "condition": "clean" if worse in ("", "ori") else worse,
        "answer": METRES.sub("", answer.strip()) if task == "NA" and isinstance(answer, str) else answer,
    }


def _task(inner: str) -> str:
    return "YN" if inner == "distance_threshold" else "NA" if inner in MEASURED else "MCQ"


BENCHMARK: Final = derived(
    Release(
        name="spacedg",
        title="SpaceDG-Bench",
        source="github.com/Visionary-Laboratory/SpaceDG",
        licence="not stated",
        checked="code",
        scorer="Visionary-Laboratory/SpaceDG 5088067, EASI/VLMEvalKit/vlmeval/dataset/spacedg_bench.py",
        files=("*.tsv", "*.parquet", "*.jsonl"),
        notes="the official overall leaves out what only has a relative accuracy; sound counts all",
    ),
    Layout(
        id="index",
        options="question",
        lettered=4,
        type="question_type",
        rule="task",
        group="task",
        condition="condition",
        pair="{question_type}-{question}",
        pictures="image_path",
        keep=("sub_question_type",),
    ),
    RULES,
    derive=told_apart,
    official="spacedg",
    sound="mean",
    beside=("degradation",),
)
