"""Pictures of a scene beside Embree called directly with the same rays; and how exact their depth is.

    python benchmarks/render.py [--json]

The room of `benchmarks/raycast.py`, 61 meshes and 204,812 triangles, as a scene, 640 by 480 pixels. Rays are
made beforehand on both sides; Embree gives ids and depth in single precision, we give the images of depth
along z, of range and of things, exact to rounding. Occlusion is from every point seen to a lamp. A ratio is
our best CPU seconds of sixty turns by Embree's best; the bar is 1.10. Errors are against closed formulas:
boxes by their slabs; a ball of triangles, whose corners are on the ball, by the ball.
"""

import argparse
import json
import os
import pathlib
import sys
import time
from collections.abc import Callable

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy reads it: CPU seconds are those of one core
sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import numpy as np
import trimesh
from benchmarks.raycast import HEIGHT, WIDTH, ratio, room
from embreex.mesh_construction import TriangleMesh  # type: ignore[import-untyped]
from embreex.rtcore_scene import EmbreeScene  # type: ignore[import-untyped]

from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.rays import Rays
from allocentric.scene.scene import Scene, Thing, View, scene_of
from allocentric.seeds import stream
from allocentric.views.light import DAYLIGHT
from allocentric.views.paths import looking_at
from allocentric.views.render import render, seen_along, sight_lines
from allocentric.views.surfaces import scene_caster

CAMERA = Pinhole(WIDTH, HEIGHT, 320.0, 320.0, WIDTH / 2, HEIGHT / 2)
NEAR, UTM = (0.0, 0.0, 0.0), (448_000.0, 5_411_000.0, 120.0)
BALL_M = 1.3


def thing_of(mesh: Mesh) -> Thing:
    low, high = mesh.bounds_m()
    return Thing(label="thing", center=(low + high) / 2, size=high - low, shape=mesh)


def beside_embree() -> dict[str, float]:
    """Ratios of our time to Embree's for depth and things, and for occlusion; and rates of whole pictures."""
    meshes = room(boxes=False)
    scene = scene_of("room", [thing_of(each) for each in meshes])
    view = View("eye", looking_at((-3.8, -2.8, 2.5), (0.2, 0.2, 1.3)), camera=CAMERA)
    held, lines = scene_caster(scene), sight_lines(view)
    direct, center_m = EmbreeScene(), held.caster.triangles.center_m
    for mesh in meshes:
        TriangleMesh(direct, (mesh.vertices_m - center_m).astype(np.float32), mesh.faces.astype(np.int32))
    one = _single(lines.rays, center_m)
    seen, truth = seen_along(scene, lines), direct.run(*one, output=1)
    assert (truth["geomID"] == seen.instance.ravel()).mean() > 0.9999
    hits = held.caster.cast_rays(lines.rays)
    starts_m = hits.points_m() + 1e-4 * hits.normals()
    to_lamp_m = np.array([0.1, 0.2, 2.9]) - starts_m
    lit, lamp_m = Rays(starts_m, to_lamp_m), np.linalg.norm(to_lamp_m, axis=1)
    each, bound_m = _single(lit, center_m), lamp_m.astype(np.float32)
    depth_ratio, depth_s = ratio(lambda: seen_along(scene, lines), lambda: direct.run(*one, output=1))
    occlusion_ratio, occlusion_s = ratio(
        lambda: held.caster.rays_occluded(lit, lamp_m),
        lambda: direct.run(*each, dists=bound_m, query="OCCLUDED"),
    )
    count = len(lines.rays)
    return {
        "depth and things: our time by Embree's": depth_ratio,
        "depth and things: our rays a CPU second": count / depth_s / depth_ratio,
        "depth and things: Embree's rays a CPU second": count / depth_s,
        "occlusion: our time by Embree's": occlusion_ratio,
        "occlusion: our rays a CPU second": count / occlusion_s / occlusion_ratio,
        "depth and things, rays made as well: rays a CPU second": count
        / _seconds(lambda: seen_along(scene, sight_lines(view))),
        "whole pictures without light: pixels a CPU second": count
        / _seconds(lambda: render(scene, view, light=None)),
        "whole pictures, sun and shadows: pixels a CPU second": count
        / _seconds(lambda: render(scene, view, light=DAYLIGHT)),
    }


def _single(rays: Rays, center_m: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    origins_m = np.broadcast_to(rays.origins_m - center_m, (len(rays), 3))
    return np.ascontiguousarray(origins_m, np.float32), np.ascontiguousarray(rays.directions, np.float32)


def _seconds(work: Callable[[], object]) -> float:
    best = np.inf
    for _ in range(8):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def box_error_m(origin: tuple[float, float, float]) -> tuple[float, float, float]:
    """The largest error of range on turned boxes, that at their edges, and of 1000 pixels how many are there.

    There a ray passes so closely that single precision took the face beyond the edge, or another thing.
    """
    rng, start_m, things = stream(3, "boxes"), np.array(origin), []
    for way in rng.normal(size=(60, 3)):
        turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
        turn *= np.sign(np.linalg.det(turn))
        place_m = start_m + rng.uniform(2, 9) * way / np.linalg.norm(way)
        size_m = rng.uniform(0.2, 2, 3)
        things.append(Thing(label="box", center=place_m, size=size_m, rotation=rotation_about_up(1.0) @ turn))
    scene, worst_m, wrong, count = scene_of("boxes", things), 0.0, 0, 0
    edge_m, rounding_m = 0.0, 1e-9 + 3e-15 * float(np.abs(start_m).max())
    for yaw in range(6):
        ahead = rotation_about_up(yaw * np.pi / 3) @ np.array([1.0, 0, 0.1])
        lines = sight_lines(View("v", looking_at(origin, (start_m + ahead).tolist()), camera=CAMERA))
        seen = seen_along(scene, lines)
        range_m, instance = slabs(scene, start_m, lines.rays.directions)
        met = (instance >= 0) & (instance == seen.instance.ravel())
        off_m = np.abs(seen.range.ravel()[met] - range_m[met])
        other = int((instance != seen.instance.ravel()).sum())
        wrong, count = wrong + int((off_m > rounding_m).sum()) + other, count + len(met)
        worst_m = max(worst_m, float(off_m[off_m <= rounding_m].max()))
        edge_m = max(edge_m, float(off_m.max()))
    return worst_m, edge_m, 1000 * wrong / count


def slabs(scene: Scene, origin_m: np.ndarray, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far along each ray the first box begins, by its three slabs, and its row; infinite and -1."""
    nearest_m, row_of = np.full(len(directions), np.inf), np.full(len(directions), -1)
    for row, (center, size, rotation) in enumerate(zip(scene.centers, scene.sizes, scene.rotations)):
        start, way = (origin_m - center) @ rotation, directions @ rotation
        with np.errstate(divide="ignore"):
            ends = np.stack([(side * size / 2 - start) / way for side in (-1, 1)])
        enter, leave = ends.min(axis=0).max(axis=1), ends.max(axis=0).min(axis=1)
        nearer = (enter < leave) & (enter > 0) & (enter < nearest_m)
        nearest_m[nearer], row_of[nearer] = enter[nearer], row
    return nearest_m, row_of


def ball_error_m(origin: tuple[float, float, float], subdivisions: int) -> tuple[float, float]:
    """The largest error of range on a ball of triangles, off its silhouette; and how deep its faces lie."""
    made = trimesh.creation.icosphere(subdivisions=subdivisions, radius=BALL_M)
    middle_m = np.array(origin)
    mesh = Mesh(np.asarray(made.vertices) + middle_m, np.asarray(made.faces))
    eye_m = middle_m + np.array([-4.0, 0.5, 0.7])
    lines = sight_lines(View("v", looking_at(eye_m.tolist(), origin), camera=CAMERA))
    seen = seen_along(scene_of("ball", [thing_of(mesh)]), lines)
    start, ways = eye_m - middle_m, lines.rays.directions
    along = -(ways @ start)
    root = along**2 - (start @ start - BALL_M**2)
    inner = root > 0.25 * BALL_M**2  # where the ray meets the ball at 30 degrees or more
    range_m = along - np.sqrt(np.where(inner, root, 0))
    corners_m = np.asarray(made.vertices)[made.faces]
    deep_m = BALL_M - np.linalg.norm(corners_m.mean(axis=1), axis=1)
    return float(np.abs(seen.range.ravel() - range_m)[inner].max()), float(deep_m.max())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    as_json: bool = parser.parse_args().json
    found = beside_embree()
    for name, origin in (("near the origin", NEAR), ("at UTM's", UTM)):
        worst_m, edge_m, edges = box_error_m(origin)
        found[f"boxes {name}: largest error of range, m"] = worst_m
        found[f"boxes {name}: at an edge, m"] = edge_m
        found[f"boxes {name}: pixels at an edge, in 1000"] = edges
        worst_m, deep_m = ball_error_m(origin, 6)
        found[f"ball of 81,920 triangles {name}: largest error of range, m"] = worst_m
    found["ball of 81,920 triangles: its faces lie within the ball by, m"] = deep_m
    if as_json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:72} {value:>14,.0f}" if value > 100 else f"{name:72} {value:>14.4g}")


if __name__ == "__main__":
    main()
