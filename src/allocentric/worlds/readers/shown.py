"""Whether released 2D boxes of things lie where their 3D boxes fall in the pictures.

A 2D box is of the pixels of a thing that are seen, and the thing lies in its 3D box: so the 2D box must lie
in the projected 3D box, whatever hides the thing. Read with the inverse poses or another camera it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float

from allocentric.errors import BadInput
from allocentric.geometry.boxes import SIGNS, Boxes
from allocentric.geometry.cameras import project
from allocentric.scene.derive import at_time
from allocentric.scene.scene import Scene, View

WITHIN_PX: Final = 2.0
HOLDS: Final = 0.5  # the share of boxes that lie in theirs where the poses are read as they were written
STEPS: Final = 17  # points of an edge: a lens bends it

_EDGES: Final = [(a, b) for a in range(8) for b in range(a) if np.abs(SIGNS[a] - SIGNS[b]).sum() == 2]
ImageBoxes = Float[np.ndarray, "box 4"]


@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """The 2D boxes that are told, and the projected boxes of the same things: left, top, right, bottom.

    NaN where a box is not wholly before the camera, or around it.
    """

    told_px: ImageBoxes
    projected_px: ImageBoxes

    def within(self, slack_px: float = WITHIN_PX) -> Bool[np.ndarray, " known"]:
        """Of each box whose projection is known: whether what is told lies in it, to `slack_px`."""
        beyond_px = (self.projected_px - self.told_px) * [1, 1, -1, -1]
        held: Bool[np.ndarray, " known"] = (
            beyond_px[~np.isnan(beyond_px).any(1)].max(1, initial=-np.inf) <= slack_px
        )
        return held


def shown(scene: Scene, views: Sequence[View]) -> Shown:
    """Each sighting's box in these views, which need a camera, and its thing's, at the time of the view."""
    by_id = {each.id: each for each in views if each.camera is not None}
    projected = dict[str, ImageBoxes]()
    for id, view in by_id.items():
        then = scene if view.time_s is None or not scene.tracks else at_time(scene, view.time_s)
        projected[id] = _projected(Boxes(then.centers, then.sizes, then.rotations), view)
    held = [each for each in scene.sightings if each.view in by_id and each.box_px is not None]
    told = np.array([each.box_px for each in held], dtype=float).reshape(-1, 4)
    return Shown(told, np.array([projected[each.view][each.row] for each in held]).reshape(-1, 4))


def _projected(boxes: Boxes, view: View) -> ImageBoxes:
    assert view.camera is not None
    corners_m = boxes.corners_m()
    first, second = np.array(_EDGES).T
    share = np.linspace(0, 1, STEPS)[:, None]
    edges_m = corners_m[:, first, None] * (1 - share) + corners_m[:, second, None] * share
    pixels, _ = project(view.camera, view.world_from_camera.inverse().apply(edges_m.reshape(-1, 3)))
    pixels = pixels.reshape(len(boxes), -1, 2)
    size = np.array([view.camera.width_px, view.camera.height_px])
    inside = np.abs(
        np.einsum("bi,bij->bj", view.world_from_camera.translation_m - boxes.centers_m, boxes.rotations)
    )
    around = (inside <= boxes.sizes_m / 2).all(1)
    box = np.concatenate([pixels.min(1), pixels.max(1)], axis=1).clip(0, np.tile(size, 2))
    box[around] = np.nan
    return box


def judge_shown(read: Shown, inverse: Shown, *, where: str) -> tuple[list[str], list[str]]:
    """Notes and warnings on how the 2D boxes lie in the projected 3D boxes, as read and with poses inverted.

    Raises BadInput where they do with the inverse poses, and do not as read.
    """
    held = read.within()
    if not held.size:
        return [], []
    otherwise = inverse.within()
    told = f"{held.sum()} of {held.size} 2D boxes lie in their projected 3D box, to {WITHIN_PX:g} px"
    inverted = f"with the poses inverted {otherwise.sum()} of {otherwise.size}"
    if held.mean() >= HOLDS:
        return [f"{told}; {inverted}"], []
    if otherwise.size and otherwise.mean() >= HOLDS:
        what = f"poses look inverted: {told}; {inverted}"
        raise BadInput(what, where=where, mend="invert the poses")
    return [], [f"only {told}: poses, cameras or boxes are off"]
