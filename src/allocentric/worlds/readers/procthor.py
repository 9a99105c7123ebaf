"""Houses of ProcTHOR, AI2-THOR and Holodeck: rooms, walls, doors, windows and objects in one JSON text.

Metres; Unity's world is LEFT-handed, y up, z ahead: (x, y, z) there is (x, z, y) here, so that handedness
changes and a turn to the right there is one to the right here. Angles are degrees, turned about z, then x,
then y. An object stands with the middle of its box at `position`; how large it is stands in the asset
database: where `asset-database.json` lies beside the house it is read, else sizes are unknown. Objects on or
in others (`children`) are things too. Doors and windows are told along their first wall from its first
corner; walls are split around them, so that a doorway is open. A wall between two rooms is there twice, once
for each room; walls that are `empty` are none. In a `.jsonl` file each line is a house, its number the id.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from jaxtyping import Float
from msgspec import Struct
from shapely.geometry import MultiPolygon, Polygon

from allocentric.errors import BadInput
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Complete, Footprint, Scene, Source, Thing, scene_of
from allocentric.worlds.readers.boxes import camel_label, label_of_name, plausibility, region
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

OURS_FROM_UNITY: Final = np.array([[1.0, 0, 0], [0, 0, 1], [0, 1, 0]])
DATABASE: Final = "asset-database.json"
ONE_WALL_WITHIN: Final = 0.5  # metres between the two sides of a wall
LEAST: Final = 1e-6  # metres: what is thinner is no piece of a wall

Two = Float[np.ndarray, "2"]


class _Vector(Struct, frozen=True):
    x: float
    y: float
    z: float

    def ours(self) -> Float[np.ndarray, "3"]:
        return np.array([self.x, self.z, self.y])


ZERO: Final = _Vector(0.0, 0.0, 0.0)


class _Object(Struct):
    id: str
    position: _Vector
    assetId: str = ""
    rotation: _Vector = ZERO
    object_name: str = ""
    children: list[_Object] = []


class _Room(Struct):
    id: str
    roomType: str
    floorPolygon: list[_Vector]


class _Wall(Struct):
    id: str
    polygon: list[_Vector]
    empty: bool = False
    thickness: float = 0.0


class _Bounds(Struct):
    min: _Vector
    max: _Vector


class _Hole(Struct):
    id: str
    wall0: str
    wall1: str | None = None
    holePolygon: list[_Vector] = []
    boundingBox: _Bounds | None = None  # before schema 1.0.0


class _House(Struct):
    rooms: list[_Room]
    walls: list[_Wall] = []
    doors: list[_Hole] = []
    windows: list[_Hole] = []
    objects: list[_Object] = []


class _Asset(Struct):
    assetId: str
    boundingBox: _Vector


@dataclass(frozen=True, eq=False, slots=True)
class _Side:
    """A wall from its first lowest corner to its second, seen from above."""

    start: Two
    along: Two
    length: float
    low: float
    high: float
    thickness: float

    def box(
        self, label: str, span: tuple[float, float], up: tuple[float, float], *, thickness: float = 0.0
    ) -> Thing:
        x, y = self.start + self.along * sum(span) / 2
        return Thing(
            label=label,
            kind="structure",
            center=(x, y, sum(up) / 2),
            size=(span[1] - span[0], thickness, up[1] - up[0]),
            yaw_rad=math.atan2(self.along[1], self.along[0]),
        )


@dataclass(frozen=True, eq=False, slots=True)
class _Opening:
    """A door or window on the floor plan, from end to end, and from how low to how high."""

    ends: tuple[Two, Two]
    low: float
    high: float


def _claims(peek: Peek) -> bool:
    return {"rooms", "walls", "objects"} <= peek.keys


def _scenes(peek: Peek) -> Scenes:
    if peek.path.suffix != ".jsonl":
        id = peek.path.name.split(".")[0]
        return {id: partial(_scene, peek.data, peek.path, id, where=str(peek.path))}
    lines = [line for line in peek.data.splitlines() if line.strip()]
    return {
        str(at): partial(_scene, line, peek.path, str(at), where=f"{peek.path}, line {at + 1}")
        for at, line in enumerate(lines)
    }


def _scene(data: bytes, path: Path, id: str, *, where: str) -> Scene:
    house = decode(data, _House, where=where)
    sides = {each.id: _side(each, where) for each in house.walls}
    top = max((side.high for side in sides.values()), default=0.0)
    rooms = [_room(each, top, where) for each in house.rooms]
    sizes, told = _sizes(path.parent / DATABASE)
    objects = [_thing(each, sizes) for each in _all(house.objects)]
    openings = [
        (kind, each, _opening(each, sides, where))
        for kind, held in (("door", house.doors), ("window", house.windows))
        for each in held
    ]
    structure, warnings = _structure(house.walls, sides, openings)
    things = [*objects, *structure, *rooms]
    warnings += _implausible(objects)
    unsized = sum(not np.isfinite(each.size_slack).all() for each in objects)
    empty = sum(each.empty for each in house.walls)
    notes = [
        "Unity's left-handed world, y up, turned to z up: (x, y, z) is (x, z, y)",
        "objects stand with the middle of their box at their position",
        told,
        *[f"objects whose size is unknown: {unsized} of {len(objects)}"] * bool(unsized),
        *[f"walls that are empty, left out: {empty}"] * bool(empty),
        "complete: the house lists all that is in it",
    ]
    floor, parts = _floor(rooms)
    notes += [f"floor: the largest of {parts} parts that do not meet"] * (parts > 1)
    names = Counter(each.name for each in things)
    return scene_of(
        id,
        [each if names[each.name] == 1 else replace(each, name=None) for each in things],
        floor=floor,
        complete=Complete(),
        source=Source("procthor", where, tuple(notes), tuple(warnings)),
    )


def _all(objects: Iterable[_Object]) -> Iterator[_Object]:
    for each in objects:
        yield each
        yield from _all(each.children)


def _sizes(path: Path) -> tuple[dict[str, Float[np.ndarray, "3"]], str]:
    """The sizes of assets, z up, from the database beside the house; and whether it was there."""
    if not path.is_file():
        return {}, f"no {DATABASE} lies beside the house"
    held = decode(read_bytes(path), dict[str, list[_Asset]], where=str(path))
    sizes = {asset.assetId: asset.boundingBox.ours() for assets in held.values() for asset in assets}
    return sizes, f"sizes of {len(sizes)} assets are from {DATABASE}"


def _thing(told: _Object, sizes: Mapping[str, Float[np.ndarray, "3"]]) -> Thing:
    kind, bar, _ = told.id.partition("|")
    size = sizes.get(told.assetId)
    return Thing(
        label=camel_label(kind) if bar else label_of_name(told.object_name or told.assetId or told.id),
        name=told.id,
        center=told.position.ours(),
        size=(0.0, 0.0, 0.0) if size is None else size,
        rotation=_rotation(told.rotation),
        size_slack=np.inf if size is None else 0.0,
    )


def _rotation(told: _Vector) -> Float[np.ndarray, "3 3"]:
    """Unity's Euler angles, about z, then x, then y, in our axes."""

    def about(axis: int, degrees: float) -> Float[np.ndarray, "3 3"]:
        quarters = degrees / 90
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        if quarters == round(quarters):
            cosine, sine = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][round(quarters) % 4]
        first, second = (axis + 1) % 3, (axis + 2) % 3
        turn = np.eye(3)
        turn[[first, second], [first, second]] = cosine
        turn[first, second], turn[second, first] = -sine, sine
        return turn

    unity = about(1, told.y) @ about(0, told.x) @ about(2, told.z)
    ours: Float[np.ndarray, "3 3"] = OURS_FROM_UNITY @ unity @ OURS_FROM_UNITY.T + 0.0
    return ours


def _room(told: _Room, top: float, where: str) -> Thing:
    corners = np.array([each.ours() for each in told.floorPolygon]).reshape(-1, 3)
    low = float(corners[:, 2].min(initial=np.inf)) if len(corners) else 0.0
    place = f"{where}, room {told.id!r}"
    return region(
        camel_label(told.roomType), told.id, corners[:, :2], low=low, high=max(top, low), where=place
    )


def _floor(rooms: list[Thing]) -> tuple[Polygon | None, int]:
    """The outline of all rooms together, its largest part, and how many parts there are."""
    outlines = [each.shape.polygon for each in rooms if isinstance(each.shape, Footprint)]
    union = shapely.union_all(outlines)
    parts = list(union.geoms) if isinstance(union, MultiPolygon) else [union]
    largest = max(parts, key=lambda part: float(part.area))
    return (largest if isinstance(largest, Polygon) and not largest.is_empty else None), len(parts)


def _side(told: _Wall, where: str) -> _Side:
    corners = sorted((each.ours() for each in told.polygon), key=lambda corner: float(corner[2]))
    length = float(np.linalg.norm((corners[1] - corners[0])[:2])) if len(corners) == 4 else 0.0
    if not length > 0:
        what = f"the wall {told.id!r} is not four corners, two of them below the others"
        raise BadInput(what, where=where, mend="name its corners at the floor, then those above them")
    along = (corners[1] - corners[0])[:2] / length
    low, high = float(corners[0][2]), float(corners[-1][2])
    return _Side(corners[0][:2], along, length, low, high, told.thickness)


def _opening(told: _Hole, sides: Mapping[str, _Side], where: str) -> _Opening:
    for wall in (told.wall0, told.wall1):
        if wall and wall not in sides:
            what = f"{told.id!r} is in the wall {wall!r}, which is not there"
            raise BadInput(what, where=where, mend="get the whole house again")
    held = [told.boundingBox.min, told.boundingBox.max] if told.boundingBox else told.holePolygon
    if len(held) != 2 or not (held[0].x < held[1].x and held[0].y < held[1].y):
        what = f"{told.id!r} has no hole from a lower to an upper corner"
        raise BadInput(what, where=where, mend="give holePolygon two corners, the least first")
    side = sides[told.wall0]
    low, high = side.low + held[0].y, side.low + held[1].y
    return _Opening((side.start + side.along * held[0].x, side.start + side.along * held[1].x), low, high)


def _structure(
    walls: list[_Wall], sides: Mapping[str, _Side], openings: list[tuple[str, _Hole, _Opening]]
) -> tuple[list[Thing], list[str]]:
    """The walls, split around their doors and windows, and these; and what does not fit."""
    through: dict[str, list[_Opening]] = {each.id: [] for each in walls}
    things, apart = list[Thing](), list[str]()
    for label, told, opening in openings:
        side = sides[told.wall0]
        span = _span(side, opening)
        things.append(replace(side.box(label, span, (opening.low, opening.high)), name=told.id))
        for wall in dict.fromkeys(each for each in (told.wall0, told.wall1) if each):
            if _off(sides[wall], opening) > ONE_WALL_WITHIN:
                apart.append(told.id)
            else:
                through[wall].append(opening)
    for each in walls:
        if not each.empty:
            things += _pieces(each.id, sides[each.id], through[each.id])
    if not apart:
        return things, []
    return things, [f"doors and windows whose two walls are not one: {len(apart)}, first {apart[0]!r}"]


def _span(side: _Side, opening: _Opening) -> tuple[float, float]:
    """From where to where an opening lies along a wall, on it."""
    first, second = sorted(float((end - side.start) @ side.along) for end in opening.ends)
    return min(max(first, 0.0), side.length), max(min(second, side.length), 0.0)


def _off(side: _Side, opening: _Opening) -> float:
    across = np.array([-side.along[1], side.along[0]])
    return max(abs(float((end - side.start) @ across)) for end in opening.ends)


def _pieces(id: str, side: _Side, openings: list[_Opening]) -> Iterator[Thing]:
    """A wall around its openings; whole, under its own name, where it has none."""
    up = (side.low, side.high)
    if not openings:
        yield replace(side.box("wall", (0.0, side.length), up, thickness=side.thickness), name=id)
        return
    start = 0.0
    for opening in sorted(openings, key=lambda each: _span(side, each)):
        span = _span(side, opening)
        for along, over in (
            ((start, span[0]), up),
            (span, (side.low, opening.low)),
            (span, (opening.high, side.high)),
        ):
            if min(along[1] - along[0], over[1] - over[0]) > LEAST:
                yield side.box("wall", along, over, thickness=side.thickness)
        start = max(start, span[1])
    if side.length - start > LEAST:
        yield side.box("wall", (start, side.length), up, thickness=side.thickness)


def _implausible(objects: list[Thing]) -> list[str]:
    sized = [each for each in objects if np.isfinite(each.size_slack).all()]
    if not sized:
        return []
    parts: Any = ([each.center, each.size, each.world_from_thing()] for each in sized)
    centers, sizes, rotations = (np.array(each) for each in zip(*parts))
    return plausibility([each.label for each in sized], centers, sizes, rotations=rotations)


READER: Final = Reader("procthor", (".json", ".jsonl"), _claims, _scenes)
