"""How much of the floor things cover, seen from above: one alone, and several where overlap counts once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPoint

from allocentric.intervals import NOT_NEGATIVE, Interval
from allocentric.oracle import globe
from allocentric.oracle.places import is_exact
from allocentric.oracle.solids import corners, footprint
from allocentric.scene.placement import center_of, size_of
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Body


def shadow(scene: Scene, row: int) -> Interval:
    """The area that one thing covers, in scene units: of a box, each face counts by how level it lies."""
    if scene.space == "globe":
        return globe.area(scene, [row])
    if scene.shapes[row] is not None:
        return NOT_NEGATIVE if scene.tilt_rad else Interval.of(float(footprint(scene, Body(row)).area))
    sizes, area = size_of(scene, row), Interval(0.0, 0.0)
    for column, upright in enumerate(np.abs(scene.rotations[row, 2]).tolist()):
        level = Interval.of(upright)
        if scene.tilt_rad:
            lean_rad = math.acos(min(1.0, upright))
            flattest, steepest = max(0.0, lean_rad - scene.tilt_rad), lean_rad + scene.tilt_rad
            level = Interval(math.cos(min(steepest, math.pi / 2)), math.cos(flattest))
        area = area + level * sizes[column - 2] * sizes[column - 1]
    return area


def covered(scene: Scene, rows: Sequence[int]) -> Interval:
    """The area that several cover together, in scene units: where they overlap counts once.

    Between all lying on the largest and all lying apart; and no farther from what they cover in
    the middle of all bounds than all that may move, turn or grow can make it.
    """
    if scene.space == "globe":
        return globe.area(scene, rows)
    if is_exact(scene, *(Body(row) for row in rows)):
        return Interval.of(float(shapely.union_all([footprint(scene, Body(row)) for row in rows]).area))
    shadows = [shadow(scene, row) for row in rows]
    least, most = max(each.low for each in shadows), sum(each.high for each in shadows)
    plans, doubt = [], 0.0
    for row in rows:
        (x, y, _), hull = center_of(scene, row), corners(scene, Body(row), "high")[:, :2]
        swing = float(scene.yaw_slacks_rad[row])
        if scene.tilt_rad or swing >= math.pi or not (x.finite and y.finite and np.isfinite(hull).all()):
            return Interval(least, most)
        plan, center = footprint(scene, Body(row)), scene.centers[row]
        plans.append(translate(plan, x.middle - center[0], y.middle - center[1]))
        rim = MultiPoint(hull).convex_hull.length if scene.shapes[row] is None else plan.length
        moved = (x.high - x.low + y.high - y.low) / 2 + swing * float(np.linalg.norm(hull, axis=1).max())
        doubt += moved * float(rim) + _grown(scene, row)
    whole = float(shapely.union_all(plans).area)
    low = min(max(least, whole - doubt), most)
    return Interval(low, max(low, min(most, whole + doubt)))


def _grown(scene: Scene, row: int) -> float:
    """How much of what a thing covers is in doubt by its sizes."""
    if scene.shapes[row] is not None:
        return 0.0
    sizes, slacks = [each.high for each in size_of(scene, row)], scene.size_slacks[row].tolist()
    upright = np.abs(scene.rotations[row, 2]).tolist()
    return float(
        sum(
            upright[up] * (slacks[up - 2] * sizes[up - 1] + sizes[up - 2] * slacks[up - 1]) for up in range(3)
        )
    )
