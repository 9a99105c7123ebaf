"""RefSpatial-Bench: points for what is referred to in several steps, for placing, for unseen kinds."""

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import points_benchmark
from allocentric.bench.judges.points import mask_of, refspatial
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import POINT_FRACTIONS

LAYOUT = Layout(  # ids start again in each part
    id="{category}-{id}", question="prompt", answer="mask_path", type="category", pictures="rgb_path",
    keep=("step",))  # fmt: skip
BENCHMARK = points_benchmark(
    Release(
        name="refspatial",
        title="RefSpatial-Bench (RoboRefer)",
        source="github.com/Zhoues/RoboRefer; data: BAAI/RefSpatial-Bench",
        licence="Apache-2.0",
        checked="port",
        scorer="Solvement/RoboRefer-FineTuning a6f84f2, Evaluation/summarize_acc.py",
        files=("*/question.json", "question*.json", "*.jsonl", "*.json"),
        notes="the official code chooses the convention by the model's name; here it is fractions, x first",
    ),
    LAYOUT,
    Rule(kind="points", ask=POINT_FRACTIONS, metric="share_inside", judge=refspatial, held=mask_of),
)
