"""Panoramas: all directions in one picture, columns by longitude and rows by latitude."""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from allocentric.geometry.sensor import check_size


@dataclass(frozen=True, slots=True)
class Panorama:
    """An equirectangular picture: z in the middle, x at three quarters of the width, -y along the top row.

    The seam, straight back, is both the left and the right border; up and down are whole rows.
    Pixel coordinates run right and down from the top left corner. Raises ValueError for no pixels at all.
    """

    width_px: int
    height_px: int

    def __post_init__(self) -> None:
        check_size(self.width_px, self.height_px)


def project_panorama(camera: Panorama, points_m: Float[np.ndarray, "n 3"]) -> Float[np.ndarray, "n 2"]:
    """The pixels of points, columns in [0, width), rows in [0, height); NaN at the camera itself.

    Straight back is column 0, and what is straight up or down is in the middle column.
    """
    x, y, z = points_m[:, 0], points_m[:, 1], points_m[:, 2]
    level = np.sqrt(x * x + z * z)
    column = camera.width_px * (0.5 + np.arctan2(x, z) / math.tau)
    column = np.where(column < camera.width_px, column, column - camera.width_px)
    row = camera.height_px * (0.5 + np.arctan2(y, level) / math.pi)
    row = np.minimum(row, np.nextafter(camera.height_px, 0))  # straight down is in the last row
    here = (level == 0) & (y == 0)
    pixels = np.stack([column, row], axis=1)
    pixels[here] = np.nan
    return pixels


def unproject_panorama(camera: Panorama, pixels: Float[np.ndarray, "n 2"]) -> Float[np.ndarray, "n 3"]:
    """The unit directions of pixels, columns counted on beyond the seam; NaN above and below the picture."""
    longitude_rad = (pixels[:, 0] / camera.width_px - 0.5) * math.tau
    share = pixels[:, 1] / camera.height_px
    latitude_rad = np.where((share >= 0) & (share <= 1), (share - 0.5) * math.pi, np.nan)
    level = np.cos(latitude_rad)
    x, z = level * np.sin(longitude_rad), level * np.cos(longitude_rad)
    return np.stack([x, np.sin(latitude_rad), z], axis=1)
