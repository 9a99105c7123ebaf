"""Meshes whose nodes are named: GLB and glTF, OBJ and PLY; each named node is a thing.

Metres. glTF is y up by its standard and is turned to z up; OBJ and PLY declare no axis and are taken to be z
up. A thing's mesh is in the world frame; its box lies along the node's own axes where the node only turns,
shifts and scales along them, else along the world's. A label is the node's name without its number
("Chair_01": chair) unless the node's extras say `label`. A PLY is one thing, called after the file. Points
and lines without faces are left out.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import numpy as np
from jaxtyping import Float, Int
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.frames import Z_UP_FROM_Y_UP
from allocentric.geometry.meshes import Mesh
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Source, Thing, scene_of
from allocentric.worlds.readers.boxes import label_of_name, plausibility
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

Node = tuple[str, Float[np.ndarray, "4 4"], Mesh, dict[str, Any]]
"""Name, `world_from_node` in the file's axes, mesh in the node's own frame, extras."""

SQUARE_WITHIN: Final = 1e-6
_OBJ_LINE: Final = re.compile(rb"(?m)^v\s+\S+\s+\S+\s+\S+")
_HEAD_BYTES: Final = 1 << 16
# What a reader of triangles may raise on a file that is broken: there is no one error for it.
_BROKEN: Final = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RecursionError,
    MemoryError,
    NameError,
    ArithmeticError,
    EOFError,
    struct.error,
)


def _kind(peek: Peek) -> str:
    """glb, gltf, ply or obj by the content; empty for none of them."""
    if peek.data.startswith(b"glTF"):
        return "glb"
    if "asset" in peek.keys and peek.keys & {"meshes", "nodes"}:
        return "gltf"
    if re.match(rb"ply\s", peek.data[:_HEAD_BYTES]):
        return "ply"
    return "obj" if _OBJ_LINE.search(peek.data[:_HEAD_BYTES]) else ""


def _scenes(peek: Peek) -> Scenes:
    return {_id(peek): partial(_scene, peek)}


def _id(peek: Peek) -> str:
    return peek.path.name.rsplit(".", 1)[0]


def nodes_of(peek: Peek) -> list[Node]:
    """The named nodes of a mesh file in the file's own axes; raises BadInput where it cannot be read."""
    where, kind = str(peek.path), _kind(peek)
    try:
        nodes = list(_obj_nodes(peek.data, _id(peek)) if kind == "obj" else _trimesh_nodes(peek, kind))
    except _BROKEN as error:
        what = f"the {kind or 'mesh'} cannot be read: {str(error) or type(error).__name__}"
        raise BadInput(what, where=where, mend="export it again") from None
    if not nodes:
        raise BadInput("no node has a face", where=where, mend="name a file with triangles")
    return nodes


def _scene(peek: Peek) -> Scene:
    where, kind, nodes = str(peek.path), _kind(peek), nodes_of(peek)
    turn = Z_UP_FROM_Y_UP if kind in ("glb", "gltf") else np.eye(3)
    things = [_thing(node, turn) for node in nodes]
    skewed = sum(_own_axes(node[1][:3, :3]) is None for node in nodes)
    up = (
        "y up, turned to z up" if kind in ("glb", "gltf") else f"{kind} declares no up axis: taken to be z up"
    )
    notes = [up, "metres"]
    notes += [f"nodes that are skewed, with boxes along the world's axes: {skewed}"] * bool(skewed)
    centers, sizes = (np.array([getattr(each, part) for each in things]) for part in ("center", "size"))
    rotations = np.array([each.rotation for each in things])
    warnings = plausibility([each.label for each in things], centers, sizes, rotations=rotations)
    return scene_of(_id(peek), things, source=Source("mesh", where, tuple(notes), tuple(warnings)))


def _thing(node: Node, turn: Float[np.ndarray, "3 3"]) -> Thing:
    name, world_from_node, mesh, extras = node
    linear, shift = world_from_node[:3, :3], world_from_node[:3, 3]
    world = Mesh((mesh.vertices_m @ linear.T + shift) @ turn.T, mesh.faces)
    axes = _own_axes(linear)
    # The node's own frame is turned as the world is: what was its y is its z now.
    rotation = np.eye(3) if axes is None else turn @ axes @ turn.T
    own = Mesh(world.vertices_m @ rotation, mesh.faces)
    if axes is not None:  # the same from the node's own numbers, which lose nothing on the way
        scales = (linear * axes).sum(0)
        own = Mesh((mesh.vertices_m * scales) @ turn.T, mesh.faces)
    low, high = own.bounds_m()
    offset = np.zeros(3) if axes is None else turn @ shift
    front = extras.get("front")
    return Thing(
        label=str(extras.get("label", label_of_name(name))),
        name=name,
        kind=extras["kind"] if extras.get("kind") in ("structure", "region") else "object",
        center=rotation @ ((low + high) / 2) + offset,
        size=high - low,
        rotation=rotation,
        front=np.array(front, dtype=float) if front is not None else None,
        shape=None if extras.get("shape") == "box" else world,
    )


def _own_axes(linear: Float[np.ndarray, "3 3"]) -> Float[np.ndarray, "3 3"] | None:
    """The node's axes as a rotation, its scales taken out; None where they are skewed."""
    scales = np.linalg.norm(linear, axis=0)
    if not (scales > 0).all():
        return None
    axes: Float[np.ndarray, "3 3"] = linear / np.where(np.abs(scales - 1) < 1e-12, 1, scales)
    if np.abs(axes.T @ axes - np.eye(3)).max() > SQUARE_WITHIN:
        return None
    if np.linalg.det(axes) < 0:  # a mirrored node: its scale along x is below 0
        axes = axes * np.array([-1.0, 1, 1])
    return axes


def _trimesh_nodes(peek: Peek, kind: str) -> list[Node]:
    """The nodes of a file that trimesh reads."""
    import trimesh  # noqa: PLC0415 (a fifth of a second, and only meshes need it)

    file: Any = str(peek.path) if kind == "gltf" else io.BytesIO(peek.data)
    loaded: Any = trimesh.load_scene(file, file_type=kind, process=False, merge_primitives=True)
    edges = loaded.graph.to_edgelist()
    extras = {child: edge.get("metadata") or {} for _, child, edge in edges}
    found = list[Node]()
    for node in loaded.graph.nodes_geometry:
        world_from_node, geometry = loaded.graph[node]
        surface = loaded.geometry[geometry]
        if len(getattr(surface, "faces", ())):
            mesh = Mesh(np.asarray(surface.vertices, float), np.asarray(surface.faces, np.int64))
            told = extras.get(node, {})
            name = _id(peek) if kind == "ply" else str(told.get("name", node))
            found.append((name, np.asarray(world_from_node, float), mesh, told))
    order = _order_in_file(peek, kind)
    return sorted(found, key=lambda each: (order.get(each[0], len(order)), each[0]))


class _Named(Struct):
    name: str = ""


class _Gltf(Struct):
    nodes: list[_Named] = []


def _order_in_file(peek: Peek, kind: str) -> dict[str, int]:
    """Where each named node stands in a glTF: trimesh gives them in the order of its own graph."""
    text = peek.data
    if kind == "glb":
        (length,) = struct.unpack_from("<I", text, 12)
        text = text[20 : 20 + length]
    nodes = decode(text, _Gltf, where=str(peek.path)).nodes if kind in ("glb", "gltf") else []
    return {node.name: at for at, node in enumerate(nodes)}


def _obj_nodes(data: bytes, id: str) -> Iterator[Node]:
    """The objects of an OBJ (its groups, where it names none), as triangles."""
    word = "o" if re.search(rb"(?m)^o\s", data) else "g"
    vertices, faces, name = list[list[str]](), dict[str, list[list[int]]](), id
    for line in data.decode(errors="replace").splitlines():
        kind, *values = line.split() or [""]
        if kind == "v":
            vertices.append(values[:3])
        elif kind == word:
            name = " ".join(values) or id
        elif kind == "f":
            numbers = [int(each.split("/")[0]) for each in values]
            ring = [each - 1 if each > 0 else len(vertices) + each for each in numbers]
            fan = [[ring[0], ring[at], ring[at + 1]] for at in range(1, len(ring) - 1)]
            faces.setdefault(name, []).extend(fan)
    spots = np.array(vertices, dtype=float).reshape(-1, 3)
    for name, each in faces.items():
        if each:
            used, renumbered = _used(np.array(each, dtype=np.int64), len(spots))
            yield name, np.eye(4), Mesh(spots[used], renumbered), {}


def _used(
    faces: Int[np.ndarray, "face 3"], count: int
) -> tuple[Int[np.ndarray, " used"], Int[np.ndarray, "face 3"]]:
    if faces.min() < 0 or faces.max() >= count:
        raise ValueError(f"a face names vertex {int(faces.max()) + 1} of {count}")
    used, renumbered = np.unique(faces, return_inverse=True)
    return used, renumbered.reshape(-1, 3)


def _claims(peek: Peek) -> bool:
    return bool(_kind(peek))


READER: Final = Reader("mesh", (".glb", ".gltf", ".obj", ".ply"), _claims, _scenes)
