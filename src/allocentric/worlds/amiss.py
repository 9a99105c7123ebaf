"""What looks wrong with a scene: things within one another, held up by nothing, far too small or large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import shapely
from jaxtyping import Bool, Float, Int

from allocentric.geometry.box_distance import gaps_m
from allocentric.geometry.boxes import Boxes, extent_along
from allocentric.geometry.frames import UP
from allocentric.scene.scene import Scene
from allocentric.words import say_length

DEEPEST_M: Final = 0.05  # how far boxes of scanned things may reach into each other unremarked
NEAR_M: Final = 0.1  # what is this near may hold a thing up
SAME_WITHIN_M: Final = 0.01
SMALLEST_M, LARGEST_M = 0.005, 20.0
GROUNDS: Final = frozenset(
    {"airfield", "field", "forest", "island", "lake", "meadow", "orchard", "river", "road", "runway"}
    | {"solar farm", "square", "village", "vineyard", "wood"}
)  # what covers ground may be as large as it likes
MOST_NAMED: Final = 3

Pairs = Int[np.ndarray, "2 pair"]


def amiss(scene: Scene) -> tuple[str, ...]:
    """What looks wrong, each in a line; nothing where the scale is unknown. Walls may be anywhere.

    A thing that is not placed, and a region, is left out: there is nothing to say of its box.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> amiss(scene_of("den", [Thing(label="sofa", center=(0, 0, 0.4), size=(2, 1, 30))]))
    ('larger than 20 m: sofa (30 m)',)
    """
    if not scene.scale.exact:
        return ()
    unit_m = scene.scale.low
    rows = [row for row, exact in enumerate(scene.exact_rows) if exact and scene.kinds[row] != "region"]
    if not rows:
        return ()
    boxes = Boxes(scene.centers[rows] * unit_m, scene.sizes[rows] * unit_m, scene.rotations[rows])
    names = [scene.names[row] for row in rows]
    free = np.array([scene.kinds[row] == "object" for row in rows])
    pairs = _near(boxes)
    floor_m = _floor_m(scene, [scene.labels[row] for row in rows], boxes)
    return (
        *_sized(names, boxes, grounds=np.array([scene.labels[row] in GROUNDS for row in rows])),
        *_within(names, boxes, pairs[:, free[pairs].all(0)]),
        *_held(names, boxes, pairs, free=free, floor_m=floor_m),
    )


def _near(boxes: Boxes) -> Pairs:
    """The pairs of boxes whose upright hulls are within reach of each other, each once."""
    low, high = (np.stack([extent_along(boxes, axis)[end] for axis in np.eye(3)], axis=1) for end in (0, 1))
    grown = shapely.box(*(low[:, :2] - NEAR_M / 2).T, *(high[:, :2] + NEAR_M / 2).T)
    first, second = shapely.STRtree(grown).query(grown)
    near = (first < second) & (low[first, 2] <= high[second, 2] + NEAR_M)
    near &= low[second, 2] <= high[first, 2] + NEAR_M
    return np.stack([first[near], second[near]])


def _sized(names: Sequence[str], boxes: Boxes, *, grounds: Bool[np.ndarray, " box"]) -> Iterator[str]:
    longest_m = boxes.sizes_m.max(axis=1)
    for odd, than in (
        ((longest_m > 0) & (longest_m < SMALLEST_M), f"smaller than {say_length(SMALLEST_M)}"),
        ((longest_m > LARGEST_M) & ~grounds, f"larger than {say_length(LARGEST_M)}"),
    ):
        found = [
            f"{names[row]} ({say_length(float(longest_m[row]))})" for row in np.flatnonzero(odd).tolist()
        ]
        yield from _told(than, found)


def _within(names: Sequence[str], boxes: Boxes, pairs: Pairs) -> Iterator[str]:
    """Boxes that reach into each other, neither holding the other whole; and boxes that stand there twice."""
    pairs = pairs[:, gaps_m(boxes.take(pairs[0]), boxes.take(pairs[1])) == 0]
    depth_m = _depth_m(boxes, pairs)
    holds, held = _holds(boxes, pairs), _holds(boxes, pairs[::-1])
    twice = [f"{names[a]} and {names[b]}" for a, b in pairs[:, holds & held].T.tolist()]
    yield from _told("in the same place, with the same size", twice)
    deep = np.flatnonzero((depth_m > DEEPEST_M) & ~holds & ~held)
    deep = deep[np.argsort(-depth_m[deep], kind="stable")]
    told = [
        f"{names[a]} and {names[b]} ({say_length(float(depth_m[row]))})"
        for row in deep.tolist()
        for a, b in [pairs[:, row].tolist()]
    ]
    yield from _told(f"more than {say_length(DEEPEST_M)} within each other", told)


def _held(
    names: Sequence[str], boxes: Boxes, pairs: Pairs, *, free: Bool[np.ndarray, " box"], floor_m: float
) -> Iterator[str]:
    """Things over the floor that nothing else is near to."""
    close = pairs[:, gaps_m(boxes.take(pairs[0]), boxes.take(pairs[1])) <= NEAR_M]
    above_m = extent_along(boxes, UP)[0] - floor_m
    loose = free & (above_m > NEAR_M)
    loose[close.ravel()] = False
    told = [
        f"{names[row]} ({say_length(float(above_m[row]))} over the floor)"
        for row in np.flatnonzero(loose).tolist()
    ]
    yield from _told("held up by nothing that is listed", told)


def _depth_m(boxes: Boxes, pairs: Pairs) -> Float[np.ndarray, " pair"]:
    """How deep each pair is within each other, along the best of their six axes."""
    first, second = boxes.take(pairs[0]), boxes.take(pairs[1])
    axes = np.concatenate([first.rotations, second.rotations], axis=2)  # pair 3 axis
    spans = [np.einsum("pci,pia->pca", each.corners_m(), axes) for each in (first, second)]
    shared = np.minimum(*(each.max(1) for each in spans)) - np.maximum(*(each.min(1) for each in spans))
    depth: Float[np.ndarray, " pair"] = shared.min(axis=1, initial=np.inf)
    return depth


def _holds(boxes: Boxes, pairs: Pairs) -> Bool[np.ndarray, " pair"]:
    """True where the first box holds all corners of the second."""
    first, corners = boxes.take(pairs[0]), boxes.take(pairs[1]).corners_m()
    own = np.einsum("pij,pci->pcj", first.rotations, corners - first.centers_m[:, None])
    beyond = np.abs(own) - first.sizes_m[:, None] / 2
    held: Bool[np.ndarray, " pair"] = (beyond <= SAME_WITHIN_M).all((1, 2))
    return held


def _floor_m(scene: Scene, labels: Sequence[str], boxes: Boxes) -> float:
    """How high the floor is: the top of what is labelled so, else 0 of an outline, else the lowest point."""
    low, high = extent_along(boxes, UP)
    floors = [row for row, label in enumerate(labels) if label == "floor"]
    if floors:
        return float(high[floors].min())
    return 0.0 if scene.floor is not None else float(low.min())


def _told(what: str, found: Sequence[str]) -> Iterator[str]:
    """One line on all that was found, the first of it by name."""
    if found:
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        yield f"{what}: {', '.join(found[:MOST_NAMED])}{more}"
