"""Fisheye cameras: the distance from the middle of the picture grows with the angle from the axis."""

import math
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float
from numpy.polynomial import Polynomial

from allocentric.geometry.distortion import Distortion, check_coefficients, distort, first_fall, undistort
from allocentric.geometry.increasing import inverse
from allocentric.geometry.sensor import Sensor, check_sensor, to_pixels, to_plane

Numbers = Float[np.ndarray, " n"]


@dataclass(frozen=True, slots=True)
class Fisheye(Sensor):
    """A camera whose lens puts what is `a` off the axis at the radius a + k1 a³ + k2 a⁵ + ...

    `radial` is (k1, k2, ...): none is the equidistant lens, four are Kannala and Brandt's, as in OpenCV.
    Aria's FISHEYE624 has six, and bends the outcome (x, y), whose squared radius is t, by `tangential` (q, r)
    and `thin_prism` (s1, ..., s4): x grows by 2 x (q x + r y) + t (q + s1 + s2 t), y by
    2 y (q x + r y) + t (r + s3 + s4 t). `tangential` stands in Aria's order: OpenCV's p2, then its p1.

    `reach_rad` is the angle off the axis, at most pi, up to which the lens keeps directions apart and in
    order; beyond it the picture shows nothing. Axes: x right, y down, z along the view.
    Raises ValueError for numbers that make no camera.

    >>> Fisheye(640, 480, 200.0, 200.0, 320.0, 240.0).reach_rad  # all but the direction straight back
    3.141592653589793
    """

    radial: tuple[float, ...] = ()
    tangential: tuple[float, float] = (0.0, 0.0)
    thin_prism: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    reach_rad: float = field(init=False, repr=False, compare=False)
    aside: Distortion | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_sensor(self)
        check_coefficients((*self.radial, *self.tangential, *self.thin_prism))
        p2, p1 = self.tangential
        s1, s2, s3, s4 = self.thin_prism
        aside = Distortion(p1=p1, p2=p2, s1=s1, s2=s2, s3=s3, s4=s4)
        object.__setattr__(self, "aside", None if aside.radial else aside)
        object.__setattr__(self, "reach_rad", _reach_rad(self))


def project_fisheye(camera: Fisheye, points_m: Float[np.ndarray, "n 3"]) -> Float[np.ndarray, "n 2"]:
    """The pixels of points; NaN at the camera itself and beyond its reach."""
    x, y, z = points_m[:, 0], points_m[:, 1], points_m[:, 2]
    across = np.sqrt(x * x + y * y)
    angle_rad = np.arctan2(across, z)
    shown = (angle_rad < camera.reach_rad) & ((across > 0) | (z > 0))
    radius = np.where(shown, _profile(camera, angle_rad)[0], np.nan)
    scale = np.divide(radius, across, out=radius, where=across > 0)
    x, y = x * scale, y * scale
    if camera.aside is not None:
        x, y = distort(camera.aside, x, y)
    return to_pixels(camera, x, y)


def unproject_fisheye(camera: Fisheye, pixels: Float[np.ndarray, "n 2"]) -> Float[np.ndarray, "n 3"]:
    """The unit directions of pixels; NaN where the lens can show nothing."""
    x, y = to_plane(camera, pixels)
    if camera.aside is not None:
        x, y = undistort(camera.aside, x, y)
    radius = np.sqrt(x * x + y * y)
    angle_rad = inverse(lambda a: _profile(camera, a), radius, camera.reach_rad)
    scale = np.divide(np.sin(angle_rad), radius, out=np.ones_like(radius), where=radius > 0)
    return np.stack([x * scale, y * scale, np.cos(angle_rad)], axis=1)


def _profile(camera: Fisheye, angle_rad: Numbers) -> tuple[Numbers, Numbers]:
    """The radius at which the lens puts an angle off the axis, before it is bent aside; and its slope."""
    squared, grown, slope = angle_rad * angle_rad, 0.0, 0.0
    for power in range(len(camera.radial), 0, -1):
        grown = squared * (camera.radial[power - 1] + grown)
        slope = squared * ((2 * power + 1) * camera.radial[power - 1] + slope)
    return angle_rad * (1 + grown), np.ones_like(angle_rad) + slope


def _reach_rad(camera: Fisheye) -> float:
    slope = np.zeros(2 * len(camera.radial) + 1)
    slope[0] = 1.0
    slope[2::2] = [(2 * row + 3) * each for row, each in enumerate(camera.radial)]
    reach_rad = min(first_fall([Polynomial(slope)]), math.pi)
    if camera.aside is not None:  # which has a reach of its own, on the plane
        bent = inverse(lambda a: _profile(camera, a), np.array([camera.aside.reach]), reach_rad)[0]
        reach_rad = reach_rad if np.isnan(bent) else float(bent)
    return reach_rad
