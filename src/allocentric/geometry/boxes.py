"""Oriented boxes, many at a time: their corners, their footprints, and points in and around them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.errors import BadInput

SIGNS: Final = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], dtype=float)
"""The corners of a box in its own axes, in half sizes: the last axis changes fastest."""
SIGNS.flags.writeable = False

SQUARE_WITHIN: Final = 1e-5  # how far the products of a box's axes may be from 0 and 1


@dataclass(frozen=True, eq=False, slots=True)
class Boxes:
    """Solid oriented boxes in one world, metres; a box may be flat, thin or a mere point. Never changes.

    `sizes_m` are full extents along the box's own axes; `rotations` are `world_from_box`: their columns are
    the box's axes in the world. Raises `BadInput` where a number is not finite, a size is negative, or the
    axes are not orthonormal to 1e-5; a mirrored frame is the same solid.

    >>> two = Boxes(np.zeros((2, 3)), np.ones((2, 3)), np.tile(np.eye(3), (2, 1, 1)))
    >>> len(two), two.corners_m()[0, 0].tolist()
    (2, [-0.5, -0.5, -0.5])
    """

    centers_m: Float[np.ndarray, "box 3"]
    sizes_m: Float[np.ndarray, "box 3"]
    rotations: Float[np.ndarray, "box 3 3"]

    def __post_init__(self) -> None:
        for field in fields(self):
            array = np.array(getattr(self, field.name), dtype=float)
            array.flags.writeable = False
            object.__setattr__(self, field.name, array)
        _check(self)

    def __len__(self) -> int:
        return len(self.centers_m)

    def take(self, rows: Int[np.ndarray, " row"] | Bool[np.ndarray, " box"] | slice) -> Boxes:
        """The boxes of these rows, in this order; a row may be named twice."""
        return Boxes(self.centers_m[rows], self.sizes_m[rows], self.rotations[rows])

    def corners_m(self) -> Float[np.ndarray, "box 8 3"]:
        """The eight corners in the world, in the order of `SIGNS`."""
        own_m = SIGNS * (self.sizes_m / 2)[:, None, :]
        corners_m: Float[np.ndarray, "box 8 3"]
        corners_m = own_m @ self.rotations.swapaxes(1, 2) + self.centers_m[:, None, :]
        return corners_m


def closest_on_boxes(
    points_m: Float[np.ndarray, "point 3"], boxes: Boxes
) -> Float[np.ndarray, "point box 3"]:
    """The point of each solid box that is closest to each point: the point itself where it lies inside."""
    own_m, half_m = _in_boxes(points_m, boxes), boxes.sizes_m / 2
    moves_m = np.einsum("bij,pbj->pbi", boxes.rotations, np.clip(own_m, -half_m, half_m) - own_m)
    closest_m: Float[np.ndarray, "point box 3"] = points_m[:, None, :] + moves_m
    return closest_m


def point_gaps_m(points_m: Float[np.ndarray, "point 3"], boxes: Boxes) -> Float[np.ndarray, "point box"]:
    """Distance of each point to each solid box; 0 inside.

    >>> cube = Boxes(np.zeros((1, 3)), np.full((1, 3), 2.0), np.eye(3)[None])
    >>> point_gaps_m(np.array([[4.0, 5.0, 0.0], [0.5, 0.5, 0.5]]), cube).tolist()
    [[5.0], [0.0]]
    """
    beyond_m = np.maximum(np.abs(_in_boxes(points_m, boxes)) - boxes.sizes_m / 2, 0)
    gaps_m: Float[np.ndarray, "point box"] = np.sqrt((beyond_m**2).sum(-1))
    return gaps_m


def contains(
    boxes: Boxes, points_m: Float[np.ndarray, "point 3"], slack_m: float = 0.0
) -> Bool[np.ndarray, "box point"]:
    """True where the box, its surface included, holds the point; `slack_m` widens each face outward."""
    beyond_m = np.abs(_in_boxes(points_m, boxes)) - boxes.sizes_m / 2
    held: Bool[np.ndarray, "box point"] = (beyond_m <= slack_m).all(-1).T
    return held


def extent_along(
    boxes: Boxes, axis: Float[np.ndarray, "3"]
) -> tuple[Float[np.ndarray, " box"], Float[np.ndarray, " box"]]:
    """Lowest and highest coordinate of each box along a world direction of any length but 0, metres.

    >>> cube = Boxes(np.array([[0.0, 0, 5]]), np.full((1, 3), 2.0), np.eye(3)[None])
    >>> [bound.tolist() for bound in extent_along(cube, np.array([0.0, 0, 1]))]
    [[4.0], [6.0]]
    """
    length = float(np.linalg.norm(axis))
    if not length > 0:
        raise ValueError("an axis of length 0 has no direction")
    unit = axis / length
    middle_m = boxes.centers_m @ unit
    reach_m = (np.abs(unit @ boxes.rotations) * boxes.sizes_m / 2).sum(-1)
    return middle_m - reach_m, middle_m + reach_m


def footprints(boxes: Boxes) -> list[Float[np.ndarray, "corner 2"]]:
    """The outline of each box seen from above: its convex hull on the floor, counterclockwise, metres.

    Four corners of an upright box, six of a tilted one, two or one of a box without floor area. The shadow of
    a box is swept by its three half-axes, so walking them in the order of their angle is walking the hull.
    """
    spokes_m = (boxes.rotations[:, :2] * (boxes.sizes_m / 2)[:, None, :]).swapaxes(1, 2)  # box axis xy
    x, y = spokes_m[..., 0], spokes_m[..., 1]
    spokes_m = np.where(((y < 0) | ((y == 0) & (x < 0)))[..., None], -spokes_m, spokes_m)
    order = np.argsort(np.arctan2(spokes_m[..., 1], spokes_m[..., 0]), axis=1)
    spokes_m = np.take_along_axis(spokes_m, order[..., None], axis=1)

    steps_m = 2 * np.concatenate([spokes_m, -spokes_m], axis=1)
    start_m = boxes.centers_m[:, :2] - spokes_m.sum(1)
    rings_m = start_m[:, None] + np.cumsum(steps_m, axis=1) - steps_m  # a corner before each step
    lengths_m = np.hypot(steps_m[..., 0], steps_m[..., 1])
    leaves = lengths_m > 1e-12 * boxes.sizes_m.max(axis=1, initial=0.0)[:, None]
    leaves[:, 0] |= ~leaves.any(axis=1)  # a point keeps its one corner
    return [ring_m[kept] for ring_m, kept in zip(rings_m, leaves)]


def _in_boxes(points_m: Float[np.ndarray, "point 3"], boxes: Boxes) -> Float[np.ndarray, "point box 3"]:
    """The points in the frame of each box, measured from its centre: exact far from the origin."""
    own_m: Float[np.ndarray, "point box 3"]
    own_m = np.einsum("bij,pbi->pbj", boxes.rotations, points_m[:, None, :] - boxes.centers_m)
    return own_m


def _check(boxes: Boxes) -> None:
    """Raise `BadInput` that names the first row of which no solid box can be made."""
    centers_m, sizes_m, rotations = boxes.centers_m, boxes.sizes_m, boxes.rotations
    count = centers_m.shape[:1]
    shapes = centers_m.shape, sizes_m.shape, rotations.shape
    if shapes != ((*count, 3), (*count, 3), (*count, 3, 3)):
        raise BadInput(
            f"arrays of {shapes} are no boxes", where="Boxes", mend="give (n, 3), (n, 3) and (n, 3, 3)"
        )
    finite = np.isfinite(centers_m) & np.isfinite(sizes_m) & np.isfinite(rotations).all(1)
    _refuse((~finite).any(1), "a number that is not finite", "leave out what was not measured")
    _refuse(sizes_m.min(1, initial=0.0) < 0, "a negative size", "give full extents of 0 or more, in metres")
    skew: Float[np.ndarray, " box"]
    skew = np.abs(rotations.swapaxes(1, 2) @ rotations - np.eye(3)).max((1, 2), initial=0.0)
    _refuse(skew > SQUARE_WITHIN, "axes that are not orthonormal", "give unit columns, at right angles")


def _refuse(wrong: Bool[np.ndarray, " box"], what: str, mend: str) -> None:
    if wrong.any():
        raise BadInput(f"a box with {what}", where=f"Boxes, row {int(wrong.argmax())}", mend=mend)
