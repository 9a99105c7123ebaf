"""VSTI-Bench: cameras and things over time, in the videos of VSI-Bench."""

from typing import Final

from allocentric.answers.aggregate import Aggregation
from allocentric.answers.aggregate_types import grouped
from allocentric.bench.benchmark import Release
from allocentric.bench.declare import declared, vsi_rules
from allocentric.bench.layouts import Layout

GROUPS: Final = {
    "camera_obj_rel_dist": tuple(f"camera_obj_rel_dist_v{each}" for each in (1, 2, 3)),
    "obj_obj_relative_pos": tuple(f"obj_obj_relative_pos_{each}" for each in ("lr", "nf", "ud")),
}
CHOICES: Final = (*(each for group in GROUPS.values() for each in group), "camera_movement_direction")
LENGTHS_M: Final = ("camera_obj_abs_dist", "camera_displacement", "camera_obj_dist_change")
OVERALL: Final = Aggregation(
    name="vsti",
    about="versions of a type first, then types",
    source="VLM-3R",
    trees=lambda rows: (grouped(rows, GROUPS),),
)
BENCHMARK: Final = declared(
    Release(
        name="vsti_bench",
        title="VSTI-Bench (VLM-3R)",
        source="github.com/VITA-Group/VLM-3R; data: Journey9ni/vstibench",
        licence="Apache-2.0",
        checked="port",
        scorer="Jian-Zhang-3DV/thinking-in-space 64355d5, lmms_eval/tasks/vstibench/utils.py",
        files=("test*.parquet", "*.jsonl", "*.json", "*.parquet"),
        notes="versions of a type are averaged first by the later copy, and not at that commit",
    ),
    Layout(
        id="id",
        answer="mc_answer",
        answer_else="ground_truth",
        options="options",
        type="question_type",
        scene="scene_name",
        pictures="video_path",
        keep=("frame_indices",),
    ),
    vsi_rules(choices=CHOICES, lengths_m=LENGTHS_M),
    official=OVERALL,
)
