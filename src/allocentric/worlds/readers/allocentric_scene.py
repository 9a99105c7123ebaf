"""Our own scene file, as `allocentric.scene.file` writes it: every field, bit for bit.

Pictures and depth that views name lie beside the file, where they are there, else where they are named.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

from allocentric.scene.file import from_json
from allocentric.scene.scene import View
from allocentric.worlds.readers.reader import Peek, Reader, Scenes


def _scenes(peek: Peek) -> Scenes:
    scene = from_json(peek.data, where=str(peek.path))
    views = tuple(_beside(each, peek.path.parent) for each in scene.views)
    found = scene if views == scene.views else replace(scene, views=views)
    return {scene.id: lambda: found}


def _beside(view: View, folder: Path) -> View:
    """The view with its pictures in the folder, for those that are there."""

    def place(name: str) -> str:
        return str(folder / name) if (folder / name).exists() else name

    image = None if view.image is None else place(view.image)
    depth = None if view.depth is None else replace(view.depth, path=place(view.depth.path))
    return view if (image, depth) == (view.image, view.depth) else replace(view, image=image, depth=depth)


def _claims(peek: Peek) -> bool:
    return {"format", "version", "scenes"} <= peek.keys


READER: Final = Reader("allocentric", (".allo.json",), _claims, _scenes)
