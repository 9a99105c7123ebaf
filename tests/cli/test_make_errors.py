"""Whatever is wrong with `allo make`: three lines say what, where and how to mend it; no file is new."""

from __future__ import annotations

import os
import pathlib
import shlex
from collections.abc import Callable
from typing import Any, Final

import pytest

from allocentric.cli.main import run
from allocentric.questions.making.set import card_in
from allocentric.scene.file import save
from allocentric.worlds import makers
from tests.quickly import quickly

SET: Final = "make room.json --kinds abs_distance_surface --count 5 --format jsonl --out {}"
TYPED: Final = (
    *(
        f"make room.json --kinds vsi --out new {each}"
        for each in (
            "--workers 0",
            "--workers -2",
            "--workers 1.5",
            "--workers many",
            "--clear nan",
            "--clear inf",
            "--clear -1",
            "--clear clear",
            "--count 0",
            "--count -3",
            "--count 1e9",
            "--count nan",
            "--seed 0.5",
            "--format parqet",
            "--format csv",
            "--language fr",
            "--views run:3",
            "--views walk:0",
            "--reasoning step",
            "--worlds flts:3",
            "--worlds flats",
            "--worlds flats:0",
            "--ray 127.0.0.1:1",
        )
    ),
    "make room.json --kinds object_cuont --out new",
    "make room.json --kinds vsj --out new",
    "make room.json --kinds object_count,rel_distanse --out new",
    "make room.json --kinds vsi",
    "make missing.json --kinds vsi --out new",
    "make broken.json --kinds vsi --out new",
    "make folder --kinds vsi --out new",
    "make --kinds vsi --out new",
    SET.format("set --seed 6"),
    SET.format("other"),
    SET.format("room.json"),
    SET.format("room.json/set"),
    SET.format("/proc/set"),
)


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> pathlib.Path:
    """A folder with a room, a file that is none, a set, and a folder of somebody's own."""
    save(makers.make("tabletop", 1), tmp_path / "room.json")
    (tmp_path / "broken.json").write_text('{"allocentric": "broken')
    (tmp_path / "folder").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    monkeypatch.chdir(tmp_path)
    with quickly():
        assert run(shlex.split(SET.format("set"))) == 0
    capsys.readouterr()
    return tmp_path


def complaint(typed: str, capsys: pytest.CaptureFixture[str]) -> str:
    before = sorted(str(each) for each in pathlib.Path().rglob("*") if each.parts[0] != "new")
    with quickly():
        assert run(shlex.split(typed)) == 2, typed
    said = capsys.readouterr()
    assert said.out == "", typed
    what, where, mend = said.err.splitlines()
    assert what, typed
    assert where.startswith("  where: "), typed
    assert mend.startswith("  mend:  "), typed
    assert sorted(str(each) for each in pathlib.Path().rglob("*") if each.parts[0] != "new") == before, typed
    assert not os.path.exists("new/card.json"), typed
    return said.err


def test_every_mistake_at_a_set_is_told_and_spoils_nothing(
    here: pathlib.Path, capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]
) -> None:
    golden("make_errors.txt", "\n".join(f"$ allo {each}\n{complaint(each, capsys)}" for each in TYPED))
    assert card_in(here / "set") is not None
    assert (here / "other" / "thesis.txt").read_text() == "mine"


def test_a_seed_may_be_negative(here: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    with quickly():
        assert (
            run(shlex.split("make --worlds tabletops:2 --kinds object_count --count 2 --seed -1 --out new"))
            == 0
        )
        assert run(["audit", "new"]) == 0
    said = capsys.readouterr().out
    assert "2 questions about 2 scenes" in said


@pytest.mark.parametrize("count", [30, pytest.param(1_000, marks=pytest.mark.slow)])
def test_one_broken_scene_among_many_is_skipped_named_and_counted(
    here: pathlib.Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    (here / "rooms").mkdir()
    text = (here / "room.json").read_text()
    for number in range(count - 1):
        (here / "rooms" / f"{number:04d}.json").write_text(text.replace("tabletop-1", f"table {number}"))
    (here / "rooms" / "0007b.json").write_text(text[: len(text) // 2])
    with quickly():
        made = run(shlex.split(SET.format("new").replace("room.json", "rooms").replace("5", str(count - 1))))
    assert made == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"{count - 1:,} questions about {count - 1:,} scenes" in said
    assert "skipped: rooms/0007b.json: the JSON stops short" in said
    card = card_in(here / "new")
    assert card is not None
    assert list(card["skipped"]) == ["rooms/0007b.json"]
    assert "rooms/0007b.json" in (here / "new" / "README.md").read_text()
