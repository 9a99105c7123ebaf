"""Q-Spatial Bench: distances and sizes in photographs, right within a factor of two."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import NUMBER_IN

UNITS: Final = {"meters": "m", "m": "m", "centimeters": "cm", "cm": "cm", "inches": "in", "feet": "ft"}
BENCHMARK: Final = declared(
    Release(
        name="q_spatial",
        title="Q-Spatial Bench",
        source="github.com/andrewliao11/Q-Spatial-Bench-code; data: andrewliao11/Q-Spatial-Bench",
        licence="Apache-2.0",
        files=("QSpatial*.parquet", "*.parquet", "*.jsonl"),
        notes="replies may be in any unit; a bare number is in the unit of the truth",
    ),
    Layout(answer="answer_value", rule="answer_unit", scene="image_path", pictures="image_path"),
    {
        name: Rule(kind="length", unit=unit, ask=NUMBER_IN, metric="within_factor_2")
        for name, unit in UNITS.items()
    },
)
