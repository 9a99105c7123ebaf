"""SAT: actions and motion of camera and things, real pictures."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout

LAYOUT = Layout(
    answer="correct_answer", answers="text", options="answers", type="question_type",
    pictures="image_bytes", embedded=True,
)  # fmt: skip
BENCHMARK = choice_benchmark(
    Release(
        name="sat",
        title="SAT (Spatial Aptitude Training), real test",
        source="github.com/arijitray1993/SAT; data: array/SAT",
        licence="MIT",
        checked="paper",
        files=("SAT_test.parquet", "*test*.parquet", "*.parquet", "*.jsonl"),
        notes="no scorer is set up for the test: the reader is EASI's, the mean of types is ours",
    ),
    LAYOUT,
    official="mean_of_types",
)
