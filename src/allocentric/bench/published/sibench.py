"""SIBench: twenty-three settings from some twenty sets, from seeing to planning."""

from collections.abc import Mapping
from typing import Any, Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.derived import derived
from allocentric.bench.judges.matching import else_strict, sibench, sibench_yes_no
from allocentric.bench.judges.numbers import sibench_count, sibench_number
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN, NUMBER, YES_NO
from allocentric.bench.records import Row

RULES: Final = {
    "MCQ": Rule(kind="choice", ask=LETTER_GIVEN, judge=else_strict(sibench)),
    "YN": Rule(kind="yes_no", ask=YES_NO, judge=sibench_yes_no),
    "Number": Rule(
        kind="number", ask=NUMBER, judge=sibench_number, metric="mra_strict", sound_metric="mra_exact"
    ),
    "Number_Int": Rule(kind="count", ask=NUMBER, judge=sibench_count),
}


def placed(row: Row) -> Mapping[str, Any]:
    """The setting, which the file is called by, and the pictures or else the video, which one field names."""
    held = row.values
    named = str(held.get("image_path") or "").strip() or str(held.get("video_path") or "").strip()
    pictures = [each.strip().strip("'\"") for each in named.strip("[]").split(",")]
    return {"setting": row.path.stem, "pictures": [each for each in pictures if each]}


BENCHMARK: Final = derived(
    Release(
        name="sibench",
        title="SIBench",
        source="github.com/song2yu/SIBench-VSR",
        licence="Apache-2.0 (code)",
        checked="code",
        scorer="open-compass/VLMEvalKit c4049ac, vlmeval/dataset/SIBench.py",
        files=("*.tsv", "*.parquet", "*.jsonl"),
        published={"GPT-5": 0.634, "Gemini-2.5-Pro": 0.588, "Qwen2.5-VL-7B": 0.417},
        notes="thresholds pass only below the bound; the strict reader stands in for the judging model, "
        "which is asked where a reply begins with neither a bracket nor a letter",
    ),
    Layout(
        id="{setting}-{index}",
        options="question",
        lettered=6,
        type="setting",
        rule="type",
        group="data_source",
        pictures="pictures",
        keep=("input_type", "video_path"),
    ),
    RULES,
    derive=placed,
)
