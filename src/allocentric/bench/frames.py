"""Which pictures of a film or a folder are shown: evenly spread, those that see the most, or those given."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

import numpy as np
from msgspec import Struct
from PIL import Image, ImageOps

from allocentric.agents.pictures import picture_data
from allocentric.answers.prompt import Picture, Prompt
from allocentric.errors import BadInput
from allocentric.jobs import atomic_write, read_bytes
from allocentric.scene.json_text import decode, encode
from allocentric.views.video import read_video

FILMS: Final = frozenset((".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v"))
PICTURES: Final = frozenset((".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"))
FILE: Final = "frames.jsonl"

Way = Literal["uniform", "coverage", "given"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """How many frames of a film or folder are shown, and which.

    `uniform`: evenly from the first to the last one; `coverage`: those that together see the most of a
    folder of posed depth pictures; `given`: the numbers from 0 that `given` holds by the source's file name.
    """

    count: int = 32
    way: Way = "uniform"
    given: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.count < 1:
            raise BadInput(f"{self.count} frames", where="--frames", mend="give 1 or more")


class Shown(Struct, kw_only=True):
    """The frames that were shown of one source: their numbers, times where it has any, and files."""

    source: str
    way: str
    of: int
    numbers: list[int]
    times_s: list[float | None]
    files: list[str]
    voxels_seen: float | None = None  # the share, of those that all frames see together


def read_given(path: str | Path) -> dict[str, tuple[int, ...]]:
    """Lists of frames by the names of their sources, as `{"41069043.mp4": [0, 12, 40]}`; raises BadInput."""
    return decode(read_bytes(path), dict[str, tuple[int, ...]], where=str(path))


def evenly(of: int, count: int) -> list[int]:
    """At most `count` numbers from 0 to `of` - 1, both ends among them, as evenly as whole numbers allow.

    >>> evenly(9, 3), evenly(2, 5)
    ([0, 4, 8], [0, 1])
    """
    return [int(each) for each in np.linspace(0, of - 1, min(of, count))]


Covering = Callable[[Path, int], Shown]
"""The so many frames of a folder that together see the most."""


class Cutter:
    """Puts frames in the place of films and folders, once for each, and keeps a list of them.

    Frames of a film are kept as PNG in `kept`, those of a folder are the files themselves; `listed` is the
    file that lists are added to. `covering` goes with the way `coverage`.
    """

    def __init__(
        self, frames: Frames, kept: Path, listed: Path | None = None, *, covering: Covering | None = None
    ) -> None:
        self._frames, self._kept, self._listed, self._covering = frames, kept, listed, covering
        self._cut = dict[str, tuple[Picture, ...]]()
        self._turns = dict[str, asyncio.Lock]()

    async def put(self, prompt: Prompt) -> Prompt:
        """The prompt with frames in the place of films and folders; other work goes on while they are cut.

        Raises BadInput for a film or a folder that cannot be read.
        """
        if not any(_is_source(each) for each in prompt.pictures):
            return prompt
        parts = list[str | Picture]()
        for part in prompt.parts:
            is_source = isinstance(part, Picture) and _is_source(part)
            parts += await self._of(part.path) if isinstance(part, Picture) and is_source else [part]
        return replace(prompt, parts=tuple(parts))

    async def _of(self, source: str) -> tuple[Picture, ...]:
        async with self._turns.setdefault(source, asyncio.Lock()):
            if source not in self._cut:
                shown = await asyncio.to_thread(
                    cut, source, self._frames, self._kept, covering=self._covering
                )
                if self._listed is not None:
                    with open(self._listed, "ab") as file:
                        file.write(encode(shown) + b"\n")
                pairs = zip(shown.files, shown.times_s)
                self._cut[source] = tuple(Picture(path, Path(path).stem, time_s) for path, time_s in pairs)
        return self._cut[source]


def cut(source: str, frames: Frames, kept: Path, *, covering: Covering | None = None) -> Shown:
    """The frames of one film or folder that are to be shown; raises BadInput where it cannot be read."""
    path = Path(source)
    if frames.way == "coverage":
        if covering is None or not path.is_dir():
            what = "a film says nothing of where it was taken"
            mend = "give a folder of posed depth pictures, or --choose uniform"
            raise BadInput(what, where=source, mend=mend)
        return covering(path, frames.count)
    return _of_folder(path, frames) if path.is_dir() else _of_film(path, frames, kept)


def mirrored_file(path: str, kept: Path) -> str:
    """The file of a mirrored picture, made where it is not there yet: PNG, for it has to be written anew."""
    data = picture_data(path)[1]
    file = kept / f"{hashlib.sha256(data).hexdigest()[:24]}-mirrored.png"
    if not file.exists():
        try:
            with Image.open(io.BytesIO(data)) as image:
                _write_png(ImageOps.mirror(ImageOps.exif_transpose(image).convert("RGB")), file)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise BadInput("the picture cannot be read", where=path, mend="get it again") from None
    return str(file)


def _is_source(picture: Picture) -> bool:
    suffix = os.path.splitext(picture.path)[1].lower()
    return suffix in FILMS or (suffix not in PICTURES and os.path.isdir(picture.path))


def _numbers(name: str, of: int, frames: Frames) -> list[int]:
    """The frames that are wanted of a source which has so many."""
    if frames.way != "given":
        return evenly(of, frames.count)
    held = frames.given.get(name, frames.given.get(Path(name).stem))
    if held is None or not held or not all(0 <= each < of for each in held):
        what = "no frames are given for it" if not held else f"it has frames 0 to {of - 1}, others are given"
        raise BadInput(what, where=name, mend='list them in the file: {"film.mp4": [0, 12, 40]}')
    return list(held)


def _of_folder(path: Path, frames: Frames) -> Shown:
    files = sorted((each for each in path.iterdir() if each.suffix.lower() in PICTURES), key=_in_order)
    if not files:
        raise BadInput("there is no picture in the folder", where=str(path), mend="name one that has some")
    numbers = _numbers(path.name, len(files), frames)
    chosen = [str(files[each]) for each in numbers]
    times: list[float | None] = [None] * len(chosen)
    return Shown(
        source=str(path), way=frames.way, of=len(files), numbers=numbers, times_s=times, files=chosen
    )


def _in_order(path: Path) -> tuple[tuple[int, str], ...]:
    """Frame 9 before frame 10."""
    return tuple(
        (int(each), "") if each.isdigit() else (-1, each) for each in re.split(r"(\d+)", path.name) if each
    )


def _of_film(path: Path, frames: Frames, kept: Path) -> Shown:
    if not path.is_file():
        raise BadInput(
            "the film is missing", where=str(path), mend="put it there, or give the folder it is in"
        )
    found = path.stat()
    named = hashlib.sha256(f"{path.resolve()}\n{found.st_size}\n{found.st_mtime_ns}".encode()).hexdigest()
    folder = kept / f"{path.stem}-{named[:12]}"
    listed = folder / "film.json"
    of, times = (
        decode(read_bytes(listed), tuple[int, list[float]], where=str(listed)) if listed.exists() else (0, [])
    )
    if not of:
        times = [each.time_s for each in read_video(path)]
        of = len(times)
        folder.mkdir(parents=True, exist_ok=True)
        atomic_write(listed, encode((of, times)))
    numbers = _numbers(path.name, of, frames)
    files = [folder / f"{each:06d}.png" for each in numbers]
    wanted = {number: file for number, file in zip(numbers, files) if not file.exists()}
    for number, frame in enumerate(read_video(path)) if wanted else ():
        if number in wanted:
            _write_png(Image.fromarray(frame.colour), wanted[number])
        if number >= max(wanted):
            break
    shown_s: list[float | None] = [times[each] for each in numbers]
    return Shown(
        source=str(path),
        way=frames.way,
        of=of,
        numbers=numbers,
        times_s=shown_s,
        files=[str(each) for each in files],
    )


def _write_png(image: Image.Image, file: Path) -> None:
    held = io.BytesIO()
    image.save(held, "PNG", compress_level=1)
    file.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(file, held.getvalue())
