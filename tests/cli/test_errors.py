"""Whatever a user gets wrong: three lines that say what, where and how to mend it, and nothing half done."""

import json
import os
import pathlib
import shlex
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

import pytest

from allocentric.cli.main import run
from allocentric.worlds.read import formats

ROOM: Final[dict[str, Any]] = {
    "id": "den",
    "complete": True,
    "things": [
        {"label": "sofa", "center": [1, 1, 0.4], "size": [2, 1, 0.8]},
        {"label": "tv", "center": [1, 4, 0.5], "size": [1, 0.1, 0.6]},
        {"label": "chair", "center": [3, 1, 0.4], "size": [0.5, 0.5, 0.8]},
        {"label": "chair", "center": [3, 3, 0.4], "size": [0.5, 0.5, 0.8]},
    ],
}


def with_thing(**changed: Any) -> str:
    """The room's text, with its first thing changed."""
    first, *others = ROOM["things"]
    return json.dumps({**ROOM, "things": [{**first, **changed}, *others]})


def boxes_of(*rooms: str) -> str:
    """VSI-Bench metadata of empty rooms."""
    return json.dumps({room: {"object_counts": {}, "object_bbox": {}, "room_size": 9.0} for room in rooms})


FILES: Final[dict[str, str | bytes]] = {
    "room.json": json.dumps(ROOM),
    "truncated.json": json.dumps(ROOM)[:90],
    "wrong.json": '{"things": [1, 2,, 3]}',
    "other.json": '{"hello": "world"}',
    "list.json": "[1, 2, 3]",
    "empty.json": "",
    "deep.json": "[" * 100_000,
    "latin.json": '{"things": [], "id": "caf\xe9"}'.encode("latin-1"),
    "text.xyz": "hello",
    "nan.json": json.dumps(ROOM).replace("0.4", "NaN", 1),
    "infinite.json": json.dumps(ROOM).replace("0.4", "1e999", 1),
    "negative.json": with_thing(size=[2, -1, 0.8]),
    "skewed.json": with_thing(rotation=[[1, 0.5, 0], [0, 1, 0], [0, 0, 1]]),
    "mirrored.json": with_thing(rotation=[[-1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    "misspelt.json": with_thing(centre=[1, 1, 1]),
    "text_size.json": with_thing(size="big"),
    "twice.json": json.dumps({**ROOM, "things": [{**each, "name": "it"} for each in ROOM["things"]]}),
    "many.json": boxes_of("room1", "room2", "room3"),
    "questions.txt": "What is this?\n" * 200,
    "truncated_questions.json": '[{"id": 1, "question": "How many',
}

# What a user types, without `allo`; each is wrong.
TYPED: Final = (
    "show truncated.json",
    "show wrong.json",
    "show other.json",
    "show list.json",
    "show empty.json",
    "show deep.json",
    "show latin.json",
    "show text.xyz",
    "show missing.json",
    "show folder",
    "show room.json --format boxs",
    "show room.json#things --format vsi_bench",
    "show room.json --picture plan.jpg",
    "show room.json --picture nowhere/plan.png",
    "show many.json#room9",
    "show nan.json",
    "show infinite.json",
    "show negative.json",
    "show skewed.json",
    "show mirrored.json",
    "show misspelt.json",
    "show text_size.json",
    "show twice.json",
    "show",
    "show room.json --pictur plan.png",
    "ask many.json 'count(all())'",
    """ask room.json 'distance(the("soffa"), the("tv"))'""",
    """ask room.json 'direction(the("tv"), sectors="four")'""",
    """ask room.json 'direction(the("tv"))'""",
    """ask room.json 'direction(the("tv"), the("sofa"), sectors="four")'""",
    """ask room.json 'standing(at=the("sofa"), facing=the("tv"))'""",
    """ask room.json 'distance(the("sofa"), the("tv")'""",
    """ask room.json 'distanc(the("sofa"), the("tv"))'""",
    """ask room.json 'distance(the("sofa"), too=the("tv"))'""",
    """ask room.json 'distance("sofa", the("tv"))'""",
    """ask room.json 'distance(the("sofa"), the("tv")) < area(the("sofa"))'""",
    """ask room.json 'distance(the("sofa"), the("tv"), geometry="surfaces")'""",
    """ask room.json 'extent(the("sofa"), along="height")==1'""",
    """ask room.json 'nearest(the("chair"), to=the("tv"))'""",
    "ask room.json count(lambda:1)",
    """ask room.json 'count(all("chair")).real'""",
    "ask room.json 'What colour is the sofa?'",
    "ask room.json 'How far is the sofa from the tvv?'",
    "ask room.json 'Is the sofa nicer than the tv?'",
    "ask room.json 'count(all())' --time 3",
    "ask room.json 'count(all())' --views front,back",
    "ask room.json 'count(all())' --sensing depth",
    "ask room.json 'count(all())' --views front --sensing smell",
    "ask room.json 'count(all())' --picture proof.gif",
    "ask room.json 'count(all())' --within wide",
    "ask room.json",
    "ask --questions missing.jsonl",
    "ask --questions truncated_questions.json",
    "ask --questions questions.txt",
    "ask room.json 'count(all())' --questions questions.txt",
    "ask room.json --questions questions.jsonl --out questions.jsonl",
    "ask room.json --questions questions.jsonl --out nowhere/answers.jsonl",
    "ask room.json --questions questions.jsonl --out folder",
    "convert room.json room.xyz",
    "convert room.json nowhere/room.glb",
    "convert room.json out.json --to glbb",
    "make flt out.json",
    "make flat",
    "make flat out.json --seed many",
    "sho room.json",
)


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A folder with all these files, in which the command runs."""
    for name, text in FILES.items():
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "questions.jsonl").write_text('{"id": 1, "question": "count(all())"}\n')
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaint(typed: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says on standard error, after it has been held to its promises."""
    before = sorted(os.listdir())
    assert run(shlex.split(typed)) == 2, typed
    said = capsys.readouterr()
    assert said.out == "", typed
    what, where, mend = said.err.splitlines()
    assert where.startswith("  where: "), typed
    assert mend.startswith("  mend:  "), typed
    assert what, typed
    assert sorted(os.listdir()) == before, typed
    return said.err.replace(", ".join(formats()), "EVERY FORMAT")  # a new reader changes no other text


def test_every_mistake_is_told_in_three_lines_and_leaves_nothing(
    here: pathlib.Path, capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]
) -> None:
    golden("errors.txt", "\n".join(f"$ allo {each}\n{complaint(each, capsys)}" for each in TYPED))


def test_a_name_cannot_act_on_the_terminal(here: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "trap.json").write_text(with_thing(name="so\x1b[2Jfa\nlamp"))
    assert run(["ask", "trap.json", 'distance(the("x"), the("tv"))']) == 2
    error = capsys.readouterr().err
    assert "\x1b" not in error
    assert len(error.splitlines()) == 3
    assert run(["show", "trap.json"]) == 0
    assert "\x1b" not in capsys.readouterr().out


# Measures what a command took, and says so in the last line of standard error.
MEASURED: Final = """
import resource, subprocess, sys
code = subprocess.run([sys.executable, "-m", "allocentric", *sys.argv[1:]]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, file=sys.stderr)
sys.exit(code)
"""


def test_200_mb_of_invalid_json_is_refused_within_five_seconds_and_a_gigabyte(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "big.json"
    thing = json.dumps(ROOM["things"][0]).encode() + b",\n"
    bodies = {
        "stops short": (b'{"things": [\n' + thing * (200_000_000 // len(thing)), ["show"]),
        "is nested": (b"[" * 200_000_000, ["ask", "--questions"]),
        "is none": (b"not JSON\n" * (200_000_000 // 9), ["ask", "--questions"]),
    }
    for body, command in bodies.values():
        path.write_bytes(body)
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, *command, str(path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2, done.stderr
        *said, measured = done.stderr.splitlines()
        seconds, peak = (float(each) for each in measured.split())
        assert len(said) == 3, done.stderr
        assert seconds < 5
        assert peak < 1e9
