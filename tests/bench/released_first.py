"""Records of releases that cannot be shipped, in their documented schemas: from videos to abstention."""

import base64
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
    "camera_movement_direction",
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
    """Two things of a scene, in sight, partly and fully hidden; one of another scene, in sight alone."""
    options = ["A) left", "B) right", "C) Cannot determine"]

    def seen(id: str, truth: str, **about: Any) -> dict[str, Any]:
        asked = {
            "question_id": id, "question": "Where is it?", "question_type": "relative_position",
            "answer_text": "", "answer_options": options, "gt_answer": truth, "scene_type": "kitchen",
        }  # fmt: skip
        frame = {"oracle_frame": {"image_path": f"{id}.png"}}
        return {"scene_dir": "s", "image_retrieval": frame, "questions": [asked], **about}

    targets = [
        {
            "target_id": f"t{row}",
            "clean": seen(f"{row}-clean", "AB"[row % 2]),
            "occlusions": [
                seen(f"{row}-part", "AB"[row % 2], occlusion_type="partial_occlusion", unit_id=f"u{row}"),
                seen(f"{row}-full", "C", occlusion_type="full_occlusion", unit_id=f"u{row}"),
            ],
        }
        for row in range(2)
    ]
    scenes = [
        {"scene_id": "s1", "targets": targets},
        {"scene_id": "s2", "targets": [{"target_id": "t9", "clean": seen("9-clean", "B")}]},
    ]
    return {"meta": {"path_anchor": "views"}, "scenes": scenes}


def spacevista() -> Records:
    """Letters, numbers and texts, told apart by their truths alone, as the release has them."""
    held = [
        *(("m", inline(row), letter(row), "SPATIAL_RELATION") for row in range(4)),
        *(("n", "How deep?", float(2 + row), "DEPTH") for row in range(2)),
        *(("t", "What?", "kettle", "NAME") for _ in range(2)),
    ]
    return [
        {
            "id": f"{form}{row}", "input_type": "video", "question": asked, "answer": right,
            "videos": [[f"{row}/{each:03d}.png" for each in range(31)]],
            "metadata": {"category": "room", "scale": "m", "original_type": kind}, "annotations": {},
        }
        for row, (form, asked, right, kind) in enumerate(held)
    ]  # fmt: skip


def spacedg() -> Records:
    """One question of each task that the code infers, one of them on a clean and on a hazy picture."""
    held = [
        (inline(1), "B", "spatial_relation", "left_right", "ori"),
        (inline(1), "B", "spatial_relation", "left_right", "haze"),
        ("Is it nearer than 2 m?", "no", "distance_estimation", "distance_threshold", "ori"),
        ("How many?", "3", "object_counting", "", "haze"),
        ("How far?", "2.5 meters", "distance_estimation", "", "ori"),
        ("How far apart?", "4 m", "distance_estimation", "distance_exact", "ori"),
        ("How large?", "[1.0, 2.0]", "size_estimation", "", "ori"),
    ]
    return [
        {
            "index": row, "question": asked, "answer": right, "image_path": "a.jpg", "question_type": kind,
            "sub_question_type": inner, "task_group": "perception", "degradation_type": worse,
        }
        for row, (asked, right, kind, inner, worse) in enumerate(held)
    ]  # fmt: skip


def sibench(folder: pathlib.Path) -> None:
    """Three settings, a table each; ids start again in each."""
    for setting, asked, right, kind in (
        ("Relative_Direction", inline(1), "B", "MCQ"),
        ("Existence", "Is it?", "yes", "YN"),
        ("Distance", "How far?", "2.5", "Number"),
        ("Counting", "How many?", "3", "Number_Int"),
    ):
        records = [
            {
                "index": row, "question": asked, "answer": right, "type": kind, "input_type": "image",
                "image_path": "a.jpg, b.jpg" if row else "", "video_path": "" if row else "v.mp4",
                "data_source": "some_set",
            }
            for row in range(2)
        ]  # fmt: skip
        table(f"{setting}.tsv", records)(folder)


PICTURE: Final = base64.b64encode(b"\x89PNG" + bytes(range(256))).decode()


def turned() -> Records:
    """Three questions, flipped or not, turned or not; one picture each, which only its first row holds."""
    return [
        {
            "index": 4 * each + place,
            "image": PICTURE if not place else str(4 * each),
            "qid": f"Q{each:07d}{end}",
            "question": "Which is higher?",
            "A": "the box",
            "B": "the cat",
            "C": "",
            "D": "",
            "answer": "AB"[(each + len(end)) % 2],
            "category": kind,
            "image_url": f"https://example.org/{each}.jpg",
        }
        for each, kind in enumerate(("height_higher", "location_above", "multi_object_facing"))
        for place, end in enumerate(("", "-1", "-flip", "-flip-1"))
    ]


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
    "spacevista": array("bench_all_clean_corrected.json", spacevista()),
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
    "sibench": sibench,
    "spacedg": table("bench.tsv", spacedg()),
    "spatialuncertain": array("bench.json", uncertain()),
    "3dsrbench": table("3dsrbench_v1_vlmevalkit_circular.tsv", turned()),
}
