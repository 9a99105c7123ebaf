"""The README keeps its word: what it shows is what comes out."""

import pathlib
import re
import shlex

import pytest

from allocentric.cli.main import run
from tests.quickly import quickly

ROOT = pathlib.Path(__file__).resolve().parents[1]
TEXT = (ROOT / "README.md").read_text()
SCREENS = re.findall(r"```console\n\$ (allo .*?)\n(.*?)```", TEXT, re.DOTALL)


def test_every_screen_begins_as_it_is_shown(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One after the other, in a folder with the flat that `make demo` makes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "out").mkdir()
    assert run(["make", "flat", "out/flat.json", "--seed", "7"]) == 0
    with quickly():
        for command, screen in SCREENS:
            capsys.readouterr()
            assert run(shlex.split(command)[1:]) == 0, command
            told = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
            shown = [line.rstrip() for line in screen.splitlines()]
            assert told[: len(shown)] == shown


def test_there_are_screens_to_hold() -> None:
    assert len(SCREENS) >= 8


def test_the_python_of_the_readme_runs_and_says_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("2.82 m\n")


def test_every_file_that_the_readme_names_is_there() -> None:
    missing = [name for name in re.findall(r"\]\(([\w/.]+)\)", TEXT) if not (ROOT / name).exists()]
    assert not missing
