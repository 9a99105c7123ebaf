"""Rooms of boxes and balls: their pictures, and what they hide, follow from closed formulas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocentric.geometry.depth_visibility import DepthNoise
from allocentric.geometry.frames import BODY_FROM_CAMERA, rotation_about_up
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.seeds import stream

ROOM_M = np.array([6.0, 5.0, 2.8])


@dataclass(frozen=True, eq=False)
class Room:
    """Boxes (centre, half-widths, world_from_box) and balls within a room's own box from 0 to `ROOM_M`."""

    centers_m: np.ndarray
    halves_m: np.ndarray
    turns: np.ndarray
    balls_m: np.ndarray
    radii_m: np.ndarray

    def ranges_m(self, origin_m: np.ndarray, directions: np.ndarray) -> np.ndarray:
        """How far along each direction (of any length, and in it) the first surface lies."""
        with np.errstate(divide="ignore", invalid="ignore"):
            walls = np.where(directions > 0, ROOM_M - origin_m, -origin_m) / directions
        nearest: np.ndarray = np.nanmin(walls, axis=1)
        for center_m, half_m, turn in zip(self.centers_m, self.halves_m, self.turns):
            start, along = (origin_m - center_m) @ turn, directions @ turn
            with np.errstate(divide="ignore", invalid="ignore"):
                enter = (-np.sign(along) * half_m - start) / along
                leave = (np.sign(along) * half_m - start) / along
            enter_m, leave_m = np.nanmax(enter, axis=1), np.nanmin(leave, axis=1)
            hit = (enter_m <= leave_m) & (enter_m > 0)
            np.minimum(nearest, enter_m, out=nearest, where=hit)
        for center_m, radius_m in zip(self.balls_m, self.radii_m):
            start = origin_m - center_m
            a, b, c = (directions**2).sum(1), directions @ start, start @ start - radius_m**2
            root = b * b - a * c
            hit = (root > 0) & (b < 0)
            np.minimum(nearest, (-b - np.sqrt(np.maximum(root, 0))) / a, out=nearest, where=hit)
        return nearest

    def free(self, point_m: np.ndarray, apart_m: float) -> bool:
        """Whether a point stands in the open, at least so far from everything."""
        local = np.einsum("bij,bi->bj", self.turns, point_m - self.centers_m)
        boxes = np.linalg.norm(np.maximum(np.abs(local) - self.halves_m, 0), axis=1)
        balls = np.linalg.norm(point_m - self.balls_m, axis=1) - self.radii_m
        walls = np.minimum(point_m, ROOM_M - point_m)
        return bool(min(boxes.min(), balls.min(), walls.min()) > apart_m)


def room(*path: str | int) -> Room:
    """A furnished room, drawn at random: boxes on the floor and in the air, and balls."""
    rng = stream(0, "room", *path)
    halves = rng.uniform(0.02, 0.5, (24, 3))
    centers = rng.uniform([0.7, 0.7, 0], ROOM_M - [0.7, 0.7, 0.8], (24, 3))
    centers[:12, 2] = halves[:12, 2]
    turns = np.stack([rotation_about_up(yaw) for yaw in rng.uniform(-3, 3, 24)])
    turns[18:] = [np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(6)]
    radii = rng.uniform(0.05, 0.4, 8)
    balls = rng.uniform(0.5, ROOM_M - 0.5, (8, 3))
    return Room(centers, halves, turns, balls, radii)


def surface_points(place: Room, count: int, rng: np.random.Generator) -> np.ndarray:
    """Points spread evenly over all surfaces, walls and undersides included."""
    centers = np.concatenate([place.centers_m, [ROOM_M / 2]])
    halves = np.concatenate([place.halves_m, [ROOM_M / 2]])
    turns = np.concatenate([place.turns, [np.eye(3)]])
    faces = np.roll(halves, 1, axis=1) * np.roll(halves, 2, axis=1)  # a quarter of one face's area
    areas = np.concatenate([np.repeat(faces.ravel() * 4, 2), 4 * np.pi * place.radii_m**2])
    which = rng.choice(len(areas), count, p=areas / areas.sum())
    spread = rng.uniform(-1, 1, (count, 3))
    box, face = np.divmod(np.minimum(which, 6 * len(centers) - 1), 6)
    spread[np.arange(count), face // 2] = np.where(face % 2, 1, -1)
    points: np.ndarray = np.einsum("pij,pj->pi", turns[box], spread * halves[box]) + centers[box]
    round_ones = which >= 6 * len(centers)
    ball = which[round_ones] - 6 * len(centers)
    outward = rng.normal(size=(len(ball), 3))
    outward *= (place.radii_m[ball] / np.linalg.norm(outward, axis=1))[:, None]
    points[round_ones] = place.balls_m[ball] + outward
    return points


def look(place: Room, rng: np.random.Generator) -> Pose:
    """A pose in the open that looks at the furniture, a little askew."""
    spots = rng.uniform([0.3, 0.3, 1.2], ROOM_M - 0.3, (200, 3))
    spot = next(spot for spot in spots if place.free(spot, 0.3))
    ahead = rng.uniform(ROOM_M * [0.3, 0.3, 0.1], ROOM_M * [0.7, 0.7, 0.4]) - spot
    level = rotation_about_up(np.arctan2(ahead[1], ahead[0])) @ BODY_FROM_CAMERA
    down = np.arctan2(-ahead[2], np.hypot(*ahead[:2]))
    tilt = np.array([[1, 0, 0], [0, np.cos(down), np.sin(down)], [0, -np.sin(down), np.cos(down)]])
    return Pose(level @ tilt @ rotation_about_up(rng.uniform(-0.2, 0.2)), spot)


def pixel_rays(camera: Pinhole) -> np.ndarray:
    """Directions of depth 1 through the middles of all pixels, row by row: "pixel 3"."""
    u, v = np.meshgrid(np.arange(camera.width_px) + 0.5, np.arange(camera.height_px) + 0.5)
    across, down = (u - camera.cx_px) / camera.fx_px, (v - camera.cy_px) / camera.fy_px
    return np.stack([across, down, np.ones_like(across)], axis=-1).reshape(-1, 3)


def depth_picture(place: Room, camera: Pinhole, world_from_camera: Pose) -> np.ndarray:
    """The exact z-depth at the middle of each pixel."""
    directions = pixel_rays(camera) @ world_from_camera.rotation.T
    depth = place.ranges_m(world_from_camera.translation_m, directions)
    return depth.reshape(camera.height_px, camera.width_px)


def noisy(depth_m: np.ndarray, noise: DepthNoise, rng: np.random.Generator) -> np.ndarray:
    """The picture as a sensor with this error measures it."""
    shaken: np.ndarray = depth_m + rng.normal(size=depth_m.shape) * noise.sigma_m(depth_m)
    step_m = noise.quantum_m
    return np.round(shaken / step_m) * step_m if step_m else shaken


def gap_before_m(place: Room, points_m: np.ndarray, world_from_camera: Pose) -> np.ndarray:
    """How far before each point the line of sight is first blocked, in z-depth; 0 for one in sight."""
    ahead = points_m - world_from_camera.translation_m
    share = np.minimum(place.ranges_m(world_from_camera.translation_m, ahead), 1)
    depth = ahead @ world_from_camera.rotation[:, 2]
    gap: np.ndarray = (1 - share) * depth
    gap[share > 1 - 1e-9] = 0
    return gap
