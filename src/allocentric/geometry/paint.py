"""What colours the faces of a mesh have: of their own, blended between corners, or of pictures laid on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float, Int, UInt8

NO_PICTURE: Final = -1
WHITE: Final = np.ones((1, 1, 3))
WHITE.flags.writeable = False

Light = Float[np.ndarray, "*n 3"]


@dataclass(frozen=True, eq=False, slots=True)
class Paint:
    """The colours of a mesh, face by face. Never changes.

    `colours` are light (red, green, blue, 1 for white) at each corner of each face, or one for a whole face,
    or one for all; between corners they are blended. A face whose `picture` is not -1 multiplies them by the
    light of that one of `pictures` (sRGB), laid on so that its corners are at the places `uv`: u right and v
    up from the picture's lower left corner, in widths and heights of the picture, which goes on and on.
    Raises ValueError for unequal counts, a place that is not finite, and a picture that is not there.

    >>> red = Paint(np.array([[[1.0, 0, 0]]]), picture=np.array([-1]), uv=np.zeros((1, 3, 2)))
    >>> light_on(red, np.array([0]), np.array([[0.2, 0.3, 0.5]])).tolist()
    [[1.0, 0.0, 0.0]]
    """

    colours: Float[np.ndarray, "#face #corner 3"]
    picture: Int[np.ndarray, " face"]
    uv: Float[np.ndarray, "face 3 2"]
    pictures: tuple[UInt8[np.ndarray, "_ _ 3"], ...] = ()

    def __post_init__(self) -> None:
        count = len(self.picture)
        colours, uv = np.array(self.colours, dtype=np.float64), np.array(self.uv, dtype=np.float64)
        picture = np.array(self.picture, dtype=np.int64)
        fits = colours.ndim == 3 and colours.shape[0] in (1, count) and colours.shape[1:] in ((1, 3), (3, 3))
        if not fits or uv.shape != (count, 3, 2):
            raise ValueError(f"paint for {count} faces has colours {colours.shape} and places {uv.shape}")
        if not (np.isfinite(colours).all() and np.isfinite(uv).all()):
            raise ValueError("a colour, or a place on a picture, is not finite")
        if not ((picture >= NO_PICTURE) & (picture < len(self.pictures))).all():
            raise ValueError(f"a face names picture {int(picture.max())}; there are {len(self.pictures)}")
        if any(each.ndim != 3 or each.shape[2] != 3 or not each.size for each in self.pictures):
            raise ValueError("a picture is not height x width x 3")
        for name, array in (("colours", colours), ("picture", picture), ("uv", uv)):
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def __len__(self) -> int:
        return len(self.picture)

    def turned_over(self) -> Paint:
        """The same for faces whose corners run the other way round."""
        return Paint(self.colours[:, ::-1], self.picture, self.uv[:, ::-1], self.pictures)


def plain_paint(colours: Float[np.ndarray, "#face #corner 3"], count: int) -> Paint:
    """Paint without pictures for so many faces."""
    return Paint(colours, np.full(count, NO_PICTURE), np.zeros((count, 3, 2)))


def joined_paint(paints: Sequence[Paint | None], counts: Sequence[int]) -> Paint | None:
    """The paint of meshes that become one, with these numbers of faces; what has none is white beside others.

    A picture that several share, the same array, is kept once.
    """
    if all(each is None for each in paints):
        return None
    pictures = {id(picture): picture for each in paints if each for picture in each.pictures}
    row = {key: number for number, key in enumerate(pictures)}
    parts = [each or plain_paint(WHITE, count) for each, count in zip(paints, counts)]
    renumbered = [np.array([*(row[id(each)] for each in part.pictures), NO_PICTURE]) for part in parts]
    return Paint(
        np.concatenate([np.broadcast_to(each.colours, (len(each), 3, 3)) for each in parts]),
        np.concatenate([rows[each.picture] for rows, each in zip(renumbered, parts)]),
        np.concatenate([each.uv for each in parts]),
        tuple(pictures.values()),
    )


def light_on(paint: Paint, faces: Int[np.ndarray, " n"], weights: Float[np.ndarray, "n 3"]) -> Light:
    """The light of a white lamp that faces give back at places on them, given as weights of their corners."""
    colours = np.broadcast_to(paint.colours, (len(paint), *paint.colours.shape[1:]))[faces]
    light: Light = colours[:, 0].copy()
    if colours.shape[1] == 3:
        light = np.einsum("nc,nck->nk", weights, colours)
    if paint.pictures:
        picture = paint.picture[faces]
        for number in np.unique(picture[picture != NO_PICTURE]).tolist():
            on = np.flatnonzero(picture == number)
            places = np.einsum("nc,ncx->nx", weights[on], paint.uv[faces[on]])
            light[on] *= _blended(paint.pictures[number], places)
    return light


def linear_light(numbers: UInt8[np.ndarray, "*n"]) -> Float[np.ndarray, "*n"]:
    """The light that the numbers of a picture (sRGB) stand for, 1 for white.

    >>> linear_light(np.array([0, 188, 255], dtype=np.uint8)).round(3).tolist()
    [0.0, 0.503, 1.0]
    """
    light: Float[np.ndarray, "*n"] = _LIGHT[numbers]
    return light


def _blended(
    picture: UInt8[np.ndarray, "_ _ 3"], places: Float[np.ndarray, "n 2"]
) -> Float[np.ndarray, "n 3"]:
    """The light of a picture at places, blended between the middles of its four pixels about each."""
    height, width, _ = picture.shape
    x, y = places[:, 0] * width - 0.5, (1 - places[:, 1]) * height - 0.5
    left, top = np.floor(x), np.floor(y)
    right_share, low_share = (x - left)[:, None], (y - top)[:, None]
    columns = [(left + step).astype(np.int64) % width for step in (0, 1)]
    rows = [(top + step).astype(np.int64) % height for step in (0, 1)]
    upper, lower = (
        linear_light(picture[row, columns[0]]) * (1 - right_share)
        + linear_light(picture[row, columns[1]]) * right_share
        for row in rows
    )
    blended: Float[np.ndarray, "n 3"] = upper * (1 - low_share) + lower * low_share
    return blended


def _light_of_numbers() -> Float[np.ndarray, " number"]:
    share = np.arange(256) / 255
    light: Float[np.ndarray, " number"]
    light = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    light.flags.writeable = False
    return light


_LIGHT: Final = _light_of_numbers()
