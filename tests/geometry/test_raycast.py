"""A ray meets the first thing on its way, exactly there, whichever engine looks."""

from typing import Literal, get_args

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.errors import BadInput
from allocentric.geometry import raycast
from allocentric.geometry.boxes import Boxes
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.poses import rotation_from_quaternion
from allocentric.geometry.raycast import EngineName, RayCaster, box_meshes, caster
from allocentric.geometry.raycast_embree import HAS_EMBREE
from allocentric.geometry.raycast_numpy import PacketEngine
from allocentric.geometry.rays import LocalRays, Rays
from allocentric.seeds import stream
from tests.geometry.slow_rays import slow_cast

Both = Literal["embree", "float64"]
needs_embree = pytest.mark.skipif(not HAS_EMBREE, reason="Embree has no wheel for this machine")
both = pytest.mark.parametrize("engine", [pytest.param("embree", marks=needs_embree), "float64"])
UPRIGHT, X, Z = np.eye(3), np.array([[1.0, 0, 0]]), np.array([[0.0, 0, 1]])


def sphere(radius_m: float, subdivisions: int = 3) -> Mesh:
    made = trimesh.creation.icosphere(subdivisions=subdivisions, radius=radius_m)
    return Mesh(made.vertices, made.faces)


def floor(height_m: float = 0.0, half_m: float = 100.0) -> Mesh:
    corners_m = np.array([[-1.0, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * half_m + [0, 0, height_m]
    return Mesh(corners_m, np.array([[0, 1, 2], [0, 2, 3]]))


def room(seed: int) -> list[Mesh]:
    """A hollow room of 8 by 6 by 3 m with boxes turned anyhow and a few balls; they may overlap."""
    draw = stream(seed, "room")
    boxes = Boxes(
        draw.uniform([-3.5, -2.5, 0.3], [3.5, 2.5, 2.5], (20, 3)),
        draw.uniform(0.1, 0.8, (20, 3)),
        np.stack([rotation_from_quaternion(*draw.normal(size=4)) for _ in range(20)]),
    )
    balls = [
        sphere(draw.uniform(0.1, 0.4)).moved(UPRIGHT, draw.uniform([-3, -2, 1], [3, 2, 2])) for _ in range(4)
    ]
    return [box_mesh(np.array([8.0, 6, 3])).moved(UPRIGHT, np.array([0, 0, 1.5])), *box_meshes(boxes), *balls]


def rays_in(seed: int, count: int) -> Rays:
    """Half of the rays from one eye in a fan, as of a camera; half from anywhere in the room to anywhere."""
    draw = stream(seed, "rays")
    fan = np.stack([np.ones(count // 2), *draw.uniform(-0.8, 0.8, (2, count // 2))], axis=1)
    anywhere = draw.uniform([-3.9, -2.9, 0.1], [3.9, 2.9, 2.9], (count - count // 2, 3))
    eyes = np.broadcast_to([-3.9, -2.0, 1.6], (count // 2, 3))
    return Rays(
        np.concatenate([eyes, anywhere]),
        np.concatenate([fan, draw.normal(size=anywhere.shape)]) * draw.uniform(0.1, 9, (count, 1)),
    )


@both
def test_a_box_is_met_at_its_face(engine: Both) -> None:
    cube = box_mesh(np.array([2.0, 2, 2])).moved(UPRIGHT, np.array([5.0, 0, 0]))
    hits = caster([floor(-3.0), cube], engine=engine).cast(
        np.array([[0.0, 0.25, 0.5]]), np.array([[2.0, 0, 0], [0, 0, 1], [0, 0, -0.1], [4, 0, -1]])
    )
    assert hits.range_m.tolist() == [4.0, np.inf, 3.5, pytest.approx(np.sqrt(17), abs=1e-15)]
    assert hits.instance.tolist() == [1, -1, 0, 1]
    assert hits.points_m()[0].tolist() == [4.0, 0.25, 0.5]
    assert hits.normals()[[0, 2]].tolist() == [[-1.0, 0, 0], [0, 0, 1.0]]
    assert np.isnan(hits.points_m()[1]).all()
    assert np.isnan(hits.normals()[1]).all()
    assert hits.faces()[1] == -1


@both
def test_from_inside_a_box_its_far_face_is_met_and_its_normal_looks_inward(engine: Both) -> None:
    hits = caster([box_mesh(np.array([2.0, 4, 6]))], engine=engine).cast(np.zeros((1, 3)), np.eye(3))
    assert hits.range_m.tolist() == [1.0, 2.0, 3.0]
    assert hits.normals().tolist() == (-np.eye(3)).tolist()


@both
def test_a_plane_is_met_where_the_formula_says(engine: Both) -> None:
    draw = stream(1, "plane")
    turn = rotation_from_quaternion(0.9, 0.1, -0.2, 0.3)
    origins_m, directions = draw.uniform(-5, 5, (2000, 3)), draw.normal(size=(2000, 3))
    hits = caster([floor(0.0, 1e3).moved(turn, np.array([0.5, 1, -2]))], engine=engine).cast(
        origins_m, directions
    )
    normal = turn[:, 2]
    units = directions / np.linalg.norm(directions, axis=1)[:, None]
    expected_m = ((np.array([0.5, 1, -2]) - origins_m) @ normal) / (units @ normal)
    clear = np.abs(expected_m) < 500
    assert np.array_equal((hits.instance == 0)[clear], (expected_m > 0)[clear])
    hit = clear & (expected_m > 0)
    off_plane_m = (hits.range_m - expected_m)[hit] * (units @ normal)[hit]
    assert np.abs(off_plane_m).max() < 1e-12


@both
def test_a_ball_of_triangles_is_met_between_the_spheres_around_and_within_it(engine: Both) -> None:
    # What is cast exactly is the mesh; how far that is from a ball is told by both spheres.
    ball = sphere(0.5)
    corners_m = ball.corners_m()
    normals = np.cross(corners_m[:, 1] - corners_m[:, 0], corners_m[:, 2] - corners_m[:, 0])
    inner_m = (np.abs((normals * corners_m[:, 0]).sum(1)) / np.linalg.norm(normals, axis=1)).min()
    assert 0.5 - inner_m < 0.0025
    aims_m = np.concatenate(
        [np.full((3000, 1), 3.0), stream(2, "aims").uniform(-0.6, 0.6, (3000, 2))], axis=1
    )
    hits = caster([ball], engine=engine).cast(np.array([[-3.0, 0, 0]]), aims_m - [-3.0, 0, 0])
    units = hits.rays.directions
    beside_m = np.linalg.norm(np.cross(np.array([3.0, 0, 0]), units), axis=1)
    outer_range_m, inner_range_m = (
        3 * units[:, 0] - np.sqrt(np.maximum(radius_m**2 - beside_m**2, 0)) for radius_m in (0.5, inner_m)
    )
    surely = beside_m < inner_m - 1e-6
    assert (hits.instance[surely] == 0).all()
    assert (hits.instance[beside_m > 0.5 + 1e-6] == -1).all()
    assert (hits.range_m[surely] >= outer_range_m[surely] - 1e-12).all()
    assert (hits.range_m[surely] <= inner_range_m[surely] + 1e-12).all()


@both
def test_a_scene_in_utm_coordinates_is_as_exact_as_one_at_the_origin(engine: Both) -> None:
    shift_m = np.array([512_345.0, 5_412_321.0, 300.0])
    meshes = [Mesh(np.round(mesh.vertices_m * 1024) / 1024, mesh.faces) for mesh in room(3)]
    rays = rays_in(3, 4000)
    origins_m = (
        np.round(np.broadcast_to(rays.origins_m, (4000, 3)) * 1024) / 1024
    )  # a grid that both places hold
    here = caster(meshes, engine=engine).cast(origins_m, rays.directions)
    there = caster([mesh.moved(UPRIGHT, shift_m) for mesh in meshes], engine=engine).cast(
        origins_m + shift_m, rays.directions
    )
    assert np.array_equal(here.instance, there.instance)
    np.testing.assert_allclose(there.range_m, here.range_m, rtol=0, atol=1e-9)
    np.testing.assert_allclose(there.points_m() - shift_m, here.points_m(), rtol=0, atol=2e-9)


@both
def test_a_ray_from_very_far_meets_a_small_thing_exactly(engine: Both) -> None:
    target = caster([box_mesh(np.array([0.5, 0.5, 0.5]))], engine=engine)
    on_face_m = np.array(
        [[-0.25, 0.2499, 0.2], [-0.25, 0.1, -0.2499], [-0.25, 0.2501, 0.2], [-0.25, 0.1, 0.2501]]
    )
    way = np.array([[6.0, -2, 3]]) / 7
    origins_m = on_face_m - 7e6 * way
    hits = target.cast(origins_m, way)
    assert hits.instance.tolist() == [0, 0, 0, -1]  # the third goes in over the edge, and meets another face
    np.testing.assert_allclose(hits.range_m[:3], [7e6, 7e6, 7e6 + 0.0001 * 7 / 2], rtol=0, atol=1e-8)
    assert not target.occluded(origins_m, way, 7e6 - 1).any()
    assert target.occluded(origins_m, way, 7e6 + 1).tolist() == [True, True, True, False]
    assert not target.occluded(-origins_m, way, np.inf).any()


def test_the_float64_engine_agrees_with_its_slow_twin_face_by_face() -> None:
    meshes = room(4)[:12]
    rays = rays_in(4, 120)
    hits = caster(meshes, engine="float64").cast_rays(rays)
    ranges_m, instance, face = slow_cast(meshes, rays.origins_m, rays.directions)
    np.testing.assert_allclose(hits.range_m, ranges_m, rtol=1e-12)
    assert hits.instance.tolist() == instance.tolist()
    assert hits.faces().tolist() == face.tolist()


@needs_embree
@pytest.mark.parametrize("seed", range(3))
def test_embree_answers_as_float64_does_but_for_a_ray_a_millionth_beside_an_edge(seed: int) -> None:
    meshes, rays = room(seed), rays_in(seed, 70_000)
    fast, exact = (caster(meshes, engine=engine) for engine in get_args(Both))
    ours, theirs = fast.cast_rays(rays), exact.cast_rays(rays)
    stray = np.flatnonzero(ours.instance != theirs.instance).tolist()
    assert len(stray) < 1e-4 * len(rays)
    assert all(_beside(exact, rays, row=row, instance=int(ours.instance[row])) for row in stray)
    same = ours.triangle == theirs.triangle
    np.testing.assert_array_equal(ours.range_m[same], theirs.range_m[same])
    # A neighbouring face across an edge: as near, but for the angle between both.
    np.testing.assert_allclose(ours.range_m, theirs.range_m, atol=1e-4)


def _beside(exact: RayCaster, rays: Rays, *, row: int, instance: int) -> bool:
    """Whether a ray that starts a millionth of the scene beside this one meets that instance."""
    aside_m = 1e-6 * exact.triangles.radius_m * np.array([[np.cos(a), np.sin(a)] for a in range(6)])
    direction = rays.directions[row : row + 1]
    across = np.linalg.svd(direction)[2][1:]
    return instance in exact.cast(rays.origins_m[row] + aside_m @ across, direction).instance


@both
def test_what_is_occluded_is_what_a_cast_meets_sooner(engine: Both) -> None:
    made, rays = caster(room(5), engine=engine), rays_in(5, 70_000)
    within_m = stream(5, "within").uniform(0, 6, len(rays))
    met_m = made.cast_rays(rays).range_m
    clear = np.abs(met_m - within_m) > 1e-5
    assert np.array_equal(made.rays_occluded(rays, within_m)[clear], (met_m < within_m)[clear])
    assert np.array_equal(made.rays_occluded(rays, np.inf), np.isfinite(met_m))
    assert not made.rays_occluded(rays, 0.0).any()


@both
def test_a_ray_that_starts_a_little_off_a_surface_does_not_meet_it(engine: Both) -> None:
    made = caster(room(6), engine=engine)
    hits = made.cast_rays(rays_in(6, 5000))
    again = made.cast(hits.points_m() + 1e-5 * hits.normals(), hits.normals())
    assert (again.range_m > 1e-4).mean() > 0.995  # save in a corner, where another surface is as near
    back = made.cast(hits.points_m() + 1e-5 * hits.normals(), -hits.normals())
    assert (back.range_m <= 1e-5 + 1e-12).all()


@both
def test_no_ray_slips_between_triangles(engine: Both) -> None:
    ball = sphere(1.0).moved(rotation_from_quaternion(0.7, 0.1, 0.5, 0.2), np.zeros(3))
    corners_m = ball.corners_m()
    shares = stream(7, "shares").dirichlet([1, 1], len(corners_m))
    on_edges_m = shares[:, :1] * corners_m[:, 0] + shares[:, 1:] * corners_m[:, 1]
    aims_m = np.concatenate([ball.vertices_m, on_edges_m])
    made = caster([ball], engine=engine)
    assert np.isfinite(made.cast(np.zeros((1, 3)), aims_m).range_m).all()
    assert np.isfinite(made.cast(3 * aims_m, -aims_m).range_m).all()


@both
def test_faces_without_area_are_not_seen_and_do_not_shift_the_numbers_of_others(engine: Both) -> None:
    vertices_m = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [2, 0, 0], [0.5, 0, 0], [1e-14, 0, 0]])
    mesh = Mesh(vertices_m, np.array([[0, 0, 1], [0, 1, 3], [0, 1, 5], [0, 1, 2], [4, 1, 3]]))
    made = caster([mesh, floor(-1.0)], engine=engine)
    hits = made.cast(np.array([[0.3, 0.3, 5.0], [1.5, 0, 5.0]]), -Z)
    assert hits.instance.tolist() == [0, 1]
    assert hits.faces()[0] == 3
    assert hits.range_m.tolist() == [5.0, 6.0]


@both
def test_an_empty_scene_is_met_by_nothing(engine: Both) -> None:
    nowhere = Mesh(np.zeros((1, 3)), np.zeros((1, 3), dtype=int))
    for made in (caster([], engine=engine), caster([nowhere], engine=engine)):
        hits = made.cast(np.ones((4, 3)), np.ones((4, 3)))
        assert hits.range_m.tolist() == [np.inf] * 4
        assert (hits.instance == -1).all()
        assert (hits.faces() == -1).all()
        assert np.isnan(hits.barycentric()).all()
        assert not made.occluded(np.zeros((1, 3)), X, np.inf).any()


@both
def test_no_rays_have_no_hits(engine: Both) -> None:
    made = caster([floor()], engine=engine)
    hits = made.cast(np.zeros((0, 3)), np.zeros((0, 3)))
    assert hits.range_m.shape == hits.faces().shape == (0,)
    assert hits.points_m().shape == hits.normals().shape == (0, 3)
    assert made.occluded(np.zeros((0, 3)), np.zeros((0, 3)), 1.0).shape == (0,)


@both
def test_the_length_of_a_direction_does_not_matter(engine: Both) -> None:
    made, lengths = caster([floor(-1.0)], engine=engine), np.array([1e-300, 1e-150, 1e-3, 1, 1e9, 1e300])
    hits = made.cast(np.zeros((1, 3)), np.array([[0.6, 0, -0.8]]) * lengths[:, None])
    np.testing.assert_allclose(hits.range_m, 1.25, rtol=1e-15)
    assert not made.occluded(np.zeros((1, 3)), hits.rays.directions, 1.2).any()
    assert made.occluded(np.zeros((1, 3)), hits.rays.directions, 1.3).all()


@both
def test_one_origin_or_one_direction_serves_all_rays(engine: Both) -> None:
    made, rays = caster(room(8), engine=engine), rays_in(8, 50)
    ways = rays.directions
    shared, repeated = made.cast(np.ones((1, 3)), ways), made.cast(np.ones((50, 3)), ways)
    assert np.array_equal(shared.range_m, repeated.range_m)
    down, each_down = made.cast(rays.origins_m, -Z), made.cast(rays.origins_m, np.repeat(-Z, 50, axis=0))
    assert np.array_equal(down.range_m, each_down.range_m)
    assert len(down.range_m) == 50


@pytest.mark.parametrize(
    ("origins_m", "directions", "words"),
    [
        (np.zeros((1, 3)), np.array([[1.0, 0, 0], [0, 0, 0]]), "ray 1 has a direction of length 0"),
        (np.zeros((1, 3)), np.array([[1.0, 0, 0], [0, np.nan, 0]]), "direction of ray 1 is not finite"),
        (np.zeros((1, 3)), np.array([[1.0, np.inf, 0]]), "direction of ray 0 is not finite"),
        (np.array([[0, 0, 0], [0, 0, np.inf]]), np.ones((2, 3)), "origin of ray 1 is not finite"),
    ],
)
def test_what_is_no_ray_is_refused_in_words(
    origins_m: np.ndarray, directions: np.ndarray, words: str
) -> None:
    made = caster([floor()])
    with pytest.raises(ValueError, match=words):
        made.cast(origins_m, directions)
    with pytest.raises(ValueError, match=words):
        made.occluded(origins_m, directions, 1.0)


def test_rays_without_an_origin_each_and_bounds_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="2 origins for 3 directions"):
        Rays(np.zeros((2, 3)), np.ones((3, 3)))
    made = caster([floor()])
    with pytest.raises(ValueError, match="ray 1 has no range to look within"):
        made.occluded(np.zeros((1, 3)), np.ones((2, 3)), np.array([1.0, np.nan]))


@both
def test_barycentric_weights_rebuild_the_point(engine: Both) -> None:
    meshes = room(9)
    hits = caster(meshes, engine=engine).cast_rays(rays_in(9, 2000))
    corners_m = np.stack(
        [meshes[which].corners_m()[face] for which, face in zip(hits.instance, hits.faces())]
    )
    weights = hits.barycentric()
    np.testing.assert_allclose((corners_m * weights[..., None]).sum(1), hits.points_m(), atol=1e-9)
    np.testing.assert_allclose(weights.sum(1), 1, atol=1e-12)
    assert weights.min() > -1e-4  # Embree's edges are blurred


def test_a_grazing_hit_stays_on_its_triangle() -> None:
    triangles = caster([floor(0.0, 1.0)], engine="float64").triangles
    origins_m = np.array([[-3.0, 0.5, 0.0], [-3.0, 0.5, 1e-3], [-3.0, 0.5, 1e-3]]).T
    units = np.array([[1.0, 0, 0], [1, 0, -1e-3], [1, 0, -1e-6]]).T
    rows = np.full(3, int(triangles.corners_m[1].mean(axis=0)[1] > 0))
    lying, meeting, missing = triangles.ranges_m(rows, LocalRays(origins_m, units, units.astype(np.float32)))
    assert lying == 2.0  # in the plane: where the floor begins
    assert meeting == pytest.approx(2.0) or meeting <= 4.0
    assert missing == pytest.approx(
        4.0, abs=1e-6
    )  # it would meet the plane a kilometre on: where the floor ends


@both
@settings(max_examples=8)
@given(
    quaternion=st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: np.linalg.norm(q) > 0.1),
    shift_m=st.tuples(*[st.floats(-1e4, 1e4)] * 3),
)
def test_moving_the_whole_world_moves_the_hits_with_it(
    engine: Both, quaternion: tuple[float, float, float, float], shift_m: tuple[float, float, float]
) -> None:
    turn, shift, meshes, rays = (
        rotation_from_quaternion(*quaternion),
        np.array(shift_m),
        room(10),
        rays_in(10, 300),
    )
    before = caster(meshes, engine=engine).cast_rays(rays)
    after = caster([mesh.moved(turn, shift) for mesh in meshes], engine=engine).cast(
        rays.origins_m @ turn.T + shift, rays.directions @ turn.T
    )
    assert np.array_equal(before.instance, after.instance)
    np.testing.assert_allclose(after.range_m, before.range_m, atol=1e-8)
    np.testing.assert_allclose(after.points_m(), before.points_m() @ turn.T + shift, atol=1e-8)
    same = after.triangle == before.triangle
    np.testing.assert_allclose(after.normals()[same], before.normals()[same] @ turn.T, atol=1e-8)


@both
def test_another_order_of_the_meshes_renames_the_hits_and_no_more(engine: Both) -> None:
    meshes, rays = room(11), rays_in(11, 5000)
    order = stream(11, "order").permutation(len(meshes))
    before = caster(meshes, engine=engine).cast_rays(rays)
    after = caster([meshes[row] for row in order], engine=engine).cast_rays(rays)
    assert np.array_equal(order[after.instance], before.instance)
    np.testing.assert_array_equal(after.range_m, before.range_m)
    assert np.array_equal(after.faces(), before.faces())


def test_hits_and_rays_cannot_be_written() -> None:
    hits = caster([floor()]).cast(np.ones((2, 3)), -Z)
    for array in (hits.range_m, hits.instance, hits.rays.directions, hits.rays.origins_m):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_without_embree_numpy_casts_and_who_asks_for_embree_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engines: tuple[EngineName, ...] = ("auto", "float64")
    monkeypatch.setattr(raycast, "HAS_EMBREE", False)
    assert all(isinstance(caster([floor()], engine=engine).engine, PacketEngine) for engine in engines)
    with pytest.raises(BadInput, match=r"pip install 'allocentric\[render\]'"):
        caster([floor()], engine="embree")


def test_two_thousand_casters_live_at_once() -> None:
    """Each with a device of its own, Embree would crash the process at about half of that."""
    pytest.importorskip("embreex")
    corners_m = np.array([[2.0, -9.0, -9.0], [2.0, 9.0, -9.0], [2.0, 0.0, 9.0]])
    mesh = Mesh(corners_m, np.array([[0, 1, 2]]))
    casters = [caster([mesh], engine="embree") for _ in range(2_000)]
    assert len({id(each) for each in casters}) == 2_000
