"""Where a thing ends: each end of its box, as far as it was seen, and as far as it can reach.

What is seen of a thing bounds it from within. From without it is bounded where a view looks past its end: at
the end of what is seen, a little farther out there is nothing, or another thing. Where all views are blocked
there, by another thing or by the thing itself, it may reach on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.depth_visibility import DepthNoise
from allocentric.perception.doubles import may_be_one
from allocentric.perception.frames import Frame, directions
from allocentric.perception.merging import Seen

SIGMAS: Final = 3.0
OUTLIERS: Final = 0.002  # share of points that may be astray
BASES: Final = 24  # points at an end from which one looks farther out
AT_END_STEPS: Final = 1.0  # pixels from the farthest point: still at the end
FACING: Final = 0.8  # cosine: a point of the face that closes the box there
STEPS_M: Final = 0.004 * 1.5 ** np.arange(16)  # how far out one looks
STEPS_M.flags.writeable = False
# As far out, what is not the thing tells that it has ended, though it be hidden there.
CONTACT_M, CONTACT_PX = 0.07, 10.0
FEWEST_OF_FACE: Final = 5
FACE_SHARE: Final = 0.3  # of the points at an end, that lie on the face that closes it
BESIDE_PX, BESIDE_M = 3.0, 0.04  # before a base: what is nearer stands before it, and does not touch it
ASIDE: Final = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))
MOST_BASES: Final = 0.7  # share of the points at an end that must tell
# Of the points at an end those count whose pixels are as fine as twice the finest quarter.
NEAR: Final = (0.25, 2.0)
REACH_M: Final = 0.05  # how far off the middle of an end another thing may be, so as to stop it
WIDE_M, WALL_REACH_M = 0.3, 1.5  # a wall goes on behind what stands before it
OF_NO_THING, BACKGROUND = -2, -1
BUILT: Final = frozenset({"wall", "floor", "ceiling"})
DIRECTIONS: Final = np.array(
    [[sign * (axis == row) for axis in range(3)] for sign in (-1.0, 1.0) for row in range(3)]
)
DIRECTIONS.flags.writeable = False

Vectors = Float[np.ndarray, "point 3"]
Numbers = Float[np.ndarray, " point"]


@dataclass(frozen=True, eq=False, slots=True)
class End:
    """One end of a thing along a unit direction: it reaches at least to `seen_m`, at most to `most_m`.

    Both are along the direction, from the world's origin. `most_m` is infinite where nothing tells.
    `bases_m` are points at the end as it is seen, `sigma_m` is how far off they are along the direction.
    """

    thing: int
    direction: Float[np.ndarray, "3"]
    seen_m: float
    most_m: float
    bases_m: Vectors
    sigma_m: float


def seen_ends(things: Sequence[Seen], rotations: Float[np.ndarray, "thing 3 3"]) -> list[End]:
    """The six ends of each thing along its axes, the columns of its rotation: low x, y, z, then high.

    As far as it is seen at least; at most to the face that closes it, where that was seen.
    """
    return [
        _end(row, thing, rotation @ own)
        for row, (thing, rotation) in enumerate(zip(things, rotations))
        for own in DIRECTIONS
    ]


def _end(row: int, thing: Seen, direction: Float[np.ndarray, "3"]) -> End:
    parts = thing.detections
    points_m = thing.points_m()
    eyes_m = np.concatenate([np.broadcast_to(each.eye_m, each.points_m.shape) for each in parts])
    sigmas_m, steps_m = (
        np.concatenate([getattr(each, name) for each in parts]) for name in ("sigmas_m", "steps_m")
    )
    normals = np.concatenate([each.normals for each in parts])
    rays = points_m - eyes_m
    rays /= np.linalg.norm(rays, axis=1, keepdims=True)
    along_m = points_m @ direction
    sigma_m = SIGMAS * sigmas_m * np.abs(rays @ direction)
    sure_m = np.sort(along_m - sigma_m)[::-1]
    seen_m = float(sure_m[min(int(OUTLIERS * len(sure_m)), len(sure_m) - 1)])
    near = along_m + sigma_m >= seen_m - AT_END_STEPS * steps_m
    fine_m = np.quantile(steps_m[near], NEAR[0]) * NEAR[1]
    chosen = np.flatnonzero(near & (steps_m <= fine_m))
    faces = chosen[np.nan_to_num(normals[chosen] @ direction) > FACING]
    most_m = np.inf
    if len(faces) >= max(FEWEST_OF_FACE, FACE_SHARE * len(chosen)):
        most_m = max(float(np.quantile(along_m[faces] + sigma_m[faces], MOST_BASES)), seen_m)
    areas_m2 = np.concatenate([each.areas_m2 for each in parts])
    bases_m = _spread(points_m[chosen], areas_m2[chosen], direction)
    return End(row, direction, seen_m, most_m, bases_m, float(np.median(sigma_m[chosen])) / SIGMAS)


def _spread(
    points_m: Vectors, areas_m2: Numbers, direction: Float[np.ndarray, "3"]
) -> Float[np.ndarray, "base 3"]:
    """At most so many of the points, spread evenly over their area along the longer side of the end."""
    across = points_m - np.outer(points_m @ direction, direction)
    _, _, axes = np.linalg.svd(across - across.mean(axis=0), full_matrices=False)
    order = np.argsort(across @ axes[0], kind="stable")
    share = np.cumsum(areas_m2[order])
    places = np.searchsorted(share, (np.arange(BASES) + 0.5) / BASES * share[-1])
    spread: Float[np.ndarray, "base 3"] = points_m[order[np.unique(np.minimum(places, len(order) - 1))]]
    return spread


@dataclass(frozen=True, eq=False, slots=True)
class _Probes:
    """Points a little farther out than each base, in columns: entry [base, step]. All bases of all ends."""

    end: Int[np.ndarray, " base"]
    thing: Int[np.ndarray, " base"]
    outward: Float[np.ndarray, "base 3"]
    bases_m: Float[np.ndarray, "base 3"]


def look_past(
    ends: Sequence[End],
    things: Sequence[Seen],
    frames: Iterable[tuple[Frame, Int[np.ndarray, "height width"]]],
    *,
    noise: DepthNoise,
) -> list[End]:
    """The ends with `most_m` brought in by what all frames show beyond them.

    `frames` come with the numbers of their segments, as the detections of the things were lifted from.
    """
    end = np.repeat(np.arange(len(ends)), [len(each.bases_m) for each in ends])
    probes = _Probes(
        end,
        np.array([each.thing for each in ends])[end],
        np.array([each.direction for each in ends])[end],
        np.concatenate([each.bases_m for each in ends]),
    )
    stops, numbers_in = _stops(ends, things), _numbers_by_view(things)
    nowhere = np.zeros(len(things), dtype=int)
    most_m = np.full(len(end), np.inf)
    for frame, numbers in frames:
        own = numbers_in.get(frame.view, nowhere)
        thing_of = np.full(int(numbers.max(initial=0)) + 1, OF_NO_THING)
        thing_of[0] = BACKGROUND
        thing_of[own[own > 0]] = np.flatnonzero(own)
        told_m = _told_by(frame, thing_of[numbers], probes, shown=own > 0, stops=stops, noise=noise)
        np.minimum(most_m, told_m, out=most_m)
    return [_narrowed(each, most_m[end == row]) for row, each in enumerate(ends)]


def _stops(ends: Sequence[End], things: Sequence[Seen]) -> Bool[np.ndarray, "end other"]:
    """Which other things can stop a thing at its end, where they touch; last two columns: none, background.

    One that reaches over the middle of the end can: the wall behind a sofa. One that stands beside it or on
    it cannot, for the thing may go on behind it: the television on a low board. And walls go on behind walls.
    What may be a part of the same thing does not end it.
    """
    stops = np.zeros((len(ends), len(things) + 2), dtype=bool)
    stops[:, BACKGROUND] = True
    seen_m = np.array([each.seen_m for each in ends]).reshape(len(things), 2, 3)
    axes = np.array([each.direction for each in ends]).reshape(len(things), 2, 3, 3)[:, 1]
    middle_m = (seen_m[:, 1] - seen_m[:, 0]) / 2
    half_m = np.maximum(seen_m.sum(axis=1) / 2, 0)
    built = np.array([each.label in BUILT for each in things])
    alike = may_be_one(things)
    half_m += np.where(built[:, None] & (half_m > WIDE_M), WALL_REACH_M, REACH_M)
    for row, end in enumerate(ends):
        own = axes[end.thing] @ end.direction
        at_m = (middle_m[end.thing] * (own == 0) + end.seen_m * own) @ axes[end.thing]
        off_m = np.abs(axes @ at_m - middle_m)
        stops[row, :-2] = (off_m <= half_m).all(axis=1) & ~alike[end.thing]
        if built[end.thing] and abs(end.direction[2]) < 0.5:
            stops[row] = False
    return stops


def _numbers_by_view(things: Sequence[Seen]) -> dict[str, Int[np.ndarray, " thing"]]:
    """For each view the number of each thing in its segments, 0 where it is not seen."""
    numbers = dict[str, Int[np.ndarray, " thing"]]()
    for row, thing in enumerate(things):
        for each in thing.detections:
            numbers.setdefault(each.view, np.zeros(len(things), dtype=int))[row] = each.number
    return numbers


def _told_by(
    frame: Frame,
    things: Int[np.ndarray, "height width"],
    probes: _Probes,
    *,
    shown: Bool[np.ndarray, " thing"],
    stops: Bool[np.ndarray, "end other"],
    noise: DepthNoise,
) -> Numbers:
    """How far out, along the direction of its end, each base's column may reach; infinite where open."""
    camera_from_world = frame.world_from_camera.inverse()
    bases = camera_from_world.apply(probes.bases_m)
    outward = probes.outward @ camera_from_world.rotation.T
    near = np.flatnonzero(_in_reach(bases, frame.camera))
    bases, outward = bases[near], outward[near]
    own, end = probes.thing[near][:, None], probes.end[near][:, None]
    at_base = _look(bases[:, None], frame, things, aside=(0, 0))
    band_m = _band_m(bases[:, 2], frame, noise)
    pixel_m = bases[:, 2] / min(frame.camera.fx_px, frame.camera.fy_px)
    seen = at_base.thing == own
    seen &= np.abs(at_base.depth_m - bases[:, 2:]) <= (band_m + 2 * pixel_m)[:, None]
    points = bases[:, None] + outward[:, None] * STEPS_M[:, None]
    beside_m = (bases[:, 2] - band_m - BESIDE_M - BESIDE_PX * pixel_m)[:, None]
    contact_m = np.maximum(CONTACT_M, CONTACT_PX * pixel_m)[:, None]
    told, out_m = np.ones(points.shape[:2], dtype=bool), np.zeros(points.shape[:2])
    # A base may lie on the very outline of its thing: only what all pixels about it tell is told.
    for aside in ASIDE:
        at = _look(points, frame, things, aside=aside)
        band = _band_m(at.depth_m, frame, noise)
        other = (at.thing != own) & stops[end, at.thing] & ((at.thing != BACKGROUND) | shown[own])
        free = at.depth_m > points[..., 2] + band
        on_other = other & (np.abs(at.depth_m - points[..., 2]) <= band)
        ended = other & seen & (STEPS_M <= contact_m) & (at.depth_m >= beside_m)
        told &= free | on_other | ended
        # What was looked at is the middle of the pixel, at the depth asked for.
        reached = at.ray * points[..., 2, None] - bases[:, None]
        out_m = np.maximum(out_m, np.einsum("bsi,bi->bs", reached, outward))
    most_m = np.full(len(probes.end), np.inf)
    along_m = np.einsum("bi,bi->b", probes.bases_m[near], probes.outward[near])
    most_m[near] = np.where(told, out_m, np.inf).min(axis=1) + along_m
    return most_m


def _in_reach(points: Vectors, camera: Pinhole) -> Bool[np.ndarray, " point"]:
    """Points before the camera and within the picture, or not far outside of it."""
    x, y, z = points.T
    wide, high = (side / 2 * 1.2 for side in (camera.width_px, camera.height_px))
    inside: Bool[np.ndarray, " point"] = (z > STEPS_M[0]) & (np.abs(x) * camera.fx_px < wide * 2 * z)
    inside &= np.abs(y) * camera.fy_px < high * 2 * z
    return inside


def _band_m(depth_m: Float[np.ndarray, "*n"], frame: Frame, noise: DepthNoise) -> Float[np.ndarray, "*n"]:
    """How far off a measured depth may be."""
    rounding_m = max(noise.quantum_m, frame.quantum_m)
    band: Float[np.ndarray, "*n"] = SIGMAS * (noise.sigma_m(depth_m) + noise.shared_m) + rounding_m
    return band


@dataclass(frozen=True, eq=False, slots=True)
class _Looked:
    """What the pixel shows that each point falls on: thing, depth (NaN: nothing) and direction."""

    thing: Int[np.ndarray, "base step"]
    depth_m: Float[np.ndarray, "base step"]
    ray: Float[np.ndarray, "base step 3"]


def _look(
    points: Float[np.ndarray, "base step 3"],
    frame: Frame,
    things: Int[np.ndarray, "height width"],
    *,
    aside: tuple[int, int],
) -> _Looked:
    """At the pixels of points in the camera's frame, or so many pixels right and down of them."""
    camera, z = frame.camera, points[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        u = points[..., 0] / z * camera.fx_px + camera.cx_px + aside[0]
        v = points[..., 1] / z * camera.fy_px + camera.cy_px + aside[1]
        shown = (z > 0) & (u >= 0) & (u < camera.width_px) & (v >= 0) & (v < camera.height_px)
    column, row = np.where(shown, u, 0).astype(np.int64), np.where(shown, v, 0).astype(np.int64)
    depth_m = np.where(shown, frame.depth_m[row, column].astype(float), np.nan)
    return _Looked(things[row, column], depth_m, directions(camera)[row, column])


def _narrowed(end: End, told_m: Numbers) -> End:
    """An end with what most of its bases tell."""
    most_m = float(np.sort(told_m)[int(np.ceil(MOST_BASES * len(told_m))) - 1]) if len(told_m) else np.inf
    return replace(end, most_m=max(min(end.most_m, most_m), end.seen_m))
