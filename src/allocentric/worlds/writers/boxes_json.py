"""The boxes that a person can write by hand, one thing a line.

Carries boxes, names, kinds, fronts along the floor, slack, rooms as outlines from the floor, the floor, an
exact north and the scale where it is exact or unknown. Slack along turned axes is widened to the world's
axes.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from jaxtyping import Float
from shapely.geometry import Polygon

from allocentric.geometry.frames import rotation_about_up, yaw_of
from allocentric.scene.json_text import encode
from allocentric.scene.scene import Footprint, Scene
from allocentric.worlds.readers.boxes import label_of_name
from allocentric.worlds.readers.boxes_json import ANY_SCALE
from allocentric.worlds.writers.writer import Notes, Writer, losses, metres_per_unit, placed_rows

CARRIED: Final = frozenset(
    {"names", "kinds", "fronts", "shapes", "slacks", "floor", "scale", "north", "complete"}
)
SAME_TURN: Final = 1e-12


def _encode(scene: Scene) -> tuple[bytes, Notes]:
    notes = losses(scene, CARRIED)
    unit_m = metres_per_unit(scene)
    head: dict[str, Any] = {"format": "boxes", "id": scene.id, "unit": "m" if scene.scale.exact else None}
    if not scene.scale.exact and scene.scale != ANY_SCALE:
        notes.append("bounds of the scale are lost: it is written as unknown")
    if scene.floor is not None:
        head |= _rings(scene.floor, unit_m, "floor")
    if scene.north.exact:
        head["north_deg"] = math.degrees(scene.north.middle_rad)
    elif not scene.north.full:
        notes.append("bounds of north are lost: it is written as unknown")
    if scene.complete is not None and scene.complete.region is None:
        labels = scene.complete.labels
        head["complete"] = True if labels is None else sorted(labels)
    elif scene.complete is not None:
        notes.append("the region in which the list of things is complete is lost")
    rows = placed_rows(scene).tolist()
    rooms = [row for row in rows if _is_room(scene, row)]
    head["rooms"] = [_room(scene, row, unit_m) for row in rooms]
    things = [_thing(scene, row, unit_m, notes=notes) for row in rows if row not in rooms]
    lines = b",\n  ".join(encode(each) for each in things)
    text = encode(head).removesuffix(b"}") + b',\n "things": [\n  ' + lines + b"\n ]}\n"
    return text, tuple(dict.fromkeys(notes))


def _rings(polygon: Polygon, unit_m: float, name: str) -> dict[str, Any]:
    held = [
        (np.array(ring.coords)[:-1, :2] * unit_m).tolist() for ring in (polygon.exterior, *polygon.interiors)
    ]
    return {name: held[0]} | ({"holes": held[1:]} if held[1:] else {})


def _is_room(scene: Scene, row: int) -> bool:
    shape = scene.shapes[row]
    return scene.kinds[row] == "region" and isinstance(shape, Footprint) and shape.low == 0


def _room(scene: Scene, row: int, unit_m: float) -> dict[str, Any]:
    shape = scene.shapes[row]
    assert isinstance(shape, Footprint)
    room = {
        "name": scene.names[row],
        **_rings(shape.polygon, unit_m, "polygon"),
        "height": shape.high * unit_m,
    }
    known = label_of_name(scene.names[row]) == scene.labels[row]
    return room if known else room | {"label": scene.labels[row]}


def _thing(scene: Scene, row: int, unit_m: float, *, notes: list[str]) -> dict[str, Any]:
    thing: dict[str, Any] = {"label": scene.labels[row], "name": scene.names[row]}
    if scene.kinds[row] != "object":
        thing["kind"] = scene.kinds[row]
    thing["center"] = (scene.centers[row] * unit_m).tolist()
    thing["size"] = (scene.sizes[row] * unit_m).tolist()
    yaw_rad = yaw_of(scene.rotations[row])
    if np.abs(rotation_about_up(yaw_rad) - scene.rotations[row]).max() <= SAME_TURN:
        thing["yaw_deg"] = math.degrees(yaw_rad)
    else:
        thing["rotation"] = scene.rotations[row].tolist()
    front = scene.fronts[row]
    if abs(front[2]) < SAME_TURN:
        thing["front_deg"] = math.degrees(math.atan2(front[1], front[0]))
    elif not np.isnan(front[2]):
        notes.append("fronts that rise or fall are lost")
    if scene.shapes[row] is not None:
        notes.append("meshes and outlines are lost: boxes stay")
    return thing | _slacks(scene, row, unit_m)


def _slacks(scene: Scene, row: int, unit_m: float) -> dict[str, Any]:
    """The slacks that are not 0, of the centre along the world's axes."""
    along_world: Float[np.ndarray, "3"] = np.abs(scene.slack_axes[row]) @ scene.center_slacks[row] * unit_m
    found = {
        "slack_m": along_world.tolist(),
        "size_slack_m": (scene.size_slacks[row] * unit_m).tolist(),
        "yaw_slack_deg": math.degrees(float(scene.yaw_slacks_rad[row])),
    }
    return {name: value for name, value in found.items() if np.any(value)}


WRITER: Final = Writer("boxes", (".boxes.json",), _encode)
