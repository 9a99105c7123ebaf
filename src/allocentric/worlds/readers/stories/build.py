"""Statements to a scene: things as points whose places are known by their differences alone.

A story has no unit: its scale is unknown. On a page x is right and y is up; where something is in front or
behind, the space is solid, the reader looks along x. A block is a box of one unit; blocks of which nothing is
said of how they lie to each other are sheets of the page, one behind the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from allocentric.intervals import FULL_CIRCLE, Arc, Interval
from allocentric.scene.scene import Complete, Difference, Scene, Source, Space, Stated, Thing, scene_of
from allocentric.worlds.readers.stories.statements import (
    Apart,
    AtEdge,
    Bigger,
    Held,
    Lies,
    Statement,
    There,
    Way,
    Within,
)

MORE: Final = Interval(0.0, math.inf, open_low=True)
UNKNOWN: Final = Interval(0.0, math.inf)
LEVEL: Final = Interval(0.0, 0.0)
BESIDE_BLOCK: Final = Interval(0.5, math.inf, open_low=True)
BETWEEN_BLOCKS: Final = Interval(1.0, math.inf, open_low=True)
WITHIN_BLOCK: Final = Interval(-0.5, 0.5)
NEAR: Final = 0.01
TOUCHING: Final = 0.001
"""How far apart things are at most, in blocks, of which it is said that they are near or touch: a convention
small enough that ten of a block are far from each other."""
HAIR: Final = 1.1
"""By this factor near things are closer than the border, and far ones farther: no border is met."""
AT_EDGE: Final = Interval(0.4, 0.5)
"""How far from the middle of its block the centre of a shape is that touches the edge."""
SHEETS_APART: Final = 2.0

# Which axis of the world a way leads along, and its sign: right, up, front.
_AXES: Final[dict[Space, tuple[tuple[int, int], ...]]] = {
    "page": ((0, 1), (1, 1)),
    "solid": ((1, -1), (2, 1), (0, 1)),
}


def scene_from(
    id: str, statements: Sequence[Statement], *, grid: bool = False, source: Source | None = None
) -> Scene:
    """The scene that these statements bound.

    With `grid` a way is one step of a grid along each axis that it names, and none along the others; without,
    it is strictly more along the axes that it names, and open along the others.
    """
    labels = _labels(statements)
    rows = {name: row for row, name in enumerate(labels)}
    regions = _regions(statements)
    solid = any(isinstance(each, Lies) and each.way.front for each in statements)
    space: Space = "solid" if solid else "page"
    homes = {each.thing: each.region for each in statements if isinstance(each, Within)}
    sheets = {name: SHEETS_APART * number for number, name in enumerate(regions)}
    things = [
        _thing(name, label, region=name in regions, sheet=_sheet(name, sheets, homes, space=space))
        for name, label in labels.items()
    ]
    differences = list[Difference]()
    for each in statements:
        if isinstance(each, Lies):
            sides = (each.to in regions) + (each.thing in regions)
            first, second = rows[each.to], rows[each.thing]
            if each.apart:
                differences += _as_far(first, second, each.way, apart=each.apart, sides=sides / 2)
            differences += _apart(first, second, each.way, space=space, grid=grid, blocks=sides)
        elif isinstance(each, AtEdge):
            pair = rows[each.region], rows[each.thing]
            differences += _at_edge(*pair, each.way)
        elif isinstance(each, Within):
            pair = rows[each.region], rows[each.thing]
            axes = (0, 1, 2) if space == "solid" else (0, 1)
            differences += [Difference(*pair, axis, WITHIN_BLOCK) for axis in axes]  # type: ignore[arg-type]
    return scene_of(
        id,
        things,
        differences=tuple(dict.fromkeys(differences)),
        stated=tuple(Stated(row, "volume", UNKNOWN) for name, row in rows.items() if name not in regions),
        scale=UNKNOWN,
        north=Arc(math.pi / 2) if space == "page" else FULL_CIRCLE,
        space=space,
        complete=Complete(),
        source=source or Source("story", "", (reading(grid),)),
    )


def reading(grid: bool) -> str:
    """What a way between two things is taken to be, in words."""
    return "each way is one step of a grid" if grid else "each way is strictly more along its axis"


def _labels(statements: Iterable[Statement]) -> dict[str, str]:
    """What each thing is labelled, in the order in which things are named."""
    labels = dict[str, str]()
    for each in statements:
        match each:
            case There(thing, label):
                if label != "object" or thing not in labels:
                    labels[thing] = label
            case Lies(thing, to):
                labels.setdefault(thing, "object")
                labels.setdefault(to, "object")
            case AtEdge():
                pass  # its shape and its block were named before
            case Held(thing, other) | Bigger(thing, other):
                labels.setdefault(thing, "object")
                labels.setdefault(other, "object")
            case Within(thing, region):
                labels.setdefault(thing, "object")
                labels.setdefault(region, "block")
    return labels


def _regions(statements: Iterable[Statement]) -> tuple[str, ...]:
    named = [each.region for each in statements if isinstance(each, Within)]
    told = [each.thing for each in statements if isinstance(each, There) and each.region]
    return tuple(dict.fromkeys([*told, *named]))


def _sheet(name: str, sheets: dict[str, float], homes: dict[str, str], *, space: Space) -> float | None:
    """How far from the first sheet a thing of a page lies; None where it is not known."""
    if space != "page":
        return None
    if name in sheets:
        return sheets[name]
    if name in homes:
        return sheets[homes[name]]
    return None if sheets else 0.0


def _thing(name: str, label: str, *, region: bool, sheet: float | None) -> Thing:
    away = math.inf if sheet is None else 0.0
    side = 1.0 if region else 0.0
    return Thing(
        label=label,
        name=name,
        kind="region" if region else "object",
        center=(0.0, 0.0, sheet or 0.0),
        size=(side, side, side),
        center_slack=(math.inf, math.inf, away),
    )


def _apart(first: int, second: int, way: Way, *, space: Space, grid: bool, blocks: int) -> list[Difference]:
    """How far `second` lies from `first` along each axis that a way names; `blocks` of the two are blocks."""
    more = (MORE, BESIDE_BLOCK, BETWEEN_BLOCKS)[blocks]
    found = list[Difference]()
    for sign, (axis, along) in zip(way, _AXES[space], strict=False):
        if sign is None and not grid:
            continue
        step = (sign or 0) * along
        bound = Interval.of(float(step)) if grid else more if step > 0 else -more if step < 0 else LEVEL
        found.append(Difference(first, second, axis, bound))  # type: ignore[arg-type]
    return found


def _as_far(first: int, second: int, way: Way, *, apart: Apart, sides: float = 0.0) -> list[Difference]:
    """On a page, how far `second` lies from `first` that is near to it, far from it or touches it.

    What is far that way is so along its one axis; of two axes it is not said along which. `sides` are the
    halves of blocks that lie between the two middles.
    """
    named = [(axis, sign) for axis, sign in ((0, way.right), (1, way.up)) if sign]
    if apart == "far":
        beyond = Interval(sides + NEAR * HAIR, math.inf)
        axes = named if len(named) == 1 else []
        return [Difference(first, second, axis, beyond if sign > 0 else -beyond) for axis, sign in axes]  # type: ignore[arg-type]
    beside = Interval(-NEAR / HAIR, NEAR / HAIR)
    along = Interval(TOUCHING * HAIR, NEAR / HAIR) if apart == "near" else Interval(0.0, TOUCHING / HAIR)
    bounds: dict[int, Interval] = {axis: along if sign > 0 else -along for axis, sign in named}
    return [Difference(first, second, axis, bounds.get(axis, beside)) for axis in (0, 1)]


def _at_edge(region: int, thing: int, way: Way) -> list[Difference]:
    """On a page, where a thing is that touches these edges of its block."""
    named = [(axis, sign) for axis, sign in ((0, way.right), (1, way.up)) if sign]
    return [Difference(region, thing, axis, AT_EDGE if sign > 0 else -AT_EDGE) for axis, sign in named]  # type: ignore[arg-type]
