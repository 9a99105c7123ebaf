"""Flat surfaces with holes, cut into triangles between the corners that they have."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from jaxtyping import Bool, Float, Int

from allocentric.geometry.meshes import Mesh

Surface = Sequence[Sequence[int]]
"""Rings of vertex rows, the outline first, then holes; the outline runs left round seen from outside."""

AREA_WITHIN: Final = 1e-6  # share of a surface's area that its triangles may miss


@dataclass(frozen=True, eq=False, slots=True)
class Cut:
    """The triangles of many surfaces: vertex rows, looking where their surface looks, and whose they are.

    A surface in `crossing` cannot be cut, its lines cross: a fan stands for it, which keeps its edges and the
    volume of what it bounds. `off_plane` is how far a surface's corners lie from its plane.
    """

    faces: Int[np.ndarray, "face 3"]
    surface: Int[np.ndarray, " face"]
    crossing: Int[np.ndarray, " crossing"]
    off_plane: Float[np.ndarray, " surface"]


@dataclass(frozen=True, eq=False, slots=True)
class _Rings:
    """All rings end to end: corners, and of each corner its ring and the row of the one after it."""

    corners: Int[np.ndarray, " corner"]
    ring: Int[np.ndarray, " corner"]
    following: Int[np.ndarray, " corner"]
    sizes: Int[np.ndarray, " ring"]
    surface: Int[np.ndarray, " ring"]


def cut(vertices: Float[np.ndarray, "vertex 3"], surfaces: Sequence[Surface]) -> Cut:
    """The triangles of flat surfaces; no vertex is added, so what was closed stays closed.

    A ring of fewer than three corners is left out. A vertex row must be one of `vertices`.

    >>> square = np.array([[0.0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0]])
    >>> cut(square, [[[0, 1, 2, 3]]]).faces.tolist()
    [[0, 1, 2], [0, 2, 3]]
    """
    rings = _flat(surfaces)
    if not len(rings.sizes):
        nothing = np.zeros(0, dtype=np.int64)
        return Cut(np.zeros((0, 3), dtype=np.int64), nothing, nothing, np.zeros(len(surfaces)))
    normals = _normals(vertices, rings, len(surfaces))
    flat = _dropped(vertices[rings.corners], normals[rings.surface[rings.ring]])
    easy = _are_easy(flat, rings, len(surfaces))
    faces, owner = _fans(rings, easy[rings.surface[rings.ring]])
    hard, hard_owner, crossing = _cut_hard(flat, rings, ~easy[rings.surface])
    fans, fan_owner = _fans(rings, np.isin(rings.surface[rings.ring], crossing))
    owners = np.concatenate([owner, hard_owner, fan_owner])
    order = np.argsort(owners, kind="stable")
    return Cut(
        np.concatenate([faces, hard, fans])[order],
        owners[order],
        crossing,
        _off_plane(vertices, rings, normals),
    )


def is_closed(mesh: Mesh) -> bool:
    """True where every edge has as many faces on it that an inside can be told: an even number.

    Vertices at the very same place count as one.

    >>> from allocentric.geometry.meshes import box_mesh
    >>> is_closed(box_mesh(np.ones(3)))
    True
    """
    _, same = np.unique(mesh.vertices_m, axis=0, return_inverse=True)
    faces = same.reshape(-1)[mesh.faces]
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    edges = edges[edges[:, 0] != edges[:, 1]]
    _, uses = np.unique(edges[:, 0] * len(same) + edges[:, 1], return_counts=True)
    return bool((uses % 2 == 0).all())


def _flat(surfaces: Sequence[Surface]) -> _Rings:
    kept = [(row, ring) for row, rings in enumerate(surfaces) for ring in rings if len(set(ring)) > 2]
    sizes = np.array([len(ring) for _, ring in kept], dtype=np.int64)
    corners = np.fromiter(itertools.chain.from_iterable(ring for _, ring in kept), np.int64, sizes.sum())
    starts = np.cumsum(sizes) - sizes
    following = np.arange(len(corners)) + 1
    following[starts + sizes - 1] = starts
    surface = np.array([row for row, _ in kept], dtype=np.int64)
    return _Rings(corners, np.repeat(np.arange(len(sizes)), sizes), following, sizes, surface)


def _normals(
    vertices: Float[np.ndarray, "vertex 3"], rings: _Rings, count: int
) -> Float[np.ndarray, "surface 3"]:
    """Twice the vector area of each surface's outline, seen from a corner of it: so no digits are lost."""
    _, outlines = np.unique(rings.surface, return_index=True)
    starts = np.cumsum(rings.sizes) - rings.sizes
    points = vertices[rings.corners]
    own = points - points[starts[rings.ring]]
    areas = np.add.reduceat(np.cross(own, own[rings.following]), starts)
    normals = np.zeros((count, 3))
    normals[rings.surface[outlines]] = areas[outlines]
    return normals


def _dropped(
    points: Float[np.ndarray, "corner 3"], normals: Float[np.ndarray, "corner 3"]
) -> Float[np.ndarray, "corner 2"]:
    """The points without the axis nearest to their normal, left round where they ran left round about it.

    Seen along that axis a plane keeps its shape but for a stretch, and each coordinate keeps all its digits.
    """
    axis = np.abs(normals).argmax(axis=1)
    rows = np.arange(len(points))
    first, second = points[rows, (axis + 1) % 3], points[rows, (axis + 2) % 3]
    back = normals[rows, axis] < 0
    return np.stack([np.where(back, second, first), np.where(back, first, second)], axis=1)


def _are_easy(flat: Float[np.ndarray, "corner 2"], rings: _Rings, count: int) -> Bool[np.ndarray, " surface"]:
    """True for surfaces of one ring that is a triangle, or a quadrilateral that bends left at each corner."""
    ahead = flat[rings.following] - flat
    after = ahead[rings.following]
    bend = ahead[:, 0] * after[:, 1] - ahead[:, 1] * after[:, 0]
    starts = np.cumsum(rings.sizes) - rings.sizes
    convex = (rings.sizes == 4) & (np.minimum.reduceat(bend, starts) > 0)
    easy = np.zeros(count, dtype=bool)
    alone = np.bincount(rings.surface, minlength=count)[rings.surface] == 1
    easy[rings.surface[alone & ((rings.sizes == 3) | convex)]] = True
    return easy


def _fans(
    rings: _Rings, wanted: Bool[np.ndarray, " corner"]
) -> tuple[Int[np.ndarray, "face 3"], Int[np.ndarray, " face"]]:
    """The wanted rings as fans about their first corner."""
    starts = (np.cumsum(rings.sizes) - rings.sizes)[rings.ring]
    rows = np.arange(len(rings.corners))
    second = wanted & (rows != starts) & (rings.following != starts)
    faces = rings.corners[np.stack([starts[second], rows[second], rings.following[second]], axis=1)]
    return faces, rings.surface[rings.ring[second]]


def _cut_hard(
    flat: Float[np.ndarray, "corner 2"], rings: _Rings, wanted: Bool[np.ndarray, " ring"]
) -> tuple[Int[np.ndarray, "face 3"], Int[np.ndarray, " face"], Int[np.ndarray, " crossing"]]:
    """Triangles of the surfaces whose rings are wanted, by constrained Delaunay; and what cannot be cut."""
    taken = wanted[rings.ring]
    owners, whose = np.unique(rings.surface[wanted], return_inverse=True)
    if not len(owners):
        nothing = np.zeros(0, dtype=np.int64)
        return np.zeros((0, 3), dtype=np.int64), nothing, nothing
    ring_numbers = np.cumsum(wanted) - 1
    lines = shapely.linearrings(flat[taken], indices=ring_numbers[rings.ring[taken]])
    polygons = shapely.polygons(lines, indices=whose)
    whole = shapely.is_valid(polygons)
    pieces = np.full(len(owners), None, dtype=object)
    pieces[whole] = shapely.constrained_delaunay_triangles(polygons[whole])
    whole &= np.abs(shapely.area(pieces) - shapely.area(polygons)) <= AREA_WITHIN * shapely.area(polygons)
    triangles, of = shapely.get_parts(pieces[whole], return_index=True)
    of = np.flatnonzero(whole)[of]
    spots = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
    (along_x, along_y), (over_x, over_y) = (spots[:, 1] - spots[:, 0]).T, (spots[:, 2] - spots[:, 0]).T
    right_round = along_x * over_y < along_y * over_x
    spots[right_round] = spots[right_round][:, ::-1]
    corner_of = whose[ring_numbers[rings.ring[taken]]]
    rows = _looked_up(corner_of, flat[taken], np.repeat(of, 3), asked=spots.reshape(-1, 2))
    return rings.corners[taken][rows].reshape(-1, 3), owners[of], owners[~whole]


def _looked_up(
    known_of: Int[np.ndarray, " known"],
    known: Float[np.ndarray, "known 2"],
    asked_of: Int[np.ndarray, " asked"],
    *,
    asked: Float[np.ndarray, "asked 2"],
) -> Int[np.ndarray, " asked"]:
    """The known row with the very same surface and coordinates as each asked one."""
    table = np.column_stack([np.concatenate([known_of, asked_of]), np.concatenate([known, asked])])
    _, first, same = np.unique(table, axis=0, return_index=True, return_inverse=True)
    rows: Int[np.ndarray, " asked"] = first[same.reshape(-1)[len(known) :]]
    return rows


def _off_plane(
    vertices: Float[np.ndarray, "vertex 3"], rings: _Rings, normals: Float[np.ndarray, "surface 3"]
) -> Float[np.ndarray, " surface"]:
    surface = rings.surface[rings.ring]
    points = vertices[rings.corners]
    _, first = np.unique(surface, return_index=True)
    origin = np.zeros((len(normals), 3))
    origin[surface[first]] = points[first]
    length = np.linalg.norm(normals, axis=1)
    unit = normals / np.where(length > 0, length, 1)[:, None]
    apart = np.einsum("ci,ci->c", points - origin[surface], unit[surface])
    lowest, highest = np.zeros(len(normals)), np.zeros(len(normals))
    np.minimum.at(lowest, surface, apart)
    np.maximum.at(highest, surface, apart)
    # Half the spread: the plane half way between the outermost corners is that far from both.
    spread: Float[np.ndarray, " surface"] = (highest - lowest) / 2
    return spread
