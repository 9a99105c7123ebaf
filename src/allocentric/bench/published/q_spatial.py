"""Q-Spatial Bench: distances and sizes in photographs, right within a factor of two."""

from typing import Final

from allocentric.answers.kinds import Expected, Reading
from allocentric.answers.read import read
from allocentric.bench.benchmark import Reader, Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.numbers import scalar_m
from allocentric.bench.layouts import Layout

ASK: Final = "{question}\nEnd with a line: \\scalar{NUMBER} \\distance_unit{UNIT}"
UNITS: Final = {"meters": "m", "m": "m", "centimeters": "cm", "cm": "cm", "inches": "in", "feet": "ft"}
PORTED: Final = ("within_factor_2_vlmevalkit", "within_factor_1_5_vlmevalkit")


def reader(unit: str) -> Reader:
    """A reader of the release's own form; any other is read strictly, a bare number in `unit`."""
    expected = Expected("length", unit=unit)

    def scalar_and_unit(reply: str) -> Reading:
        given = scalar_m(reply)
        return read(reply, expected) if given is None else Reading(given)

    return scalar_and_unit


def rule(unit: str) -> Rule:
    """The rule for truths in one unit; replies may be in any."""
    return Rule(
        kind="length",
        unit=unit,
        ask=ASK,
        reader=reader(unit),
        reads_units=True,
        metric="within_factor_2",
        beside=PORTED,
    )


BENCHMARK: Final = declared(
    Release(
        name="q_spatial",
        title="Q-Spatial Bench",
        source="github.com/andrewliao11/Q-Spatial-Bench-code; data: andrewliao11/Q-Spatial-Bench",
        licence="Apache-2.0",
        checked="code",
        scorer="andrewliao11/Q-Spatial-Bench-code 723d6e4, examples/evaluate_success_rate.ipynb",
        files=("QSpatial*.parquet", "*.parquet", "*.jsonl"),
        notes="the release's own rule, and those of VLMEvalKit beside; where the code ends with an error, "
        "since its form is not kept, the strict reader stands in",
    ),
    Layout(answer="answer_value", rule="answer_unit", scene="image_path", pictures="image_path"),
    {name: rule(unit) for name, unit in UNITS.items()},
)
