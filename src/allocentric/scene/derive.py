"""Scenes made from a scene: with a fact forgotten or learned, at another time. Each names its parent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import numpy as np
from jaxtyping import Bool, Float

from allocentric.errors import BadInput
from allocentric.intervals import FULL_CIRCLE, ONE, Arc, Interval
from allocentric.scene.moments import moved_shape, on_track
from allocentric.scene.scene import Complete, Scene, derived

Property = Literal[
    "place", "size", "heading", "front", "area", "volume", "complete", "north", "scale", "floor"
]
"""What can be known of a thing, or (the last four) of the whole scene."""


def forget(scene: Scene, row: int | None, property: Property) -> Scene:
    """The scene with one of its facts widened to unknown: a thing's, or (row None) a shared one."""
    change = f"without the {property}" + ("" if row is None else f" of {scene.names[row]}")
    return derived(scene, change, **(_unshared(property) if row is None else _unowned(scene, row, property)))


def knowing_only(scene: Scene, kept: Iterable[tuple[int | None, Property]]) -> Scene:
    """The scene with all of its facts widened to unknown but these: `forget` of all others, at once."""
    held = set(kept)

    def without(property: Property) -> Bool[np.ndarray, " thing"]:
        return np.array([(row, property) not in held for row in range(len(scene))], dtype=bool)

    unplaced, unsized = without("place"), without("size")
    shared: tuple[Property, ...] = ("complete", "north", "floor")
    changed: dict[str, Any] = {}
    for each in shared:
        changed |= {} if (None, each) in held else _unshared(each)
    return derived(
        scene,
        "knowing only what is needed",
        center_slacks=np.where(unplaced[:, None], np.inf, scene.center_slacks),
        differences=tuple(
            each for each in scene.differences if not (unplaced[each.first] or unplaced[each.second])
        ),
        size_slacks=np.where(unsized[:, None], np.inf, scene.size_slacks),
        shapes=tuple(None if unsized[row] else shape for row, shape in enumerate(scene.shapes)),
        yaw_slacks_rad=np.where(without("heading"), np.pi, scene.yaw_slacks_rad),
        fronts=np.where(without("front")[:, None], np.nan, scene.fronts),
        stated=tuple(each for each in scene.stated if (each.row, each.measure) in held),
        **changed,
    )


def learn(scene: Scene, row: int | None, property: Property) -> Scene:
    """The scene as it would be if one fact were known exactly, at the middle of what is possible."""
    change = f"knowing the {property}" + ("" if row is None else f" of {scene.names[row]}")
    return derived(
        scene, change, **(_shared(scene, property) if row is None else _owned(scene, row, property))
    )


def at_time(scene: Scene, time_s: float) -> Scene:
    """The scene as it was at a time: every tracked thing where its track says, in between by interpolation.

    Raises BadInput outside the times of the tracks.
    """
    if not scene.tracks:
        raise BadInput("nothing here has a time", where=f"scene {scene.id!r}", mend="ask without a time")
    centers, rotations, shapes = scene.centers.copy(), scene.rotations.copy(), list(scene.shapes)
    for track in scene.tracks:
        if not track.times_s[0] <= time_s <= track.times_s[-1]:
            span = f"{track.times_s[0]:.3f} to {track.times_s[-1]:.3f} s"
            what = f"no time {time_s} s for {scene.names[track.row]!r}"
            raise BadInput(what, where=f"scene {scene.id!r}", mend=f"choose a time from {span}")
        row = track.row
        centers[row], rotations[row] = on_track(track, time_s)
        shapes[row] = moved_shape(scene, row, centers[row], rotation=rotations[row])
    return derived(scene, f"at {time_s} s", centers=centers, rotations=rotations, shapes=tuple(shapes))


def _unowned(scene: Scene, row: int, property: Property) -> dict[str, Any]:
    match property:
        case "place":
            apart = tuple(each for each in scene.differences if row not in (each.first, each.second))
            return {"center_slacks": _set(scene.center_slacks, row, np.inf), "differences": apart}
        case "size":
            shapes = tuple(None if each == row else shape for each, shape in enumerate(scene.shapes))
            return {"size_slacks": _set(scene.size_slacks, row, np.inf), "shapes": shapes}
        case "heading":
            return {"yaw_slacks_rad": _set(scene.yaw_slacks_rad, row, np.pi)}
        case "front":
            return {"fronts": _set(scene.fronts, row, np.nan)}
        case "area" | "volume":
            kept = tuple(each for each in scene.stated if (each.row, each.measure) != (row, property))
            return {"stated": kept}
        case _:
            raise ValueError(f"{property} is shared by the whole scene")


def _unshared(property: Property) -> dict[str, Any]:
    unknown: dict[str, Any] = {
        "complete": None,
        "north": FULL_CIRCLE,
        "scale": Interval(0.0, np.inf),
        "floor": None,
    }
    return {property: unknown[property]}


def _owned(scene: Scene, row: int, property: Property) -> dict[str, Any]:
    match property:
        case "place":
            return {"center_slacks": _set(scene.center_slacks, row, 0.0)}
        case "size":
            return {"size_slacks": _set(scene.size_slacks, row, 0.0)}
        case "heading":
            return {"yaw_slacks_rad": _set(scene.yaw_slacks_rad, row, 0.0)}
        case "front":
            return {"fronts": _set(scene.fronts, row, np.array([1.0, 0.0, 0.0]))}
        case _:
            return {}


def _shared(scene: Scene, property: Property) -> dict[str, Any]:
    match property:
        case "complete":
            return {"complete": Complete()}
        case "north":
            return {"north": Arc(scene.north.middle_rad)}
        case "scale":
            return {"scale": ONE if not scene.scale.finite else Interval.of(scene.scale.middle)}
        case _:
            return {}


def _set(array: Float[np.ndarray, "thing ..."], row: int, value: Any) -> Float[np.ndarray, "thing ..."]:
    changed = array.copy()
    changed[row] = value
    return changed
