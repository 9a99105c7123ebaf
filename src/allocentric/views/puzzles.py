"""The drawing of a puzzle: what is asked about, and its options under their letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.folding import Fold, Spot, outlines
from allocentric.geometry.nets import Square
from allocentric.geometry.polycubes import Figure
from allocentric.geometry.sections import faces
from allocentric.scene.puzzles import Cut, Folding, Net, Puzzle, Rotation, Seen, Stack, puzzle_in
from allocentric.scene.scene import Scene
from allocentric.views.colours import INK
from allocentric.views.ink import Area, Colour, Disc, Item, Line, Pixel, Text
from allocentric.views.plan import Plan

CELL: Final = 190.0  # the width and height that each picture of the drawing has
PAD: Final = 22.0
HEAD: Final = 30.0
SIZE: Final = 17.0
EDGE: Final[Colour] = (52, 58, 70, 255)
HIDDEN: Final[Colour] = (150, 156, 168, 255)
PAPER: Final[Colour] = (244, 238, 222, 255)
TURNED: Final[Colour] = (226, 212, 178, 255)
CREASE: Final[Colour] = (178, 76, 60, 255)
TOP: Final[Colour] = (240, 243, 248, 255)
LEFT: Final[Colour] = (176, 190, 212, 255)
RIGHT: Final[Colour] = (120, 140, 172, 255)
PAINTS: Final[dict[str, Colour]] = {
    "red": (208, 74, 66, 255),
    "blue": (66, 112, 190, 255),
    "green": (86, 158, 96, 255),
    "yellow": (242, 204, 88, 255),
    "white": (252, 252, 252, 255),
    "orange": (238, 142, 58, 255),
}
Flat = tuple[float, float]
Box = tuple[float, float]  # the left upper corner of a picture


def draw_puzzle(scene: Scene) -> Plan | None:
    """The drawing of the puzzle that a scene is; None where it is none."""
    puzzle = puzzle_in(scene)
    if puzzle is None:
        return None
    rows = _rows(puzzle)
    columns = max(len(each) for each in rows)
    width, height = round(columns * (CELL + PAD) + PAD), round(len(rows) * (CELL + HEAD + PAD) + PAD)
    items = list[Item]()
    for row, pictures in enumerate(rows):
        left = (width - len(pictures) * (CELL + PAD) + PAD) / 2
        for column, (title, shapes) in enumerate(pictures):
            x, y = left + column * (CELL + PAD), PAD + row * (CELL + HEAD + PAD)
            items.append(Text((x + CELL / 2, y + SIZE / 2), title, SIZE, INK))
            items += fitted(shapes, (x, y + HEAD))
    return Plan(tuple(items), width, height, scene.id)


def fitted(shapes: Sequence[Item], at: Box) -> list[Item]:
    """Shapes in units of their own, y up, as large as a picture allows and in its middle."""
    points = [each for shape in shapes for each in _points(shape)]
    low = [min(each[axis] for each in points) for axis in (0, 1)]
    high = [max(each[axis] for each in points) for axis in (0, 1)]
    scale = min(CELL / max(high[axis] - low[axis], 1e-9) for axis in (0, 1))

    def put(point: Flat) -> Pixel:
        x = at[0] + CELL / 2 + (point[0] - (low[0] + high[0]) / 2) * scale
        return x, at[1] + CELL / 2 - (point[1] - (low[1] + high[1]) / 2) * scale

    return [_put(each, put) for each in shapes]


def _rows(puzzle: Puzzle) -> list[list[tuple[str, list[Item]]]]:
    """The pictures of a drawing, row by row, each with its title."""
    match puzzle:
        case Rotation(target, options):
            return [[("target", cubes(target))], [(each, cubes(figure)) for each, figure in options.items()]]
        case Folding():
            return _steps(puzzle)
        case Net(coloured, options):
            seen = [(each, corner(colours)) for each, colours in options.items()]
            return [[("net", squares(coloured))], seen]
        case Cut(name):
            return [[(name, _solid(puzzle))]]
        case Stack(held):
            return [[("stack", cubes(held))]]


def cubes(figure: Figure) -> list[Item]:
    """Unit cubes in the isometric picture, seen along (-1, -1, -1): farther ones first."""
    return [
        Area((tuple(_isometric(each) for each in face),), colour, EDGE, 1.4)
        for cell in sorted(figure, key=lambda each: (sum(each), each))
        for face, colour in zip(_faces(cell), (LEFT, RIGHT, TOP))
    ]


def corner(seen: Seen) -> list[Item]:
    """A coloured cube seen from a corner."""
    return [
        Area((tuple(_isometric(each) for each in face),), PAINTS[colour], EDGE, 1.8)
        for face, colour in zip(_faces((0, 0, 0)), seen)
    ]


def squares(coloured: Mapping[Square, str]) -> list[Item]:
    """The squares of a net."""
    return [
        Area((((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)),), PAINTS[colour], EDGE, 1.8)
        for (x, y), colour in coloured.items()
    ]


def _faces(cell: tuple[int, int, int]) -> tuple[tuple[tuple[float, float, float], ...], ...]:
    """The faces of a cube that look at who sees it: on the left, on the right, on top."""
    x, y, z = cell
    return (
        ((x + 1, y, z), (x + 1, y + 1, z), (x + 1, y + 1, z + 1), (x + 1, y, z + 1)),
        ((x, y + 1, z), (x + 1, y + 1, z), (x + 1, y + 1, z + 1), (x, y + 1, z + 1)),
        ((x, y, z + 1), (x + 1, y, z + 1), (x + 1, y + 1, z + 1), (x, y + 1, z + 1)),
    )


def _isometric(point: tuple[float, float, float]) -> Flat:
    x, y, z = point
    return (y - x) * 0.8660254037844386, z - (x + y) / 2


def _steps(puzzle: Folding) -> list[list[tuple[str, list[Item]]]]:
    """The sheet before each fold, its crease and what is brought where; then punched; then the options."""
    papers = outlines(puzzle.sheet, puzzle.folds)
    frame = _outline(puzzle.sheet, None, HIDDEN, dash=4.0)
    first = list[tuple[str, list[Item]]]()
    for number, (paper, fold) in enumerate(zip(papers, puzzle.folds), 1):
        first.append((f"fold {number}", [*frame, *_outline(paper, PAPER, EDGE), *_creased(paper, fold)]))
    punched = [*frame, *_outline(papers[-1], TURNED, EDGE), *_holes(puzzle.holes)]
    first.append(("punched", punched))
    flat = _outline(puzzle.sheet, PAPER, EDGE)
    return [first, [(each, [*flat, *_holes(sorted(spots))]) for each, spots in puzzle.options.items()]]


def _creased(paper: BaseGeometry, fold: Fold) -> list[Item]:
    """The crease over the paper, and an arrow over it from what is brought to where it goes."""
    (ax, ay), (bx, by) = fold
    mx, my, nx, ny = (ax + bx) / 2, (ay + by) / 2, bx - ax, by - ay
    line = LineString([(mx - 99 * ny, my + 99 * nx), (mx + 99 * ny, my - 99 * nx)]).intersection(paper)
    ends = [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]
    start, tip = _along(fold, 0.12), _along(fold, 0.88)
    length = (nx * nx + ny * ny) ** 0.5
    ux, uy = nx / length, ny / length
    wings = [(tip[0] - 0.5 * ux + side * 0.3 * uy, tip[1] - 0.5 * uy - side * 0.3 * ux) for side in (1, -1)]
    return [
        Line(tuple(ends), CREASE, 2.0, 6.0),
        Line((start, tip), INK, 1.8),
        Line((wings[0], tip, wings[1]), INK, 1.8),
    ]


def _along(fold: Fold, share: float) -> Spot:
    (ax, ay), (bx, by) = fold
    return ax + share * (bx - ax), ay + share * (by - ay)


def _holes(spots: Iterable[Spot]) -> list[Item]:
    return [Disc(each, 6.0, (255, 255, 255, 255), EDGE, 1.8) for each in spots]


def _outline(paper: BaseGeometry, fill: Colour | None, edge: Colour, *, dash: float = 0.0) -> list[Item]:
    parts = paper.geoms if isinstance(paper, MultiPolygon) else [paper]
    return [
        Area((tuple((float(x), float(y)) for x, y in each.exterior.coords[:-1]),), fill, edge, 1.6, dash)
        for each in parts
        if isinstance(each, Polygon)
    ]


def _solid(puzzle: Cut) -> list[Item]:
    """The solid's edges, hidden ones dashed, its visible faces faintly filled, and the three points."""
    hidden, seen, fills = list[Item](), dict[frozenset[int], Item](), list[Item]()
    for face in faces(puzzle.corners):
        flat = [_oblique(puzzle.corners[row]) for row in face]
        front = Polygon(flat).exterior.is_ccw
        if front:
            fills.append(Area((tuple(flat),), (225, 232, 242, 255)))
        for a, b, one, other in zip(face, (*face[1:], face[0]), flat, (*flat[1:], flat[0])):
            edge = frozenset((a, b))
            if front:
                seen[edge] = Line((one, other), EDGE, 2.0)
            else:
                hidden.append(Line((one, other), HIDDEN, 1.5, 5.0))
    points = list[Item]()
    for letter, at in zip("PQR", puzzle.plane):
        x, y = _oblique(at)
        points.append(Disc((x, y), 5.0, CREASE, None))
        points.append(Text((x + 0.55, y + 0.5), letter, SIZE, INK, (255, 255, 255, 255)))
    return [*fills, *hidden, *seen.values(), *points]


def _oblique(point: tuple[int, int, int]) -> Flat:
    """Seen from in front, the right and above, no edge of a cube onto another: a parallel projection."""
    x, y, z = point
    return 0.9 * y - 0.42 * x, 0.94 * z - 0.30 * x - 0.16 * y


def _points(item: Item) -> list[Flat]:
    match item:
        case Area(rings):
            return [each for ring in rings for each in ring]
        case Line(points):
            return list(points)
        case Disc(at) | Text(at):
            return [at]


def _put(item: Item, put: Callable[[Flat], Pixel]) -> Item:
    match item:
        case Area(rings):
            return replace(item, rings=tuple(tuple(put(each) for each in ring) for ring in rings))
        case Line(points):
            return replace(item, points=tuple(put(each) for each in points))
        case Disc(at) | Text(at):
            return replace(item, at=put(at))
