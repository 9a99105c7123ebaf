"""EmbSpatial-Bench: above, below, left, right, close and far in indoor pictures."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout

BENCHMARK = choice_benchmark(
    Release(
        name="embspatial",
        title="EmbSpatial-Bench",
        source="github.com/mengfeidu/EmbSpatial-Bench; data: Phineas476/EmbSpatial-Bench",
        licence="not stated",
        checked="paper",
        mirrors=True,
        files=("embspatial_bench.json", "*.json", "*.jsonl", "*.parquet"),
        notes="no scoring code was published: the reader is EASI's, and lmms-eval reads otherwise",
    ),
    Layout(
        id="question_id", options="answer_options", answers="index", type="relation", keep=("data_source",)
    ),
)
