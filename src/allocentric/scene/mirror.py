"""A scene in a mirror: what was left of the world's x axis is right of it, and all else is the same."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final, TypeVar

import numpy as np
from jaxtyping import Float
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, Panorama, Pinhole
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.poses import Pose
from allocentric.intervals import Arc
from allocentric.scene.scene import Difference, Footprint, Scene, Shape, Track, View, derived

_SIDEWAYS: Final = np.diag([-1.0, 1.0, 1.0])  # of a picture: right becomes left

Geometry = TypeVar("Geometry", bound=BaseGeometry)


def mirrored(scene: Scene) -> Scene:
    """The scene in a mirror that makes left of right; pictures and paint are left out.

    In a room what was left of the world's x axis is right of it; on a page, where x runs to the right, x is
    turned round. Raises BadInput where a lens has no mirror image of its own kind, on a globe, and for
    what is known from views.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> mirrored(scene_of("room", [Thing(label="sofa", center=(1, 2, 0))])).centers.tolist()
    [[1.0, -2.0, 0.0]]
    """
    if scene.knowledge is not None or scene.space == "globe":
        what = "a globe" if scene.space == "globe" else "what is known from views"
        mend = "mirror the scene, then look at it"
        raise BadInput(f"{what} has no mirror image", where=f"scene {scene.id!r}", mend=mend)
    axis = 0 if scene.space == "page" else 1
    flip = np.eye(3)
    flip[axis, axis] = -1.0
    complete = scene.complete
    if complete is not None and complete.region is not None:
        complete = replace(complete, region=_on_plan(complete.region, axis))
    return derived(
        scene,
        "in a mirror",
        centers=scene.centers @ flip,
        rotations=flip @ scene.rotations @ flip,
        fronts=scene.fronts @ flip,
        slack_axes=flip @ scene.slack_axes,
        shapes=tuple(_shape(each, axis) for each in scene.shapes),
        tracks=tuple(_track(each, flip) for each in scene.tracks),
        views=tuple(_view(each, flip) for each in scene.views),
        differences=tuple(_difference(each, axis) for each in scene.differences),
        sightings=(),
        floor=None if scene.floor is None else _on_plan(scene.floor, axis),
        north=-scene.north if axis == 1 else Arc(math.pi) - scene.north,
        complete=complete,
    )


def _on_plan(geometry: Geometry, axis: int) -> Geometry:
    x, y = (-1.0 if axis == each else 1.0 for each in (0, 1))
    flipped: Geometry = affine_transform(geometry, (x, 0.0, 0.0, y, 0.0, 0.0))
    return flipped


def _shape(shape: Shape | None, axis: int) -> Shape | None:
    match shape:
        case Mesh():
            vertices_m = shape.vertices_m.copy()
            vertices_m[:, axis] *= -1
            return Mesh(vertices_m, shape.faces[:, ::-1])
        case Footprint():
            return replace(shape, polygon=_on_plan(shape.polygon, axis))
        case None:
            return None


def _track(track: Track, flip: Float[np.ndarray, "3 3"]) -> Track:
    return replace(track, centers=track.centers @ flip, rotations=flip @ track.rotations @ flip)


def _difference(held: Difference, axis: int) -> Difference:
    return replace(held, bound=-held.bound) if held.axis == axis else held


def _view(view: View, flip: Float[np.ndarray, "3 3"]) -> View:
    pose = view.world_from_camera
    turned = Pose(flip @ pose.rotation @ _SIDEWAYS, flip @ pose.translation_m)
    camera = None if view.camera is None else _camera(view.camera, view.id)
    return replace(view, world_from_camera=turned, camera=camera, image=None, depth=None)


def _camera(camera: Camera, view: str) -> Camera:
    match camera:
        case Pinhole(distortion=None):
            return replace(camera, cx_px=camera.width_px - camera.cx_px)
        case Panorama():
            return camera
        case _:
            mend = "undistort its pictures first"
            raise BadInput("its lens has no mirror image that is known", where=f"view {view!r}", mend=mend)
