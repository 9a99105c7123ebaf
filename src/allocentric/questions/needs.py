"""What a kind of question needs of a scene, and which part of that a scene lacks."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, Literal

import numpy as np

from allocentric.geometry.panorama import Panorama
from allocentric.scene.puzzles import Cut, Folding, Net, Rotation, Stack, puzzle_in
from allocentric.scene.scene import Scene
from allocentric.words import a_list

Need = Literal[
    "things", "surfaces", "complete", "scale", "north", "fronts", "rooms", "floor", "views", "pictured",
    "pictures", "pair", "times", "tracks", "panoramas", "globe", "page", "differences", "leaning",
    "rotation", "folding", "net", "cut", "stack",
]  # fmt: skip

UPRIGHT: Final = math.cos(math.radians(5))
"""Things lean whose own up is no nearer to the vertical than this cosine says: 5 degrees."""

NAMED: Final = 4  # views, in a reason

_HAS: Final[dict[Need, tuple[Callable[[Scene], bool], str]]] = {
    "things": (lambda scene: "object" in scene.kinds, "things"),
    "surfaces": (lambda scene: not {"object", "structure"}.isdisjoint(scene.kinds), "things, or walls"),
    "complete": (lambda scene: scene.complete is not None, "a list of things that is complete somewhere"),
    "scale": (lambda scene: math.isfinite(scene.scale.high), "a metric scale"),
    "north": (lambda scene: scene.north.half_rad < math.pi, "a known north"),
    "fronts": (lambda scene: bool(np.isfinite(scene.fronts).all(axis=1).any()), "things with a front"),
    "rooms": (lambda scene: "region" in scene.kinds, "rooms, or other regions"),
    "floor": (lambda scene: scene.floor is not None, "a walkable floor"),
    "views": (lambda scene: any(each.camera is not None for each in scene.views), "views with a camera"),
    "pictured": (
        lambda scene: (
            any(each.camera is not None for each in scene.views)
            or any(each.box_px is not None for each in scene.sightings)
        ),
        "views with a camera, or with boxes of what they show",
    ),
    "pictures": (lambda scene: any(each.image for each in scene.views), "views with a picture"),
    "pair": (
        lambda scene: sum(each.camera is not None for each in scene.views) > 1,
        "two views with a camera",
    ),
    "times": (lambda scene: sum(each.time_s is not None for each in scene.views) > 1, "views with times"),
    "tracks": (lambda scene: bool(scene.tracks), "things that move"),
    "panoramas": (lambda scene: any(_is_panorama(each.camera) for each in scene.views), "a panorama"),
    "leaning": (lambda scene: bool((scene.rotations[:, 2, 2] < UPRIGHT).any()), "things that lean"),
    "globe": (lambda scene: scene.space == "globe", "places on the globe"),
    "page": (lambda scene: scene.space == "page", "a page"),
    "differences": (lambda scene: bool(scene.differences), "statements of what lies where"),
    "rotation": (
        lambda scene: isinstance(puzzle_in(scene), Rotation),
        "a figure and others to find it among",
    ),
    "folding": (lambda scene: isinstance(puzzle_in(scene), Folding), "a sheet that is folded and punched"),
    "net": (lambda scene: isinstance(puzzle_in(scene), Net), "a net of a cube"),
    "cut": (lambda scene: isinstance(puzzle_in(scene), Cut), "a solid that is cut"),
    "stack": (lambda scene: isinstance(puzzle_in(scene), Stack), "a stack of cubes"),
}


def _is_panorama(camera: object) -> bool:
    return isinstance(camera, Panorama)


def lacking(scene: Scene, needs: tuple[Need, ...]) -> str | None:
    """What of it a scene lacks, in words; None where it has all.

    Where its views have no camera, they are named: a picture alone does not say where in it a thing is.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> lacking(scene_of("room", [Thing(label="sofa")]), ("things", "views"))
    'views with a camera'
    """
    need = next((each for each in needs if not _HAS[each][0](scene)), None)
    if need is None:
        return None
    without = [each.id for each in scene.views if each.camera is None]
    if need not in ("views", "pair", "pictured", "panoramas") or not without:
        return _HAS[need][1]
    more = f" and {len(without) - NAMED} more" if len(without) > NAMED else ""
    return f"{_HAS[need][1]}: of {a_list(without[:NAMED])}{more} none is known"
