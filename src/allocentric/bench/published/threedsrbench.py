"""3DSRBench: height, location, orientation and several things, flipped and with options rotated."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout

BENCHMARK = choice_benchmark(
    Release(
        name="3dsrbench",
        title="3DSRBench",
        source="3dsrbench.github.io; data: ccvl/3DSRBench",
        licence="CC-BY-4.0",
        files=("3dsrbench*.tsv", "*.tsv", "*.parquet", "*.jsonl", "*.csv"),
        published={"human": 0.957, "Qwen2.5-VL-3B": 0.439, "Qwen2.5-VL-7B": 0.484},
        notes="published numbers are circular: right in every rotation, flips counted as more questions",
    ),
    Layout(id="qid", options=("A", "B", "C", "D"), type="category", pictures="image_url"),
    reader="option_first",
    official="3dsr_circular",
    beside=("3dsr_vanilla", "3dsr_flip", "3dsr_flip_circular"),
)
