"""Gravity from pictures that were held level: no roll, whatever way they look up or down."""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.words import say_angle


def level_up(
    rights: Float[np.ndarray, "view 3"], ups: Float[np.ndarray, "view 3"], *, within_rad: float
) -> tuple[Float[np.ndarray, "3"], float]:
    """The direction up, and how far off it may be, where each picture's own right is level within an angle.

    `rights` and `ups` are unit vectors, the pictures' own, in one world. The bound is sound: every direction
    up for which all pictures are level to `within_rad` lies within it; it is half a turn where pictures look
    one way only, which tells nothing of how far that is up. Raises BadInput where no direction is square to
    all of them.

    >>> rights = np.array([[1.0, 0, 0], [0, 1, 0]])
    >>> level_up(rights, np.array([[0, 0, 1.0], [0, 0, 1.0]]), within_rad=0.0)[0].round(12) + 0
    array([0., 0., 1.])
    """
    _, sizes, axes = np.linalg.svd(rights, full_matrices=True)
    sizes = np.append(sizes, np.zeros(3 - len(sizes)))
    up = axes[2] * (-1.0 if float(axes[2] @ ups.sum(0)) < 0 else 1.0)
    # With up' = cos t up + sin t aside: the sum of the squares of (right . up') is no less than
    # cos2 t least2 + sin2 t next2, and no more than count sin2 within.
    most = len(rights) * math.sin(min(within_rad, math.pi / 2)) ** 2
    least, following = float(sizes[2]) ** 2, float(sizes[1]) ** 2
    if least > most + 1e-12:
        told = say_angle(math.asin(math.sqrt(least / len(rights))))
        what = f"the pictures are not all level within {say_angle(within_rad)}: {told} at the least"
        raise BadInput(what, where="level within", mend="state a wider angle, or none")
    room = max(0.0, most - least)
    if room >= following - least:
        return up, math.pi
    return up, math.asin(math.sqrt(room / (following - least)))
