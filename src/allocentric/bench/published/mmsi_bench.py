"""MMSI-Bench: several pictures, eleven types of position, attribute and motion."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.matching import else_strict, isolated
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN

BENCHMARK: Final = declared(
    Release(
        name="mmsi_bench",
        title="MMSI-Bench",
        source="github.com/InternRobotics/MMSI-Bench; data: RunsenXu/MMSI-Bench",
        licence="CC-BY-NC-4.0",
        checked="code",
        scorer="InternRobotics/MMSI-Bench 026beb1, README.md",
        files=("*MMSI*.parquet", "*.parquet", "*.tsv", "*.jsonl"),
        published={"human": 0.972, "o3": 0.41},
        notes="what its expression does not find is put to a model; the strict reader stands in for that",
    ),
    Layout(id="id", options="question", lettered=4, type="question_type", pictures="images", embedded=True),
    Rule(kind="choice", ask=LETTER_GIVEN, judge=else_strict(isolated)),
)
