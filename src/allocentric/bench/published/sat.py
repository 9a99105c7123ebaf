"""SAT: actions and motion of camera and things, real pictures."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout

BENCHMARK = choice_benchmark(
    Release(
        name="sat",
        title="SAT (Spatial Aptitude Training), real test",
        source="github.com/arijitray1993/SAT; data: array/SAT",
        licence="MIT",
        files=("SAT_test.parquet", "*test*.parquet", "*.parquet", "*.jsonl"),
        notes="no scorer was published: the reader is EASI's",
    ),
    Layout(
        answer="correct_answer",
        answers="text",
        options="answers",
        type="question_type",
        pictures="image_bytes",
        embedded=True,
    ),
    official="mean_of_types",
)
