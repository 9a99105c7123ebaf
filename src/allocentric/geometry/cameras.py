"""Cameras: from points to pixels and back, rays, depth and range.

Axes: x right, y down, z along the view. Pixel coordinates run right and down from the top left corner of the
picture: the middle of the first pixel is at (0.5, 0.5), and a point is in column floor(x), row floor(y).
Formats that count otherwise are converted where they are read: `camera_formats` adds OpenCV's half pixel.
"""

import math
from dataclasses import replace
from typing import TypeVar

import numpy as np
from jaxtyping import Bool, Float

from allocentric.geometry.fisheye import Fisheye, project_fisheye, unproject_fisheye
from allocentric.geometry.panorama import Panorama, project_panorama, unproject_panorama
from allocentric.geometry.pinhole import Pinhole, project_pinhole, unproject_pinhole

__all__ = [
    "Camera",
    "Fisheye",
    "Panorama",
    "Pinhole",
    "cropped",
    "depth_from_range",
    "field_of_view_rad",
    "from_depth",
    "from_range",
    "pixel_centres",
    "project",
    "range_from_depth",
    "rays",
    "reach_rad",
    "scaled",
    "unproject",
]

Camera = Pinhole | Fisheye | Panorama
AnyCamera = TypeVar("AnyCamera", bound=Camera)
Lens = TypeVar("Lens", bound=Pinhole | Fisheye)


def project(
    camera: Camera, points_m: Float[np.ndarray, "*n 3"]
) -> tuple[Float[np.ndarray, "*n 2"], Bool[np.ndarray, "*n"]]:
    """The pixel of each point of the camera's frame, and whether it lies in the picture.

    The pixel may be outside of the picture; it is NaN where the point has no image at all: behind a
    pinhole camera, beyond the reach of a lens, at the camera itself. Nothing is hidden by anything here.

    >>> camera = Pinhole(640, 480, fx_px=100, fy_px=100, cx_px=320, cy_px=240)
    >>> pixels, visible = project(camera, np.array([[1.0, 0, 1], [0, 0, -1]]))
    >>> pixels[0], visible
    (array([420., 240.]), array([ True, False]))
    """
    rows = np.asarray(points_m, dtype=np.float64).reshape(-1, 3)
    match camera:
        case Pinhole():
            pixels = project_pinhole(camera, rows)
        case Fisheye():
            pixels = project_fisheye(camera, rows)
        case Panorama():
            pixels = project_panorama(camera, rows)
    x, y = pixels[:, 0], pixels[:, 1]
    visible = (x >= 0) & (x < camera.width_px) & (y >= 0) & (y < camera.height_px)
    shape = points_m.shape[:-1]
    return pixels.reshape(*shape, 2), visible.reshape(shape)


def unproject(camera: Camera, pixels: Float[np.ndarray, "*n 2"]) -> Float[np.ndarray, "*n 3"]:
    """The unit direction that each pixel looks along, in the camera's frame.

    NaN where no direction falls on the pixel: beyond the reach of a lens, above or below a panorama.

    >>> unproject(Panorama(400, 200), np.array([300.0, 100.0])).round(12)
    array([1., 0., 0.])
    """
    rows = np.asarray(pixels, dtype=np.float64).reshape(-1, 2)
    match camera:
        case Pinhole():
            directions = unproject_pinhole(camera, rows)
        case Fisheye():
            directions = unproject_fisheye(camera, rows)
        case Panorama():
            directions = unproject_panorama(camera, rows)
    return directions.reshape(*pixels.shape[:-1], 3)


def pixel_centres(camera: Camera) -> Float[np.ndarray, "height width 2"]:
    """The middle of each pixel, x then y."""
    columns, rows = np.arange(camera.width_px) + 0.5, np.arange(camera.height_px) + 0.5
    return np.stack(np.meshgrid(columns, rows), axis=-1)


def rays(camera: Camera) -> Float[np.ndarray, "height width 3"]:
    """The unit direction through the middle of each pixel; NaN where the lens shows nothing."""
    return unproject(camera, pixel_centres(camera))


def from_depth(
    camera: Camera, depth_m: Float[np.ndarray, "height width"]
) -> Float[np.ndarray, "height width 3"]:
    """The points seen at these depths along the camera's z axis, in its frame.

    NaN where a depth is not above 0 (nothing was measured) or the pixel does not look ahead.
    """
    return from_range(camera, range_from_depth(camera, depth_m))


def from_range(
    camera: Camera, range_m: Float[np.ndarray, "height width"]
) -> Float[np.ndarray, "height width 3"]:
    """The points seen at these distances along their rays, in the camera's frame.

    NaN where a distance is not above 0 (nothing was measured) or the pixel shows nothing.
    """
    _check_image(camera, range_m)
    measured_m = np.where(range_m > 0, range_m, np.nan)
    points_m: Float[np.ndarray, "height width 3"] = rays(camera) * measured_m[..., None]
    return points_m


def depth_from_range(
    camera: Camera, range_m: Float[np.ndarray, "height width"]
) -> Float[np.ndarray, "height width"]:
    """Distances along the rays as distances along the z axis; NaN where the pixel does not look ahead."""
    _check_image(camera, range_m)
    depth_m: Float[np.ndarray, "height width"] = range_m * _ahead(camera)
    return depth_m


def range_from_depth(
    camera: Camera, depth_m: Float[np.ndarray, "height width"]
) -> Float[np.ndarray, "height width"]:
    """Distances along the z axis as distances along the rays; NaN where the pixel does not look ahead."""
    _check_image(camera, depth_m)
    range_m: Float[np.ndarray, "height width"] = depth_m / _ahead(camera)
    return range_m


def field_of_view_rad(camera: Camera) -> tuple[float, float]:
    """The angle from the left to the right border of the picture, and from its top to its bottom.

    Measured along the row and the column of the principal point; where the lens shows less than the
    picture, up to the lens's reach.

    >>> field_of_view_rad(Panorama(400, 200)) == (2 * math.pi, math.pi)
    True
    """
    if isinstance(camera, Panorama):
        return math.tau, math.pi
    width, height, cx, cy = camera.width_px, camera.height_px, camera.cx_px, camera.cy_px
    borders = np.array([[0.0, cy], [width, cy], [cx, 0.0], [cx, height]])
    directions = unproject(camera, borders)
    angles_rad = np.arctan2(directions[[0, 1, 2, 3], [0, 0, 1, 1]], directions[:, 2])
    limit_rad = np.array([-1, 1, -1, 1]) * reach_rad(camera)
    left, right, top, bottom = np.where(np.isnan(angles_rad), limit_rad, angles_rad).tolist()
    return right - left, bottom - top


def reach_rad(camera: Camera) -> float:
    """The angle off the z axis up to which the camera can show things at all."""
    match camera:
        case Pinhole():
            return math.pi / 2 if camera.distortion is None else math.atan(camera.distortion.reach)
        case Fisheye():
            return camera.reach_rad
        case Panorama():
            return math.pi


def scaled(camera: AnyCamera, factor: float) -> AnyCamera:
    """The camera of the same picture, `factor` times as wide and high, to the nearest whole pixels.

    >>> scaled(Pinhole(640, 480, 100, 100, 320, 240), 0.5)
    Pinhole(width_px=320, height_px=240, fx_px=50.0, fy_px=50.0, cx_px=160.0, cy_px=120.0, distortion=None)
    """
    width_px, height_px = round(camera.width_px * factor), round(camera.height_px * factor)
    across, down = width_px / camera.width_px, height_px / camera.height_px
    if isinstance(camera, Panorama):
        return replace(camera, width_px=width_px, height_px=height_px)
    return replace(
        camera,
        width_px=width_px,
        height_px=height_px,
        fx_px=camera.fx_px * across,
        fy_px=camera.fy_px * down,
        cx_px=camera.cx_px * across,
        cy_px=camera.cy_px * down,
    )


def cropped(camera: Lens, *, left_px: int, top_px: int, width_px: int, height_px: int) -> Lens:
    """The camera of a part of the picture, which may reach over its border."""
    cx_px, cy_px = camera.cx_px - left_px, camera.cy_px - top_px
    return replace(camera, width_px=width_px, height_px=height_px, cx_px=cx_px, cy_px=cy_px)


def _ahead(camera: Camera) -> Float[np.ndarray, "height width"]:
    """How far along the z axis each ray gets in one metre; NaN where it does not lead ahead."""
    z = rays(camera)[..., 2]
    return np.where(z > 0, z, np.nan)


def _check_image(camera: Camera, image: Float[np.ndarray, "height width"]) -> None:
    if image.shape != (camera.height_px, camera.width_px):
        found = " x ".join(map(str, image.shape[::-1]))
        raise ValueError(f"the image is {found}, the camera's picture {camera.width_px} x {camera.height_px}")
