"""Q-Spatial Bench: distances and sizes in photographs, right within a factor of two."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import NUMBER_IN

UNITS: Final = {"meters": "m", "m": "m", "centimeters": "cm", "cm": "cm", "inches": "in", "feet": "ft"}
PORTED: Final = ("within_factor_2_vlmevalkit", "within_factor_1_5_vlmevalkit")


def rule(unit: str) -> Rule:
    """The rule for truths in one unit; replies may be in any, a bare number is in that of the truth."""
    return Rule(
        kind="length", unit=unit, ask=NUMBER_IN, reads_units=True, metric="within_factor_2", beside=PORTED
    )


BENCHMARK: Final = declared(
    Release(
        name="q_spatial",
        title="Q-Spatial Bench",
        source="github.com/andrewliao11/Q-Spatial-Bench-code; data: andrewliao11/Q-Spatial-Bench",
        licence="Apache-2.0",
        checked="paper",
        files=("QSpatial*.parquet", "*.parquet", "*.jsonl"),
        notes="both shipped rules are told: the release's own, and those of VLMEvalKit beside",
    ),
    Layout(answer="answer_value", rule="answer_unit", scene="image_path", pictures="image_path"),
    {name: rule(unit) for name, unit in UNITS.items()},
)
