"""The closest distance of two oriented boxes by brute force, and pairs of boxes that are hard to measure."""

import itertools

import numpy as np
from jaxtyping import Float

from allocentric.geometry.boxes import Boxes

Numbers = Float[np.ndarray, " pair"]
Rotations = Float[np.ndarray, "pair 3 3"]


def slow_gaps_m(first: Boxes, second: Boxes) -> Numbers:
    """Least |c1 + R1 x - c2 - R2 y| over all x and y within the half sizes, metres, pair by pair.

    A bounded least squares in six numbers. At its optimum some of them rest on a bound and the others, at
    most three, solve a plain least squares. All 656 such choices are tried; each is clipped into the bounds,
    so none can come out too short, and the right one is among them.
    """
    columns = np.concatenate([first.rotations, -second.rotations], axis=2)  # pair 3 6
    bounds = np.concatenate([first.sizes_m, second.sizes_m], axis=1) / 2
    apart = second.centers_m - first.centers_m
    best = np.full(len(first), np.inf)
    for free in (chosen for count in range(4) for chosen in itertools.combinations(range(6), count)):
        inverse = np.linalg.pinv(columns[:, :, free])
        for signs in itertools.product((-1.0, 1.0), repeat=6 - len(free)):
            sides = np.zeros(6)
            sides[[axis for axis in range(6) if axis not in free]] = signs
            values = sides * bounds
            for _ in range(2):  # the second round takes back what rounding left
                missing = apart - np.einsum("pij,pj->pi", columns, values)
                values[:, free] += np.einsum("pij,pj->pi", inverse, missing)
            values = np.clip(values, -bounds, bounds)
            missing = apart - np.einsum("pij,pj->pi", columns, values)
            best = np.minimum(best, np.linalg.norm(missing, axis=1))
    return best


def turned_by(vectors_rad: Float[np.ndarray, "pair 3"]) -> Rotations:
    """Rotations about these axes by their lengths, true to the last digit for the smallest angles too."""
    x, y, z = vectors_rad.T
    zero = np.zeros_like(x)
    cross = np.array([[zero, -z, y], [z, zero, -x], [-y, x, zero]]).transpose(2, 0, 1)
    angle = np.maximum(np.linalg.norm(vectors_rad, axis=1), 1e-300)[:, None, None]
    versine = 2 * (np.sin(angle / 2) / angle) ** 2 * (cross @ cross)
    turns: Rotations = np.eye(3) + np.sin(angle) / angle * cross + versine
    return turns


def any_turn(rng: np.random.Generator, count: int) -> Rotations:
    """Rotations without a preferred axis."""
    axes = rng.normal(size=(count, 3))
    axes *= rng.uniform(0, np.pi, (count, 1)) / np.linalg.norm(axes, axis=1, keepdims=True)
    return turned_by(axes)


def any_yaw(rng: np.random.Generator, count: int) -> Rotations:
    """Rotations about the vertical."""
    return turned_by(np.outer(rng.uniform(-np.pi, np.pi, count), [0, 0, 1]))


def room_boxes(rng: np.random.Generator, rotations: Rotations, room_m: float = 5.0) -> Boxes:
    """Boxes of 5 cm to 1.5 m anywhere in a square room 2.5 m high."""
    count = len(rotations)
    centers_m = rng.uniform(0, [room_m, room_m, 2.5], (count, 3))
    return Boxes(centers_m, rng.uniform(0.05, 1.5, (count, 3)), rotations)


def hard_pairs(rng: np.random.Generator, count: int) -> tuple[Boxes, Boxes]:
    """Pairs with all that is awkward, mixed: parallel or nearly so, flat, thin, long, meeting, on a grid."""

    def some(share: float) -> np.ndarray:
        return rng.random((count, 1, 1)) < share

    turns = np.where(some(0.3), any_yaw(rng, count), any_turn(rng, count))
    turns = np.where(some(0.2), np.eye(3), turns)
    angles_rad = 10.0 ** rng.uniform(-16, 0, (count, 1)) * (rng.random((count, 1)) < 0.8)
    axes = rng.normal(size=(count, 3))
    nearly = turns @ turned_by(angles_rad * axes / np.linalg.norm(axes, axis=1, keepdims=True))
    nearly = np.where(some(0.5), nearly[:, :, [1, 2, 0]], nearly)
    others = np.where(
        some(0.2), any_turn(rng, count), np.where(some(0.2), turns @ any_yaw(rng, count), nearly)
    )
    boxes = []
    for rotations in (turns, others):
        sizes_m = rng.uniform(0.01, 1.5, (count, 3))
        sizes_m *= rng.choice([0, 1e-6, 1, 1, 1, 1, 1, 1, 10], (count, 3))
        centers_m = rng.uniform(-2, 2, (count, 3))
        grid = some(0.3)[:, 0]
        sizes_m = np.where(grid, np.round(4 * sizes_m) / 4, sizes_m)
        boxes.append(Boxes(np.where(grid, np.round(8 * centers_m) / 8, centers_m), sizes_m, rotations))
    return boxes[0], boxes[1]
