"""Puzzles of unit cubes made from a seed: a figure to find again among turned ones, a stack to count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from allocentric.geometry.polycubes import (
    TURNS,
    Cell,
    Figure,
    canonical,
    chiral,
    connected,
    mirrored,
    neighbours,
    settled,
    shown,
    turned,
)
from allocentric.geometry.poses import Pose
from allocentric.scene.facts import Kind
from allocentric.scene.scene import Complete, Scene, Source, Thing, View, scene_of
from allocentric.seeds import stream
from allocentric.worlds.makers.maker import Maker

PAGE: Final = "page"
"""The view that stands for the drawing of a puzzle."""
LETTERS: Final = "ABCD"
APART: Final = 12
LEAST_SHOWN: Final = 2  # half faces of each cube of a figure that its picture shows
SIDE: Final = 3
HIGHEST: Final = 4


def rotation(seed: int) -> Scene:
    """A figure of eight to ten cubes, "target", and four to choose from: "figure A" to "figure D".

    One is the target, turned; one its mirror image, turned; two differ from it by a cube. Each cube of each
    figure shows in its picture. The right one is A, B, C and D by the seed.
    """
    random = stream(seed, "rotation")
    while True:
        target = _snake(random)
        near = list(_differing(target, random)) if target is not None and chiral(target) else []
        if target is None or len(near) < 2:
            continue
        wrong = [mirrored(target), *near[:2]]
        posed = [_posed(each, random) for each in (target, target, *wrong)]
        held = [each for each in posed if each is not None]
        if len(held) == len(posed) and held[0] != held[1]:
            break
    first, right, *others = held
    order = [others[int(each)] for each in random.permutation(len(others))]
    order.insert(seed % len(LETTERS), right)
    figures = [("target", first), *((f"figure {letter}", each) for letter, each in zip(LETTERS, order))]
    things = [
        each
        for row, (label, figure) in enumerate(figures)
        for each in cubes(figure, label, shift=(0, row * APART, 0), kind="structure")
    ]
    return puzzle(f"rotation-{seed}", things, maker="rotation", seed=seed)


def stack(seed: int) -> Scene:
    """A stack of cubes on a floor of three by three, in columns; each column's top shows in the picture."""
    random = stream(seed, "stack")
    while True:
        heights = random.integers(0, HIGHEST + 1, (SIDE, SIDE))
        held = {(x, y, z) for x in range(SIDE) for y in range(SIDE) for z in range(int(heights[x, y]))}
        shows = shown(held)
        tops = [(x, y, int(heights[x, y]) - 1) for x in range(SIDE) for y in range(SIDE) if heights[x, y]]
        hidden = sum(not count for count in shows.values())
        if connected(held) and hidden and all(shows[each] for each in tops):
            return puzzle(f"stack-{seed}", list(cubes(held, "cube")), maker="stack", seed=seed)


def cubes(
    figure: Iterable[Cell], label: str, *, shift: Cell = (0, 0, 0), kind: Kind = "object"
) -> Iterator[Thing]:
    """The unit cubes of a figure as things of one label, each between whole numbers."""
    for number, (x, y, z) in enumerate(sorted(figure), 1):
        center = (x + shift[0] + 0.5, y + shift[1] + 0.5, z + shift[2] + 0.5)
        yield Thing(label=label, name=f"{label} {number}", center=center, size=(1.0, 1.0, 1.0), kind=kind)


def puzzle(id: str, things: list[Thing], *, maker: str, seed: int, page: bool = False) -> Scene:
    """A scene that is a puzzle, with the view that its drawing is shown as; all of it is listed."""
    return scene_of(
        id,
        things,
        space="page" if page else "solid",
        complete=Complete(),
        views=(View(PAGE, Pose(np.eye(3), np.zeros(3))),),
        source=Source(format="made", notes=(f"made by {maker} from seed {seed}",)),
    )


def _snake(random: np.random.Generator) -> Figure | None:
    """Four arms end to end, each at a right angle to the one before; None where it touches itself."""
    at, cells, axis = (0, 0, 0), [(0, 0, 0)], int(random.integers(3))
    for _ in range(4):
        axis = (axis + int(random.integers(1, 3))) % 3
        sign = 1 if random.random() < 0.5 else -1
        for _ in range(int(random.integers(1, 4))):
            at = tuple(each + sign * (row == axis) for row, each in enumerate(at))  # type: ignore[assignment]
            cells.append(at)
    figure = frozenset(cells)
    joints = sum(each in figure for cell in figure for each in neighbours(cell)) // 2
    return figure if len(figure) == len(cells) == joints + 1 and 8 <= len(cells) <= 10 else None


def _differing(target: Figure, random: np.random.Generator) -> Iterator[Figure]:
    """Figures that come of moving one cube, each other than the target, its mirror image and one another."""
    taken = {canonical(target), canonical(mirrored(target))}
    cells = sorted(target)
    free = sorted({each for cell in cells for each in neighbours(cell)} - target)
    pairs = [(a, b) for a in cells for b in free]
    for row in random.permutation(len(pairs)):
        gone, put = pairs[int(row)]
        made = (target - {gone}) | {put}
        if connected(made) and canonical(made) not in taken:
            taken.add(canonical(made))
            yield made


def _posed(figure: Figure, random: np.random.Generator) -> Figure | None:
    """The figure turned so that its picture shows each of its cubes; None where no turn does."""
    for row in random.permutation(len(TURNS)):
        made = settled(turned(figure, TURNS[int(row)]))
        if min(shown(made).values()) >= LEAST_SHOWN:
            return made
    return None


ROTATION: Final = Maker(
    "rotation", "a figure of cubes, and four to find it again among: turned, mirrored, changed", rotation
)
STACK: Final = Maker("stack", "a stack of cubes to count, some of them hidden behind others", stack)
