"""Stories made from a seed: letters on a grid with noise, and coloured shapes in blocks, told in part.

What is told is all that is known: each story has things that no statement joins with the others, or an order
that is broken, so that some questions about it cannot be decided.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from allocentric.scene.scene import Scene, Source
from allocentric.seeds import stream
from allocentric.worlds.makers.maker import Maker
from allocentric.worlds.readers.stories.build import reading, scene_from
from allocentric.worlds.readers.stories.statements import Lies, Statement, There, Way, Within

LETTERS: Final = "BCDEFGHJKLMNPQRSTUVWXYZ"
WAYS: Final = tuple(Way(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0))
COLOURS: Final = ("red", "blue", "green", "yellow", "black", "white", "orange", "purple")
SHAPES: Final = ("square", "circle", "triangle")
BREAKS: Final = 0.25
"""How often two neighbours along an axis are not told apart, or a thing's block is not told."""


def grid_story(seed: int) -> Scene:
    """Letters on a grid: a chain of 3 to 8 hops, letters beside it, two or three that nothing joins to it."""
    random = stream(seed, "grid story")
    letters = [LETTERS[each] for each in random.permutation(len(LETTERS))]
    length, beside, apart = (int(random.integers(*ends)) for ends in ((4, 10), (0, 4), (2, 4)))
    statements = list[Statement]()
    joined = letters[:length]
    statements += [_step(one, other, random) for one, other in pairwise(joined)]
    for name in letters[length : length + beside]:
        statements.append(_step(joined[int(random.integers(len(joined)))], name, random))
        joined.append(name)
    statements += [
        _step(a, b, random) for a, b in pairwise(letters[length + beside : length + beside + apart])
    ]
    told = [statements[each] for each in random.permutation(len(statements))]
    source = Source("made", "", (f"made by grid_story from seed {seed}", reading(grid=True)))
    return scene_from(f"grid-story-{seed}", told, grid=True, source=source)


def _step(one: str, other: str, random: np.random.Generator) -> Lies:
    """One statement about two letters, said of either."""
    way = WAYS[int(random.integers(len(WAYS)))]
    way = Way(way.right or None, way.up or None)
    return Lies(other, one, way) if random.random() < 0.5 else Lies(one, other, -way)


def block_story(seed: int) -> Scene:
    """Five to nine coloured shapes in two or three blocks, in order along both axes, but for some breaks."""
    random = stream(seed, "block story")
    kinds = [f"{colour} {shape}" for colour in COLOURS for shape in SHAPES]
    names = [kinds[each] for each in random.permutation(len(kinds))[: int(random.integers(5, 10))]]
    blocks = [f"block {letter}" for letter in "ABC"[: int(random.integers(2, 4))]]
    statements: list[Statement] = [There(each, "block", region=True) for each in blocks]
    for row, name in enumerate(names):
        home = blocks[row] if row < len(blocks) else blocks[int(random.integers(len(blocks)))]
        statements += [There(name)]
        statements += [Within(name, home)] if row < len(blocks) or random.random() >= BREAKS else []
    told = list[Lies]()
    for way in (Way(right=1), Way(up=1)):
        order = [names[each] for each in random.permutation(len(names))]
        told += [Lies(high, low, way) for low, high in pairwise(order) if random.random() >= BREAKS]
    statements += [told[each] for each in random.permutation(len(told))]
    source = Source("made", "", (f"made by block_story from seed {seed}", reading(grid=False)))
    return scene_from(f"block-story-{seed}", statements, source=source)


GRID: Final = Maker(
    "grid_story", "letters on a grid, told in sentences, some of them beside the point", grid_story
)
BLOCKS: Final = Maker("block_story", "coloured shapes in blocks, their order told in part", block_story)
