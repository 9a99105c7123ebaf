"""A whole scene moved rigidly: everything in it keeps its place among the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from shapely.affinity import affine_transform
from shapely.geometry import Polygon

from allocentric.errors import BadInput
from allocentric.geometry.frames import yaw_of
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.poses import Pose
from allocentric.intervals import Arc
from allocentric.scene.scene import Footprint, Scene, Shape, derived

UPRIGHT: Final = 1e-12  # cosine: a turn that leaves the vertical where it is, but for rounding


def moved(scene: Scene, new_from_old: Pose, *, change: str) -> Scene:
    """The scene carried into another world of the same unit; its north turns with it.

    Raises BadInput where the move tilts what lies flat (a floor, a region), or turns what is bounded along
    the world's axes (differences of two things).
    """
    turn = new_from_old.rotation
    flat = scene.floor is not None or any(isinstance(each, Footprint) for each in scene.shapes)
    flat |= scene.complete is not None and scene.complete.region is not None
    if flat and turn[2, 2] < 1 - UPRIGHT:
        mend = "find gravity before the floor is drawn"
        raise BadInput("a floor that lies flat cannot be tilted", where=f"scene {scene.id!r}", mend=mend)
    if scene.differences and np.abs(turn - np.eye(3)).max() > UPRIGHT:
        what = "what is known along the world's axes cannot be turned"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="give things places before it is turned")
    north = scene.north if scene.north.full else scene.north + Arc(yaw_of(turn))
    return derived(
        scene,
        change,
        centers=new_from_old.apply(scene.centers),
        rotations=turn @ scene.rotations,
        slack_axes=turn @ scene.slack_axes,
        shapes=tuple(_moved_shape(each, new_from_old) for each in scene.shapes),
        tracks=tuple(
            replace(each, centers=new_from_old.apply(each.centers), rotations=turn @ each.rotations)
            for each in scene.tracks
        ),
        views=tuple(
            replace(each, world_from_camera=new_from_old @ each.world_from_camera) for each in scene.views
        ),
        floor=None if scene.floor is None else _moved_polygon(scene.floor, new_from_old),
        complete=scene.complete
        if scene.complete is None or scene.complete.region is None
        else replace(scene.complete, region=_moved_polygon(scene.complete.region, new_from_old)),
        north=north,
    )


def _moved_shape(shape: Shape | None, new_from_old: Pose) -> Shape | None:
    match shape:
        case None:
            return None
        case Mesh():
            return shape.moved(new_from_old.rotation, new_from_old.translation_m)
        case Footprint():
            up = float(new_from_old.translation_m[2])
            return Footprint(_moved_polygon(shape.polygon, new_from_old), shape.low + up, shape.high + up)


def _moved_polygon(polygon: Polygon, new_from_old: Pose) -> Polygon:
    (a, b, _), (c, d, _), _ = new_from_old.rotation.tolist()
    x, y, _ = new_from_old.translation_m.tolist()
    turned: Polygon = affine_transform(polygon, [a, b, c, d, x, y])
    return turned
