"""What touches, rests on, lies under or is inside what.

Each relation is an `and` of comparisons; its margin is that of the comparison it hangs on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
import shapely
from shapely.geometry import Point

from allocentric.geometry.frames import UP
from allocentric.intervals import Interval, least, norm
from allocentric.oracle import globe
from allocentric.oracle.gaps import gap
from allocentric.oracle.numbers import in_scene
from allocentric.oracle.places import is_exact, offset_between, unplaced, upright_offset
from allocentric.oracle.solids import corners, footprint, reach_along
from allocentric.oracle.unseen import elsewhere
from allocentric.scene.placement import lean, size_of, swinging
from allocentric.scene.scene import Footprint, Scene
from allocentric.scene.truth import (
    EITHER,
    LENGTH,
    NEVER,
    SURELY,
    TOLERANCE,
    Body,
    Margin,
    Quantity,
    Truth,
    Unknown,
    margin,
    narrowest,
    widest,
)

ROUNDING: Final = 1e-9
SNAP: Final = Quantity(Interval.of(0.05), LENGTH)
"""The default of `snap`: surfaces of scanned things are rarely known better."""


def touching(scene: Scene, thing: Body, other: Body, *, snap: Quantity = SNAP) -> Truth:
    """True where the gap of the two solids is at most `snap` (5 cm)."""
    if thing == other:
        return Truth(NEVER)
    apart = gap(scene, thing, other)
    says = f"gap of {_names(scene, thing, other)} to touching"
    return _within_snap(scene, apart, snap, says=says, doubt=unplaced(scene, thing, other))


def inside(scene: Scene, thing: Body, other: Body) -> Truth:
    """True where the centre of the thing lies within the other: a room's outline, or a box that can hold it.

    A box could hold another where its diagonal is no shorter.
    """
    if thing == other or elsewhere(scene, thing, other):
        return Truth(NEVER)
    doubt = unplaced(scene, thing, other)
    says = f"centre of {scene.names[thing.row]} to the border of {scene.names[other.row]}"
    shape = scene.shapes[other.row]
    if scene.space == "globe":
        if not is_exact(scene, thing, other):
            return Truth(EITHER, doubt=doubt)
        depth = Interval.of(-globe.depth_m(scene, thing, other))
        return at_most(scene, depth, Interval(0.0, 0.0), says=says, doubt=doubt)
    if isinstance(shape, Footprint):
        return _within_outline(scene, thing, other, says=says, doubt=doubt)
    deep = at_most(scene, -_depth_in_box(scene, thing, other), Interval(0.0, 0.0), says=says, doubt=doubt)
    larger = norm(size_of(scene, thing.row)) - norm(size_of(scene, other.row))
    says = f"diagonal of {scene.names[thing.row]} to that of {scene.names[other.row]}"
    return both((deep, at_most(scene, larger, Interval(0.0, 0.0), says=says, doubt=doubt)))


def on(scene: Scene, thing: Body, other: Body, *, snap: Quantity = SNAP) -> Truth:
    """True where the thing rests on the other: its centre over it, its underside at its top within `snap`."""
    if thing == other or elsewhere(scene, thing, other):
        return Truth(NEVER)
    doubt = unplaced(scene, thing, other)
    low, _ = _span(scene, thing)
    _, high = _span(scene, other)
    up = upright_offset(scene, other, thing)[2]
    step = abs(up + low - high)
    says = f"underside of {scene.names[thing.row]} to the top of {scene.names[other.row]}"
    return both((_over(scene, thing, other), _within_snap(scene, step, snap, says=says, doubt=doubt)))


def under(scene: Scene, thing: Body, other: Body, *, snap: Quantity = SNAP) -> Truth:
    """True where one is over the other on the plan, and the thing reaches neither as high nor starts higher.

    A box that stands under a desk counts, as the desk's own box reaches down to the floor.
    """
    if thing == other or elsewhere(scene, thing, other):
        return Truth(NEVER)
    doubt = unplaced(scene, thing, other)
    (low, high), (other_low, other_high) = _span(scene, thing), _span(scene, other)
    up = upright_offset(scene, other, thing)[2]
    names = _names(scene, thing, other)
    over = either((_over(scene, thing, other), _over(scene, other, thing)))
    top = at_most(scene, up + high - other_high, Interval(0.0, 0.0), says=f"tops of {names}", doubt=doubt)
    floor = at_most(
        scene, up + low - other_low, in_scene(scene, snap), says=f"undersides of {names}", doubt=doubt
    )
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
        return _within_outline(scene, thing, other, says=says, doubt=doubt)
    return at_most(scene, -_depth_in_shadow(scene, thing, other), Interval(0.0, 0.0), says=says, doubt=doubt)


def _within_outline(scene: Scene, thing: Body, other: Body, *, says: str, doubt: Unknown) -> Truth:
    """The signed distance of the centre to the outline's edge, off by as much as the two may move."""
    offset = offset_between(scene, other, thing)
    if not (offset[0].finite and offset[1].finite):
        return Truth(EITHER, doubt=doubt)
    outline = footprint(scene, other)
    here = Point(*(scene.centers[other.row, axis] + offset[axis].middle for axis in range(2)))
    edge = float(shapely.boundary(outline).distance(here)) if outline.area else float(outline.distance(here))
    depth = edge if outline.covers(here) else -edge
    moved = sum((each.high - each.low) / 2 for each in offset[:2])
    reach = float(np.linalg.norm(corners(scene, other, "high"), axis=1).max())
    swing = float(scene.yaw_slacks_rad[other.row])
    moved += swing * reach
    if scene.tilt_rad:
        moved += lean(scene) * (reach + norm(offset).high)
    most = min(depth + moved, reach * (1 + lean(scene)) - norm(upright_offset(scene, other, thing)[:2]).low)
    least_ = depth - moved if swing < math.pi else -math.inf  # it may be turned any way
    return at_most(scene, Interval(-most, -min(least_, most)), Interval(0.0, 0.0), says=says, doubt=doubt)


def _depth_in_shadow(scene: Scene, thing: Body, other: Body) -> Interval:
    """How deep the centre of the thing is in the other's footprint; below 0 outside.

    The shadow of a box is bounded by three pairs of lines, each along the shadow of one of its edges.
    """
    offset, sizes = offset_between(scene, other, thing), size_of(scene, other.row)
    level, swing = norm(offset[:2]).high, float(scene.yaw_slacks_rad[other.row])
    depths = []
    for x, y in scene.rotations[other.row, :2].T.tolist():
        length = math.hypot(x, y)
        if length > 1e-9:  # not a vertical edge
            across = np.array([-y / length, x / length, 0.0])
            beside = offset[0] * Interval.of(across[0]) + offset[1] * Interval.of(across[1])
            depths.append(reach_along(scene, other, across) - abs(swinging(beside, swing, level)))
    depth = least(depths)
    if scene.tilt_rad:
        sway = lean(scene) * (norm(offset).high + norm(sizes).high / 2)
        return depth + Interval(-sway, sway)
    return depth


def _depth_in_box(scene: Scene, thing: Body, other: Body) -> Interval:
    """How deep the centre of the thing is in the other's box: to its nearest face, below 0 outside."""
    offset, swing = offset_between(scene, other, thing), float(scene.yaw_slacks_rad[other.row])
    level, depths = norm(offset[:2]).high, []
    for size, (x, y, z) in zip(size_of(scene, other.row), scene.rotations[other.row].T.tolist(), strict=True):
        beside = offset[0] * Interval.of(x) + offset[1] * Interval.of(y)
        share = math.hypot(x, y)
        along = swinging(beside, swing, level * share if share else 0.0) + offset[2] * Interval.of(z)
        depths.append(size * Interval.of(0.5) - abs(along))
    return least(depths)


def _span(scene: Scene, thing: Body) -> tuple[Interval, Interval]:
    """The underside and the top of a thing, seen from its centre."""
    sway = 0.0
    if scene.tilt_rad:
        sway = lean(scene) * float(np.linalg.norm(corners(scene, thing, "high"), axis=1).max())
    down, up = (reach_along(scene, thing, way) + Interval(-sway, sway) for way in (-UP, UP))
    return -down, up


def at_most(scene: Scene, value: Interval, limit: Interval, *, says: str, doubt: Unknown) -> Truth:
    """True where a length of the scene is at most a limit, with the margin to it."""
    if value.high <= limit.low:
        return Truth(SURELY, _margin(scene, limit.low - value.high, says))
    if value.low > limit.high:
        return Truth(NEVER, _margin(scene, value.low - limit.high, says))
    return Truth(EITHER, doubt=doubt)


def _within_snap(scene: Scene, apart: Interval, snap: Quantity, *, says: str, doubt: Unknown) -> Truth:
    """Whether what is never below 0 is at most the snap: no margin can then be wider than the snap is."""
    limit = in_scene(scene, snap)
    held = at_most(scene, apart, limit, says=says, doubt=doubt)
    told, widest_gap = held.margin, limit.low
    if held.possible != SURELY or told is None or told.unit != "m" or not 0 < widest_gap < TOLERANCE["m"]:
        return held
    clear = told.gap / widest_gap
    return replace(held, margin=replace(told, clear=clear if clear < 1 - ROUNDING else 1.0))


def _margin(scene: Scene, gap_: float, says: str) -> Margin | None:
    """In metres; without a scale, as the ratio to the scene's own smallest step worth telling apart.

    What is stated of a page in words has none.
    """
    if scene.metric:
        return margin(gap_, "m", says)
    if scene.space == "page":
        return None
    return margin(1 + gap_ * scene.scale.low / 0.15, "ratio", says)


def _names(scene: Scene, *things: Body) -> str:
    return " and ".join(scene.names[each.row] for each in things)
