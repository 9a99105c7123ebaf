"""SpatialLM's layout text: a line each for walls, doors, windows and boxes of furniture.

Metres, z up. `Wall(ax, ay, az, bx, by, bz, height, thickness)` stands on the line from a to b; `Door(wall,
x, y, z, width, height)` and `Window` are centred at their place and lie along their wall; `Bbox(class, x,
y, z, angle_z, sx, sy, sz)` is centred at its place, its full sizes along its own axes. The text is taken
apart, never run as a program. Walls, doors and windows are structure.
"""

from __future__ import annotations

import math
import re
from functools import partial
from typing import Final

import numpy as np

from allocentric.errors import BadInput
from allocentric.scene.scene import Scene, Source, Thing, scene_of
from allocentric.worlds.readers.boxes import checked_axes, plain_label, plausibility
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

_LINE: Final = re.compile(r"(?P<name>\w+)\s*=\s*(?P<kind>\w+)\((?P<values>[^()]*)\)")
_CLAIM: Final = re.compile(rb"(?m)^\s*\w+\s*=\s*(Wall|Door|Window|Bbox)\(")
_HEAD_BYTES: Final = 1 << 16
_WORDS: Final = {"Wall": 0, "Door": 1, "Window": 1, "Bbox": 1}  # values before the numbers
_NUMBERS: Final = {"Wall": 8, "Door": 5, "Window": 5, "Bbox": 7}


def _scenes(peek: Peek) -> Scenes:
    id = peek.path.name.split(".")[0]
    return {id: partial(_scene, peek, id)}


def _scene(peek: Peek, id: str) -> Scene:
    things, walls = list[Thing](), dict[str, tuple[float, float]]()
    text = peek.data.decode(errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"{peek.path}, line {number}"
        name, kind, words, values = _entity(line.strip(), where)
        if kind == "Wall":
            things.append(_wall(values))
            walls[name] = (things[-1].yaw_rad, values[7])
        elif kind == "Bbox":
            x, y, z, yaw_rad, *size = values
            things.append(Thing(label=plain_label(words[0]), center=(x, y, z), size=size, yaw_rad=yaw_rad))
        elif words[0] not in walls:
            raise BadInput(f"{name} is in {words[0]!r}, which is no wall above it", where=where, mend=_MEND)
        else:
            yaw_rad, thickness = walls[words[0]]
            x, y, z, width, height = values
            size = [width, thickness, height]
            things.append(
                Thing(label=kind.lower(), kind="structure", center=(x, y, z), size=size, yaw_rad=yaw_rad)
            )
    labels = [each.label for each in things]
    centers, sizes = (
        np.array([getattr(each, part) for each in things]).reshape(-1, 3) for part in ("center", "size")
    )
    rotations = np.array([each.world_from_thing() for each in things]).reshape(-1, 3, 3)
    names = [f"{label} (line {row + 1})" for row, label in enumerate(labels)]
    rotations, warnings = checked_axes(names, centers, sizes, rotations=rotations, where=str(peek.path))
    warnings += plausibility(labels, centers, sizes, rotations=rotations)
    notes = ("z up, metres", "boxes turn about the vertical only")
    return scene_of(id, things, source=Source("spatiallm", str(peek.path), notes, tuple(warnings)))


_MEND: Final = (
    "write Wall(ax, ay, az, bx, by, bz, height, thickness), Door(wall, x, y, z, width, height), ..."
)


def _entity(line: str, where: str) -> tuple[str, str, list[str], list[float]]:
    """Name, kind, words and numbers of one line; raises BadInput where it is none."""
    found = _LINE.fullmatch(line)
    if found is None or found["kind"] not in _NUMBERS:
        raise BadInput(f"this is no layout line: {line[:60]!r}", where=where, mend=_MEND)
    kind = found["kind"]
    values = [each.strip() for each in found["values"].split(",")]
    words, numbers = [each.strip("'\"") for each in values[: _WORDS[kind]]], values[_WORDS[kind] :]
    try:
        read = [float(each) for each in numbers]
    except ValueError as error:
        raise BadInput(str(error), where=where, mend=_MEND) from None
    if len(read) != _NUMBERS[kind] or not all(map(math.isfinite, read)):
        what = f"{kind} takes {_NUMBERS[kind]} finite numbers, not {', '.join(numbers)}"
        raise BadInput(what, where=where, mend=_MEND)
    return found["name"], kind, words, read


def _wall(values: list[float]) -> Thing:
    start, end = np.array(values[:3]), np.array(values[3:6])
    along, (height, thickness) = end - start, values[6:]
    return Thing(
        label="wall",
        kind="structure",
        center=(start + end) / 2 + [0, 0, height / 2],
        size=[float(np.linalg.norm(along)), thickness, height],
        yaw_rad=math.atan2(along[1], along[0]),
    )


def _claims(peek: Peek) -> bool:
    return _CLAIM.search(peek.data[:_HEAD_BYTES]) is not None


READER: Final = Reader("spatiallm", (".txt",), _claims, _scenes)
