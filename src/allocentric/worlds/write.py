"""Scenes into files of any format that can be written, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from allocentric.errors import BadInput, UnknownName
from allocentric.jobs import atomic_write
from allocentric.scene.scene import Scene
from allocentric.worlds.writers import WRITERS
from allocentric.worlds.writers.writer import Writer


def write(scene: Scene, path: str | Path, *, format: str | None = None) -> tuple[str, ...]:
    """Put the scene into the file `path`; gives what the format could not carry, in words.

    The suffix tells the format (`.allo.json` or `.json` our own, `.boxes.json`, `.embodiedscan.json`, `.glb`,
    `.txt` SpatialLM's layout); `format` overrides it. Raises BadInput where neither names one, or the format
    cannot hold the scene at all, and then writes nothing.
    """
    path = Path(path)
    writer = _of_suffix(path) if format is None else _named(format)
    data, notes = writer.encode(scene)
    atomic_write(path, data)
    return notes


def formats() -> tuple[str, ...]:
    """The names of all formats that can be written.

    >>> "embodiedscan" in formats()
    True
    """
    return tuple(each.name for each in WRITERS)


def _named(format: str) -> Writer:
    for writer in WRITERS:
        if writer.name == format:
            return writer
    raise UnknownName("format", format, formats(), where="the format to write")


def _of_suffix(path: Path) -> Writer:
    fitting = [
        (len(end), each) for each in WRITERS for end in each.suffixes if path.name.lower().endswith(end)
    ]
    if not fitting:
        known = ", ".join(end for each in WRITERS for end in each.suffixes)
        raise BadInput(
            "the suffix names no format", where=str(path), mend=f"end it in {known}, or say the format"
        )
    return max(fitting, key=lambda each: each[0])[1]
