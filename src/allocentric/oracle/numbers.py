"""Comparing and combining quantities: their dimensions, the unknown scale, and the margin of a comparison."""

from __future__ import annotations

import math

from allocentric.intervals import EVERYTHING, Interval
from allocentric.scene.scene import Scene
from allocentric.scene.truth import (
    ANGLE,
    EITHER,
    LENGTH,
    NEVER,
    NUMBER,
    SURELY,
    TIME,
    Dimension,
    Margin,
    MarginUnit,
    Quantity,
    Truth,
    Unknown,
    margin,
)


def number(value: float, dimension: Dimension = NUMBER) -> Quantity:
    """Exactly this number, in base units."""
    return Quantity(Interval.of(float(value)), dimension)


def metric(scene: Scene, quantity: Quantity) -> Quantity:
    """The quantity in metres, as far as the scene's scale is known."""
    if quantity.scaled == 0:
        return quantity
    bound = quantity.bound * scene.scale.power(quantity.scaled)
    doubt = quantity.doubt
    if not scene.scale.exact and (doubt is None or not scene.scale.finite):
        what = "how long one unit of this scene is in metres, is not known"
        doubt = Unknown("no_scale", what, "state one length that is known (`scale`)")
    return Quantity(bound, quantity.dimension, 0, quantity.margin, doubt, quantity.counts)


def in_scene(scene: Scene, quantity: Quantity, power: int = 1) -> Interval:
    """A length (an area for power 2, ...) in the scene's unit, as far as the scale is known."""
    if scene.metric or quantity.scaled == power:
        return quantity.bound
    low, high = scene.scale.low, scene.scale.high
    units = Interval(1 / high, 1 / low if low else math.inf)
    return metric(scene, quantity).bound * units.power(power)


def alike(scene: Scene, first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """Both in one unit: in the scene's where both are, else in metres."""
    if first.scaled == second.scaled:
        return first, second
    return metric(scene, first), metric(scene, second)


def less(scene: Scene, first: Quantity, second: Quantity, *, or_equal: bool = False) -> Truth:
    """Whether `first` is below `second`."""
    first, second = alike(scene, first, second)
    a, b = first.bound, second.bound
    sure = a.high < b.low or (a.high == b.low and (or_equal or a.open_high or b.open_low))
    never = a.low > b.high or (a.low == b.high and (not or_equal or a.open_low or b.open_high))
    if not (sure or never):
        return Truth(EITHER, doubt=first.doubt or second.doubt)
    apart = (a.high, b.low) if sure else (b.high, a.low)
    like = second if second.share else first
    return Truth(SURELY if sure else NEVER, margin_between(like, *apart, says="comparison"))


def margin_between(like: Quantity, low: float, high: float, *, says: str) -> Margin:
    """The margin between two numbers, `low` the smaller: in their unit, or as a ratio where it has none."""
    unit = margin_unit(like)
    if unit != "ratio":
        return margin(high - low, unit, says)
    if low <= 0 or high <= 0:
        return margin(1.0 if low == high else math.inf, "ratio", says)
    return margin(high / low, "ratio", says)


def margin_unit(quantity: Quantity) -> MarginUnit:
    """The unit in which doubt about such a quantity is told."""
    if quantity.counts:
        return "count"
    if quantity.share:
        return "share"
    if quantity.dimension == LENGTH and quantity.scaled == 0:
        return "m"
    if quantity.dimension == ANGLE:
        return "rad"
    return "s" if quantity.dimension == TIME else "ratio"


def plus(scene: Scene, first: Quantity, second: Quantity) -> Quantity:
    """The sum of two quantities of one dimension."""
    first, second = alike(scene, first, second)
    counts = first.counts and second.counts
    return Quantity(
        first.bound + second.bound, first.dimension, first.scaled, doubt=_doubt(first, second), counts=counts
    )


def minus(scene: Scene, first: Quantity, second: Quantity) -> Quantity:
    """The difference of two quantities of one dimension."""
    return plus(
        scene,
        first,
        Quantity(-second.bound, second.dimension, second.scaled, doubt=second.doubt, counts=second.counts),
    )


def times(first: Quantity, second: Quantity) -> Quantity:
    """The product; its dimension is the sum of theirs."""
    dimension = Dimension(*(a + b for a, b in zip(first.dimension, second.dimension, strict=True)))
    return Quantity(
        first.bound * second.bound, dimension, first.scaled + second.scaled, doubt=_doubt(first, second)
    )


def over(first: Quantity, second: Quantity) -> Quantity | Unknown:
    """The ratio; unknown where the divisor may be 0."""
    bound = first.bound / second.bound
    if bound == EVERYTHING:
        return second.doubt or Unknown("overlap", "the divisor may be 0", "divide by what is not 0")
    dimension = Dimension(*(a - b for a, b in zip(first.dimension, second.dimension, strict=True)))
    return Quantity(bound, dimension, first.scaled - second.scaled, doubt=_doubt(first, second))


def _doubt(*quantities: Quantity) -> Unknown | None:
    return next((each.doubt for each in quantities if each.doubt is not None), None)
