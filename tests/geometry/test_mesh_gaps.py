"""Gaps of meshes: by hand, against every pair of triangles, and unmoved by moving the world."""

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.geometry import mesh_gaps
from allocentric.geometry.mesh_gaps import inside_mesh, mesh_box_gap, mesh_gap, point_mesh_gap
from allocentric.geometry.meshes import Mesh, MeshTree, box_mesh, build_tree
from allocentric.seeds import stream
from tests.geometry.slow_triangles import slow_gaps
from tests.geometry.test_meshes import CUBE, joined, soup, sphere

STILL = np.eye(3)


def at(x: float, y: float = 0.0, z: float = 0.0, *, mesh: Mesh = CUBE) -> Mesh:
    return mesh.moved(STILL, np.array([x, y, z], dtype=float))


def gap(first: Mesh, second: Mesh) -> float:
    return mesh_gap(build_tree(first), build_tree(second)).gap_m


def turn(rng: np.random.Generator) -> np.ndarray:
    axes: np.ndarray = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    axes *= np.sign(np.linalg.det(axes))
    return axes


def ragged(rng: np.random.Generator, count: int) -> Mesh:
    """Triangles that share corners at random, over a patch about as large as themselves."""
    return Mesh(rng.normal(size=(count, 3)), rng.integers(0, count, size=(count, 3)))


def slow_mesh_gap(first: Mesh, second: Mesh) -> float:
    one, two = first.corners_m(), second.corners_m()
    return float(slow_gaps(one.repeat(len(two), axis=0), np.tile(two, (len(one), 1, 1))).min())


@pytest.mark.parametrize(
    ("first", "second", "gap_m"),
    [
        (CUBE, at(3), 2.0),  # face to face
        (CUBE, at(1), 0.0),  # a face shared
        (CUBE, at(0.5, 0.2, 0.1), 0.0),  # interpenetrating
        (CUBE, at(4, 5, 0), 5.0),  # edge to edge: 3, 4
        (CUBE, at(3, 4, 7), 7.0),  # corner to corner: 2, 3, 6
        (box_mesh(np.full(3, 4.0)), CUBE, 0.0),  # a cube within a cube
        (CUBE, box_mesh(np.full(3, 4.0)), 0.0),  # and the other way round
        (Mesh(box_mesh(np.full(3, 4.0)).vertices_m, CUBE.faces[2:]), CUBE, 1.5),  # in a box with no lid
        (soup(box_mesh(np.full(3, 4.0))), CUBE, 0.0),  # no corner is shared in the file
        (CUBE, at(0, 0, 0, mesh=Mesh(np.eye(3) / 9, np.array([[0, 1, 2]]))), 0.0),  # a leaf in a cube
    ],
)
def test_gap_measured_by_hand(first: Mesh, second: Mesh, gap_m: float) -> None:
    assert gap(first, second) == pytest.approx(gap_m, abs=1e-12)


def test_a_ball_stands_off_a_table_by_the_height_of_its_pole() -> None:
    made = trimesh.creation.uv_sphere(radius=1.0, count=[16, 16])
    table = Mesh(
        np.array([[-9.0, -9, -3], [9, -9, -3], [9, 9, -3], [-9, 9, -3]]), np.array([[0, 1, 2], [0, 2, 3]])
    )
    found = mesh_gap(build_tree(Mesh(made.vertices, made.faces)), build_tree(table))
    assert found.gap_m == pytest.approx(2.0, abs=1e-12)
    np.testing.assert_allclose(found.first_point_m, [0, 0, -1], atol=1e-12)
    np.testing.assert_allclose(found.second_point_m, [0, 0, -3], atol=1e-12)


@pytest.mark.parametrize("other", [9.0, -9.0])
def test_a_part_within_counts_though_another_part_lies_outside(other: float) -> None:
    assert gap(box_mesh(np.full(3, 4.0)), joined(at(other), at(0.2))) == 0
    assert gap(joined(at(other), at(0.2)), box_mesh(np.full(3, 4.0))) == 0


def test_a_cube_in_a_hollow_is_outside_the_shell() -> None:
    hollow = box_mesh(np.full(3, 4.0))
    shell = joined(box_mesh(np.full(3, 6.0)), Mesh(hollow.vertices_m, hollow.faces[:, ::-1]))
    assert gap(shell, CUBE) == pytest.approx(1.5, abs=1e-12)
    assert gap(shell, at(2.5, mesh=box_mesh(np.full(3, 0.5)))) == 0


def test_what_lies_where_two_parts_overlap_is_inside() -> None:
    both = joined(box_mesh(np.full(3, 4.0)), at(1, mesh=box_mesh(np.full(3, 4.0))))
    assert gap(both, box_mesh(np.full(3, 0.5))) == 0


def test_one_face_turned_inward_does_not_open_a_solid() -> None:
    big = box_mesh(np.full(3, 4.0))
    assert gap(Mesh(big.vertices_m, np.concatenate([big.faces[:1, ::-1], big.faces[1:]])), CUBE) == 0


def test_the_open_part_of_a_mesh_holds_nothing_and_the_closed_part_still_does() -> None:
    big = box_mesh(np.full(3, 4.0))
    mesh = joined(big, at(20, mesh=Mesh(big.vertices_m, big.faces[1:])))
    assert gap(mesh, CUBE) == 0
    assert gap(mesh, at(20)) == pytest.approx(1.5, abs=1e-12)


@pytest.mark.parametrize("at_once", [1, 16, 1024])
@pytest.mark.parametrize("case", range(8))
def test_gap_is_the_least_over_all_pairs_of_triangles(
    case: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mesh_gaps, "PAIRS_AT_ONCE", at_once)
    rng = stream(1, "ragged", case)
    first = ragged(rng, int(rng.integers(1, 50)))
    second = ragged(rng, int(rng.integers(1, 50))).moved(turn(rng), rng.normal(size=3) * (case % 4) * 2)
    found = mesh_gap(build_tree(first), build_tree(second))
    assert found.gap_m == pytest.approx(slow_mesh_gap(first, second), abs=1e-12)
    assert np.linalg.norm(found.first_point_m - found.second_point_m) == pytest.approx(found.gap_m, abs=1e-12)
    for mesh, point in ((first, found.first_point_m), (second, found.second_point_m)):
        assert slow_mesh_gap(mesh, Mesh(np.tile(point, (3, 1)), np.array([[0, 1, 2]]))) < 1e-12


def test_two_balls_one_within_the_other_s_open_half_agree_with_all_pairs() -> None:
    ball = sphere(1)
    bowl = Mesh(ball.vertices_m, ball.faces[ball.corners_m()[:, :, 2].min(axis=1) < 0.1])
    inner = Mesh(ball.vertices_m * 0.8, ball.faces)
    assert gap(bowl, inner) == pytest.approx(slow_mesh_gap(bowl, inner), abs=1e-12)


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.5, 3.0]))
@settings(max_examples=25)
def test_gap_is_the_same_from_either_side_and_in_any_frame(seed: int, apart_m: float) -> None:
    rng = stream(seed, "law")
    first = joined(ragged(rng, 20), CUBE) if seed % 2 else sphere(1)
    second = ragged(rng, 20).moved(STILL, rng.normal(size=3) * apart_m)
    here = gap(first, second)
    world, shift = turn(rng), rng.normal(size=3) * 10
    assert gap(second, first) == pytest.approx(here, abs=1e-12)
    assert gap(first.moved(world, shift), second.moved(world, shift)) == pytest.approx(here, abs=1e-11)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_a_box_is_as_far_as_its_nearest_face_or_holds_a_corner(seed: int) -> None:
    rng = stream(seed, "box")
    mesh, rotation = ragged(rng, 12), turn(rng)
    center, size = rng.normal(size=3) * 2, rng.uniform(0, 3, size=3) * (rng.random(3) > 0.2)
    in_box_frame = (mesh.corners_m().reshape(-1, 3) - center) @ rotation
    held = (np.abs(in_box_frame) <= size / 2).all(axis=1).any()
    slow = 0.0 if held else slow_mesh_gap(mesh, box_mesh(size).moved(rotation, center))
    found = mesh_box_gap(build_tree(mesh), center, size, rotation=rotation)
    assert found.gap_m == pytest.approx(slow, abs=1e-12)


def test_a_turned_box_stands_off_a_cube_by_its_edge() -> None:
    eighth = np.array([[1.0, -1, 0], [1, 1, 0], [0, 0, np.sqrt(2)]]) / np.sqrt(2)
    found = mesh_box_gap(build_tree(CUBE), np.array([3.0, 0, 0]), np.full(3, np.sqrt(2)), rotation=eighth)
    assert found.gap_m == pytest.approx(1.5, abs=1e-12)
    np.testing.assert_allclose(found.second_point_m[:2], [2, 0], atol=1e-12)


@pytest.mark.parametrize(
    ("center", "size", "gap_m"),
    [
        ([0, 0, 0], [0.1, 0.1, 0.1], 0.0),  # a box within the cube
        ([0, 0, 0], [9, 9, 9], 0.0),  # the cube within a box
        ([2, 0, 0], [0, 0, 0], 1.5),  # a box that is a point
        ([0, 0, 2], [4, 4, 0], 1.5),  # a box that is a sheet
    ],
)
def test_box_gap_measured_by_hand(center: list[float], size: list[float], gap_m: float) -> None:
    tree = build_tree(CUBE)
    found = mesh_box_gap(tree, np.array(center, float), np.array(size, float), rotation=STILL)
    assert found.gap_m == pytest.approx(gap_m, abs=1e-12)


def cube_gaps(points: np.ndarray) -> np.ndarray:
    """The distances of points to the unit cube, from its sides alone."""
    gaps: np.ndarray = np.linalg.norm(np.maximum(np.abs(points) - 0.5, 0), axis=1)
    return gaps


def test_points_are_as_far_from_a_cube_as_from_its_sides() -> None:
    points = stream(1, "points").normal(size=(3000, 3))
    gaps, closest = point_mesh_gap(build_tree(CUBE), points)
    np.testing.assert_allclose(gaps, cube_gaps(points), atol=1e-12)
    np.testing.assert_allclose(closest, np.clip(points, -0.5, 0.5), atol=1e-12)


def test_a_ray_that_meets_an_edge_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Along a diagonal the rays of a lattice run through the edges and corners of a cube."""
    monkeypatch.setattr(mesh_gaps, "RAYS", np.array([[1.0, 1, 1], [1, -1, 1], *mesh_gaps.RAYS]))
    axis = np.linspace(-1, 1, 9)
    points = np.stack(np.meshgrid(axis, axis, axis), axis=-1).reshape(-1, 3)
    gaps, _ = point_mesh_gap(build_tree(CUBE), points)
    np.testing.assert_allclose(gaps, cube_gaps(points), atol=1e-12)


def test_points_agree_with_every_triangle_of_a_ragged_mesh() -> None:
    rng = stream(1, "ragged points")
    mesh, points = ragged(rng, 60), rng.normal(size=(200, 3)) * 2
    dots = points.repeat(60, axis=0)[:, None].repeat(3, axis=1)
    slow = slow_gaps(dots, np.tile(mesh.corners_m(), (200, 1, 1))).reshape(200, 60).min(axis=1)
    np.testing.assert_allclose(point_mesh_gap(build_tree(mesh), points)[0], slow, atol=1e-12)


def winding(tree: MeshTree, points: np.ndarray) -> np.ndarray:
    """How often the mesh winds round each point, from the solid angles of all its faces."""
    a, b, c = (tree.mesh.corners_m()[None] - points[:, None, None]).transpose(2, 0, 1, 3)
    la, lb, lc = (np.linalg.norm(each, axis=2) for each in (a, b, c))
    ab, bc, ca = (np.einsum("pfx,pfx->pf", *pair) for pair in ((a, b), (b, c), (c, a)))
    volumes = np.einsum("pfx,pfx->pf", a, np.cross(b, c))
    half_angles: np.ndarray = np.arctan2(volumes, la * lb * lc + ab * lc + bc * la + ca * lb)
    turns: np.ndarray = half_angles.sum(axis=1) / (2 * np.pi)
    return turns


def test_inside_is_where_the_solid_angle_is_full() -> None:
    rng = stream(1, "inside")
    parts = [sphere(2).moved(turn(rng), rng.normal(size=3)) for _ in range(4)]
    tree, points = build_tree(joined(*parts)), rng.normal(size=(2000, 3)) * 1.5
    inside = inside_mesh(tree, points)
    assert 0.1 < inside.mean() < 0.9
    assert (inside == (winding(tree, points) > 0.5)).all()


def test_faces_turned_at_random_change_no_inside() -> None:
    ball, rng = sphere(2), stream(1, "turned")
    faces = np.where(rng.random((len(ball.faces), 1)) < 0.5, ball.faces, ball.faces[:, ::-1])
    points = rng.uniform(-1, 1, size=(500, 3))
    mixed, plain = build_tree(Mesh(ball.vertices_m, faces)), build_tree(ball)
    assert (inside_mesh(mixed, points) == inside_mesh(plain, points)).all()


def test_no_points_have_no_gaps() -> None:
    gaps, closest = point_mesh_gap(build_tree(CUBE), np.zeros((0, 3)))
    assert gaps.shape == (0,)
    assert closest.shape == (0, 3)
