"""The slow twin of the triangle kernels: least squares for each pair of faces, edges and corners."""

import itertools

import numpy as np
from jaxtyping import Float

SUBSETS = [s for size in (1, 2, 3) for s in itertools.combinations(range(3), size)]


def slow_gaps(first: Float[np.ndarray, "pair 3 3"], second: Float[np.ndarray, "pair 3 3"]) -> np.ndarray:
    """The least distance of each pair, over every choice of corners whose hulls hold the closest points.

    Two whole faces need no choice of their own: where their insides are closest, so are smaller ones.
    """
    best = np.full(len(first), np.inf)
    for i, j in itertools.product(SUBSETS, SUBSETS):
        if len(i) + len(j) < 6:
            best = np.minimum(best, _hull_gaps(first[:, i], second[:, j]))
    return best


def _hull_gaps(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """The distance of the flats through the corners where both hulls hold its ends, else infinity."""
    spans = np.concatenate([one[:, 1:] - one[:, :1], two[:, :1] - two[:, 1:]], axis=1).transpose(0, 2, 1)
    offset = (two[:, 0] - one[:, 0])[..., None]
    inner = (
        (np.linalg.pinv(spans, rcond=1e-13) @ offset)[..., 0] if spans.shape[2] else np.zeros((len(one), 0))
    )
    cut = one.shape[1] - 1
    weights = [np.column_stack([1 - part.sum(axis=1), part]) for part in (inner[:, :cut], inner[:, cut:])]
    points = [np.einsum("pc,pcx->px", w, hull) for w, hull in zip(weights, (one, two))]
    within = np.all([(w >= -1e-12).all(axis=1) for w in weights], axis=0)
    return np.where(within, np.linalg.norm(points[0] - points[1], axis=1), np.inf)
