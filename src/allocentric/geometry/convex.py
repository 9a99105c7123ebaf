"""The least distance from the origin to a convex set that is known by its support alone (3D).

Wolfe's method of the nearest point (Wolfe, "Finding the nearest point in a polytope", 1976):
the answer is a certified lower bound whatever the rounding, and exact to rounding for polytopes.
"""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
from jaxtyping import Float

Vector = Float[np.ndarray, "3"]
Support = Callable[[Vector], Vector]


def distance_to_origin(support: Support, *, steps: int = 100) -> float:
    """How far the set is from the origin, never overestimated; 0 where it holds the origin.

    `support(direction)` gives a point of the set that lies farthest along `direction`.
    """
    corners = [support(np.array([1.0, 0.0, 0.0]))]
    nearest, best = corners[0], 0.0
    for _ in range(steps):
        length = float(np.linalg.norm(nearest))
        if length < 1e-12:
            return best
        farthest_back = support(-nearest)
        best = max(best, float(nearest @ farthest_back) / length)  # a plane that keeps the set away
        if length - best <= 1e-11 * (1 + length):
            return best
        nearest, corners = _nearest_of([*corners, farthest_back])
    return best


def _nearest_of(corners: Sequence[Vector]) -> tuple[Vector, list[Vector]]:
    """The point of the corners' hull nearest to the origin, and the corners that carry it."""
    found: tuple[float, Vector, list[Vector]] | None = None
    for count in range(1, len(corners) + 1):
        for chosen in combinations(corners, count):
            point = _foot(chosen)
            if point is not None and (found is None or float(point @ point) < found[0] - 1e-300):
                found = (float(point @ point), point, list(chosen))
    if found is None:
        raise ArithmeticError("no corner carries the nearest point")
    return found[1], found[2][:4]


def _foot(corners: Sequence[Vector]) -> Vector | None:
    """The origin's foot on the plane through the corners; None where it lies outside their hull."""
    base = corners[0]
    if len(corners) == 1:
        return base
    edges = np.stack([corner - base for corner in corners[1:]])
    gram = edges @ edges.T
    scale = float(np.trace(gram))
    if scale == 0 or abs(np.linalg.det(gram)) <= 1e-14 * scale ** len(edges):
        return None  # the corners carry no more than fewer of them do
    weights = np.linalg.solve(gram, -edges @ base)
    if (weights < -1e-12).any() or weights.sum() > 1 + 1e-12:
        return None
    foot: Vector = base + weights @ edges
    return foot
