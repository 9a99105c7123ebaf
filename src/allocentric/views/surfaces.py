"""What of a scene can be seen: each placed thing's surface and the floor, under one ray-caster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from jaxtyping import Bool, Float, Int
from shapely.geometry import Polygon

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.prisms import prism_mesh
from allocentric.geometry.raycast import EngineName, Hits, RayCaster, caster
from allocentric.scene.scene import Footprint, Scene
from allocentric.views.plan_things import UNDERFOOT

NO_THING: Final = -1
"""The row of what is no thing: the floor's outline, or nothing at all."""


@dataclass(frozen=True, eq=False, slots=True)
class SceneCaster:
    """A ray-caster over a scene, in its own units; `rows` are the things of its meshes.

    `meshes` are kept where their paint is to be seen.
    """

    caster: RayCaster
    rows: Int[np.ndarray, " mesh"]
    meshes: tuple[Mesh, ...] = ()

    def rows_hit(self, hits: Hits) -> Int[np.ndarray, " ray"]:
        """The thing that each ray met first; -1 where that is the floor's outline, or nothing."""
        rows: Int[np.ndarray, " ray"] = np.append(self.rows, NO_THING).take(hits.instance, mode="wrap")
        return rows


def scene_caster(scene: Scene, *, engine: EngineName = "auto") -> SceneCaster:
    """The ray-caster over all that can be seen of a scene, made once a scene and engine.

    Seen are the things that are placed, at the middle of their bounds, and the walkable floor where no thing
    is the floor. Regions are not, nor what has no place or no size. Raises BadInput for a globe.
    """
    if scene.space == "globe":
        what = "a scene on a globe has no flat floor to look along"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="cut out a part and set it on a plane")

    def made() -> SceneCaster:
        surfaces = list(_surfaces(scene))
        meshes, rows = [mesh for mesh, _ in surfaces], [row for _, row in surfaces]
        return SceneCaster(caster(meshes, engine=engine), np.array(rows, dtype=np.int32), tuple(meshes))

    return scene.cached(f"caster {engine}", made)


def seen_rows(scene: Scene) -> Bool[np.ndarray, " thing"]:
    """Which things have a surface in a known place."""
    solid = np.array([kind != "region" for kind in scene.kinds], dtype=bool)
    bounded = np.isfinite(scene.center_slacks).all(axis=1) & np.isfinite(scene.size_slacks).all(axis=1)
    seen: Bool[np.ndarray, " thing"] = solid & bounded
    return seen


def floor_height(scene: Scene) -> float:
    """How high the walkable floor lies: at the foot of the regions, else at the lowest underside."""
    shaped = zip(scene.shapes, scene.kinds)
    feet = [shape.low for shape, kind in shaped if kind == "region" and isinstance(shape, Footprint)]
    if feet:
        return min(feet)
    undersides = [float(_points(scene, row)[:, 2].min()) for row in np.flatnonzero(seen_rows(scene)).tolist()]
    return min(undersides, default=0.0)


def meter_of(scene: Scene) -> float:
    """How many metres a unit of the scene is; raises BadInput where that is not known."""
    if not scene.scale.exact:
        raise unknown_scale(f"scene {scene.id!r}")
    return scene.scale.low


def unknown_scale(where: str) -> BadInput:
    """The error of who asks for metres where a unit's length is not known."""
    what = "how long a unit of the scene is, is not known: it has no lengths in metres"
    return BadInput(what, where=where, mend="state the scale (`scale`)")


def surface_of(scene: Scene, row: int) -> Mesh:
    """A thing's surface in the world: its mesh, its footprint raised, or the twelve triangles of its box."""
    match scene.shapes[row]:
        case Footprint() as shape:
            return prism_mesh(shape.polygon, shape.low, shape.high)
        case Mesh() as mesh:
            return mesh
        case None:
            return box_mesh(scene.sizes[row]).moved(scene.rotations[row], scene.centers[row])


def _points(scene: Scene, row: int) -> Float[np.ndarray, "corner 3"]:
    return surface_of(scene, row).vertices_m


def _surfaces(scene: Scene) -> Iterator[tuple[Mesh, int]]:
    for row in np.flatnonzero(seen_rows(scene)).tolist():
        yield surface_of(scene, row), row
    if scene.floor is not None and not UNDERFOOT & set(scene.labels):
        yield _level(scene.floor, floor_height(scene)), NO_THING


def _level(floor: Polygon, height: float) -> Mesh:
    """A polygon as a level surface."""
    triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(floor))
    ground = np.array([each.exterior.coords[:3] for each in triangles])[..., :2].reshape(-1, 2)
    corners = np.column_stack([ground, np.full(len(ground), height)])
    return Mesh(corners, np.arange(len(corners)).reshape(-1, 3))
