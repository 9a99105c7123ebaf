"""What networks find in a picture, as values: things with boxes and masks, and depth.

Pixel coordinates run right and down from the top left corner of the picture, the middle of the first pixel
at (0.5, 0.5), as in `geometry.cameras`. A box is left, top, right, bottom, in pixels of the picture as it was
given, whatever the network scaled it to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, UInt8

from allocentric.errors import BadInput
from allocentric.geometry.pinhole import Pinhole

Picture = UInt8[np.ndarray, "_height _width 3"]
"""Red, green and blue, 0 to 255. Pictures of one call may differ in size."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""

LEAST_SIDE_PX: Final = 1e-6
"""Of a box that is narrower or lower than this nothing lies in the picture."""


@dataclass(frozen=True, eq=False, slots=True)
class Detection2D:
    """A thing found in a picture: what it is called, how sure that is (0 to 1), where it is.

    `mask` is as large as the picture, True on the thing; None where only the box is known. Raises BadInput
    for a score outside 0 to 1 and a box without an inside.
    """

    label: str
    score: float
    box_px: Box
    mask: Bool[np.ndarray, "height width"] | None = None

    def __post_init__(self) -> None:
        where = f"a detection of {self.label!r}"
        if not 0 <= self.score <= 1:
            raise BadInput(f"a score of {self.score}", where=where, mend="give a score from 0 to 1")
        left, top, right, bottom = self.box_px
        if not (left < right and top < bottom):
            what = f"the box {self.box_px} has no inside"
            raise BadInput(what, where=where, mend="give left, top, right, bottom in pixels")
        if self.mask is not None:
            mask = self.mask.copy()
            mask.flags.writeable = False
            object.__setattr__(self, "mask", mask)


@dataclass(frozen=True, eq=False, slots=True)
class DepthEstimate:
    """A picture's depth along the view's z axis, metres; NaN where the network gives none.

    `camera` is the one that was given, or that the network made out (`camera_guessed`); None without either.
    """

    depth_m: Float[np.ndarray, "height width"]
    camera: Pinhole | None = None
    camera_guessed: bool = False

    def __post_init__(self) -> None:
        depth_m = np.where(np.isfinite(self.depth_m) & (self.depth_m > 0), self.depth_m, np.nan)
        depth_m.flags.writeable = False
        object.__setattr__(self, "depth_m", depth_m)


def corners_px(
    boxes: Float[np.ndarray, "box 4"], *, width_px: float, height_px: float
) -> Float[np.ndarray, "box 4"]:
    """Left, top, right, bottom of boxes given as middle and size, in shares of a frame of this size.

    >>> corners_px(np.array([[0.5, 0.5, 0.2, 0.4]]), width_px=100, height_px=50).tolist()
    [[40.0, 15.0, 60.0, 35.0]]
    """
    middle, half = boxes[:, :2], boxes[:, 2:] / 2
    frame = np.array([width_px, height_px] * 2)
    corners: Float[np.ndarray, "box 4"] = np.concatenate([middle - half, middle + half], axis=1) * frame
    return corners


def detections(
    scores: Float[np.ndarray, "query label"],
    boxes_px: Float[np.ndarray, "query 4"],
    labels: Sequence[str],
    *,
    size_px: tuple[int, int],
    least_score: float,
    most_overlap: float,
) -> tuple[Detection2D, ...]:
    """The things that a network's queries found, the surest first, each with its best label.

    Boxes are cut at the border of the picture of this size (width, height); what lies outside is left out.
    Of boxes of one label that share more than `most_overlap` of their union, the surest stays.
    """
    best = scores.argmax(axis=1)
    sure = scores.max(axis=1)
    inside_px = boxes_px.clip(0.0, np.array([*size_px, *size_px], dtype=float))
    sides_px = inside_px[:, 2:] - inside_px[:, :2]
    kept = list[int]()
    for query in np.argsort(-sure, kind="stable").tolist():
        if sure[query] < least_score or sides_px[query].min() < LEAST_SIDE_PX:
            continue
        same = [each for each in kept if best[each] == best[query]]
        if not (overlaps(inside_px[query], inside_px[same]) > most_overlap).any():
            kept.append(query)
    return tuple(
        Detection2D(labels[best[query]], float(sure[query]), _box(inside_px[query])) for query in kept
    )


def overlaps(
    box_px: Float[np.ndarray, "4"], boxes_px: Float[np.ndarray, "box 4"]
) -> Float[np.ndarray, " box"]:
    """The share of the union of a box and each of the others that both cover.

    >>> overlaps(np.array([0.0, 0, 2, 2]), np.array([[0.0, 0, 2, 1], [5, 5, 6, 6]])).tolist()
    [0.5, 0.0]
    """
    low, high = np.maximum(box_px[:2], boxes_px[:, :2]), np.minimum(box_px[2:], boxes_px[:, 2:])
    both = (high - low).clip(0).prod(axis=1)
    areas = (boxes_px[:, 2:] - boxes_px[:, :2]).prod(axis=1) + (box_px[2:] - box_px[:2]).prod()
    share: Float[np.ndarray, " box"] = both / (areas - both)
    return share


def box_of_mask(mask: Bool[np.ndarray, "height width"]) -> Box | None:
    """The least box round a mask's pixels, their borders included; None where it has none.

    >>> box_of_mask(np.eye(3, dtype=bool))
    (0.0, 0.0, 3.0, 3.0)
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    return float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)


def _box(corners: Float[np.ndarray, "4"]) -> Box:
    left, top, right, bottom = corners.tolist()
    return left, top, right, bottom
