"""What touches, rests on, lies under or is inside what.

Each relation is an `and` of comparisons; its margin is that of the comparison it hangs on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import shapely
from shapely.geometry import Point

from allocentric.geometry.meshes import Mesh
from allocentric.intervals import Interval, norm
from allocentric.oracle.gaps import gap
from allocentric.oracle.places import is_exact, near_m, point_of, unplaced, upright_offset
from allocentric.oracle.solids import corners, footprint
from allocentric.scene.placement import size_of
from allocentric.scene.scene import Footprint, Scene
from allocentric.scene.truth import (
    EITHER,
    LENGTH,
    NEVER,
    SURELY,
    Body,
    Margin,
    Quantity,
    Truth,
    Unknown,
    margin,
    narrowest,
    widest,
)

SNAP: Final = Quantity(Interval.of(0.05), LENGTH)
"""The default of `snap`: surfaces of scanned things are rarely known better."""


def touching(scene: Scene, thing: Body, other: Body, *, snap: Quantity = SNAP) -> Truth:
    """True where the gap of the two solids is at most `snap` (5 cm)."""
    if thing == other:
        return Truth(NEVER)
    apart = gap(scene, thing, other)
    says = f"gap of {_names(scene, thing, other)} to touching"
    return _at_most(scene, apart, _snap(scene, snap), says, unplaced(scene, thing, other))


def inside(scene: Scene, thing: Body, other: Body) -> Truth:
    """True where the centre of the thing lies within the other: its box or closed mesh, a room's outline."""
    if thing == other:
        return Truth(NEVER)
    doubt = unplaced(scene, thing, other)
    says = f"centre of {scene.names[thing.row]} to the border of {scene.names[other.row]}"
    shape = scene.shapes[other.row]
    if isinstance(shape, Footprint):
        return _within_outline(scene, thing, other, says, doubt)
    depth = _depth_in_box(scene, thing, other)
    return _at_most(scene, -depth, Interval(0.0, 0.0), says, doubt)


def on(scene: Scene, thing: Body, other: Body, *, snap: Quantity = SNAP) -> Truth:
    """True where the thing rests on the other: its centre over it, its underside at its top within `snap`."""
    if thing == other:
        return Truth(NEVER)
    doubt = unplaced(scene, thing, other)
    low, _ = _span(scene, thing)
    _, high = _span(scene, other)
    up = upright_offset(scene, other, thing)[2]
    step = abs(up + low - high)
    says = f"underside of {scene.names[thing.row]} to the top of {scene.names[other.row]}"
    return both((_over(scene, thing, other), _at_most(scene, step, _snap(scene, snap), says, doubt)))


def under(scene: Scene, thing: Body, other: Body, *, snap: Quantity = SNAP) -> Truth:
    """True where one is over the other on the plan, and the thing reaches neither as high nor starts higher.

    A box that stands under a desk counts, as the desk's own box reaches down to the floor.
    """
    if thing == other:
        return Truth(NEVER)
    doubt = unplaced(scene, thing, other)
    (low, high), (other_low, other_high) = _span(scene, thing), _span(scene, other)
    up = upright_offset(scene, other, thing)[2]
    names = _names(scene, thing, other)
    over = either((_over(scene, thing, other), _over(scene, other, thing)))
    top = _at_most(scene, up + high - other_high, Interval(0.0, 0.0), f"tops of {names}", doubt)
    floor = _at_most(scene, up + low - other_low, _snap(scene, snap), f"undersides of {names}", doubt)
    return both((over, top, floor))


def both(parts: Iterable[Truth]) -> Truth:
    """`and`: the least clear margin where all hold, the clearest of the false ones where one does not."""
    held = list(parts)
    false = [each for each in held if each.possible == NEVER]
    if false:
        return Truth(NEVER, widest(each.margin for each in false))
    doubtful = [each for each in held if each.possible == EITHER]
    if doubtful:
        return Truth(EITHER, doubt=next((each.doubt for each in doubtful if each.doubt), None))
    return Truth(SURELY, narrowest(each.margin for each in held))


def either(parts: Iterable[Truth]) -> Truth:
    """`or`: the reverse of `both`."""
    return negated(both([negated(each) for each in parts]))


def negated(truth: Truth) -> Truth:
    """`not`: as clear as what it denies."""
    return Truth(frozenset(not each for each in truth.possible), truth.margin, truth.doubt)


def _over(scene: Scene, thing: Body, other: Body) -> Truth:
    """True where the centre of the thing is over the other's footprint."""
    doubt = unplaced(scene, thing, other)
    says = f"centre of {scene.names[thing.row]} to the edge of {scene.names[other.row]}"
    if is_exact(scene, thing, other) or scene.shapes[other.row] is not None:
        return _within_outline(scene, thing, other, says, doubt)
    x, y, _ = upright_offset(scene, other, thing)
    reach = np.linalg.norm(corners(scene, other, "high")[:, :2], axis=1).max()
    if norm((x, y)).low > reach:
        return Truth(NEVER, _margin(scene, norm((x, y)).low - float(reach), says))
    depth = _depth_in_box(scene, thing, other, flat=True)
    return _at_most(scene, -depth, Interval(0.0, 0.0), says, doubt)


def _within_outline(scene: Scene, thing: Body, other: Body, says: str, doubt: Unknown) -> Truth:
    """The signed distance of the centre to the outline's edge, off by as much as the two may move."""
    outline = footprint(scene, other)
    x, y, _ = point_of(scene, thing)
    here = Point(x, y)
    edge = float(shapely.boundary(outline).distance(here)) if outline.area else float(outline.distance(here))
    depth = edge if outline.covers(here) else -edge
    moved = 0.0
    if not is_exact(scene, thing, other):
        offset = upright_offset(scene, other, thing)
        moved = sum((each.high - each.low) / 2 for each in offset[:2])
        moved += float(scene.size_slacks[other.row].sum() / 2)
        swing = float(scene.yaw_slacks_rad[other.row])
        if swing:
            moved += swing * float(np.linalg.norm(corners(scene, other, "high")[:, :2], axis=1).max())
    return _at_most(scene, Interval(-depth - moved, -depth + moved), Interval(0.0, 0.0), says, doubt)


def _depth_in_box(scene: Scene, thing: Body, other: Body, *, flat: bool = False) -> Interval:
    """How deep the centre of the thing is in the other's box: to its nearest face, below 0 outside."""
    if thing == other:
        return Interval(0.0, math.inf)
    offset = upright_offset(scene, other, thing)
    rotation, depth = scene.rotations[other.row], Interval(math.inf, math.inf)
    swing = float(scene.yaw_slacks_rad[other.row])
    sway = swing * norm(offset).high if swing else 0.0
    for column, size in enumerate(size_of(scene, other.row)):
        if flat and abs(rotation[2, column]) > 1 - 1e-9:
            continue
        along = Interval(-sway, sway) if math.isfinite(sway) else Interval(-math.inf, math.inf)
        for axis, each in enumerate(offset):
            along = along + each * Interval.of(float(rotation[axis, column]))
        to_face = size * Interval.of(0.5) - abs(along)
        depth = Interval(min(depth.low, to_face.low), min(depth.high, to_face.high))
    return depth


def _span(scene: Scene, thing: Body) -> tuple[Interval, Interval]:
    """The underside and the top of a thing, seen from its centre."""
    shape = scene.shapes[thing.row]
    if isinstance(shape, Footprint | Mesh):
        hull = corners(scene, thing, "low")
        return Interval.of(float(hull[:, 2].min())), Interval.of(float(hull[:, 2].max()))
    half = Interval(0.0, 0.0)
    for column, size in enumerate(size_of(scene, thing.row)):
        half = half + size * Interval.of(abs(float(scene.rotations[thing.row, 2, column])) / 2)
    return -half, half


def _at_most(scene: Scene, value: Interval, limit: Interval, says: str, doubt: Unknown) -> Truth:
    if value.high <= limit.low:
        return Truth(SURELY, _margin(scene, limit.low - value.high, says))
    if value.low > limit.high:
        return Truth(NEVER, _margin(scene, value.low - limit.high, says))
    return Truth(EITHER, doubt=doubt)


def _margin(scene: Scene, gap_: float, says: str) -> Margin:
    """In metres; without a scale, as the ratio to the scene's own smallest step worth telling apart."""
    if scene.metric:
        return margin(gap_, "m", says)
    return margin(1 + gap_ * scene.scale.low / 0.15, "ratio", says)


def _snap(scene: Scene, snap: Quantity) -> Interval:
    """`snap` in scene units, as far as the scale is known."""
    if snap.scaled or scene.metric:
        return snap.bound
    if not scene.scale.low > 0:
        return Interval(near_m(scene), math.inf)
    return snap.bound / scene.scale


def _names(scene: Scene, *things: Body) -> str:
    return " and ".join(scene.names[each.row] for each in things)
