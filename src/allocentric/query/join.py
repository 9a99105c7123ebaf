"""What several readings of one expression may give, brought together into one bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allocentric.intervals import Arc, Interval, Members
from allocentric.oracle.numbers import metric
from allocentric.oracle.places import Frame, Spot, offset_between
from allocentric.scene.scene import Scene
from allocentric.scene.truth import (
    Angle,
    Choice,
    ImageBox,
    Label,
    Margin,
    Order,
    Path,
    Pick,
    Point,
    Quantity,
    Things,
    Truth,
    Turns,
    Unknown,
    narrowest,
)

_AMBIGUOUS = Unknown("overlap", "several things may be meant, and they differ in this", "name the thing")


def joined(scene: Scene, results: Sequence[Any]) -> Any:
    """The bound that holds what each reading gives; unknown where one of them is."""
    unknown = next((each for each in results if isinstance(each, Unknown)), None)
    if unknown is not None:
        return unknown
    if len(results) == 1:
        return results[0]
    margin = narrowest(each.margin for each in results if hasattr(each, "margin"))
    doubt = next((each.doubt for each in results if getattr(each, "doubt", None)), None) or _AMBIGUOUS
    first = results[0]
    match first:
        case Quantity():
            values = results
            if len({each.scaled for each in results}) > 1:
                values = [metric(scene, each) for each in results]
            bound: Interval = values[0].bound
            for each in values[1:]:
                bound = bound.hull(each.bound)
            kind = (first.counts, first.share)
            return Quantity(bound, first.dimension, values[0].scaled, margin, doubt, *kind)
        case Angle():
            return Angle(_hull([each.arc for each in results]), margin, doubt)
        case Truth():
            return Truth(frozenset().union(*(each.possible for each in results)), margin, doubt)
        case Label():
            return Label(
                tuple(dict.fromkeys(label for each in results for label in each.possible)), margin, doubt
            )
        case Pick():
            return Pick(_choices(results), any(each.open for each in results), margin, doubt)
        case Things():
            return Things(_members([each.members for each in results]), first.says, margin, doubt)
        case Path():
            length = first.length
            for each in results[1:]:
                length = length.hull(each.length)
            return Path((), length, margin, doubt)
        case Turns():
            if len({len(each.possible) for each in results}) > 1:
                return doubt
            told = zip(*(each.possible for each in results), strict=True)
            words = tuple(tuple(dict.fromkeys(word for each in stop for word in each)) for stop in told)
            return Turns(words, margin, doubt)
        case Order():
            same = all(each.says == first.says for each in results)
            certain = frozenset.intersection(*(each.certain for each in results)) if same else frozenset()
            return Order(first.says, certain, margin=margin, doubt=doubt)
        case Point():
            x, y = _hulls([(each.x, each.y) for each in results])
            return Point(x, y, first.unit, margin, doubt)
        case ImageBox():
            left, top, right, bottom = _hulls([each.edges for each in results])
            return ImageBox((left, top, right, bottom), first.unit, margin, doubt)
        case Frame():
            return _frame(scene, results, margin, doubt=doubt)
        case _:
            return doubt


def _hulls(rows: Sequence[tuple[Interval, ...]]) -> list[Interval]:
    """The hull of each column of intervals."""
    hulls = list(rows[0])
    for row in rows[1:]:
        hulls = [mine.hull(each) for mine, each in zip(hulls, row, strict=True)]
    return hulls


def _choices(picks: Sequence[Pick]) -> tuple[Choice, ...]:
    """Every candidate, each once, with all the rows that may stand for it."""
    rows = dict[str, tuple[int, ...]]()
    for choice in (choice for pick in picks for choice in pick.choices):
        rows[choice.says] = tuple(dict.fromkeys((*rows.get(choice.says, ()), *choice.rows)))
    return tuple(Choice(says, each) for says, each in rows.items())


def _frame(
    scene: Scene, frames: Sequence[Frame], margin: Margin | None, *, doubt: Unknown
) -> Frame | Unknown:
    """A frame that may be at any of these origins, with any of these headings."""
    if any(each.rotation is not None for each in frames):
        return Unknown("no_frame", "several tilted frames may be meant", "name the thing whose frame it is")
    boxes = [offset_between(scene, _ORIGIN, each.anchor) for each in frames]
    x, y, z = boxes[0]
    for other in boxes[1:]:
        x, y, z = (mine.hull(each) for mine, each in zip((x, y, z), other, strict=True))
    heading = _hull([each.heading for each in frames])
    return Frame(Spot(x, y, z), heading, says=frames[0].says, margin=margin, doubt=doubt)


_ORIGIN = Spot(Interval(0.0, 0.0), Interval(0.0, 0.0), Interval(0.0, 0.0))


def _hull(arcs: Sequence[Arc]) -> Arc:
    whole = arcs[0]
    for each in arcs[1:]:
        whole = whole.hull(each)
    return whole


def _members(sets: Sequence[Members]) -> Members:
    sure = set(sets[0].sure).intersection(*(each.sure for each in sets))
    possible = set[int]().union(*(each.possible for each in sets))
    return Members(tuple(sorted(sure)), tuple(sorted(possible)), any(each.open for each in sets))
