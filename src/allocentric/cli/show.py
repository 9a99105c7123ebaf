"""`allo show`: a scene at a glance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from allocentric.cli.printing import print_json, print_screen
from allocentric.cli.screen import ids_screen, overview_screen
from allocentric.views.plan import draw_plan
from allocentric.worlds.overview import overview
from allocentric.worlds.read import chosen, scenes_in, split_address


def show(
    scene: str,
    /,
    *,
    picture: Path | None = None,
    format: str | None = None,
    everything: Annotated[bool, Parameter("--all")] = False,
    as_json: Annotated[bool, Parameter("--json")] = False,
) -> None:
    """Show what is in a scene, what was detected, what is unknown, what looks wrong.

    Parameters
    ----------
    scene
        A file or a folder; path#id where a file holds many scenes (without an id, these are listed).
    picture
        Draw the plan from above into this file, .png or .svg.
    format
        The scene's format, where it is not to be told by the content.
    everything
        List each thing, however many there are.
    as_json
        Print one JSON object.
    """
    file, id = split_address(scene)
    scenes = scenes_in(file, format=format)
    if id is None and len(scenes) > 1 and picture is None:
        ids = list(scenes)
        print_json({"path": str(file), "scenes": ids}) if as_json else print_screen(
            ids_screen(str(file), ids)
        )
        return
    held = chosen(scenes, scene)
    found = overview(held)
    if picture is not None:
        draw_plan(held, title=held.id).save(picture)
    print_json(found.to_json()) if as_json else print_screen(overview_screen(found, everything=everything))
