"""Puzzles on paper made from a seed: a sheet folded and punched, a net of a cube, a solid cut by a plane."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry import LineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from allocentric.geometry import nets
from allocentric.geometry.folding import Fold, Spot, outlines, reflected, unfolded
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.sections import Corner, edges, faces, section
from allocentric.scene.scene import Footprint, Scene, Thing
from allocentric.seeds import stream
from allocentric.worlds.makers.figures import LETTERS, puzzle
from allocentric.worlds.makers.maker import Maker

SHEET: Final = 8.0
APART: Final = 0.95  # least distance of two holes, and twice that of a hole to an edge
COLOURS: Final = ("red", "blue", "green", "yellow", "white", "orange")
WHOLE: Final = 4  # an edge of a solid is cut at whole quarters
Seen = tuple[str, str, str]  # the colours on the left, on the right and on top

SOLIDS: Final[dict[str, tuple[Corner, ...]]] = {
    "cube": tuple((x, y, z) for x in (0, 8) for y in (0, 8) for z in (0, 8)),
    "triangular prism": ((0, 0, 0), (8, 0, 0), (0, 8, 0), (0, 0, 8), (8, 0, 8), (0, 8, 8)),
    "pyramid": ((0, 0, 0), (8, 0, 0), (0, 8, 0), (8, 8, 0), (4, 4, 8)),
    "tetrahedron": ((0, 0, 0), (8, 8, 0), (8, 0, 8), (0, 8, 8)),
    "octahedron": ((4, 4, 0), (4, 4, 8), (0, 4, 4), (8, 4, 4), (4, 0, 4), (4, 8, 4)),
}
"""Convex solids, by their corners; each edge can be cut at quarters that are whole numbers."""


def folding(seed: int) -> Scene:
    """A square sheet of 8 by 8, two or three folds, one or two holes, and four sheets to choose from.

    "fold 1" is a line from a point to where it is brought, and so on; "hole" are the points where the folded
    sheet is punched; "sheet A" to "sheet D" are points, and one of them is the sheet unfolded.
    """
    random = stream(seed, "folding")
    sheet = shapely.box(0.0, 0.0, SHEET, SHEET)
    while True:
        folds = _folds(sheet, random)
        holes = _holes(sheet, folds, random)
        if holes is None:
            continue
        right = unfolded(sheet, folds, holes)
        wrong = list(_wrong(sheet, folds, holes, right=right))
        if len(wrong) >= len(LETTERS) - 1:
            break
    order = [wrong[int(each)] for each in random.permutation(len(wrong))[: len(LETTERS) - 1]]
    order.insert(seed % len(LETTERS), right)
    things = [_flat("sheet", sheet)]
    things += [_flat(f"fold {number}", LineString(each)) for number, each in enumerate(folds, 1)]
    things += [_flat("hole", MultiPoint(sorted(holes)))]
    things += [_flat(f"sheet {letter}", MultiPoint(sorted(each))) for letter, each in zip(LETTERS, order)]
    return puzzle(f"folding-{seed}", things, maker="folding", seed=seed, page=True)


def net(seed: int) -> Scene:
    """A net of a cube with six colours, and four cubes seen from a corner, of which it folds into one.

    A face of the net is called by its colour; of the cubes, "cube A left", "cube A right" and "cube A top"
    have their colour as their label.
    """
    random = stream(seed, "net")
    shapes = nets.shapes(nets.nets()[int(random.integers(len(nets.nets())))])
    squares = shapes[int(random.integers(len(shapes)))]
    coloured = dict(zip(squares, (COLOURS[int(each)] for each in random.permutation(6)), strict=True))
    rights, wrongs = _cubes(coloured, random)
    order = wrongs[: len(LETTERS) - 1]
    order.insert(seed % len(LETTERS), rights[0])
    things = [
        Thing(
            label=colour, center=(x + 0.5, y + 0.5, 0.0), size=(1.0, 1.0, 0.0), kind="structure", name=colour
        )
        for (x, y), colour in coloured.items()
    ]
    for row, (letter, seen) in enumerate(zip(LETTERS, order)):
        for column, (side, colour) in enumerate(zip(("left", "right", "top"), seen)):
            center = (row * 4.0 + column, -4.0, 0.0)
            name = f"cube {letter} {side}"
            things.append(Thing(label=colour, name=name, center=center, kind="structure"))
    return puzzle(f"net-{seed}", things, maker="net", seed=seed, page=True)


def cut(seed: int) -> Scene:
    """A convex solid with three points P, Q and R on its edges; the cut through them has 3 to 6 sides.

    How many, goes round with the seed; no two of the points are on one edge.
    """
    random = stream(seed, "cut")
    sides = 3 + seed % 4
    names = list(SOLIDS)
    while True:
        name = names[int(random.integers(len(names)))]
        corners = SOLIDS[name]
        every = edges(corners)
        chosen = [every[int(each)] for each in random.permutation(len(every))[:3]]
        p, q, r = (_on_edge(corners[a], corners[b], int(random.integers(1, WHOLE))) for a, b in chosen)
        if len(section(corners, (p, q, r))) == sides:
            break
    things = [_solid(name, corners)]
    things += [Thing(label=each, center=at, kind="structure") for each, at in zip("PQR", (p, q, r))]
    return puzzle(f"cut-{seed}", things, maker="cut", seed=seed)


def _folds(sheet: BaseGeometry, random: np.random.Generator) -> tuple[Fold, ...]:
    """Two or three folds, each of the paper as it lies then; a slanting one may be the last."""
    folds = list[Fold]()
    count = int(random.integers(2, 4))
    for number in range(count):
        left, low, right, high = outlines(sheet, folds)[-1].bounds
        middle = ((left + right) / 2, (low + high) / 2)
        if number == count - 1 and random.random() < 0.4 and min(right - left, high - low) >= 4:
            across = min(right - left, high - low)
            x, sx = ((left, 1), (right, -1))[int(random.integers(2))]
            y, sy = ((low, 1), (high, -1))[int(random.integers(2))]
            folds.append(((x, y), (x + sx * across, y + sy * across)))
            continue
        sideways = right - left >= 4 if high - low < 4 else right - left < 4 or random.random() < 0.5
        start, end = (left, right) if sideways else (low, high)
        if random.random() < 0.5:
            start, end = end, start
        to = end if random.random() < 0.6 else (start + end) / 2
        folds.append(
            ((start, middle[1]), (to, middle[1])) if sideways else ((middle[0], start), (middle[0], to))
        )
    return tuple(folds)


def _holes(
    sheet: BaseGeometry, folds: tuple[Fold, ...], random: np.random.Generator
) -> tuple[Spot, ...] | None:
    """One or two places to punch, through several layers and well apart from edges and creases."""
    lies = outlines(sheet, folds)[-1]
    left, low, right, high = lies.bounds
    spots = [
        (x, y)
        for x in np.arange(left + 0.5, right).tolist()
        for y in np.arange(low + 0.5, high).tolist()
        if lies.covers(Point(x, y)) and lies.boundary.distance(Point(x, y)) >= APART / 2
    ]
    wanted = int(random.integers(1, 3))
    for row in random.permutation(len(spots) ** 2)[:40]:
        held = tuple(dict.fromkeys(spots[each] for each in divmod(int(row), len(spots))))[:wanted]
        opened = unfolded(sheet, folds, held)
        if len(held) == wanted and len(opened) >= 3 * wanted and _apart(opened):
            return held
    return None


def _apart(spots: Iterable[Spot]) -> bool:
    held = sorted(spots)
    return all(np.hypot(a[0] - b[0], a[1] - b[1]) >= APART for a, b in combinations(held, 2)) and all(
        APART / 2 <= each <= SHEET - APART / 2 for spot in held for each in spot
    )


def _wrong(
    sheet: BaseGeometry, folds: tuple[Fold, ...], holes: tuple[Spot, ...], *, right: frozenset[Spot]
) -> Iterator[frozenset[Spot]]:
    """What one gets by mistake: a fold forgotten, creases in the wrong order or all at the sheet's middle."""
    tried = [unfolded(sheet, folds[1:], holes)] if len(folds) > 1 else []
    tried += [frozenset(_opened(folds[:row] + folds[row + 1 :], holes)) for row in range(len(folds))]
    tried += [frozenset(_opened(tuple(reversed(folds)), holes)), frozenset(_about_middle(folds, holes))]
    turned = [frozenset((SHEET - y, x) for x, y in right), frozenset((SHEET - x, y) for x, y in right)]
    tried += [*turned, frozenset((SHEET - x, SHEET - y) for x, y in right), frozenset(holes)]
    seen = {right}
    for each in tried:
        if each and each not in seen and _apart(each):
            seen.add(each)
            yield each


def _opened(folds: tuple[Fold, ...], holes: Iterable[Spot]) -> set[Spot]:
    """The holes and their images in each crease, wherever the paper is."""
    spots = set(holes)
    for fold in reversed(folds):
        spots |= {reflected(each, fold) for each in spots}
    return spots


def _about_middle(folds: tuple[Fold, ...], holes: Iterable[Spot]) -> set[Spot]:
    """The holes reflected in the middle of the sheet, for each fold in the order of folding."""
    spots = set(holes)
    for (ax, ay), (bx, by) in folds:
        along = (bx - ax, by - ay)
        middle = (SHEET / 2, SHEET / 2)
        line = ((middle[0] - along[0], middle[1] - along[1]), (middle[0] + along[0], middle[1] + along[1]))
        spots |= {reflected(each, line) for each in spots}
    return spots


def _flat(label: str, shape: BaseGeometry) -> Thing:
    """A drawn thing of the page."""
    left, low, right, high = shape.bounds
    return Thing(
        label=label,
        center=((left + right) / 2, (low + high) / 2, 0.0),
        size=(right - left, high - low, 0.0),
        shape=Footprint(shape),
        kind="structure",
    )


def _cubes(coloured: dict[nets.Square, str], random: np.random.Generator) -> tuple[list[Seen], list[Seen]]:
    """Corners of the cube that the net folds into, and others: mirrored, or opposite faces side by side."""
    squares = list(coloured)
    rights, mirrors, opposites = list[Seen](), list[Seen](), list[Seen]()
    for row in random.permutation(6**3):
        a, b, c = (squares[int(row) // power % 6] for power in (1, 6, 36))
        if len({a, b, c}) < 3:
            continue
        seen = (coloured[a], coloured[b], coloured[c])
        if nets.meet_so(squares, (a, b, c)):
            rights.append(seen)
        elif nets.meet_so(squares, (b, a, c)):
            mirrors.append(seen)
        else:
            opposites.append(seen)
    wrongs = [mirrors[0], next(each for each in mirrors if set(each) != set(mirrors[0])), opposites[0]]
    return rights, [wrongs[int(each)] for each in random.permutation(3)]


def _on_edge(one: Corner, other: Corner, quarters: int) -> Corner:
    x, y, z = (a + (b - a) * quarters // WHOLE for a, b in zip(one, other))
    return x, y, z


def _solid(name: str, corners: tuple[Corner, ...]) -> Thing:
    """The solid, each face of it as a fan of triangles."""
    held: Float[np.ndarray, "corner 3"] = np.array(corners, dtype=float)
    fans = [(each[0], each[at], each[at + 1]) for each in faces(corners) for at in range(1, len(each) - 1)]
    low, high = held.min(0), held.max(0)
    shape = Mesh(held, np.array(fans))
    return Thing(label=name, center=(low + high) / 2, size=high - low, shape=shape, kind="structure")


FOLDING: Final = Maker("folding", "a sheet folded two or three times and punched, to unfold", folding)
NET: Final = Maker("net", "a net of a cube with six colours, and four cubes to choose from", net)
CUT: Final = Maker("cut", "a solid and three points on its edges, through which it is cut", cut)
