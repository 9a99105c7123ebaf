"""How a thing is by itself: how it is proportioned, and how far it leans."""

from __future__ import annotations

import math
from typing import Literal

from allocentric.intervals import Interval
from allocentric.oracle.globe import flat_only
from allocentric.oracle.places import not_seen
from allocentric.scene.placement import size_of
from allocentric.scene.scene import Scene
from allocentric.scene.truth import ANGLE, NUMBER, Body, Quantity, Unknown

Trait = Literal["elongation", "flatness", "evenness"]


def proportion(scene: Scene, thing: Body, trait: Trait) -> Quantity | Unknown:
    """How its box is proportioned, as a ratio of two of its sides.

    `elongation`: its longest side by the next; `flatness`: its middle side by the shortest; `evenness`: its
    shortest side by the longest, 1 for a cube.
    """
    row, name = thing.row, scene.names[thing.row]
    if scene.space == "globe":
        return flat_only(f"the {trait} of a box")
    sides = size_of(scene, row)
    unmeasured = not_seen(scene, row) or Unknown(
        "not_measured", f"its sides are not known well enough: {name!r}", f"measure the size of {name!r}"
    )
    if not all(each.finite for each in sides):
        return unmeasured
    lows, highs = sorted(each.low for each in sides), sorted(each.high for each in sides)
    shortest, middle, longest = (Interval(low, high) for low, high in zip(lows, highs, strict=True))
    match trait:
        case "elongation":
            part, whole = longest, middle
        case "flatness":
            part, whole = middle, shortest
        case "evenness":
            part, whole = shortest, longest
    if whole.low <= 0:
        what = f"{name!r} has a side without length"
        return unmeasured if whole.high > 0 else Unknown("not_measured", what, "ask for its longest side")
    least, most = (0.0, 1.0) if trait == "evenness" else (1.0, math.inf)
    ratio = part / whole
    low, high = (min(max(end, least), most) for end in (ratio.low, ratio.high))
    bound = Interval(low, high)
    return Quantity(bound, NUMBER, doubt=None if bound.exact else unmeasured)


def tilt(scene: Scene, thing: Body) -> Quantity | Unknown:
    """The angle between a thing's own up and the vertical: 0 upright, a quarter turn on its side."""
    row, name = thing.row, scene.names[thing.row]
    if scene.space == "globe":
        return flat_only("tilt")
    unseen = not_seen(scene, row)
    x, y, z = scene.rotations[row, :, 2].tolist()
    angle, slack = math.atan2(math.hypot(x, y), z), scene.tilt_rad
    if unseen or scene.yaw_slacks_rad[row] >= math.pi:  # it may be turned any way
        slack = math.pi
    if not slack:
        return Quantity(Interval.of(angle), ANGLE)
    remedy = f"measure how {name!r} is turned"
    rough = Unknown("overlap", f"how {name!r} is turned, is known only roughly", remedy)
    bound = Interval(max(0.0, angle - slack), min(math.pi, angle + slack))
    return Quantity(bound, ANGLE, doubt=unseen or rough)
