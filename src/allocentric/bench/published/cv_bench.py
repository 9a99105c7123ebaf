"""CV-Bench: counting and relations in 2D, depth and distance in 3D."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import cambrian
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER

BENCHMARK: Final = declared(
    Release(
        name="cv_bench",
        title="CV-Bench (Cambrian-1)",
        source="github.com/cambrian-mllm/cambrian; data: nyu-visionx/CV-Bench",
        licence="Apache-2.0",
        checked="code",
        scorer="cambrian-mllm/cambrian a220b3f, eval/eval/coco/coco_test.py, eval/eval/omni/omni_test.py",
        mirrors=True,
        files=("test_*.parquet", "test_*.jsonl", "*.parquet", "*.jsonl"),
        notes="the three parts are scored by the code; how they are joined is said by the data card",
    ),
    Layout(id="idx", options="choices", type="task", group="source", pictures="filename"),
    Rule(kind="choice", ask=LETTER, judge=cambrian),
    official="cv_bench",
)
