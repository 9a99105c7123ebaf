"""A floor polygon raised to a height, as a closed mesh."""

import itertools

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from allocentric.geometry.meshes import Mesh

Corner = tuple[float, float, float]


def prism_mesh(ground: BaseGeometry, low_m: float, high_m: float) -> Mesh:
    """The surface of all above what lies on the ground, from `low_m` to `high_m`.

    Of areas it is closed, and its faces look outward; of lines it is a wall, of points a stroke.
    """
    corners = list[Corner]()
    for part in shapely.get_parts(ground):
        corners += _raised(part, low_m, high_m) if isinstance(part, Polygon) else _wall(part, low_m, high_m)
    return Mesh(np.array(corners), np.arange(len(corners)).reshape(-1, 3))


def _wall(line: BaseGeometry, low_m: float, high_m: float) -> list[Corner]:
    ground = [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]
    corners = list[Corner]()
    for (ax, ay), (bx, by) in itertools.pairwise(ground if len(ground) > 1 else ground * 2):
        corners += [(ax, ay, low_m), (bx, by, low_m), (bx, by, high_m)]
        corners += [(ax, ay, low_m), (bx, by, high_m), (ax, ay, high_m)]
    return corners


def _raised(polygon: Polygon, low_m: float, high_m: float) -> list[Corner]:
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
    return corners
