"""`allo make`: a scene from a seed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from allocentric.cli.screen import makers_screen, print_lines, print_screen
from allocentric.cli.whole import WHOLE
from allocentric.errors import BadInput
from allocentric.worlds import makers
from allocentric.worlds.write import write


def make(
    maker: str | None = None,
    out: Path | None = None,
    /,
    *,
    seed: Annotated[int, WHOLE] = 0,
    listed: Annotated[bool, Parameter("--list")] = False,
) -> None:
    """Make a scene from a seed: the same seed, the same bytes.

    Parameters
    ----------
    maker
        What to make: see --list.
    out
        The file to write; its suffix tells the format, .json our own.
    seed
        Any whole number.
    listed
        List the makers.
    """
    if listed:
        print_screen(makers_screen())
        return
    if maker is None or out is None:
        mend = "write allo make flat flat.json, or allo make --list"
        raise BadInput("it takes a maker and a file", where="the command line, allo make", mend=mend)
    scene = makers.make(maker, seed)
    lost = write(scene, out)
    print_lines(f"{out}: {len(scene)} things of {scene.id}", *(f"  {note}" for note in lost))
