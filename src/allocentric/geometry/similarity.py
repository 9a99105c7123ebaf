"""Similarities: a turn, one scale and a shift; the one that carries points best onto others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.geometry.frames import is_rotation, rotation_about_up
from allocentric.geometry.poses import Pose

FLAT: Final = 1e-9  # what is spread by less than this share of its length, is spread by rounding

Points = Float[np.ndarray, "point 3"]


@dataclass(frozen=True, eq=False, slots=True)
class Similarity:
    """`scale * rotation @ point + shift`; name it after both frames, as a pose. Never changes.

    Raises ValueError for a scale that is not above 0, and for axes that are skewed or mirrored.
    """

    scale: float
    rotation: Float[np.ndarray, "3 3"]
    shift: Float[np.ndarray, "3"]

    def __post_init__(self) -> None:
        if not 0 < self.scale < math.inf:
            raise ValueError(f"a similarity has a scale above 0, not {self.scale}")
        if not is_rotation(self.rotation):
            raise ValueError("a similarity turns: its axes are orthonormal and right-handed")

    def apply(self, points: Float[np.ndarray, "*n 3"]) -> Float[np.ndarray, "*n 3"]:
        """Carry points of the right-hand frame into the left-hand one."""
        carried: Float[np.ndarray, "*n 3"] = self.scale * points @ self.rotation.T + self.shift
        return carried

    def inverse(self) -> Similarity:
        """`a_from_b.inverse()` is `b_from_a`."""
        back = self.rotation.T
        return Similarity(1 / self.scale, back, -back @ self.shift / self.scale)

    def pose(self, pose: Pose) -> Pose:
        """Where something that stands at `pose` stands in the left-hand frame."""
        return Pose(self.rotation @ pose.rotation, self.apply(pose.translation_m))


def fit_similarity(
    points: Points,
    onto: Float[np.ndarray, "onto 3"],
    *,
    weights: Float[np.ndarray, " point"] | None = None,
    upright: bool = False,
) -> Similarity:
    """The similarity that carries `points` onto `onto` with the least sum of (weighted) squared distances.

    After Umeyama (1991): no other similarity is nearer, and a reflection is none. An `upright` one turns
    about z alone. Raises ValueError for unequal counts, numbers that are not finite, weights that are not
    above 0, and where more than one fits as well: points in one place, or (not upright) on one line; points
    above each other (upright).

    >>> corner = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]])
    >>> fitted = fit_similarity(corner, 2 * corner + [5, 0, 0])
    >>> round(fitted.scale, 12), fitted.apply(np.array([1.0, 1, 1])).round(12)
    (2.0, array([7., 2., 2.]))
    """
    share = _shares(points, onto, weights)
    middle, onto_middle = share @ points, share @ onto
    apart, onto_apart = points - middle, onto - onto_middle
    _check_spread(apart, upright=upright, what="points")
    _check_spread(onto_apart, upright=upright, what="points to carry them onto")
    spread = float(share @ np.square(apart).sum(1))
    together = (onto_apart * share[:, None]).T @ apart
    rotation, shared = _turn_about_up(together) if upright else _turn(together)
    if shared <= 0:
        raise ValueError("no similarity is near: the points hang upside down")
    scale = shared / spread
    return Similarity(scale, rotation, onto_middle - scale * rotation @ middle)


def _turn(together: Float[np.ndarray, "3 3"]) -> tuple[Float[np.ndarray, "3 3"], float]:
    """The best rotation, and the spread that both sets share once turned by it."""
    left, sizes, right = np.linalg.svd(together)
    proper = np.array([1.0, 1.0, np.sign(np.linalg.det(left @ right))])
    return (left * proper) @ right, float(sizes @ proper)


def _turn_about_up(together: Float[np.ndarray, "3 3"]) -> tuple[Float[np.ndarray, "3 3"], float]:
    sine, cosine = float(together[1, 0] - together[0, 1]), float(together[0, 0] + together[1, 1])
    return rotation_about_up(math.atan2(sine, cosine)), math.hypot(sine, cosine) + float(together[2, 2])


def _shares(
    points: Points, onto: Float[np.ndarray, "onto 3"], weights: Float[np.ndarray, " point"] | None
) -> Float[np.ndarray, " point"]:
    """Each point's share of the weight."""
    if points.shape != onto.shape:
        raise ValueError(f"{len(points)} points do not pair up with {len(onto)}")
    given = np.ones(len(points)) if weights is None else weights
    if not (np.isfinite(points).all() and np.isfinite(onto).all() and np.isfinite(given).all()):
        raise ValueError("a point or weight is not a finite number")
    if len(given) != len(points) or not (given > 0).all():
        raise ValueError("each point has one weight, above 0")
    shares: Float[np.ndarray, " point"] = given / given.sum()
    return shares


def _check_spread(apart: Points, *, upright: bool, what: str) -> None:
    """Raise ValueError where points leave the turn open."""
    spread = apart[:, :2] if upright else apart
    sizes = np.linalg.svd(spread, compute_uv=False) if len(apart) else np.zeros(3)
    whole = float(np.linalg.norm(apart))
    if not whole > 0:
        raise ValueError(f"the {what} are all in one place")
    if upright and sizes[0] <= FLAT * whole:
        raise ValueError(f"the {what} are all above each other")
    if not upright and (len(sizes) < 2 or sizes[1] <= FLAT * whole):
        raise ValueError(f"the {what} are all on one line")
