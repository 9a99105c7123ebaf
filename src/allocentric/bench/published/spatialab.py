"""SpatiaLab: photographs in the wild, thirty subtypes from placing and depth to ways and form."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout

BENCHMARK = choice_benchmark(
    Release(
        name="spatialab",
        title="SpatiaLab, multiple choice",
        source="github.com/SpatiaLab-Reasoning/SpatiaLab; data: ciol-research/SpatiaLab",
        licence="not stated",
        checked="paper",
        files=("*.parquet", "*.jsonl", "*.json", "*.csv"),
        published={"human": 0.8757, "InternVL3.5-72B": 0.5493, "GPT-5-mini": 0.5429},
        notes="open answers need a judge and are not read; no scorer was published, and the fields are not "
        "confirmed: the reader is EASI's",
    ),
    Layout(id="id", options="options", type="category", pictures="image", keep=("sub_category",)),
)
