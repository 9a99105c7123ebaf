"""Polygons on the floor: made from corners and checked, their areas, gaps and overlaps. Metres, x and y."""

from collections.abc import Sequence

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry import Polygon

Corners = Float[np.ndarray, "_ 2"]  # outline and holes differ in length


def polygon(outline: Corners, holes: Sequence[Corners] = ()) -> Polygon:
    """The polygon with this outline and these holes; counter-clockwise, holes clockwise.

    The last corner need not repeat the first. Raises ValueError, saying what is wrong, for a corner that is
    not finite, fewer than three corners, no area, lines that cross, or a hole that is not within.

    >>> polygon(np.array([[0.0, 0], [4, 0], [4, 3], [0, 3]])).area
    12.0
    """
    rings = [_ring(outline, "outline"), *(_ring(hole, f"hole {row}") for row, hole in enumerate(holes))]
    whole = Polygon(rings[0], rings[1:])
    if not whole.is_valid:
        raise ValueError(
            f"the lines of the polygon cross, touch or enclose nothing: {shapely.is_valid_reason(whole)}"
        )
    turned: Polygon = shapely.orient_polygons(whole)
    return turned


def _ring(corners: Corners, name: str) -> Corners:
    if not np.isfinite(corners).all():
        row = int(np.argmin(np.isfinite(corners).all(axis=1)))
        raise ValueError(f"corner {row} of the {name} is not finite: {corners[row].tolist()}")
    different = len(np.unique(corners, axis=0))
    if different < 3:
        raise ValueError(f"the {name} of a polygon needs three different corners, and has {different}")
    return corners


def area_m2(shape: shapely.Geometry) -> float:
    """The area of a polygon, its holes left out."""
    return float(shape.area)


def union_area_m2(polygons: Sequence[Polygon]) -> float:
    """The area that the polygons cover together: where they overlap counts once."""
    return float(shapely.union_all(polygons).area)


def convex_area_m2(corners_m: Float[np.ndarray, "*batch corner 2"]) -> Float[np.ndarray, "*batch"]:
    """The area of the convex hull of the corners, in any order; one for each footprint.

    >>> convex_area_m2(np.array([[[0.0, 0], [4, 3], [4, 0], [0, 3], [1, 1]]]))
    array([12.])
    """
    areas: Float[np.ndarray, "*batch"] = np.asarray(shapely.area(_hulls(corners_m)))
    return areas


def convex_gap_m(
    first_m: Float[np.ndarray, "*batch corner 2"], second_m: Float[np.ndarray, "*batch other 2"]
) -> Float[np.ndarray, "*batch"]:
    """The gap on the floor of the convex hulls of corners, in any order, for each pair; 0 where they meet.

    >>> square = np.array([[[0.0, 0], [1, 0], [1, 1], [0, 1]]])
    >>> convex_gap_m(square, square + [4.0, 5.0])
    array([5.])
    """
    gaps: Float[np.ndarray, "*batch"] = np.asarray(shapely.distance(_hulls(first_m), _hulls(second_m)))
    return gaps


def _hulls(corners_m: Float[np.ndarray, "*batch corner 2"]) -> np.ndarray:
    return np.asarray(shapely.convex_hull(shapely.multipoints(shapely.points(corners_m))))


def inside_share(inner: shapely.Geometry, outer: shapely.Geometry) -> float:
    """The share of `inner`'s area that lies within `outer`, from 0 to 1.

    Raises ValueError where `inner` has no area.

    >>> inside_share(shapely.box(0, 0, 4, 1), shapely.box(3, 0, 9, 9))
    0.25
    """
    if not inner.area > 0:
        raise ValueError("a share of an area needs an area: the inner shape has none")
    return min(1.0, float(inner.intersection(outer).area / inner.area))
