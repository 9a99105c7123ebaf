"""The triangles that rays meet, about a local origin: their planes, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from jaxtyping import Float, Int

from allocentric.geometry.meshes import Mesh
from allocentric.geometry.rays import LocalRays

FLAT: Final = 1e-12  # a triangle of less height than this share of its longest side has no plane to speak of
GRAZING: Final = 0.005  # sine between ray and plane, below which a hit just off the triangle could slide far


@dataclass(frozen=True, eq=False, slots=True)
class Triangles:
    """The triangles of many meshes, measured from a local origin so that they are exact far from the world's.

    A last row stands for no triangle: a ray that hits nothing has the row -1, and this row answers with an
    infinite range, instance -1 and face -1. Faces without area are left out.
    """

    center_m: Float[np.ndarray, "3"]
    radius_m: float
    corners_m: Float[np.ndarray, "triangle 3 3"]
    planes: Float[np.ndarray, "4 row"]
    instance: Int[np.ndarray, " row"]
    face: Int[np.ndarray, " row"]

    def __post_init__(self) -> None:
        for field in fields(self):
            if isinstance(array := getattr(self, field.name), np.ndarray):
                array.flags.writeable = False

    def ranges_m(
        self,
        rows: Int[np.ndarray, " ray"],
        rays: LocalRays,
        *,
        out: Float[np.ndarray, " ray"] | None = None,
    ) -> Float[np.ndarray, " ray"]:
        """How far along each ray it meets the plane of its triangle: exact to rounding.

        A ray that grazes its triangle is held to the triangle's own extent. Written into `out` where given.
        """
        planes = self.planes.take(rows, axis=1, mode="wrap")
        slants, gaps_m = _dots(planes, rays.units), _dots(planes, rays.origins_m)
        gaps_m -= planes[3]
        # A hit lies ahead: what is behind is so by rounding only.
        np.abs(slants, out=slants)
        np.abs(gaps_m, out=gaps_m)
        with np.errstate(divide="ignore", invalid="ignore"):
            ranges_m: Float[np.ndarray, " ray"] = np.divide(gaps_m, slants, out=out)
        if slants.min(initial=1.0) < GRAZING:
            grazing = np.flatnonzero((slants < GRAZING) & (rows >= 0))
            starts_m = np.broadcast_to(rays.origins_m, rays.units.shape)[:, grazing]
            low_m, high_m = self._extents_m(rows[grazing], starts_m, rays.units[:, grazing])
            # A ray within the plane has no range there (NaN): fmax and fmin then take the near end.
            ranges_m[grazing] = np.fmin(np.fmax(ranges_m[grazing], low_m), high_m)
        return ranges_m

    def _extents_m(
        self,
        rows: Int[np.ndarray, " ray"],
        origins_m: Float[np.ndarray, "3 ray"],
        units: Float[np.ndarray, "3 ray"],
    ) -> tuple[Float[np.ndarray, " ray"], Float[np.ndarray, " ray"]]:
        """From where to where along a ray its triangle lies, as far as it lies ahead."""
        along_m = ((self.corners_m[rows] - origins_m.T[:, None]) * units.T[:, None]).sum(axis=2)
        return along_m.min(axis=1).clip(min=0), along_m.max(axis=1).clip(min=0)


def _dots(
    planes: Float[np.ndarray, "4 ray"], vectors: Float[np.ndarray, "3 #ray"]
) -> Float[np.ndarray, " ray"]:
    """The dot product of each plane's normal with a vector, by single axes, which keeps to the cache."""
    dots: Float[np.ndarray, " ray"] = planes[0] * vectors[0]
    part = planes[1] * vectors[1]
    dots += part
    np.multiply(planes[2], vectors[2], out=part)
    dots += part
    return dots


def _local_origin_m(corners_m: Float[np.ndarray, "triangle 3 3"]) -> Float[np.ndarray, "3"]:
    """The middle of the scene; the world's origin if that is as good, for then no ray has to be moved."""
    if not len(corners_m):
        return np.zeros(3)
    low_m, high_m = corners_m.min(axis=(0, 1)), corners_m.max(axis=(0, 1))
    middle_m: Float[np.ndarray, "3"] = (low_m + high_m) / 2
    return middle_m if (np.abs(middle_m) > (high_m - low_m).max() / 2).any() else np.zeros(3)


def triangles_of(meshes: Sequence[Mesh]) -> Triangles:
    """The triangles of the meshes, each with the place of its mesh in the sequence and of its face there."""
    counts = [len(mesh.faces) for mesh in meshes]
    corners_m = np.concatenate([np.zeros((0, 3, 3)), *(mesh.corners_m() for mesh in meshes)])
    center_m = _local_origin_m(corners_m)
    corners_m -= center_m
    sides_m = np.roll(corners_m, -1, axis=1) - corners_m
    normals = np.cross(sides_m[:, 0], sides_m[:, 1])
    areas_m2 = np.linalg.norm(normals, axis=1)
    longest_m2 = (sides_m * sides_m).sum(axis=2).max(axis=1)
    real = areas_m2 > FLAT * longest_m2
    corners_m, normals = corners_m[real], normals[real] / areas_m2[real, None]
    offsets_m = (normals * corners_m[:, 0]).sum(axis=1)
    planes = np.empty((4, len(normals) + 1))  # axis by axis in memory, for `ranges_m`
    planes[:3, :-1], planes[3, :-1], planes[:, -1] = normals.T, offsets_m, (0, 0, 0, np.inf)
    instance, face = np.repeat(np.arange(len(counts)), counts), np.concatenate([[], *map(np.arange, counts)])
    return Triangles(
        center_m=center_m,
        radius_m=float(np.sqrt((corners_m * corners_m).sum(axis=2).max(initial=0.0))),
        corners_m=corners_m,
        planes=planes,
        instance=np.append(instance[real], -1).astype(np.int32),
        face=np.append(face[real], -1).astype(np.int32),
    )
