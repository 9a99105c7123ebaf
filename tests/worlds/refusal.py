"""What every command promises on bad input."""

import pathlib

import pytest

from allocentric.cli.main import run


def refused(
    named: pathlib.Path, says: str, capsys: pytest.CaptureFixture[str], *, every: bool = False
) -> None:
    """Hold convert to its promises on bad input; `every` command that reads a scene, where asked."""
    out = named.parent / "out" if named.is_file() else named.parent / "out of it"
    outer = named.parent.parent if named.is_file() else named.parent
    before = sorted(each for each in outer.rglob("*"))
    commands = [
        ["convert", str(named), str(out.with_suffix(".allo.json"))],
        ["show", str(named)],
        ["render", str(named), "--views", "scene", "--out", str(out)],
    ]
    for command in commands if every else commands[:1]:
        assert run(command) == 2, command
        said = capsys.readouterr()
        assert said.out == "", command
        what, where, mend = said.err.splitlines()
        assert where.startswith("  where: ")
        assert mend.startswith("  mend:  ")
        assert says in what + where, said.err
        assert sorted(each for each in outer.rglob("*")) == before, "something was left"
