"""Truth on the globe: distances, bearings, areas and lengths along the ellipsoid.

A thing on a globe is a shape of longitudes and latitudes, or else the point at its centre. All of it is
known or none: of a place that is known only roughly nothing follows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from allocentric.geometry import globe
from allocentric.geometry.geodesics import HALF_ROUND_M
from allocentric.intervals import FULL_CIRCLE, NOT_NEGATIVE, Arc, Interval
from allocentric.oracle.places import Anchor, Frame, is_exact, point_of, unplaced
from allocentric.scene.scene import Footprint, Scene
from allocentric.scene.truth import Body, Unknown

NEAR_M: Final = 0.05  # as on a floor: closer than this, a direction means nothing
EAST_OF_NORTH: Final = math.pi / 2  # a frame's heading is told left of east

TOLD: Final = frozenset(
    {
        *("the", "all", "view", "marked", "shape"),
        *("world", "north", "standing", "turned"),
        *("count", "exists", "total", "area", "length", "extent", "bin"),
        *("distance", "nearest", "farthest", "least", "most", "order", "which"),
        *("direction", "bearing", "off_axis", "turn", "between"),
        *("inside", "touching", "topology"),
    }
)
"""The words that have a meaning on a globe."""


def flat_only(word: str) -> Unknown:
    """Why a word is not answered on a globe."""
    what = f"{word!r} is told along straight axes, and this scene is a globe"
    return Unknown("no_frame", what, "set a part of it on a plane (`on_plane`), or ask along the globe")


def shape_of(scene: Scene, anchor: Anchor) -> BaseGeometry:
    """What lies on the globe: a thing's own shape, else the point at its centre."""
    if isinstance(anchor, Body):
        shape = scene.shapes[anchor.row]
        if isinstance(shape, Footprint):
            return shape.polygon
    longitude, latitude, _ = point_of(scene, anchor)
    return shapely.Point(longitude, latitude)


def gap(scene: Scene, first: Anchor, second: Anchor, *, centres: bool) -> Interval:
    """How far two are apart along the globe: of their shapes, or of their centres."""
    if not is_exact(scene, first, second):
        return NOT_NEGATIVE
    if centres:
        places = [shapely.Point(*point_of(scene, each)[:2]) for each in (first, second)]
        return Interval.of(globe.gap_m(*places))

    def made() -> float:
        return globe.gap_m(shape_of(scene, first), shape_of(scene, second))

    return Interval.of(scene.cached(f"gap of {first} and {second}", made))


def bearing_arc(scene: Scene, frame: Frame, target: Anchor) -> Arc:
    """Which way one sets out to a target's centre, left of where the frame looks."""
    if not is_exact(scene, frame.anchor, target):
        return FULL_CIRCLE
    return Arc(_setting_out(scene, frame.anchor, target)) - frame.heading


def heading(scene: Scene, origin: Anchor, target: Anchor) -> Arc:
    """Which way one sets out from a place to another, left of east."""
    return Arc(_setting_out(scene, origin, target))


def _setting_out(scene: Scene, origin: Anchor, target: Anchor) -> float:
    start, end = (point_of(scene, each)[:2] for each in (origin, target))
    return EAST_OF_NORTH - math.radians(globe.azimuth_deg(start, end))


def too_near(scene: Scene, origin: Anchor, target: Anchor) -> Unknown | None:
    """Why no direction can be told: the two are at one spot, or one is nowhere known."""
    apart = gap(scene, origin, target, centres=True)
    if not apart.exact:
        return unplaced(scene, origin, target)
    if NEAR_M <= apart.low <= HALF_ROUND_M - 50_000:
        return None
    if apart.low < NEAR_M:
        return Unknown("overlap", "the two are at one spot: no direction", "ask about places that lie apart")
    what = "the two are almost on opposite sides of the earth: every way is as short"
    return Unknown("overlap", what, "ask about places that lie nearer")


def area(scene: Scene, rows: Sequence[int]) -> Interval:
    """The area that things cover together, in square metres: where they overlap counts once."""
    if not is_exact(scene, *(Body(row) for row in rows)):
        return NOT_NEGATIVE
    shapes = [shape_of(scene, Body(row)) for row in rows]
    if len(shapes) == 1:
        return Interval.of(globe.area_m2(shapes[0]))
    charts = [globe.charted(each) for each in shapes if shapely.get_dimensions(each) == 2]
    tree = shapely.STRtree(charts)
    first, second = tree.query(charts, predicate="intersects")
    meet = first != second
    common = shapely.intersection([charts[row] for row in first[meet]], [charts[row] for row in second[meet]])
    if not any(each.area > 0 for each in common):  # neighbours at most: the sum, exact to the last side
        return Interval.of(math.fsum(globe.area_m2(each) for each in shapes))
    return Interval.of(globe.area_m2(shapely.union_all(charts)))


def depth_m(scene: Scene, thing: Body, other: Body) -> float:
    """How deep the centre of a thing is in another's outline, along the globe; below 0 outside."""
    here, outline = shapely.Point(*point_of(scene, thing)[:2]), shape_of(scene, other)
    apart = globe.gap_m(here, outline)
    return -apart if apart else globe.gap_m(here, shapely.boundary(outline))
