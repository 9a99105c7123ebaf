"""Exact pictures of a scene by ray casting: depth, range, which thing, normals, and a shaded picture."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, pixel_centres, unproject
from allocentric.geometry.poses import Pose
from allocentric.geometry.raycast import EngineName, Hits
from allocentric.geometry.rays import Rays
from allocentric.scene.scene import Scene, View
from allocentric.views.light import DAYLIGHT, Light, lit, picture_numbers, thing_colours
from allocentric.views.surfaces import NO_THING, SceneCaster, meter_of, scene_caster


@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """What a view shows, pixel by pixel, seen along the ray through each pixel's middle. Never changes.

    `depth_m` is along the view's z axis, below 0 behind it (in a panorama), `range_m` along the ray; both
    are infinite where there is nothing, and NaN where the lens shows nothing. `instance` is the row of the
    thing, `label` the place of its label in `labels`; both are -1 where there is no thing: on the floor's
    outline the depth is finite all the same. `normals` are in the world, on the camera's side, NaN where
    there is nothing. `colour` is red, green, blue.
    """

    view: View
    depth_m: Float[np.ndarray, "height width"]
    range_m: Float[np.ndarray, "height width"]
    instance: Int[np.ndarray, "height width"]
    label: Int[np.ndarray, "height width"]
    labels: tuple[str, ...]
    normals: Float[np.ndarray, "height width 3"]
    colour: UInt8[np.ndarray, "height width 3"]

    def __post_init__(self) -> None:
        for field in fields(self):
            if isinstance(array := getattr(self, field.name), np.ndarray):
                array.flags.writeable = False


def render(
    scene: Scene,
    view: View | str,
    *,
    engine: EngineName = "auto",
    light: Light | None = DAYLIGHT,
    finer: int = 1,
) -> Picture:
    """The exact picture of a scene from a view: one of the scene's by its id, or any that has a camera.

    Depth is exact to rounding. `engine` is the ray-caster's ("auto": Embree where it is installed). Without
    `light`, things have their plain colours. The colour, and it alone, is the mean of `finer` x `finer` rays
    a pixel. Raises BadInput for a view without a camera, a scene of unknown scale, and a globe.

    >>> from allocentric.geometry.cameras import Pinhole
    >>> from allocentric.geometry.frames import BODY_FROM_CAMERA
    >>> from allocentric.scene.scene import Thing, scene_of
    >>> ahead = View("ahead", Pose(BODY_FROM_CAMERA, np.zeros(3)), camera=Pinhole(3, 3, 9, 9, 1.5, 1.5))
    >>> picture = render(scene_of("s", [Thing(label="cube", center=(3, 0, 0), size=(1, 1, 1))]), ahead)
    >>> float(picture.depth_m[1, 1]), int(picture.instance[1, 1])
    (2.5, 0)
    """
    view = scene.view(view) if isinstance(view, str) else view
    camera, unit_m = camera_of(view), meter_of(scene)
    held = scene_caster(scene, engine=engine)
    look = _look(held, _rays(camera), view.world_from_camera)
    ranges_m = look.hits.range_m * unit_m
    with np.errstate(invalid="ignore"):  # nothing, straight across: infinite along z as well
        depths_m = np.where(np.isinf(ranges_m), np.inf, ranges_m * _rays(camera).directions[2])
    instance = look.spread(look.rows, NO_THING)
    finest = [look] if finer == 1 else _looks(held, camera, view.world_from_camera, finer=finer)
    labels = tuple(sorted(set(scene.labels)))
    label_of_row = np.array([*map(labels.index, scene.labels), NO_THING], dtype=np.int32)
    return Picture(
        view=view,
        depth_m=look.spread(depths_m, np.nan),
        range_m=look.spread(ranges_m, np.nan),
        instance=instance,
        label=label_of_row[instance],
        labels=labels,
        normals=look.spread(look.hits.normals(), np.nan),
        colour=picture_numbers(_light(scene, held, finest, light=light)),
    )


def camera_of(view: View) -> Camera:
    """The camera of a view; raises BadInput where it has none."""
    if view.camera is None:
        what = f"of view {view.id!r} no camera is known"
        raise BadInput(what, where=f"view {view.id!r}", mend="give the view a camera (`camera`)")
    return view.camera


@dataclass(frozen=True, eq=False, slots=True)
class _Look:
    """What the rays of a camera met: rays only where the lens shows anything."""

    shown: Bool[np.ndarray, "height width"]
    hits: Hits
    rows: Int[np.ndarray, " ray"]

    def spread(self, values: Any, missing: float) -> Any:
        """Values a ray as an image, with `missing` where there is no ray."""
        image = np.full((*self.shown.shape, *values.shape[1:]), missing, dtype=values.dtype)
        image[self.shown] = values
        return image


@dataclass(frozen=True, eq=False, slots=True)
class _CameraRays:
    """Where a lens shows anything, and the unit directions there, axis by axis in memory."""

    shown: Bool[np.ndarray, "height width"]
    directions: Float[np.ndarray, "3 ray"]


@functools.lru_cache(6)
def _rays(camera: Camera, right_px: float = 0.0, down_px: float = 0.0) -> _CameraRays:
    """The camera's rays so far off the pixels' middles, kept for its next view."""
    directions = unproject(camera, pixel_centres(camera) + np.array([right_px, down_px]))
    shown = ~np.isnan(directions[..., 2])
    rows = np.ascontiguousarray(directions[shown].T)
    shown.flags.writeable = rows.flags.writeable = False
    return _CameraRays(shown, rows)


def _look(held: SceneCaster, in_camera: _CameraRays, world_from_camera: Pose) -> _Look:
    in_world = (world_from_camera.rotation @ in_camera.directions).T
    hits = held.caster.cast_rays(Rays(world_from_camera.translation_m[None], in_world))
    return _Look(in_camera.shown, hits, held.rows_hit(hits))


def _looks(held: SceneCaster, camera: Camera, world_from_camera: Pose, *, finer: int) -> Iterator[_Look]:
    """Looks through the middles of the `finer` x `finer` parts of each pixel."""
    offs_px = ((np.arange(finer) + 0.5) / finer - 0.5).tolist()
    for right_px, down_px in itertools.product(offs_px, repeat=2):
        yield _look(held, _rays(camera, right_px, down_px), world_from_camera)


def _light(
    scene: Scene, held: SceneCaster, looks: Iterable[_Look], *, light: Light | None
) -> Float[np.ndarray, "height width 3"]:
    """The light of each pixel, the mean of these looks; none where the lens shows nothing."""
    colours = thing_colours(scene)
    shown = [
        each.spread(lit(held.caster, each.hits, colours, rows=each.rows, light=light).clip(max=1.0), 0.0)
        for each in looks
    ]
    mean: Float[np.ndarray, "height width 3"] = np.mean(shown, axis=0)
    return mean
