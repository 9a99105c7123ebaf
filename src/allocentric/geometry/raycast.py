"""The one ray-caster: what a ray meets first, exactly where, and whether anything is in the way.

Which triangle is first is told by Embree in single precision, or, where Embree is not installed, by numpy in
double precision. Where the ray meets it is then computed in double precision from the triangle's plane, about
a local origin: exact to rounding, however far the scene lies from the world's origin.

Embree sees the scene to about 1e-7 of its radius. A ray that passes an edge closer than this may hit or miss,
and of two surfaces closer to each other than this either may be first. The double-precision engine holds to
1e-12 of the radius. Neither tells whether a ray hits the very surface that it starts on: start off it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.errors import BadInput
from allocentric.geometry.boxes import Boxes
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.raycast_embree import HAS_EMBREE, EmbreeEngine, embree_engine
from allocentric.geometry.raycast_numpy import PacketEngine, packet_engine
from allocentric.geometry.raycast_triangles import Triangles, triangles_of
from allocentric.geometry.rays import LocalRays, Rays

CHUNK: Final = 1 << 16  # rays whose numbers the processor's cache holds
OUTSIDE: Final = 4.0  # radii of the scene: a ray that starts farther off is brought near before it is cast

EngineName = Literal["auto", "embree", "float64"]
Engine = EmbreeEngine | PacketEngine


@dataclass(frozen=True, eq=False, slots=True)
class Hits:
    """What each ray met first. Never changes.

    `range_m` is the distance from the ray's origin, infinite where there is nothing; `instance` is the place
    of the mesh among those given to `caster`, -1 where there is nothing. The rest is computed when asked for.
    """

    rays: Rays
    range_m: Float[np.ndarray, " ray"]
    instance: Int[np.ndarray, " ray"]
    triangle: Int[np.ndarray, " ray"]
    triangles: Triangles

    def faces(self) -> Int[np.ndarray, " ray"]:
        """The face that was hit, as a row of its mesh's faces; -1 where there is nothing."""
        faces: Int[np.ndarray, " ray"] = self.triangles.face[self.triangle]
        return faces

    def points_m(self) -> Float[np.ndarray, "ray 3"]:
        """Where the rays met it, in the world; NaN where there is nothing."""
        hit = self.triangle >= 0
        return self._where_hit(self._starts_m(hit) + self.range_m[hit, None] * self.rays.directions[hit])

    def normals(self) -> Float[np.ndarray, "ray 3"]:
        """Unit normals of the faces, on the side that the rays came from; NaN where there is nothing."""
        hit = self.triangle >= 0
        normals = self.triangles.planes[:3, self.triangle[hit]].T
        away = (normals * self.rays.directions[hit]).sum(axis=1) > 0
        return self._where_hit(np.where(away[:, None], -normals, normals))

    def barycentric(self) -> Float[np.ndarray, "ray 3"]:
        """The weights of the face's corners at the point hit, which sum to 1; NaN where there is nothing."""
        hit = self.triangle >= 0
        corners_m = self.triangles.corners_m[self.triangle[hit]]
        points_m = self._starts_m(hit) - self.triangles.center_m
        spokes_m = corners_m - (points_m + self.range_m[hit, None] * self.rays.directions[hit])[:, None]
        opposite = np.cross(np.roll(spokes_m, -1, axis=1), np.roll(spokes_m, -2, axis=1))
        normals = self.triangles.planes[:3, self.triangle[hit]].T
        areas = (opposite * normals[:, None]).sum(axis=2)
        return self._where_hit(areas / areas.sum(axis=1, keepdims=True))

    def _starts_m(self, hit: Bool[np.ndarray, " ray"]) -> Float[np.ndarray, "hit 3"]:
        starts_m: Float[np.ndarray, "hit 3"] = np.broadcast_to(self.rays.origins_m, (len(self.rays), 3))[hit]
        return starts_m

    def _where_hit(self, values: Float[np.ndarray, "hit 3"]) -> Float[np.ndarray, "ray 3"]:
        spread = np.full((len(self.rays), 3), np.nan)
        spread[self.triangle >= 0] = values
        return spread


@dataclass(frozen=True, eq=False, slots=True)
class RayCaster:
    """Casts rays against the meshes that it was made of; see `caster`."""

    triangles: Triangles
    engine: Engine

    def cast(self, origins_m: Float[np.ndarray, "#ray 3"], directions: Float[np.ndarray, "#ray 3"]) -> Hits:
        """The first thing on each ray. Directions may have any length but 0 (ValueError).

        >>> cube = caster([box_mesh(np.array([2.0, 2.0, 2.0]))])
        >>> hits = cube.cast(np.array([[-5.0, 0, 0]]), np.array([[3.0, 0, 0], [0, 0, 1.0]]))
        >>> hits.range_m.tolist(), hits.instance.tolist()
        ([4.0, inf], [0, -1])
        """
        return self.cast_rays(Rays(origins_m, directions))

    def cast_rays(self, rays: Rays) -> Hits:
        """The first thing on each of these rays: for rays that are cast again, or made beforehand."""
        range_m = np.empty(len(rays))
        instance, triangle = np.empty(len(rays), dtype=np.int32), np.empty(len(rays), dtype=np.int32)
        outside = self._outside(rays)
        for part, local in self._local(rays):
            rows = self.engine.nearest(self._moved_up(local)[0] if outside else local)
            triangle[part] = rows
            self.triangles.instance.take(rows, mode="wrap", out=instance[part])
            self.triangles.ranges_m(rows, local, out=range_m[part])
        for array in (range_m, instance, triangle):
            array.flags.writeable = False
        return Hits(rays, range_m, instance, triangle, self.triangles)

    def occluded(
        self,
        origins_m: Float[np.ndarray, "#ray 3"],
        directions: Float[np.ndarray, "#ray 3"],
        max_range_m: float | Float[np.ndarray, " #ray"],
    ) -> Bool[np.ndarray, " ray"]:
        """Whether anything lies on each ray nearer than `max_range_m`, which may be infinite.

        >>> cube = caster([box_mesh(np.array([2.0, 2.0, 2.0]))])
        >>> cube.occluded(np.array([[-5.0, 0, 0]]), np.array([[1.0, 0, 0]]), 5.0).tolist()
        [True]
        """
        return self.rays_occluded(Rays(origins_m, directions), max_range_m)

    def rays_occluded(
        self, rays: Rays, max_range_m: float | Float[np.ndarray, " #ray"]
    ) -> Bool[np.ndarray, " ray"]:
        """Whether anything lies on each of these rays nearer than `max_range_m`."""
        within_m = np.broadcast_to(np.asarray(max_range_m, dtype=np.float64), len(rays))
        if np.isnan(within_m).any():
            raise ValueError(f"ray {int(np.isnan(within_m).argmax())} has no range to look within: NaN")
        blocked, outside = np.empty(len(rays), dtype=bool), self._outside(rays)
        for part, local in self._local(rays):
            near, headway_m = self._moved_up(local) if outside else (local, 0.0)
            blocked[part] = self.engine.blocked(near, within_m[part] - headway_m)
        return blocked

    def _local(self, rays: Rays) -> Iterator[tuple[slice, LocalRays]]:
        """The rays in parts, about the local origin."""
        one, center_m = len(rays.origins_m) == 1, self.triangles.center_m[:, None]
        moved = bool(center_m.any())
        for start in range(0, len(rays), CHUNK):
            part = slice(start, start + CHUNK)
            origins_m = rays.origins_m.T if one else rays.origins_m.T[:, part]
            local_m = origins_m - center_m if moved else origins_m
            yield part, LocalRays(local_m, rays.directions.T[:, part], rays.singles.T[:, part])

    def _outside(self, rays: Rays) -> bool:
        """Whether a ray starts so far outside of the scene that single precision would blur it."""
        low_m, high_m = rays.origin_bounds_m - self.triangles.center_m
        return bool(max(high_m.max(), -low_m.min()) > OUTSIDE * self.triangles.radius_m)

    def _moved_up(self, rays: LocalRays) -> tuple[LocalRays, Float[np.ndarray, " ray"]]:
        """The rays from afar moved on until they come near the scene; and how far each was moved."""
        closest_m = -(rays.origins_m * rays.units).sum(axis=0)
        headway_m = (closest_m - 2 * self.triangles.radius_m).clip(min=0)
        return replace(rays, origins_m=rays.origins_m + headway_m * rays.units), headway_m


def caster(meshes: Sequence[Mesh], *, engine: EngineName = "auto") -> RayCaster:
    """A ray-caster over these meshes; each is known by its place in the sequence, its instance.

    "embree" is Embree, "float64" is numpy alone, "auto" is Embree where it is installed. Faces without area
    are not seen. Raises `BadInput` where Embree is asked for and not installed.
    """
    if engine == "embree" and not HAS_EMBREE:
        raise BadInput(
            "Embree is not installed",
            where="engine='embree'",
            mend="pip install 'allocentric[render]', or take engine='float64', which needs nothing",
        )
    triangles = triangles_of(meshes)
    if engine == "embree" or (engine == "auto" and HAS_EMBREE):
        return RayCaster(triangles, embree_engine(triangles))
    return RayCaster(triangles, packet_engine(triangles))


def box_meshes(boxes: Boxes) -> list[Mesh]:
    """Each box as a mesh of twelve triangles, in the world."""
    rows = zip(boxes.sizes_m, boxes.rotations, boxes.centers_m)
    return [box_mesh(size_m).moved(rotation, center_m) for size_m, rotation, center_m in rows]
