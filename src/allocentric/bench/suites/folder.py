"""A suite as it lies in its folder: its lines, and the pictures that they name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from allocentric.bench.cache import cache_file
from allocentric.bench.suites.suite import Size, suite
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode

QUESTIONS: Final = "questions.jsonl"


class Line(Struct, kw_only=True, omit_defaults=True):
    """One sample of a suite as it is written: a question with how it is shown.

    `pictures` are by the name of their view, from the suite's folder on; `scene` is the scene file that
    decides the question. Lines that share a `pair` are versions of one question.
    """

    id: str
    type: str
    question: dict[str, Any]
    scene: str
    pair: str = ""
    condition: str = "clean"
    pictures: dict[str, str] = {}
    told: str = ""


def suite_folder(name: str, size: Size) -> Path:
    """Where a suite is made unless a folder is named: the user's own, by version and size.

    Raises UnknownName for a suite that is not there.
    """
    return cache_file().parent / "suites" / f"{name}-{suite(name).version}-{size}"


def is_made(folder: Path, *, pictures: bool) -> bool:
    """Whether a suite is there, with its pictures where they are wanted."""
    return (folder / QUESTIONS).is_file() and not (pictures and lacking_pictures(folder))


def lacking_pictures(folder: Path) -> dict[str, tuple[str, str]]:
    """The pictures that are not there yet, each with the file of its scene and the name of its view."""
    wanted = dict[str, tuple[str, str]]()
    for each in read_lines(folder):
        wanted |= {path: (each.scene, view) for view, path in each.pictures.items()}
    return {path: shows for path, shows in wanted.items() if not (folder / path).is_file()}


def read_lines(folder: Path) -> Iterator[Line]:
    """The lines of a suite in a folder, or of its file; raises BadInput with the line that is none."""
    path = folder / QUESTIONS if folder.is_dir() else folder
    for number, text in enumerate(io.BytesIO(read_bytes(path)), 1):
        yield decode(text, Line, where=f"{path}, line {number}")
