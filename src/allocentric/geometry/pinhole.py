"""Pinhole cameras, with or without the distortion of a lens."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from allocentric.geometry.distortion import Distortion, distort, undistort
from allocentric.geometry.sensor import Sensor, check_sensor, to_pixels, to_plane


@dataclass(frozen=True, slots=True)
class Pinhole(Sensor):
    """A camera that sees straight lines as straight ones, but for the distortion of its lens.

    Axes: x right, y down, z along the view. Raises ValueError for numbers that make no camera.
    """

    distortion: Distortion | None = None

    def __post_init__(self) -> None:
        check_sensor(self)


def project_pinhole(camera: Pinhole, points_m: Float[np.ndarray, "n 3"]) -> Float[np.ndarray, "n 2"]:
    """The pixels of points; NaN behind the camera and beyond the reach of the distortion."""
    z = points_m[:, 2]
    ahead = np.where(z > 0, z, np.nan)
    with np.errstate(over="ignore", invalid="ignore"):
        x, y = points_m[:, 0] / ahead, points_m[:, 1] / ahead
        if camera.distortion is not None:
            x, y = distort(camera.distortion, x, y)
        return to_pixels(camera, x, y)


def unproject_pinhole(camera: Pinhole, pixels: Float[np.ndarray, "n 2"]) -> Float[np.ndarray, "n 3"]:
    """The unit directions of pixels; NaN where the lens can show nothing."""
    x, y = to_plane(camera, pixels)
    if camera.distortion is not None:
        x, y = undistort(camera.distortion, x, y)
    directions = np.stack([x, y, np.ones_like(x)], axis=1)
    directions /= np.sqrt(x * x + y * y + 1)[:, None]
    return directions
