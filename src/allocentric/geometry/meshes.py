"""Triangle meshes, and a tree of bounding boxes over their triangles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.geometry.paint import Paint, joined_paint


@dataclass(frozen=True, eq=False, slots=True)
class Mesh:
    """A surface of triangles. Never changes.

    Its closed parts (each edge shared by an even number of faces) bound a solid; its open parts are surfaces.
    `paint` is what colours its faces have, where that is known. Raises ValueError for a vertex that is not
    finite, a face that names none, no face at all, or paint for another number of faces.

    >>> low, high = box_mesh(np.array([2.0, 4.0, 6.0])).bounds_m()
    >>> high
    array([1., 2., 3.])
    """

    vertices_m: Float[np.ndarray, "vertex 3"]
    faces: Int[np.ndarray, "face 3"]
    paint: Paint | None = None

    def __post_init__(self) -> None:
        vertices_m = np.array(self.vertices_m, dtype=np.float64)
        faces = np.array(self.faces, dtype=np.int64)
        if vertices_m.ndim != 2 or faces.ndim != 2 or vertices_m.shape[1] != 3 or faces.shape[1] != 3:
            raise ValueError(
                f"a mesh is (n, 3) vertices and (m, 3) faces, not {vertices_m.shape} and {faces.shape}"
            )
        if not len(faces):
            raise ValueError("a mesh needs at least one face")
        if not np.isfinite(vertices_m).all():
            row = int(np.argmin(np.isfinite(vertices_m).all(axis=1)))
            raise ValueError(f"vertex {row} of the mesh is not finite: {vertices_m[row].tolist()}")
        if faces.min() < 0 or faces.max() >= len(vertices_m):
            row = int(np.argmax(((faces < 0) | (faces >= len(vertices_m))).any(axis=1)))
            raise ValueError(
                f"face {row} names a vertex of {faces[row].tolist()}; there are {len(vertices_m)}"
            )
        if self.paint is not None and len(self.paint) != len(faces):
            raise ValueError(f"there is paint for {len(self.paint)} faces; there are {len(faces)}")
        vertices_m.flags.writeable = faces.flags.writeable = False
        object.__setattr__(self, "vertices_m", vertices_m)
        object.__setattr__(self, "faces", faces)

    def moved(self, rotation: Float[np.ndarray, "3 3"], translation_m: Float[np.ndarray, "3"]) -> Mesh:
        """The mesh turned by a rotation matrix, then shifted."""
        return Mesh(self.vertices_m @ rotation.T + translation_m, self.faces, self.paint)

    def turned_over(self) -> Mesh:
        """The mesh with each face looking the other way, as after a reflection."""
        return Mesh(
            self.vertices_m, self.faces[:, ::-1], None if self.paint is None else self.paint.turned_over()
        )

    def corners_m(self) -> Float[np.ndarray, "face 3 3"]:
        """The corners of each triangle, as (face, corner, xyz)."""
        corners: Float[np.ndarray, "face 3 3"] = self.vertices_m[self.faces]
        return corners

    def bounds_m(self) -> tuple[Float[np.ndarray, "3"], Float[np.ndarray, "3"]]:
        """The lowest and the highest corner of the box along the axes which holds every face."""
        used = self.corners_m().reshape(-1, 3)
        return used.min(axis=0), used.max(axis=0)


def box_mesh(size_m: Float[np.ndarray, "3"]) -> Mesh:
    """A box of twelve triangles about the origin, along the axes; `size_m` are its full edge lengths."""
    signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    quads = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
    return Mesh(signs * np.asarray(size_m) / 2, np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]))


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """One mesh of all of these, in their order; raises ValueError for none."""
    firsts = np.cumsum([0, *(len(each.vertices_m) for each in meshes)])
    return Mesh(
        np.concatenate([np.zeros((0, 3)), *(each.vertices_m for each in meshes)]),
        np.concatenate(
            [np.zeros((0, 3), dtype=np.int64), *(each.faces + first for each, first in zip(meshes, firsts))]
        ),
        joined_paint([each.paint for each in meshes], [len(each.faces) for each in meshes]),
    )


@dataclass(frozen=True, eq=False, slots=True)
class MeshTree:
    """A mesh and a complete binary tree of boxes along the axes: node n has the children 2n+1 and 2n+2.

    The last nodes are the leaves, one triangle each: slot k is node `inner` + k. Slots left over are empty,
    their boxes turned inside out, so that nothing is near them. `bounding` tells which triangles belong to a
    closed part; `oriented` says that the closed parts agree on which side of a face is outside. `parts_m` has
    one corner of each connected part.
    """

    mesh: Mesh
    low_m: Float[np.ndarray, "node 3"]
    high_m: Float[np.ndarray, "node 3"]
    corners_m: Float[np.ndarray, "slot 3 3"]
    bounding: Bool[np.ndarray, " slot"]
    oriented: bool
    parts_m: Float[np.ndarray, "part 3"]

    @property
    def inner(self) -> int:
        """How many nodes have children; from this number on they are leaves."""
        return len(self.corners_m) - 1


def build_tree(mesh: Mesh) -> MeshTree:
    """The tree of a mesh, each node split at the median along its longest side, a whole level at once."""
    corners = mesh.corners_m()
    count = len(corners)
    depth = (count - 1).bit_length()
    # Slots left over repeat triangles for the split, so that they spread evenly over the tree.
    order = _median_order(np.resize(corners.mean(axis=1), (2**depth, 3)), depth)
    real, order = order < count, order % count
    low = np.where(real[:, None], corners.min(axis=1)[order], np.inf)
    high = np.where(real[:, None], corners.max(axis=1)[order], -np.inf)
    closed, oriented, parts = _closed_parts(mesh)
    return MeshTree(
        mesh=mesh,
        low_m=_upward(low, np.minimum),
        high_m=_upward(high, np.maximum),
        corners_m=corners[order],
        bounding=real & closed[order],
        oriented=oriented,
        parts_m=mesh.vertices_m[parts],
    )


def _median_order(middles_m: Float[np.ndarray, "slot 3"], depth: int) -> Int[np.ndarray, " slot"]:
    """The rows so ordered that each half, quarter and so on is one side of a split at the median."""
    order = np.arange(len(middles_m))[None]
    for _ in range(depth):
        own = middles_m[order]
        axis = np.ptp(own, axis=1).argmax(axis=1)
        keys = np.take_along_axis(own, axis[:, None, None], axis=2)[..., 0]
        order = np.take_along_axis(order, keys.argsort(axis=1, kind="stable"), axis=1)
        order = order.reshape(2 * len(order), -1)
    return order.reshape(-1)


def _upward(leaves: Float[np.ndarray, "slot 3"], join: np.ufunc) -> Float[np.ndarray, "node 3"]:
    """The bounds of every node, the root first, from those of the leaves."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        levels.append(join(levels[-1][::2], levels[-1][1::2]))
    return np.concatenate(levels[::-1])


def _closed_parts(mesh: Mesh) -> tuple[Bool[np.ndarray, " face"], bool, Int[np.ndarray, " part"]]:
    """Which faces belong to a closed part, whether those agree on outside, and one vertex of each part.

    Vertices at the very same place count as one: files store a corner once for each face that meets there.
    """
    _, merged = np.unique(mesh.vertices_m, axis=0, return_inverse=True)
    faces = merged.reshape(-1)[mesh.faces]
    part = _connected(faces)
    edges = np.stack([faces, np.roll(faces, -1, axis=1)], axis=-1)
    forward = edges[..., 0] < edges[..., 1]
    real = edges[..., 0] != edges[..., 1]
    keys, edge = np.unique(np.sort(edges, axis=-1).reshape(-1, 2), axis=0, return_inverse=True)
    edge = edge.reshape(-1)
    uses = np.bincount(edge, weights=real.reshape(-1), minlength=len(keys))
    balance = np.bincount(
        edge, weights=np.where(forward, 1, -1).reshape(-1) * real.reshape(-1), minlength=len(keys)
    )
    torn = np.zeros(len(merged) + 1, dtype=bool)
    torn[part[keys[uses % 2 == 1][:, 0]]] = True
    closed = ~torn[part[faces[:, 0]]]
    oriented = bool((balance[~torn[part[keys[:, 0]]]] == 0).all())
    _, at = np.unique(part[faces[:, 0]], return_index=True)
    return closed, oriented, mesh.faces[at, 0]


def _connected(faces: Int[np.ndarray, "face 3"]) -> Int[np.ndarray, " vertex"]:
    """For each vertex the least vertex of its connected part."""
    part = np.arange(faces.max() + 1)
    while True:
        least = part[faces].min(axis=1)
        lower = part.copy()
        for corner in range(3):
            np.minimum.at(lower, part[faces[:, corner]], least)
        lower = lower[lower]
        if np.array_equal(lower, part):
            return part
        part = lower[part]
