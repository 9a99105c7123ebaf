"""BLINK, its spatial parts: relation, depth, correspondence, views."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout

IMAGES = ("image_1", "image_2", "image_3", "image_4")
BENCHMARK = choice_benchmark(
    Release(
        name="blink",
        title="BLINK, spatial parts",
        source="github.com/zeyofu/BLINK_Benchmark; data: BLINK-Benchmark/BLINK",
        licence="Apache-2.0",
        files=("**/val*.parquet", "*.parquet", "*.jsonl"),
        published={"human": 0.957, "GPT-4V": 0.513},
        notes="the official total is the mean of sub-tasks; matching by model there, EASI's reader here",
    ),
    Layout(id="idx", options="choices", type="sub_task", pictures=IMAGES, embedded=True),
    official="blink",
)
