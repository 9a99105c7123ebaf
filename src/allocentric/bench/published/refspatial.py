"""RefSpatial-Bench: points for what is referred to in several steps, for placing, for unseen kinds."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import points_benchmark
from allocentric.bench.judges.points import mask_of, refspatial
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import POINT_FRACTIONS

BENCHMARK: Final = points_benchmark(
    Release(
        name="refspatial",
        title="RefSpatial-Bench (RoboRefer)",
        source="github.com/Zhoues/RoboRefer; data: BAAI/RefSpatial-Bench",
        licence="Apache-2.0",
        files=("*/question.json", "question*.json", "*.jsonl", "*.json"),
        notes="the official code chooses the convention by the model's name; here it is fractions, x first",
    ),
    Layout(
        id="id", question="prompt", answer="mask_path", type="category", pictures="rgb_path", keep=("step",)
    ),
    Rule(kind="points", ask=POINT_FRACTIONS, metric="share_inside", judge=refspatial, held=mask_of),
)
