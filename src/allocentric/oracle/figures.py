"""Figures of cubes that are turned, and solids that are cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.geometry.meshes import Mesh
from allocentric.geometry.polycubes import Figure, same
from allocentric.geometry.sections import Corner
from allocentric.geometry.sections import Place as Cut
from allocentric.geometry.sections import section as cut_of
from allocentric.oracle.places import Place, anchor_of, is_settled, name_of, point_of, unplaced
from allocentric.oracle.solids import corners
from allocentric.scene.scene import Scene
from allocentric.scene.truth import NEVER, SURELY, Body, Label, Things, Truth, Unknown

NEAR: Final = 1e-6
"""So far from a whole number of units a coordinate still is one."""
MOST_CORNERS: Final = 40
"""Of a solid that is cut: what it takes to find its edges grows fast with them."""
SIDES: Final = (
    "triangle", "quadrilateral", "pentagon", "hexagon", "heptagon", "octagon", "nonagon", "decagon",
    "hendecagon", "dodecagon",
)  # fmt: skip
"""Polygons by how many sides they have, from three on."""


def congruent(scene: Scene, things: Things, other: Things) -> Truth | Unknown:
    """True where one figure of cubes can be turned and moved to lie cube on cube where another does.

    A mirror image is another figure, unless it can be turned, too. The cubes of both are of one size, and
    stand side by side as on a grid.
    """
    figures = figures_of(scene, things, other)
    if isinstance(figures, Unknown):
        return figures
    return Truth(SURELY if same(*figures) else NEVER)


def figures_of(scene: Scene, things: Things, other: Things) -> tuple[Figure, Figure] | Unknown:
    """The cells that two sets of cubes fill, each on a grid of its own; why not where they are no such."""
    made = list[Figure]()
    for held in (things, other):
        if not held.members.exact:
            what = f"which cubes are {held.says or 'of the figure'}, is not known"
            return held.doubt or Unknown("not_complete", what, "list all of them")
        if not held.members.sure:
            return Unknown("never_seen", f"there is no {held.says or 'figure'} here", "name figures that are")
        cells = _cells(scene, held.members.sure)
        if isinstance(cells, Unknown):
            return cells
        made.append(cells)
    one, two = (float(scene.sizes[held.members.sure[0], 0]) for held in (things, other))
    if abs(one - two) > NEAR * one:
        return Unknown("not_measured", "the cubes of the two are not of one size", "scale one of them")
    return made[0], made[1]


def _cells(scene: Scene, rows: Sequence[int]) -> Figure | Unknown:
    bodies = [Body(row) for row in rows]
    if not is_settled(scene, *bodies):
        return unplaced(scene, *bodies)
    sizes, edge = scene.sizes[list(rows)], float(scene.sizes[rows[0], 0])
    first = scene.rotations[rows[0]]
    turned = np.abs(np.einsum("ji,njk->nik", first, scene.rotations[list(rows)]))
    even = bool(np.all(np.minimum(turned, np.abs(turned - 1.0)) < NEAR))
    if edge <= 0 or not even or np.abs(sizes - edge).max() > NEAR * edge:
        what = "not all of them are cubes of one size, set side by side"
        return Unknown("not_measured", what, "ask it of figures that are made of cubes")
    cells = whole((scene.centers[list(rows)] - scene.centers[rows[0]]) @ first / edge)
    if cells is None:
        what = "the cubes do not stand side by side as on a grid"
        return Unknown("not_measured", what, "ask it of figures whose cubes do")
    return frozenset(cells)


def whole(places: Float[np.ndarray, "place 3"]) -> tuple[Corner, ...] | None:
    """Places as whole numbers; None where one is none."""
    near = np.rint(places)
    if not np.all(np.abs(places - near) < NEAR):
        return None
    return tuple((int(x), int(y), int(z)) for x, y, z in near.tolist())


def section(scene: Scene, thing: Body, first: Place, *, second: Place, third: Place) -> Label | Unknown:
    """The polygon in which the plane through three places cuts a solid: "triangle", "hexagon".

    The solid is convex; its corners and the three places lie whole numbers of units apart.
    """
    found = cut_corners(scene, thing, first, second=second, third=third)
    if isinstance(found, Unknown):
        return found
    count = len(found) - 3
    return Label((SIDES[count] if count < len(SIDES) else f"polygon of {len(found)} sides",))


def cut_corners(
    scene: Scene, thing: Body, first: Place, *, second: Place, third: Place
) -> tuple[Cut, ...] | Unknown:
    """The corners of the cut in order around it, in units from the solid's lowest corner."""
    anchors = [anchor_of(each) for each in (first, second, third)]
    if not is_settled(scene, thing, *anchors):
        return unplaced(scene, thing, *anchors)
    name = scene.names[thing.row]
    solid = _convex(scene, thing)
    if solid is None:
        what = f"{name!r} is no convex solid of at most {MOST_CORNERS} corners"
        return Unknown("not_measured", what, "ask it of a solid that is")
    low = solid.min(axis=0)
    held, three = whole(solid - low), whole(np.array([point_of(scene, each) for each in anchors]) - low)
    if held is None or three is None:
        what = f"the corners of {name!r} and the places do not lie whole numbers of units apart"
        return Unknown("not_measured", what, "ask it of a solid whose corners do")
    p, q, r = three
    if np.linalg.norm(np.cross(np.subtract(q, p), np.subtract(r, p))) == 0:
        told = ", ".join(name_of(scene, each) for each in (first, second, third))
        return Unknown(
            "overlap", f"{told} lie on one line: many planes go through them", "take a place beside it"
        )
    found = cut_of(held, (p, q, r))
    if not found:
        return Unknown("overlap", f"the plane does not cut through {name!r}", "take a plane that does")
    return found


def _convex(scene: Scene, thing: Body) -> Float[np.ndarray, "corner 3"] | None:
    """The corners of a box, or of a closed mesh that is convex; None where it is neither, or has too many."""
    shape = scene.shapes[thing.row]
    if shape is None:
        return (
            corners(scene, thing, "high") + scene.centers[thing.row] if scene.sizes[thing.row].all() else None
        )
    if not isinstance(shape, Mesh) or len(shape.vertices_m) > MOST_CORNERS:
        return None
    at = shape.vertices_m
    a, b, c = (at[shape.faces[:, each]] for each in range(3))
    normals = np.cross(b - a, c - a)
    heights = np.einsum("fk,vk->fv", normals, at) - np.einsum("fk,fk->f", normals, a)[:, None]
    if not np.all((heights.max(axis=1) < NEAR) | (heights.min(axis=1) > -NEAR)):
        return None
    meeting = (normals[np.any(shape.faces == row, axis=1)] for row in range(len(at)))
    ends = [row for row, each in enumerate(meeting) if len(each) and np.linalg.matrix_rank(each) == 3]
    return at[ends] if len(ends) > 3 else None
