"""How well boxes in a picture fit: overlap by union, generalised and complete, and sets of boxes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.answers.kinds import Box, Expected, Value
from allocentric.answers.metrics.assignment import best_pairs
from allocentric.answers.metrics.metric import Metric, Score, Truth, as_numbers, no_truth

FOUND: Final = 0.5  # overlap by union from which a box is found
MOST_BOXES: Final = 1000  # of a reply: a hostile one is not worth hours


def overlap_and_union(one: Box, other: Box) -> tuple[float, float]:
    """The area of the overlap and of the union of two boxes; a box turned inside out has no area.

    >>> overlap_and_union((0, 0, 2, 2), (1, 1, 3, 3))
    (1.0, 7.0)
    """
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    overlap = width * height if width > 0 and height > 0 and _area(one) and _area(other) else 0.0
    return float(overlap), float(_area(one) + _area(other) - overlap)


def iou(one: Box, other: Box) -> float:
    """Overlap by union of two boxes, 0 to 1; of two without area, 1 where they are the same.

    >>> iou((0, 0, 2, 1), (1, 0, 3, 1)) == 1 / 3
    True
    """
    overlap, union = overlap_and_union(one, other)
    return _share(overlap, union) if union > 0 else float(one == other)


def generalized_iou(one: Box, other: Box) -> float:
    """IoU less the share of the common hull that neither covers, -1 to 1 (Rezatofighi et al. 2019).

    >>> generalized_iou((0, 0, 1, 1), (3, 0, 4, 1))
    -0.5
    """
    _, union = overlap_and_union(one, other)
    hull = _area(_hull(one, other))
    return iou(one, other) - (1 - _share(union, hull) if hull > 0 else 0.0)


def complete_iou(one: Box, other: Box) -> float:
    """IoU less the distance of the centres and less how the shapes differ (Zheng et al. 2020).

    The distance is squared, by the squared diagonal of the hull; the shapes differ by the squared
    difference of the angles of their diagonals. -1.5 is a lower bound.

    >>> complete_iou((0, 0, 1, 1), (0, 0, 1, 1)), round(complete_iou((0, 0, 1, 1), (1, 0, 2, 1)), 9)
    (1.0, -0.2)
    """
    hull, share = _hull(one, other), iou(one, other)
    diagonal = math.hypot(hull[2] - hull[0], hull[3] - hull[1])
    apart = math.hypot(one[0] + one[2] - other[0] - other[2], one[1] + one[3] - other[1] - other[3]) / 2
    turned = math.atan2(*_size(one)) - math.atan2(*_size(other))
    shape = 4 / math.pi**2 * turned**2
    weight = shape / (1 - share + shape) if shape > 0 else 0.0
    return share - (_share(apart, diagonal) ** 2 if diagonal > 0 else 0.0) - weight * shape


def matched_iou(given: tuple[Box, ...], right: tuple[Box, ...]) -> float:
    """The IoU of boxes paired one to one for the greatest sum, by the larger number of boxes.

    Each box that is missing or too many counts as 0; two empty sets give 1.
    """
    if not given and not right:
        return 1.0
    likeness = _all_ious(given, right)
    return float(sum(likeness[pair] for pair in best_pairs(likeness)) / max(len(given), len(right)))


def found_f1(given: tuple[Box, ...], right: tuple[Box, ...]) -> float:
    """F1 of boxes paired one to one with as many pairs of an IoU of at least 0.5 as there can be."""
    if not given and not right:
        return 1.0
    found = (_all_ious(given, right) >= FOUND).astype(float)
    return float(2 * sum(found[pair] for pair in best_pairs(found)) / (len(given) + len(right)))


def _all_ious(given: tuple[Box, ...], right: tuple[Box, ...]) -> Float[np.ndarray, "given right"]:
    """The overlap by union of each pair."""
    pairs = [[iou(one, other) for other in right] for one in given]
    return np.array(pairs, dtype=float).reshape(len(given), len(right))


def _share(part: float, whole: float) -> float:
    """A part by the whole, both of which may be too large for a double."""
    share = part / whole
    return min(share, 1.0) if math.isfinite(share) else 0.0


def _size(box: Box) -> tuple[float, float]:
    """Width and height; 0 where it is turned inside out."""
    return max(0.0, box[2] - box[0]), max(0.0, box[3] - box[1])


def _area(box: Box) -> float:
    """Width times height."""
    width, height = _size(box)
    return width * height


def _hull(one: Box, other: Box) -> Box:
    """The least box around both."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def as_box(value: object) -> Box | None:
    """The box that a value is; None for what is none."""
    found = as_numbers(value, 4)
    return None if found is None else (found[0], found[1], found[2], found[3])


def as_boxes(value: object) -> tuple[Box, ...] | None:
    """The boxes that a value is, one or several, a thousand at most; None for what is none."""
    single = as_box(value)
    if single is not None:
        return (single,)
    if not isinstance(value, tuple) or len(value) > MOST_BOXES:
        return None
    found = [as_box(each) for each in value]
    return None if None in found else tuple(each for each in found if each is not None)


def _one(rule: Callable[[Box, Box], float], name: str, worst: float = 0.0) -> Score:
    """A rule for two boxes as a score."""

    def score(value: Value | None, truth: Truth, _: Expected) -> float:
        given, right = as_box(value), as_box(truth)
        if right is None:
            raise no_truth(truth, name, "a box: left, top, right, bottom")
        return worst if given is None else rule(given, right)

    return score


def _set(rule: Callable[[tuple[Box, ...], tuple[Box, ...]], float], name: str) -> Score:
    """A rule for two sets of boxes as a score."""

    def score(value: Value | None, truth: Truth, _: Expected) -> float:
        given, right = as_boxes(value), as_boxes(truth)
        if right is None:
            raise no_truth(truth, name, "boxes: left, top, right, bottom")
        return 0.0 if given is None else rule(given, right)

    return score


METRICS: Final = (
    Metric(
        name="iou",
        about="overlap by union of two boxes; its mean is gIoU in segmentation papers",
        source="Jaccard; DriveMLLM, MultihopSpatial",
        score=_one(iou, "iou"),
        kinds=frozenset({"box"}),
    ),
    Metric(
        name="generalized_iou",
        about="IoU less the empty share of the common hull; -1 for an unread reply",
        source="Rezatofighi et al. 2019",
        score=_one(generalized_iou, "generalized_iou", -1.0),
        kinds=frozenset({"box"}),
    ),
    Metric(
        name="complete_iou",
        about="IoU less centre distance and difference of shape; -1.5 for an unread reply",
        source="Zheng et al. 2020",
        score=_one(complete_iou, "complete_iou", -1.5),
        kinds=frozenset({"box"}),
    ),
    Metric(
        name="matched_iou",
        about="IoU of boxes paired one to one for the greatest sum; missing and surplus boxes count as 0",
        source="bipartite set matching, as in DETR; the denominator is ours",
        score=_set(matched_iou, "matched_iou"),
        kinds=frozenset({"box", "boxes"}),
    ),
    Metric(
        name="found_f1",
        about="F1 of boxes found at an IoU of 0.5, paired one to one",
        source="detection at one threshold",
        score=_set(found_f1, "found_f1"),
        kinds=frozenset({"box", "boxes"}),
    ),
)
