"""OmniSpatial: motion, traffic, paper folding, perspective, in fifty kinds."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import answer_colon, by_letter
from allocentric.bench.layouts import Layout

ASK: Final = "{question}\n{options}\nEnd your answer with a separate line: Answer: X, where X is a letter."
BENCHMARK: Final = declared(
    Release(
        name="omnispatial",
        title="OmniSpatial",
        source="github.com/qizekun/OmniSpatial; data: qizekun/OmniSpatial",
        licence="Apache-2.0",
        files=("data.json", "*.json", "*.parquet", "*.jsonl"),
        notes="the official reader takes a reply without an answer for A",
    ),
    Layout(
        id="{task_type}-{sub_task_type}-{id}",
        answer="gt",
        options="options",
        type="sub_task_type",
        pictures="image_path",
        keep=("task_type",),
    ),
    Rule(kind="choice", ask=ASK, judge=by_letter(answer_colon)),
)
