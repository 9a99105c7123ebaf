"""VSI-Bench, debiased: the questions of VSI-Bench that a model without eyes does not guess."""

from dataclasses import replace
from typing import Final

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import declared
from allocentric.bench.published.vsi_bench import RELEASED, RULES

BENCHMARK: Final = declared(
    Release(
        name="vsi_bench_debiased",
        title="VSI-Bench, debiased subset",
        source="data: nyu-visionx/VSI-Bench, the records that are not `pruned`",
        licence="Apache-2.0",
        checked="code",
        scorer="vision-x-nyu/thinking-in-space e6a72f3, lmms_eval/tasks/vsibench/utils.py",
        mirrors=True,
        files=("test*.parquet", "test*.jsonl", "*.jsonl", "*.parquet"),
    ),
    replace(RELEASED, only=(("pruned", False),)),
    RULES,
    official="vsi_released",
    sound="vsi",
)
