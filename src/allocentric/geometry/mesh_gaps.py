"""The exact gap of two meshes, of a mesh and a box, of points and a mesh.

Closed parts of a mesh are solids: what lies within them has gap 0. Open parts are surfaces only.
Exact to rounding.
"""

from typing import Final, NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.geometry.meshes import MeshTree, box_mesh, build_tree
from allocentric.geometry.triangle_distance import point_triangle_gaps, triangle_gaps

Rows = Int[np.ndarray, " row"]
Corners = Float[np.ndarray, "row 3"]
PAIRS_AT_ONCE: Final = 1024  # few enough to get deep into the trees fast, enough to keep numpy busy
POINTS_AT_ONCE: Final = 512
ROUNDING: Final = 1 + 1e-12  # two ways to one distance agree to this
# Directions of the rays that tell inside from outside: any will do that no edge of a mesh is likely to meet.
RAYS: Final = np.random.default_rng(2).normal(size=(16, 3))


class MeshGap(NamedTuple):
    """A gap in metres (0 where two touch or one holds the other), and a closest point of each."""

    gap_m: float
    first_point_m: Float[np.ndarray, "3"]
    second_point_m: Float[np.ndarray, "3"]


def mesh_gap(first: MeshTree, second: MeshTree) -> MeshGap:
    """The least distance of two meshes, and where it is.

    0 where triangles meet, and where a part of one lies within a closed part of the other.

    >>> cube = box_mesh(np.ones(3))
    >>> apart = cube.moved(np.eye(3), np.array([3.0, 0, 0]))
    >>> mesh_gap(build_tree(cube), build_tree(apart)).gap_m
    2.0
    """
    for holder, held in ((first, second), (second, first)):
        within = inside_mesh(holder, held.parts_m)
        if within.any():
            point = held.parts_m[within.argmax()]
            return MeshGap(0.0, point, point)
    return _surface_gap(first, second)


def mesh_box_gap(
    tree: MeshTree,
    center_m: Float[np.ndarray, "3"],
    size_m: Float[np.ndarray, "3"],
    *,
    rotation: Float[np.ndarray, "3 3"],
) -> MeshGap:
    """The least distance of a mesh and a solid box, whose axes are the columns of `rotation`."""
    return mesh_gap(tree, build_tree(box_mesh(size_m).moved(rotation, center_m)))


def point_mesh_gap(
    tree: MeshTree, points_m: Float[np.ndarray, "point 3"]
) -> tuple[Float[np.ndarray, " point"], Float[np.ndarray, "point 3"]]:
    """The distance of each point to the mesh, and the mesh's closest point.

    0 and the point itself for a point within a closed part.
    """
    gaps_m, closest_m = np.zeros(len(points_m)), points_m.astype(np.float64)
    outside = np.flatnonzero(~inside_mesh(tree, points_m))
    for start in range(0, len(outside), POINTS_AT_ONCE):
        rows = outside[start : start + POINTS_AT_ONCE]
        gaps_m[rows], closest_m[rows] = _point_surface_gap(tree, points_m[rows])
    return gaps_m, closest_m


def inside_mesh(tree: MeshTree, points_m: Float[np.ndarray, "point 3"]) -> Bool[np.ndarray, " point"]:
    """Which points lie within a closed part. Of a point on the surface itself the answer may be either.

    Parts that overlap are one solid where their faces agree on outside (a shell turned inward is a hollow);
    where they do not, a point is inside when a ray from it goes through an odd number of faces.
    """
    inside = np.zeros(len(points_m), dtype=bool)
    if tree.bounding.any():
        for start in range(0, len(points_m), POINTS_AT_ONCE):
            rows = slice(start, start + POINTS_AT_ONCE)
            inside[rows] = _inside(tree, points_m[rows])
    return inside


def _surface_gap(first: MeshTree, second: MeshTree) -> MeshGap:
    """The least distance of the triangles: the nearest boxes are opened first, those too far dropped."""
    start = first.corners_m[0, 0], second.corners_m[0, 0]
    best = MeshGap(float(np.linalg.norm(start[0] - start[1])), *start)
    stack = [(np.zeros((2, 1), dtype=np.int64), np.zeros(1))]
    while stack and best.gap_m > 0:
        pairs, bounds = stack.pop()
        if len(bounds) > PAIRS_AT_ONCE:  # the nearest lie last
            stack.append((pairs[:, :-PAIRS_AT_ONCE], bounds[:-PAIRS_AT_ONCE]))
        pairs = pairs[:, -PAIRS_AT_ONCE:][:, bounds[-PAIRS_AT_ONCE:] < best.gap_m]
        leaves = (pairs[0] >= first.inner) & (pairs[1] >= second.inner)
        found = _nearest_triangles(first, second, pairs[:, leaves])
        best = min(best, found, key=lambda gap: gap.gap_m)
        a, b = pairs = _opened(first, second, pairs[:, ~leaves])
        bounds = _box_gaps((first.low_m[a], first.high_m[a]), (second.low_m[b], second.high_m[b]))
        order = np.argsort(-bounds, kind="stable")
        order = order[bounds[order] < best.gap_m]
        if len(order):
            stack.append((pairs[:, order], bounds[order]))
    return best


def _opened(first: MeshTree, second: MeshTree, pairs: Int[np.ndarray, "2 row"]) -> Int[np.ndarray, "2 pair"]:
    """The pairs of children of each pair of nodes; a leaf stands for its own only child."""
    a, b = pairs
    none = np.full_like(a, -1)
    a_children = np.where(a < first.inner, [2 * a + 1, 2 * a + 2], [a, none])
    b_children = np.where(b < second.inner, [2 * b + 1, 2 * b + 2], [b, none])
    children = np.stack([a_children.repeat(2, axis=0).reshape(-1), np.tile(b_children, (2, 1)).reshape(-1)])
    return children[:, (children >= 0).all(axis=0)]


def _box_gaps(first: tuple[Corners, Corners], second: tuple[Corners, Corners]) -> Float[np.ndarray, " row"]:
    """The distances of boxes, each given by its lowest and highest corner; 0 where they overlap."""
    apart = np.maximum(np.maximum(first[0] - second[1], second[0] - first[1]), 0)
    gaps: Float[np.ndarray, " row"] = np.sqrt(np.einsum("ij,ij->i", apart, apart))
    return gaps


def _nearest_triangles(first: MeshTree, second: MeshTree, pairs: Int[np.ndarray, "2 row"]) -> MeshGap:
    """The least gap of pairs of triangles, given by their leaves; infinite where there is none."""
    if not pairs.size:
        return MeshGap(np.inf, first.corners_m[0, 0], second.corners_m[0, 0])
    found = triangle_gaps(first.corners_m[pairs[0] - first.inner], second.corners_m[pairs[1] - second.inner])
    least = found.gaps_m.argmin()
    return MeshGap(float(found.gaps_m[least]), found.first_points_m[least], found.second_points_m[least])


def _point_surface_gap(
    tree: MeshTree, points: Float[np.ndarray, "point 3"]
) -> tuple[Float[np.ndarray, " point"], Float[np.ndarray, "point 3"]]:
    """The distance of each point to the triangles and the closest point: one level of the tree at a time."""
    ceiling = _gaps_of_one_leaf(tree, points) * ROUNDING
    row, node = np.arange(len(points)), np.zeros(len(points), dtype=np.int64)
    while node[0] < tree.inner:
        row, node = np.tile(row, 2), np.concatenate([2 * node + 1, 2 * node + 2])
        at = points[row]
        near = _box_gaps((at, at), (tree.low_m[node], tree.high_m[node])) <= ceiling[row]
        row, node = row[near], node[near]
    found = point_triangle_gaps(points[row], tree.corners_m[node - tree.inner])
    order = np.lexsort((found.gaps_m, row))
    _, nearest = np.unique(row[order], return_index=True)
    return found.gaps_m[order][nearest], found.second_points_m[order][nearest]


def _gaps_of_one_leaf(tree: MeshTree, points: Float[np.ndarray, "point 3"]) -> Float[np.ndarray, " point"]:
    """For each point the distance to a triangle near it: at each fork the box it is nearer or deeper in."""
    node = np.zeros(len(points), dtype=np.int64)
    while node[0] < tree.inner:
        left, right = (
            np.maximum(tree.low_m[child] - points, points - tree.high_m[child]).max(axis=1)
            for child in (2 * node + 1, 2 * node + 2)
        )
        node = 2 * node + np.where(left <= right, 1, 2)
    return point_triangle_gaps(points, tree.corners_m[node - tree.inner]).gaps_m


def _inside(tree: MeshTree, points: Float[np.ndarray, "point 3"]) -> Bool[np.ndarray, " point"]:
    """Which points lie within a closed part, by the faces that a ray from each goes through."""
    inside = np.zeros(len(points), dtype=bool)
    unsure = np.flatnonzero(((points >= tree.low_m[0]) & (points <= tree.high_m[0])).all(axis=1))
    for ray in RAYS:
        if not len(unsure):
            return inside
        row, sign = _faces_pierced(tree, points[unsure], ray)
        balance = np.bincount(row, weights=np.nan_to_num(sign), minlength=len(unsure))
        count = np.bincount(row, minlength=len(unsure))
        inside[unsure] = balance != 0 if tree.oriented else count % 2 == 1
        unsure = unsure[np.unique(row[np.isnan(sign)])]
    if len(unsure):
        raise ArithmeticError(f"every ray from {points[unsure[0]].tolist()} meets an edge of the mesh")
    return inside


def _faces_pierced(
    tree: MeshTree, points: Float[np.ndarray, "point 3"], ray: Float[np.ndarray, "3"]
) -> tuple[Rows, Float[np.ndarray, " row"]]:
    """The faces of closed parts that a ray from each point goes through.

    Row by row the point, and 1 where its ray leaves through a face, -1 where it enters, NaN on an edge.
    """
    row, node = _leaves_met(tree, points, ray)
    corners = tree.corners_m[node - tree.inner] - points[row][:, None]
    # The volume that the ray spans with an edge tells by its sign on which side of the edge the ray passes.
    # Both faces at an edge compute the very same number with opposite signs: no ray slips between them.
    sides = np.sign(np.cross(corners, np.roll(corners, -1, axis=1)) @ ray)
    through = ((sides >= 0).all(axis=1) | (sides <= 0).all(axis=1)) & (sides != 0).any(axis=1)
    row, corners, sides = row[through], corners[through], sides[through]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    sign = np.sign(normal @ ray)
    ahead = np.einsum("ij,ij->i", corners[:, 0], normal) * sign > 0
    return row[ahead], np.where((sides == 0).any(axis=1), np.nan, sign)[ahead]


def _leaves_met(
    tree: MeshTree, points: Float[np.ndarray, "point 3"], ray: Float[np.ndarray, "3"]
) -> tuple[Rows, Rows]:
    """The points and the leaves of closed parts whose boxes a ray from them meets: one level at a time."""
    near_m, far_m = np.where(ray > 0, tree.low_m, tree.high_m), np.where(ray > 0, tree.high_m, tree.low_m)
    slack = 1e-9 * np.ptp([tree.low_m[0], tree.high_m[0]])
    row, node = np.arange(len(points)), np.zeros(len(points), dtype=np.int64)
    while len(node) and node[0] < tree.inner:
        row, node = np.tile(row, 2), np.concatenate([2 * node + 1, 2 * node + 2])
        enters = ((near_m[node] - points[row]) / ray).max(axis=1)
        leaves = ((far_m[node] - points[row]) / ray).min(axis=1)
        met = (enters <= leaves + slack) & (leaves >= -slack)
        row, node = row[met], node[met]
    bounding = tree.bounding[node - tree.inner] if len(node) else np.zeros(0, dtype=bool)
    return row[bounding], node[bounding]
