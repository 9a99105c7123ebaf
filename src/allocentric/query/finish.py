"""At the end, once: from what is possible to a value, or to the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from allocentric.intervals import Interval
from allocentric.oracle.numbers import metric
from allocentric.query.checked import Type
from allocentric.query.evaluate import Cell
from allocentric.query.stated_places import stated_beside
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import (
    Angle,
    Bound,
    Dimension,
    Fact,
    ImageBox,
    Label,
    Measured,
    Order,
    Path,
    Pick,
    Point,
    Quantity,
    Things,
    Truth,
    Turns,
    Undetermined,
    Unknown,
)
from allocentric.words import say_angle, say_area, say_length, say_number, say_volume

_LEAST_SLACK = 1e-4  # as it is told: less says nothing to a person
_ROUGH = Unknown("not_placed", "what is known does not decide it", "measure more closely")

UNITS: dict[Dimension, tuple[str, str | None]] = {
    Dimension(): ("number", None),
    Dimension(1): ("length", "m"),
    Dimension(2): ("area", "m2"),
    Dimension(3): ("volume", "m3"),
    Dimension(0, 1): ("time", "s"),
    Dimension(0, 0, 1): ("angle", "rad"),
    Dimension(1, -1): ("speed", "m/s"),
}
"""The kind of answer that a quantity is, and its base unit."""


def finish(
    scene: Scene,
    bound: Bound,
    cells: Iterable[Cell] = (),
    *,
    within: float | None = None,
    views: Iterable[View] = (),
) -> Measured | Undetermined:
    """The value, where one is left (of a number: an interval, finite and no wider than `within`).

    Its evidence is what was read: cells of the scene, and the poses of views.
    """
    facts = (*(fact(scene, cell) for cell in cells), *(_pose(scene, view) for view in views))
    value, bound = settled(scene, bound, within=within), in_base_units(scene, bound)
    if value is not None:
        return Measured(value, bound, bound.margin, facts)
    doubt = bound.doubt or _ROUGH
    return Undetermined(doubt.reason, doubt.detail, doubt.remedy, bound, facts)


def in_base_units(scene: Scene, bound: Bound) -> Bound:
    """A quantity or a way in metres, as far as the scale is known; all else as it is."""
    match bound:
        case Quantity():
            return metric(scene, bound)
        case Path(points, length, margin, doubt) if not scene.metric:
            told = metric(scene, Quantity(length, Dimension(1), 1, margin, doubt))
            return Path(points, told.bound, told.margin, told.doubt)
        case _:
            return bound


def settled(
    scene: Scene, bound: Bound, *, within: float | None = None
) -> float | bool | str | tuple[str, ...] | tuple[float, ...] | None:
    """The value that a bound leaves; None where it leaves several, or too wide an interval."""
    match in_base_units(scene, bound):
        case Quantity(interval, counts=counts):
            if counts:
                return round(interval.low) if interval.exact else None
            return _middle(interval, within)
        case Path(length=interval):
            return _middle(interval, within)
        case Angle(arc):
            too_wide = arc.full or (within is not None and 2 * arc.half_rad > within)
            return None if too_wide else arc.middle_rad
        case Truth(possible):
            return next(iter(possible)) if len(possible) == 1 else None
        case Label(possible):
            return possible[0] if len(possible) == 1 else None
        case Pick(choices, open_):
            return choices[0].says if len(choices) == 1 and not open_ else None
        case Things(members):
            return tuple(scene.names[row] for row in members.sure) if members.exact else None
        case Order(says) as order:
            return says if order.settled else None
        case Turns(possible):
            return tuple(each[0] for each in possible) if all(len(each) == 1 for each in possible) else None
        case Point(x, y):
            return _middles((x, y), within)
        case ImageBox(edges):
            return _middles(edges, within)
        case Unknown():
            return None


def _middle(interval: Interval, within: float | None) -> float | None:
    wide = not interval.finite or (within is not None and interval.high - interval.low > within)
    return None if wide else interval.middle


def _middles(intervals: Sequence[Interval], within: float | None) -> tuple[float, ...] | None:
    middles = [_middle(each, within) for each in intervals]
    return tuple(each for each in middles if each is not None) if None not in middles else None


def kind_of(type_: Type, bound: Bound | None = None) -> tuple[str, str | None]:
    """The kind of answer that a program gives, and its base unit: known before it runs.

    But for what hangs on the scene, which its bound tells: the unit in a picture, whether views have times.
    """
    match type_.kind:
        case "point" | "image box" as kind:
            return kind, bound.unit if isinstance(bound, Point | ImageBox) else None
        case "quantity" if type_.dimension is None and isinstance(bound, Quantity):
            return ("count", None) if bound.counts else UNITS.get(bound.dimension, ("quantity", None))
        case "quantity" if type_.counts:
            return "count", None
        case "quantity":
            return UNITS.get(type_.dimension or Dimension(), ("quantity", None))
        case "angle":
            return "angle", "rad"
        case "truth":
            return "boolean", None
        case "path":
            return "path", "m"
        case kind:
            return kind, None


def fact(scene: Scene, cell: Cell) -> Fact:
    """A cell of the scene as a fact that a person can check; put into words once."""
    told: dict[Cell, Fact] = scene.cached("facts", dict)
    if cell not in told:
        says = _shared(scene, cell.property) if cell.row is None else _owned(scene, cell.row, cell.property)
        told[cell] = Fact(None if cell.row is None else scene.names[cell.row], cell.property, says)
    return told[cell]


def _pose(scene: Scene, view: View) -> Fact:
    says = view.id if " " in view.id else f"view {view.id}"
    at = _three(view.world_from_camera.translation_m, np.zeros(3), ", ", unit=" m" if scene.metric else "")
    return Fact(says, "pose", at)


def _shared(scene: Scene, property: str) -> str:
    match property:
        case "complete":
            complete = scene.complete
            if complete is None:
                return "the list of things is not known to be complete"
            where = "" if complete.region is None else " in a part of the floor"
            if complete.labels is None:
                return f"every thing is listed{where}"
            return f"all are listed{where} of " + ", ".join(sorted(complete.labels))
        case "north":
            return "unknown" if scene.north.full else f"{say_angle(scene.north.middle_rad)} left of x"
        case "scale":
            scale = scene.scale
            return (
                f"{say_number(scale.low)} to {say_number(scale.high)} m a unit"
                if not scale.exact
                else "known"
            )
        case _:
            return "the walkable outline" if scene.floor is not None else "unknown"


def _owned(scene: Scene, row: int, property: str) -> str:
    unit = " m" if scene.metric and scene.space != "page" else ""
    if scene.space == "globe" and property in ("place", "size"):
        return _in_degrees(scene, row, property)
    match property:
        case "place":
            if scene.differences and np.isinf(scene.center_slacks[row]).any():
                return stated_beside(scene, row)
            return _three(scene.centers[row], scene.center_slacks[row], ", ", unit=unit)
        case "size":
            return _three(scene.sizes[row], scene.size_slacks[row], " x ", unit=unit)
        case "heading":
            yaw = math.atan2(scene.rotations[row, 1, 0], scene.rotations[row, 0, 0])
            slack = float(scene.yaw_slacks_rad[row])
            return say_angle(yaw) + (f" ± {say_angle(slack)}" if slack else "")
        case "front":
            front = scene.fronts[row]
            return "unknown" if np.isnan(front[0]) else ", ".join(say_number(float(each)) for each in front)
        case _:
            stated = next(
                (each for each in scene.stated if each.row == row and each.measure == property), None
            )
            if stated is None:
                return "not stated"
            return (say_area if property == "area" else say_volume)(stated.bound.middle)


def _in_degrees(scene: Scene, row: int, property: str) -> str:
    """A place or a size on a globe: to a metre on the ground."""
    if not scene.exact_rows[row]:
        return "not known exactly"
    east, north = (scene.centers if property == "place" else scene.sizes)[row, :2].tolist()
    if property == "size":
        return f"{east:.5f}° of longitude, {north:.5f}° of latitude"
    return f"{abs(east):.5f}° {'W' if east < 0 else 'E'}, {abs(north):.5f}° {'S' if north < 0 else 'N'}"


def _three(values: np.ndarray, slacks: np.ndarray, between: str, *, unit: str) -> str:
    if np.isinf(slacks).all():
        return "unknown"
    told = []
    for value, slack in zip(values, slacks, strict=True):
        told.append(f"{value:.3f}" + (f" ± {max(slack, _LEAST_SLACK):.3g}" if slack else ""))
    return between.join(told) + unit


_BEHIND = {Dimension(0, 1): " s", Dimension(1, -1): " m/s"}


def said(quantity: Quantity, unit: str | None = None) -> str:
    """A number as a person reads it, with its bounds where it has some; in `unit` where one is named."""
    bound, dimension = quantity.bound, quantity.dimension
    speak = {
        Dimension(1): say_length,
        Dimension(2): say_area,
        Dimension(3): say_volume,
        Dimension(0, 0, 1): say_angle,
    }
    say = speak.get(dimension)
    behind = " %" if quantity.share else _BEHIND.get(dimension, "")

    def one(value: float) -> str:
        if say:
            return say(value, unit)
        return say_number(100 * value if quantity.share else value) + behind

    if bound.high - bound.low <= 1e-9 * max(1.0, abs(bound.middle)):
        return one(bound.middle)
    if not math.isfinite(bound.high):
        return f"at least {one(bound.low)}" if bound.low > 0 else "unknown"
    return f"{one(bound.middle)} ({one(bound.low)} to {one(bound.high)})"
