"""Releases with readers of their own name file, row and field, too."""

import json
import pathlib
from typing import Any, Final

import pytest

from allocentric.bench.benchmark import load
from allocentric.bench.published.index import benchmark
from allocentric.errors import BadInput

SCENE: Final = {"id": "s", "description": "two things"}
ASKED: Final = {"question_type": "FR", "question": "?", "candidate_answers": ["A.up", "B.down"]}
TASK: Final = {"task_id": "t", "instruction": "do it", "golden_actions": {"steps": 3}}
DRIVE: Final = {
    "image_path": "a",
    "image_pixel": "16x9",
    "prompt": "?\nOptions:\n- Yes\n- No",
    "answer": "Yes",
}
BOX: Final = {"id": 1, "image": "a", "question": "?", "width": 10, "height": 10}
FRAME: Final = {
    "file_name": "a",
    "location2D": [[1, 2]],
    "bboxes2D": [[0, 0, 1, 1]],
    "location3D": [[0, 0, 5]],
}
PICTURE: Final = {"id": 1, "scene": "s", "prompt": "p", "question_type": ["t"], "questions": ["? A. x B. y"]}
TARGET: Final = {"question_id": 1, "question": "?", "question_type": "t", "answer_options": ["A) x", "B) y"]}

CASES: Final[list[tuple[str, str, Any, str, str]]] = [
    (
        "spatialtext",
        "d.json",
        [{**SCENE, "questions": [{**ASKED, "answer": "A,D"}]}],
        "answer",
        "is not made of",
    ),
    ("spatialtext", "d.json", [SCENE], "questions", "it is not there"),
    ("theory_of_space", "cogmap.json", {"ground_truth": {}}, "ground_truth", "the map is empty"),
    (
        "theory_of_space",
        "cogmap.json",
        {"ground_truth": {"a": {"position": [1]}}},
        "ground_truth[...].position",
        "1",
    ),
    (
        "spatialworld",
        "tasks.json",
        [{**TASK, "success_conditions": [{"type": "flown"}]}],
        "success_conditions",
        "'flown'",
    ),
    (
        "spatialworld",
        "tasks.json",
        [{"task_id": "t", "instruction": "i"}],
        "success_conditions",
        "it is not there",
    ),
    ("surds", "04_fb_vqas.json", [{**DRIVE, "answer": "Maybe"}], "answer", "is none of the options"),
    ("surds", "04_fb_vqas.json", [{**DRIVE, "image_pixel": "big"}], "image_pixel", "is no width and height"),
    ("surds", "01_xy2d_vqas.json", [DRIVE], "obj_bbox", "it is not there"),
    (
        "geolocation",
        "p.jsonl",
        [{"id": "a", "latitude": 91.0, "longitude": 0.0}],
        "latitude",
        "no such place",
    ),
    ("earthreason", "e.jsonl", [{**BOX, "bbox": [5, 5, 5, 9]}], "bbox", "the box is empty"),
    ("earthreason", "e.jsonl", [{**BOX, "bbox": [5, 5, 11, 9]}], "bbox", "not in the picture"),
    (
        "robospatial_home",
        "annotations.json",
        [{"category": "c", "question": "?", "answer": "maybe"}],
        "answer",
        "neither",
    ),
    (
        "robospatial_home",
        "annotations.json",
        [{"category": "c", "question": "?", "answer": "[(0,1)]"}],
        "answer",
        "three",
    ),
    ("drivemllm", "metadata.jsonl", [{**FRAME, "descriptions": ["a", "b"]}], "descriptions", "not as many"),
    ("spatialgeneval", "s.jsonl", [{**PICTURE, "answers": ["D"]}], "answers", "is no letter of question 1"),
    ("spatialgeneval", "s.jsonl", [{**PICTURE, "answers": []}], "answers", "not as many"),
    (
        "spatialuncertain",
        "u.json",
        [{"targets": [{"clean": {**TARGET, "gt_answer": "Z"}}]}],
        "gt_answer",
        "is no letter",
    ),
    ("sqa3d", "v1_balanced_questions_test.json", {"questions": []}, "", "its annotations are not beside it"),
]


@pytest.mark.parametrize(("name", "file", "records", "field", "what"), CASES)
def test_what_is_wrong_is_named(
    tmp_path: pathlib.Path, name: str, file: str, records: Any, field: str, what: str
) -> None:
    lines = file.endswith(".jsonl")
    text = "\n".join(map(json.dumps, records)) if lines else json.dumps(records)
    (tmp_path / file).write_text(text)
    with pytest.raises(BadInput) as error:
        load(benchmark(name), tmp_path)
    assert what in error.value.what
    assert file in error.value.where
    if field:
        assert error.value.where.endswith(f"row 1, field {field!r}")


BROKEN: Final = [
    ("spatialworld", "task.json", b'{"task_id": '),
    ("theory_of_space", "cogmap.json", b"{"),
    ("theory_of_space", "cogmap.json", b"[1]"),
    ("stepgame", "qa1_valid.txt", b"1 \xff\xfe is left"),
    ("spatialtext", "d.json", b"\xff"),
]


@pytest.mark.parametrize(("name", "file", "data"), BROKEN)
def test_a_file_that_is_broken_is_refused_by_name(
    tmp_path: pathlib.Path, name: str, file: str, data: bytes
) -> None:
    (tmp_path / file).write_bytes(data)
    with pytest.raises(BadInput) as error:
        load(benchmark(name), tmp_path)
    assert file in error.value.where


def test_a_story_with_a_relation_that_is_none_is_named(tmp_path: pathlib.Path) -> None:
    (tmp_path / "qa1_valid.txt").write_text("1 A is left of B.\n2 What is A to B?\tleftish\t1\n")
    with pytest.raises(BadInput) as error:
        load(benchmark("stepgame"), tmp_path)
    assert error.value.what == "'leftish' is no relation"
    assert error.value.where == f"{tmp_path / 'qa1_valid.txt'}, row 2, field 'label'"
