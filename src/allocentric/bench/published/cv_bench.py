"""CV-Bench: counting and relations in 2D, depth and distance in 3D."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import by_letter, first_letter
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER

BENCHMARK: Final = declared(
    Release(
        name="cv_bench",
        title="CV-Bench (Cambrian-1)",
        source="github.com/cambrian-mllm/cambrian; data: nyu-visionx/CV-Bench",
        licence="Apache-2.0",
        files=("test_*.parquet", "test_*.jsonl", "*.parquet", "*.jsonl"),
        notes="the official matching asks a model; the reader here is that of lmms-eval",
    ),
    Layout(id="idx", options="choices", type="task", group="source", pictures="filename"),
    Rule(kind="choice", ask=LETTER, judge=by_letter(first_letter)),
    official="cv_bench",
)
