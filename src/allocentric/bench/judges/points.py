"""How releases find points in a reply and hold them to a mask or an outline, each by its own rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from jaxtyping import Float
from PIL import Image, UnidentifiedImageError

from allocentric.answers.kinds import Pixel, Reading
from allocentric.answers.metrics.metric import Mask
from allocentric.bench.sample import Sample
from allocentric.errors import BadInput

_LONGEST: Final = 200_000
_BRACKETS: Final = re.compile(r"\(([^()\[\]]{1,400})\)")
_NUMBER: Final = re.compile(r"\s*[-+]?\d+(?:\.\d*)?")
_PAIR: Final = r"\s*(\d+\.?\d*)\s*,\s*(\d+\.?\d*)\s*"
ROBOPOINT_SIZE: Final = (640, 480)
_MOST: Final = 64_000_000  # pixels of a mask


def shares(sample: Sample) -> Float[np.ndarray, "height width"]:
    """How much of each pixel of a sample's mask is right, 0 to 1; raises BadInput where it cannot be read."""
    path = Path(str(sample.fields["mask"]))
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > _MOST:
                raise BadInput("the mask is too large", where=str(path), mend="give the release's own mask")
            held = np.asarray(picture.convert("L"), dtype=float)
    except (OSError, UnidentifiedImageError):
        mend = "put the masks of the release beside its records"
        raise BadInput("there is no mask to read", where=str(path), mend=mend) from None
    return held / 255.0


def mask_of(sample: Sample) -> Mask:
    """The mask of a sample, each pixel in or out."""
    return Mask(shares(sample) >= 0.5)


def numbers_in_brackets(reply: str) -> list[tuple[str, ...]]:
    """The numbers of each bracket that holds nothing but numbers, as they are written.

    >>> numbers_in_brackets("[(0.5, 12), (1,2,3,4)] (a)")
    [('0.5', '12'), ('1', '2', '3', '4')]
    """
    found = list[tuple[str, ...]]()
    for each in _BRACKETS.findall(reply[:_LONGEST]):
        pieces = each.split(",")
        if all(_NUMBER.fullmatch(piece) for piece in pieces) and not each[0].isspace():
            found.append(tuple(piece.strip() for piece in pieces))
    return found


def place_in(reply: str) -> Reading:
    """The one latitude and longitude in brackets, in degrees.

    >>> place_in("It is Sydney: (-33.9, 151.2)").value, place_in("(1, 2) or (3, 4)").reason
    ((-33.9, 151.2), 'disagree')
    """
    pairs = {(float(each[0]), float(each[1])) for each in numbers_in_brackets(reply) if len(each) == 2}
    if len(pairs) != 1:
        return Reading(None, "disagree" if pairs else "no_answer")
    latitude, longitude = pairs.pop()
    if abs(latitude) > 90 or abs(longitude) > 360:
        return Reading(None, "outside")
    return Reading((latitude, longitude))


def robopoint(reply: str, sample: Sample) -> float | None:
    """RoboPoint (Where2Place): the mean share of the mask under points; four numbers are each pixel of a box.

    A number with a dot is a fraction of 640 by 480, one without is a pixel, in each pair; the edges of a
    mask, which are stored with losses, count in part.
    """
    width, height = ROBOPOINT_SIZE
    points = list[tuple[int, int]]()
    for held in numbers_in_brackets(reply):
        values = [float(each) for each in held]
        if len(held) == 2:
            parts = any("." in each for each in held)
            x, y = (values[0] * width, values[1] * height) if parts else values
            points.append((int(x), int(y)))
        elif len(held) == 4:
            if "." in held[0]:
                values = [value * size for value, size in zip(values, (width, height, width, height))]
            elif any("." in each for each in held):
                return None
            left, top, right, bottom = (int(value) for value in values)
            columns, rows = range(width)[left:right], range(height)[top:bottom]
            points += [(x, y) for y in rows for x in columns]
    return _mean_share(points, shares(sample))


def refspatial(reply: str, sample: Sample) -> float:
    """RefSpatial-Bench: the share of the points in the mask; four numbers are all pixels of a box.

    A pair with a dot in it is fractions of width and height, one without is a pixel; four numbers are always
    fractions. Whatever is not black is in the mask.
    """
    held = shares(sample) > 0
    height, width = held.shape
    hits, count = 0, 0
    for each in numbers_in_brackets(reply):
        if len(each) == 2:
            parts = any("." in piece for piece in each)
            x, y = _scaled(each, (width, height)) if parts else (int(each[0]), int(each[1]))
            hits += bool(0 <= x < width and 0 <= y < height and held[y, x])
            count += 1
        elif len(each) == 4:
            left, top, right, bottom = _scaled(each, (width, height, width, height))
            if right < left or bottom < top:
                return 0.0
            hits += int(held[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)].sum())
            count += (right - left) * (bottom - top)
    return hits / count if count else 0.0


def _scaled(pieces: Sequence[str], sizes: Sequence[int]) -> tuple[int, ...]:
    """Fractions as whole pixels, towards 0; what is beyond all pictures stays there."""
    return tuple(int(min(max(float(each), -1e9), 1e9) * size) for each, size in zip(pieces, sizes))


def robospatial(reply: str, sample: Sample) -> float:
    """RoboSpatial-Home: how the reply begins, for yes and no; else whether its first pair lies inside."""
    if isinstance(sample.truth, bool):
        return float(reply.strip().lower().startswith("yes" if sample.truth else "no"))
    for opened, closed in (("\\(", "\\)"), ("\\[", "\\]")):
        if found := re.search(opened + _PAIR + closed, reply[:_LONGEST]):
            return float(inside_outline((float(found[1]), float(found[2])), sample.fields["outline"]))
    return 0.0


def inside_outline(point: Pixel, outline: Sequence[Sequence[float]]) -> bool:
    """Whether a point lies in an outline, by counting crossings to its right; the border is partly in."""
    x, y = point
    inside = False
    for (x0, y0), (x1, y1) in zip(outline, [outline[-1], *outline[:-1]]):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def _mean_share(points: Sequence[tuple[int, int]], held: Any) -> float:
    height, width = held.shape
    if not points:
        return 0.0
    return float(np.mean([held[y, x] if 0 <= x < width and 0 <= y < height else 0.0 for x, y in points]))
