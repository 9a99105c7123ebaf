"""Many questions in one call or one file: each with its answer or its error, in order, whole or resumed."""

import json
import os
import pathlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pytest

from allocentric.cli.main import run
from allocentric.query.answer import Answer
from allocentric.query.ask import ask
from allocentric.query.batch import Asked, Batch, Failure, Json, Tally, ask_all, write_answers
from allocentric.query.rows import read_rows
from allocentric.scene.scene import Scene, Thing, scene_of
from tests import real_data

ROOM: Final[dict[str, Any]] = {
    "complete": True,
    "things": [
        {"label": "sofa", "center": [0, 0, 0.5], "size": [1, 1, 1]},
        {"label": "tv", "center": [4, 0, 0.5], "size": [1, 1, 1]},
        {"label": "plant", "center": [4, 4, 0.5], "size": [1, 1, 1]},
        {"label": "plant", "center": [0, 4, 0.5], "size": [1, 1, 1]},
    ],
}
GAP: Final = 'distance(the("sofa"), the("tv"))'


class Stop(Exception):
    """What stops a run in the middle."""


def room() -> Scene:
    return scene_of("room", [Thing(label="sofa"), Thing(label="tv", center=(3, 4, 0))])


def batch_in(folder: pathlib.Path, rows: list[Any], scene: str | None = None) -> Batch:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in rows))
    return Batch(read_rows(path), folder, scene)


def moved(x: float) -> str:
    """The room with its tv elsewhere."""
    sofa, tv, *plants = ROOM["things"]
    return json.dumps({**ROOM, "things": [sofa, {**tv, "center": [x, 0, 0.5]}, *plants]})


def test_all_answers_of_one_scene_come_in_one_call_and_are_those_of_single_calls() -> None:
    programs = [GAP, 'nearest(all(), to=the("tv"))', 'distance(the("sofa"), the("bed"))', "count(all())"]
    for given, alone in zip(ask_all(room(), programs), programs, strict=True):
        assert isinstance(given, Answer)
        expected = ask(room(), alone)
        assert (given.text, given.result) == (expected.text, expected.result)


def test_what_cannot_be_read_stands_in_its_place() -> None:
    first, second, third = ask_all(room(), [GAP, "count(", 'distance(the("soffa"), the("tv"))'])
    assert isinstance(first, Answer)
    assert isinstance(second, Failure)
    assert isinstance(third, Failure)
    assert third.to_json()["error"]["mend"] == "did you mean 'sofa'?"


def test_options_and_the_width_allowed_are_heeded() -> None:
    side = 'direction(the("tv"), world(at=the("sofa")), sectors="left_right")'
    (answer,) = ask_all(room(), [Asked(side, ("A. right", "B. left"))])
    assert isinstance(answer, Answer)
    assert answer.option == "B"
    loose = scene_of("room", [Thing(label="sofa"), Thing(label="tv", center=(3, 4, 0), center_slack=0.1)])
    for within, known in ((None, True), (0.01, False)):
        (answer,) = ask_all(loose, [GAP], within=within, proof=False)
        assert isinstance(answer, Answer)
        assert (answer.value is not None) is known


def test_a_row_is_its_answer_with_its_id(tmp_path: pathlib.Path) -> None:
    (tmp_path / "room.json").write_text(json.dumps(ROOM))
    batch = batch_in(tmp_path, [{"id": "q1", "question": GAP}], str(tmp_path / "room.json"))
    (row,) = batch.answers()
    assert (row["id"], row["question"], row["text"]) == ("q1", GAP, "3 m")
    assert row["answer"]["value"] == 3.0


def test_a_bad_line_is_a_row_with_its_error_and_the_rest_goes_on(tmp_path: pathlib.Path) -> None:
    (tmp_path / "room.json").write_text(json.dumps(ROOM))
    path = tmp_path / "questions.jsonl"
    lines = [
        json.dumps({"id": 1, "question": GAP}),
        '{"id": 2, "quest',
        json.dumps({"id": 3, "question": "Tell me a joke about sofas, would you?"}),
        json.dumps({"id": 4, "question": GAP, "scene": "missing.json"}),
        json.dumps({"id": 5, "question": 'distance(the("sofa"), the("tvv"))'}),
        json.dumps({"id": 6, "question": 'distance(the("tv"), the("plant"))'}),
    ]
    path.write_text("\n".join(lines))
    rows = list(Batch(read_rows(path), tmp_path, str(tmp_path / "room.json")).answers())
    assert [each["id"] for each in rows] == [1, None, 3, 4, 5, 6]
    assert ["error" in each for each in rows] == [False, True, True, True, True, False]
    assert all(sorted(each["error"]) == ["mend", "what", "where"] for each in rows[1:5])
    assert rows[5]["undetermined"]["reason"] == "ambiguous"
    assert rows[3]["error"]["where"].endswith("missing.json")


def test_the_lines_own_scene_comes_first_and_is_looked_for_beside_the_questions(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, here = tmp_path / "beside", tmp_path / "here"
    for folder, x in ((beside, 2.0), (here, 3.0)):
        folder.mkdir()
        (folder / "room.json").write_text(moved(x))
    (here / "only_here.json").write_text(moved(7.0))
    monkeypatch.chdir(here)
    rows = [{"question": GAP, "scene": name} for name in ("room.json", "only_here.json")]
    batch = batch_in(beside, [*rows, {"question": GAP}], "room.json")
    assert [each["answer"]["value"] for each in batch.answers()] == [1.0, 6.0, 2.0]


def test_of_a_file_of_many_scenes_each_row_has_its_own(tmp_path: pathlib.Path) -> None:
    rooms = {
        name: {"object_counts": {"tv": 0}, "object_bbox": {}, "room_size": size}
        for name, size in (("r1", 10.0), ("r2", 20.0))
    }
    (tmp_path / "rooms.json").write_text(json.dumps(rooms))
    area = 'area(all("room"))'
    rows = [
        {"id": 1, "problem": area, "path": "VSIBench/arkitscenes/r2.mp4"},
        {"id": 2, "question": area, "scene_name": "r1"},
        {"id": 3, "question": area, "scene_name": "r9"},
        {"id": 4, "question": area},
        {"id": 5, "question": area, "scene": "rooms.json#r2", "scene_name": "r1"},
    ]
    first, second, third, fourth, fifth = batch_in(tmp_path, rows, str(tmp_path / "rooms.json")).answers()
    assert [each["answer"]["value"] for each in (first, second, fifth)] == [20.0, 10.0, 20.0]
    assert third["error"]["what"] == "no scene is named 'r9'"
    assert fourth["error"]["what"] == "the file holds 2 scenes"
    one = batch_in(tmp_path, rows[:2], str(tmp_path / "rooms.json#r1")).answers()
    assert ["error" in each for each in one] == [True, False]  # a row about another scene is not answered


def test_a_row_without_any_scene_says_so(tmp_path: pathlib.Path) -> None:
    (row,) = batch_in(tmp_path, [{"question": GAP}]).answers()
    assert row["error"]["what"] == "the question names no scene"


def questions(count: int) -> list[Any]:
    return [{"id": number, "question": f"{number} + count(all())"} for number in range(count)]


def stopped_after(count: int, answered: Iterator[Json]) -> Iterator[Json]:
    """The first answers, then a stop."""
    for place, each in enumerate(answered):
        if place == count:
            raise Stop
        yield each


def values(path: pathlib.Path) -> list[float]:
    return [json.loads(line)["answer"]["value"] for line in path.read_text().splitlines()]


def test_answers_come_whole_or_not_at_all_and_go_on_where_they_stopped(tmp_path: pathlib.Path) -> None:
    (tmp_path / "room.json").write_text(json.dumps(ROOM))
    batch, out = batch_in(tmp_path, questions(5), str(tmp_path / "room.json")), tmp_path / "answers.jsonl"
    with pytest.raises(Stop):
        write_answers(batch, out, watch=lambda answered: stopped_after(3, answered))
    assert not out.exists()
    told = list[int]()

    def counted(answered: Iterator[Json]) -> Iterable[Json]:
        for each in answered:
            told.append(each["id"])
            yield each

    assert write_answers(batch, out, watch=counted) == Tally(5, 0, 0)
    assert told == [3, 4]
    assert values(out) == [4, 5, 6, 7, 8]
    assert not list(tmp_path.glob("*.part"))


def test_other_questions_or_another_scene_are_begun_anew(tmp_path: pathlib.Path) -> None:
    (tmp_path / "room.json").write_text(json.dumps(ROOM))
    batch, out = batch_in(tmp_path, questions(3), str(tmp_path / "room.json")), tmp_path / "answers.jsonl"
    with pytest.raises(Stop):
        write_answers(batch, out, watch=lambda answered: stopped_after(2, answered))
    (tmp_path / "room.json").write_text(json.dumps({**ROOM, "things": []}))
    write_answers(batch, out)
    assert values(out) == [0, 1, 2]


def test_the_tally_tells_kinds_apart() -> None:
    assert str(Tally(3, 2, 1)) == "3 answered, 2 undetermined, 1 not read"


def test_the_command_writes_rows_and_says_how_many(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "room.json").write_text(json.dumps(ROOM))
    batch_in(tmp_path, [*questions(3), {"id": 9}])
    asked = ["ask", str(tmp_path / "room.json"), "--questions", str(tmp_path / "questions.jsonl")]
    assert run([*asked, "--out", str(tmp_path / "answers.jsonl")]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("answers.jsonl: 3 answered, 0 undetermined, 1 not read\n")
    assert run(asked) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    written = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text().splitlines()]
    for each in (*printed, *written):
        each.pop("seconds", None)
    assert printed == written
    assert sorted(os.listdir(tmp_path)) == ["answers.jsonl", "questions.jsonl", "room.json"]


def test_the_released_questions_are_all_answered_or_refused_with_a_reason() -> None:
    folder = real_data.folder("vsi_bench")
    batch = Batch(
        read_rows(folder / "questions_arkitscenes.json"),
        folder,
        str(folder / "arkitscenes_meta_info_val.json"),
    )
    rows = list(batch.answers())
    assert len(rows) == 139
    unread = [each for each in rows if "error" in each]
    assert unread == []
