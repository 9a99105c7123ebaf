"""Our own scene file, as `allocentric.scene.file` writes it: every field, bit for bit."""

from typing import Final

from allocentric.scene.file import from_json
from allocentric.worlds.readers.reader import Peek, Reader, Scenes


def _scenes(peek: Peek) -> Scenes:
    scene = from_json(peek.data, where=str(peek.path))
    return {scene.id: lambda: scene}


def _claims(peek: Peek) -> bool:
    return {"format", "version", "scenes"} <= peek.keys


READER: Final = Reader("allocentric", (".allo.json",), _claims, _scenes)
