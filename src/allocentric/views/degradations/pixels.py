"""The light that a picture's numbers stand for, and back; pictures read between their pixels."""

from __future__ import annotations

from typing import Final

import numpy as np
from jaxtyping import Float32, Num, UInt8

Colour = UInt8[np.ndarray, "height width 3"]
"""Red, green and blue as the numbers of a picture (sRGB)."""

Linear = Float32[np.ndarray, "height width 3"]
"""Red, green and blue light, 1 for white; it may be brighter."""

STEPS: Final = (1 << 14) - 1  # of the table that brings light to numbers


def light_of(colour: Colour) -> Linear:
    """The light that the numbers of a picture stand for.

    >>> light_of(np.array([[[0, 188, 255]]], dtype=np.uint8)).round(3).tolist()
    [[[0.0, 0.503000020980835, 1.0]]]
    """
    light: Linear = _LIGHT[colour]
    return light


def numbers_of(light: Linear) -> Colour:
    """Light as the numbers of a picture; what is brighter than white is white, below black is black."""
    steps = (np.clip(light, 0.0, 1.0) * np.float32(STEPS) + np.float32(0.5)).astype(np.uint16)
    numbers: Colour = _NUMBERS[steps]
    return numbers


def between(
    image: Float32[np.ndarray, "height width c"], x: Num[np.ndarray, "*n"], y: Num[np.ndarray, "*n"]
) -> Float32[np.ndarray, "*n c"]:
    """The image at pixel coordinates (the first pixel's middle is at 0.5, 0.5), mixed from the four about.

    Beyond the border it is as at the border.
    """
    height, width = image.shape[:2]
    across = np.clip(x - 0.5, 0, width - 1).astype(np.float32)
    down = np.clip(y - 0.5, 0, height - 1).astype(np.float32)
    left, top = across.astype(np.intp), down.astype(np.intp)
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    across, down = (across % 1)[..., None], (down % 1)[..., None]
    upper = image[top, left] * (1 - across) + image[top, right] * across
    lower = image[bottom, left] * (1 - across) + image[bottom, right] * across
    mixed: Float32[np.ndarray, "*n c"] = upper * (1 - down) + lower * down
    return mixed


def _light_table() -> Float32[np.ndarray, "256"]:
    share = np.arange(256) / 255
    light = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return light.astype(np.float32)


def _number_table() -> UInt8[np.ndarray, " step"]:
    share = np.arange(STEPS + 1) / STEPS
    numbers = np.where(share <= 0.0031308, 12.92 * share, 1.055 * share ** (1 / 2.4) - 0.055)
    table: UInt8[np.ndarray, " step"] = np.round(255 * numbers).astype(np.uint8)
    return table


_LIGHT: Final = _light_table()
_NUMBERS: Final = _number_table()
_LIGHT.flags.writeable = _NUMBERS.flags.writeable = False
