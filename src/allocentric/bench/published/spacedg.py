"""SpaceDG-Bench: spatial questions on pictures made worse in nine ways."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import YES_OR_NO, declared
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN, NUMBER, SHORT

READER: Final = "answer_tag"
LETTER: Final = Rule(kind="choice", ask=LETTER_GIVEN, reader=READER)
COUNT: Final = Rule(kind="count", ask=NUMBER, reader=READER)
NUMERIC: Final = Rule(kind="number", ask=NUMBER, reader=READER, metric="mra_vsi", sound_metric="mra_exact")
SIZES: Final = Rule(kind="text", ask=SHORT, reader=READER, metric="size_list")
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
    {"MCQ": LETTER, "YN": YES_OR_NO, "COUNT": COUNT, "NA": NUMERIC, "SIZE_LIST": SIZES},
    official="spacedg",
    sound="mean",
    beside=("degradation",),
)
