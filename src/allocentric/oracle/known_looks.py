"""One look of an observer: what a view shows of each thing, in a picture of a modest width."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Bool, Float

from allocentric.geometry.cameras import pixel_centres, scaled, unproject
from allocentric.geometry.panorama import Panorama
from allocentric.geometry.rays import Rays
from allocentric.scene.scene import Scene, View
from allocentric.views.render import camera_of
from allocentric.views.sight import Sight, sight
from allocentric.views.surfaces import scene_caster

WIDTH_PX: Final = 160
"""How wide a picture the observer looks at, and a quarter of it of a panorama: a cup across a room shows."""

LEAST_PX: Final = 4
"""In fewer pixels than these nobody tells what a thing is."""

LEAST_SHARE: Final = 0.1
"""Of how much of a thing one must see to know it: of the pixels of all of it, alone and not cut off."""

BESIDE_PX: Final = 4  # how far around a thing its surroundings bound it


@dataclass(frozen=True, eq=False, slots=True)
class Look:
    """What a view shows, in a modest width; `full` is the view itself."""

    full: View
    sight: Sight

    @property
    def seen(self) -> Bool[np.ndarray, " thing"]:
        """Which things it shows, however little of them, in pixels enough to tell."""
        shown: Bool[np.ndarray, " thing"] = self.sight.visible_px >= LEAST_PX
        return shown

    def knows(self, row: int) -> bool:
        """True where it shows enough of a thing."""
        visible = int(self.sight.visible_px[row])
        if visible < LEAST_PX or visible < LEAST_SHARE * len(self.sight.alone(row)):
            return False
        enough = visible >= LEAST_SHARE * self.sight.whole_at_most(row)
        return enough or visible >= LEAST_SHARE * self.sight.whole(row)

    def whole(self, row: int) -> bool:
        """True where it shows all of a thing: nothing hides it, and the border does not cut it off."""
        return bool(self.seen[row]) and int(self.sight.visible_px[row]) == self.sight.whole(row)


@dataclass(frozen=True, eq=False, slots=True)
class Touch:
    """What one look measures of a thing: points on its surface, and points beside it that are free."""

    on: Float[np.ndarray, "point 3"]
    free: Float[np.ndarray, "space 3"]


def look(scene: Scene, view: View) -> Look:
    """What a view shows of a scene; made once a scene and view. Raises BadInput for one without a camera."""
    held: dict[int, Look] = scene.cached("looks", dict)
    if id(view) not in held:  # a look holds its view: no other view has this identity
        camera = camera_of(view)
        width_px = 4 * WIDTH_PX if isinstance(camera, Panorama) else WIDTH_PX
        small = scaled(camera, min(1.0, width_px / camera.width_px))
        held[id(view)] = Look(view, sight(scene, replace(view, camera=small, size_px=None, depth=None)))
    return held[id(view)]


def touch(scene: Scene, seen: Look, row: int) -> Touch:
    """The points of a thing that a look shows, and free points beside it, where its rays pass the faces
    of the least box, along the thing's own axes, about those points."""
    held: dict[tuple[int, int], Touch] = scene.cached("touches", dict)
    key = (id(seen), row)  # the scene keeps its looks
    if key not in held:
        held[key] = _touch(scene, seen, row)
    return held[key]


def _touch(scene: Scene, seen: Look, row: int) -> Touch:
    rays, held = _rays_around(seen.sight, row), scene_caster(scene)
    hits = held.caster.cast_rays(rays)
    eye, axes = rays.origins_m[0], scene.rotations[row]
    own = held.rows_hit(hits) == row
    if not own.any():  # but for the floor's outline, it is nearest nowhere
        return Touch(np.empty((0, 3)), np.empty((0, 3)))
    on = eye + hits.range_m[own, None] * rays.directions[own]
    before = eye + hits.range_m[own, None] * (1 - 1e-9) * rays.directions[own]
    low, high = (on @ axes).min(axis=0), (on @ axes).max(axis=0)
    start, along = eye @ axes, rays.directions @ axes
    free = [before]
    for axis in range(3):
        for plane in (low[axis], high[axis]):
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = (plane - start[axis]) / along[:, axis]
            passes = np.isfinite(reach) & (reach > 0) & (reach < hits.range_m * (1 - 1e-9))
            crossing = start + reach[passes, None] * along[passes]
            crossing[:, axis] = plane
            free.append(crossing @ axes.T)
    return Touch(on, np.concatenate(free))


def _rays_around(seen: Sight, row: int) -> Rays:
    """Rays through the pixels that show a thing and those beside them."""
    camera, pose = camera_of(seen.view), seen.view.world_from_camera
    down, across = np.nonzero(seen.picture == row)
    top, left = max(0, down.min() - BESIDE_PX), max(0, across.min() - BESIDE_PX)
    around = pixel_centres(camera)[top : down.max() + BESIDE_PX + 1, left : across.max() + BESIDE_PX + 1]
    directions = unproject(camera, around.reshape(-1, 2))
    shown = ~np.isnan(directions[:, 2])
    return Rays(pose.translation_m[None], directions[shown] @ pose.rotation.T)
