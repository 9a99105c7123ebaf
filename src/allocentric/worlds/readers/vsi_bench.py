"""VSI-Bench scene metadata: one JSON object, scene name to labelled boxes, counts and room size.

Metres, z up. The nine `normalizedAxes` are three ROWS, each an axis of the box; `axesLengths` are full
extents along them; `min` and `max` are the corners along the world's axes, checked against the box.
`object_bbox` is called `object_bboxes` in VLM-3R. The room's area (`room_size`) is stated without its
polygon, so the room is a thing whose place and size are unknown; `object_counts` says for which labels the
list of things is complete. North, fronts and the floor's outline are unknown.
"""

from functools import partial
from typing import Final

import numpy as np
from jaxtyping import Float
from msgspec import Raw, Struct

from allocentric.intervals import Interval
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Complete, Scene, Source, Stated, Thing, scene_of
from allocentric.worlds.readers.boxes import checked_axes, corner_warnings, half_extents, plausibility
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

Three = tuple[float, float, float]
Nine = tuple[float, float, float, float, float, float, float, float, float]
UNDECLARED: Final[Three] = (np.nan, np.nan, np.nan)


class _Box(Struct):
    centroid: Three
    axesLengths: Three
    normalizedAxes: Nine
    min: Three = UNDECLARED
    max: Three = UNDECLARED


class _Room(Struct):
    dataset: str = ""
    object_counts: dict[str, int] = {}
    object_bbox: dict[str, list[_Box]] = {}
    object_bboxes: dict[str, list[_Box]] = {}
    room_size: float | None = None
    room_center: Three | None = None


def _scenes(peek: Peek) -> Scenes:
    rooms = decode(peek.data, dict[str, Raw], where=str(peek.path))
    return {id: partial(_scene, peek, id, text) for id, text in rooms.items()}


def _scene(peek: Peek, id: str, text: Raw) -> Scene:
    where = f"{peek.path}#{id}"
    room = decode(bytes(text), _Room, where=where)
    boxes = {**room.object_bbox, **room.object_bboxes}
    labels = [label for label, each in boxes.items() for _ in each]
    names = [f"{label} {number}" for label, each in boxes.items() for number in range(1, len(each) + 1)]
    held = [box for each in boxes.values() for box in each]

    def column(name: str) -> Float[np.ndarray, "box 3"]:
        return np.array([getattr(each, name) for each in held], dtype=float).reshape(-1, 3)

    centers, sizes = column("centroid"), column("axesLengths")
    rows_are_axes = np.array([each.normalizedAxes for each in held], dtype=float).reshape(-1, 3, 3)
    rotations, warnings = checked_axes(
        names, centers, sizes, rotations=rows_are_axes.transpose(0, 2, 1), where=where
    )
    corners = {"low": column("min"), "high": column("max")}
    warnings += corner_warnings(names, centers, half_extents(sizes, rotations), **corners)
    warnings += plausibility(labels, centers, sizes, rotations=rotations)
    things = [
        Thing(label=label, center=center, size=size, rotation=rotation)
        for label, center, size, rotation in zip(labels, centers, sizes, rotations)
    ]
    stated = tuple[Stated, ...]()
    if room.room_size is not None:
        stated = (Stated(len(things), "area", Interval.of(room.room_size)),)
        things.append(_room_somewhere(room.room_center))
    found = {label: len(each) for label, each in boxes.items()}
    counted = frozenset(label for label, count in room.object_counts.items() if found.get(label, 0) == count)
    warnings += [
        f"object_counts disagrees with the boxes for {label!r}: {room.object_counts.get(label, 0)} vs {count}"
        for label, count in {**dict.fromkeys(room.object_counts, 0), **found}.items()
        if label not in counted and (label in room.object_counts)
    ]
    notes = ("the rows of normalizedAxes are the axes", "z up, metres", *_notes(room))
    return scene_of(
        id,
        things,
        stated=stated,
        complete=Complete(labels=counted | {"room"} if stated else counted) if counted else None,
        source=Source("vsi_bench", str(peek.path), notes, tuple(warnings)),
    )


def _room_somewhere(center: Three | None) -> Thing:
    center = center or (0.0, 0.0, 0.0)
    return Thing(label="room", kind="region", center=center, center_slack=np.inf, size_slack=np.inf)


def _notes(room: _Room) -> list[str]:
    notes = ["complete for the labels of object_counts"] if room.object_counts else []
    if room.room_size is not None:
        notes.append("the room's area is stated; its outline is unknown")
    return notes + ([f"a scan of {room.dataset}"] if room.dataset else [])


def _claims(peek: Peek) -> bool:
    return bool(peek.inner & {"object_bbox", "object_bboxes"})


READER: Final = Reader("vsi_bench", (".json",), _claims, _scenes)
