"""How a lens bends the plane of the picture, and back: OpenCV's model, with an exact inverse."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Final

import numpy as np
from jaxtyping import Float
from numpy.polynomial import Polynomial

from allocentric.geometry.increasing import inverse

Numbers = Float[np.ndarray, " n"]
Plane = tuple[Float[np.ndarray, " n"], Float[np.ndarray, " n"]]
"""The x and the y of points of a plane."""

TRIALS: Final = 200  # of a step; four do for any usual lens
DONE: Final = 4e-16  # where a solution stops, as a share of one plus the point's distance
LARGEST: Final = 1e30  # of a coefficient: no lens comes near, and no product of them overflows
EXACT: Final = 1e-13  # what may be left at most: 1e-9 pixels at a focal length of 10,000


@dataclass(frozen=True, slots=True)
class Distortion:
    """OpenCV's distortion: `Distortion(*coefficients)` takes OpenCV's 4, 5, 8 or 12 numbers in its order.

    A point v = (x, y) of the plane z = 1, with t = x² + y², goes to

        v (g + 2 q·v) + t (q + s),   g = (1 + k1 t + k2 t² + k3 t³) / (1 + k4 t + k5 t² + k6 t³),
        q = (p2, p1),   s = (s1 + s2 t, s3 + s4 t)

    `reach` is the radius of the disc in which that keeps points apart and in order: in it the Jacobian is
    positive definite, so that no two points fall together. Beyond it a lens shows nothing.
    Raises ValueError for a coefficient that no lens can have: not finite, or beyond 1e30.

    >>> round(Distortion(k1=-1 / 3).reach, 6)  # r - r³/3 rises up to r = 1
    1.0
    """

    k1: float = 0.0
    k2: float = 0.0
    p1: float = 0.0
    p2: float = 0.0
    k3: float = 0.0
    k4: float = 0.0
    k5: float = 0.0
    k6: float = 0.0
    s1: float = 0.0
    s2: float = 0.0
    s3: float = 0.0
    s4: float = 0.0
    reach: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_coefficients(self.coefficients)
        object.__setattr__(self, "reach", _reach(self))

    @property
    def coefficients(self) -> tuple[float, ...]:
        """The twelve numbers in OpenCV's order."""
        return tuple(getattr(self, each.name) for each in fields(self) if each.init)

    @property
    def radial(self) -> bool:
        """Whether points only move towards the middle or away from it."""
        return not any((self.p1, self.p2, self.s1, self.s2, self.s3, self.s4))


def check_coefficients(coefficients: Iterable[float]) -> None:
    """Raise ValueError for a number that is no coefficient of a lens."""
    stray = [each for each in coefficients if not abs(each) <= LARGEST]
    if stray:
        raise ValueError(f"a lens has finite coefficients up to {LARGEST:g}, not {stray[0]}")


def distort(lens: Distortion, x: Numbers, y: Numbers) -> Plane:
    """Where the lens puts points of the plane z = 1; NaN beyond its reach."""
    t = x * x + y * y
    with np.errstate(over="ignore", invalid="ignore"):
        grown = np.where(t < lens.reach**2, _growth(lens, t)[0], np.nan)
        if lens.radial:
            return x * grown, y * grown
        grown += 2 * (lens.p2 * x + lens.p1 * y)
        return (
            x * grown + t * (lens.p2 + lens.s1 + lens.s2 * t),
            y * grown + t * (lens.p1 + lens.s3 + lens.s4 * t),
        )


def undistort(lens: Distortion, x: Numbers, y: Numbers) -> Plane:
    """The points of the plane z = 1 that the lens puts here; NaN where it puts none from within its reach."""
    radius = np.sqrt(x * x + y * y)
    found = inverse(lambda r: _profile(lens, r), radius, lens.reach)
    if not lens.radial:  # what no point is moved to along its radius, one may be moved to aside of it
        beyond = np.isnan(found) & np.isfinite(radius)
        found = np.where(beyond, 0.999 * lens.reach, found)
    scale = np.divide(found, radius, out=np.ones_like(found), where=radius > 0)
    start = x * scale, y * scale
    return start if lens.radial else _solved(lens, (x, y), start)


def first_fall(rising: list[Polynomial]) -> float:
    """The least positive number at which one of the polynomials falls below 0; each is 1 at 0.

    A billionth of it is taken off, so that none is below 0 there by a rounding.

    >>> round(first_fall([Polynomial([1, 0, -0.25])]), 6)
    2.0
    """
    return (1 - 1e-9) * min(map(_first_fall, rising))


def _first_fall(rising: Polynomial) -> float:
    # Turned round, the coefficients are a polynomial in 1 / r which begins with 1: no root can overflow.
    turned = np.roots(rising.coef)
    real = turned.real[(np.abs(turned.imag) <= 1e-6 * np.abs(turned)) & (turned.real > 1e-100)]
    roots = np.sort(1 / real)
    between = np.append((roots[1:] + roots[:-1]) / 2, 2 * roots[-1:])
    with np.errstate(over="ignore", invalid="ignore"):
        falls = np.flatnonzero(rising(between) < 0)  # a root that is none but for rounding is passed by
    return float(roots[falls[0]]) if len(falls) else math.inf


def _reach(lens: Distortion) -> float:
    """The radius up to which the Jacobian is positive definite, whatever the direction.

    Of the radial part its eigenvalues are the slope of r g and g itself. The rest is 2 (q·v + q vᵗ + v qᵗ),
    with none below -6 |q| r, and 2 u vᵗ with u = (s1 + 2 s2 t, s3 + 2 s4 t), with none below -2 |u| r.
    """
    r = Polynomial([0.0, 1.0])
    above = Polynomial([1.0, 0.0, lens.k1, 0.0, lens.k2, 0.0, lens.k3])
    below = Polynomial([1.0, 0.0, lens.k4, 0.0, lens.k5, 0.0, lens.k6])
    aside_1 = 6 * math.hypot(lens.p1, lens.p2) + 2 * math.hypot(lens.s1, lens.s3)
    aside = Polynomial([0.0, aside_1, 0.0, 4 * math.hypot(lens.s2, lens.s4)])
    slope = (r * above).deriv() * below - r * above * below.deriv()
    return first_fall([below, above - aside * below, slope - aside * below * below])


def _growth(lens: Distortion, t: Numbers) -> tuple[Numbers, Numbers]:
    """The radial factor g at these squared radii, and its slope in them."""
    above = 1 + t * (lens.k1 + t * (lens.k2 + t * lens.k3))
    slope = lens.k1 + t * (2 * lens.k2 + t * 3 * lens.k3)
    if not (lens.k4 or lens.k5 or lens.k6):
        return above, slope
    below = 1 + t * (lens.k4 + t * (lens.k5 + t * lens.k6))
    grown = above / below
    return grown, (slope - grown * (lens.k4 + t * (2 * lens.k5 + t * 3 * lens.k6))) / below


def _profile(lens: Distortion, radius: Numbers) -> tuple[Numbers, Numbers]:
    """Where the radial part puts points of these radii, and how fast that rises."""
    t = radius * radius
    grown, slope = _growth(lens, t)
    return radius * grown, grown + 2 * t * slope


def _step(lens: Distortion, at: Plane, goal: Plane) -> tuple[Numbers, Plane]:
    """How far the image of a point is from its goal, and the Newton step that would bring it there."""
    (x, y), (p1, p2) = at, (lens.p1, lens.p2)
    t = x * x + y * y
    grown, slope = _growth(lens, t)
    grown += 2 * (p2 * x + p1 * y)
    aside_x, aside_y = p2 + lens.s1 + lens.s2 * t, p1 + lens.s3 + lens.s4 * t
    left_x, left_y = x * grown + t * aside_x - goal[0], y * grown + t * aside_y - goal[1]
    along_x, along_y = 2 * (slope * x + p2), 2 * (slope * y + p1)
    aside_x, aside_y = 2 * (aside_x + t * lens.s2), 2 * (aside_y + t * lens.s4)
    xx, xy = grown + x * (along_x + aside_x), x * along_y + aside_x * y
    yx, yy = y * along_x + aside_y * x, grown + y * (along_y + aside_y)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        determinant = xx * yy - xy * yx
        step = (xy * left_y - yy * left_x) / determinant, (yx * left_x - xx * left_y) / determinant
        return np.sqrt(left_x * left_x + left_y * left_y), step


def _solved(lens: Distortion, goal: Plane, start: Plane) -> Plane:
    """Newton's method, a step halved until it brings the image nearer to its goal; NaN beyond the reach."""
    (x, y), share = start, np.ones_like(goal[0])
    left, (step_x, step_y) = _step(lens, start, goal)
    done = DONE * (1 + np.hypot(*goal))
    todo = np.flatnonzero(left > done)
    for _ in range(TRIALS):
        if not len(todo):
            break
        new_x, new_y = x[todo] + share[todo] * step_x[todo], y[todo] + share[todo] * step_y[todo]
        new_left, new_step = _step(lens, (new_x, new_y), (goal[0][todo], goal[1][todo]))
        nearer = new_left < left[todo]
        share[todo] = np.where(nearer, np.minimum(1.0, 2 * share[todo]), share[todo] / 2)
        took = todo[nearer]
        x[took], y[took], left[took] = new_x[nearer], new_y[nearer], new_left[nearer]
        step_x[took], step_y[took] = new_step[0][nearer], new_step[1][nearer]
        todo = todo[(left[todo] > done[todo]) & (share[todo] > 1e-9)]
    exact = (left <= EXACT * (1 + np.hypot(*goal))) | (
        np.hypot(step_x, step_y) <= EXACT * (1 + np.hypot(x, y))
    )
    lost = ~(exact & (x * x + y * y < lens.reach**2))
    x[lost] = y[lost] = np.nan
    return x, y
