"""Marked pictures of a scene in a folder, and which mark is which thing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from allocentric.errors import BadInput
from allocentric.jobs import atomic_write
from allocentric.scene.json_text import encode
from allocentric.scene.scene import Scene, View
from allocentric.views.overlays_marks import MarkedPicture, marked
from allocentric.views.picture_files import read_colour, write_colour


def write_marked(scene: Scene, views: Sequence[View], folder: str | Path) -> int:
    """Add marks to the pictures that `write_views` put into a folder; gives how many marks there are.

    - `marked/ID.png`: the picture, its things tinted and numbered from left to right
    - `marks.json`: for each view by its id, and each number: the thing's name, label and row (counted from 1,
      as in `instances/`), the pixel that the number points to and the plate that it stands on

    The marks follow from the pictures: they are drawn anew each time. Raises BadInput where a picture is
    missing, or has more things than numbers fit on it.
    """
    folder, told, count = Path(folder), dict[str, Any](), 0
    frames = _frames(folder)
    missing = [view.id for view in views if view.id not in frames]
    if missing:
        what = f"no picture of view {missing[0]!r} is there"
        raise BadInput(what, where=str(folder), mend="write the views' pictures first")
    (folder / "marked").mkdir(exist_ok=True)
    for view in views:
        frame = frames[view.id]
        colour = read_colour(folder / frame["file_path"])
        with Image.open(folder / frame["instance_file_path"]) as image:
            instance = np.asarray(image).astype(np.int32) - 1
        picture = marked(scene, colour, instance)
        write_colour(folder / "marked" / Path(frame["file_path"]).name, picture.colour)
        told[view.id], count = _told(scene, picture), count + len(picture.marks)
    atomic_write(folder / "marks.json", encode(told))
    return count


def _frames(folder: Path) -> dict[str, Any]:
    """What transforms.json says of each picture, by its view."""
    path = folder / "transforms.json"
    if not path.is_file():
        return {}
    return {each["view"]: each for each in json.loads(path.read_text(encoding="utf-8"))["frames"]}


def _told(scene: Scene, picture: MarkedPicture) -> dict[str, Any]:
    return {
        str(mark.number): {
            "name": scene.names[mark.row],
            "label": scene.labels[mark.row],
            "row": mark.row + 1,
            "at_px": list(mark.at_px),
            "box_px": [round(each, 2) for each in mark.box_px],
        }
        for mark in picture.marks
    }
