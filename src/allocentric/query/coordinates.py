"""Coordinates as they are written in a program: `[[13.4, 52.5], [13.5, 52.6]]`."""

from __future__ import annotations

from allocentric.oracle.shapes import Coordinates, Corner, ground
from allocentric.query.operators import refuse
from allocentric.query.program import Listed, Minus, Node, Number, show

_WRITTEN = "write a point [[x, y]], a line [[x, y], [x, y]], or an area that ends where it began"


def coordinates(node: Node) -> Coordinates:
    """The corners of a point, a line or an area, ring by ring. Raises BadInput for what is none of them."""
    if not isinstance(node, Listed) or not node.entries:
        refuse("coordinates are a list of places", show(node), _WRITTEN)
    first = node.entries[0]
    nested = isinstance(first, Listed) and bool(first.entries) and isinstance(first.entries[0], Listed)
    rings = tuple(_ring(each) for each in node.entries) if nested else (_ring(node),)
    ground(rings)  # which refuses what is no shape
    return rings


def _ring(node: Node) -> tuple[Corner, ...]:
    if not isinstance(node, Listed) or not node.entries:
        refuse("a ring is a list of places", show(node), _WRITTEN)
    return tuple(_corner(each) for each in node.entries)


def _corner(node: Node) -> Corner:
    match node:
        case Listed((across, along)):
            return _number(across), _number(along)
        case _:
            refuse("a place is two numbers", show(node), _WRITTEN)


def _number(node: Node) -> float:
    match node:
        case Number(value):
            return value
        case Minus(Number(value)):
            return -value
        case _:
            refuse("a coordinate is a number", show(node), _WRITTEN)
