"""ConceptGraphs' objects as JSON (`obj_json_*.json`, or its planner's list): tags, places, extents.

In the world of the poses that the map was made with, in metres; no axis is declared up: it is taken to be z.
`bbox_extent` is along the axes of an oriented box, which the file leaves out: so a thing's place is known,
and each of its extents along the world's axes only to lie between the least of the three and their diagonal;
its volume is stated. An object tagged "invalid" is none. Captions and edges are not read.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Final

import numpy as np
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.intervals import Interval
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Source, Stated, Thing, scene_of
from allocentric.worlds.readers.boxes import plain_label
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

Three = tuple[float, float, float]
FARTHEST_M: Final = 1e6  # no room is that large
VOLUME_WITHIN: Final = 0.01  # share of a stated volume that rounding may take


class _Object(Struct):
    bbox_extent: Three
    bbox_center: Three
    object_tag: str | list[str] = "object"
    bbox_volume: float | None = None

    def label(self) -> str:
        tag = self.object_tag if isinstance(self.object_tag, str) else next(iter(self.object_tag), "object")
        return plain_label(tag) or "object"


def _claims(peek: Peek) -> bool:
    return {"bbox_extent", "bbox_center"} <= peek.inner


def _scenes(peek: Peek) -> Scenes:
    id = peek.path.name.removesuffix(".json")
    return {id: partial(_scene, peek, id)}


def _scene(peek: Peek, id: str) -> Scene:
    where = str(peek.path)
    if peek.keys:
        objects = list(decode(peek.data, dict[str, _Object], where=where).values())
    else:
        objects = decode(peek.data, list[_Object], where=where)
    held = [each for each in objects if each.label() != "invalid"]
    for row, each in enumerate(objects):
        if not 0 <= min(each.bbox_extent) <= max(each.bbox_extent) < FARTHEST_M:
            what = f"object {row} ({each.label()}) has the extents {list(each.bbox_extent)}"
            raise BadInput(what, where=where, mend="extents are full lengths in metres, never below 0")
    volumes = [float(np.prod(each.bbox_extent)) for each in held]
    odd = [
        each.label()
        for each, volume in zip(held, volumes)
        if each.bbox_volume is not None and abs(each.bbox_volume - volume) > VOLUME_WITHIN * max(volume, 1e-6)
    ]
    notes = [
        "the world of the map's poses, taken to be z up; metres",
        "axes of the boxes are left out: extents along the world's axes are bounds, volumes are stated",
        *[f"left out as invalid: {len(objects) - len(held)}"] * (len(held) < len(objects)),
    ]
    warnings = (
        [f"bbox_volume of {len(odd)} objects is not that of their extents, first {odd[0]!r}"] if odd else []
    )
    return scene_of(
        id,
        [_thing(each) for each in held],
        stated=tuple(Stated(row, "volume", Interval.of(volume)) for row, volume in enumerate(volumes)),
        source=Source("conceptgraphs", where, tuple(notes), tuple(warnings)),
    )


def _thing(told: _Object) -> Thing:
    least, most = min(told.bbox_extent), math.hypot(*told.bbox_extent)
    middle, half = (least + most) / 2, (most - least) / 2
    return Thing(label=told.label(), center=told.bbox_center, size=(middle,) * 3, size_slack=half)


READER: Final = Reader("conceptgraphs", (".json",), _claims, _scenes)
