"""What a long piece of work has finished, kept so that it is not done again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.jobs import atomic_write
from allocentric.scene.json_text import decode, encode

VERSION: Final = "1"  # of what the stages make: another one makes them anew


class _Mark(Struct):
    fingerprint: str
    product: str


@dataclass(frozen=True, slots=True)
class Work:
    """Stages of work in a folder: each product is there whole or not at all, and marked as made of what."""

    folder: Path

    def once(self, name: str, made_of: tuple[Any, ...], make: Callable[[], bytes]) -> bytes:
        """The product called `name` of these inputs: as it was made before, or made now and kept.

        Raises BadInput where the folder may not be written to.
        """
        path, mark = self.folder / name, self.folder / f"{name}.done"
        wanted = fingerprint(VERSION, name, made_of)
        held = _kept(path, mark, wanted)
        if held is not None:
            return held
        made = make()
        make_folder(path.parent)
        mark.unlink(missing_ok=True)
        atomic_write(path, made)
        atomic_write(mark, encode(_Mark(wanted, digest(made))))
        return made


def _kept(path: Path, mark: Path, wanted: str) -> bytes | None:
    """The product that is there, where it is whole and made of what is wanted."""
    if not (mark.exists() and path.exists()):
        return None
    try:
        told = decode(mark.read_bytes(), _Mark, where=str(mark))
    except BadInput:
        return None
    held = path.read_bytes()
    return held if told.fingerprint == wanted and told.product == digest(held) else None


def fingerprint(*made_of: Any) -> str:
    """Inputs in short; they are told apart by how they print."""
    return digest(repr(made_of).encode())


def digest(data: bytes) -> str:
    """Bytes in short."""
    return hashlib.sha256(data).hexdigest()


def files_in(folder: Path, but: Path | None = None) -> tuple[tuple[str, int, int], ...]:
    """Every file below a folder, or the file itself: name, size and when it was changed; none below `but`.

    Files and folders whose names begin with a dot are passed over.
    """
    left_out = None if but is None else but.resolve()
    found = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    return tuple(
        (str(each.relative_to(folder)), each.stat().st_size, each.stat().st_mtime_ns)
        for each in found
        if each.is_file()
        and not any(part.startswith(".") for part in each.relative_to(folder).parts)
        and (left_out is None or not each.resolve().is_relative_to(left_out))
    )


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; raises BadInput where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"this folder cannot be made: {(error.strerror or type(error).__name__).lower()}"
        mend = "name a folder that may be written to"
        raise BadInput(what, where=str(folder), mend=mend) from None
