"""What one view sees of each thing: how many pixels, behind what, and how much the picture cuts off.

A pixel is the ray through its middle: the counts are those of an exact picture. Nothing here needs a metre:
a scene of unknown scale is seen as well as any.
"""

from __future__ import annotations

import functools
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.geometry.cameras import Camera, Panorama, Pinhole, pixel_centres, project, unproject
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.raycast import EngineName, RayCaster, caster
from allocentric.geometry.rays import Rays
from allocentric.scene.scene import Scene, View
from allocentric.views.render import camera_of
from allocentric.views.surfaces import NO_THING, SceneCaster, scene_caster, seen_rows, surface_of

WIDEST_RAD: Final = math.radians(80)
"""A pinhole's picture goes on for ever; what it cuts off is counted up to this angle off its axis."""

MOST_RAYS: Final = (
    1 << 16
)  # beyond the border a larger part of the plane is counted by every second pixel, ...
SIGHTS_KEPT: Final = 32  # pictures are large: a scene keeps the latest
ALONG_AN_EDGE: Final = np.linspace(0.0, 1.0, 17)

Pixels = Int[np.ndarray, " pixel"]
Made = TypeVar("Made")


@dataclass(frozen=True, eq=False, slots=True)
class Sight:
    """What a view sees of each thing of a scene, counted in pixels. Never changes; see `sight`.

    `picture` has the row of the nearest thing, `NO_THING` elsewhere. `visible_px` counts the pixels in which
    a thing is nearest; `boxes_px` is the left, top, right and bottom of those (pixel i spans i to i + 1; NaN
    where there are none; of a panorama, a box over its seam goes on beyond the width).
    """

    scene: Scene
    view: View
    picture: Int[np.ndarray, "height width"]
    visible_px: Int[np.ndarray, " thing"]
    boxes_px: Float[np.ndarray, "thing 4"]
    _engine: EngineName = field(default="auto", repr=False)
    _memo: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def alone_px(self) -> Int[np.ndarray, " thing"]:
        """How many pixels each thing would fill if there were no other thing."""
        return self._once("alone", lambda: self._each(lambda row: len(self.alone(row))))

    @property
    def whole_px(self) -> Int[np.ndarray, " thing"]:
        """How many it would fill, alone, if the picture had no border; of a panorama as many as `alone_px`.

        The lens goes on as it is: a pinhole's plane up to `WIDEST_RAD` off its axis. Beyond the border the
        count is exact up to `MOST_RAYS` pixels, and a fair sample above that.
        """
        return self._once("whole", lambda: self._each(self.whole))

    def alone(self, row: int) -> Pixels:
        """The pixels (of the flat picture) that a thing would fill if there were no other."""
        return self._once(f"alone {row}", lambda: self._alone(row))

    def whole(self, row: int) -> int:
        """How many pixels a thing would fill, alone, if the picture had no border; see `whole_px`."""
        return self._once(f"whole {row}", lambda: len(self.alone(row)) + self._beyond(row))

    def whole_at_most(self, row: int) -> int:
        """No less than `whole`, without a ray beyond the border: as if it filled all of its window there."""
        return self._once(f"at most {row}", lambda: len(self.alone(row)) + self._beyond_at_most(row))

    def hidden_by(self, row: int) -> tuple[tuple[int, int], ...]:
        """Which things are nearest where a thing alone would be, and in how many pixels; most first."""
        nearest = self.picture.reshape(-1)[self.alone(row)]
        others, counts = np.unique(nearest[nearest != row], return_counts=True)
        pairs = zip(others.tolist(), counts.tolist(), strict=True)
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))

    def _once(self, key: str, make: Callable[[], Made]) -> Made:
        if key not in self._memo:
            self._memo[key] = make()
        made: Made = self._memo[key]
        return made

    def _each(self, count: Callable[[int], int]) -> Int[np.ndarray, " thing"]:
        counts = np.array([count(row) for row in range(len(self.scene))], dtype=np.int64)
        counts.flags.writeable = False
        return counts

    def _alone(self, row: int) -> Pixels:
        if not seen_rows(self.scene)[row]:
            return np.empty(0, dtype=np.int64)
        at, directions = pixel_rays(camera_of(self.view))
        rotation, shown = self.view.world_from_camera.rotation, self.picture.reshape(-1)
        near = np.flatnonzero(
            _towards(surface_of(self.scene, row), directions, eye=self._eye, rotation=rotation)
        )
        if not len(near):
            return np.flatnonzero(shown == row)
        in_world = rotation @ directions
        met = near[self._meets(row, in_world[:, near].T)]
        # A ray that grazes an edge may be told otherwise alone: what the picture shows holds.
        own = np.zeros(self.picture.size, dtype=bool)
        own[at[met]] = True
        return np.flatnonzero((own & (shown != NO_THING)) | (shown == row))

    def _beyond(self, row: int) -> int:
        """The pixels beyond the border of the picture that a thing would fill, alone."""
        camera, window = camera_of(self.view), self._window(row)
        if window is None:
            return 0
        pixels, weight = _outside(camera, window)
        directions = unproject(camera, pixels)
        shown = directions[:, 2] > math.cos(_widest_rad(camera))  # never where the lens shows nothing: NaN
        in_world = directions[shown] @ self.view.world_from_camera.rotation.T
        return weight * int(self._meets(row, in_world).sum())

    def _beyond_at_most(self, row: int) -> int:
        window = self._window(row)
        if window is None:
            return 0
        camera, (across, down, step) = camera_of(self.view), _lattice(window)
        inside = ((across >= 0) & (across < camera.width_px)).sum() * (
            (down >= 0) & (down < camera.height_px)
        ).sum()
        return int(len(across) * len(down) - inside) * step * step

    def _window(self, row: int) -> tuple[int, int, int, int] | None:
        """Where a thing may show beyond the border; None where it does not."""
        camera = camera_of(self.view)
        if isinstance(camera, Panorama) or not seen_rows(self.scene)[row]:
            return None
        return _window(camera, self._in_camera(surface_of(self.scene, row)))

    @property
    def _eye(self) -> Float[np.ndarray, "3"]:
        return self.view.world_from_camera.translation_m

    def _in_camera(self, surface: Mesh) -> Float[np.ndarray, "corner 3"]:
        """The corners of the box that holds a surface, along the camera's axes."""
        moved = surface.moved(self.view.world_from_camera.rotation.T, np.zeros(3))
        low, high = moved.bounds_m()
        ends = np.stack([low, high]) - self._eye @ self.view.world_from_camera.rotation
        return np.array([[x, y, z] for x in ends[:, 0] for y in ends[:, 1] for z in ends[:, 2]])

    def _meets(self, row: int, directions: Float[np.ndarray, "ray 3"]) -> Bool[np.ndarray, " ray"]:
        """Whether rays from the camera meet a thing, whatever else there is."""
        if not len(directions):
            return np.zeros(0, dtype=bool)
        own = alone_caster(self.scene, row, engine=self._engine)
        return own.rays_occluded(Rays(self._eye[None], directions), np.inf)


def sight(scene: Scene, view: View | str, *, engine: EngineName = "auto") -> Sight:
    """What a view sees of each thing of a scene: one of the scene's by its id, or any that has a camera.

    Things are seen where `scene_caster` puts them, at the middle of their bounds. Regions and the floor's
    outline hide nothing; walls do. The scene keeps the latest sights. Raises BadInput for a view without a
    camera, and for a globe.

    >>> from allocentric.geometry.cameras import Pinhole
    >>> from allocentric.geometry.frames import BODY_FROM_CAMERA
    >>> from allocentric.geometry.poses import Pose
    >>> from allocentric.scene.scene import Thing, scene_of
    >>> ahead = View("ahead", Pose(BODY_FROM_CAMERA, np.zeros(3)), camera=Pinhole(8, 8, 8, 8, 4, 4))
    >>> near = Thing(label="cube", center=(2.5, 0, 0), size=(1, 1, 1))
    >>> seen = sight(scene_of("s", [near, Thing(label="wall", center=(4.5, 0, 0), size=(1, 4, 4))]), ahead)
    >>> seen.visible_px.tolist(), seen.alone_px.tolist(), seen.hidden_by(1)
    ([16, 48], [16, 64], ((0, 16),))
    """
    view = scene.view(view) if isinstance(view, str) else view
    camera_of(view)
    held: OrderedDict[tuple[int, str], Sight] = scene.cached("sights", OrderedDict)
    key = (id(view), engine)  # the sight holds its view: while it is kept, no other view has this identity
    if key not in held:
        held[key] = _sight(scene, view, engine=engine)
        if len(held) > SIGHTS_KEPT:
            held.popitem(last=False)
    held.move_to_end(key)
    return held[key]


def alone_caster(scene: Scene, row: int, *, engine: EngineName = "auto") -> RayCaster:
    """The ray-caster over one thing alone, made once a scene, thing and engine."""
    return scene.cached(f"caster of {row} {engine}", lambda: caster([surface_of(scene, row)], engine=engine))


def things_caster(scene: Scene, *, engine: EngineName = "auto") -> SceneCaster:
    """As `scene_caster`, of the things alone: without the floor's outline, which hides nothing."""
    whole = scene_caster(scene, engine=engine)
    if NO_THING not in whole.rows:
        return whole

    def made() -> SceneCaster:
        rows = np.flatnonzero(seen_rows(scene)).astype(np.int32)
        return SceneCaster(caster([surface_of(scene, row) for row in rows.tolist()], engine=engine), rows)

    return scene.cached(f"caster of things {engine}", made)


def _sight(scene: Scene, view: View, *, engine: EngineName) -> Sight:
    camera = camera_of(view)
    held, (at, directions) = things_caster(scene, engine=engine), pixel_rays(camera)
    in_world = (view.world_from_camera.rotation @ directions).T
    hits = held.caster.cast_rays(Rays(view.world_from_camera.translation_m[None], in_world))
    picture = np.full((camera.height_px, camera.width_px), NO_THING, dtype=np.int32)
    picture.reshape(-1)[at] = held.rows_hit(hits)
    visible_px = np.bincount(picture[picture != NO_THING], minlength=len(scene)).astype(np.int64)
    boxes_px = _boxes(picture, len(scene), seamless=isinstance(camera, Panorama))
    for array in (picture, visible_px, boxes_px):
        array.flags.writeable = False
    return Sight(scene, view, picture, visible_px, boxes_px, engine)


@functools.lru_cache(6)
def pixel_rays(camera: Camera) -> tuple[Pixels, Float[np.ndarray, "3 ray"]]:
    """The flat pixels where a lens shows anything, and the unit directions there, axis by axis; made once."""
    directions = unproject(camera, pixel_centres(camera)).reshape(-1, 3)
    at = np.flatnonzero(~np.isnan(directions[:, 2]))
    held = np.ascontiguousarray(directions[at].T)
    at.flags.writeable = held.flags.writeable = False
    return at, held


def _towards(
    surface: Mesh,
    directions: Float[np.ndarray, "3 ray"],
    *,
    eye: Float[np.ndarray, "3"],
    rotation: Float[np.ndarray, "3 3"],
) -> Bool[np.ndarray, " ray"]:
    """Which rays of a camera may meet a surface: those that meet the ball that holds it."""
    low, high = surface.bounds_m()
    to_middle, radius = (low + high) / 2 - eye, float(np.linalg.norm(high - low)) / 2
    far = float(np.linalg.norm(to_middle))
    if far <= radius:
        return np.ones(directions.shape[1], dtype=bool)
    least = math.sqrt(1 - (radius / far) ** 2) - 1e-6
    towards: Bool[np.ndarray, " ray"] = (to_middle / far @ rotation) @ directions >= least
    return towards


def _boxes(
    picture: Int[np.ndarray, "height width"], things: int, *, seamless: bool
) -> Float[np.ndarray, "thing 4"]:
    """The least upright box about each thing's pixels; of a panorama the narrowest way round."""
    boxes = np.full((things, 4), np.nan)
    at = np.flatnonzero(picture.reshape(-1) != NO_THING)
    rows, (down, across) = picture.reshape(-1)[at], np.divmod(at, picture.shape[1])
    low, high = np.full((things, 2), picture.size), np.full((things, 2), -1)
    for axis, places in enumerate((across, down)):
        np.minimum.at(low[:, axis], rows, places)
        np.maximum.at(high[:, axis], rows, places)
    seen = np.unique(rows)
    boxes[seen] = np.concatenate([low[seen], high[seen] + 1], axis=1)
    if seamless:
        for row in seen[(low[seen, 0] == 0) & (high[seen, 0] == picture.shape[1] - 1)].tolist():
            boxes[row, [0, 2]] = way_round(np.unique(across[rows == row]), picture.shape[1])
    return boxes


def way_round(columns: Pixels, width: int) -> tuple[int, int]:
    """The narrowest stretch of a circle that holds these columns, from its left to beyond its right."""
    gaps = np.diff(columns, append=columns[0] + width)
    last = len(gaps) - 1 - int(gaps[::-1].argmax())  # of equal gaps, the one over the seam
    left = int(columns[(last + 1) % len(columns)])
    right = int(columns[last]) + 1
    return left, right if right > left else right + width


def _widest_rad(camera: Camera) -> float:
    """The angle off the axis up to which a picture is widened."""
    return WIDEST_RAD if isinstance(camera, Pinhole) else math.pi


def _window(camera: Camera, corners: Float[np.ndarray, "8 3"]) -> tuple[int, int, int, int] | None:
    """Where a box may show, whole pixels from left, top to right, bottom; None within the picture."""
    first, second = np.array([(a, b) for a in range(8) for b in range(a) if (a ^ b).bit_count() == 1]).T
    start, along = corners[first], corners[second] - corners[first]
    points = (start[:, None] + along[:, None] * ALONG_AN_EDGE[:, None]).reshape(-1, 3)
    pixels, _ = project(camera, points)
    size = np.array([camera.width_px, camera.height_px])
    off_axis = np.arctan2(np.linalg.norm(points[:, :2], axis=1), points[:, 2])
    if isinstance(camera, Pinhole) and corners[:, 2].max() <= 0:
        return None
    if np.isnan(pixels).any() or off_axis.max() >= _widest_rad(camera):
        low, high = _reach(camera)
    else:
        spare = 1 + 0.05 * np.ptp(
            pixels, axis=0
        )  # between the points of an edge, a lens may bend it outwards
        low, high = pixels.min(axis=0) - spare, pixels.max(axis=0) + spare
    if (low >= 0).all() and (high <= size).all():
        return None
    left, top = np.floor(low).astype(int).tolist()
    right, bottom = np.ceil(high).astype(int).tolist()
    return left, top, right, bottom


def _reach(camera: Camera) -> tuple[Float[np.ndarray, "2"], Float[np.ndarray, "2"]]:
    """The least and the greatest pixel coordinates at which a lens, without border, can show anything."""
    assert not isinstance(camera, Panorama)
    turns = np.linspace(0, math.tau, 64, endpoint=False)
    angles = np.linspace(0, _widest_rad(camera), 65)[1:, None]
    x, y = np.sin(angles) * np.cos(turns), np.sin(angles) * np.sin(turns)
    around = np.stack([x, y, np.broadcast_to(np.cos(angles), x.shape)], axis=-1).reshape(-1, 3)
    pixels, _ = project(camera, around)
    low, high = np.nanmin(pixels, axis=0), np.nanmax(pixels, axis=0)
    spare = 0.02 * (high - low)
    return low - spare, high + spare


def _lattice(
    window: tuple[int, int, int, int],
) -> tuple[Int[np.ndarray, " column"], Int[np.ndarray, " row"], int]:
    """The columns and the rows by which a window is counted, and how far apart they are."""
    left, top, right, bottom = window
    step = max(1, math.ceil(math.sqrt((right - left) * (bottom - top) / MOST_RAYS)))
    half = step // 2
    return np.arange(left + half, right, step), np.arange(top + half, bottom, step), step


def _outside(camera: Camera, window: tuple[int, int, int, int]) -> tuple[Float[np.ndarray, "ray 2"], int]:
    """Middles of pixels of a window outside of the picture, and how many pixels each stands for."""
    columns, rows, step = _lattice(window)
    across, down = np.meshgrid(columns, rows)
    out = (across < 0) | (across >= camera.width_px) | (down < 0) | (down >= camera.height_px)
    return np.stack([across[out], down[out]], axis=1) + 0.5, step * step
