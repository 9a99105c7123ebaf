"""What a bound holds: whether an exact answer, or another bound, lies within it."""

from __future__ import annotations

import math

from allocentric.intervals import Interval
from allocentric.oracle.numbers import metric
from allocentric.oracle.unseen import withheld_rows
from allocentric.query.finish import settled
from allocentric.scene.scene import Scene
from allocentric.scene.truth import (
    Angle,
    Bound,
    ImageBox,
    Label,
    Order,
    Path,
    Pick,
    Point,
    Quantity,
    Things,
    Truth,
    Turns,
    Unknown,
)

ROUNDING = 1e-7


def decided_by_rounding(bound: Bound) -> bool:
    """True where the last bit of a number decides: a comparison of equals."""
    return bound.margin is not None and bound.margin.clear < ROUNDING


def may_meet(inner: Bound, inner_scene: Scene, outer: Bound, outer_scene: Scene) -> bool:
    """True where an answer that is itself not decided, as two things overlap, shares a value with `outer`."""
    match inner, outer:
        case Quantity(), Quantity():
            bound, wide = metric(inner_scene, inner).bound, metric(outer_scene, outer).bound
            return not bound.exact and bound.low <= wide.high and wide.low <= bound.high
        case Pick(choices), Pick():
            return (inner.open or len(choices) > 1) and not set(inner.rows).isdisjoint(outer.rows)
        case (Truth(possible), Truth(wide)) | (Label(possible), Label(wide)):
            return len(possible) > 1 and bool(set(possible) & set(wide))
        case Things(members), Things(wide):
            may = set(wide.sure) <= set(members.possible) and set(members.sure) <= set(wide.possible)
            return not members.exact and (may or wide.open)
        case _:
            return False


def why_not_within(inner: Bound, inner_scene: Scene, outer: Bound, outer_scene: Scene) -> str | None:
    """Why `inner` may be what `outer` says cannot be; None where all is within.

    Rows stand for the same things in both scenes; rows that only the inner scene has, and those that the
    outer one withholds, are things that the outer one does not list.
    """
    if isinstance(outer, Unknown):
        return None
    if isinstance(inner, Unknown):
        return _why_not_unknown(inner, outer, outer_scene)
    if type(inner) is not type(outer):
        return f"{type(inner).__name__} instead of {type(outer).__name__}"
    match inner, outer:
        case Quantity(), Quantity():
            return _numbers(metric(inner_scene, inner), metric(outer_scene, outer))
        case Angle(arc), Angle(wide):
            return None if arc.within(wide, ROUNDING) else f"{arc} not in {wide}"
        case Truth(possible), Truth(wide):
            return None if possible <= wide else f"{set(possible)} not in {set(wide)}"
        case Label(possible), Label(wide):
            return None if set(possible) <= set(wide) else f"{possible} not in {wide}"
        case Things(members), Things(wide):
            unseen = withheld_rows(outer_scene)
            listed = {row for row in members.possible if row < len(outer_scene) and row not in unseen}
            fits = set(wide.sure) <= set(members.sure) and listed <= set(wide.possible)
            fits &= wide.open or (not members.open and len(listed) == len(members.possible))
            return None if fits else f"{members} not in {wide}"
        case Pick(), Pick():
            return _picks(inner, outer)
        case Order(), Order():
            return _orders(inner, outer)
        case Turns(possible), Turns(wide):
            if len(possible) != len(wide):
                return f"{len(possible)} turns instead of {len(wide)}"
            fits = all(set(a) <= set(b) for a, b in zip(possible, wide))
            return None if fits else f"{possible} not in {wide}"
        case Point(x, y), Point(wide_x, wide_y):
            return _interval(x, wide_x) or _interval(y, wide_y)
        case ImageBox(edges), ImageBox(wide):
            why = (_interval(edge, each) for edge, each in zip(edges, wide, strict=True))
            return next((each for each in why if each is not None), None)
        case Path(length=length), Path(length=wide):
            unit, wide_unit = inner_scene.scale, outer_scene.scale
            return _interval(length * unit, wide * wide_unit)
    return "no such bound"


def _why_not_unknown(inner: Unknown, outer: Bound, outer_scene: Scene) -> str | None:
    """Undefined where two overlap, none is there or no way leads; any other reason must have been feared."""
    if inner.reason in ("overlap", "never_seen") or (
        inner.reason == "unconnected" and type(outer) is not Path
    ):
        return None
    if settled(outer_scene, outer) is None:
        return None
    return f"undetermined, {inner.reason}: {inner.detail}; yet {outer}"


def _numbers(inner: Quantity, outer: Quantity) -> str | None:
    if inner.counts != outer.counts:
        return "a count instead of a number"
    return _interval(inner.bound, outer.bound)


def _interval(inner: Interval, outer: Interval) -> str | None:
    size = max(abs(each) for each in (inner.low, inner.high, 1.0) if math.isfinite(each))
    return None if inner.within(outer, ROUNDING * size) else f"{inner} not in {outer}"


def _picks(inner: Pick, outer: Pick) -> str | None:
    if outer.open:
        return None
    if inner.open:
        return "open"
    rows = [row for row in inner.rows if row not in outer.rows]
    return f"{inner.choices} not in {outer.choices}" if rows else None


def _orders(inner: Order, outer: Order) -> str | None:
    if not outer.certain and not outer.same:
        return None
    certain = {(inner.says[a], inner.says[b]) for a, b in inner.certain}
    same = {frozenset((inner.says[a], inner.says[b])) for a, b in inner.same}
    for first, second in outer.certain:
        if (outer.says[first], outer.says[second]) not in certain:
            return f"{outer.says[first]} is not before {outer.says[second]}"
    for first, second in outer.same:
        if frozenset((outer.says[first], outer.says[second])) not in same:
            return f"{outer.says[first]} is not the same as {outer.says[second]}"
    return None
