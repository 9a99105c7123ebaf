"""`allo convert`: a scene in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from allocentric.cli.printing import print_lines
from allocentric.worlds.read import read
from allocentric.worlds.write import write


def convert(
    scene: str,
    out: Path,
    /,
    *,
    from_format: Annotated[str | None, Parameter("--from")] = None,
    to_format: Annotated[str | None, Parameter("--to")] = None,
) -> None:
    """Write a scene in another format, and say what that cannot carry.

    Parameters
    ----------
    scene
        A file or a folder; path#id where a file holds many scenes.
    out
        The file to write; its suffix tells the format: .allo.json our own, .boxes.json, .embodiedscan.json,
        .glb, .txt the layout of SpatialLM.
    from_format
        The scene's format, where it is not to be told by the content.
    to_format
        The format to write, whatever the suffix.
    """
    held = read(scene, format=from_format)
    lost = write(held, out, format=to_format)
    print_lines(f"{out}: {len(held)} things of {held.id}", *(f"  {note}" for note in lost))
