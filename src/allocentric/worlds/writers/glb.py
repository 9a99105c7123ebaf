"""GLB: a node for each thing, y up, with its label, kind and front in the node's extras.

A box is the unit cube under its node's matrix, which keeps every digit; a mesh is in single precision, about
its thing's centre.
"""

from __future__ import annotations

import struct
from typing import Any, Final

import numpy as np
from jaxtyping import Float

from allocentric.geometry.frames import Z_UP_FROM_Y_UP
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.scene.json_text import encode
from allocentric.scene.scene import Footprint, Scene
from allocentric.worlds.writers.writer import Notes, Writer, losses, metres_per_unit, placed_rows

CARRIED: Final = frozenset({"names", "kinds", "fronts", "shapes"})
FLOATS, INDICES, TRIANGLES = 5126, 5125, 4  # as glTF numbers them
_BOX: Final = box_mesh(np.ones(3))


def _encode(scene: Scene) -> tuple[bytes, Notes]:
    notes = losses(scene, CARRIED)
    rows = placed_rows(scene).tolist()
    if any(isinstance(scene.shapes[row], Footprint) for row in rows):
        notes.append("outlines are lost: boxes stay")
    meshes, nodes = [_BOX], []
    for row in rows:
        node, mesh = _node(scene, row)
        if mesh is not None:
            node["mesh"] = len(meshes)
            meshes.append(mesh)
        nodes.append(node)
    if len(meshes) > 1:
        notes.append("meshes are rounded to single precision")
    if any(isinstance(shape := scene.shapes[row], Mesh) and shape.paint is not None for row in rows):
        notes.append("the colours and textures of meshes are lost")
    buffer, layout = _buffer(meshes)
    file = {
        "asset": {"version": "2.0", "generator": "allocentric"},
        "scene": 0,
        "scenes": [{"name": scene.id, "nodes": [*range(len(nodes))]} if nodes else {"name": scene.id}],
        **({"nodes": nodes} if nodes else {}),
        **layout,
    }
    return _chunks(encode(file), buffer), tuple(dict.fromkeys(notes))


def _node(scene: Scene, row: int) -> tuple[dict[str, Any], Mesh | None]:
    """The node of a thing, and its mesh in the node's frame where it is more than a box."""
    unit_m, shape = metres_per_unit(scene), scene.shapes[row]
    rotation, center = scene.rotations[row], scene.centers[row] * unit_m
    to_file = Z_UP_FROM_Y_UP.T
    matrix = np.eye(4)
    matrix[:3, :3] = to_file @ rotation @ to_file.T
    matrix[:3, 3] = to_file @ center
    # The name stands here too: a reader of glTF may have to rename a node.
    extras: dict[str, Any] = {"name": scene.names[row], "label": scene.labels[row], "kind": scene.kinds[row]}
    if not np.isnan(scene.fronts[row]).any():
        extras["front"] = scene.fronts[row].tolist()
    mesh: Mesh | None = None
    if isinstance(shape, Mesh):
        mesh = Mesh((shape.vertices_m * unit_m - center) @ rotation @ to_file.T, shape.faces)
    else:
        extras["shape"] = "box"
        extents = np.abs(to_file @ (scene.sizes[row] * unit_m))
        if extents.all():
            matrix[:3, :3] *= extents
        else:  # a matrix that flattens has no axes left to read: the vertices are flat instead
            mesh = box_mesh(extents)
    node = {"name": scene.names[row], "mesh": 0, "matrix": matrix.T.ravel().tolist(), "extras": extras}
    return node, mesh


def _buffer(meshes: list[Mesh]) -> tuple[bytes, dict[str, Any]]:
    """The vertices and faces of all meshes, and where each lies."""
    parts, views, accessors = list[bytes](), list[dict[str, Any]](), list[dict[str, Any]]()
    for mesh in meshes:
        spots: Float[np.ndarray, "vertex 3"] = mesh.vertices_m.astype("<f4")
        bounds = {"min": spots.min(0).tolist(), "max": spots.max(0).tolist()}
        for data, about in (
            (spots.tobytes(), {"componentType": FLOATS, "type": "VEC3", "count": len(spots)} | bounds),
            (
                mesh.faces.astype("<u4").tobytes(),
                {"componentType": INDICES, "type": "SCALAR", "count": mesh.faces.size},
            ),
        ):
            accessors.append({"bufferView": len(views), **about})
            views.append({"buffer": 0, "byteOffset": sum(map(len, parts)), "byteLength": len(data)})
            parts.append(data)
    buffer = b"".join(parts)
    surfaces = [
        {"primitives": [{"attributes": {"POSITION": 2 * row}, "indices": 2 * row + 1, "mode": TRIANGLES}]}
        for row in range(len(meshes))
    ]
    return buffer, {
        "meshes": surfaces,
        "accessors": accessors,
        "bufferViews": views,
        "buffers": [{"byteLength": len(buffer)}],
    }


def _chunks(text: bytes, buffer: bytes) -> bytes:
    """The two chunks of a GLB, each filled up to whole words, behind its head."""
    text += b" " * (-len(text) % 4)
    buffer += b"\0" * (-len(buffer) % 4)
    body = (
        struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(buffer), b"BIN\0") + buffer
    )
    return struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body


WRITER: Final = Writer("glb", (".glb",), _encode)
