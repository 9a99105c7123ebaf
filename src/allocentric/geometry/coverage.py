"""Few frames that together see the most: maximum coverage of the voxels seen."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float, Int, Int64

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole, from_depth
from allocentric.geometry.poses import Pose

BITS: Final = 21  # a side of the grid in a key of 63 bits
HALF: Final = 1 << (BITS - 1)  # voxels on either side of the origin
ORIGIN: Final = np.zeros(3)
ORIGIN.flags.writeable = False

Keys = Int64[np.ndarray, " voxel"]


@dataclass(frozen=True, eq=False, slots=True)
class FrameChoice:
    """Frames in the order of choosing, and how many voxels they see together: `covered` up to each of them.

    `seen_by_all` is what all frames see, chosen or not.
    """

    rows: Int[np.ndarray, " chosen"]
    covered: Int[np.ndarray, " chosen"]
    seen_by_all: int


def seen_voxels(
    depth_m: Float[np.ndarray, "height width"],
    camera: Pinhole,
    world_from_camera: Pose,
    *,
    voxel_m: float,
    origin_m: Float[np.ndarray, "3"] = ORIGIN,
) -> Keys:
    """Keys of the voxels that a depth picture measured a surface in, ascending, each once.

    Voxels have their corner at `origin_m` and edges of `voxel_m` along the world's axes; frames are compared
    with one another at one origin and size. Pixels without a depth, or at infinity, are left out.
    """
    if not voxel_m > 0:
        raise BadInput(f"voxels of {voxel_m} m", where="seen_voxels", mend="give an edge above 0")
    points_m = from_depth(camera, np.where(np.isfinite(depth_m), depth_m, 0)).reshape(-1, 3)
    points_m = points_m[~np.isnan(points_m[:, 2])]
    cells = np.floor((world_from_camera.apply(points_m) - origin_m) / voxel_m)
    if np.abs(cells).max(initial=0) >= HALF:
        raise BadInput(
            f"a point more than {HALF} voxels of {voxel_m} m from the origin",
            where="seen_voxels",
            mend="give an origin_m near the scene",
        )
    x, y, z = (cells.astype(np.int64) + HALF).T
    return np.unique((x << 2 * BITS) | (y << BITS) | z)


def choose_frames(sets: Sequence[Int64[np.ndarray, "_"]], budget: int) -> FrameChoice:
    """At most `budget` frames, each the one that adds the most voxels to those before; of equals the first.

    `sets` holds the keys of the voxels that each frame sees. Together the chosen see at least 1 - 1/e (63 %)
    of what the best choice of so many frames would. Choosing ends early where no frame adds anything.

    >>> choice = choose_frames([np.array([1, 2]), np.array([1, 2, 3]), np.array([4])], budget=2)
    >>> choice.rows, choice.covered
    (array([1, 2]), array([3, 4]))
    """
    if budget < 0:
        raise BadInput(f"a budget of {budget} frames", where="choose_frames", mend="give 0 or more")
    voxels, numbers = np.unique(np.concatenate([np.empty(0, np.int64), *sets]), return_inverse=True)
    seen = np.split(numbers, np.cumsum([len(each) for each in sets])[:-1]) if sets else []
    seen = [each if (each[1:] > each[:-1]).all() else np.unique(each) for each in seen]
    left = np.ones(len(voxels), dtype=bool)
    # A gain only shrinks as others are chosen: only a frame that still leads by its old gain is counted anew.
    waiting = [(-len(each), row) for row, each in enumerate(seen)]
    heapq.heapify(waiting)
    rows, covered = list[int](), list[int]()
    while waiting and len(rows) < budget:
        row = waiting[0][1]
        gain = int(np.count_nonzero(left[seen[row]]))
        heapq.heapreplace(waiting, (-gain, row))
        if waiting[0][1] != row:
            continue
        if not gain:
            break
        heapq.heappop(waiting)
        left[seen[row]] = False
        rows.append(row)
        covered.append(gain + (covered[-1] if covered else 0))
    return FrameChoice(np.array(rows, dtype=int), np.array(covered, dtype=int), len(voxels))
