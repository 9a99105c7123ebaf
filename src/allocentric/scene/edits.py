"""Scenes in which a thing is gone, elsewhere, or turned. Each names its parent.

What rests upon a thing goes with it: the cups on a table, the books in a shelf. A picture that
was taken of the parent shows no such scene: the views stay, without their pictures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.boxes import SIGNS
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.poses import Pose
from allocentric.intervals import Interval
from allocentric.scene.facts import Difference, Footprint, Shape, Track, View
from allocentric.scene.scene import Scene, derived

SNAP_M: Final = 0.05  # surfaces closer than this touch, as for `on`

ARRAYS: Final = (
    "centers",
    "sizes",
    "rotations",
    "fronts",
    "center_slacks",
    "slack_axes",
    "size_slacks",
    "yaw_slacks_rad",
)
LISTS: Final = ("names", "labels", "kinds", "shapes")


def without(scene: Scene, row: int, *, alone: bool = False) -> Scene:
    """The scene without a thing and what rests upon it; `alone` leaves that hanging in the air.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> table = Thing(label="table", center=(0, 0, 0.4), size=(1, 1, 0.8))
    >>> cup = Thing(label="cup", center=(0.2, 0, 0.85), size=(0.1, 0.1, 0.1))
    >>> without(scene_of("s", [table, cup, Thing(label="tv", center=(3, 0, 0))]), 0).names
    ('tv',)
    """
    _check_editable(scene)
    gone = {row} if alone else {row, *resting_on(scene, row)}
    kept = [each for each in range(len(scene)) if each not in gone]
    place = {old: new for new, old in enumerate(kept)}

    def still(facts: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(replace(each, row=place[each.row]) for each in facts if each.row in place)

    return derived(
        scene,
        f"without {scene.names[row]}",
        **{name: getattr(scene, name)[kept] for name in ARRAYS},
        **{name: tuple(getattr(scene, name)[each] for each in kept) for name in LISTS},
        tracks=still(scene.tracks),
        stated=still(scene.stated),
        sightings=(),
        views=_unpictured(scene.views),
        differences=tuple(
            replace(each, first=place[each.first], second=place[each.second])
            for each in scene.differences
            if each.first in place and each.second in place
        ),
    )


def moved(scene: Scene, row: int, by: Sequence[float], *, alone: bool = False) -> Scene:
    """The scene with a thing, and what rests upon it, shifted by x, y and z of the world, in scene units.

    Raises BadInput for a thing whose place is not known, and a shift that is not three finite numbers.
    """
    shift = np.array([float(each) for each in by])
    if shift.shape != (3,) or not np.isfinite(shift).all():
        what = f"a shift of {list(by)}"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="give x, y and z in scene units")
    said = ", ".join(f"{each:g}" for each in shift.tolist())
    change = f"with {scene.names[row]} moved by {said}"
    return _carried(scene, row, lambda _: Pose(np.eye(3), shift), change=change, alone=alone)


def turned(scene: Scene, row: int, by_rad: float, *, alone: bool = False) -> Scene:
    """The scene with a thing, and what rests upon it, turned leftwards about the vertical through its middle.

    Raises BadInput for a thing whose place is not known, an angle that is none, and for what rests upon it
    and is bounded against others along the world's axes, which a turn does not keep.
    """
    if not math.isfinite(by_rad):
        what = f"a turn by {by_rad} rad"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="give a finite angle")
    rotation = rotation_about_up(by_rad)

    def about(center: Float[np.ndarray, "3"]) -> Pose:
        return Pose(rotation, center - rotation @ center)

    change = f"with {scene.names[row]} turned by {math.degrees(by_rad):g} degrees"
    return _carried(scene, row, about, change=change, alone=alone)


def resting_on(scene: Scene, row: int) -> tuple[int, ...]:
    """The things that go with a thing when it is moved: what stands on it or in it, and on those again.

    A thing stands on another where its middle is over it and its underside at its top, within 5 cm and nearer
    to the top than to the underside; in it where its middle is within the other's box and its underside clear
    of the other's. Only objects carry, and only objects are carried: no wall goes with a floor.
    """
    found = list[int]()
    bearers = [row]
    while bearers:
        bearer = bearers.pop()
        on_it = [each for each in _standing_on(scene, bearer) if each != row and each not in found]
        found += on_it
        bearers += on_it
    return tuple(sorted(found))


def _standing_on(scene: Scene, row: int) -> list[int]:
    if scene.kinds[row] != "object" or not _placed(scene, row):
        return []
    unit_m = scene.scale.middle if scene.scale.finite else 1.0
    corners, snap = _corners(scene, row), SNAP_M / unit_m
    low, high = float(corners[:, 2].min()), float(corners[:, 2].max())
    below = shapely.MultiPoint(corners[:, :2]).convex_hull
    standing = []
    for other, center in enumerate(scene.centers):
        if other == row or scene.kinds[other] != "object" or not _placed(scene, other):
            continue
        underside = float(_corners(scene, other)[:, 2].min())
        on_top = abs(underside - high) <= min(snap, (high - low) / 2)
        own = (center - scene.centers[row]) @ scene.rotations[row]
        within = bool((np.abs(own) <= scene.sizes[row] / 2).all()) and underside > low + snap
        if within or (on_top and below.covers(shapely.Point(center[:2]))):
            standing.append(other)
    return standing


def _corners(scene: Scene, row: int) -> Float[np.ndarray, "corner 3"]:
    """Points of which the hull holds the thing."""
    match scene.shapes[row]:
        case Mesh() as mesh:
            return mesh.corners_m().reshape(-1, 3)
        case Footprint() as shape:
            ground = shapely.get_coordinates(shape.polygon)
            heights = np.repeat([shape.low, shape.high], len(ground))
            return np.column_stack([np.tile(ground, (2, 1)), heights])
        case None:
            own = SIGNS * scene.sizes[row] / 2
            corners: Float[np.ndarray, "corner 3"] = own @ scene.rotations[row].T + scene.centers[row]
            return corners


def _carried(
    scene: Scene, row: int, motion: Callable[[Float[np.ndarray, "3"]], Pose], *, change: str, alone: bool
) -> Scene:
    """The scene with a thing, and unless `alone` what rests upon it, carried by the motion of its centre."""
    _check_editable(scene)
    if not _placed(scene, row):
        what = f"where {scene.names[row]!r} is, is not known"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="move a thing that is placed")
    rows = [row] if alone else [row, *resting_on(scene, row)]
    pose = motion(scene.centers[row])
    centers, rotations = scene.centers.copy(), scene.rotations.copy()
    slack_axes, shapes = scene.slack_axes.copy(), list(scene.shapes)
    for each in rows:
        centers[each] = pose.apply(centers[each])
        rotations[each] = pose.rotation @ rotations[each]
        slack_axes[each] = pose.rotation @ slack_axes[each]
        shapes[each] = _moved_shape(shapes[each], pose)
    if not _straight(pose):
        centers[row] = scene.centers[row]  # about which it turns: in place to the last bit
    return derived(
        scene,
        change,
        centers=centers,
        rotations=rotations,
        slack_axes=slack_axes,
        shapes=tuple(shapes),
        tracks=tuple(_moved_track(each, pose) if each.row in rows else each for each in scene.tracks),
        differences=tuple(_shifted(scene, each, rows=rows, pose=pose) for each in scene.differences),
        sightings=tuple(each for each in scene.sightings if each.row not in rows),
        views=_unpictured(scene.views),
    )


def _moved_shape(shape: Shape | None, pose: Pose) -> Shape | None:
    match shape:
        case Mesh():
            return shape.moved(pose.rotation, pose.translation_m)
        case Footprint():
            turn, shift = pose.rotation[:2, :2], pose.translation_m
            polygon = shapely.transform(shape.polygon, lambda points: points @ turn.T + shift[:2])
            return Footprint(polygon, shape.low + float(shift[2]), shape.high + float(shift[2]))
        case None:
            return None


def _moved_track(track: Track, pose: Pose) -> Track:
    return replace(track, centers=pose.apply(track.centers), rotations=pose.rotation @ track.rotations)


def _shifted(scene: Scene, difference: Difference, *, rows: Sequence[int], pose: Pose) -> Difference:
    """The bound between two centres of which one, or both, were carried."""
    ends = (difference.first in rows, difference.second in rows)
    if not any(ends):
        return difference
    straight = _straight(pose)
    if not straight and {difference.first, difference.second} & set(rows[1:]):
        names = [scene.names[each] for each in (difference.first, difference.second)]
        what = f"{names[0]!r} and {names[1]!r} are bounded along an axis, which a turn does not keep"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="turn the thing alone, or forget the bound")
    if not straight or all(ends):
        return difference
    by = float(pose.translation_m[difference.axis]) * (1 if ends[1] else -1)
    return replace(difference, bound=difference.bound + Interval.of(by))


def _straight(pose: Pose) -> bool:
    return np.array_equal(pose.rotation, np.eye(3))


def _unpictured(views: Sequence[View]) -> tuple[View, ...]:
    return tuple(replace(each, image=None, depth=None) for each in views)


def _placed(scene: Scene, row: int) -> bool:
    return bool(np.isfinite(scene.center_slacks[row]).all() and np.isfinite(scene.size_slacks[row]).all())


def _check_editable(scene: Scene) -> None:
    if scene.knowledge is not None:
        what = "this is what was seen of a scene, not the scene"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="change the scene, then look again")
    if scene.space == "globe":
        what = "things on a globe are not carried along straight axes"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="cut out a part and set it on a plane")
