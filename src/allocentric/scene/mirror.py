"""A scene in a mirror: what was left of the world's x axis is right of it, and all else is the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypeVar

import numpy as np
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, Panorama, Pinhole
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import Difference, Footprint, Scene, Shape, Track, View, derived

FLIP: Final = np.diag([1.0, -1.0, 1.0])
_SIDEWAYS: Final = np.diag([-1.0, 1.0, 1.0])  # of a picture: right becomes left
_ON_PLAN: Final = (1.0, 0.0, 0.0, -1.0, 0.0, 0.0)

Geometry = TypeVar("Geometry", bound=BaseGeometry)


def mirrored(scene: Scene) -> Scene:
    """The scene in a mirror along the world's x axis and its vertical; pictures and paint are left out.

    Raises BadInput where a lens has no mirror image of its own kind, and for what is known from views.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> mirrored(scene_of("room", [Thing(label="sofa", center=(1, 2, 0))])).centers.tolist()
    [[1.0, -2.0, 0.0]]
    """
    if scene.knowledge is not None:
        mend = "mirror the scene, then look at it"
        raise BadInput("what is known from views has no mirror image", where=f"scene {scene.id!r}", mend=mend)
    complete = scene.complete
    if complete is not None and complete.region is not None:
        complete = replace(complete, region=_on_plan(complete.region))
    return derived(
        scene,
        "in a mirror",
        centers=scene.centers @ FLIP,
        rotations=FLIP @ scene.rotations @ FLIP,
        fronts=scene.fronts @ FLIP,
        slack_axes=FLIP @ scene.slack_axes,
        shapes=tuple(_shape(each) for each in scene.shapes),
        tracks=tuple(_track(each) for each in scene.tracks),
        views=tuple(_view(each) for each in scene.views),
        differences=tuple(_difference(each) for each in scene.differences),
        sightings=(),
        floor=None if scene.floor is None else _on_plan(scene.floor),
        north=-scene.north,
        complete=complete,
    )


def _on_plan(geometry: Geometry) -> Geometry:
    flipped: Geometry = affine_transform(geometry, _ON_PLAN)
    return flipped


def _shape(shape: Shape | None) -> Shape | None:
    match shape:
        case Mesh():
            return Mesh(shape.vertices_m @ FLIP, shape.faces[:, ::-1])
        case Footprint():
            return replace(shape, polygon=_on_plan(shape.polygon))
        case None:
            return None


def _track(track: Track) -> Track:
    return replace(track, centers=track.centers @ FLIP, rotations=FLIP @ track.rotations @ FLIP)


def _difference(held: Difference) -> Difference:
    return replace(held, bound=-held.bound) if held.axis == 1 else held


def _view(view: View) -> View:
    pose = view.world_from_camera
    turned = Pose(FLIP @ pose.rotation @ _SIDEWAYS, FLIP @ pose.translation_m)
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
