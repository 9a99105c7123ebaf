"""What a writer is, and what a format loses of a scene that it cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Int

from allocentric.intervals import FULL_CIRCLE, ONE
from allocentric.scene.scene import Scene, name_things

Notes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """One format: its name, its suffixes, and a scene as bytes, with what those could not carry."""

    name: str
    suffixes: tuple[str, ...]
    encode: Callable[[Scene], tuple[bytes, Notes]]


_HELD: Final[dict[str, tuple[Callable[[Scene], bool], str]]] = {
    "names": (lambda s: s.names != name_things([(None, each) for each in s.labels]), "names are lost"),
    "kinds": (lambda s: {*s.kinds} - {"object"} != set(), "what is structure and what is a region is lost"),
    "fronts": (lambda s: not np.isnan(s.fronts).all(), "fronts are lost"),
    "shapes": (
        lambda s: any(each is not None for each in s.shapes),
        "meshes and outlines are lost: boxes stay",
    ),
    "slacks": (lambda s: _slack(s), "slack is lost: everything will seem exactly placed"),
    "tracks": (lambda s: bool(s.tracks), "tracks are lost: everything stays where it was first"),
    "views": (lambda s: bool(s.views), "views are lost"),
    "differences": (lambda s: bool(s.differences), "pairwise bounds are lost"),
    "stated": (lambda s: bool(s.stated), "stated measures are lost"),
    "sightings": (lambda s: bool(s.sightings), "sightings are lost"),
    "floor": (lambda s: s.floor is not None, "the floor's outline is lost"),
    "scale": (lambda s: not s.scale.exact, "the scale is not known exactly: a unit is written as a metre"),
    "north": (lambda s: s.north != FULL_CIRCLE, "north is lost"),
    "tilt": (lambda s: s.tilt_rad != 0, "how far the world may lean is lost"),
    "complete": (lambda s: s.complete is not None, "where the list of things is complete is lost"),
    "space": (lambda s: s.space != "solid", "that this is no solid space is lost"),
    "parent": (lambda s: s.parent is not None, "what the scene is derived from is lost"),
}


def _slack(scene: Scene) -> bool:
    placed = placed_rows(scene)
    slacks = (scene.center_slacks, scene.size_slacks, scene.yaw_slacks_rad)
    return any(bool(each[placed].any()) for each in slacks)


def losses(scene: Scene, carried: Set[str]) -> list[str]:
    """What of this scene a format loses that carries only `carried` beside labels and boxes."""
    lost = [note for key, (has, note) in _HELD.items() if key not in carried and has(scene)]
    return lost + left_out(scene)


def placed_rows(scene: Scene) -> Int[np.ndarray, " row"]:
    """The rows of things whose place and size are known, give or take something finite."""
    slack = np.concatenate([scene.center_slacks, scene.size_slacks], axis=1)
    return np.flatnonzero(np.isfinite(slack).all(1))


def left_out(scene: Scene) -> list[str]:
    """The note on things that have no finite place or size."""
    missing = sorted({*range(len(scene))} - {*placed_rows(scene).tolist()})
    names = ", ".join(scene.names[row] for row in missing)
    return [f"left out, their place or size being unknown: {names}"] if missing else []


def metres_per_unit(scene: Scene) -> float:
    """The scale to write lengths in metres with; 1 where it is not known exactly."""
    return scene.scale.low if scene.scale.exact else ONE.low
