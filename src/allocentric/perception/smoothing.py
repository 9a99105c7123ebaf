"""Depth smoothed by planes, within what is one thing: less noise, no step blurred, a normal each pixel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.geometry.depth_visibility import DepthNoise
from allocentric.perception.frames import Frame

RADII_PX: Final = (4, 2, 1)  # of the windows that planes are fitted in, the widest that fits is taken
FEWEST: Final = 6  # pixels of a plane
ROUNDED: Final = 1 / math.sqrt(12)  # the standard deviation of rounding, in steps
FITS: Final = 1.1  # of the noise, that may be left over a plane, and three of its own deviations more

Image = Float[np.ndarray, "height width"]
Flags = Bool[np.ndarray, "height width"]


@dataclass(frozen=True, eq=False, slots=True)
class Smooth:
    """Depth in metres, its standard deviation along z, and unit normals in the camera's frame, to the camera.

    Normals are NaN where no plane fits; all are NaN where no depth was measured, or nothing is numbered.
    """

    depth_m: Image
    sigma_m: Image
    normals: Float[np.ndarray, "height width 3"]


def smoothed(frame: Frame, numbers: Int[np.ndarray, "height width"], *, noise: DepthNoise) -> Smooth:
    """The depth of a frame smoothed within the pixels of each number above 0, apart from one another.

    On a plane 1/z is affine in the pixels: the widest window in which that holds, as far as the noise can
    tell, gives the pixel its depth. A window at a rim has pixels on one side only; the plane is carried on.
    """
    shape = frame.depth_m.shape
    depth_m, sigma_m = np.full(shape, np.nan), np.full(shape, np.nan)
    normals = np.full((*shape, 3), np.nan)
    for number in np.unique(numbers[numbers > 0]).tolist():
        whole = numbers == number
        rows, columns = np.flatnonzero(whole.any(axis=1)), np.flatnonzero(whole.any(axis=0))
        window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        part = whole[window] & (frame.depth_m[window] > 0)
        if not part.any():
            continue
        own = frame.depth_m[window].astype(float)
        corner = float(columns[0]), float(rows[0])
        found = _smoothed(frame, np.where(part, own, 1.0), part, corner=corner, noise=noise)
        depth_m[window][part], sigma_m[window][part] = found.depth_m[part], found.sigma_m[part]
        normals[window][part] = found.normals[part]
    return Smooth(depth_m, sigma_m, normals)


def _smoothed(
    frame: Frame, depth_m: Image, part: Flags, *, corner: tuple[float, float], noise: DepthNoise
) -> Smooth:
    """Of a window of the frame whose top left pixel is `corner`, the marked pixels."""
    sigma_m = np.hypot(noise.sigma_m(depth_m), ROUNDED * max(noise.quantum_m, frame.quantum_m)) + 1e-6
    inverse, noisy = 1 / depth_m, sigma_m / depth_m**2
    best, spread = inverse.copy(), noisy.copy()
    slopes = np.full((*depth_m.shape, 2), np.nan)
    left = part.copy()
    for radius in RADII_PX:
        plane = _planes(inverse, part, radius)
        loose = FITS + 3 / np.sqrt(2 * np.maximum(plane.count, 1))
        fits = (
            left & (plane.count >= FEWEST) & (plane.residual <= loose * noisy) & np.isfinite(plane.leverage)
        )
        fits &= plane.leverage < 1
        best[fits], slopes[fits] = plane.value[fits], plane.slopes[fits]
        spread[fits] = (np.sqrt(plane.leverage) * noisy)[fits]
        left &= ~fits
    good = best > 0
    depth = np.where(good, 1 / np.where(good, best, 1), depth_m)
    sigma = np.hypot(np.where(good, spread * depth**2, sigma_m), noise.shared_m)
    return Smooth(depth, sigma, _normals(frame, best, slopes, corner=corner))


@dataclass(frozen=True, eq=False, slots=True)
class _Planes:
    """Fitted about each pixel: how many pixels, the value and the slopes (right, down), what is left over.

    `leverage` is the variance of the value, in those of one pixel.
    """

    count: Image
    value: Image
    slopes: Float[np.ndarray, "height width 2"]
    residual: Image
    leverage: Image


def _planes(values: Image, part: Flags, radius: int) -> _Planes:
    """Least-squares planes through the marked pixels of the square window about each."""
    down, right = np.indices(values.shape, dtype=float)
    right -= right.mean()
    down -= down.mean()
    shift = values[part].mean()
    own = np.where(part, values - shift, 0.0)
    u, v = np.where(part, right, 0.0), np.where(part, down, 0.0)
    count = np.maximum(_sums(part.astype(float), radius), 1)
    mean_u, mean_v, mean = (_sums(each, radius) / count for each in (u, v, own))
    uu, uv, vv = (_sums(a * b, radius) / count for a, b in ((u, u), (u, v), (v, v)))
    uw, vw, ww = (_sums(a * own, radius) / count for a in (u, v, own))
    uu, uv, vv = uu - mean_u**2, uv - mean_u * mean_v, vv - mean_v**2
    uw, vw, ww = uw - mean_u * mean, vw - mean_v * mean, ww - mean**2
    spread = uu * vv - uv**2
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(spread > 1e-3, spread, np.nan)
        by_u, by_v = (uw * vv - vw * uv) / spread, (vw * uu - uw * uv) / spread
        off_u, off_v = right - mean_u, down - mean_v
        value = mean + by_u * off_u + by_v * off_v + shift
        left_over = np.maximum(ww - by_u * uw - by_v * vw, 0) * count / np.maximum(count - 3, 1)
        leverage = (1 + (off_u**2 * vv - 2 * off_u * off_v * uv + off_v**2 * uu) / spread) / count
    return _Planes(count, value, np.stack([by_u, by_v], axis=-1), np.sqrt(left_over), leverage)


def _sums(values: Image, radius: int) -> Image:
    """The sum over the square window about each pixel."""
    for axis in range(2):
        before = [(0, 0), (0, 0)]
        before[axis] = (radius + 1, radius)
        running = np.pad(values, before).cumsum(axis=axis)
        size = values.shape[axis]
        high = np.take(running, np.arange(2 * radius + 1, 2 * radius + 1 + size), axis=axis)
        values = high - np.take(running, np.arange(size), axis=axis)
    return values


def _normals(
    frame: Frame, inverse: Image, slopes: Float[np.ndarray, "height width 2"], *, corner: tuple[float, float]
) -> Float[np.ndarray, "height width 3"]:
    """Normals of the planes of inverse depth: what lies on 1/z = a u + b v + c."""
    camera = frame.camera
    by_u, by_v = slopes[..., 0], slopes[..., 1]
    down, right = np.indices(inverse.shape, dtype=float)
    level = inverse - by_u * (right + corner[0] + 0.5) - by_v * (down + corner[1] + 0.5)
    away = np.stack(
        [by_u * camera.fx_px, by_v * camera.fy_px, by_u * camera.cx_px + by_v * camera.cy_px + level], axis=-1
    )
    made: Float[np.ndarray, "height width 3"] = -away / np.linalg.norm(away, axis=-1, keepdims=True)
    return made
