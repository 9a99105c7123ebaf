"""A scene as it stands at a time: what has a track is where that says."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from allocentric.geometry.meshes import Mesh
from allocentric.geometry.poses import rotation_between
from allocentric.scene.scene import Scene, Shape, Track, derived


def scene_then(scene: Scene, time_s: float | None) -> Scene:
    """The scene as it stands at a time: what has a track is there, or, outside of its times, not at all."""
    if time_s is None or not scene.tracks:
        return scene
    return scene.cached(f"at {time_s!r} s", lambda: _stands(scene, time_s))


def absent(scene: Scene) -> frozenset[int]:
    """The things that are not there, in a scene that `scene_then` made."""
    rows: frozenset[int] = scene.cached("absent", frozenset)
    return rows


def on_track(track: Track, time_s: float) -> tuple[Float[np.ndarray, "3"], Float[np.ndarray, "3 3"]]:
    """Centre and rotation at a time within a track, in between by interpolation."""
    after = min(int(np.searchsorted(track.times_s, time_s)), len(track.times_s) - 1)
    before = max(after - 1, 0)
    lasts_s = float(track.times_s[after] - track.times_s[before])
    share = 0.0 if lasts_s == 0 else (time_s - float(track.times_s[before])) / lasts_s
    center = (1 - share) * track.centers[before] + share * track.centers[after]
    return center, rotation_between(track.rotations[before], track.rotations[after], share)


def moved_shape(
    scene: Scene, row: int, center: Float[np.ndarray, "3"], *, rotation: Float[np.ndarray, "3 3"]
) -> Shape | None:
    """A thing's shape, carried from where the scene has it to another place."""
    shape = scene.shapes[row]
    if not isinstance(shape, Mesh):
        return shape
    turn = rotation @ scene.rotations[row].T
    return shape.moved(turn, center - turn @ scene.centers[row])


def _stands(scene: Scene, time_s: float) -> Scene:
    centers, rotations, shapes = scene.centers.copy(), scene.rotations.copy(), list(scene.shapes)
    kinds, gone = list(scene.kinds), set[int]()
    for track in scene.tracks:
        row = track.row
        if not track.times_s[0] <= time_s <= track.times_s[-1]:
            gone.add(row)
            kinds[row] = "region"  # which no picture shows
            continue
        centers[row], rotations[row] = on_track(track, time_s)
        shapes[row] = moved_shape(scene, row, centers[row], rotation=rotations[row])
    then = derived(
        scene,
        f"at {time_s:g} s",
        centers=centers,
        rotations=rotations,
        shapes=tuple(shapes),
        kinds=tuple(kinds),
    )
    then.cached("absent", lambda: frozenset(gone))
    return then
