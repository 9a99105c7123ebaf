"""Values and answers in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

from shapely.geometry import LineString

from allocentric.intervals import Interval, wrap
from allocentric.oracle.numbers import metric
from allocentric.oracle.places import Frame
from allocentric.query.finish import said
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import (
    ANGLE,
    LENGTH,
    Angle,
    Body,
    Dimension,
    ImageBox,
    Label,
    Margin,
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
from allocentric.words import UNITS, a_list, say_angle, say_length, say_number

NO_ANSWER: Final = "cannot be told"
_ON_A_PAGE: Final = {LENGTH: "units", Dimension(2): "square units"}
"""A page has no metres."""
SMALL_BEND: Final = 0.15
"""A way that bends by less than this (scene units) is told as straight."""


def say_answer(scene: Scene, result: Measured | Undetermined, unit: str | None = None) -> str:
    """The answer in a sentence, or why there is none; numbers in `unit` where one is named and fits."""
    if isinstance(result, Undetermined):
        return f"{say_why_not(scene, result)}. To settle it: {result.remedy}."
    return say_value(scene, result.possible, unit)


def say_why_not(scene: Scene, result: Undetermined) -> str:
    """Why there is no answer, and what is still possible where that is less than anything."""
    return f"{NO_ANSWER}: {result.detail}{_remaining(scene, result)}"


def say_margin(margin: Margin) -> str:
    """By how much an answer is clear, in words.

    >>> say_margin(Margin(0.82, "rad", 4.7, "bearing"))
    'clear by 47° (4.7 times what counts as clear): bearing'
    """
    if math.isinf(margin.gap):
        return f"clear, nothing comes near: {margin.of}"
    say: dict[str, Callable[[float], str]] = {
        "m": say_length,
        "rad": say_angle,
        "s": lambda gap: f"{say_number(gap)} s",
        "share": lambda gap: f"{say_number(100 * gap)} %",
        "px": lambda gap: f"{say_number(gap)} px",
        "ratio": lambda gap: f"a factor of {say_number(gap)}",
    }
    gap = say.get(margin.unit, say_number)(margin.gap)
    clear = "clear" if margin.clear >= 1 else "a close call, clear only"
    return f"{clear} by {gap} ({say_number(margin.clear, 2)} times what counts as clear): {margin.of}"


def say_value(scene: Scene, value: Any, unit: str | None = None) -> str:
    """Any value that a step of a program gives, as a person reads it."""
    match value:
        case Point(x, y, unit=in_unit):
            return _in_picture(("right", "down") if in_unit == "px" else ("left", "up"), (x, y), in_unit)
        case ImageBox(edges, unit=in_unit):
            return _in_picture(("left", "top", "right", "bottom"), edges, in_unit)
        case Quantity():
            if value.counts:
                return _count(value)
            quantity = metric(scene, value)
            if scene.space == "page" and quantity.dimension in _ON_A_PAGE:
                return f"{said(Quantity(quantity.bound))} {_ON_A_PAGE[quantity.dimension]}"
            if not quantity.bound.finite and value.scaled and value.bound.finite:
                return said(Quantity(value.bound, Dimension())) + " scene units"
            return said(quantity, unit if _fits(unit, quantity.dimension) else None)
        case Angle(arc):
            return _angle(arc.middle_rad, arc.half_rad, unit)
        case Truth(possible):
            return "yes" if possible == {True} else "no" if possible == {False} else "yes or no"
        case Label(possible):
            return a_list(possible, last="or")
        case Pick(choices):
            return a_list([_named(scene, choice.says, choice.rows) for choice in choices], last="or")
        case Body(row):
            return scene.names[row]
        case Things():
            return _things(scene, value)
        case Order():
            return _order(value)
        case Turns(possible):
            turns = [a_list([_turn(word) for word in each], last="or") for each in possible]
            return ", then ".join(turns) or "no turn"
        case Path():
            return _path(scene, value, unit)
        case Frame():
            return value.says
        case View():
            return f"view {value.id}"
        case Unknown():
            return f"{NO_ANSWER}: {value.detail}"
        case _:
            return str(value)


def _in_picture(names: Sequence[str], intervals: Sequence[Interval], unit: str) -> str:
    """Numbers of a picture with their names: pixels, or of a panorama angles."""
    told = list[str]()
    for name, each in zip(names, intervals, strict=True):
        say = say_angle if unit == "rad" else _pixels
        slack = (each.high - each.low) / 2
        told.append(f"{name} {say(each.middle)}" + (f" (± {say(slack)})" if slack else ""))
    return ", ".join(told) + ("" if unit == "rad" else " px")


def _pixels(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _remaining(scene: Scene, result: Undetermined) -> str:
    """What is still possible, where that is less than anything."""
    possible = result.possible
    if isinstance(possible, Unknown):
        return ""
    if isinstance(possible, Truth | Order | Path) or (
        isinstance(possible, Quantity) and not possible.bound.low > 0
    ):
        return ""
    if isinstance(possible, Things) and not possible.members.possible:
        return ""
    return f" (it is {say_value(scene, possible)})"


def _fits(unit: str | None, dimension: Dimension) -> bool:
    if unit is None or unit not in UNITS:
        return False
    kinds = {LENGTH: "length", Dimension(2): "area", Dimension(3): "volume", ANGLE: "angle"}
    return UNITS[unit].kind == kinds.get(dimension)


def _count(value: Quantity) -> str:
    if value.bound.exact:
        return str(round(value.bound.low))
    if not math.isfinite(value.bound.high):
        return f"at least {round(value.bound.low)}"
    return f"{round(value.bound.low)} to {round(value.bound.high)}"


def _angle(middle: float, half: float, unit: str | None) -> str:
    side = "" if abs(math.sin(middle)) < 1e-9 else " to the left" if middle > 0 else " to the right"
    text = say_angle(abs(middle), unit if unit and _fits(unit, ANGLE) else None) + side
    return text + (f" (± {say_angle(half)})" if half > 1e-12 else "")


def _named(scene: Scene, says: str, rows: tuple[int, ...]) -> str:
    """A candidate; of a category, the member that counts."""
    if len(rows) != 1 or scene.names[rows[0]].lower() == says.lower():
        return says
    return f"{says} ({scene.names[rows[0]]})"


def _things(scene: Scene, things: Things) -> str:
    sure = [scene.names[row] for row in things.members.sure]
    maybe = [scene.names[row] for row in things.members.possible if row not in things.members.sure]
    text = a_list(sure) if sure else "nothing"
    if maybe:
        text += f", perhaps {a_list(maybe)}"
    return text + (", and perhaps more that is not listed" if things.members.open else "")


def _order(value: Order) -> str:
    text = value.says[0] if value.says else "nothing"
    for place, name in enumerate(value.says[1:]):
        text += (" = " if (place, place + 1) in value.same else ", ") + name
    return text


def _turn(word: str) -> str:
    return {"straight": "go straight on", "back": "turn back"}.get(word, f"turn {word}")


def _path(scene: Scene, path: Path, unit: str | None) -> str:
    length = said(
        metric(scene, Quantity(path.length, LENGTH, 0 if scene.metric else 1)),
        unit if _fits(unit, LENGTH) else None,
    )
    legs = _legs(path.points)
    return length + (f": {legs}" if legs else "")


def _legs(points: tuple[tuple[float, float], ...]) -> str:
    """Turn by turn: how far to walk, which way to turn, how far to walk; small bends are not told."""
    if len(points) < 3:
        return ""
    corners = list(LineString(points).simplify(SMALL_BEND).coords)
    told = [_leg(corners[0], corners[1])]
    for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
        turn = wrap(_heading(here, after) - _heading(before, here))
        told += [f"turn {'left' if turn > 0 else 'right'} {say_angle(abs(turn))}", _leg(here, after)]
    return ", ".join(told)


def _leg(start: tuple[float, ...], end: tuple[float, ...]) -> str:
    return f"walk {say_length(round(math.dist(start, end), 1), 'm')}"


def _heading(start: tuple[float, ...], end: tuple[float, ...]) -> float:
    return math.atan2(end[1] - start[1], end[0] - start[0])
