"""SIBench: twenty-three settings from some twenty sets, from seeing to planning."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import CHOICE, YES_OR_NO, declared
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN, NUMBER

NUMERIC: Final = Rule(
    kind="number", ask=NUMBER, reader="last_number", metric="mra_strict", sound_metric="mra_exact"
)
COUNT: Final = Rule(kind="count", ask=NUMBER, reader="last_number")
LETTER: Final = Rule(kind="choice", ask=LETTER_GIVEN, reader=CHOICE.reader)
BENCHMARK: Final = declared(
    Release(
        name="sibench",
        title="SIBench",
        source="github.com/song2yu/SIBench-VSR",
        licence="Apache-2.0 (code)",
        files=("*.tsv", "*.parquet", "*.jsonl"),
        published={"GPT-5": 0.634, "Gemini-2.5-Pro": 0.588, "Qwen2.5-VL-7B": 0.417},
        notes="thresholds pass only below the bound; its judging model is replaced by EASI's readers",
    ),
    Layout(
        id="{data_source}-{index}",
        options="question",
        lettered=6,
        type="data_source",
        rule="type",
        pictures="image_path",
        keep=("input_type", "video_path"),
    ),
    {"MCQ": LETTER, "YN": YES_OR_NO, "Number": NUMERIC, "Number_Int": COUNT},
)
