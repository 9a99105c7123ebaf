"""What a maker is: a name, a line about it, and a function from a seed to a scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allocentric.scene.scene import Scene


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes scenes: the same seed gives the same bytes, on any machine."""

    name: str
    says: str
    make: Callable[[int], Scene]
