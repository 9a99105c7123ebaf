"""OSI-Bench: open-world videos, distances, speeds and directions of numbered things."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import by_letter, osi
from allocentric.bench.judges.numbers import osi as osi_number
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER, NUMBER

LETTERS: Final = (
    "relative_distance",
    "relative_direction_categorical",
    "relative_direction_categorical_cardinal",
    "relative_direction_categorical_ordinal",
    "trajectory_description",
)
METRICS: Final = {
    "absolute_distance": "mra_vsi",
    "relative_direction_angular": "mra_vsi",
    "object_3d_localization": "mra_vsi",
    "depth_aware_counting": "mra_vsi",
    "trajectory_length": "mra_osi_path",
    "absolute_speed": "mra_osi",
    "absolute_displacement": "mra_osi",
}
SOUND: Final = {"mra_osi": "mra_still"}
NUMBERS: Final = {
    type: Rule(
        kind="number",
        ask=NUMBER,
        judge=osi_number(each),
        metric=each,
        sound_metric=SOUND.get(each, "mra_exact"),
    )
    for type, each in METRICS.items()
}
BENCHMARK: Final = declared(
    Release(
        name="osi_bench",
        title="OSI-Bench",
        source="data: HarmlessSR07/OSI-Bench",
        licence="not stated",
        checked="paper",
        files=("*.parquet", "*.jsonl", "*.json", "*.tsv"),
        notes="the authors' repository was not found; metrics agree with EASI's port, whose readers are "
        "others, and whose overall number is the mean of rows",
    ),
    Layout(id="id", options="options", type="category", scene="video", pictures="{video}.mp4"),
    {**dict.fromkeys(LETTERS, Rule(kind="choice", ask=LETTER, judge=by_letter(osi))), **NUMBERS},
    official="mean_of_types",
)
