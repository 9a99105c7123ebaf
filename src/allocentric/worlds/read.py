"""Scenes from files of any known format, told by their content."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from allocentric.errors import BadInput, UnknownName
from allocentric.scene.scene import Scene
from allocentric.worlds.readers import READERS
from allocentric.worlds.readers.reader import Peek, Reader, Scenes, peek

MOST_LOOKED_AT: Final = 64  # of what lies in a folder that is in no layout
LARGEST_LOOKED_AT: Final = 20_000_000  # bytes


def read(path: str | Path, *, format: str | None = None) -> Scene:
    """The scene at `path`, or at `path#id` where a file holds many; metres, z up, where the file says so.

    The format is told by the content; `format` overrides that. What was declared, detected or looks wrong
    stands in `scene.source`. Raises BadInput, or UnknownName for an id or a format that is not there.
    """
    return chosen(scenes_in(split_address(path)[0], format=format), path)


def chosen(scenes: Scenes, path: str | Path) -> Scene:
    """The scene that `path` names among those of its file; raises as `read` does."""
    file, id = split_address(path)
    if id is None and len(scenes) != 1:
        some = ", ".join(f"{file.name}#{each}" for each in list(scenes)[:3]) or "it holds none"
        mend = f"name one, such as {some}"
        raise BadInput(f"the file holds {len(scenes)} scenes", where=str(file), mend=mend)
    if id is not None and id not in scenes:
        raise UnknownName("scene", id, list(scenes), where=str(file))
    return scenes[next(iter(scenes)) if id is None else id]()


def read_all(path: str | Path, *, format: str | None = None) -> Iterator[Scene]:
    """Every scene of a file, made one after the other as they are asked for; raises as `read` does."""
    return (make() for make in scenes_in(path, format=format).values())


def scene_ids(path: str | Path, *, format: str | None = None) -> tuple[str, ...]:
    """The ids of the scenes in a file, none of them made; raises as `read` does."""
    return tuple(scenes_in(path, format=format))


def formats() -> tuple[str, ...]:
    """The names of all formats that can be read.

    >>> "vsi_bench" in formats()
    True
    """
    return tuple(each.name for each in READERS)


def split_address(path: str | Path) -> tuple[Path, str | None]:
    """The file and the id in `file#id`; a file whose own name holds a `#` is itself.

    >>> split_address("rooms.json#4")
    (PosixPath('rooms.json'), '4')
    """
    text = str(path)
    if "#" not in text or Path(text).exists():
        return Path(text), None
    splits = [(text[:at], text[at + 1 :]) for at, letter in enumerate(text) if letter == "#"]
    file, id = next((each for each in splits if Path(each[0]).exists()), splits[0])
    return Path(file), id


def scenes_in(path: str | Path, *, format: str | None = None) -> Scenes:
    """The scenes of a file by id, each made when it is called for: for whoever asks for many of one file."""
    path = Path(path)
    named = None if format is None else _named(format)
    found = peek(path)
    reader = named or _claiming(found)
    if reader.folder not in (None, path.is_dir()):
        is_one, wants = ("folder", "a file") if path.is_dir() else ("file", "the folder that holds it")
        raise BadInput(f"this is a {is_one}", where=str(path), mend=f"name {wants}: so {reader.name} is read")
    return reader.scenes(found)


def _named(format: str) -> Reader:
    for reader in READERS:
        if reader.name == format:
            return reader
    raise UnknownName("format", format, formats(), where="--format")


def _claiming(found: Peek) -> Reader:
    for reader in READERS:
        if reader.claims(found):
            return reader
    what = "this is a file in no format that is known"
    mend = f"say which it is, --format: {', '.join(formats())}"
    if found.path.is_dir():
        what = "this is a folder in no layout that is known"
        inner = next(_claimed_within(found.path), None)
        mend = mend if inner is None else f"{inner[1]} is in it: name {inner[0]}"
    raise BadInput(what, where=str(found.path), mend=mend)


def _claimed_within(folder: Path) -> Iterator[tuple[Path, str]]:
    """What lies in a folder and can be read, with the name of its format: folders first, then files."""
    inner = sorted(folder.iterdir(), key=lambda each: (each.is_file(), each.name))
    for path in inner[:MOST_LOOKED_AT]:
        with contextlib.suppress(BadInput, OSError):  # what cannot be read is not offered
            if path.is_dir() or path.stat().st_size < LARGEST_LOOKED_AT:
                glance = peek(path)
                yield from ((path, each.name) for each in READERS if each.claims(glance))
