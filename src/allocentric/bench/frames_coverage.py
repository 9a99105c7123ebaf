"""The frames of a folder of posed depth pictures that together see the most."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Int64

from allocentric.bench.frames import Shown
from allocentric.errors import BadInput
from allocentric.geometry.coverage import choose_frames, seen_voxels
from allocentric.perception.frames import frame_of
from allocentric.scene.scene import View
from allocentric.worlds.read import read

VOXEL_M: Final = 0.1


def covering(path: Path, count: int) -> Shown:
    """At most so many frames that together see the most voxels, in the order in which they were taken.

    Raises BadInput where the folder has no posed pictures with depth.
    """
    views = [view for view in read(path).views if view.depth is not None and view.image is not None]
    if not views:
        what = "there are no posed pictures with depth in it"
        raise BadInput(what, where=str(path), mend="give such a folder, or --choose uniform")
    choice = choose_frames([_voxels(view) for view in views], count)
    numbers = sorted(choice.rows.tolist())
    chosen = [views[each] for each in numbers]
    return Shown(
        source=str(path),
        way="coverage",
        of=len(views),
        numbers=numbers,
        times_s=[each.time_s for each in chosen],
        files=[str(each.image) for each in chosen],
        voxels_seen=float(choice.covered[-1]) / choice.seen_by_all if len(choice.covered) else 0.0,
    )


def _voxels(view: View) -> Int64[np.ndarray, " voxel"]:
    frame = frame_of(view)
    return seen_voxels(frame.depth_m, frame.camera, frame.world_from_camera, voxel_m=VOXEL_M)
