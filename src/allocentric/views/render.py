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
from allocentric.geometry.raycast import EngineName, Hits
from allocentric.geometry.rays import Rays
from allocentric.intervals import Interval
from allocentric.scene.scene import Scene, View
from allocentric.views.light import DAYLIGHT, Light, lit, picture_numbers, plain_light, thing_colours
from allocentric.views.surfaces import NO_THING, SceneCaster, scene_caster, unknown_scale


@dataclass(frozen=True, eq=False, slots=True)
class Seen:
    """What a view meets, pixel by pixel, along the ray through each pixel's middle. Never changes.

    `depth` is along the view's z axis, below 0 behind it (in a panorama), `range` along the ray, both in
    scene units, of `scale` metres; infinite where there is nothing, NaN where the lens shows nothing.
    `instance` is the row of the thing, -1 where there is none: on the floor's outline the depth is finite all
    the same.
    """

    view: View
    scale: Interval
    depth: Float[np.ndarray, "height width"]
    range: Float[np.ndarray, "height width"]
    instance: Int[np.ndarray, "height width"]

    def __post_init__(self) -> None:
        for field in fields(self):
            if isinstance(array := getattr(self, field.name), np.ndarray):
                array.flags.writeable = False

    @property
    def depth_m(self) -> Float[np.ndarray, "height width"]:
        """The depth in metres; raises BadInput where the scene's scale is not known."""
        return self._in_metres(self.depth)

    @property
    def range_m(self) -> Float[np.ndarray, "height width"]:
        """The range in metres; raises BadInput where the scene's scale is not known."""
        return self._in_metres(self.range)

    def _in_metres(self, lengths: Float[np.ndarray, "height width"]) -> Float[np.ndarray, "height width"]:
        if not self.scale.exact:
            raise unknown_scale(f"view {self.view.id!r}")
        lengths_m = lengths if self.scale.low == 1 else lengths * self.scale.low
        lengths_m.flags.writeable = False
        return lengths_m


@dataclass(frozen=True, eq=False, slots=True)
class Picture(Seen):
    """What a view shows: what it meets, and what that looks like. Never changes.

    `label` is the place of the thing's label in `labels`, -1 where there is no thing. `normals` are in the
    world, on the camera's side, NaN where there is nothing. `colour` is red, green, blue.
    """

    label: Int[np.ndarray, "height width"]
    labels: tuple[str, ...]
    normals: Float[np.ndarray, "height width 3"]
    colour: UInt8[np.ndarray, "height width 3"]


@dataclass(frozen=True, eq=False, slots=True)
class SightLines:
    """The rays of a view in the world: one through each pixel of `shown`, row by row.

    `ahead` is how far along the view's z axis each gets in one unit.
    """

    view: View
    shown: Bool[np.ndarray, "height width"]
    ahead: Float[np.ndarray, " ray"]
    rays: Rays

    def spread(self, values: Any, missing: float) -> Any:
        """Values a ray as an image, with `missing` where there is no ray."""
        if len(values) == self.shown.size:
            return values.reshape(*self.shown.shape, *values.shape[1:])
        image = np.full((*self.shown.shape, *values.shape[1:]), missing, dtype=values.dtype)
        image[self.shown] = values
        return image


def render(
    scene: Scene,
    view: View | str,
    *,
    engine: EngineName = "auto",
    light: Light | None = DAYLIGHT,
    finer: int = 1,
) -> Picture:
    """The exact picture of a scene from a view: one of the scene's by its id, or any that has a camera.

    Depth is exact to rounding. `engine` is the ray-caster's ("auto": Embree where it is installed). A thing
    whose mesh has paint (textures, colours) shows it, any other the colour of its label; without `light`,
    plainly. The colour, and it alone, is the mean of `finer` x `finer` rays a pixel. Raises BadInput for a
    view without a camera, and a globe.

    >>> from allocentric.geometry.cameras import Pinhole
    >>> from allocentric.geometry.frames import BODY_FROM_CAMERA
    >>> from allocentric.geometry.poses import Pose
    >>> from allocentric.scene.scene import Thing, scene_of
    >>> ahead = View("ahead", Pose(BODY_FROM_CAMERA, np.zeros(3)), camera=Pinhole(3, 3, 9, 9, 1.5, 1.5))
    >>> picture = render(scene_of("s", [Thing(label="cube", center=(3, 0, 0), size=(1, 1, 1))]), ahead)
    >>> float(picture.depth_m[1, 1]), int(picture.instance[1, 1])
    (2.5, 0)
    """
    view = scene.view(view) if isinstance(view, str) else view
    held = scene_caster(scene, engine=engine)
    look = _look(held, sight_lines(view))
    finest = [look] if finer == 1 else _looks(held, view, finer=finer)
    labels = tuple(sorted(set(scene.labels)))
    label_of_row = np.array([*map(labels.index, scene.labels), NO_THING], dtype=np.int32)
    seen = _seen(scene, look)
    return Picture(
        view=view,
        scale=scene.scale,
        depth=seen.depth,
        range=seen.range,
        instance=seen.instance,
        label=label_of_row[seen.instance],
        labels=labels,
        normals=look.lines.spread(look.hits.normals(), np.nan),
        colour=picture_numbers(_light(scene, held, finest, light=light)),
    )


def seen_along(scene: Scene, lines: SightLines, *, engine: EngineName = "auto") -> Seen:
    """Depth, range and things along the rays of a view: `render` without colour, several times as fast."""
    return _seen(scene, _look(scene_caster(scene, engine=engine), lines))


def rows_seen(
    scene: Scene, view: View | str, *, engine: EngineName = "auto"
) -> Int[np.ndarray, "height width"]:
    """The row of the thing that each pixel of a view shows, -1 where there is none; whatever the scale."""
    view = scene.view(view) if isinstance(view, str) else view
    return seen_along(scene, sight_lines(view), engine=engine).instance


def sight_lines(view: View, *, right_px: float = 0.0, down_px: float = 0.0) -> SightLines:
    """The rays through a view's pixels, so far off their middles; raises BadInput where it has no camera."""
    in_camera, pose = _rays(camera_of(view), right_px, down_px), view.world_from_camera
    in_world = (pose.rotation @ in_camera.directions).T
    rays = Rays(pose.translation_m[None], in_world)
    return SightLines(view, in_camera.shown, in_camera.directions[2], rays)


def camera_of(view: View) -> Camera:
    """The camera of a view; raises BadInput where it has none."""
    if view.camera is None:
        what = f"of view {view.id!r} no camera is known"
        raise BadInput(what, where=f"view {view.id!r}", mend="give the view a camera (`camera`)")
    return view.camera


@dataclass(frozen=True, eq=False, slots=True)
class _Look:
    """What the rays of a view met."""

    lines: SightLines
    hits: Hits
    rows: Int[np.ndarray, " ray"]


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


def _look(held: SceneCaster, lines: SightLines) -> _Look:
    hits = held.caster.cast_rays(lines.rays)
    return _Look(lines, hits, held.rows_hit(hits))


def _looks(held: SceneCaster, view: View, *, finer: int) -> Iterator[_Look]:
    """Looks through the middles of the `finer` x `finer` parts of each pixel."""
    offs_px = ((np.arange(finer) + 0.5) / finer - 0.5).tolist()
    for right_px, down_px in itertools.product(offs_px, repeat=2):
        yield _look(held, sight_lines(view, right_px=right_px, down_px=down_px))


def _seen(scene: Scene, look: _Look) -> Seen:
    lines, ranges = look.lines, look.hits.range_m
    with np.errstate(invalid="ignore"):
        depths = ranges * lines.ahead
    if lines.ahead.min(initial=1.0) <= 0:
        depths[np.isinf(ranges)] = np.inf  # nothing, behind or straight across: infinite along z as well
    return Seen(
        view=lines.view,
        scale=scene.scale,
        depth=lines.spread(depths, np.nan),
        range=lines.spread(ranges, np.nan),
        instance=lines.spread(look.rows, NO_THING),
    )


def _light(
    scene: Scene, held: SceneCaster, looks: Iterable[_Look], *, light: Light | None
) -> Float[np.ndarray, "height width 3"]:
    """The light of each pixel, the mean of these looks; none where the lens shows nothing."""
    colours, shown = thing_colours(scene), []
    for look in looks:
        plain = plain_light(held, look.hits, colours, rows=look.rows)
        shown.append(look.lines.spread(lit(held.caster, look.hits, plain, light=light).clip(max=1.0), 0.0))
    mean: Float[np.ndarray, "height width 3"] = np.mean(shown, axis=0)
    return mean
