"""Where a camera was in time, and between the times that a file tells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.poses import Pose, rotation_between
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.posed import checked_poses

SAME_TIME_S, BETWEEN_S = 0.02, 0.1
Times = Float[np.ndarray, " row"]


@dataclass(frozen=True, eq=False, slots=True)
class Trajectory:
    """Times, rising, and `world_from_camera` at each of them; what was rounded."""

    times_s: Times
    poses: tuple[Pose, ...]
    rounded: tuple[str, ...] = ()

    def at(self, time_s: float) -> Pose | None:
        """The pose at a time: between the two around it, or the nearest; None where none is near."""
        after = int(np.searchsorted(self.times_s, time_s))
        near = [row for row in (after - 1, after) if 0 <= row < len(self.poses)]
        apart_s = float(np.ptp(self.times_s[near])) if near else 0.0
        if 0 < apart_s <= BETWEEN_S:
            start, end = self.poses[after - 1], self.poses[after]
            share = (time_s - float(self.times_s[after - 1])) / apart_s
            place = start.translation_m + share * (end.translation_m - start.translation_m)
            return Pose(rotation_between(start.rotation, end.rotation, share), place)
        row = min(near, key=lambda each: abs(self.times_s[each] - time_s), default=0)
        return self.poses[row] if near and abs(self.times_s[row] - time_s) <= SAME_TIME_S else None


def trajectory(
    times_s: Times, written: Float[np.ndarray, "row 4 4"], *, declared: Convention, path: Path
) -> Trajectory:
    """The trajectory of poses as a file writes them; raises BadInput for two of one time, and for no pose."""
    order = np.argsort(times_s, kind="stable")
    times_s = times_s[order]
    if (np.diff(times_s) <= 0).any():
        raise BadInput("two poses have one time", where=str(path), mend="leave one of them out")
    names = [f"time {each}" for each in times_s.tolist()]
    poses, rounded = checked_poses(names, written[order], where=str(path))
    return Trajectory(times_s, tuple(map(declared.world_from_camera, poses)), rounded)
