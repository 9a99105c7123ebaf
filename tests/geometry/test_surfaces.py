"""Flat surfaces cut into triangles: area, orientation and closedness are kept, whatever the outline."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.surfaces import cut, is_closed

FRAME = np.array(  # a 10 m square with a 4 m hole in it, the hole the other way round
    [[0.0, 0, 0], [10, 0, 0], [10, 10, 0], [0, 10, 0], [3, 3, 0], [3, 7, 0], [7, 7, 0], [7, 3, 0]]
)
RINGS = [[0, 1, 2, 3], [4, 5, 6, 7]]
turns = st.integers(0, 2**31).map(lambda seed: Rotation.random(random_state=seed).as_matrix())


def vector_areas(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    a, b, c = (vertices[faces[:, corner]] for corner in range(3))
    areas: np.ndarray = np.cross(b - a, c - a) / 2
    return areas


@given(turn=turns, far=st.sampled_from([0.0, 500_000.0]))
def test_a_frame_keeps_its_area_and_side_however_it_is_turned(turn: np.ndarray, far: float) -> None:
    vertices = FRAME @ turn.T + far
    pieces = cut(vertices, [RINGS])
    areas = vector_areas(vertices, pieces.faces)
    np.testing.assert_allclose(areas.sum(axis=0), 84 * turn[:, 2], atol=1e-6)
    assert np.linalg.norm(areas, axis=1).sum() == pytest.approx(84, abs=1e-6), "none lies on another"
    assert not len(pieces.crossing)
    assert pieces.off_plane[0] < 1e-9


@given(
    radii=st.lists(st.floats(1, 9), min_size=4, max_size=20),
    turn=turns,
)
def test_a_star_of_any_shape_keeps_its_area(radii: list[float], turn: np.ndarray) -> None:
    angles = np.arange(len(radii)) * math.tau / len(radii)
    flat = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    vertices = np.column_stack([flat, np.zeros(len(flat))]) @ turn.T
    pieces = cut(vertices, [[list(range(len(flat)))]])
    area = shapely.Polygon(flat).area
    assert np.linalg.norm(vector_areas(vertices, pieces.faces), axis=1).sum() == pytest.approx(area)
    np.testing.assert_allclose(
        vector_areas(vertices, pieces.faces).sum(axis=0), area * turn[:, 2], atol=1e-9 * area
    )
    assert len(pieces.faces) == len(radii) - 2


def test_each_triangle_says_whose_it_is() -> None:
    triangle, dart = [[0, 1, 2]], [[0, 1, 4, 3]]  # the dart bends in at corner 4
    pieces = cut(FRAME, [triangle, RINGS, dart, [[0, 1]]])
    assert np.bincount(pieces.surface, minlength=4).tolist() == [1, 8, 2, 0]
    dart_faces = {frozenset(each) for each in pieces.faces[pieces.surface == 2].tolist()}
    assert dart_faces == {frozenset({0, 1, 4}), frozenset({0, 4, 3})}, "cut where it bends in"


def test_a_surface_that_crosses_itself_is_named_and_stands_as_a_fan() -> None:
    pieces = cut(FRAME, [RINGS, [[0, 1, 3, 2]]])
    assert pieces.crossing.tolist() == [1]
    assert pieces.faces[pieces.surface == 1].tolist() == [[0, 1, 3], [0, 3, 2]]


def test_how_far_a_surface_is_from_flat_is_told() -> None:
    lifted = FRAME.copy()
    lifted[2, 2] = 0.1
    assert cut(lifted, [[[0, 1, 2, 3]], [[4, 5, 6, 7]]]).off_plane == pytest.approx([0.025, 0], abs=1e-5)


def test_no_surface_gives_no_triangle() -> None:
    assert cut(FRAME, []).faces.shape == (0, 3)
    assert cut(FRAME, [[]]).off_plane.tolist() == [0]


def test_a_box_is_closed_until_a_face_is_gone() -> None:
    box = box_mesh(np.ones(3))
    assert is_closed(box)
    assert is_closed(Mesh(box.corners_m().reshape(-1, 3), np.arange(36).reshape(-1, 3))), "corners repeat"
    assert not is_closed(Mesh(box.vertices_m, box.faces[1:]))
