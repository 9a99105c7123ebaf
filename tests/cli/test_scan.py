"""`allo scan` writes what it says, tells it on a screen that was looked at, and refuses the rest."""

import json
import os
import pathlib
import shlex
from collections.abc import Callable
from typing import Any, Final

import pytest
from rich.console import Console

from allocentric.cli.main import run
from allocentric.cli.scan_screen import scan_screen
from allocentric.perception.scan_checks import Check
from allocentric.perception.scan_report import FoundThing, Open, ScanReport
from allocentric.scene.file import load
from allocentric.views.export import write_views
from tests.perception import rendered

TABLE: Final = FoundThing(
    name="table",
    label="table",
    kind="object",
    size=(1.0, 0.6, 0.7),
    size_slack=(0.01, 0.01, 0.005),
    center=(2.0, 1.5, 0.35),
    center_slack=(0.01, 0.01, 0.01),
    yaw_rad=0.3,
    yaw_slack_rad=0.01,
    views=7,
)
TOLD: Final = ScanReport(
    scene="room",
    folder="room",
    road="posed depth",
    pictures=12,
    placed=11,
    unit="metre",
    detected=("camera-to-world detected: depth agrees to 0.2 cm", "z up"),
    checks=(Check("pictures placed", 11 / 12, "share", "11 of 12 pictures have a place"),),
    warnings=("could not be placed: 7.png",),
    unknown=(Open("no north: directions of the compass", "tie it to the earth: --geo"),),
    things=(TABLE, TABLE),
    files=("plan.png", "scene.json"),
)

MISTAKES: Final = (
    "scan nowhere out",
    "scan empty out",
    "scan room.json out",
    "scan room out --masks nowhere",
    "scan room out --masks strange",
    "scan room out --masks broken",
    'scan room out --known "a door"',
    'scan room out --known "door height 2 apples"',
    "scan room out --words chair",
    "scan room out --detector weights --masks strange",
    "scan room out --detector weights",
    "scan room out --detector weights --words chair",
    "scan room out --geo",
    "scan room out --format hololens",
    "scan room out --sensor lidar",
    "scan room out --voxel 0",
    "scan cut out",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with a rendered room and what is wrong with folders."""
    made = tmp_path_factory.mktemp("place")
    for name in ("room", "cut"):
        write_views(rendered.room(), rendered.views()[::8], made / name, light=None, finer=1)
    first = sorted((made / "cut" / "depth").iterdir())[0]
    first.write_bytes(first.read_bytes()[:200])
    for name in ("empty", "strange", "broken"):
        (made / name).mkdir()
    (made / "strange" / "nobody.json").write_text("[]", encoding="utf-8")
    (made / "broken" / "v00.json").write_text('[{"label": "chair"}]', encoding="utf-8")
    sofa = {"label": "sofa", "center": [0, 0, 0], "size": [1, 1, 1]}
    (made / "room.json").write_text(json.dumps({"things": [sofa]}), encoding="utf-8")
    return made


def test_the_screen_is_as_it_was_looked_at(golden: Callable[[str, str], None]) -> None:
    console = Console(width=100, no_color=True, highlight=False)
    with console.capture() as captured:
        console.print(scan_screen(TOLD, "out"))
    golden("scan.txt", "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n")


def test_a_folder_becomes_a_scene_that_can_be_asked(
    place: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("open3d")
    monkeypatch.chdir(place)
    assert run(shlex.split("scan room out --sensor exact --voxel 0.08")) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith(
        f"room: {len(load('out/scene.json'))} things from 5 of 5 pictures (posed depth)"
    )
    assert run(shlex.split("scan room out --sensor exact --voxel 0.08 --json")) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told == json.loads((place / "out" / "report.json").read_text(encoding="utf-8"))
    assert run(["ask", "out/scene.json", 'exists(all("table"))']) == 0
    assert capsys.readouterr().out.splitlines()[0] == "yes"


def test_every_mistake_is_told_in_three_lines_and_leaves_nothing(
    place: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    pytest.importorskip("open3d")
    pytest.importorskip("transformers")
    monkeypatch.chdir(place)
    told = list[str]()
    before = sorted(each for each in os.listdir() if each != "out")
    for typed in MISTAKES:
        assert run(shlex.split(typed.replace(" out", " fresh"))) == 2, typed
        said = capsys.readouterr()
        assert said.out == "", typed
        assert len(said.err.splitlines()) == 3, typed
        assert sorted(each for each in os.listdir() if each != "out") == before, typed
        told.append(f"$ allo {typed}\n{said.err}")
    golden("scan_errors.txt", "\n".join(told))
