"""Records of releases that cannot be shipped, in their documented schemas: from photographs to the globe."""

from collections.abc import Mapping
from typing import Final

from tests.bench.release_files import (
    Records,
    Writer,
    array,
    four,
    inline,
    jsonl,
    letter,
    lettered,
    made,
    masks,
    number,
    parquet,
    table,
)


def generated() -> Records:
    """Ten questions on each of two pictures."""
    return [
        {
            "id": each, "scene": "street", "prompt": "a cat on a box",
            "question_type": [f"t{row}" for row in range(10)],
            "questions": [inline(row) for row in range(10)], "answers": [letter(row) for row in range(10)],
        }
        for each in (1, 2)
    ]  # fmt: skip


SECOND: Final[Mapping[str, Writer]] = {
    "spatialab": jsonl(
        "mcq.jsonl",
        made(
            6,
            ("Depth", "Navigation"),
            "category",
            id=lambda row: row,
            question="Which?",
            options=four,
            answer=letter,
            image="a.jpg",
        ),
    ),
    "srbench": jsonl("test.jsonl", made(6, ("mrt_easy", "folding"), "split", question=inline, answer=letter)),
    "spatialgeneval": jsonl("bench.jsonl", generated()),
    "q_spatial": jsonl(
        "QSpatial.jsonl",
        made(
            6,
            ("meters", "inches", "centimeters"),
            "answer_unit",
            question="How tall is it?",
            answer_value=lambda row: 2.0 + row,
            image_path=lambda row: f"{row}.jpg",
        ),
    ),
    "mmsi_bench": parquet(
        "MMSI_bench.parquet",
        made(
            6,
            ("Positional", "Motion"),
            "question_type",
            id=lambda row: row,
            question=inline,
            answer=letter,
            images=lambda row: [b"\x89PNG"],
        ),
    ),
    "mmsi_video": array(
        "mmsivideo.json",
        made(
            6,
            ("Planning", "Prediction"),
            "type",
            id=lambda row: row,
            user_prompt="Where?",
            options=lettered,
            ground_truth=letter,
            ref_images=[],
            video_list=[],
        ),
    ),
    "viewspatial": array(
        "ViewSpatial-Bench.json",
        made(
            6,
            ("Camera - direction", "Person - direction"),
            "question_type",
            image_path=["a.jpg"],
            question="Where?",
            choices=lambda row: "\n".join(lettered(row)),
            answer=lambda row: lettered(row)[row % 4],
        ),
    ),
    "site": jsonl(
        "site.jsonl",
        made(
            6,
            ("counting & existence", "depth & 3d understanding"),
            "category",
            question_id=lambda row: row,
            dataset="d",
            question="Which?",
            options=four,
            answer=letter,
            visual=["a.jpg"],
        ),
    ),
    "embspatial": array(
        "embspatial_bench.json",
        made(
            6,
            ("above", "close"),
            "relation",
            question_id=lambda row: f"e{row}",
            question="Which?",
            answer_options=four,
            answer=lambda row: row % 4,
        ),
    ),
    "sti_bench": parquet(
        "qa.parquet",
        made(
            6,
            ("Spatial Relation", "Pose Estimation"),
            "Task",
            ID=lambda row: row // 2,
            Question="Which?",
            Candidates=lambda row: dict(zip("ABCD", four(row))),
            Answer=letter,
            Video="v.mp4",
            Source="Scannet",
            Scene="indoor",
            time_start=lambda row: float(row % 2),
            time_end=3.5,
        ),
    ),
    "erqa": jsonl(
        "erqa.jsonl",
        made(
            6,
            ("Trajectory", "Action"),
            "question_type",
            question_id=lambda row: f"q{row}",
            question=inline,
            answer=letter,
        ),
    ),
    "refspatial": masks(
        "Location/question.json".replace("/question.json", ".jsonl"),
        made(
            4,
            ("location", "placement"),
            "category",
            id=lambda row: row // 2,
            prompt="Point at it.",
            suffix="",
            mask_path="mask.png",
            rgb_path="a.png",
            step=1,
        ),
        ["mask.png"],
    ),
    "where2place": masks(
        "point_questions.jsonl",
        made(4, ("free",), "category", question_id=lambda row: row, image="a.jpg", text="Where is room?"),
        [f"masks/{row:02d}.jpg" for row in range(4)],
        scale=10,
    ),
    "robospatial_home": array(
        "annotations.json",
        [
            *made(
                4,
                ("compatibility", "configuration"),
                "category",
                question="Does it fit?",
                answer=lambda row: ("yes", "no")[row % 2],
                img="a.png",
            ),
            *made(
                2,
                ("context",),
                "category",
                question="Where is room?",
                answer="[(0.1, 0.1), (0.5, 0.1), (0.5, 0.5), (0.1, 0.5)]",
                img="a.png",
            ),
        ],
    ),
    "spatialviz": array(
        "SpatialViz.json",
        made(
            6,
            ("2DRotation", "PaperFolding"),
            "Task",
            Category="MentalRotation",
            Level="Level0",
            Image_id=lambda row: f"{row}",
            Question="Which?",
            Choices=four,
            Answer=letter,
        ),
    ),
    "osi_bench": jsonl(
        "osi.jsonl",
        [
            *made(
                4,
                ("relative_distance", "trajectory_description"),
                "category",
                id=lambda row: f"c{row}",
                video="v",
                question="Which?",
                options=lettered,
                answer=letter,
            ),
            *made(
                4,
                ("absolute_distance", "absolute_speed"),
                "category",
                id=lambda row: f"n{row}",
                video="v",
                question="How far?",
                options=None,
                answer=number,
            ),
        ],
    ),
    "stare": jsonl(
        "stare.jsonl",
        made(6, ("2d_va", "tangram"), "category", qid=lambda row: f"q{row}", question=inline, answer=letter),
    ),
    "cv_bench": jsonl(
        "test_all.jsonl",
        [
            {
                "idx": row,
                "type": "2D",
                "task": task,
                "question": "Which?",
                "choices": four(row),
                "answer": f"({letter(row)})",
                "source": source,
                "filename": "a.png",
            }
            for row, (task, source) in enumerate(
                [
                    ("Count", "ADE20K"),
                    ("Relation", "COCO"),
                    ("Depth", "Omni3D"),
                    ("Count", "COCO"),
                    ("Distance", "Omni3D"),
                    ("Count", "COCO"),
                ]
            )
        ],
    ),
    "blink": parquet(
        "Spatial_Relation/val.parquet",
        made(
            6,
            ("Spatial_Relation", "Relative_Depth"),
            "sub_task",
            idx=lambda row: f"val_{row}",
            question="Which?",
            choices=four,
            answer=lambda row: f"({letter(row)})",
            image_1=lambda row: {"bytes": b"\x89PNG", "path": None},
        ),
    ),
    "omnispatial": array(
        "data.json",
        made(
            6,
            ("Manipulation", "Geometric"),
            "sub_task_type",
            id=lambda row: f"{row // 2}_{row % 2}",
            task_type="Dynamic",
            question="Which?",
            options=four,
            answer=lambda row: "ABCD".index(letter(row)),
        ),
    ),
    "sat": parquet(
        "SAT_test.parquet",
        made(
            6,
            ("ego_movement", "obj_movement"),
            "question_type",
            question="Which?",
            answers=four,
            correct_answer=lambda row: four(row)[row % 4],
            image_bytes=lambda row: [b"\x89PNG"],
        ),
    ),
    "vsr": jsonl(
        "test.jsonl",
        made(
            6,
            ("on", "under"),
            "relation",
            image=lambda row: f"{row // 2}.jpg",
            caption="The cat is on the box.",
            label=lambda row: row % 2,
        ),
    ),
    "openeqa": array(
        "open-eqa-v0.json",
        made(
            6,
            ("spatial understanding", "object recognition"),
            "category",
            question_id=lambda row: f"q{row}",
            question="What is on it?",
            answer=lambda row: ("kettle", "pan")[row % 2],
            episode_history=lambda row: f"ep{row // 2}",
        ),
    ),
    "earthreason": jsonl(
        "test.jsonl",
        made(
            4,
            ("port", "stadium"),
            "category",
            id=lambda row: row,
            image=lambda row: f"{row}.jpg",
            question="Where could ships go?",
            bbox=[10.0, 10.0, 30.0, 20.0],
            width=100,
            height=80,
        ),
    ),
    "geolocation": table(
        "places.csv",
        [
            {"IMG_ID": "a.jpg", "LAT": 48.8584, "LON": 2.2945},
            {"IMG_ID": "b.jpg", "LAT": -33.8568, "LON": 151.2153},
            {"IMG_ID": "c.jpg", "LAT": 40.6892, "LON": -74.0445},
        ],
    ),
}
