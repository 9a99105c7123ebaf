"""Spark-DSG, the scene graph that Hydra writes: objects, rooms, places and agents in one JSON graph.

Metres, z up, single precision. A box of type AABB lies along the world's axes; RAABB and OBB are turned by
`world_R_center` (quaternion by name) about `world_P_center`; INVALID is no box at all, whatever numbers
stand there. Old files give `min` and `max` (of a turned box: about its centre), newer ones `dimensions`.
Classes are numbers: their names are in the file's label space, if it has one, else every object is an
"object". A room is a place without extent here: its position is known, its size is not. Places are the
centres of free balls: the floor's outline is taken to be the discs under them, so it is a lower bound of
the true one. Agents are the body of a robot, x ahead and z up (ROS); their views look along x.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import partial
from typing import Any, Final

import numpy as np
import shapely
from jaxtyping import Float
from msgspec import Struct
from shapely.geometry import MultiPolygon, Polygon

from allocentric.geometry.frames import BODY_FROM_CAMERA
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Source, Thing, View, scene_of
from allocentric.worlds.readers.boxes import checked_axes, plain_label, plausibility
from allocentric.worlds.readers.posed import UNIT_WITHIN
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

Three = tuple[float, float, float]
ORIGIN: Final[Three] = (0.0, 0.0, 0.0)
ARC_SIDES: Final = 8  # straight sides to a quarter of a disc, all within it
STOREY_M: Final = 5.0  # places farther apart in height are on more than one floor


class _Turn(Struct, frozen=True):
    w: float = 1.0
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0

    def __post_init__(self) -> None:
        if not abs(math.hypot(self.w, self.x, self.y, self.z) - 1) <= UNIT_WITHIN:
            raise ValueError("this is no unit quaternion")

    def rotation(self) -> Float[np.ndarray, "3 3"]:
        return rotation_from_quaternion(self.w, self.x, self.y, self.z)


class _Box(Struct, frozen=True):
    type: str | int | None = "INVALID"
    min: Three = ORIGIN
    max: Three = ORIGIN
    dimensions: Three | None = None
    world_P_center: Three = ORIGIN
    world_R_center: _Turn = _Turn()

    def placed(self) -> tuple[Any, Any, Any] | None:
        """Centre, full sizes and rotation; None where it is no box."""
        low, high, middle = np.array(self.min), np.array(self.max), np.array(self.world_P_center)
        if self.type in ("INVALID", None, 0):
            return None
        turned = self.type not in ("AABB", 1)
        rotation = self.world_R_center.rotation() if turned else np.eye(3)
        if self.dimensions is not None:
            return middle, np.array(self.dimensions), rotation
        center = middle + rotation @ ((low + high) / 2) if turned else (low + high) / 2
        return center, high - low, rotation


class _Attributes(Struct):
    type: str
    position: Three
    name: str = ""
    semantic_label: int = 0
    bounding_box: _Box = _Box()
    distance: float = 0.0
    world_R_body: _Turn = _Turn()
    timestamp: int | None = None


class _Node(Struct):
    attributes: _Attributes
    timestamp: int | None = None

    def time_ns(self) -> int:
        return self.timestamp if self.timestamp is not None else self.attributes.timestamp or 0


class _Metadata(Struct, frozen=True):
    labelspaces: dict[str, list[tuple[int, str]]] = {}


class _Graph(Struct):
    nodes: list[_Node]
    metadata: _Metadata = _Metadata()


def _scenes(peek: Peek) -> Scenes:
    id = peek.path.name.removesuffix(".json")
    return {id: partial(_scene, peek, id)}


def _scene(peek: Peek, id: str) -> Scene:
    graph = decode(peek.data, _Graph, where=str(peek.path))
    by_type: dict[str, list[_Node]] = {}
    for node in graph.nodes:
        by_type.setdefault(node.attributes.type.removeprefix("Khronos"), []).append(node)
    objects, warnings, notes = _objects(by_type, graph.metadata, str(peek.path))
    rooms = [_room(each.attributes) for each in by_type.get("RoomNodeAttributes", [])]
    floor, about = _floor([each.attributes for each in by_type.get("PlaceNodeAttributes", [])])
    agents = sorted(by_type.get("AgentNodeAttributes", []), key=_Node.time_ns)
    start_ns = agents[0].time_ns() if agents else 0
    if agents:
        notes.append(f"agents: x ahead, z up (ROS); times count from {start_ns} ns")
    names = Counter(each.name for each in objects + rooms)
    return scene_of(
        id,
        [each if each.name and names[each.name] == 1 else _nameless(each) for each in objects + rooms],
        views=tuple(_view(row, node, start_ns) for row, node in enumerate(agents)),
        floor=floor,
        source=Source("spark_dsg", str(peek.path), (*notes, *about), tuple(warnings)),
    )


def _nameless(thing: Thing) -> Thing:
    return Thing(**{name: getattr(thing, name) for name in Thing.__slots__} | {"name": None})


def _objects(
    by_type: dict[str, list[_Node]], metadata: _Metadata, where: str
) -> tuple[list[Thing], list[str], list[str]]:
    """The objects, what looks wrong with them, and how their labels and boxes were come by."""
    held = [each.attributes for each in by_type.get("ObjectNodeAttributes", [])]
    space = dict(metadata.labelspaces.get("_l2p0", next(iter(metadata.labelspaces.values()), [])))
    labels = [plain_label(space.get(each.semantic_label, "object")) for each in held]
    names = [each.name for each in held]
    boxes = [each.bounding_box.placed() for each in held]
    solid = [row for row, box in enumerate(boxes) if box is not None]
    centers, sizes, rotations = (
        np.array([box[part] for box in boxes if box is not None]).reshape(len(solid), *shape)
        for part, shape in enumerate([(3,), (3,), (3, 3)])
    )
    rotations, warnings = checked_axes(
        [names[row] for row in solid], centers, sizes, rotations=rotations, where=where
    )
    warnings += plausibility([labels[row] for row in solid], centers, sizes, rotations=rotations)
    things = [
        Thing(label=label, name=name, center=each.position, size_slack=np.inf)  # a place without a box
        for label, name, each in zip(labels, names, held)
    ]
    for at, row in enumerate(solid):
        things[row] = Thing(
            label=labels[row], name=names[row], center=centers[at], size=sizes[at], rotation=rotations[at]
        )
    notes = ["z up, single precision"]
    notes += [] if space else ["classes are numbers without names here: every thing is an 'object'"]
    notes += [f"objects with an invalid box, of unknown size: {len(held) - len(solid)}"] * (
        len(solid) < len(held)
    )
    return things, warnings, notes


def _room(told: _Attributes) -> Thing:
    box = told.bounding_box.placed()
    if box is None:
        return Thing(label="room", name=told.name, kind="region", center=told.position, size_slack=np.inf)
    return Thing(label="room", name=told.name, kind="region", center=box[0], size=box[1], rotation=box[2])


def _floor(places: list[_Attributes]) -> tuple[Polygon | None, list[str]]:
    """The discs under the free balls, the largest connected part; and how it was come by."""
    if not places:
        return None, []
    spots = np.array([each.position for each in places])
    radii = np.array([each.distance for each in places])
    discs = shapely.buffer(shapely.points(spots[:, :2]), radii, quad_segs=ARC_SIDES)
    union = shapely.union_all(discs)
    parts = list(union.geoms) if isinstance(union, MultiPolygon) else [union]
    about = [f"floor: the discs under {len(places)} free balls, less than the true outline"]
    if len(parts) > 1:
        about.append(f"floor: the largest of {len(parts)} parts that do not meet")
    if np.ptp(spots[:, 2]) > STOREY_M:
        about.append("floor: places lie on more than one storey, all seen from above")
    return max(parts, key=lambda part: float(part.area)), about


def _view(row: int, node: _Node, start_ns: int) -> View:
    told = node.attributes
    world_from_body = Pose(told.world_R_body.rotation(), np.array(told.position))
    pose = world_from_body @ Pose(BODY_FROM_CAMERA, np.zeros(3))
    return View(str(row), pose, (node.time_ns() - start_ns) / 1e9)


def _claims(peek: Peek) -> bool:
    return {"nodes", "edges"} <= peek.keys and bool(
        peek.keys & {"layer_ids", "mesh_layer_id", "SPARK_DSG_header", "layer_names", "metadata"}
    )


READER: Final = Reader("spark_dsg", (".json",), _claims, _scenes)
