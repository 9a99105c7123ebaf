"""A mesh is checked and never changes; its tree holds every triangle and knows what is closed."""

import numpy as np
import pytest
import trimesh

from allocentric.geometry.meshes import Mesh, box_mesh, build_tree
from allocentric.seeds import stream

CUBE = box_mesh(np.ones(3))


def soup(mesh: Mesh) -> Mesh:
    """The same triangles, each with corners of its own."""
    return Mesh(mesh.corners_m().reshape(-1, 3), np.arange(3 * len(mesh.faces)).reshape(-1, 3))


def joined(*meshes: Mesh) -> Mesh:
    shifts = np.cumsum([0] + [len(mesh.vertices_m) for mesh in meshes[:-1]])
    return Mesh(
        np.concatenate([mesh.vertices_m for mesh in meshes]),
        np.concatenate([mesh.faces + shift for mesh, shift in zip(meshes, shifts)]),
    )


def sphere(subdivisions: int) -> Mesh:
    made = trimesh.creation.icosphere(subdivisions=subdivisions)
    return Mesh(made.vertices, made.faces)


def test_a_mesh_is_copied_and_cannot_be_written() -> None:
    vertices, faces = np.eye(3), np.array([[0, 1, 2]])
    mesh = Mesh(vertices, faces)
    vertices[0] = 9
    assert mesh.vertices_m[0].tolist() == [1, 0, 0]
    with pytest.raises(ValueError, match="read-only"):
        mesh.vertices_m[0] = 9
    with pytest.raises(ValueError, match="read-only"):
        mesh.faces[0] = 9


@pytest.mark.parametrize(
    ("vertices", "faces", "words"),
    [
        ([[0, 0, 0], [1, np.nan, 0], [0, 1, 0]], [[0, 1, 2]], "vertex 1 of the mesh is not finite"),
        ([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2], [0, 1, 3]], "face 1 names a vertex .* there are 3"),
        ([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, -1, 2]], "face 0 names a vertex"),
        ([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.zeros((0, 3)), "at least one face"),
    ],
)
def test_what_is_no_mesh_is_refused_in_words(
    vertices: list[list[float]], faces: np.ndarray | list[list[int]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Mesh(np.array(vertices, dtype=float), np.array(faces, dtype=np.int64))


def test_bounds_are_of_the_faces_not_of_stray_vertices() -> None:
    low, high = Mesh(np.concatenate([CUBE.vertices_m, [[9.0, 9, 9]]]), CUBE.faces).bounds_m()
    assert low.tolist() == [-0.5] * 3
    assert high.tolist() == [0.5] * 3


def test_a_quarter_turn_about_up_takes_x_to_y_and_then_shifts() -> None:
    quarter = np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])
    moved = Mesh(np.eye(3), np.array([[0, 1, 2]])).moved(quarter, np.array([0.0, 0, 5]))
    assert moved.vertices_m.tolist() == [[0, 1, 5], [-1, 0, 5], [0, 0, 6]]


def test_the_faces_of_a_box_look_outward_and_enclose_its_volume() -> None:
    a, b, c = box_mesh(np.array([2.0, 3.0, 4.0])).corners_m().transpose(1, 0, 2)
    assert np.einsum("fx,fx->f", a, np.cross(b, c)).tolist() == pytest.approx([12.0] * 12)


@pytest.mark.parametrize("count", [1, 2, 3, 12, 100, 129])
def test_each_triangle_has_one_leaf_and_lies_in_every_box_above_it(count: int) -> None:
    corners = stream(1, "tree", count).normal(size=(3 * count, 3))
    mesh = Mesh(corners, np.arange(3 * count).reshape(-1, 3))
    tree = build_tree(mesh)
    leaves = np.arange(tree.inner, len(tree.low_m))
    full = (tree.low_m[leaves] <= tree.high_m[leaves]).all(axis=1)
    held = tree.corners_m[full]
    assert sorted(map(str, held)) == sorted(map(str, mesh.corners_m()))
    nodes = leaves[full]
    while True:
        assert (held >= tree.low_m[nodes][:, None]).all()
        assert (held <= tree.high_m[nodes][:, None]).all()
        if not nodes.any():
            break
        nodes = (nodes - 1) // 2


@pytest.mark.parametrize(
    ("mesh", "closed", "oriented", "parts"),
    [
        (CUBE, 12, True, 1),
        (soup(CUBE), 12, True, 1),
        (Mesh(CUBE.vertices_m, CUBE.faces[1:]), 0, True, 1),
        (Mesh(CUBE.vertices_m, np.concatenate([CUBE.faces, CUBE.faces[:1]])), 0, True, 1),  # a face twice
        (Mesh(CUBE.vertices_m, np.concatenate([CUBE.faces[:1, ::-1], CUBE.faces[1:]])), 12, False, 1),
        (joined(CUBE, CUBE.moved(np.eye(3), np.full(3, 5.0))), 24, True, 2),
        (joined(CUBE, Mesh(np.eye(3) + 5, np.array([[0, 1, 2]]))), 12, True, 2),
        (joined(CUBE, CUBE.moved(np.eye(3), np.array([1.0, 1, 0]))), 24, True, 1),  # they share an edge
        (sphere(2), 320, True, 1),
        (joined(*(CUBE.moved(np.eye(3), np.array([2.0 * k, 0, 0])) for k in range(40))), 480, True, 40),
    ],
)
def test_closed_parts_are_told_from_open_ones(mesh: Mesh, closed: int, oriented: bool, parts: int) -> None:
    tree = build_tree(mesh)
    assert (int(tree.bounding.sum()), tree.oriented, len(tree.parts_m)) == (closed, oriented, parts)
