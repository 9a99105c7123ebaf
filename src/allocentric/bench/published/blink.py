"""BLINK, its spatial parts: relation, depth, correspondence, views."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout

LAYOUT = Layout(
    id="idx", options="choices", type="sub_task", embedded=True,
    pictures=("image_1", "image_2", "image_3", "image_4"),
    only=(("sub_task", ("Counting", "Multi-view_Reasoning", "Object_Localization", "Relative_Depth",
                        "Spatial_Relation", "Visual_Correspondence")),),
)  # fmt: skip
BENCHMARK = choice_benchmark(
    Release(
        name="blink",
        title="BLINK, spatial parts",
        source="github.com/zeyofu/BLINK_Benchmark; data: BLINK-Benchmark/BLINK",
        licence="Apache-2.0",
        files=("**/val*.parquet", "*.parquet", "*.jsonl"),
        notes="published numbers are over all fourteen parts; matching by model there, EASI's reader here",
    ),
    LAYOUT,
    official="blink",
)
