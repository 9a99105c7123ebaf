"""SpatialLM's layout text: walls as `Wall`, all else as `Bbox`, which turns about the vertical only."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from allocentric.errors import BadInput
from allocentric.geometry.frames import rotation_about_up, yaw_of
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.boxes import plain_label
from allocentric.worlds.writers.writer import Notes, Writer, losses, metres_per_unit, placed_rows

UPRIGHT_WITHIN: Final = 1e-6
_NOT_IN_A_CLASS: Final = re.compile(r"[\s(),=]+")


def _encode(scene: Scene) -> tuple[bytes, Notes]:
    notes = losses(scene, frozenset())
    walls, boxes = list[str](), list[str]()
    for row in placed_rows(scene).tolist():
        yaw_rad = yaw_of(scene.rotations[row])
        if np.abs(rotation_about_up(yaw_rad) - scene.rotations[row]).max() > UPRIGHT_WITHIN:
            what = f"{scene.names[row]!r} is tilted, and this layout has no tilt"
            mend = "write embodiedscan, boxes or glb instead, or leave it out"
            raise BadInput(what, where=f"scene {scene.id!r}", mend=mend)
        if scene.kinds[row] == "structure" and scene.labels[row] == "wall":
            walls.append(f"wall_{len(walls)}=Wall({_wall(scene, row)})")
            continue
        name = _NOT_IN_A_CLASS.sub("_", scene.labels[row].strip())
        if plain_label(name) != scene.labels[row]:
            notes.append("letters of labels are changed")
        numbers = [*_lengths(scene, scene.centers[row]), yaw_rad, *_lengths(scene, scene.sizes[row])]
        boxes.append(f"bbox_{len(boxes)}=Bbox({name},{_joined(numbers)})")
    return "".join(f"{line}\n" for line in walls + boxes).encode(), tuple(dict.fromkeys(notes))


def _wall(scene: Scene, row: int) -> str:
    length, thickness, height = _lengths(scene, scene.sizes[row])
    foot = np.array(_lengths(scene, scene.centers[row])) - [0, 0, height / 2]
    along = scene.rotations[row][:, 0] * length / 2
    return _joined([*(foot - along).tolist(), *(foot + along).tolist(), height, thickness])


def _lengths(scene: Scene, values: np.ndarray) -> list[float]:
    found: list[float] = (values * metres_per_unit(scene)).tolist()
    return found


def _joined(numbers: list[float]) -> str:
    return ",".join(map(repr, numbers))


WRITER: Final = Writer("spatiallm", (".txt",), _encode)
