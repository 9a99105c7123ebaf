"""Pictures in a page: their own bytes as data addresses, each once, within a budget; places drawn on them."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Final

import msgspec
from PIL import Image

from allocentric.agents.pictures import picture_data, pictures_at
from allocentric.answers.prompt import Picture
from allocentric.bench.frames import FILE as FRAMES_FILE
from allocentric.bench.frames import Shown, evenly
from allocentric.errors import AllocentricError

FRAMES: Final = 8  # of a film or a folder, at the most

Places = Sequence[tuple[str, Any]]
"""What is drawn on a picture, in its pixels: "truth" or "given", and a point, points, a box or boxes."""


@dataclass(slots=True)
class Album:
    """The pictures of a page: hands out an element for each until its budget of bytes is spent."""

    left_bytes: int
    left_out: int = 0
    films: dict[str, list[str]] = field(default_factory=dict)
    _held: dict[str, str] = field(default_factory=dict)

    def shots(self, pictures: Sequence[Picture], places: Places = ()) -> str:
        """The pictures of a sample side by side; places are drawn where there is one picture alone."""
        files = [(path, each) for each in pictures for path in self._files(each)]
        shown = "".join(self._shot(path, each, places if len(files) == 1 else ()) for path, each in files)
        return f'<div class="shots">{shown}</div>' if shown else ""

    def _files(self, picture: Picture) -> list[str]:
        frames = self.films.get(picture.path)
        if frames is None:
            return list(pictures_at(picture.path))
        return [frames[row] for row in evenly(len(frames), FRAMES)]

    def _shot(self, path: str, picture: Picture, places: Places) -> str:
        name = escape(picture.name or Path(path).name, quote=True)
        if path in self._held:
            image = f'<img data-as="{self._held[path]}" alt="{name}" title="{name}">'
            return f'<figure class="shot">{image}</figure>'
        try:
            kind, data = picture_data(path)
        except AllocentricError as error:
            return f'<p class="dim">{name}: {escape(error.what)}</p>'
        if len(data) > self.left_bytes:
            self.left_out += 1
            return f'<p class="dim">{name}: left out, for the size of this page</p>'
        self.left_bytes -= len(data)
        if not places:
            self._held[path] = id = f"p{len(self._held)}"
        else:
            id = ""  # what is drawn on it belongs to one sample
        named = f'id="{id}" ' if id else ""
        address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        image = f'<img {named}src="{address}" alt="{name}" title="{name}">'
        return f'<figure class="shot">{image}{_drawn(data, places)}</figure>'


def films_of(folder: Path) -> dict[str, list[str]]:
    """The frames that a run showed of each film or folder; a line that is none is passed over."""
    listed, found = folder / FRAMES_FILE, dict[str, list[str]]()
    for line in listed.read_bytes().splitlines() if listed.is_file() else ():
        try:
            shown = _SHOWN.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
        found[shown.source] = shown.files
    return found


def _drawn(data: bytes, places: Places) -> str:
    """Marks over a picture, in its pixels."""
    if not places:
        return ""
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""
    inner = "".join(_mark(kind, value, width / 60) for kind, value in places)
    return f'<svg viewBox="0 0 {width} {height}">{inner}</svg>' if inner else ""


def _mark(kind: str, value: Any, radius: float) -> str:
    """A ring about a point, a frame for a box; of several, one each."""
    if not isinstance(value, tuple) or not value:
        return ""
    if isinstance(value[0], tuple):
        return "".join(_mark(kind, each, radius) for each in value)
    if not all(isinstance(each, int | float) for each in value):
        return ""
    if len(value) == 2:
        return f'<circle class="{kind}" cx="{value[0]:g}" cy="{value[1]:g}" r="{radius:g}"/>'
    if len(value) == 4:
        left, top, right, bottom = value
        sides = f'width="{max(right - left, 0):g}" height="{max(bottom - top, 0):g}"'
        return f'<rect class="{kind}" x="{left:g}" y="{top:g}" {sides}/>'
    return ""


_SHOWN: Final = msgspec.json.Decoder(Shown)
