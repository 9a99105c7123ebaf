"""Scenes made from a seed: one file a maker, listed here."""

from typing import Final

from allocentric.errors import UnknownName
from allocentric.scene.scene import Scene
from allocentric.worlds.makers import (
    dots,
    empty,
    figures,
    flat,
    leaning,
    papers,
    puzzle,
    scales,
    story,
    tabletop,
)
from allocentric.worlds.makers.maker import Maker

PUZZLES: Final = (figures.ROTATION, papers.FOLDING, papers.NET, papers.CUT, figures.STACK, puzzle.PUZZLE)
"""The makers of puzzles: each scene is one, and has a drawing."""

MAKERS: Final = (
    flat.MAKER,
    tabletop.MAKER,
    empty.MAKER,
    story.GRID,
    story.BLOCKS,
    dots.MAKER,
    *scales.MAKERS,
    leaning.MAKER,
    *PUZZLES,
)


def make(name: str, seed: int = 0) -> Scene:
    """The scene that the maker called `name` makes from a seed; raises UnknownName with the near miss.

    >>> make("tabletop", seed=3).id
    'tabletop-3'
    """
    return maker(name).make(seed)


def maker(name: str) -> Maker:
    """The maker called `name`; raises UnknownName with the near miss.

    >>> maker("flat").make(7).id
    'flat-7'
    """
    found = [each for each in MAKERS if each.name == name]
    if not found:
        raise UnknownName("maker", name, [each.name for each in MAKERS], where="allocentric.worlds.makers")
    return found[0]
