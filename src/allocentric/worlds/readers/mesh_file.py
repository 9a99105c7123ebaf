"""Meshes whose nodes are named: GLB and glTF, OBJ and PLY; each named node is a thing.

Metres. glTF is y up by its standard and is turned to z up; OBJ and PLY declare no axis and are taken to be z
up. A thing's mesh is in the world frame; its box lies along the node's own axes where the node only turns,
shifts and scales along them, else along the world's. A label is the node's name without its number
("Chair_01": chair) unless the node's extras say `label`. A PLY is one thing, called after the file. Points
and lines without faces are left out. Base colours, textures and colours of vertices and faces are the mesh's
paint; all else of a material is left out.
"""

from __future__ import annotations

import io
import re
import struct
from functools import partial
from typing import Any, Final

import numpy as np
from jaxtyping import Float
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.frames import Z_UP_FROM_Y_UP
from allocentric.geometry.meshes import Mesh, joined
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Source, Thing, scene_of
from allocentric.worlds.readers.boxes import label_of_name, plausibility
from allocentric.worlds.readers.mesh_paint import Pictures, paint_of
from allocentric.worlds.readers.obj import obj_meshes
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


def nodes_of(peek: Peek) -> tuple[list[Node], list[str]]:
    """The named nodes of a mesh file in the file's own axes, and what looks wrong.

    Raises BadInput where it cannot be read.
    """
    where, kind = str(peek.path), _kind(peek)
    try:
        if kind == "obj":
            meshes, warnings = obj_meshes(peek.data, peek.path, id=_id(peek))
            nodes: list[Node] = [(name, np.eye(4), mesh, {}) for name, mesh in meshes.items()]
        else:
            nodes, warnings = _trimesh_nodes(peek, kind)
    except _BROKEN as error:
        what = f"the {kind or 'mesh'} cannot be read: {str(error) or type(error).__name__}"
        raise BadInput(what, where=where, mend="export it again") from None
    if not nodes:
        raise BadInput("no node has a face", where=where, mend="name a file with triangles")
    return nodes, warnings


def _scene(peek: Peek) -> Scene:
    where, kind, (nodes, warnings) = str(peek.path), _kind(peek), nodes_of(peek)
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
    warnings += plausibility([each.label for each in things], centers, sizes, rotations=rotations)
    return scene_of(_id(peek), things, source=Source("mesh", where, tuple(notes), tuple(warnings)))


def _thing(node: Node, turn: Float[np.ndarray, "3 3"]) -> Thing:
    name, world_from_node, mesh, extras = node
    linear, shift = world_from_node[:3, :3], world_from_node[:3, 3]
    world = Mesh((mesh.vertices_m @ linear.T + shift) @ turn.T, mesh.faces, mesh.paint)
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


def _trimesh_nodes(peek: Peek, kind: str) -> tuple[list[Node], list[str]]:
    """The nodes of a file that trimesh reads, and what could not be read."""
    import trimesh  # noqa: PLC0415 (a fifth of a second, and only meshes need it)

    file: Any = str(peek.path) if kind == "gltf" else io.BytesIO(peek.data)
    loaded: Any = trimesh.load_scene(file, file_type=kind, process=False)
    edges = loaded.graph.to_edgelist()
    extras = {child: edge.get("metadata") or {} for _, child, edge in edges}
    parents = {child: parent for parent, child, _ in edges}
    parts, places = dict[str, list[Mesh]](), dict[str, Any]()
    pictures, bare = Pictures(), set[str]()
    for node in loaded.graph.nodes_geometry:
        places_of, geometry = loaded.graph[node]
        surface = loaded.geometry[geometry]
        if len(getattr(surface, "faces", ())):
            # One of several primitives hangs as a child under its node, and is called after it.
            above = parents.get(node, "")
            whole = (
                above
                if surface.metadata.get("from_gltf_primitive") and node.startswith(f"{above}_")
                else node
            )
            paint = paint_of(surface, pictures, is_light=kind in ("glb", "gltf"))
            faces = np.asarray(surface.faces, np.int64)
            parts.setdefault(whole, []).append(Mesh(np.asarray(surface.vertices, float), faces, paint))
            places[whole] = np.asarray(places_of, float)
            material = getattr(surface.visual, "material", None)
            if getattr(material, "baseColorTexture", None) is None:
                bare.add(str(getattr(material, "name", "")))
    header = _header(peek, kind)
    found = list[Node]()
    for node, meshes in parts.items():
        name = _id(peek) if kind == "ply" else str(extras.get(node, {}).get("name", node))
        found.append((name, places[node], joined(meshes), extras.get(node, {})))
    order = {node.name: at for at, node in enumerate(header.nodes)}
    lost = sorted({each.name for each in header.materials if each.textured} & bare)
    return (
        sorted(found, key=lambda each: (order.get(each[0], len(order)), each[0])),
        [f"the texture of material {name!r} cannot be read: its colour is plain" for name in lost],
    )


class _Named(Struct):
    name: str = ""


class _Surface(Struct, frozen=True):
    baseColorTexture: _Named | None = None


class _Material(Struct):
    name: str = ""
    pbrMetallicRoughness: _Surface = _Surface()

    @property
    def textured(self) -> bool:
        return self.pbrMetallicRoughness.baseColorTexture is not None


class _Gltf(Struct):
    nodes: list[_Named] = []
    materials: list[_Material] = []


def _header(peek: Peek, kind: str) -> _Gltf:
    """What a glTF says of its nodes, which trimesh gives in the order of its own graph, and materials."""
    text = peek.data
    if kind == "glb":
        (length,) = struct.unpack_from("<I", text, 12)
        text = text[20 : 20 + length]
    return decode(text, _Gltf, where=str(peek.path)) if kind in ("glb", "gltf") else _Gltf()


def _claims(peek: Peek) -> bool:
    return bool(_kind(peek))


READER: Final = Reader("mesh", (".glb", ".gltf", ".obj", ".ply"), _claims, _scenes)
