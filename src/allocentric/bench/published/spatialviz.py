"""SpatialViz-Bench: rotation, folding, sections and animation in the mind."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import by_letter, spatialviz
from allocentric.bench.layouts import Layout

ASK: Final = "{question}\nChoices: {options}\nThink in <think></think>, then one letter in <answer></answer>."
BENCHMARK: Final = declared(
    Release(
        name="spatialviz",
        title="SpatialViz-Bench",
        source="github.com/wangst0181/SpatialViz-Bench; data: PLM-Team/Spatial-Visualization-Benchmark",
        licence="MIT",
        checked="code",
        scorer="wangst0181/SpatialViz-Bench 4069e12, evaluation/evaluate.py",
        files=("*SpatialViz*.parquet", "*.parquet", "*.json", "*.jsonl"),
    ),
    Layout(
        id="{Category}-{Task}-{Level}-{Image_id}",
        question="Question",
        answer="Answer",
        options="Choices",
        type="Task",
        pictures="{Category}/{Task}/{Level}/{Image_id}.png",
        keep=("Category", "Level"),
    ),
    Rule(kind="choice", ask=ASK, judge=by_letter(spatialviz)),
)
