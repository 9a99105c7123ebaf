"""Cameras by the scalar formulas of the documents of OpenCV and Aria, and inverses by bisection."""

import math
from collections.abc import Callable

from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole
from allocentric.geometry.distortion import Distortion

HALVINGS = 200
STRAIGHT = Distortion()
Point = tuple[float, float]
Bend = Callable[[float, float], Point]


def slow_project(camera: Camera, point_m: tuple[float, float, float]) -> Point:
    """The pixel of one point, whether or not the lens reaches it."""
    x, y, z = point_m
    if isinstance(camera, Panorama):
        return slow_panorama(camera, (x, y, z))
    if isinstance(camera, Fisheye):
        u, v = slow_fisheye(camera, (x, y, z))
    else:
        u, v = slow_distortion(camera.distortion or STRAIGHT, (x / z, y / z))
    return camera.fx_px * u + camera.cx_px, camera.fy_px * v + camera.cy_px


def slow_distortion(lens: Distortion, point: Point) -> Point:
    """OpenCV's documentation of calib3d, term by term."""
    x, y = point
    r = math.sqrt(x**2 + y**2)
    radial = (1 + lens.k1 * r**2 + lens.k2 * r**4 + lens.k3 * r**6) / (
        1 + lens.k4 * r**2 + lens.k5 * r**4 + lens.k6 * r**6
    )
    u = x * radial + 2 * lens.p1 * x * y + lens.p2 * (r**2 + 2 * x**2) + lens.s1 * r**2 + lens.s2 * r**4
    v = y * radial + lens.p1 * (r**2 + 2 * y**2) + 2 * lens.p2 * x * y + lens.s3 * r**2 + lens.s4 * r**4
    return u, v


def slow_fisheye(camera: Fisheye, point_m: tuple[float, float, float]) -> Point:
    """OpenCV's documentation of its fisheye model, then Aria's of what bends its outcome."""
    x, y, z = point_m
    theta, phi = math.acos(z / math.hypot(x, y, z)), math.atan2(y, x)
    theta_d = theta * (1 + sum(k * theta ** (2 * row + 2) for row, k in enumerate(camera.radial)))
    xr, yr = theta_d * math.cos(phi), theta_d * math.sin(phi)
    r2 = xr**2 + yr**2
    p0, p1 = camera.tangential
    s0, s1, s2, s3 = camera.thin_prism
    u = xr + (2 * xr**2 + r2) * p0 + 2 * xr * yr * p1 + s0 * r2 + s1 * r2**2
    v = yr + (2 * yr**2 + r2) * p1 + 2 * xr * yr * p0 + s2 * r2 + s3 * r2**2
    return u, v


def slow_panorama(camera: Panorama, point_m: tuple[float, float, float]) -> Point:
    """Longitude from the middle to the right, latitude from the middle down."""
    x, y, z = point_m
    away = math.hypot(x, y, z)
    longitude, latitude = math.atan2(x, z), math.asin(y / away)
    column = (longitude + math.pi) / (2 * math.pi) * camera.width_px
    return column % camera.width_px, (latitude + math.pi / 2) / math.pi * camera.height_px


def slow_unproject(camera: Pinhole | Fisheye, pixel: Point) -> tuple[float, float, float]:
    """A direction of the pixel: two bisections in turn, of one coordinate at a time, until neither moves."""
    goal = (pixel[0] - camera.cx_px) / camera.fx_px, (pixel[1] - camera.cy_px) / camera.fy_px
    if isinstance(camera, Pinhole):
        lens = camera.distortion or STRAIGHT
        return (*_sought(lambda x, y: slow_distortion(lens, (x, y)), goal, lens.reach), 1.0)
    p0, p1 = camera.tangential
    s0, s1, s2, s3 = camera.thin_prism
    aside = Distortion(p1=p1, p2=p0, s1=s0, s2=s1, s3=s2, s4=s3)
    x, y = _sought(lambda x, y: slow_distortion(aside, (x, y)), goal, aside.reach)
    plain = Fisheye(2, 2, 1.0, 1.0, 1.0, 1.0, camera.radial)

    def height(angle_rad: float) -> float:
        return slow_fisheye(plain, (math.sin(angle_rad), 0.0, math.cos(angle_rad)))[0]

    angle_rad = _bisected(height, math.hypot(x, y), 0.0, camera.reach_rad)
    phi = math.atan2(y, x)
    across = math.sin(angle_rad)
    return across * math.cos(phi), across * math.sin(phi), math.cos(angle_rad)


def _sought(bend: Bend, goal: Point, reach: float) -> Point:
    reach, x, y = min(reach, 10.0), 0.0, 0.0
    for _ in range(HALVINGS):
        before = x, y
        edge = math.sqrt(reach**2 - y**2)
        x = _bisected(_x_along(bend, y), goal[0], -edge, edge)
        edge = math.sqrt(reach**2 - x**2)
        y = _bisected(_y_along(bend, x), goal[1], -edge, edge)
        if math.dist(before, (x, y)) < 1e-15:
            break
    return x, y


def _x_along(bend: Bend, y: float) -> Callable[[float], float]:
    return lambda x: bend(x, y)[0]


def _y_along(bend: Bend, x: float) -> Callable[[float], float]:
    return lambda y: bend(x, y)[1]


def _bisected(rising: Callable[[float], float], goal: float, low: float, high: float) -> float:
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if rising(middle) < goal else (low, middle)
    return (low + high) / 2
