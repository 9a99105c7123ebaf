"""Cameras as COLMAP, OpenCV and Aria write them: the order of their numbers, and where they count from.

COLMAP has the middle of the first pixel at (0.5, 0.5), as we do; OpenCV and Aria have it at (0, 0), so that
the numbers of their principal points are smaller by half a pixel.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole
from allocentric.geometry.distortion import Distortion

HALF_A_PIXEL: Final = 0.5  # from the middle of the first pixel to the corner of the picture
Numbers = Sequence[float]


def from_colmap(model: str, numbers: Numbers, *, size_px: tuple[int, int], where: str) -> Pinhole | Fisheye:
    """The camera of a line of COLMAP's cameras.txt: `MODEL`, `PARAMS[]`, width and height.

    `where` names the file and line in errors: UnknownName for a model that is none of `COLMAP_MODELS`,
    BadInput for another count of numbers, or numbers that make no camera.

    >>> from_colmap("SIMPLE_PINHOLE", [500.0, 320.0, 240.0], size_px=(640, 480), where="cameras.txt")
    Pinhole(width_px=640, height_px=480, fx_px=500.0, fy_px=500.0, cx_px=320.0, cy_px=240.0, distortion=None)
    """
    if model not in COLMAP_MODELS:
        raise UnknownName("camera model of COLMAP's", model, list(COLMAP_MODELS), where=where)
    focals, coefficients, make = COLMAP_MODELS[model]
    count = focals + 2 + coefficients
    if len(numbers) != count:
        what = f"{model} has {count} numbers, not {len(numbers)}"
        raise BadInput(what, where=where, mend="write the numbers that COLMAP's documentation names")
    focal, centre, rest = numbers[:focals], numbers[focals : focals + 2], numbers[focals + 2 :]
    sensor = (*size_px, focal[0], focal[-1], centre[0], centre[1])
    try:
        return make(sensor, rest)
    except ValueError as error:
        raise BadInput(str(error), where=where, mend="mend that number") from None


def to_colmap(camera: Camera, *, where: str) -> tuple[str, tuple[float, ...]]:
    """COLMAP's name for the camera's model, and its numbers; raises BadInput where it has no such model."""
    if isinstance(camera, Panorama):
        raise BadInput("COLMAP has no panoramas", where=where, mend="cut the panorama into pinhole pictures")
    sensor = (camera.fx_px, camera.fy_px, camera.cx_px, camera.cy_px)
    if isinstance(camera, Fisheye):
        return _fisheye_to_colmap(camera, sensor, where)
    lens = camera.distortion
    if lens is None:
        return "PINHOLE", sensor
    *plain, s1, s2, s3, s4 = lens.coefficients
    if any((s1, s2, s3, s4)):
        what = "COLMAP has no pinhole camera with a thin prism"
        raise BadInput(what, where=where, mend="write the pictures undistorted")
    return ("FULL_OPENCV", (*sensor, *plain)) if any(plain[4:]) else ("OPENCV", (*sensor, *plain[:4]))


def _fisheye_to_colmap(camera: Fisheye, sensor: Numbers, where: str) -> tuple[str, tuple[float, ...]]:
    radial = (*camera.radial, *[0.0] * (6 - len(camera.radial)))
    if any(radial[6:]):
        what = f"COLMAP's fisheye has six radial numbers, not {len(radial)}"
        raise BadInput(what, where=where, mend="write the pictures undistorted")
    if camera.aside is None and not any(radial[4:]):
        return "OPENCV_FISHEYE", (*sensor, *radial[:4])
    return "RAD_TAN_THIN_PRISM_FISHEYE", (*sensor, *radial[:6], *camera.tangential, *camera.thin_prism)


def from_opencv(
    matrix: Float[np.ndarray, "3 3"], coefficients: Numbers = (), *, size_px: tuple[int, int]
) -> Pinhole:
    """The camera of OpenCV's camera matrix and its distortion coefficients: none, 4, 5, 8, 12 or 14.

    Raises ValueError for a skewed matrix, a tilted sensor (the last two of 14), or another count.

    >>> from_opencv(np.array([[500.0, 0, 319.5], [0, 500, 239.5], [0, 0, 1]]), size_px=(640, 480)).cx_px
    320.0
    """
    if len(coefficients) not in (0, 4, 5, 8, 12, 14):
        raise ValueError(f"OpenCV has 4, 5, 8, 12 or 14 distortion coefficients, not {len(coefficients)}")
    if any(coefficients[12:]):
        raise ValueError("the distortion is of a tilted sensor, which is not read")
    kept = tuple(map(float, coefficients[:12]))
    return Pinhole(*_sensor(matrix, size_px), Distortion(*kept) if any(kept) else None)


def from_opencv_fisheye(
    matrix: Float[np.ndarray, "3 3"], coefficients: Numbers, *, size_px: tuple[int, int]
) -> Fisheye:
    """The camera of OpenCV's camera matrix and the four coefficients of its fisheye module.

    Raises ValueError for a skewed matrix or another count.
    """
    if len(coefficients) != 4:
        raise ValueError(f"OpenCV's fisheye has 4 coefficients, not {len(coefficients)}")
    return Fisheye(*_sensor(matrix, size_px), tuple(map(float, coefficients)))


def from_aria(numbers: Numbers, *, size_px: tuple[int, int]) -> Fisheye:
    """The camera of Aria's FisheyeRadTanThinPrism: focal length, principal point, k0 to k5, p0, p1, s0 to s3.

    Raises ValueError for another count.
    """
    if len(numbers) != 15:
        raise ValueError(f"Aria's fisheye has 15 numbers, not {len(numbers)}")
    f, cx, cy, *rest = map(float, numbers)
    sensor = (*size_px, f, f, cx + HALF_A_PIXEL, cy + HALF_A_PIXEL)
    return _fisheye624(sensor, rest)


Sensor6 = tuple[int, int, float, float, float, float]


def _sensor(matrix: Float[np.ndarray, "3 3"], size_px: tuple[int, int]) -> Sensor6:
    (fx, skew, cx), (zero, fy, cy), last = np.asarray(matrix, dtype=float).tolist()
    if skew or zero or last != [0, 0, 1]:
        raise ValueError(f"a camera matrix is fx 0 cx, 0 fy cy, 0 0 1, not {np.asarray(matrix).tolist()}")
    return (*size_px, fx, fy, cx + HALF_A_PIXEL, cy + HALF_A_PIXEL)


def _pinhole(sensor: Sensor6, rest: Numbers) -> Pinhole:
    return Pinhole(*sensor, Distortion(*rest) if any(rest) else None)


def _radial_fisheye(sensor: Sensor6, rest: Numbers) -> Fisheye:
    return Fisheye(*sensor, tuple(rest))


def _fisheye624(sensor: Sensor6, rest: Numbers) -> Fisheye:
    k1, k2, k3, k4, k5, k6, q, r, s1, s2, s3, s4 = rest
    return Fisheye(*sensor, (k1, k2, k3, k4, k5, k6), (q, r), (s1, s2, s3, s4))


COLMAP_MODELS: Final[dict[str, tuple[int, int, Callable[[Sensor6, Numbers], Pinhole | Fisheye]]]] = {
    "SIMPLE_PINHOLE": (1, 0, _pinhole),
    "PINHOLE": (2, 0, _pinhole),
    "SIMPLE_RADIAL": (1, 1, _pinhole),
    "RADIAL": (1, 2, _pinhole),
    "OPENCV": (2, 4, _pinhole),
    "FULL_OPENCV": (2, 8, _pinhole),
    "SIMPLE_RADIAL_FISHEYE": (1, 1, _radial_fisheye),
    "RADIAL_FISHEYE": (1, 2, _radial_fisheye),
    "OPENCV_FISHEYE": (2, 4, _radial_fisheye),
    "RAD_TAN_THIN_PRISM_FISHEYE": (2, 12, _fisheye624),
}
"""COLMAP's models that we read: how many focal lengths, how many coefficients, and what they make."""
