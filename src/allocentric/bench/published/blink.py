"""BLINK, its spatial parts: relation, depth, correspondence, views."""

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.matching import blink, else_strict
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER

LAYOUT = Layout(
    id="idx", options="choices", type="sub_task", embedded=True,
    pictures=("image_1", "image_2", "image_3", "image_4"),
    only=(("sub_task", ("Counting", "Multi-view_Reasoning", "Object_Localization", "Relative_Depth",
                        "Spatial_Relation", "Visual_Correspondence")),),
)  # fmt: skip
BENCHMARK = declared(
    Release(
        name="blink",
        title="BLINK, spatial parts",
        source="github.com/zeyofu/BLINK_Benchmark; data: BLINK-Benchmark/BLINK",
        licence="Apache-2.0",
        checked="code",
        scorer="zeyofu/BLINK_Benchmark 0cca9a3, eval/test_benchmark.py, evaluate.py, multiple_choice.py",
        files=("**/val*.parquet", "*.parquet", "*.jsonl"),
        notes="published numbers are over all fourteen parts; the strict reader stands in for gpt-3.5",
    ),
    LAYOUT,
    Rule(kind="choice", ask=LETTER, judge=else_strict(blink)),
    official="blink",
)
