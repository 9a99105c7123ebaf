"""Gaps of meshes: the tree against every pair of triangles, measured side by side in one run.

    python benchmarks/mesh_gap.py

Brute force is measured on small balls (and its time grows with the square of the triangles).
"""

import functools
import time
from collections.abc import Callable

import numpy as np
import trimesh

from allocentric.geometry.mesh_gaps import mesh_gap, point_mesh_gap
from allocentric.geometry.meshes import Mesh, MeshTree, build_tree
from allocentric.geometry.triangle_distance import triangle_gaps
from allocentric.seeds import stream


def ball(subdivisions: int) -> Mesh:
    made = trimesh.creation.icosphere(subdivisions=subdivisions)
    return Mesh(made.vertices, made.faces)


def brute_gap(first: MeshTree, second: MeshTree) -> float:
    one, two = first.mesh.corners_m(), second.mesh.corners_m()
    return min(float(triangle_gaps(np.repeat(row[None], len(two), axis=0), two).gaps_m.min()) for row in one)


def seconds(work: Callable[[], object], times: int = 1) -> float:
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def main() -> None:
    moved = np.array([2.3, 0.4, 0.2])
    small = [build_tree(mesh) for mesh in (ball(3), ball(3).moved(np.eye(3), moved))]
    assert abs(mesh_gap(*small).gap_m - brute_gap(*small)) < 1e-12
    tree_s, brute_s = seconds(lambda: mesh_gap(*small), 20), seconds(lambda: brute_gap(*small))
    print(f"balls of 1,280 triangles: tree {tree_s:.4f} s, every pair {brute_s:.2f} s, ", end="")
    print(f"{brute_s / tree_s:.0f} times as fast")
    large = ball(5)
    tree = build_tree(large)
    print(f"balls of 20,480 triangles: tree built in {seconds(lambda: build_tree(large)):.3f} s, then")
    shell = Mesh(large.vertices_m, large.faces[1:])
    for words, first, second in (
        ("apart", large, large.moved(np.eye(3), moved)),
        ("a millimetre apart", large, large.moved(np.eye(3), np.array([2.001, 0, 0]))),
        ("interpenetrating", large, large.moved(np.eye(3), np.array([1.0, 0, 0]))),
        ("one within the other", large, Mesh(large.vertices_m * 0.9, large.faces)),
        ("two shells, all of one as near", shell, Mesh(shell.vertices_m * 0.9, shell.faces)),
    ):
        pair = build_tree(first), build_tree(second)
        gap_s = seconds(functools.partial(mesh_gap, *pair))
        print(f"  {words}: {mesh_gap(*pair).gap_m:.4f} m in {gap_s:.4f} s")
    points = stream(1, "points").normal(size=(10_000, 3))
    print(f"  points: {len(points) / seconds(lambda: point_mesh_gap(tree, points)):,.0f} a second")


if __name__ == "__main__":
    main()
