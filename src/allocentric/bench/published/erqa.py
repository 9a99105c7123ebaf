"""ERQA: what a robot has to understand of what it sees."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN

KIND, IMAGES = "question_type", "images"
BENCHMARK = choice_benchmark(
    Release(
        name="erqa",
        title="ERQA (Gemini Robotics)",
        source="github.com/embodiedreasoning/ERQA",
        licence="CC-BY-4.0 (data), Apache-2.0 (code)",
        files=("erqa*.parquet", "*.parquet", "*.jsonl", "*.json", "*.tsv"),
        notes="no scorer was read: the reader is EASI's",
    ),
    Layout(id="question_id", options="question", lettered=4, type=KIND, pictures=IMAGES, embedded=True),
    ask=LETTER_GIVEN,
)
