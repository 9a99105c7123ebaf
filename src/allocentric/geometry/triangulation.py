"""Where rays meet: the point that lies nearest to all of them."""

from typing import Final

import numpy as np
from jaxtyping import Float

PARALLEL: Final = 1e-12  # rays that open by less than a microradian leave the distance open


def meeting_point(
    origins: Float[np.ndarray, "ray 3"], directions: Float[np.ndarray, "ray 3"]
) -> tuple[Float[np.ndarray, "3"], Float[np.ndarray, " ray"]]:
    """The point with the least sum of squared distances to the rays' lines, and its distance to each.

    Directions are unit vectors. Raises ValueError for fewer than two rays, and for parallel ones.

    >>> point, off = meeting_point(np.array([[0.0, 0, 0], [2, 0, 0]]), np.array([[0.0, 0, 1], [0, 0, 1]]))
    Traceback (most recent call last):
    ...
    ValueError: the rays are parallel
    >>> slanted = np.array([[0.0, 0, 1], [-1, 0, 1]]) / np.array([[1], [np.sqrt(2)]])
    >>> meeting_point(np.array([[0.0, 0, 0], [2, 0, 0]]), slanted)[0].round(12).tolist()
    [0.0, 0.0, 2.0]
    """
    if len(origins) != len(directions) or len(origins) < 2:
        raise ValueError("two rays or more meet")
    across = np.eye(3) - directions[:, :, None] * directions[:, None, :]  # takes away what is along the ray
    whole = across.sum(0)
    if np.linalg.eigvalsh(whole)[0] <= PARALLEL * len(origins):
        raise ValueError("the rays are parallel")
    point = np.linalg.solve(whole, np.einsum("rij,rj->i", across, origins))
    off: Float[np.ndarray, " ray"] = np.linalg.norm(np.einsum("rij,rj->ri", across, point - origins), axis=1)
    return point, off
