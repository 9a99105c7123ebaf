"""Pictures to degrade, and how like two pictures are."""

from __future__ import annotations

import functools
import math
from typing import Final

import numpy as np
from jaxtyping import Float, UInt8
from numpy.lib.stride_tricks import sliding_window_view

from allocentric.geometry.cameras import Pinhole
from allocentric.views.paths import orbit
from allocentric.views.render import Picture, render
from allocentric.worlds.makers import make

Colour = UInt8[np.ndarray, "height width 3"]
CAMERA: Final = Pinhole(320, 240, 277.0, 277.0, 160.0, 120.0)


@functools.cache
def pictures() -> tuple[Picture, ...]:
    """Three places of two flats."""
    wanted = ((7, "sofa", 1), (7, "bed", 2), (11, "sofa", 4))
    shown = []
    for seed, label, place in wanted:
        flat = make("flat", seed)
        row = flat.labels.index(label)
        shown.append(render(flat, orbit(flat, row, CAMERA, count=6)[place], finer=2))
    return tuple(shown)


def psnr(first: Colour, second: Colour) -> float:
    """How like two pictures are, in decibels: infinite where they are one."""
    error = float(np.mean((first.astype(float) - second) ** 2))
    return math.inf if error == 0 else 10 * math.log10(255**2 / error)


def ssim(first: Colour, second: Colour) -> float:
    """Structural similarity of the grey pictures, over windows of 8 x 8: 1 where they are one."""
    a, b = (_windows(each.mean(axis=2)) for each in (first, second))
    (mean_a, mean_b), (var_a, var_b) = (a.mean(-1), b.mean(-1)), (a.var(-1), b.var(-1))
    shared = (a * b).mean(-1) - mean_a * mean_b
    steady = ((0.01 * 255) ** 2, (0.03 * 255) ** 2)
    above = (2 * mean_a * mean_b + steady[0]) * (2 * shared + steady[1])
    below = (mean_a**2 + mean_b**2 + steady[0]) * (var_a + var_b + steady[1])
    return float((above / below).mean())


def _windows(grey: Float[np.ndarray, "height width"]) -> Float[np.ndarray, "down across 64"]:
    windows = sliding_window_view(grey, (8, 8))[::4, ::4]
    return windows.reshape(*windows.shape[:2], 64)
