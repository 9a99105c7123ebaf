"""The rectangle of pixels behind a lens, and where the axis meets it."""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

Numbers = Float[np.ndarray, " n"]


@dataclass(frozen=True, slots=True)
class Sensor:
    """What a pinhole camera and a fisheye share: the picture's size, focal lengths and principal point.

    Pixel coordinates run right and down from the top left corner of the picture: the middle of the first
    pixel is at (0.5, 0.5), as in COLMAP. OpenCV counts from the middle of that pixel: half a pixel less.
    """

    width_px: int
    height_px: int
    fx_px: float
    fy_px: float
    cx_px: float
    cy_px: float


def check_size(width_px: int, height_px: int) -> None:
    """Raise ValueError for a picture without pixels."""
    if width_px < 1 or height_px < 1:
        raise ValueError(f"a picture is at least one pixel wide and high, not {width_px} x {height_px}")


def check_sensor(sensor: Sensor) -> None:
    """Raise ValueError for a picture without pixels, or for focal lengths or a centre that can be none."""
    check_size(sensor.width_px, sensor.height_px)
    if not (0 < sensor.fx_px < math.inf and 0 < sensor.fy_px < math.inf):
        raise ValueError(f"focal lengths are above 0, not {sensor.fx_px} and {sensor.fy_px}")
    if not (math.isfinite(sensor.cx_px) and math.isfinite(sensor.cy_px)):
        raise ValueError(f"a principal point is two finite numbers, not {sensor.cx_px} and {sensor.cy_px}")


def to_pixels(sensor: Sensor, x: Numbers, y: Numbers) -> Float[np.ndarray, "n 2"]:
    """The pixels of points of the lens's image plane, whose unit is the focal length."""
    pixels = np.empty((len(x), 2))
    np.multiply(x, sensor.fx_px, out=pixels[:, 0])
    np.multiply(y, sensor.fy_px, out=pixels[:, 1])
    pixels += (sensor.cx_px, sensor.cy_px)
    return pixels


def to_plane(sensor: Sensor, pixels: Float[np.ndarray, "n 2"]) -> tuple[Numbers, Numbers]:
    """The points of the lens's image plane at these pixels, their x and their y."""
    x = (pixels[:, 0] - sensor.cx_px) / sensor.fx_px
    y = (pixels[:, 1] - sensor.cy_px) / sensor.fy_px
    return x, y
