"""What a reader is, and the glance at a file by which the readers tell their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec import Raw, Struct

from allocentric.errors import BadInput
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode, validate
from allocentric.scene.scene import Scene

Scenes = Mapping[str, Callable[[], Scene]]
"""The scenes of one input by id, each made only when it is called for."""


@dataclass(frozen=True, eq=False, slots=True)
class Peek:
    """An input at a glance: its bytes, the names in a folder, the keys of a JSON text."""

    path: Path
    data: bytes = b""  # nothing for a folder
    entries: frozenset[str] = frozenset()  # of a folder
    keys: frozenset[str] = frozenset()  # of the JSON object, of the first where each line is one
    inner: frozenset[str] = frozenset()  # of the first object in the JSON object or list


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: its name, the suffixes it goes by, whether an input is its own, and the scenes in one.

    `scenes` states and checks the convention of the format, and leaves what it found in `Scene.source`.
    """

    name: str
    suffixes: tuple[str, ...]
    claims: Callable[[Peek], bool]
    scenes: Callable[[Peek], Scenes]
    folder: bool | None = False  # whether it reads a folder, not a file; None: either


_LINES: Final = re.compile(rb"\s*\{[^\n]*\}\r?\n\{")  # one JSON object a line, whatever the file is called
_FEW: Final = 64  # bytes enough to see with what a text begins


def peek(path: Path) -> Peek:
    """A glance at a file or folder; raises BadInput where it is missing, empty, or JSON that is broken."""
    if path.is_dir():
        return Peek(path, entries=frozenset(each.name for each in path.iterdir()))
    data = read_bytes(path)
    whole = data
    if path.suffix == ".jsonl" or _LINES.match(data):  # a JSON text a line: its reader checks the others
        data = data.lstrip().partition(b"\n")[0]
    opening = data[:_FEW].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if opening not in (b"{", b"["):
        return Peek(path, whole)
    where = str(path)
    validate(data, where=where)
    if opening == b"[":
        return Peek(path, whole, inner=_keys_of_first(data, where))
    held = decode(data, dict[str, Raw], where=where)
    objects = (value for value in map(bytes, held.values()) if value.startswith(b"{"))
    inner = decode(next(objects, b"{}"), dict[str, Raw], where=where)
    return Peek(path, whole, keys=frozenset(held), inner=frozenset(inner))


class _List(Struct, array_like=True):
    first: dict[str, Raw]  # what comes after it is not built


def _keys_of_first(data: bytes, where: str) -> frozenset[str]:
    try:
        return frozenset(decode(data, _List, where=where).first)
    except BadInput:  # a list of something else: no reader will know it
        return frozenset()
