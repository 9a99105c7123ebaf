"""Posed depth pictures as the rest of the room takes them: metres, a plain pinhole, read one by one."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Float, Float32, Int

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole, pixel_centres, project, unproject
from allocentric.geometry.poses import Pose
from allocentric.scene.pictures import depth_camera, depth_m
from allocentric.scene.scene import Scene, View
from allocentric.views.surfaces import meter_of

NO_PIXEL = -1


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """A posed depth picture: z-depth in metres, NaN where nothing was measured; the pose is in metres.

    `camera` is without distortion; `lens` is the one that the depth was taken with: pixels of its picture are
    brought here by `onto`. Depth was rounded to `quantum_m`.
    """

    view: str
    camera: Pinhole
    lens: Camera
    world_from_camera: Pose
    depth_m: Float32[np.ndarray, "height width"]
    quantum_m: float = 0.0

    def onto(self, image: Any) -> Any:
        """An image of the lens's picture, of any size, at this frame's pixels; 0 where the lens shows none.

        Raises BadInput where the image has another shape than the picture.
        """
        height, width = image.shape[:2]
        if abs(width * self.lens.height_px - height * self.lens.width_px) > max(width, height):
            size = f"{self.lens.width_px} x {self.lens.height_px}"
            what = f"an image of {width} x {height} pixels does not show what one of {size} does"
            raise BadInput(what, where=f"view {self.view!r}", mend="give the image that belongs to the view")
        rows, columns = _pixels(self.lens, self.camera)
        down, across = height / self.lens.height_px, width / self.lens.width_px
        if (down, across) != (1, 1):
            rows = np.where(rows < 0, NO_PIXEL, ((rows + 0.5) * down).astype(np.int64))
            columns = ((columns + 0.5) * across).astype(np.int64)
        return np.where(rows < 0, np.zeros(1, dtype=image.dtype), image[rows, columns])


def deep_views(scene: Scene) -> tuple[View, ...]:
    """The views of a scene that have a depth image, their poses in metres.

    Raises BadInput where there is none, or where the length of a scene unit is not known.
    """
    unit_m, views = meter_of(scene), tuple(view for view in scene.views if view.depth is not None)
    if not views:
        what = "no view has a depth image"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="give posed pictures with depth")
    return tuple(
        replace(view, world_from_camera=_in_metres(view.world_from_camera, unit_m)) for view in views
    )


def frame_of(view: View) -> Frame:
    """The depth picture of a view whose pose is in metres, read; distortion is taken out.

    Raises BadInput where it cannot be read, and for panoramas, whose depth no plane holds.
    """
    lens = depth_camera(view)
    if isinstance(lens, Panorama):
        what = "a panorama has no depth along one axis"
        raise BadInput(what, where=f"view {view.id!r}", mend="give views of pinhole or fisheye cameras")
    depth = depth_m(view)
    camera = straight(lens)
    rows, columns = _pixels(lens, camera)
    depth = np.where(rows < 0, np.nan, depth[rows, columns])
    quantum_m = 0.0 if view.depth is None else view.depth.metres_per_count
    return Frame(view.id, camera, lens, view.world_from_camera, depth.astype(np.float32), quantum_m)


def read_frames(views: Sequence[View]) -> Iterator[Frame]:
    """The frames of views one after the other, each read when it is asked for; raises as `frame_of` does."""
    return map(frame_of, views)


@functools.lru_cache(8)
def straight(lens: Pinhole | Fisheye) -> Pinhole:
    """The pinhole camera without distortion that looks the same way, its picture of the same size."""
    sensor = lens.width_px, lens.height_px, lens.fx_px, lens.fy_px, lens.cx_px, lens.cy_px
    return Pinhole(*sensor)


def directions(camera: Pinhole) -> Float[np.ndarray, "height width 3"]:
    """The direction through the middle of each pixel, of length 1 along z: times a depth it is the point."""
    return _directions(camera)


@functools.lru_cache(8)
def _directions(camera: Pinhole) -> Float[np.ndarray, "height width 3"]:
    centres = pixel_centres(camera)
    made = np.empty((*centres.shape[:2], 3))
    made[..., 0] = (centres[..., 0] - camera.cx_px) / camera.fx_px
    made[..., 1] = (centres[..., 1] - camera.cy_px) / camera.fy_px
    made[..., 2] = 1.0
    made.flags.writeable = False
    return made


@functools.lru_cache(8)
def _pixels(
    lens: Camera, camera: Pinhole
) -> tuple[Int[np.ndarray, "height width"], Int[np.ndarray, "height width"]]:
    """Row and column of the lens's picture at each pixel of the camera's; row -1 where there is none."""
    if lens == camera:
        rows, columns = np.indices((camera.height_px, camera.width_px))
    else:
        pixels, shown = project(lens, unproject(camera, pixel_centres(camera)))
        places = np.where(shown[..., None], pixels, 0).astype(np.int64)
        rows, columns = np.where(shown, places[..., 1], NO_PIXEL), places[..., 0]
    rows.flags.writeable = columns.flags.writeable = False
    return rows, columns


def _in_metres(pose: Pose, unit_m: float) -> Pose:
    return Pose(pose.rotation, pose.translation_m * unit_m)
