"""The puzzle that a scene is, as a value: read back from its things, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.folding import Fold, Spot
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.nets import Square
from allocentric.geometry.polycubes import Figure
from allocentric.geometry.sections import Corner
from allocentric.scene.facts import Footprint
from allocentric.scene.scene import Scene

LETTERS: Final = "ABCD"
SIDES: Final = ("left", "right", "top")
FACES: Final = 6
NEAR: Final = 1e-6
Seen = tuple[str, str, str]
"""The colours of a cube seen from a corner: on the left, on the right, on top."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """A figure of cubes, and others by letter, one of which it is when it is turned."""

    target: Figure
    options: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Folding:
    """A sheet, how it is folded, where it is then punched, and sheets by letter to choose from."""

    sheet: BaseGeometry
    folds: tuple[Fold, ...]
    holes: tuple[Spot, ...]
    options: Mapping[str, frozenset[Spot]]


@dataclass(frozen=True, slots=True)
class Net:
    """Six coloured squares, and cubes by letter, seen from a corner."""

    coloured: Mapping[Square, str]
    options: Mapping[str, Seen]


@dataclass(frozen=True, slots=True)
class Cut:
    """A convex solid by its corners, and three points on its edges."""

    name: str
    corners: tuple[Corner, ...]
    plane: tuple[Corner, Corner, Corner]


@dataclass(frozen=True, slots=True)
class Stack:
    """Cubes to be counted."""

    cubes: Figure


Puzzle = Rotation | Folding | Net | Cut | Stack


def puzzle_in(scene: Scene) -> Puzzle | None:
    """The puzzle that a scene is; None where it is none."""
    return scene.cached("puzzle", lambda: _puzzle_in(scene))


def _puzzle_in(scene: Scene) -> Puzzle | None:
    labels = set(scene.labels)
    if {"target", *(f"figure {each}" for each in LETTERS)} <= labels:
        return Rotation(
            _figure(scene, "target"), {each: _figure(scene, f"figure {each}") for each in LETTERS}
        )
    if {"sheet", "fold 1", "hole", *(f"sheet {each}" for each in LETTERS)} <= labels:
        return _folding(scene)
    if {f"cube {letter} {side}" for letter in LETTERS for side in SIDES} <= set(scene.names):
        return _net(scene)
    if set("PQR") <= labels and len(scene) == 4:
        return _cut(scene)
    return Stack(_figure(scene, "cube")) if labels == {"cube"} and scene.metric else None


def _figure(scene: Scene, label: str) -> Figure:
    """The unit cells of the things of one label, from the lowest on."""
    at = scene.centers[[row for row, each in enumerate(scene.labels) if each == label]]
    cells = np.rint(at - at.min(axis=0)).astype(int)
    return frozenset((int(x), int(y), int(z)) for x, y, z in cells)


def _folding(scene: Scene) -> Folding:
    def shape(name: str) -> BaseGeometry:
        held = scene.shapes[scene.names.index(name)]
        return held.polygon if isinstance(held, Footprint) else shapely.Point()

    def spots(name: str) -> list[Spot]:
        return [(float(x), float(y)) for x, y in shapely.get_coordinates(shape(name))]

    count = sum(each.startswith("fold ") for each in scene.names)
    folds = tuple((one, other) for one, other in (spots(f"fold {row}") for row in range(1, count + 1)))
    options = {each: frozenset(spots(f"sheet {each}")) for each in LETTERS}
    return Folding(shape("sheet"), folds, tuple(spots("hole")), options)


def net_rows(scene: Scene) -> dict[str, int]:
    """The rows of the squares of a net, by their labels; none where there are not six of them.

    They are the unit squares of a page that lie flat on it, each called by its label alone.
    """

    def made() -> dict[str, int]:
        flat = np.all(np.abs(scene.sizes - (1.0, 1.0, 0.0)) < NEAR, axis=1) if scene.space == "page" else ()
        rows = {scene.labels[row]: row for row, is_flat in enumerate(flat) if is_flat}
        return rows if len(rows) == sum(flat) == FACES else {}

    return scene.cached("squares of a net", made)


def net_squares(scene: Scene) -> dict[Square, str]:
    """The labels of the squares of a net by where they are, x to the right and y up."""
    rows = list(net_rows(scene).values())
    low = scene.centers[rows, :2].min(axis=0)
    places = np.rint(scene.centers[rows, :2] - low).astype(int).tolist()
    return {(x, y): scene.labels[row] for (x, y), row in zip(places, rows, strict=True)}


def _net(scene: Scene) -> Net:
    seen = {
        letter: [scene.labels[scene.names.index(f"cube {letter} {side}")] for side in SIDES]
        for letter in LETTERS
    }
    told = {letter: (left, right, top) for letter, (left, right, top) in seen.items()}
    return Net(net_squares(scene), told)


def _cut(scene: Scene) -> Cut | None:
    """The cut, moved so that its coordinates are whole numbers again."""
    solid = next((row for row, label in enumerate(scene.labels) if label not in ("P", "Q", "R")), None)
    shape = None if solid is None else scene.shapes[solid]
    if solid is None or not isinstance(shape, Mesh):
        return None
    low = shape.vertices_m.min(axis=0)

    def whole(at: np.ndarray) -> Corner:
        x, y, z = np.rint(at - low).astype(int).tolist()
        return x, y, z

    p, q, r = (whole(scene.centers[scene.labels.index(each)]) for each in "PQR")
    return Cut(scene.labels[solid], tuple(whole(each) for each in shape.vertices_m), (p, q, r))
