"""The README keeps its word: what it shows is what comes out."""

import pathlib
import re
import shlex

import pytest

from allocentric.cli.main import run

ROOT = pathlib.Path(__file__).resolve().parents[1]
TEXT = (ROOT / "README.md").read_text()
SCREENS = re.findall(r"```console\n\$ (allo .*?)\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def flat(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The flat that `make demo` makes, where the README looks for it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    (tmp_path / "out").mkdir()
    assert run(["make", "flat", "out/flat.json", "--seed", "7"]) == 0
    capsys.readouterr()


@pytest.mark.usefixtures("flat")
@pytest.mark.parametrize(("command", "screen"), SCREENS, ids=[command[:60] for command, _ in SCREENS])
def test_every_screen_begins_as_it_is_shown(
    command: str, screen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(shlex.split(command)[1:]) == 0
    told = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    shown = [line.rstrip() for line in screen.splitlines()]
    assert told[: len(shown)] == shown


def test_there_are_screens_to_hold() -> None:
    assert len(SCREENS) >= 3


def test_the_python_of_the_readme_runs_and_says_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("2.82 m\n")


def test_every_file_that_the_readme_names_is_there() -> None:
    missing = [name for name in re.findall(r"\]\(([\w/.]+)\)", TEXT) if not (ROOT / name).exists()]
    assert not missing
