"""VSR: whether a sentence about two things holds in a picture."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.layouts import Layout

ASK: Final = "Is this true of the picture? {question}\nAnswer yes or no."
BENCHMARK: Final = declared(
    Release(
        name="vsr",
        title="VSR (Visual Spatial Reasoning)",
        source="github.com/cambridgeltl/visual-spatial-reasoning; data: cambridgeltl/vsr_random",
        licence="CC-BY-4.0",
        checked="paper",
        mirrors=True,
        files=("test.jsonl", "*.jsonl", "*.parquet"),
        published={"human": 0.954},
        notes="classifiers were scored in the paper: no reader of replies was published, ours stands in",
    ),
    Layout(question="caption", answer="label", type="relation", scene="image", pictures="image"),
    Rule(kind="yes_no", ask=ASK),
)
