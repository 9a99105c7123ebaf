"""What every command promises on bad input."""

import pathlib

import pytest

from allocentric.cli.main import run


def refused(named: pathlib.Path, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Hold show, convert and render to their promises on bad input."""
    out = named.parent / "out" if named.is_file() else named.parent / "out of it"
    outer = named.parent.parent if named.is_file() else named.parent
    before = sorted(each for each in outer.rglob("*"))
    for command in (
        ["show", str(named)],
        ["convert", str(named), str(out.with_suffix(".allo.json"))],
        ["render", str(named), "--views", "scene", "--out", str(out)],
    ):
        assert run(command) == 2, command
        said = capsys.readouterr()
        assert said.out == "", command
        what, where, mend = said.err.splitlines()
        assert where.startswith("  where: ")
        assert mend.startswith("  mend:  ")
        assert says in what + where, said.err
        assert sorted(each for each in outer.rglob("*")) == before, "something was left"
