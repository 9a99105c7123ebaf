"""What bearings tell of a thing: it lies in the cone of every picture that shows all of it.

Where cameras are is known in metres, so two cones from two places bound a place in metres, too: a box of the
world that holds all that two of them share. One picture alone leaves the distance open, and so do two that
look the same way. Every pair of pictures is taken, so that one more never tells less.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.geometry.poses import Pose

AROUND: Final = 1e-3
"""How much wider than the thing a cone is, as a slope: a picture is no finer."""

PAIRS: Final = np.array(list(itertools.combinations(range(8), 2)))
TRIPLES: Final = np.array(list(itertools.combinations(range(8), 3)))
SIDE: Final = 1e-9  # how far off a plane a point may be, as a share of its distance, and lie in it


@dataclass(frozen=True, eq=False, slots=True)
class Cone:
    """Four planes through the camera, looking inwards, between which a thing lies."""

    apex: Float[np.ndarray, "3"]
    normals: Float[np.ndarray, "4 3"]


def cone_about(corners: Float[np.ndarray, "corner 3"], world_from_camera: Pose) -> Cone | None:
    """The cone in which a camera sees points; None where they are not all on one side of it."""
    apex = world_from_camera.translation_m
    ways = corners - apex
    reach = np.linalg.norm(ways, axis=1)
    if (reach <= 0).any():
        return None
    ahead = (ways / reach[:, None]).sum(axis=0)
    if np.linalg.norm(ahead) < 1e-9:
        return None
    ahead /= np.linalg.norm(ahead)
    right = world_from_camera.rotation[:, int(np.abs(world_from_camera.rotation.T @ ahead).argmin())]
    right = right - (right @ ahead) * ahead
    right /= np.linalg.norm(right)
    along = ways @ ahead
    if (along <= 0.05 * reach).any():  # nearly square to the axis: no cone to speak of
        return None
    normals = []
    for side in (right, np.cross(ahead, right)):
        slopes = (ways @ side) / along
        normals += [side - (slopes.min() - AROUND) * ahead, (slopes.max() + AROUND) * ahead - side]
    held = np.array(normals)
    return Cone(apex, held / np.linalg.norm(held, axis=1, keepdims=True))


def box_of_cones(
    cones: Sequence[Cone],
) -> tuple[Float[np.ndarray, "3"], Float[np.ndarray, "3"]] | None:
    """The ends, along the world's axes, of a box that holds all that is in every cone; None without end."""
    found = [each for pair in itertools.combinations(cones, 2) if (each := _shared(*pair)) is not None]
    if not found:
        return None
    return np.max([low for low, _ in found], axis=0), np.min([high for _, high in found], axis=0)


def _shared(first: Cone, second: Cone) -> tuple[Float[np.ndarray, "3"], Float[np.ndarray, "3"]] | None:
    """The box about what two cones share: about the corners of the planes that lie in both."""
    normals = np.concatenate([first.normals, second.normals])
    offsets = np.concatenate([first.normals @ first.apex, second.normals @ second.apex])
    if _endless(normals):
        return None
    held = normals[TRIPLES]
    flat = np.abs(np.linalg.det(held)) < 1e-12
    corners = np.linalg.solve(held[~flat], offsets[TRIPLES][~flat][..., None])[..., 0]
    size = 1 + np.abs(corners).max(axis=1, keepdims=True)
    corners = corners[(corners @ normals.T - offsets >= -SIDE * size).all(axis=1)]
    if not len(corners):
        return None
    return corners.min(axis=0), corners.max(axis=0)


def _endless(normals: Float[np.ndarray, "8 3"]) -> bool:
    """Whether some way leads on for ever within all of these planes: along an edge of two, if at all."""
    edges = np.cross(normals[PAIRS[:, 0]], normals[PAIRS[:, 1]])
    length = np.linalg.norm(edges, axis=1)
    edges = edges[length > 1e-12] / length[length > 1e-12, None]
    ways = np.concatenate([edges, -edges])
    return bool((ways @ normals.T >= -SIDE).all(axis=1).any())
