"""VSI-Bench: eight tasks on videos of scanned rooms."""

from __future__ import annotations

from typing import Final

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import declared, vsi_rules
from allocentric.bench.errata.erratum import corrected_where, dropped
from allocentric.bench.layouts import Layout

DIRECTIONS: Final = tuple(f"object_rel_direction_{each}" for each in ("easy", "medium", "hard"))
RULES: Final = vsi_rules(
    choices=(*DIRECTIONS, "object_rel_distance", "route_planning", "obj_appearance_order"),
    counts=("object_counting",),
    lengths_m=("object_abs_distance",),
    lengths_cm=("object_size_estimation",),
    areas_m2=("room_size_estimation",),
)
PRUNED: Final = dropped(
    "pruned",
    "models without eyes guess it: left out of the debiased subset",
    lambda each: bool(each.fields.get("pruned")),
)
SHORT_GAP: Final = corrected_where(
    "stool_and_chair",
    "in ARKitScenes 47333441 they are 0.26 m apart by the scan's own boxes; 0.4 m was released",
    lambda each: (
        each.type == "object_abs_distance"
        and "47333441" in each.scene
        and "between the stool and the chair" in each.prompt.text
    ),
    truth=0.26,
)
RELEASED: Final = Layout(
    id="id",
    question="question",
    answer="ground_truth",
    options="options",
    type="question_type",
    scene="scene_name",
    pictures="{dataset}/{scene_name}.mp4",
    keep=("dataset", "pruned"),
)
COPIED: Final = Layout(
    id="problem_id",
    question="problem",
    answer="solution",
    tagged=True,
    options="options",
    type="original_question_type",
    scene="path",
    pictures="path",
)

BENCHMARK: Final = declared(
    Release(
        name="vsi_bench",
        title="VSI-Bench (Thinking in Space)",
        source="github.com/vision-x-nyu/thinking-in-space; data: nyu-visionx/VSI-Bench",
        licence="Apache-2.0",
        checked="code",
        scorer="vision-x-nyu/thinking-in-space e6a72f3, lmms_eval/tasks/vsibench/utils.py",
        mirrors=True,
        files=("test*.parquet", "test*.jsonl", "questions*.json", "*.jsonl", "*.parquet"),
        published={"Gemini-1.5 Pro": 0.454, "human (tiny)": 0.792},
        notes="one count in fifty disagrees with the scan; distances are 0 to 0.1 m too long",
    ),
    (RELEASED, COPIED),
    RULES,
    official="vsi_released",
    sound="vsi",
    errata=(PRUNED, SHORT_GAP),
)
