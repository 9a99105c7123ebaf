"""Sheets that are folded, punched and unfolded, and nets that are folded into a cube."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import shapely

from allocentric.errors import BadInput
from allocentric.geometry import folding, nets
from allocentric.geometry.folding import Spot
from allocentric.geometry.nets import Square
from allocentric.oracle.places import Frame, is_settled, unplaced
from allocentric.scene.puzzles import net_rows, net_squares
from allocentric.scene.scene import Footprint, Scene, View
from allocentric.scene.truth import NEVER, SURELY, Body, Truth, Unknown

NEAR: Final = 1e-6
"""Holes no farther apart are one."""


def unfolded(
    scene: Scene, thing: Body, sheet: Body, *, folds: Sequence[Body | View | Frame], holes: Body
) -> Truth | Unknown:
    """True where a sheet has the holes of another that is folded, punched through all layers and unfolded.

    A fold is a line from a place of the paper to where that is brought; the folds follow one another. Holes
    are points: those that are punched, and those of the sheet.
    """
    found = opened(scene, sheet, folds, holes=holes)
    if isinstance(found, Unknown):
        return found
    held = spots_of(scene, thing)
    if isinstance(held, Unknown):
        return held
    return Truth(SURELY if _rounded(held) == _rounded(found) else NEVER)


def opened(
    scene: Scene, sheet: Body, folds: Sequence[Body | View | Frame], *, holes: Body
) -> tuple[Spot, ...] | Unknown:
    """Where the holes are when the folded and punched sheet is flat again, from left to right."""
    paper = _drawn(scene, sheet)
    if isinstance(paper, Unknown):
        return paper
    lines = list[folding.Fold]()
    for each in folds:
        ends = spots_of(scene, each) if isinstance(each, Body) else ()
        if isinstance(ends, Unknown):
            return ends
        if len(ends) != 2 or ends[0] == ends[1]:
            what = "a fold is a line from a place of the paper to where that is brought"
            return Unknown("not_measured", what, "name lines as the folds")
        lines.append((ends[0], ends[1]))
    punched = spots_of(scene, holes)
    if isinstance(punched, Unknown):
        return punched
    try:
        return tuple(sorted(folding.unfolded(paper, lines, punched)))
    except BadInput as error:
        return Unknown("contradiction", error.what, "fold where the paper is")


def _drawn(scene: Scene, thing: Body) -> shapely.Geometry | Unknown:
    """What is drawn of a thing on the ground."""
    if not is_settled(scene, thing):
        return unplaced(scene, thing)
    shape = scene.shapes[thing.row]
    if not isinstance(shape, Footprint):
        name = scene.names[thing.row]
        return Unknown("not_measured", f"{name!r} is no drawn line, area or point", "name one that is drawn")
    return shape.polygon


def spots_of(scene: Scene, thing: Body) -> tuple[Spot, ...] | Unknown:
    """The points that a thing is drawn by: its holes, the ends of a line; why not, where it is none."""
    drawn = _drawn(scene, thing)
    if isinstance(drawn, Unknown):
        return drawn
    return tuple((float(x), float(y)) for x, y in shapely.get_coordinates(drawn))


def _rounded(spots: Sequence[Spot]) -> frozenset[tuple[int, int]]:
    return frozenset((round(x / NEAR), round(y / NEAR)) for x, y in spots)


def opposite(scene: Scene, thing: Body) -> Body | Unknown:
    """The square of a net that comes to lie opposite to one when the net is folded into a cube."""
    net = net_of(scene, thing)
    if isinstance(net, Unknown):
        return net
    at = {colour: square for square, colour in net.items()}
    found = nets.opposite(net, at[scene.labels[thing.row]])
    assert found is not None  # as it folds into a cube
    return Body(net_rows(scene)[net[found]])


def meeting(scene: Scene, left: Body, right: Body, *, top: Body) -> Truth | Unknown:
    """True where the cube that a net folds into can be held so that these faces are seen from a corner.

    On the left, on the right and on top: squares of the net, or things called like them. The side of the net
    that is seen will be outside.
    """
    net = net_of(scene, left, right, top)
    if isinstance(net, Unknown):
        return net
    at = {colour: square for square, colour in net.items()}
    a, b, c = (at[scene.labels[each.row]] for each in (left, right, top))
    return Truth(SURELY if nets.meet_so(net, (a, b, c)) else NEVER)


def net_of(scene: Scene, *things: Body) -> Mapping[Square, str] | Unknown:
    """The labels of the net's squares, by where they are; why not, where there is no net of these."""
    rows = net_rows(scene)
    if not rows:
        return Unknown("never_seen", "there is no net of a cube here", "draw six squares, each of a colour")
    bodies = [Body(row) for row in rows.values()]
    if not is_settled(scene, *bodies):
        return unplaced(scene, *bodies)
    other = next((scene.labels[each.row] for each in things if scene.labels[each.row] not in rows), None)
    if other is not None:
        return Unknown("never_seen", f"no square of the net is {other}", "name a square of the net")
    net = net_squares(scene)
    if nets.folded(net) is None:
        return Unknown("contradiction", "the squares do not fold into a cube", "draw a net of a cube")
    return net
