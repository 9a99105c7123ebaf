"""Where in a picture: boxes about pixels, the pixel of a place, and how far from being seen a thing is."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.geometry.cameras import Camera, Panorama, Pinhole, project
from allocentric.intervals import TURN, Interval, directions, norm
from allocentric.oracle.places import Place, anchor_of, offset_between, spot
from allocentric.oracle.visibility_bounds import Look, outer_box
from allocentric.scene.placement import Box3
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import ImageBox, Point, Unknown
from allocentric.views.render import camera_of
from allocentric.views.sight import pixel_rays, sight, way_round

Nowhere = Literal["nowhere"]
"""In place of a pixel: surely outside of the picture."""

NOWHERE: Final = "nowhere"

FARTHEST_PX: Final = 20
"""How far around a thing's picture one looks for what does not hide it: twice what counts as clear."""

ALONG: Final = np.linspace(0.0, 1.0, 17)
CORNERS: Final = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)])
EDGES: Final = [(a, b) for a in range(8) for b in range(a) if (a ^ b).bit_count() == 1]


def box_of_pixels(view: View, found: Look, *, doubt: Callable[[], Unknown]) -> ImageBox | Unknown:
    """The box about what is surely seen at the least, and possibly seen at the most."""
    camera = camera_of(view)
    most, least = (found.pixels[which] for which in (~found.hidden, found.visible))
    (down, across), (sure_down, sure_across) = (np.divmod(each, camera.width_px) for each in (most, least))
    top, bottom = _ends(down, sure_down)
    exact = len(most) == len(least)
    if not isinstance(camera, Panorama):
        left, right = _ends(across, sure_across)
        return ImageBox((left, top, right, bottom), doubt=None if exact else doubt())
    start, end = way_round(np.unique(across), camera.width_px)
    if not exact and (2 * (end - start) >= camera.width_px or end > camera.width_px):
        return doubt()  # which way round is narrower, may hang on what is not known
    shift = np.where(sure_across < start, camera.width_px, 0)
    left = Interval(float(start), float((sure_across + shift).min()))
    right = Interval(float((sure_across + shift).max() + 1), float(end))
    edges = (*_around(camera, left, top), *_around(camera, right, bottom))
    return ImageBox(edges, "rad", doubt=None if exact else doubt())


def box_somewhere(view: View, found: Look, *, doubt: Unknown) -> ImageBox | Unknown:
    """The box about what is seen, where no more is known than that something of the thing is.

    It lies within all of the thing's pixels, however much of them hides what nobody has listed.
    """
    camera = camera_of(view)
    if isinstance(camera, Panorama):
        return doubt
    down, across = np.divmod(found.pixels[~found.hidden], camera.width_px)
    left, top = (Interval(float(each.min()), float(each.max())) for each in (across, down))
    one = Interval(1.0, 1.0)
    return ImageBox((left, top, left + one, top + one), doubt=doubt)


def pixel_of(scene: Scene, place: Place, view: View) -> Point | Nowhere | None:
    """The pixel of the centre of a place; `NOWHERE` outside of the picture, None where that is not known."""
    camera, box = camera_of(view), offset_between(scene, spot(np.zeros(3)), anchor_of(place))
    if not all(each.finite for each in box):
        return None
    corners = np.array([[each.low, each.high] for each in box])
    points = corners[range(3), CORNERS]
    if all(each.exact for each in box):
        points = points[:1]
    pose = view.world_from_camera
    pixels, shown = project(camera, (points - pose.translation_m) @ pose.rotation)
    if len(points) == 1:
        return _point(camera, pixels, np.zeros(2)) if shown[0] else NOWHERE
    if isinstance(camera, Pinhole) and camera.distortion is None:
        return _of_corners(camera, pixels, shown)
    return _around_camera(view, box) if isinstance(camera, Panorama) else None


def uncovered_px(scene: Scene, view: View, found: Look) -> float:
    """How many pixels from the edge of a hidden thing to the nearest that shows nothing of what hides it."""
    picture = sight(scene, view).picture
    covered = np.isin(picture, found.hiders.possible)
    mask = np.zeros(picture.shape, dtype=bool)
    mask.reshape(-1)[found.pixels] = True
    down, across = np.nonzero(mask)
    low, high = (
        (max(0, each - FARTHEST_PX) for each in (down.min(), across.min())),
        (down.max(), across.max()),
    )
    window = tuple(slice(start, end + FARTHEST_PX + 1) for start, end in zip(low, high, strict=True))
    mask, covered = mask[window], covered[window]
    for grown in range(1, FARTHEST_PX + 1):
        mask = _grown(mask)
        if (mask & ~covered).any():
            return float(grown)
    return float(FARTHEST_PX)


def aside(scene: Scene, view: View, row: int) -> bool:
    """True where a ball about all that a thing may fill lies beside the picture's cone: no ray is needed."""
    low, high = outer_box(scene, row)
    if not (np.isfinite(low).all() and np.isfinite(high).all()):
        return False
    away = (low + high) / 2 - view.world_from_camera.translation_m
    far, reach = float(np.linalg.norm(away)), float(np.linalg.norm(high - low)) / 2
    if far <= reach:  # it may be around the camera
        return False
    off_axis = math.acos(min(1.0, max(-1.0, float(away @ view.world_from_camera.rotation[:, 2]) / far)))
    return off_axis - math.asin(reach / far) > _widest_rad(camera_of(view)) + 1e-9


@lru_cache(64)
def _widest_rad(camera: Camera) -> float:
    """How far off the axis the pixels of a picture look at most."""
    _, directions = pixel_rays(camera)
    return math.acos(max(-1.0, float(directions[2].min(initial=1.0))))


def way_in_px(scene: Scene, view: View, row: int) -> float:
    """How many pixels a thing outside of the picture is from its border; infinite where it is behind.

    0 for a thing within that fills no pixel.
    """
    camera, (low, high) = camera_of(view), outer_box(scene, row)
    if not (np.isfinite(low).all() and np.isfinite(high).all()):
        return 0.0
    points = low + CORNERS * (high - low)
    first, second = points[[a for a, _ in EDGES]], points[[b for _, b in EDGES]]
    along = (first[:, None] + (second - first)[:, None] * ALONG[:, None]).reshape(-1, 3)
    pose = view.world_from_camera
    pixels, _ = project(camera, (along - pose.translation_m) @ pose.rotation)
    pixels = pixels[~np.isnan(pixels).any(axis=1)]
    beyond = np.maximum(-pixels, pixels - [camera.width_px, camera.height_px]).clip(min=0.0)
    return float(np.linalg.norm(beyond, axis=1).min(initial=math.inf))


def _ends(most: Int[np.ndarray, " pixel"], least: Int[np.ndarray, " sure"]) -> tuple[Interval, Interval]:
    """Where the first and the last edge of the pixels lie, along one side of the picture."""
    return (
        Interval(float(most.min()), float(least.min())),
        Interval(float(least.max() + 1), float(most.max() + 1)),
    )


def _around(camera: Panorama, column: Interval, row: Interval) -> tuple[Interval, Interval]:
    """A column and a row of a panorama as angles: to the left of straight ahead, and above the level."""
    left, right = ((0.5 - each / camera.width_px) * TURN for each in (column.low, column.high))
    top, bottom = ((0.5 - each / camera.height_px) * math.pi for each in (row.low, row.high))
    return Interval(right, left), Interval(bottom, top)


def _point(camera: Camera, pixels: Float[np.ndarray, "n 2"], spare: Float[np.ndarray, "2"]) -> Point:
    low, high = pixels.min(axis=0) - spare, pixels.max(axis=0) + spare
    x, y = (Interval(float(a), float(b)) for a, b in zip(low, high, strict=True))
    return Point(*_around(camera, x, y), "rad") if isinstance(camera, Panorama) else Point(x, y)


def _of_corners(
    camera: Camera, pixels: Float[np.ndarray, "8 2"], shown: Bool[np.ndarray, "8"]
) -> Point | Nowhere | None:
    """Of a lens that keeps straight lines straight: the point is among the images of the corners."""
    if shown.all():
        return _point(camera, pixels, np.zeros(2))
    behind = np.isnan(pixels).any(axis=1)
    if behind.all():
        return NOWHERE
    size = np.array([camera.width_px, camera.height_px])
    aside = (pixels < 0).all(axis=0) | (pixels >= size).all(axis=0)
    return NOWHERE if not behind.any() and aside.any() else None


def _around_camera(view: View, box: Box3) -> Point | None:
    """Of a panorama: where the box lies; None where that may be on either side of the seam."""
    pose, offset = view.world_from_camera, list[Interval]()
    for column in range(3):
        along = Interval(0.0, 0.0)
        for row in range(3):
            here = box[row] - Interval.of(float(pose.translation_m[row]))
            along = along + here * Interval.of(float(pose.rotation[row, column]))
        offset.append(along)
    right, down, ahead = offset
    left, up = directions(ahead, -right), directions(norm((right, ahead)), -down)
    if abs(left.middle_rad) + left.half_rad > math.pi:
        return None
    x, y = (Interval(each.middle_rad - each.half_rad, each.middle_rad + each.half_rad) for each in (left, up))
    return Point(x, y, "rad")


def _grown(mask: Bool[np.ndarray, "height width"]) -> Bool[np.ndarray, "height width"]:
    """A mask and the pixels beside it."""
    wide = np.pad(mask, 1)
    grown: Bool[np.ndarray, "height width"] = (
        mask | wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:]
    )
    return grown
