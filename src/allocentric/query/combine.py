"""Two values joined by an operator: sums, comparisons, sets, sameness."""

from __future__ import annotations

import math
from typing import Any, NoReturn, cast

from allocentric.intervals import Interval, Members
from allocentric.oracle import contact, numbers
from allocentric.query.checked import Combine
from allocentric.scene.scene import Scene
from allocentric.scene.truth import (
    ANGLE,
    EITHER,
    NEVER,
    NUMBER,
    SURELY,
    Angle,
    Body,
    Bound,
    Label,
    Pick,
    Quantity,
    Things,
    Truth,
    Unknown,
    margin,
    narrowest,
    weighed,
)


def combine(scene: Scene, node: Combine, left: Any, *, right: Any) -> Bound:
    """What the operator makes of two values; unknown where one of them is."""
    for each in (left, right):
        if isinstance(each, Unknown):
            return each
    if isinstance(left, Things) and isinstance(right, Things):
        return _sets(node.operator, left, right)
    if node.operator in ("==", "!="):
        same = _same(left, right)
        result: Bound = same if node.operator == "==" else contact.negated(same)
    else:
        result = _numbers(scene, node, as_quantity(left), right=as_quantity(right))
    together: Bound = weighed(result, [getattr(each, "margin", None) for each in (left, right)], ())
    return together


def opposite(held: Any) -> Bound:
    """The opposite truth, or the negative of a number."""
    if isinstance(held, Truth):
        return contact.negated(held)
    if isinstance(held, Unknown):
        return held
    quantity = as_quantity(held)
    return Quantity(-quantity.bound, quantity.dimension, quantity.scaled, quantity.margin, quantity.doubt)


def _numbers(scene: Scene, node: Combine, left: Quantity, *, right: Quantity) -> Bound:
    """Sums, products and comparisons; a bare number takes the dimension of the other side."""
    if node.operator not in ("*", "/"):
        if left.dimension == NUMBER != right.dimension:
            left = Quantity(left.bound, right.dimension, 0)
        elif right.dimension == NUMBER != left.dimension:
            right = Quantity(right.bound, left.dimension, 0)
    match node.operator:
        case "+":
            return numbers.plus(scene, left, right)
        case "-":
            return numbers.minus(scene, left, right)
        case "*":
            return numbers.times(left, right)
        case "/":
            return numbers.over(left, right)
        case "<" | "<=":
            return numbers.less(scene, left, right, or_equal=node.operator == "<=")
        case ">" | ">=":
            return numbers.less(scene, right, left, or_equal=node.operator == ">=")
        case _:
            _impossible(node.operator)


def as_quantity(value: Any) -> Quantity:
    """An angle as the number it is, from minus half a turn to half a turn."""
    if isinstance(value, Quantity):
        return value
    angle = cast(Angle, value)
    low, high = angle.arc.middle_rad - angle.arc.half_rad, angle.arc.middle_rad + angle.arc.half_rad
    if low < -math.pi or high > math.pi:
        low, high = -math.pi, math.pi
    return Quantity(Interval(low, high), ANGLE, 0, angle.margin, angle.doubt)


def _sets(operator: str, left: Things, right: Things) -> Things:
    members = {"&": Members.__and__, "|": Members.__or__, "-": Members.__sub__}[operator](
        left.members, right.members
    )
    doubt = (left.doubt or right.doubt) if not members.exact else None
    says = f"{left.says} {operator} {right.says}"
    if operator == "&":
        says = left.says if left.says != "thing" else right.says
    return Things(members, says, narrowest((left.margin, right.margin)), doubt)


def _same(left: Any, right: Any) -> Truth:
    """Whether two labels, things or counts are the same."""
    match left, right:
        case Label(), str():
            mine, other = set(left.possible), {right}
        case Label(), Label():
            mine, other = set(left.possible), set(right.possible)
        case Quantity(), Quantity():
            apart = left.bound - right.bound
            if apart.low > 0 or apart.high < 0:
                gap = max(apart.low, -apart.high) - 0.5
                return Truth(NEVER, margin(max(gap, 0.0), "count", "count"))
            sure = apart.low == apart.high == 0
            return Truth(
                SURELY if sure else EITHER,
                margin(0.5, "count", "count") if sure else None,
                left.doubt or right.doubt,
            )
        case ((Pick() | Body()), (Pick() | Body())):
            mine, other = (
                {str(each.row)} if isinstance(each, Body) else {str(row) for row in each.rows}
                for each in (left, right)
            )
            unlisted = [isinstance(each, Pick) and each.open for each in (left, right)]
            if all(unlisted) or (any(unlisted) and mine & other):
                return Truth(EITHER, doubt=_doubt(left) or _doubt(right))
        case _:
            _impossible("==")
    if not mine & other:
        return Truth(NEVER)
    sure = len(mine) == len(other) == 1
    return Truth(SURELY if sure else EITHER, doubt=None if sure else _doubt(left) or _doubt(right))


def _doubt(value: Any) -> Unknown | None:
    return getattr(value, "doubt", None)


def _impossible(operator: str) -> NoReturn:
    raise AssertionError(f"a checked program joins no such values by {operator!r}")
