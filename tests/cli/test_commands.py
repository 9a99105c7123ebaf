"""Each command does what it says, on the screen, as JSON and in files."""

import json
import math
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

import pytest

from allocentric.cli import ask, show
from allocentric.cli.main import COMMANDS, run
from allocentric.geometry.pinhole import Pinhole
from allocentric.intervals import Interval
from allocentric.query.cards import cards
from allocentric.query.vocabulary import words
from allocentric.scene.file import save
from allocentric.scene.scene import Complete, Thing, View, scene_of
from allocentric.views.paths import looking
from tests import real_data

ANCHORS: Final = pathlib.Path(__file__).resolve().parents[1] / "anchors"
ROOM: Final = str(ANCHORS / "room_01.json")
SIDE: Final = 'direction(the("fridge"), standing(at=the("stove"), facing=the("table")), sectors="four")'

Told = Callable[..., str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """What a command prints, after it has ended well and quietly."""

    def tell(*arguments: str) -> str:
        assert run(arguments) == 0, capsys.readouterr().err
        said = capsys.readouterr()
        assert said.err == ""
        return said.out

    return tell


def as_json(told: Told, *arguments: str) -> Any:
    """The one line of JSON that a command prints."""
    (line,) = told(*arguments, "--json").splitlines()
    return json.loads(line)


SCREENS: Final[tuple[Sequence[str], ...]] = (
    ("ask", "room_01.json", 'distance(the("fridge"), the("table"))'),
    ("ask", "room_01.json", SIDE, "--explain", "--option", "A. left", "--option", "B. right"),
    ("ask", "room_01.json", 'on(the("table"))'),
    ("ask", "room_01.json", 'distance(the("chair"), the("table"))'),
    ("ask", "room_01.json", 'direction(the("lamp"), north(at=the("table")), sectors="compass4")'),
    ("show", "room_01.json"),
    ("make", "--list"),
)


def test_the_screens_are_as_they_were_looked_at(
    told: Told, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(ANCHORS)
    golden("screens.txt", "\n".join(f"$ allo {' '.join(each)}\n{told(*each)}" for each in SCREENS))


def test_json_is_one_object_with_all_that_is_promised(told: Told) -> None:
    answer = as_json(told, "ask", ROOM, SIDE, "--option", "A. left", "--option", "B. right")
    assert answer["question"] == answer["program"] == SIDE
    assert answer["answer"] == {"kind": "label", "value": "right", "unit": None, "possible": ["right"]}
    assert (answer["text"], answer["option"], answer["undetermined"]) == ("right", "B", None)
    assert answer["margin"]["unit"] == "rad"
    assert answer["margin"]["clear"] > 1
    assert {"thing": "fridge", "property": "place", "value": "0.400, 4.000, 0.900 m"} in answer["evidence"]
    assert answer["seconds"] > 0


def test_a_number_comes_in_metres_with_its_bounds(told: Told) -> None:
    answer = as_json(told, "ask", ROOM, 'distance(the("fridge"), the("table"))')["answer"]
    assert (answer["kind"], answer["unit"]) == ("length", "m")
    assert answer["low"] == answer["value"] == answer["high"] == pytest.approx(1.5)


def test_a_set_comes_by_name(told: Told) -> None:
    answer = as_json(told, "ask", ROOM, 'on(the("table"))')["answer"]
    assert answer == {"kind": "things", "value": ["cup"], "unit": None, "possible": ["cup"], "open": False}


def test_an_undetermined_answer_is_an_answer(told: Told) -> None:
    answer = as_json(told, "ask", ROOM, 'distance(the("chair"), the("table"))')
    assert answer["answer"]["value"] is None
    assert answer["undetermined"]["reason"] == "ambiguous"
    assert answer["undetermined"]["remedy"] == "name one of them"


def test_an_interval_wider_than_wanted_is_no_answer(told: Told, tmp_path: pathlib.Path) -> None:
    loose = json.loads(pathlib.Path(ROOM).read_text())
    loose["things"][0]["slack_m"] = 0.2
    (tmp_path / "loose.json").write_text(json.dumps(loose))
    asked = ("ask", str(tmp_path / "loose.json"), 'distance(the("fridge"), the("table"))')
    assert as_json(told, *asked)["answer"]["value"] is not None
    assert as_json(told, *asked, "--within", "0.01")["answer"]["value"] is None


@pytest.mark.parametrize(("suffix", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_the_proof_and_the_plan_are_drawn(
    told: Told, tmp_path: pathlib.Path, suffix: str, begins: bytes
) -> None:
    for command in (("ask", ROOM, SIDE), ("show", ROOM)):
        picture = tmp_path / f"{command[0]}.{suffix}"
        told(*command, "--picture", str(picture))
        assert picture.read_bytes().startswith(begins)


def test_a_time_asks_of_the_scene_as_it_was_then(told: Told) -> None:
    scene = str(real_data.folder("aria_digital_twin"))
    moved = 'offset(the("wearer"), world(), axis="forward")'
    values = [as_json(told, "ask", scene, moved, "--time", at)["answer"]["value"] for at in ("0.05", "0.15")]
    assert values[0] != values[1]


def test_a_known_length_gives_a_scene_its_scale(told: Told, tmp_path: pathlib.Path) -> None:
    path = str(tmp_path / "unscaled.allo.json")
    things = [
        Thing(label="door", size=(0.4, 0.02, 1.0)),
        Thing(label="sofa", center=(3, 0, 0), size=(1, 1, 1)),
    ]
    save(scene_of("room", things, scale=Interval(0, math.inf), complete=Complete()), path)
    question = 'distance(the("door"), the("sofa"))'
    assert as_json(told, "ask", path, question)["undetermined"]["reason"] == "no_scale"
    asked = as_json(told, "ask", path, question, "--known", "door height 2.00 m")["answer"]
    assert asked["low"] == pytest.approx(2.3 * 1.995)
    assert asked["high"] == pytest.approx(2.3 * 2.005)


def test_views_ask_what_one_can_know_who_looked_from_them(told: Told, tmp_path: pathlib.Path) -> None:
    poses = {"hall": (0.0, 0.0), "garden": (math.pi, 0.0), "back": (math.pi, 4.0)}
    views = tuple(
        View(id, looking((x, 0.0, 1.0), yaw_rad=yaw), camera=Pinhole(160, 120, 100, 100, 80, 60))
        for id, (yaw, x) in poses.items()
    )
    things = [
        Thing(label="chest", center=(2, 0, 1), size=(1, 1, 1)),
        Thing(label="key", center=(2.8, 0, 1), size=(0.1, 0.1, 0.1)),
    ]
    save(scene_of("hall", things, views=views, complete=Complete()), tmp_path / "hall.allo.json")
    near = ("ask", str(tmp_path / "hall.allo.json"), 'distance(the("chest"), the("key"))')
    assert as_json(told, *near)["answer"]["value"] == pytest.approx(0.25)
    unsure = as_json(told, *near, "--views", "hall,garden")["undetermined"]
    assert unsure["reason"] == "hidden"
    assert unsure["remedy"] == "look from view 'back' too"
    assert as_json(told, *near, "--views", "hall, back")["answer"]["value"] == pytest.approx(0.25)
    rough = as_json(told, *near, "--views", "hall,back", "--sensing", "depth")["answer"]
    assert rough["low"] < 0.25 < rough["high"]


def test_show_tells_what_is_there_as_json(told: Told) -> None:
    found = as_json(told, "show", ROOM)
    assert found["labels"] == {"chair": 2, "cup": 1, "fridge": 1, "lamp": 1, "stove": 1, "table": 1}
    assert found["rooms"] == [{"name": "kitchen", "area_m2": 25.0, "stated": False}]
    assert found["things"][0]["size"] == [0.5, 0.5, 0.9]
    assert found["wrong"] == ["held up by nothing that is listed: lamp (2.1 m over the floor)"]


def test_a_file_of_many_scenes_is_listed(told: Told, tmp_path: pathlib.Path) -> None:
    rooms = {f"room{number}": {"object_bbox": {}, "room_size": 9.0} for number in range(30)}
    path = tmp_path / "rooms.json"
    path.write_text(json.dumps(rooms))
    said = told("show", str(path))
    assert "holds 30 scenes" in said
    assert "room19" in said
    assert "room20" not in said
    assert f"name one: {path}#room0" in said
    assert as_json(told, "show", str(path)) == {"path": str(path), "scenes": list(rooms)}
    assert "9 m²" in told("show", f"{path}#room3")


def test_many_things_are_shown_by_label_unless_all_are_wanted(told: Told, tmp_path: pathlib.Path) -> None:
    things = [{"label": "cup", "center": [row, 0, 0.1], "size": [0.1, 0.1, 0.2]} for row in range(50)]
    (tmp_path / "cups.json").write_text(json.dumps({"things": things}))
    short, whole = (told("show", str(tmp_path / "cups.json"), *more) for more in ((), ("--all",)))
    assert "cup 1, cup 2, cup 3 and 47 more" in short
    assert "cup 50" not in short
    assert "cup 50" in whole


def test_convert_says_what_is_lost_and_answers_stay(told: Told, tmp_path: pathlib.Path) -> None:
    own, boxes = str(tmp_path / "room.allo.json"), str(tmp_path / "room.embodiedscan.json")
    assert told("convert", ROOM, own).splitlines() == [f"{own}: 8 things of room_01 kitchen"]
    assert "fronts are lost" in told("convert", own, boxes)
    for program in (SIDE, 'distance(the("fridge"), the("table"))'):
        answers = [as_json(told, "ask", scene, program)["text"] for scene in (ROOM, own, boxes)]
        assert len(set(answers)) == 1


def test_make_gives_the_same_bytes_for_the_same_seed(told: Told, tmp_path: pathlib.Path) -> None:
    paths = [tmp_path / f"{name}.json" for name in "abc"]
    for path, seed in zip(paths, "778", strict=True):
        told("make", "tabletop", str(path), "--seed", seed)
    first, second, other = (path.read_bytes() for path in paths)
    assert first == second != other


def test_functions_lists_every_word_and_gives_its_cards(told: Told) -> None:
    said = told("functions")
    assert all(f"  {name}(" in said for name in words())
    assert json.loads(told("functions", "--cards", "mcp")) == cards("mcp")
    assert json.loads(told("functions", "--cards", "openai")) == cards("openai")


def test_help_and_version_are_there(told: Told) -> None:
    assert all(name in told("--help") for name in COMMANDS)
    assert told("--version").startswith("allocentric 0.")
    for name in COMMANDS:
        assert f"allo {name}" in told(name, "--help")


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(show, "scenes_in", interrupted)
    assert run(["show", ROOM]) == 130
    assert capsys.readouterr().err == ""


def test_stopped_work_says_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path
) -> None:
    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    (tmp_path / "questions.jsonl").write_text('{"question": "count(all())"}')
    monkeypatch.setattr(ask, "write_answers", interrupted)
    files = ("--questions", str(tmp_path / "questions.jsonl"), "--out", str(tmp_path / "answers.jsonl"))
    assert run(["ask", ROOM, *files]) == 130
    assert capsys.readouterr().err == "stopped: the same command goes on from here\n"


def test_a_bar_is_shown_to_whoever_looks_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    (tmp_path / "questions.jsonl").write_text('{"question": "count(all())"}\n' * 50)
    files = ("--questions", str(tmp_path / "questions.jsonl"), "--out", str(tmp_path / "answers.jsonl"))
    assert run(["ask", ROOM, *files]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "50/50" in said.err


def test_a_reader_that_goes_away_is_no_error() -> None:
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "allocentric", "functions"]
    done = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, check=False)
    os.close(writes)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_full_disk_is_told_in_three_lines() -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "allocentric", "functions"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    assert b"no space left" in done.stderr


def test_any_text_can_be_printed_on_a_terminal_of_few_letters(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "room.json"
    path.write_text(json.dumps({"things": [{"label": "café", "center": [0, 0, 0], "size": [1, 1, 1]}]}))
    command = [sys.executable, "-m", "allocentric", "show", str(path)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert rb"caf\xe9" in done.stdout
