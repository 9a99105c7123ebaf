"""What depth tells of a thing: its box holds every point seen of it, and no point that is seen to be free.

Along each of its own axes the box reaches at least to the farthest point seen. It reaches less far than any
free point in line with the points seen: between those and the free one it would be solid throughout. A
free point within the thing's box (of a mesh with a hollow) is no such bound. Nothing reaches beyond the
place: the least box of the world that holds all things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.oracle.known_looks import Touch
from allocentric.scene.scene import Scene

ROUNDING: Final = 1e-9
"""How much wider bounds are made than found, as a share of the thing's reach."""


@dataclass(frozen=True, eq=False, slots=True)
class Faces:
    """Where the low and the high faces of a thing's box may be, along its own axes, seen from its middle.

    `inner_low` to `inner_high` is surely within it, `outer_low` to `outer_high` surely holds it.
    """

    inner_low: Float[np.ndarray, "3"]
    inner_high: Float[np.ndarray, "3"]
    outer_low: Float[np.ndarray, "3"]
    outer_high: Float[np.ndarray, "3"]

    def middle(self) -> Float[np.ndarray, "3"]:
        """The middle of where the box's middle may be."""
        low, high = self._middles()
        middle: Float[np.ndarray, "3"] = (low + high) / 2
        return middle

    def middle_slack(self) -> Float[np.ndarray, "3"]:
        """Half the width of where the box's middle may be."""
        low, high = self._middles()
        slack: Float[np.ndarray, "3"] = (high - low) / 2 + self._rounding()
        return slack

    def size(self) -> Float[np.ndarray, "3"]:
        """The middle of the sizes that it may have."""
        size: Float[np.ndarray, "3"] = (
            self.inner_high - self.inner_low + self.outer_high - self.outer_low
        ) / 2
        return size

    def size_slack(self) -> Float[np.ndarray, "3"]:
        """Half the width of the sizes that it may have."""
        least, most = self.inner_high - self.inner_low, self.outer_high - self.outer_low
        slack: Float[np.ndarray, "3"] = (most - least) / 2 + self._rounding()
        return slack

    def _middles(self) -> tuple[Float[np.ndarray, "3"], Float[np.ndarray, "3"]]:
        return (self.outer_low + self.inner_high) / 2, (self.inner_low + self.outer_high) / 2

    def _rounding(self) -> float:
        return ROUNDING * float(np.abs([self.outer_low, self.outer_high]).max())


def faces_of(
    scene: Scene,
    row: int,
    touches: Sequence[Touch],
    *,
    free: Float[np.ndarray, "point 3"],
    place: Float[np.ndarray, "2 3"],
) -> Faces:
    """What these looks tell of a thing's box; `free` are points seen free, `place` is the place's ends."""
    center, axes, half = scene.centers[row], scene.rotations[row], scene.sizes[row] / 2
    on = (np.concatenate([each.on for each in touches]) - center) @ axes
    inner_low, inner_high = on.min(axis=0).clip(-half, half), on.max(axis=0).clip(-half, half)
    off = (np.concatenate([free, *(each.free for each in touches)]) - center) @ axes
    outer_high = np.maximum(half, _reach(place - center, axes))
    outer_low = np.minimum(-half, -_reach(place - center, -axes))
    fits = (off >= inner_low) & (off <= inner_high)
    for axis in range(3):
        beside = fits[:, (axis + 1) % 3] & fits[:, (axis + 2) % 3]
        along = off[beside, axis]
        outer_low[axis] = along[along <= -half[axis]].max(initial=outer_low[axis])
        outer_high[axis] = along[along >= half[axis]].min(initial=outer_high[axis])
    return Faces(inner_low, inner_high, outer_low, outer_high)


def _reach(place: Float[np.ndarray, "2 3"], axes: Float[np.ndarray, "3 3"]) -> Float[np.ndarray, "3"]:
    """How far a box of the world reaches along each of these axes."""
    low, high = place
    reach: Float[np.ndarray, "3"] = np.where(axes > 0, axes * high[:, None], axes * low[:, None]).sum(axis=0)
    return reach
