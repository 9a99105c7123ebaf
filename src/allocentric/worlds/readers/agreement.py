"""Depth carried from view to view: whether poses and depths are read as they were written.

A point that one view measures must lie on what another measures there. Read with the inverse poses, with
another camera's axes or with the wrong depth scale, it does not; where one of those fits clearly better
than what was declared, the declaration is refused and the better one is named. Nothing is chosen in
silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, project, unproject
from allocentric.geometry.poses import Pose
from allocentric.scene.pictures import depth_camera, depth_m
from allocentric.scene.scene import View
from allocentric.words import say_length, say_number
from allocentric.worlds.readers.convention import CONVENTIONS, Convention

Pairs = Sequence[tuple[int, int]]
"""Rows of views: depth of the first is carried into the second."""

SCALES_M: Final = (
    1.0,
    0.01,
    0.001,
    1 / 256,
    1 / 4000,
    1 / 5000,
    1 / 10000,
)  # metres a count, as releases have them
UNITS: Final = (1000.0, 100.0, 0.01, 0.001)  # poses in millimetres, in centimetres; depths in them
CARRIED_AT_MOST: Final = 2000  # points of one pair
FEWEST: Final = 200  # points that tell anything
CLEARLY: Final = 2.0  # times nearer, for another reading to be named
NEAR_SHARE: Final = 0.03  # of the depth, for another reading to be right itself
TELLING_SHARE: Final = 0.002
FAR_SHARE: Final = 0.05
MOST_PAIRS: Final = 24
APART_M, APART_RAD, APART_VIEWS = 0.1, np.radians(5), 64

Numbers = Float[np.ndarray, " met"]


@dataclass(frozen=True, slots=True)
class Carried:
    """One reading of poses and depths, and how far off depth carried from view to view is under it.

    `median_m` is NaN where no point falls on a measured pixel; `share` is the median as a share of the depth.
    """

    convention: Convention
    depth_times: float  # all depths multiplied by this
    median_m: float
    share: float
    points: int


def telling_pairs(views: Sequence[View]) -> tuple[tuple[int, int], ...]:
    """Up to 24 pairs of views with depth, spread over all: apart enough to tell, near enough to overlap."""
    rows = [row for row, view in enumerate(views) if view.depth is not None]
    if len(rows) < 2:
        return ()
    pairs = []
    for start in sorted(set(np.linspace(0, len(rows) - 2, MOST_PAIRS).astype(int).tolist())):
        first = views[rows[start]].world_from_camera
        later = rows[start + 1 : start + 1 + APART_VIEWS]
        apart = (row for row in later if _apart(first, views[row].world_from_camera))
        pairs.append((rows[start], next(apart, later[-1])))
    return tuple(pairs)


def _apart(first: Pose, second: Pose) -> bool:
    moved = first.inverse() @ second
    turned_rad = np.arccos(np.clip((np.trace(moved.rotation) - 1) / 2, -1, 1))
    return bool(turned_rad >= APART_RAD or np.linalg.norm(moved.translation_m) >= APART_M)


def agreement(
    views: Sequence[View], pairs: Pairs, declared: Convention = CONVENTIONS[0]
) -> tuple[Carried, ...]:
    """How well depth agrees from view to view, read as it is first, then in every other convention and scale.

    `views` stand in the world of their file, before it is turned to z up: the inverse of a pose is another
    thing afterwards. Raises BadInput where a depth image cannot be read.
    """
    others = [each for each in CONVENTIONS if each != declared]
    counts_m = {each.depth.metres_per_count for each in views if each.depth is not None}
    times = [1.0] if len(counts_m) != 1 else _times(counts_m.pop())
    readings = [(each, k) for k in times for each in (declared, *others)]
    missed: list[list[Numbers]] = [[] for _ in readings]
    depths: list[list[Numbers]] = [[] for _ in readings]
    for first, second in pairs:
        points_m, (camera, there_m) = (
            _points_m(views[first]),
            (depth_camera(views[second]), depth_m(views[second])),
        )
        for row, (convention, k) in enumerate(readings):
            a, b = (
                convention.world_from_camera(declared.written(views[each].world_from_camera))
                for each in (first, second)
            )
            seen_m, meant_m = _met((b.inverse() @ a).apply(points_m * k), camera, there_m * k)
            missed[row].append(np.abs(seen_m - meant_m))
            depths[row].append(seen_m)
    return tuple(
        _carried(convention, k, missed_m=np.concatenate([*miss, []]), depths_m=np.concatenate([*depth, []]))
        for (convention, k), miss, depth in zip(readings, missed, depths)
    )


def _times(metres_per_count: float) -> list[float]:
    """By how much depths may have to be multiplied, 1 first: of another scale, or for other poses."""
    kept = [1.0]
    for ratio in (*(each / metres_per_count for each in SCALES_M), *UNITS):
        if all(abs(ratio / each - 1) > 0.01 for each in kept):
            kept.append(ratio)
    return kept


def _carried(convention: Convention, k: float, *, missed_m: Numbers, depths_m: Numbers) -> Carried:
    if not len(missed_m):
        return Carried(convention, k, np.nan, np.nan, 0)
    share = float(np.median(missed_m / depths_m))
    return Carried(convention, k, float(np.median(missed_m)), share, len(missed_m))


def _points_m(view: View) -> Float[np.ndarray, "point 3"]:
    """What a view measured at an even grid of pixels, in its own frame."""
    camera, depths_m = depth_camera(view), depth_m(view)
    step = max(1, round((depths_m.size / CARRIED_AT_MOST) ** 0.5))
    rows, columns = (
        each.ravel() for each in np.mgrid[: depths_m.shape[0] : step, : depths_m.shape[1] : step]
    )
    rays = unproject(camera, np.stack([columns, rows], axis=1) + 0.5)
    points_m = rays * (depths_m[rows, columns] / np.where(rays[:, 2] > 0, rays[:, 2], np.nan))[:, None]
    told: Float[np.ndarray, "point 3"] = points_m[np.isfinite(points_m).all(1)]
    return told


def _met(
    points_m: Float[np.ndarray, "point 3"], camera: Camera, there_m: Float[np.ndarray, "height width"]
) -> tuple[Numbers, Numbers]:
    """The depth measured where points of a camera's frame fall, and their own, where any was."""
    pixels, visible = project(camera, points_m)
    columns, rows = np.floor(pixels[visible]).astype(int).T
    seen_m, meant_m = there_m[rows, columns], points_m[visible, 2]
    told = (seen_m > 0) & (meant_m > 0)
    return seen_m[told], meant_m[told]


def judge(found: Sequence[Carried], pairs: int, *, where: str) -> tuple[list[str], list[str]]:
    """What the agreement of depths says of the convention: notes and warnings.

    Raises BadInput where another convention or another depth scale explains the depths clearly better.
    """
    read = found[0]
    best = _better(found)
    if best is not None:
        raise _misread(read, best, where)
    if read.points < FEWEST:
        what = "no two depth images overlap: nothing could confirm the poses' convention or the depth scale"
        return [f"{read.convention}, as the format declares"], [what]
    inverse = next(
        each
        for each in found
        if each.depth_times == 1
        and each.convention == Convention(not read.convention.to_world, read.convention.opencv)
    )
    share = say_number(round(100 * read.share, 2), 2)
    agrees = (
        f"depth carried from frame to frame agrees to {_say(read.median_m)} "
        f"(median of {read.points} points in {pairs} pairs, {share} % of the depth)"
    )
    farther = inverse.share > CLEARLY * read.share and inverse.share - read.share > TELLING_SHARE
    told = inverse.points < FEWEST or farther
    declared = f"{read.convention.direction} as the format declares"
    otherwise = (
        f"read as {inverse.convention.direction} it is {_say(inverse.median_m)} off"
        if inverse.points >= FEWEST
        else f"read as {inverse.convention.direction} hardly a point falls on another"
    )
    confirmed = f"{read.convention.direction} detected: {agrees}; {otherwise}"
    unsure = f"{declared}: {agrees}, but {otherwise}: the camera hardly moves"
    far = [f"{agrees}: poses, cameras or depths are off"] * (read.share > FAR_SHARE)
    return [confirmed if told else unsure, f"camera axes: {read.convention.axes}'s"], far


def _better(found: Sequence[Carried]) -> Carried | None:
    """The reading that explains the depths clearly better than the first; None where there is none."""
    read, *others = found
    enough = max(FEWEST, read.points / 4)
    fitting = [each for each in others if each.points >= enough and each.share < NEAR_SHARE]
    best = min(fitting, key=lambda each: each.share, default=None)
    if best is None or read.points < FEWEST:
        return best
    clear = read.share > CLEARLY * best.share and read.share - best.share > TELLING_SHARE
    return best if clear else None


def _misread(read: Carried, best: Carried, where: str) -> BadInput:
    looks, mends = list[str](), list[str]()
    if best.convention.to_world != read.convention.to_world:
        looks.append(f"poses look {best.convention.direction}")
        mends.append(f"invert the poses: they are read as {read.convention.direction}")
    if best.convention.opencv != read.convention.opencv:
        looks.append(f"the camera axes look like {best.convention.axes}'s")
        mends.append(f"turn the cameras' y and z round: they are read as {read.convention.axes}'s")
    if best.depth_times != 1:
        k = best.depth_times
        looks.append(f"depths look {say_number(max(k, 1 / k))} times too {'small' if k > 1 else 'large'}")
        mends.append("mend the depth scale, or the unit of the poses")
    as_read = "no overlap" if read.points < FEWEST else _say(read.median_m)
    what = f"{' and '.join(looks)}: median {_say(best.median_m)} so against {as_read} as read"
    return BadInput(what, where=where, mend="; ".join(mends))


def _say(off_m: float) -> str:
    return say_length(round(off_m, 5))  # what is less is rounding
