"""Questions are read from lines, lists and the released layouts; a bad row has a reason, the rest goes on."""

import json
import pathlib
from typing import Any

import pytest

from allocentric.errors import BadInput
from allocentric.query.rows import BadRow, Row, read_rows
from tests import real_data


def rows_of(tmp_path: pathlib.Path, text: str) -> tuple[Row | BadRow, ...]:
    path = tmp_path / "questions"
    path.write_text(text, encoding="utf-8")
    return read_rows(path)


def row_of(tmp_path: pathlib.Path, **fields: Any) -> Row | BadRow:
    (row,) = rows_of(tmp_path, json.dumps(fields))
    return row


def test_a_line_is_a_question_with_its_options_and_its_own_scene(tmp_path: pathlib.Path) -> None:
    row = row_of(tmp_path, id="a7", question="Left?", options=["A. yes", "B. no"], scene="room.json#2")
    assert isinstance(row, Row)
    assert (row.id, row.question, row.options, row.scene) == (
        "a7",
        "Left?",
        ("A. yes", "B. no"),
        "room.json#2",
    )


def test_lines_and_a_list_are_the_same_questions(tmp_path: pathlib.Path) -> None:
    asked = [{"id": number, "question": f"question {number}"} for number in range(3)]
    lines = rows_of(tmp_path, "\n\n".join(map(json.dumps, asked)) + "\n")
    listed = rows_of(tmp_path, "\ufeff" + json.dumps(asked, indent=2))
    for rows in (lines, listed):
        assert [(each.id, each.question) for each in rows] == [(n, f"question {n}") for n in range(3)]


def test_where_a_row_stands_is_known(tmp_path: pathlib.Path) -> None:
    rows = rows_of(tmp_path, '{"question": "a"}\n\n{"question": "b"}\n')
    assert [each.where.rpartition(", ")[2] for each in rows if isinstance(each, Row)] == ["line 1", "line 3"]


@pytest.mark.parametrize(
    ("line", "id", "what"),
    [
        ('{"id": 1, "question"', None, "the JSON stops short"),
        ("[1]", None, "Expected `object`"),
        ('{"id": 1}', 1, "there is no question in it"),
        ('{"id": 1, "question": "  "}', 1, "there is no question in it"),
        ('{"id": 1, "question": 7}', 1, "there is no question in it"),
        ('{"id": [1], "question": "a"}', None, "an id is a text or a whole number"),
        ('{"id": true, "question": "a"}', None, "an id is a text or a whole number"),
        ('{"id": 1, "question": "a", "options": "left"}', 1, "the options are no list of texts"),
        ('{"id": 1, "question": "a", "options": [1]}', 1, "the options are no list of texts"),
        ('{"id": 1, "question": "a", "scene": 3}', 1, "its 'scene' is no text"),
    ],
)
def test_a_bad_row_has_its_reason_and_the_rest_goes_on(
    tmp_path: pathlib.Path, line: str, id: int | None, what: str
) -> None:
    good = '{"id": 9, "question": "a"}'
    first, bad, last = rows_of(tmp_path, f"{good}\n{line}\n{good}\n")
    assert isinstance(bad, BadRow)
    assert bad.id == id
    assert bad.error.what.startswith(what)
    assert bad.error.where.endswith("questions, line 2")
    assert (first.id, last.id) == (9, 9)


def test_a_file_of_something_else_is_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="none of its first 100 rows is a question"):
        rows_of(tmp_path, "name,label\n" * 200)
    assert len(rows_of(tmp_path, "name,label\n" * 99)) == 99
    one_good = "name,label\n" * 50 + '{"question": "a"}\n' + "name,label\n" * 100
    assert len(rows_of(tmp_path, one_good)) == 151


def test_a_row_of_the_released_list_names_its_scene_by_its_video(tmp_path: pathlib.Path) -> None:
    row = row_of(
        tmp_path,
        problem_id=2,
        problem="How many table(s) are in this room?",
        original_question_type="object_counting",
        options=None,
        solution="<answer>2</answer>",
        path="VSIBench/arkitscenes/41069043.mp4",
    )
    assert isinstance(row, Row)
    assert (row.id, row.question, row.scene_id) == (2, "How many table(s) are in this room?", "41069043")
    assert (row.options, row.scene) == ((), None)


def test_a_row_of_the_official_release_names_its_scene(tmp_path: pathlib.Path) -> None:
    row = row_of(
        tmp_path,
        id=0,
        dataset="scannet",
        scene_name="scene0011_00",
        question_type="object_rel_distance",
        question="Which is closest to the stove?",
        options=["A. chair", "B. tv"],
        ground_truth="A",
    )
    assert isinstance(row, Row)
    assert (row.id, row.scene_id, row.options) == (0, "scene0011_00", ("A. chair", "B. tv"))


def test_nothing_of_a_solution_is_read(tmp_path: pathlib.Path) -> None:
    for key in ("solution", "ground_truth", "answer"):
        rows = [row_of(tmp_path, id=1, question="a", **{key: truth}) for truth in ("A", "B")]
        assert rows[0] == rows[1]
        assert not any(truth in repr(rows[0]) for truth in ("'A'", "'B'"))


def test_all_released_questions_are_read() -> None:
    rows = read_rows(real_data.folder("vsi_bench") / "questions_arkitscenes.json")
    assert len(rows) == 139
    assert all(isinstance(each, Row) and each.scene_id for each in rows)
