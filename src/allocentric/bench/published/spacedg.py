"""SpaceDG-Bench: spatial questions on pictures made worse in nine ways."""

from dataclasses import replace
from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import YES_OR_NO, declared
from allocentric.bench.judges.spacedg import tagged_or_whole
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN, NUMBER, SHORT

LETTER: Final = Rule(kind="choice", ask=LETTER_GIVEN, judge=tagged_or_whole("accuracy"))
YES_NO: Final = replace(YES_OR_NO, judge=tagged_or_whole("accuracy"))
COUNT: Final = Rule(kind="count", ask=NUMBER, judge=tagged_or_whole("accuracy"))
NUMERIC: Final = Rule(
    kind="number", ask=NUMBER, judge=tagged_or_whole("mra_vsi"), metric="mra_vsi", sound_metric="mra_exact"
)
SIZES: Final = Rule(kind="text", ask=SHORT, judge=tagged_or_whole("size_list"), metric="size_list")
BENCHMARK: Final = declared(
    Release(
        name="spacedg",
        title="SpaceDG-Bench",
        source="SpaceDG release",
        licence="not stated",
        files=("*.tsv", "*.parquet", "*.jsonl"),
        notes="the official overall leaves out what only has a relative accuracy; sound counts all",
    ),
    Layout(
        id="index",
        options="question",
        lettered=4,
        type="question_type",
        rule="task_group",
        group="task_group",
        condition="degradation_type",
        pair="{question_type}-{question}",
        pictures="image_path",
        keep=("sub_question_type",),
    ),
    {"MCQ": LETTER, "YN": YES_NO, "COUNT": COUNT, "NA": NUMERIC, "SIZE_LIST": SIZES},
    official="spacedg",
    sound="mean",
    beside=("degradation",),
)
