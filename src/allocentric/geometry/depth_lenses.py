"""What depth pictures of all cameras share: a number that is affine along a plane, pixel to pixel.

Behind a pinhole that is 1/z, exactly. A fisheye and a panorama measure range: 1/range is linear in the
direction, and so affine from a pixel to the next but for the square of a pixel's angle, which is told as any
other bend of the surface is.
"""

from __future__ import annotations

import functools

import numpy as np
from jaxtyping import Float, Float32

from allocentric.geometry.cameras import Camera, project, rays
from allocentric.geometry.panorama import Panorama
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose

Numbers = Float32[np.ndarray, "*n"]


def rimmed(
    image: Float32[np.ndarray, "height width"], camera: Camera
) -> Float32[np.ndarray, "rimmed_height rimmed_width"]:
    """The image with a rim of one pixel: NaN, and for a panorama what comes next beyond its borders."""
    around: Float32[np.ndarray, "rimmed_height rimmed_width"] = np.pad(image, 1, constant_values=np.nan)
    if isinstance(camera, Panorama):
        around[:, 0], around[:, -1] = around[:, -2], around[:, 1]
        if camera.width_px % 2 == 0:  # beyond a pole one comes down on the other side
            over = np.roll(image, camera.width_px // 2, axis=1)
            for rim, row in ((0, 0), (-1, -1)):
                around[rim, 1:-1] = over[row]
                around[rim, 0], around[rim, -1] = over[row, -1], over[row, 0]
    return around


@functools.lru_cache(8)
def pixel_widths(camera: Camera) -> Float32[np.ndarray, "#height #width"]:
    """How wide a pixel is on a surface square to its ray, by the depth or range there; one for a pinhole."""
    if isinstance(camera, Pinhole):
        widths = np.full((1, 1), 1 / min(camera.fx_px, camera.fy_px), dtype=np.float32)
    else:
        directions = rays(camera)
        widths = np.zeros(directions.shape[:2], dtype=np.float32)
        for axis in (0, 1):
            apart = np.linalg.norm(np.diff(directions, axis=axis), axis=2).astype(np.float32)
            if apart.shape[axis]:
                pad = [(0, 0), (0, 0)]
                pad[axis] = (0, 1)
                np.fmax(widths, np.pad(apart, pad, mode="edge"), out=widths)
    widths.flags.writeable = False
    return widths


def projected(
    points_m: Float[np.ndarray, "point 3"], camera: Camera, camera_from_world: Pose
) -> tuple[Numbers, Numbers, Numbers]:
    """Where points of the world fall in the picture, u and v, and 1/z, of other cameras 1/range.

    That is not above 0 where they do not fall in.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if isinstance(camera, Pinhole) and camera.distortion is None:
            return _through_a_hole(points_m, camera, camera_from_world)
        moved = camera_from_world.apply(points_m)
        pixels, shown = project(camera, moved)
        u, v = pixels.T.astype(np.float32)
        far = moved[:, 2] if isinstance(camera, Pinhole) else np.linalg.norm(moved, axis=1)
        # In single precision a point just inside of the last column or row is not rounded out of it.
        for numbers, size in ((u, camera.width_px), (v, camera.height_px)):
            np.fmin(numbers, np.nextafter(np.float32(size), np.float32(0)), out=numbers, where=shown)
        return u, v, np.where(shown, 1 / far, np.nan).astype(np.float32)


def _through_a_hole(
    points_m: Float[np.ndarray, "point 3"], camera: Pinhole, camera_from_world: Pose
) -> tuple[Numbers, Numbers, Numbers]:
    lens = np.array([[camera.fx_px, 0, camera.cx_px], [0, camera.fy_px, camera.cy_px], [0, 0, 1]])
    turn, shift = lens @ camera_from_world.rotation, lens @ camera_from_world.translation_m
    u, v, depth = (turn @ points_m.T + shift[:, None]).astype(np.float32)
    inverse = np.reciprocal(depth)
    u *= inverse
    v *= inverse
    return u, v, inverse
