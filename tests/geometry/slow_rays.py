"""The slow twin of the ray-caster: every ray against every triangle, solved as three equations."""

import numpy as np
from jaxtyping import Float, Int

from allocentric.geometry.meshes import Mesh


def slow_cast(
    meshes: list[Mesh], origins_m: Float[np.ndarray, "ray 3"], directions: Float[np.ndarray, "ray 3"]
) -> tuple[Float[np.ndarray, " ray"], Int[np.ndarray, " ray"], Int[np.ndarray, " ray"]]:
    """Range, instance and face of the first triangle on each ray; infinity, -1 and -1 where there is none."""
    ranges_m = np.full(len(origins_m), np.inf)
    instance, face = np.full(len(origins_m), -1), np.full(len(origins_m), -1)
    for number, mesh in enumerate(meshes):
        for row, corners_m in enumerate(mesh.corners_m()):
            for ray, (origin_m, direction) in enumerate(zip(origins_m, directions)):
                unit = direction / np.linalg.norm(direction)
                matrix = np.stack([unit, corners_m[0] - corners_m[1], corners_m[0] - corners_m[2]], axis=1)
                if abs(np.linalg.det(matrix)) < 1e-15:
                    continue
                range_m, second, third = np.linalg.solve(matrix, corners_m[0] - origin_m)
                if min(range_m, second, third, 1 - second - third) >= 0 and range_m < ranges_m[ray]:
                    ranges_m[ray], instance[ray], face[ray] = range_m, number, row
    return ranges_m, instance, face
