"""Our own scene file: everything, bit for bit."""

from typing import Final

from allocentric.scene.file import to_json
from allocentric.scene.scene import Scene
from allocentric.worlds.writers.writer import Notes, Writer


def _encode(scene: Scene) -> tuple[bytes, Notes]:
    return to_json(scene), ()


WRITER: Final = Writer("allocentric", (".allo.json", ".json"), _encode)
