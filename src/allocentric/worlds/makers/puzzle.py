"""Puzzles of all kinds in turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from allocentric.scene.scene import Scene
from allocentric.worlds.makers.figures import ROTATION, STACK
from allocentric.worlds.makers.maker import Maker
from allocentric.worlds.makers.papers import CUT, FOLDING, NET

KINDS: Final = (ROTATION, FOLDING, NET, CUT, STACK)


def make(seed: int) -> Scene:
    """A figure to turn, a sheet to unfold, a net, a cut or a stack: in turn as the seed goes up."""
    number, row = divmod(seed, len(KINDS))
    return replace(KINDS[row].make(number), id=f"puzzle-{seed}")


PUZZLE: Final = Maker("puzzle", "in turn a rotation, a folding, a net, a cut and a stack", make)
