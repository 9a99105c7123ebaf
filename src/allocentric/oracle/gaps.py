"""How far two things are apart, as solids or on the floor: exact, or as a bound.

The bound is sound and never widens as more is known: from below by the convex hull of all that
either thing may fill, from above by the farthest corner of where they may be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float
from shapely.affinity import translate
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.box_distance import closest_points, gap_row_m, gaps_m
from allocentric.geometry.boxes import Boxes
from allocentric.geometry.convex import distance_to_origin
from allocentric.geometry.mesh_gaps import mesh_gap
from allocentric.geometry.meshes import build_tree
from allocentric.intervals import TURN, Interval, norm
from allocentric.oracle import globe
from allocentric.oracle.cores import core_of, gap_of_cores
from allocentric.oracle.places import Anchor, Spot, is_exact, offset_between, point_of, same_place
from allocentric.oracle.solids import box_of, boxes, corners, footprint, is_prism, is_shaped, span_up, tree_of
from allocentric.oracle.unseen import least_gap
from allocentric.scene.placement import Box3, lean, leaning, size_of
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Body

Geometry = Literal["surface", "centre", "floor"]
Vector = Float[np.ndarray, "3"]


def gap(scene: Scene, first: Anchor, second: Anchor, *, geometry: Geometry = "surface") -> Interval:
    """Where the distance lies, in scene units; 0 where the solids touch or overlap."""
    if same_place(first, second):
        return Interval(0.0, 0.0)
    if scene.space == "globe":
        return globe.gap(scene, first, second, centres=geometry == "centre")
    exact = is_exact(scene, first, second)
    if geometry == "centre":
        if exact:
            return Interval.of(math.dist(point_of(scene, first), point_of(scene, second)))
        return norm(offset_between(scene, first, second))
    if exact:
        return Interval.of(exact_gap(scene, first, second, geometry=geometry))
    return bounded_gap(scene, first, second, geometry=geometry)


def exact_gap(scene: Scene, first: Anchor, second: Anchor, *, geometry: Geometry) -> float:
    """The distance of two things or points in the middle of their bounds."""
    if geometry == "floor":
        return float(footprint(scene, first).distance(footprint(scene, second)))
    match first, second:
        case Spot(), Spot():
            return math.dist(point_of(scene, first), point_of(scene, second))
        case Body(row), Body(other) if scene.shapes[row] is None and scene.shapes[other] is None:
            return box_gaps_from(scene, row)[other]
        case _:
            return _solid_gap(scene, first, second)


def box_gaps_from(scene: Scene, row: int) -> list[float]:
    """The exact gap from one thing's box to every box, in the middle of all bounds; made once a row."""
    gaps: list[float] = scene.cached(f"gaps from {row}", lambda: gap_row_m(boxes(scene), row).tolist())
    return gaps


def closest(scene: Scene, first: Anchor, second: Anchor) -> tuple[Vector, Vector]:
    """A closest point of each of two things or points, in the middle of their bounds."""
    if is_shaped(scene, first) or is_shaped(scene, second):
        _, on_first, on_second = mesh_gap(tree_of(scene, first), tree_of(scene, second))
        return on_first, on_second
    _, on_first_box, on_second_box = closest_points(box_of(scene, first), box_of(scene, second))
    return on_first_box[0], on_second_box[0]


def _solid_gap(scene: Scene, first: Anchor, second: Anchor) -> float:
    """The gap of any two solids, remembered: of meshes it is worth it."""

    def made() -> float:
        if is_prism(scene, first) and is_prism(scene, second):
            (low, high), (other_low, other_high) = (_span(scene, each) for each in (first, second))
            return math.hypot(
                exact_gap(scene, first, second, geometry="floor"),
                max(0.0, low - other_high, other_low - high),
            )
        if is_shaped(scene, first) or is_shaped(scene, second):
            return float(mesh_gap(tree_of(scene, first), tree_of(scene, second)).gap_m)
        return float(gaps_m(box_of(scene, first), box_of(scene, second))[0])

    return scene.cached(f"gap of {first} and {second}", made)


def _span(scene: Scene, anchor: Anchor) -> tuple[float, float]:
    if isinstance(anchor, Body):
        return span_up(scene, anchor.row)
    return anchor.z.middle, anchor.z.middle


def bounded_gap(scene: Scene, first: Anchor, second: Anchor, *, geometry: Geometry) -> Interval:
    """The gap as a bound, whatever slack there is: the slow, general twin of `exact_gap`."""
    offset, sway = offset_between(scene, first, second), 0.0
    if geometry == "floor":
        if scene.tilt_rad:  # seen from above, a world that leans moves and changes both
            offset = leaning(scene, offset)
            sway = lean(scene) * (_radius(scene, first) + _radius(scene, second))
        offset = (offset[0], offset[1], Interval(0.0, 0.0))
    low, high = _least_gap(scene, first, second, offset=offset, geometry=geometry), math.inf
    if all(each.finite for each in offset):
        if is_shaped(scene, first) or is_shaped(scene, second):
            high = norm(offset).high + _radius(scene, first) + _radius(scene, second)
            if not (_any_way(scene, first) or _any_way(scene, second)):
                middle = _middle_gap(scene, first, second, offset=offset, geometry=geometry)
                reach = _reach(scene, first, second, offset=offset)
                low, high = max(low, middle - reach), min(high, middle + reach)
        else:
            high = _greatest_gap(scene, first, second, offset=offset, geometry=geometry)
    low = max(0.0, low - sway, least_gap(scene, first, second))
    return Interval(low, max(low, high + sway))


def _radius(scene: Scene, anchor: Anchor) -> float:
    """How far a thing reaches from its centre at most."""
    return float(np.linalg.norm(corners(scene, anchor, "high"), axis=1).max())


def _middle_gap(scene: Scene, first: Anchor, second: Anchor, *, offset: Box3, geometry: Geometry) -> float:
    """The gap where the second lies in the middle of where it may, seen from the first."""
    here, there = (np.array(point_of(scene, each)) for each in (first, second))
    shift = np.array([each.middle for each in offset]) - (there - here)
    if np.abs(shift[: 2 if geometry == "floor" else 3]).max() < 1e-12:
        return exact_gap(scene, first, second, geometry=geometry)
    if geometry == "floor":
        return float(footprint(scene, first).distance(translate(footprint(scene, second), *shift[:2])))
    moved = build_tree(tree_of(scene, second).mesh.moved(np.eye(3), shift))
    return float(mesh_gap(tree_of(scene, first), moved).gap_m)


def footprints_within(
    scene: Scene, first: Body, second: Body
) -> tuple[BaseGeometry, BaseGeometry, float] | None:
    """Two footprints in the middle of how they may lie to each other, and how far their sides may be off.

    None where nothing bounds that.
    """
    offset = offset_between(scene, first, second)
    level = (offset[0], offset[1], Interval(0.0, 0.0))
    unbounded = not all(each.finite for each in level) or _any_way(scene, first) or _any_way(scene, second)
    if scene.tilt_rad or unbounded:
        return None
    here, there = (np.array(point_of(scene, each)) for each in (first, second))
    shift = np.array([each.middle for each in level[:2]]) - (there - here)[:2]
    doubt = _reach(scene, first, second, offset=level)
    if not math.isfinite(doubt):
        return None
    moved = footprint(scene, second)
    return (
        footprint(scene, first),
        (translate(moved, *shift) if np.abs(shift).max() >= 1e-12 else moved),
        doubt,
    )


def _reach(scene: Scene, first: Anchor, second: Anchor, *, offset: Box3) -> float:
    """How far the gap may be from that in the middle: the ways that all slacks may move the surfaces."""
    moved = sum((each.high - each.low) / 2 for each in offset)
    for anchor in (first, second):
        if isinstance(anchor, Body):
            moved += float(scene.size_slacks[anchor.row].sum()) / 2
            swing = float(scene.yaw_slacks_rad[anchor.row])
            if swing:
                moved += swing * _radius(scene, anchor)
    return moved


def _greatest_gap(scene: Scene, first: Anchor, second: Anchor, *, offset: Box3, geometry: Geometry) -> float:
    """The gap is convex in the offset and falls as sizes grow: greatest at a corner, at the least sizes."""
    ends = np.array([[x, y, z] for x in _ends(offset[0]) for y in _ends(offset[1]) for z in _ends(offset[2])])
    if _swings(scene, first) or _swings(scene, second):
        core, other = core_of(scene, first), core_of(scene, second)
        return max(gap_of_cores(core, other, end, flat=geometry == "floor") for end in ends)
    if geometry == "floor":
        here, there = (MultiPoint(corners(scene, each, "low")[:, :2]).convex_hull for each in (first, second))
        return max(float(here.distance(translate(there, *end[:2]))) for end in ends)
    (size, turn), (other_size, other_turn) = _least_box(scene, first), _least_box(scene, second)
    count = len(ends)
    here_box = Boxes(np.zeros((count, 3)), np.tile(size, (count, 1)), np.tile(turn, (count, 1, 1)))
    there_box = Boxes(ends, np.tile(other_size, (count, 1)), np.tile(other_turn, (count, 1, 1)))
    return float(gaps_m(here_box, there_box).max())


def _ends(each: Interval) -> tuple[float, ...]:
    return (each.low,) if each.exact else (each.low, each.high)


def _least_box(scene: Scene, anchor: Anchor) -> tuple[Vector, Float[np.ndarray, "3 3"]]:
    if isinstance(anchor, Spot):
        return np.zeros(3), np.eye(3)
    return np.array([each.low for each in size_of(scene, anchor.row)]), scene.rotations[anchor.row]


def _swings(scene: Scene, anchor: Anchor) -> bool:
    return isinstance(anchor, Body) and bool(scene.yaw_slacks_rad[anchor.row])


def _any_way(scene: Scene, anchor: Anchor) -> bool:
    """True where nothing is known of the heading."""
    return isinstance(anchor, Body) and bool(scene.yaw_slacks_rad[anchor.row] >= math.pi)


def _least_gap(scene: Scene, first: Anchor, second: Anchor, *, offset: Box3, geometry: Geometry) -> float:
    """The distance of the convex hulls of all that the two may fill."""
    seen = np.array(
        [each.finite for each in offset]
    )  # an axis along which nothing is known keeps nothing apart
    if geometry == "floor":
        seen[2] = False
    hulls = [_Hull.of(scene, each) for each in (first, second)]
    if not seen.any() or not all(np.isfinite(hull.corners).all() for hull in hulls):
        return 0.0
    low, high = (np.array([getattr(each, end) for each in offset]) for end in ("low", "high"))

    def support(direction: Vector) -> Vector:
        along = np.where(seen, direction, 0.0)
        apart = np.where(along > 0, high, low)
        point: Vector = np.where(seen, apart, 0.0) + np.where(
            seen, hulls[1].support(along) - hulls[0].support(-along), 0.0
        )
        return point

    return distance_to_origin(support)


@dataclass(frozen=True, eq=False, slots=True)
class _Hull:
    """The hull of a thing that may turn about the vertical by up to `swing_rad`, seen from its centre."""

    corners: Float[np.ndarray, "corner 3"]
    swing_rad: float

    @staticmethod
    def of(scene: Scene, anchor: Anchor) -> _Hull:
        swing = float(scene.yaw_slacks_rad[anchor.row]) if isinstance(anchor, Body) else 0.0
        return _Hull(corners(scene, anchor, "high"), swing)

    def support(self, direction: Vector) -> Vector:
        """The point of the hull farthest along `direction`."""
        turned = self.corners
        if self.swing_rad:
            wanted = math.atan2(direction[1], direction[0]) - np.arctan2(turned[:, 1], turned[:, 0])
            turn = np.clip((wanted + math.pi) % TURN - math.pi, -self.swing_rad, self.swing_rad)
            cosine, sine = np.cos(turn), np.sin(turn)
            x, y = turned[:, 0] * cosine - turned[:, 1] * sine, turned[:, 0] * sine + turned[:, 1] * cosine
            turned = np.stack([x, y, turned[:, 2]], axis=1)
        farthest: Vector = turned[int(np.argmax(turned @ direction))]
        return farthest
