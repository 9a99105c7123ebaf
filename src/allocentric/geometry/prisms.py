"""A floor polygon raised to a height, as a closed mesh."""

import itertools

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

from allocentric.geometry.meshes import Mesh

Corner = tuple[float, float, float]


def prism_mesh(polygon: Polygon, low_m: float, high_m: float) -> Mesh:
    """The closed surface of all above `polygon` from `low_m` to `high_m`; its faces look outward."""
    corners = list[Corner]()
    for triangle in shapely.constrained_delaunay_triangles(polygon).geoms:
        ground = orient(triangle).exterior.coords[:3]
        corners += [(x, y, high_m) for x, y, *_ in ground]
        corners += [(x, y, low_m) for x, y, *_ in reversed(ground)]
    oriented = orient(polygon)  # what is solid lies to the left of every ring
    for ring in (oriented.exterior, *oriented.interiors):
        ground = [(x, y) for x, y, *_ in ring.coords]
        for (ax, ay), (bx, by) in itertools.pairwise(ground):
            corners += [(ax, ay, low_m), (bx, by, low_m), (bx, by, high_m)]
            corners += [(ax, ay, low_m), (bx, by, high_m), (ax, ay, high_m)]
    return Mesh(np.array(corners), np.arange(len(corners)).reshape(-1, 3))
