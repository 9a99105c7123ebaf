"""A floor polygon raised to a height, as a closed mesh."""

import numpy as np
import shapely
from shapely.geometry import Polygon

from allocentric.geometry.meshes import Mesh


def prism_mesh(polygon: Polygon, low_m: float, high_m: float) -> Mesh:
    """The closed surface of everything above `polygon` from `low_m` to `high_m`, holes left out."""
    flat = [
        np.array(triangle.exterior.coords)[:3]
        for triangle in shapely.constrained_delaunay_triangles(polygon).geoms
    ]
    vertices, faces = list[list[float]](), list[tuple[int, int, int]]()

    def add(*corners: tuple[float, float, float]) -> None:
        faces.append((len(vertices), len(vertices) + 1, len(vertices) + 2))
        vertices.extend(list(corner) for corner in corners)

    for a, b, c in flat:
        outward = 1 if (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0 else -1
        top, bottom = ((a, b, c), (a, c, b)) if outward > 0 else ((a, c, b), (a, b, c))
        add(*((float(p[0]), float(p[1]), high_m) for p in top))
        add(*((float(p[0]), float(p[1]), low_m) for p in bottom))
    for ring in (polygon.exterior, *polygon.interiors):
        ground = np.array(ring.coords)[:, :2]
        if ring.is_ccw != (ring is polygon.exterior):
            ground = ground[::-1]
        for (ax, ay), (bx, by) in zip(ground[:-1].tolist(), ground[1:].tolist(), strict=True):
            add((ax, ay, low_m), (bx, by, low_m), (bx, by, high_m))
            add((ax, ay, low_m), (bx, by, high_m), (ax, ay, high_m))
    return Mesh(np.array(vertices), np.array(faces))
