"""Records of releases that cannot be shipped, in their documented schemas: from videos to abstention."""

import pathlib
from collections.abc import Mapping
from typing import Any, Final

from tests.bench.release_files import (
    Records,
    Writer,
    array,
    four,
    inline,
    jsonl,
    letter,
    made,
    number,
    parquet,
    table,
    vsi_like,
)

VSI_CHOICE: Final = (
    "object_rel_direction_easy", "object_rel_direction_medium", "object_rel_direction_hard",
    "object_rel_distance", "route_planning", "obj_appearance_order",
)  # fmt: skip
VSI_NUMBER: Final = (
    "object_counting",
    "object_abs_distance",
    "object_size_estimation",
    "room_size_estimation",
)
REVSI_CHOICE: Final = (
    "object_rel_direction_forward_easy", "object_rel_direction_backward_easy",
    "object_rel_direction_forward_hard", "object_rel_direction_backward_hard", "object_rel_distance_closest",
    "object_rel_distance_farthest", "route_planning",
)  # fmt: skip
REVSI_NUMBER: Final = (
    "object_counting_single", "object_counting_multiple", "object_abs_distance", "object_size_estimation",
    "room_size_estimation_single", "room_size_estimation_multiple",
)  # fmt: skip
VSTI_CHOICE: Final = (
    *(f"camera_obj_rel_dist_v{each}" for each in (1, 2, 3)),
    *(f"camera_movement_direction_v{each}" for each in (1, 2, 3)),
    *(f"obj_obj_relative_pos_{each}" for each in ("lr", "nf", "ud")),
)
VSTI_NUMBER: Final = ("camera_obj_abs_dist", "camera_displacement", "camera_obj_dist_change")
SPAR_MOVES: Final = "move_right:0.5,move_up:0.2,rotate_left:30"


def vsti() -> Records:
    """Records whose choices have their letter in a field of its own."""
    held = vsi_like(VSTI_CHOICE, VSTI_NUMBER, video_path="scans/a.mp4")
    return [
        {**each, "mc_answer": each["ground_truth"] if each["options"] else None, "frame_indices": [1, 9]}
        for each in held
    ]


def spar() -> Records:
    """Letters, a number of one view, a number of several, and moves along axes."""
    picked = made(6, ("position_matching", "spatial_imagination_oc"), "task", question=inline, answer=letter)
    near = made(
        4, ("depth_prediction_oc", "depth_prediction_oo_mv"), "task", question="How deep?", answer=number
    )
    moved = made(2, ("view_change_infer",), "task", question="How did the camera move?", answer=SPAR_MOVES)
    return [
        {**each, "id": f"q{row}", "img_type": "single"} for row, each in enumerate([*picked, *near, *moved])
    ]


def surds(folder: pathlib.Path) -> None:
    """Six files, the mirrored questions of four tasks in pairs."""
    for place, (task, options) in enumerate(
        (
            ("yaw", "East South West North"),
            ("dis", "The_car The_bus Same"),
            ("lr", "The_car The_bus Same"),
            ("fb", "Yes No Same"),
            ("depth", "Near Middle Far"),
        )
    ):
        held = options.split()
        asked = "Where?\nOptions:\n" + "\n".join(f"- {each}" for each in held)
        records = [
            {
                "image_path": f"{row // 2}.webp",
                "image_pixel": "1600x900",
                "prompt": asked,
                "answer": held[row % 3],
            }
            for row in range(4)
        ]
        array(f"0{place}_{task}_vqas.json", records)(folder)
    box = [100.0, 100.0, 300.0, 200.0]
    points = [
        {
            "image_path": f"{row}.webp",
            "image_pixel": "1600x900",
            "prompt": "Which pixel?",
            "obj_bbox": box,
            "answer": "[200, 150]",
        }
        for row in range(4)
    ]
    array("09_xy2d_vqas.json", points)(folder)


def uncertain() -> Any:
    """Two targets of a scene, clean and hidden."""
    options = ["A) left", "B) right", "C) cannot be determined"]

    def asked(id: str, truth: str) -> dict[str, Any]:
        return {
            "question_id": id, "question": "Where is it?", "question_type": "relative_position",
            "answer_options": options, "gt_answer": truth, "scene_type": "kitchen",
        }  # fmt: skip

    targets = [
        {"clean": asked(f"{row}-clean", "AB"[row % 2]), "occlusions": {"full": asked(f"{row}-full", "C")}}
        for row in range(2)
    ]
    return {"scenes": {"s1": {"targets": targets}, "s2": {"targets": [{"clean": asked("9-clean", "B")}]}}}


DRIVE: Final = [
    {
        "file_name": "1.webp", "location2D": [[800.0, 450.0]], "bboxes2D": [[700.0, 400.0, 900.0, 500.0]],
        "location3D": [[0.0, 0.0, 5.0]], "descriptions": ["red car"],
    },
    {
        "file_name": "2.webp", "location2D": [[400.0, 450.0], [900.0, 450.0]],
        "bboxes2D": [[300.0, 400.0, 500.0, 500.0], [850.0, 400.0, 950.0, 500.0]],
        "location3D": [[-3.0, 0.0, 6.0], [1.0, 0.0, 9.0]], "descriptions": ["red car", "white van"],
    },
]  # fmt: skip

FIRST: Final[Mapping[str, Writer]] = {
    "vsi_bench_debiased": jsonl(
        "test.jsonl",
        [
            {**each, "dataset": "arkit", "pruned": row % 5 == 4}
            for row, each in enumerate(vsi_like(VSI_CHOICE, VSI_NUMBER))
        ],
    ),
    "revsi": parquet(
        "32_frame/test.parquet",
        [{**each, "scene_id": each["scene_name"]} for each in vsi_like(REVSI_CHOICE, REVSI_NUMBER)],
    ),
    "vsti_bench": jsonl("test.jsonl", vsti()),
    "spbench": jsonl(
        "SPBench-SI.jsonl",
        vsi_like(("object_rel_direction", "object_rel_distance"), VSI_NUMBER[:3], images=["a.jpg"]),
    ),
    "spar_bench": jsonl("test.jsonl", spar()),
    "drivemllm": jsonl("metadata.jsonl", DRIVE),
    "surds": surds,
    "spacevista": array(
        "bench.json",
        [
            *made(
                4,
                ("SPATIAL_RELATION",),
                "original_type",
                id=lambda row: f"m{row}",
                answer_type="mc",
                question=inline,
                ground_truth=letter,
            ),
            *made(
                2,
                ("DEPTH",),
                "original_type",
                id=lambda row: f"n{row}",
                answer_type="numerical",
                question="How deep?",
                ground_truth=number,
            ),
            *made(
                2,
                ("NAME",),
                "original_type",
                id=lambda row: f"t{row}",
                answer_type="text",
                question="What?",
                ground_truth="kettle",
            ),
        ],
    ),
    "remindview": table(
        "bench.csv",
        made(
            6,
            ("view-object|distance|same|1", "object-object|direction|changed|2"),
            "query_type",
            folder_path=lambda row: f"f{row % 2}",
            query="Which is nearest?",
            ground_truth=lambda row: "absent" if row == 5 else four(row)[1],
            choices=lambda row: ", ".join(four(row)),
            cross_frame="yes",
            perspective_changing="no",
            object_num=4,
        ),
    ),
    "sibench": table(
        "bench.tsv",
        [
            {
                "index": row,
                "question": asked,
                "answer": right,
                "type": kind,
                "input_type": "image",
                "image_path": "a.jpg",
                "video_path": "",
                "data_source": source,
            }
            for row, (asked, right, kind, source) in enumerate(
                [
                    (inline(1), "B", "MCQ", "relation"),
                    (inline(2), "C", "MCQ", "relation"),
                    ("Is it?", "yes", "YN", "existence"),
                    ("How far?", "2.5", "Number", "distance"),
                    ("How many?", "3", "Number_Int", "counting"),
                ]
            )
        ],
    ),
    "spacedg": table(
        "bench.tsv",
        [
            {
                "index": row,
                "question": asked,
                "answer": right,
                "image_path": "a.jpg",
                "question_type": kind.lower(),
                "sub_question_type": "",
                "task_group": kind,
                "degradation_type": condition,
            }
            for row, (asked, right, kind, condition) in enumerate(
                [
                    (inline(1), "B", "MCQ", "clean"),
                    (inline(1), "B", "MCQ", "haze"),
                    ("Nearer than 2 m?", "no", "YN", "clean"),
                    ("How many?", "3", "COUNT", "haze"),
                    ("How far?", "2.5", "NA", "clean"),
                    ("How large?", "[1.0, 2.0]", "SIZE_LIST", "clean"),
                ]
            )
        ],
    ),
    "spatialuncertain": array("bench.json", uncertain()),
    "3dsrbench": table(
        "3dsrbench.tsv",
        [
            {
                "qid": f"Q{each:07d}{end}",
                "question": "Which is higher?",
                "A": "the box",
                "B": "the cat",
                "C": "",
                "D": "",
                "answer": "AB"[(each + len(end)) % 2],
                "category": kind,
                "image_url": f"{each}.jpg",
            }
            for each, kind in enumerate(("height_higher", "location_above", "multi_object_facing"))
            for end in ("", "-1", "-flip", "-flip-1")
        ],
    ),
}
