"""What an answer hangs on: the cells of the scene that a word reads, as it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from allocentric.oracle import shapes, times
from allocentric.oracle.places import Frame
from allocentric.oracle.visibility import rows_read
from allocentric.query.checked import Apply
from allocentric.scene.placement import joined_with
from allocentric.scene.puzzles import net_rows
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Body, Pick, Things

PICTURED: Final = frozenset(
    {
        *("visible_in", "visible_share", "cut_off", "hidden_by", "first_seen"),
        *("box_in", "pixel_in", "cell_in", "relation_in"),
    }
)
"""The words that look at pictures, of which no scale is asked."""

FOLDED: Final = frozenset({"opposite", "meeting"})
"""The words that fold a net, of which they name some faces."""

OWN: Final = ("place", "size", "heading")
"""Where a thing is and what it fills."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One property of one thing (row None: shared by all) that was read on the way."""

    row: int | None
    property: str


def cells_read(scene: Scene, node: Apply, given: Mapping[str, Any]) -> dict[Cell, None]:
    """The cells that a word read of its own things, in order, each once; of a thing then, the thing's."""
    word, reads, cells = node.word, _reads(node, given), dict[Cell, None]()
    if word.name in PICTURED:
        cells.update(_pictured(scene, word.name, given, reads=reads))
    for each in given.values():
        for row in rows_of(each):
            cells.update(dict.fromkeys(Cell(row, name) for name in reads))
            if scene.differences and "place" in reads:  # which hangs on all that statements join it with
                cells.update(dict.fromkeys(Cell(other, "place") for other in joined_with(scene, row)))
        sets = (each,) if isinstance(each, Things) else each if isinstance(each, tuple) else ()
        if any(isinstance(entry, Things) for entry in sets):
            cells[Cell(None, "complete")] = None
    shared = {"north": "north", "walk": "floor", "all": "complete"}.get(word.name)
    if shared is not None:
        cells[Cell(None, shared)] = None
    if word.name in FOLDED:  # the whole net, whichever faces are asked for
        cells.update(dict.fromkeys(Cell(row, name) for row in net_rows(scene).values() for name in OWN))
    if word.name == "walk":  # whatever stands on the floor may be in the way
        standing = [row for row, kind in enumerate(scene.kinds) if kind != "region"]
        cells.update(dict.fromkeys(Cell(row, name) for row in standing for name in reads))
    if not scene.metric and word.name not in PICTURED:
        cells[Cell(None, "scale")] = None
    for row in shapes.drawn_rows(scene):  # which the question states
        cells = {each: None for each in cells if each.row != row}
    own = times.own_rows(scene)
    return {Cell(own.get(each.row, each.row), each.property): None for each in cells} if own else cells


def views_of(word: str, given: Mapping[str, Any]) -> tuple[View, ...]:
    """The views whose place or picture a word looks at."""
    seen_with = given.get("view") if word in PICTURED else None
    frames = (seen_with.view,) if isinstance(seen_with, Frame) else ()
    entries = [entry for each in given.values() for entry in (each if isinstance(each, tuple) else (each,))]
    return tuple(each for each in (*entries, *frames) if isinstance(each, View))


def rows_of(value: Any) -> tuple[int, ...]:
    """The things that a value may be, or be of."""
    match value:
        case Body(row):
            return (row,)
        case Pick():
            return value.rows
        case Things():
            return value.members.possible
        case tuple():
            return tuple(row for each in value for row in rows_of(each))
        case _:
            return ()


def _pictured(
    scene: Scene, word: str, given: Mapping[str, Any], *, reads: tuple[str, ...]
) -> dict[Cell, None]:
    """What a picture was read for: the thing, and those that come in between, or may."""
    if word in ("pixel_in", "cell_in", "cut_off"):  # which nothing hides
        return {}
    view, things = given.get("view"), (given.get("thing", given.get("things")), given.get("to"))
    if isinstance(view, View | Frame):
        rows = [row for each in rows_of(things) for row in rows_read(scene, Body(each), view)]
    else:  # any view
        rows = [row for row, kind in enumerate(scene.kinds) if kind != "region"]
    cells = dict.fromkeys(Cell(row, name) for row in rows for name in reads)
    if view is None or set(rows) != set(rows_of(things)):
        cells[Cell(None, "complete")] = None
    return cells


def _reads(node: Apply, given: Mapping[str, Any]) -> tuple[str, ...]:
    """The properties of its things that a word reads, as it is used here."""
    reads = node.word.reads
    if given.get("geometry") == "centre":
        return ("place",)
    if given.get("geometry") == "box":  # a direction, of the whole footprint
        return (*reads, "size", "heading")
    if given.get("along") in ("width", "depth"):
        return (*reads, "front")
    if node.word.name == "area" and isinstance(given.get("things"), Things):
        return (*reads, "place", "heading")  # where they overlap they count once
    return reads
