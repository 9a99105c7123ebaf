"""How many, how large: counts, extents, areas, volumes, lengths."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

import numpy as np

from allocentric.geometry import globe
from allocentric.intervals import Interval, greatest, least
from allocentric.oracle import globe as globe_truth
from allocentric.oracle.choice import Measure
from allocentric.oracle.cover import covered, shadow
from allocentric.oracle.numbers import alike, metric, plus
from allocentric.oracle.places import not_seen
from allocentric.oracle.unseen import none_of
from allocentric.scene.placement import lean, size_of
from allocentric.scene.scene import Footprint, Scene
from allocentric.scene.scene import Measure as StatedMeasure
from allocentric.scene.truth import (
    AREA,
    EITHER,
    LENGTH,
    NEVER,
    NUMBER,
    SURELY,
    VOLUME,
    Body,
    Dimension,
    Label,
    Path,
    Quantity,
    Things,
    Truth,
    Unknown,
    margin,
    narrowest,
)

Along = Literal["longest", "shortest", "height", "width", "depth"]

UPRIGHT_RAD: Final = math.radians(30)
"""What leans more than this has neither width nor depth."""

_ROUGH_EDGE: Final = Unknown(
    "overlap", "an edge of the ranges is known only roughly", "write the edges as numbers"
)


def count(scene: Scene, things: Things) -> Quantity:
    """How many there are: a lower bound where the list is not complete."""
    return Quantity(things.members.count, NUMBER, margin=things.margin, doubt=things.doubt, counts=True)


def exists(scene: Scene, things: Things) -> Truth:
    """True where there is at least one."""
    many, says = things.members.count, f"how many {things.says}"
    if many.low >= 1:
        return Truth(SURELY, narrowest((things.margin, margin(many.low - 0.5, "count", says))))
    if many.high < 1:
        return Truth(NEVER, narrowest((things.margin, margin(0.5, "count", says))))
    return Truth(EITHER, doubt=things.doubt)


def total(scene: Scene, things: Things, by: Measure) -> Quantity | Unknown:
    """The sum of a quantity over the members: `total(all("shelf"), by=volume)`."""
    whole: Quantity | None = None
    for row in things.members.possible:
        each = by(Body(row))
        if isinstance(each, Unknown):
            return each
        if row not in things.members.sure:
            each = replace(each, bound=each.bound.hull(Interval(0.0, 0.0)), doubt=things.doubt)
        whole = each if whole is None else plus(scene, whole, each)
    if whole is None:
        return none_of(things)
    if things.members.open:  # what is not listed adds to an area; an offset may be below 0
        adds = whole.counts or whole.dimension in (AREA, VOLUME)
        bound = Interval(whole.bound.low if adds else -math.inf, math.inf)
        return replace(whole, bound=bound, doubt=things.doubt)
    return whole


def extent(scene: Scene, thing: Body, along: Along) -> Quantity | Unknown:
    """How long a thing is: along its longest or shortest side, its height, width or depth.

    Of a line, a river or a road, the longest is its length along it. Height is vertical. Width is from left
    to right of a thing with a front, else its longer horizontal side; depth is the other horizontal side.
    """
    row = thing.row
    if along == "longest" and _is_line(scene, row):
        return length(scene, thing)
    if scene.space == "globe":
        return globe_truth.flat_only(f"the {along} side")
    sizes = size_of(scene, row)
    if not all(each.finite for each in sizes):
        return _unmeasured(scene, row, "its size", need="size")
    match along:
        case "longest":
            bound = greatest(sizes)
        case "shortest":
            bound = least(sizes)
        case "height":
            bound = _height(scene, row)
        case "width" | "depth":
            across = _across(scene, row, sizes)
            if across is None:
                name = scene.names[row]
                return Unknown(
                    "no_frame", f"{name!r} is tilted: it has no {along}", "ask for its longest side"
                )
            bound = across[0 if along == "width" else 1]
    doubt = None if bound.exact else _unmeasured(scene, row, f"its {along}", need="size")
    return Quantity(bound, LENGTH, 0 if scene.metric else 1, doubt=doubt)


def area(scene: Scene, things: Body | Things) -> Quantity | Unknown:
    """The floor area that things cover, seen from above: several count once where they overlap.

    An area that is stated without geometry is taken as stated.
    """
    if isinstance(things, Body):
        return _area_of(scene, [things.row])
    if not things.members.possible:
        return none_of(things)
    if things.members.exact:
        return _area_of(scene, things.members.sure)
    listed = _area_of(scene, things.members.possible)
    if isinstance(listed, Unknown):
        return listed
    low, sure = 0.0, _area_of(scene, things.members.sure) if things.members.sure else None
    if isinstance(sure, Quantity):
        listed, sure = alike(scene, listed, sure)
        low = sure.bound.low
    high = math.inf if things.members.open else listed.bound.high
    return Quantity(Interval(low, max(low, high)), AREA, listed.scaled, doubt=things.doubt)


def volume(scene: Scene, thing: Body) -> Quantity | Unknown:
    """The volume of a thing's box (of a region: of its prism)."""
    stated = _stated(scene, thing.row, "volume")
    if stated is not None:
        return Quantity(stated, VOLUME)
    shape = scene.shapes[thing.row]
    if isinstance(shape, Footprint):
        height = shape.high - shape.low
        if height <= 0:
            return _unmeasured(scene, thing.row, "its height", need="height")
        return _of_scene(scene, Interval.of(float(shape.polygon.area) * height), VOLUME)
    x, y, z = size_of(scene, thing.row)
    if not (x.finite and y.finite and z.finite):
        return _unmeasured(scene, thing.row, "its size", need="size")
    bound = x * y * z
    return _of_scene(
        scene,
        bound,
        VOLUME,
        doubt=None if bound.exact else _unmeasured(scene, thing.row, "its size", need="size"),
    )


def length(scene: Scene, path: Path | Body) -> Quantity | Unknown:
    """How long a way is, or a thing that is a line: a river, a road."""
    if isinstance(path, Body):
        return _length_of(scene, path)
    return Quantity(path.length, LENGTH, 0 if scene.metric else 1, margin=path.margin, doubt=path.doubt)


def _is_line(scene: Scene, row: int) -> bool:
    shape = scene.shapes[row]
    return isinstance(shape, Footprint) and "Line" in shape.polygon.geom_type


def _length_of(scene: Scene, thing: Body) -> Quantity | Unknown:
    stated, shape = _stated(scene, thing.row, "length"), scene.shapes[thing.row]
    if stated is not None:
        return Quantity(stated, LENGTH)
    if not isinstance(shape, Footprint) or not _is_line(scene, thing.row):
        what = f"{scene.names[thing.row]!r} is no line: it has sides, not a length"
        return Unknown("not_measured", what, "ask for its longest side, or for its area")
    line = shape.polygon
    own = globe.length_m(line) if scene.space == "globe" else float(line.length)
    return _of_scene(scene, Interval.of(own), LENGTH)


def bin(scene: Scene, quantity: Quantity, edges: Sequence[Quantity]) -> Label | Unknown:
    """Which of the ranges between rising edges a quantity lies in, its upper edge included: `"2 to 4"`."""
    borders = [metric(scene, each) for each in edges]
    rough = next((each for each in borders if not each.bound.exact), None)
    if rough is not None:
        return rough.doubt or _ROUGH_EDGE
    ends = sorted({each.bound.low for each in borders})
    names = [f"{low:g} to {high:g}" for low, high in itertools.pairwise(ends)]
    names = [f"up to {ends[0]:g}", *names, f"over {ends[-1]:g}"]
    value = metric(scene, quantity)
    first, last = int(np.searchsorted(ends, value.bound.low)), int(np.searchsorted(ends, value.bound.high))
    if first != last:
        return Label(tuple(names[first : last + 1]), doubt=value.doubt)
    gap = min(min(abs(value.bound.low - end), abs(value.bound.high - end)) for end in ends)
    unit: Literal["m", "rad", "share"] = "m" if value.dimension == LENGTH else "share"
    return Label((names[first],), margin(gap, "rad" if value.dimension.angle else unit, "the nearest edge"))


def _height(scene: Scene, row: int) -> Interval:
    shape = scene.shapes[row]
    if isinstance(shape, Footprint):
        return Interval.of(shape.high - shape.low)
    bound = Interval(0.0, 0.0)
    for column, size in enumerate(size_of(scene, row)):
        bound = bound + size * Interval.of(abs(float(scene.rotations[row, 2, column])))
    if not scene.tilt_rad:
        return bound
    longest = math.hypot(*(each.high for each in size_of(scene, row)))
    sway = lean(scene) * longest
    return Interval(max(0.0, bound.low - sway), min(longest, bound.high + sway))


def _across(
    scene: Scene, row: int, sizes: tuple[Interval, Interval, Interval]
) -> tuple[Interval, Interval] | None:
    """Width and depth: across the own axis that points up; None where none does, within 30 degrees."""
    upward = np.abs(scene.rotations[row, 2])
    up = int(upward.argmax())
    if math.acos(min(1.0, float(upward[up]))) + scene.tilt_rad > UPRIGHT_RAD:
        return None
    level = [column for column in range(3) if column != up]
    first, second = (sizes[column] for column in level)
    front = scene.fronts[row]
    if not np.isnan(front[0]) and max(abs(front[column]) for column in level) > math.cos(math.radians(1)):
        looks_along_first = abs(front[level[0]]) > abs(front[level[1]])
        return (second, first) if looks_along_first else (first, second)
    return greatest((first, second)), least((first, second))


def _area_of(scene: Scene, rows: Sequence[int]) -> Quantity | Unknown:
    stated = [_stated(scene, row, "area") for row in rows]
    known = [each for each in stated if each is not None]
    if known:
        if len(known) < len(rows) and len(rows) > 1:
            row = rows[stated.index(None)]
            return _unmeasured(scene, row, "its area", need="area")
        whole = Interval(0.0, 0.0)
        for each in known:
            whole = whole + each
        return Quantity(whole, AREA)
    endless = next((row for row in rows if not shadow(scene, row).finite), None)
    if endless is not None:
        return _unmeasured(scene, endless, "its area", need="area")
    bound = shadow(scene, rows[0]) if len(rows) == 1 else covered(scene, rows)
    doubt = None if bound.exact else _unmeasured(scene, rows[0], "the area covered", need="place and size")
    return _of_scene(scene, bound, AREA, doubt=doubt)


def _of_scene(
    scene: Scene, bound: Interval, dimension: Dimension, *, doubt: Unknown | None = None
) -> Quantity:
    return Quantity(bound, dimension, 0 if scene.metric else dimension.length, doubt=doubt)


def _stated(scene: Scene, row: int, measure: StatedMeasure) -> Interval | None:
    return next((each.bound for each in scene.stated if each.row == row and each.measure == measure), None)


def _unmeasured(scene: Scene, row: int, what: str, *, need: str) -> Unknown:
    name = scene.names[row]
    return not_seen(scene, row) or Unknown(
        "not_measured", f"{what} is not known well enough: {name!r}", f"measure the {need} of {name!r}"
    )
