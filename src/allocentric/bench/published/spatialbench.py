"""SpatialBench: fifteen types on five levels, from measuring to planning; lengths were measured, in cm."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.errata.erratum import ALIKE_OPTIONS, DAMAGED_OPTIONS
from allocentric.bench.judges.spatialbench import letter, number
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER, NUMBER

LENGTH: Final = Rule(
    kind="number", ask=NUMBER, judge=number, metric="mra_spatialbench", sound_metric="mra_exact"
)
CHOICE: Final = Rule(kind="choice", ask=LETTER, judge=letter)

BENCHMARK: Final = declared(
    Release(
        name="spatialbench",
        title="SpatialBench (capability-oriented)",
        source="github.com/XPR2004/SpatialBench",
        licence="Apache-2.0",
        checked="code",
        scorer="XPR2004/SpatialBench dc19317, evaluate_benchmark_results.py",
        mirrors=True,
        files=("QA.txt", "QA*.json", "*.json"),
        notes="letters are skewed: who never looks earns .402; empty replies leave the official mean",
    ),
    Layout(
        id="problem_id",
        question="problem",
        answer="solution",
        options="options",
        nested="sample",
        type="original_question_type",
        rule="problem_type",
        scene="path",
        pictures="path",
        keep=("scene_type",),
    ),
    {"multiple_choice": CHOICE, "regression": LENGTH},
    official="spatialbench",
    beside=("mean",),
    errata=(DAMAGED_OPTIONS, ALIKE_OPTIONS),
)
