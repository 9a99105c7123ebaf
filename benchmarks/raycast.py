"""Rays per CPU second, beside Embree called directly with the same rays, turn by turn in one run.

    python benchmarks/raycast.py [--json]

A room of 61 meshes and 204,812 triangles, 640 by 480 rays. Both sides get rays made beforehand, Embree's in
single precision about the same local origin. Embree gives ids and depth in single precision, we give ids and
depth exact to rounding. A ratio is our best CPU seconds of sixty turns by Embree's best; the bar is 1.10.
"""

import argparse
import json
import os
import time
from collections.abc import Callable

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy reads it: CPU seconds are those of one core

import numpy as np
import trimesh
from embreex.mesh_construction import TriangleMesh  # type: ignore[import-untyped]
from embreex.rtcore_scene import EmbreeScene  # type: ignore[import-untyped]
from jaxtyping import Float

from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.raycast import RayCaster, caster
from allocentric.geometry.rays import Rays
from allocentric.seeds import stream

TURNS, WIDTH, HEIGHT = 60, 640, 480


def shapes() -> list[trimesh.Trimesh]:
    """A ball, a box of many faces and a ring."""
    box = trimesh.creation.box(extents=[1, 1, 1])
    for _ in range(4):
        box = box.subdivide()
    ring = trimesh.creation.torus(0.7, 0.3, major_sections=32, minor_sections=32)
    return [trimesh.creation.icosphere(subdivisions=4), box, ring]


def room(*, boxes: bool) -> list[Mesh]:
    """A hollow room of 8 by 6 by 3 m and sixty things, as fine meshes or as boxes of their size."""
    draw, made = stream(1, "room"), shapes()
    meshes = [box_mesh(np.array([8.0, 6, 3])).moved(np.eye(3), np.array([0, 0, 1.5]))]
    for number in range(60):
        half_m, place_m = draw.uniform(0.15, 0.6, 3), draw.uniform([-3.5, -2.5, 0.2], [3.5, 2.5, 2.2])
        shape = made[number % 3]
        mesh = box_mesh(np.array([2.0, 2, 2])) if boxes else Mesh(shape.vertices, shape.faces)
        meshes.append(Mesh(mesh.vertices_m * half_m + place_m, mesh.faces))
    return meshes


def picture() -> tuple[Float[np.ndarray, "1 3"], Float[np.ndarray, "ray 3"]]:
    """An eye in a corner of the room, and the way through each pixel, not of length 1."""
    ahead = np.array([1.0, 0.75, -0.3]) / np.linalg.norm([1.0, 0.75, -0.3])
    right = np.cross(ahead, [0, 0, 1.0]) / np.linalg.norm(np.cross(ahead, [0, 0, 1.0]))
    x, y = np.meshgrid(np.arange(WIDTH) + 0.5 - WIDTH / 2, np.arange(HEIGHT) + 0.5 - HEIGHT / 2)
    ways = ahead + (x[..., None] * right + y[..., None] * np.cross(ahead, right)) / 320
    return np.array([[-3.8, -2.8, 2.5]]), ways.reshape(-1, 3)


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Our CPU seconds by theirs, each at its best, for neighbours only ever add; and their seconds."""
    ours_s = theirs_s = np.inf
    for _ in range(TURNS):
        start = time.process_time()
        theirs()
        between = time.process_time()
        ours()
        ours_s, theirs_s = min(ours_s, time.process_time() - between), min(theirs_s, between - start)
    return ours_s / theirs_s, theirs_s


def beside_embree(made: RayCaster, meshes: list[Mesh]) -> dict[str, float]:
    """Ratios of our time to Embree's, and how far apart the depths are."""
    center_m = made.triangles.center_m
    scene = EmbreeScene()
    for mesh in meshes:
        TriangleMesh(scene, (mesh.vertices_m - center_m).astype(np.float32), mesh.faces.astype(np.int32))

    def single(rays: Rays) -> tuple[np.ndarray, np.ndarray]:
        origins_m = np.broadcast_to(rays.origins_m - center_m, (len(rays), 3))
        return np.ascontiguousarray(origins_m, np.float32), np.ascontiguousarray(rays.directions, np.float32)

    eye_m, ways = picture()
    seen = Rays(eye_m, ways)
    hits = made.cast_rays(seen)
    starts_m = hits.points_m() + 1e-4 * hits.normals()
    to_lamp_m = np.array([0.1, 0.2, 2.9]) - starts_m
    lit, lamp_m = Rays(starts_m, to_lamp_m), np.linalg.norm(to_lamp_m, axis=1)
    one, each, bound_m = single(seen), single(lit), lamp_m.astype(np.float32)
    direct = scene.run(*one, output=1)
    assert (direct["geomID"] == hits.instance).mean() > 0.9999
    found = {"Embree: largest error of depth, m": float(np.abs(direct["tfar"] - hits.range_m).max())}
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "closest hits from one eye": (lambda: made.cast_rays(seen), lambda: scene.run(*one, output=1)),
        "closest hits, an origin each": (lambda: made.cast_rays(lit), lambda: scene.run(*each, output=1)),
        "occlusion, an origin each": (
            lambda: made.rays_occluded(lit, lamp_m),
            lambda: scene.run(*each, dists=bound_m, query="OCCLUDED"),
        ),
        "closest hits from one eye, our rays made as well": (
            lambda: made.cast(eye_m, ways),
            lambda: scene.run(*one, output=1),
        ),
    }
    for name, (ours, theirs) in pairs.items():
        found[f"{name}: our time by Embree's"], seconds = ratio(ours, theirs)
        found[f"{name}: Embree's rays a second"] = len(seen) / seconds
    return found


def in_float64(meshes: list[Mesh], name: str) -> dict[str, float]:
    """Rays per CPU second of the engine without Embree, from one eye and from anywhere to anywhere."""
    made, draw = caster(meshes, engine="float64"), stream(2, "anywhere")
    anywhere = draw.uniform([-3.9, -2.9, 0.1], [3.9, 2.9, 2.9], (40_000, 3))
    found = {}
    for which, rays in (
        ("from one eye", Rays(*picture())),
        ("anywhere", Rays(anywhere, draw.normal(size=anywhere.shape))),
    ):
        best = 0.0
        for _ in range(3):
            start = time.process_time()
            made.cast_rays(rays)
            best = max(best, len(rays) / (time.process_time() - start))
        found[f"float64 engine, {name}, {which}: rays a second"] = best
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    as_json: bool = parser.parse_args().json
    fine, coarse = room(boxes=False), room(boxes=True)
    start = time.process_time()
    made = caster(fine, engine="embree")
    found = {"seconds to build, with Embree": time.process_time() - start}
    found |= beside_embree(made, fine)
    found |= in_float64(coarse, "61 boxes") | in_float64(fine, "204,812 triangles")
    if as_json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:72} {value:>14,.0f}" if value > 100 else f"{name:72} {value:>14.4g}")


if __name__ == "__main__":
    main()
