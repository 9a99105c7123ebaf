"""Which triangle a ray meets first, told by Embree in single precision."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from jaxtyping import Bool, Float, Float32, Int

from allocentric.geometry.raycast_triangles import Triangles
from allocentric.geometry.rays import LocalRays

try:
    from embreex.mesh_construction import TriangleMesh  # type: ignore[import-untyped, import-not-found, unused-ignore]
    from embreex.rtcore import EmbreeDevice  # type: ignore[import-untyped, import-not-found, unused-ignore]
    from embreex.rtcore_scene import EmbreeScene  # type: ignore[import-untyped, import-not-found, unused-ignore]
except ImportError:
    EmbreeScene = None

HAS_EMBREE: Final = EmbreeScene is not None


@dataclass(frozen=True, eq=False, slots=True)
class EmbreeEngine:
    """Embree's own tree over the triangles, one geometry: its number of a primitive is a row of ours."""

    scene: Any  # an EmbreeScene, which has no types

    def nearest(self, rays: LocalRays) -> Int[np.ndarray, " ray"]:
        """The row of the first triangle on each ray, -1 where there is none."""
        rows: Int[np.ndarray, " ray"] = self.scene.run(_origins_m(rays), rays.singles.T)
        return rows.astype(np.intp)

    def blocked(self, rays: LocalRays, within_m: Float[np.ndarray, " ray"]) -> Bool[np.ndarray, " ray"]:
        """Whether any triangle lies on each ray nearer than its bound; the first is not looked for."""
        bounds_m = within_m.astype(np.float32).clip(min=0)  # below 0 stands for a hit
        hit: Int[np.ndarray, " ray"]
        hit = self.scene.run(_origins_m(rays), rays.singles.T, dists=bounds_m, query="OCCLUDED")
        return hit >= 0


def embree_engine(triangles: Triangles) -> EmbreeEngine:
    """Embree over the triangles, watertight; to be called only where `HAS_EMBREE`."""
    scene = EmbreeScene(device=_device(), robust=True)
    if len(triangles.corners_m):
        TriangleMesh(scene, triangles.corners_m.astype(np.float32))
    scene.run(np.zeros((1, 3), dtype=np.float32), np.ones((1, 3), dtype=np.float32))  # builds the tree
    return EmbreeEngine(scene)


@cache
def _device() -> Any:
    """The one device of this process: with one for each scene, Embree crashes at about a thousand scenes."""
    return EmbreeDevice()


def _origins_m(rays: LocalRays) -> Float32[np.ndarray, "ray 3"]:
    """The origins in single precision; one for all is not copied."""
    return np.broadcast_to(rays.origins_m.astype(np.float32).T, (len(rays), 3))
