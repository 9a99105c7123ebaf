"""ReVSI: the scenes of VSI-Bench annotated anew, with a truth for each budget of frames."""

from dataclasses import replace
from typing import Final

from allocentric.answers.aggregate_types import REVSI
from allocentric.bench.benchmark import Release
from allocentric.bench.declare import declared, vsi_rules
from allocentric.bench.judges import letters, numbers
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import FRAMES

NUMBER: Final = FRAMES + "{question}\nAnswer the question using a single integer or decimal number."
ASKED: Final = vsi_rules(
    choices=(*REVSI["object_rel_direction"], *REVSI["object_rel_distance"], "route_planning"),
    counts=REVSI["object_counting"],
    areas_m2=REVSI["room_size_estimation"],
    lengths_m=("object_abs_distance",),
    lengths_cm=("object_size_estimation",),
    ask_number=NUMBER,
)
RULES: Final = {
    name: replace(rule, judge=numbers.revsi if rule.is_numeric else letters.by_letter(letters.revsi))
    for name, rule in ASKED.items()
}
BENCHMARK: Final = declared(
    Release(
        name="revsi",
        title="ReVSI",
        source="data: 3dlg-hcvc/ReVSI, a subset for each frame budget",
        licence="not stated",
        checked="port",
        scorer="open-compass/VLMEvalKit 302cbce, vlmeval/dataset/revsi.py",
        files=("*_frame/*.parquet", "*.parquet", "*.jsonl", "*.tsv"),
    ),
    Layout(
        id="id",
        answer="ground_truth",
        options="options",
        type="question_type",
        scene="scene_id",
        pictures="{scene_id}.mp4",
    ),
    RULES,
    official="revsi",
)
