"""NLVR's structured scenes: three grey boxes of coloured squares, circles and triangles on a page.

A line of JSON each; `structured_rep` lists the items of every box: type, colour, size, and the place of the
upper left corner, `y_loc` downwards, which is turned so that y is up. The scale is a convention: a pixel is
one unit. A box is 100 units wide and high, the boxes stand side by side with a gap, as in the pictures. Items
fill the squares that enclose them; the edges of a box are regions without a thickness.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Final, Literal

from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.intervals import Arc
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Complete, Scene, Source, Thing, scene_of
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

SIDE: Final = 100.0
GAP: Final = 50.0
MOST_ITEMS: Final = 200
_COLOURS: Final = {"yellow": "yellow", "black": "black", "#0099ff": "blue", "blue": "blue"}
_EDGES: Final = {"left": (-1, 0), "right": (1, 0), "top": (0, 1), "bottom": (0, -1)}


class NlvrItem(Struct):
    """One item of a box, in pixels from the box's upper left corner."""

    type: Literal["square", "circle", "triangle"]
    color: str
    size: float
    x_loc: float
    y_loc: float


class NlvrRecord(Struct):
    """One statement about one page, as released; `label` is true or false."""

    sentence: str
    label: str
    identifier: str
    structured_rep: tuple[tuple[NlvrItem, ...], ...]
    evals: dict[str, str] = {}

    def scene(self) -> Scene:
        """The page: boxes, their edges and items. Raises BadInput for an item of no known colour."""
        return nlvr_scene(self.structured_rep, id=self.identifier)


def nlvr_records(data: bytes, *, where: str = "nlvr") -> list[NlvrRecord]:
    """The records of a file, one a line. Raises BadInput with the line at fault."""
    lines = data.splitlines()
    return [
        decode(line, NlvrRecord, where=f"{where}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def nlvr_scene(boxes: Sequence[Sequence[NlvrItem]], *, id: str) -> Scene:
    """The page of these boxes. Raises BadInput for a colour that is not known, or too many items."""
    if sum(map(len, boxes)) > MOST_ITEMS:
        raise BadInput(f"more than {MOST_ITEMS} items", where=f"page {id}", mend="give pages of the release")
    things = list[Thing]()
    for row, items in enumerate(boxes):
        left = row * (SIDE + GAP)
        middle = left + SIDE / 2, SIDE / 2
        things.append(
            Thing(
                label="box",
                name=f"box {row + 1}",
                kind="region",
                center=(*middle, 0.0),
                size=(SIDE, SIDE, 1.0),
            )
        )
        for side, (x, y) in _EDGES.items():
            center = (middle[0] + x * SIDE / 2, middle[1] + y * SIDE / 2, 0.0)
            size = (0.0 if x else SIDE, 0.0 if y else SIDE, 0.0)
            name = f"{side} edge of box {row + 1}"
            things.append(Thing(label=f"{side} edge", name=name, kind="region", center=center, size=size))
        things += [_item(each, left, where=f"page {id}, box {row + 1}") for each in items]
    notes = ("y downwards in the file, up here", "a pixel is one unit")
    return scene_of(
        id,
        things,
        north=Arc(math.pi / 2),
        space="page",
        complete=Complete(),
        source=Source("nlvr", id, notes),
    )


def _item(item: NlvrItem, left: float, *, where: str) -> Thing:
    colour = _COLOURS.get(item.color.lower())
    if colour is None:
        mend = f"use one of {', '.join(_COLOURS)}"
        raise BadInput(f"{item.color!r} is no colour that is known", where=where, mend=mend)
    half = item.size / 2
    center = (left + item.x_loc + half, SIDE - item.y_loc - half, 0.0)
    return Thing(label=f"{colour} {item.type}", center=center, size=(item.size, item.size, 0.0))


def _scenes(peek: Peek) -> Scenes:
    return {
        each.identifier: partial(nlvr_scene, each.structured_rep, id=each.identifier)
        for each in nlvr_records(peek.data, where=str(peek.path))
    }


def is_nlvr(data: bytes) -> bool:
    """True for the bytes of such a file, told by the name of a field."""
    return b'"structured_rep"' in data[: 1 << 14]


def _claims(peek: Peek) -> bool:
    return is_nlvr(peek.data)


READER: Final = Reader("nlvr", (".json", ".jsonl"), _claims, _scenes)
