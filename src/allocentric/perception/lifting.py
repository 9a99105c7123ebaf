"""Masks and 2D boxes lifted into the world: the points that a view shows of a thing, and how sure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from jaxtyping import Bool, Float, Float32, Int

from allocentric.errors import BadInput
from allocentric.geometry.depth_visibility import EXACT, DepthNoise
from allocentric.intervals import Interval
from allocentric.perception.frames import Frame, directions
from allocentric.perception.smoothing import Smooth, smoothed

FEWEST: Final = 12  # pixels that make a detection
BLEED_PX: Final = 1  # of a mask's rim that may lie on what is behind
GAP_SHARE: Final = 0.04  # of the depth, between two pixels beside one another: another surface
GAP_M: Final = 0.05
INSIDE: Final = 400  # points kept of a mask's inside; of its rim all are
CORE: Final = 0.5  # of a box's width and height, about its middle, where the thing is looked for
FAIR_SHARE: Final = 0.2
ON_FLOOR_M: Final = 0.03

Numbers = Int[np.ndarray, "height width"]
Flags = Bool[np.ndarray, "height width"]


@dataclass(frozen=True, eq=False, slots=True)
class Segments:
    """What a picture shows, pixel by pixel: `numbers` is k where the k-th of `labels` is seen, 0 for none.

    The picture may be larger or smaller than its depth. `scores` are from 0 to 1.
    """

    numbers: Numbers
    labels: tuple[str, ...]
    scores: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.scores) or self.numbers.max(initial=0) > len(self.labels):
            most = int(self.numbers.max(initial=0))
            what = f"{len(self.labels)} labels, {len(self.scores)} scores, pixels of number {most}"
            raise BadInput(what, where="Segments", mend="give a label and a score for each number")


@dataclass(frozen=True, eq=False, slots=True)
class Detection:
    """A thing as one view shows it.

    `number` is its number in the view's segments, `eye_m` where the camera was. `points_m` lie on its
    surface, in the world: all of its rim, and some of its inside; `sigmas_m` is how far off each may be along
    its ray (a standard deviation), `steps_m` how far apart neighbouring pixels are there, of which inside
    every `stride`-th is kept, right and down; each stands for `areas_m2` of what the view sees. `normals`
    are NaN where they are not known.
    `pixels` is how many pixels show it, `box_px` where: left, top, right, bottom.
    """

    view: str
    number: int
    label: str
    score: float
    eye_m: Float[np.ndarray, "3"]
    points_m: Float[np.ndarray, "point 3"]
    sigmas_m: Float[np.ndarray, " point"]
    steps_m: Float[np.ndarray, " point"]
    normals: Float[np.ndarray, "point 3"]
    areas_m2: Float[np.ndarray, " point"]
    stride: int
    pixels: int
    box_px: tuple[float, float, float, float]
    range_m: Interval


def segments_of_masks(
    masks: Sequence[Bool[np.ndarray, "height width"]], labels: Sequence[str], scores: Sequence[float]
) -> Segments:
    """Masks that may overlap as segments: a pixel is the surest mask's, and of equals the smaller one's.

    Raises BadInput for no mask at all, for masks of different sizes, and for unequal counts.
    """
    if not len(masks) == len(labels) == len(scores):
        what = f"{len(masks)} masks, {len(labels)} labels, {len(scores)} scores"
        raise BadInput(what, where="segments_of_masks", mend="give each mask a label and a score")
    if len({mask.shape for mask in masks}) != 1:
        raise BadInput(
            "masks of different sizes, or none", where="segments_of_masks", mend="give masks of one picture"
        )
    numbers = np.zeros(masks[0].shape, dtype=np.int32)
    areas = [int(mask.sum()) for mask in masks]
    for row in sorted(range(len(masks)), key=lambda each: (scores[each], -areas[each])):
        numbers[masks[row]] = row + 1
    return Segments(numbers, tuple(labels), tuple(float(each) for each in scores))


def segments_of_boxes(
    frame: Frame,
    boxes_px: Float[np.ndarray, "box 4"],
    labels: Sequence[str],
    *,
    scores: Sequence[float],
    floor_m: float | None = None,
) -> Segments:
    """2D boxes (left, top, right, bottom, in the frame's pixels) as segments: in each, what stands in front.

    That is the nearest layer of depth, without a gap, that fills a fair part of the box's middle; of the
    floor, at height `floor_m` in the world, nothing is taken.
    """
    low = np.zeros(frame.depth_m.shape, dtype=bool)
    if floor_m is not None:
        low = frame.world_from_camera.apply(points_of(frame))[..., 2] < floor_m + ON_FLOOR_M
    masks = []
    for left, top, right, bottom in np.round(boxes_px).astype(int).tolist():
        mask = np.zeros(frame.depth_m.shape, dtype=bool)
        window = np.s_[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
        mask[window] = _in_front(np.where(low[window], np.nan, frame.depth_m[window]))
        masks.append(mask)
    return segments_of_masks(masks, labels, scores)


def points_of(
    frame: Frame, depth_m: Float[np.ndarray, "height width"] | None = None
) -> Float[np.ndarray, "height width 3"]:
    """The points that a frame measured, in the camera's frame; NaN where it measured nothing."""
    depth = frame.depth_m.astype(float) if depth_m is None else depth_m
    made: Float[np.ndarray, "height width 3"] = directions(frame.camera) * depth[..., None]
    return made


def lift(
    frame: Frame, segments: Segments, *, noise: DepthNoise = EXACT, bleed_px: int = BLEED_PX
) -> tuple[Detection, ...]:
    """The things that segments show in a frame, as points in the world; those of too few pixels left out.

    Masks bleed: of a mask's outermost `bleed_px` pixels those are left out that a step in depth parts from
    all of its inside about them, while they go on smoothly beyond the mask. Where depth is noisy, it is
    smoothed by planes within each mask.
    """
    numbers = numbers_on(frame, segments)
    numbers = np.where(_bled(frame.depth_m, numbers, bleed_px), 0, numbers)
    smooth = smoothed(frame, numbers, noise=noise)
    return tuple(_lifted(frame, segments, numbers, smooth=smooth))


def numbers_on(frame: Frame, segments: Segments) -> Numbers:
    """The numbers of segments at the pixels of a frame; 0 where no depth was measured.

    Raises BadInput where they are not of the view's picture.
    """
    numbers: Numbers = np.where(frame.depth_m > 0, frame.onto(segments.numbers), 0)
    return numbers


def _lifted(frame: Frame, segments: Segments, numbers: Numbers, *, smooth: Smooth) -> Iterator[Detection]:
    """One by one, in the order of their numbers."""
    rim, focal_px = _rim(numbers), min(frame.camera.fx_px, frame.camera.fy_px)
    points_m = frame.world_from_camera.apply(points_of(frame, smooth.depth_m))
    for number, (label, score) in enumerate(zip(segments.labels, segments.scores), 1):
        rows, columns = np.nonzero(numbers == number)
        if len(rows) < FEWEST:
            continue
        stride = math.ceil(math.sqrt(len(rows) / INSIDE))
        on_lattice = (rows % stride == 0) & (columns % stride == 0)
        kept = rim[rows, columns] | on_lattice
        r, c = rows[kept], columns[kept]
        depths_m = smooth.depth_m[r, c]
        ranges_m = np.linalg.norm(points_m[r, c] - frame.world_from_camera.translation_m, axis=1)
        box = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        yield Detection(
            view=frame.view,
            number=number,
            label=label,
            score=score,
            eye_m=frame.world_from_camera.translation_m,
            points_m=points_m[r, c],
            sigmas_m=smooth.sigma_m[r, c],
            steps_m=depths_m / focal_px,
            normals=smooth.normals[r, c] @ frame.world_from_camera.rotation.T,
            areas_m2=(depths_m / focal_px) ** 2 * np.where(on_lattice[kept], stride**2, 1),
            stride=stride,
            pixels=len(rows),
            box_px=(float(box[0]), float(box[1]), float(box[2]), float(box[3])),
            range_m=Interval(float(ranges_m.min()), float(ranges_m.max())),
        )


def _rim(numbers: Numbers) -> Flags:
    """The pixels beside one of another number, or at the border of the picture."""
    around = np.pad(numbers, 1, constant_values=-1)
    inner = around[1:-1, 1:-1]
    sides = around[:-2, 1:-1], around[2:, 1:-1], around[1:-1, :-2], around[1:-1, 2:]
    rim: Flags = np.logical_or.reduce([each != inner for each in sides])
    return rim


def _bled(depth_m: Float32[np.ndarray, "height width"], numbers: Numbers, reach_px: int) -> Flags:
    """The pixels near the rim of their mask that belong to what is beyond it, by their depth."""
    if reach_px == 0:
        return np.zeros(numbers.shape, dtype=bool)
    depth, number = np.pad(depth_m, reach_px, constant_values=np.nan), np.pad(numbers, reach_px)
    size = 2 * reach_px + 1
    steps = list(np.ndindex(size, size))
    height, width = numbers.shape
    step_m = GAP_M + GAP_SHARE * depth_m

    def beside(image: Any, down: int, right: int) -> Any:
        return image[down : down + height, right : right + width]

    inside = np.logical_and.reduce([beside(number, *each) == numbers for each in steps]) & (numbers > 0)
    core = np.pad(inside, reach_px)
    near_core, any_core, beyond = (np.zeros(numbers.shape, dtype=bool) for _ in range(3))
    with np.errstate(invalid="ignore"):
        for each in steps:
            smooth = np.abs(beside(depth, *each) - depth_m) < step_m
            near_core |= smooth & beside(core, *each) & (beside(number, *each) == numbers)
            any_core |= beside(core, *each) & (beside(number, *each) == numbers)
            beyond |= smooth & (beside(number, *each) != numbers)
    bled: Flags = (numbers > 0) & ~inside & any_core & ~near_core & beyond
    return bled


def _in_front(depth_m: Float[np.ndarray, "height width"]) -> Flags:
    """The pixels of the nearest layer of depth that fills a fair part of the middle."""
    height, width = depth_m.shape
    down, across = int(height * (1 - CORE) / 2), int(width * (1 - CORE) / 2)
    middle = depth_m[down : height - down, across : width - across]
    sorted_m = np.sort(middle[middle > 0])
    if not len(sorted_m):
        return np.zeros(depth_m.shape, dtype=bool)
    cuts = np.flatnonzero(np.diff(sorted_m) > GAP_M + GAP_SHARE * sorted_m[:-1]) + 1
    layers = np.split(sorted_m, cuts)
    fair = next((each for each in layers if len(each) >= FAIR_SHARE * len(sorted_m)), max(layers, key=len))
    slack_m = GAP_M + GAP_SHARE * fair[0]
    front: Flags = (depth_m > fair[0] - slack_m) & (depth_m < fair[-1] + slack_m)
    return front
