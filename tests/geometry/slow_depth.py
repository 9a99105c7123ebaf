"""Whether a depth picture sees a point, one point and one pixel at a time, straight from the definition."""

import math

import numpy as np

from allocentric.geometry.depth_visibility import (
    OF_BEND,
    OF_FITTED,
    OF_FITTED_BEND,
    OF_OWN,
    SIGMAS,
    STEEP,
    DepthNoise,
)
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose

AXES = ((0, 1), (1, 0), (1, 1), (1, -1))


def slow_verdict(
    point_m: np.ndarray, depth_m: np.ndarray, camera: Pinhole, world_from_camera: Pose, *, noise: DepthNoise
) -> tuple[str, float]:
    """The verdict, and how far the point lies from the closest threshold, as a share of its inverse depth."""
    x, y, z = world_from_camera.inverse().apply(point_m)
    if z <= 0:
        return "outside", math.inf
    u, v = camera.fx_px * x / z + camera.cx_px, camera.fy_px * y / z + camera.cy_px
    border = min(abs(u - round(u)), abs(v - round(v)))
    if not (0 <= u < camera.width_px and 0 <= v < camera.height_px):
        return "outside", border
    row, column = int(v), int(u)
    off_px = (u - column - 0.5, v - row - 0.5)
    seen, hidden = slow_thresholds(depth_m, row, column, off_px=off_px, camera=camera, noise=noise)
    verdict = "visible" if 1 / z >= seen else "hidden" if 1 / z < hidden else "undecided"
    return verdict, min(border, abs(seen * z - 1), abs(hidden * z - 1))


def slow_thresholds(
    depth_m: np.ndarray,
    row: int,
    column: int,
    *,
    off_px: tuple[float, float],
    camera: Pinhole,
    noise: DepthNoise,
) -> tuple[float, float]:
    """Seen from this inverse depth up; hidden below that one."""

    def inverse(r: int, c: int) -> float:
        inside = 0 <= r < camera.height_px and 0 <= c < camera.width_px
        return float(1 / depth_m[r, c]) if inside and depth_m[r, c] > 0 else math.nan

    def errors(at: float) -> tuple[float, float, float]:
        own_m, shared_m = float(noise.sigma_m(np.array([1 / at]))[0]), noise.shared_m
        return SIGMAS * own_m * at * at, SIGMAS * shared_m * at * at, noise.quantum_m * at * at

    own = inverse(row, column)
    about = np.array([[inverse(row + r, column + c) for c in (-1, 0, 1)] for r in (-1, 0, 1)])
    slopes, bends = [], [0.0]
    for down, right in AXES:
        onward, back = about[1 + down, 1 + right] - own, own - about[1 - down, 1 - right]
        onward, back = (back if math.isnan(onward) else onward), (onward if math.isnan(back) else back)
        slopes.append((onward + back) / 2)
        bends += [] if math.isnan(onward) else [abs(onward - back)]
    if math.isnan(slopes[0] + slopes[1]):
        return math.inf, -math.inf
    own_error, shared, step = errors(own)
    bend = max(0, max(bends) - OF_BEND * own_error - 2 * step)
    if bend > STEEP * own / min(camera.fx_px, camera.fy_px):
        near, far = np.nanmax(about), np.nanmin(about)
        return near - sum(errors(near)), far - 2 * sum(errors(far))
    plane, part = np.array([own, *slopes[:2]]), OF_OWN
    second = np.array([1, -2, 1])
    if max(abs(about.mean(0) @ second), abs(about.mean(1) @ second)) <= OF_FITTED_BEND * own_error + 2 * step:
        across, down_by = np.meshgrid([-1, 0, 1], [-1, 0, 1])
        columns = np.stack([np.ones(9), across.ravel(), down_by.ravel()], axis=1)
        plane, part, bend = np.linalg.lstsq(columns, about.ravel())[0], OF_FITTED, 0
    wide = part * own_error + shared + step + SIGMAS * noise.lateral_px * float(np.abs(plane[1:]).sum())
    level = float(plane @ [1, *off_px])
    return level - wide - bend / 4, level - 2 * wide - bend
