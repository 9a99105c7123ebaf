"""SURDS's own rules: words compared without articles, and how well a point is centred in a box."""

from __future__ import annotations

import math
import re
import string
from typing import Final

import msgspec

from allocentric.answers.metrics.metric import Truth
from allocentric.bench.benchmark import RELEASED
from allocentric.bench.sample import Sample

_TAG: Final = re.compile(r"<answer>(.*?)</answer>", re.DOTALL)
_LIST: Final = re.compile(r"\[[-\d.,\s]+\]")
_NO_POINTS: Final = str.maketrans("", "", string.punctuation)
_LONGEST: Final = 200_000


def same_words(reply: str, sample: Sample) -> float:
    """1 where the tagged words are the answer's, without case, punctuation and articles; no tag is wrong."""
    found = _TAG.search(reply[:_LONGEST])
    return float(found is not None and _plain(found[1]) == _plain(str(sample.fields[RELEASED])))


def centredness(reply: str, sample: Sample) -> float:
    """How well the tagged point is centred in the box, 1 at its centre, 0 from its border on.

    The geometric mean of left by right and top by bottom. Four numbers are a box, whose centre is rounded
    down; a number below 1 is taken for a fraction of the picture, as the release does.
    """
    tagged = _TAG.search(reply[:_LONGEST])
    listed = _LIST.search(tagged[1]) if tagged else None
    try:
        held = msgspec.json.decode(listed.group(), type=list[float]) if listed else []
    except msgspec.DecodeError:
        return 0.0
    if len(held) not in (2, 4):
        return 0.0
    width, height = sample.fields["size"]
    x, y = held if len(held) == 2 else ((held[0] + held[2]) // 2, (held[1] + held[3]) // 2)
    x, y = x * width if x < 1 else x, y * height if y < 1 else y
    if not (0 <= x < width and 0 <= y < height):
        return 0.0
    left, top, right, bottom = sample.fields["bbox"]
    if not (left <= x <= right and top <= y <= bottom):
        return 0.0
    return math.sqrt(_even(x - left, right - x) * _even(y - top, bottom - y))


def box_corners(sample: Sample) -> Truth:
    """The corners of a sample's box, as an outline in which a point has to lie."""
    left, top, right, bottom = sample.fields["bbox"]
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _even(one: float, other: float) -> float:
    most = max(one, other)
    return min(one, other) / most if most else 1.0


def _plain(text: str) -> str:
    words = text.strip().lower().translate(_NO_POINTS).split()
    return " ".join(each for each in words if each not in ("a", "an", "the"))
