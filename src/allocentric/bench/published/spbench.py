"""SPBench, one picture (SI) and several (MV): five types of VSI-Bench on posed photographs."""

from typing import Final

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import declared, vsi_rules
from allocentric.bench.layouts import Layout

BENCHMARK: Final = declared(
    Release(
        name="spbench",
        title="SPBench (SpatialLadder)",
        source="github.com/ZJU-REAL/SpatialLadder; data: hongxingli/SPBench",
        licence="Apache-2.0 (code)",
        checked="paper",
        files=("SPBench-*.parquet", "*.parquet", "*.jsonl", "*.tsv"),
        published={
            "SpatialLadder-3B (SI)": 0.702,
            "SpatialLadder-3B (MV)": 0.709,
            "Qwen2.5-VL-3B (SI)": 0.403,
            "Qwen2.5-VL-3B (MV)": 0.366,
        },
        notes="the official reader of numbers takes the article a for 1; letters are read in tags",
    ),
    Layout(
        id="id",
        answer="ground_truth",
        options="options",
        type="question_type",
        scene="scene_name",
        pictures="images",
    ),
    vsi_rules(
        choices=("object_rel_direction", "object_rel_distance"),
        counts=("object_counting",),
        lengths_m=("object_abs_distance",),
        lengths_cm=("object_size_estimation",),
        reader_of_numbers="first_number",
        reader_of_letters="answer_tag",
    ),
    official="mean_of_types",
)
