"""STI-Bench: measuring, placing and following things in videos, on a desk, in rooms, on roads."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout

BENCHMARK = choice_benchmark(
    Release(
        name="sti_bench",
        title="STI-Bench",
        source="github.com/MINT-SJTU/STI-Bench; data: MINT-SJTU/STI-Bench",
        licence="Apache-2.0",
        files=("STIBench.tsv", "*.tsv", "qa*.parquet", "*.parquet", "*.jsonl"),
        notes="no scorer was published: the reader is EASI's",
    ),
    Layout(
        id="index",
        options="options",
        type="task_type",
        scene="video",
        pictures="video",
        keep=("time_start", "time_end"),
    ),
    ask="{question}\n{options}\nPlease output only the option you choose!",
)
