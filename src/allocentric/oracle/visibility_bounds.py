"""What a view surely, and what it possibly, sees of a thing, pixel by pixel.

Where every place is a point, that is the exact picture. A thing that is known only roughly has an outer box,
which holds all that it may fill, and a core, which it surely fills: along each ray it begins no nearer than
the one, and no farther than the other. What is not listed may hide anything, unless the list is complete.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from jaxtyping import Bool, Float, Int

from allocentric.geometry.rays import Rays
from allocentric.intervals import Members
from allocentric.oracle.solids import corners
from allocentric.oracle.unseen import withheld_rows
from allocentric.scene.placement import center_of, size_of
from allocentric.scene.scene import Scene, View, derived
from allocentric.scene.truth import Body
from allocentric.views.render import camera_of
from allocentric.views.sight import alone_caster, pixel_rays, sight, things_caster
from allocentric.views.surfaces import NO_THING

HAIR: Final = 1e-6
"""Ranges that differ by no more than this share are told apart by no picture."""

Numbers = Float[np.ndarray, " pixel"]


@dataclass(frozen=True, eq=False, slots=True)
class Look:
    """What a view sees of one thing, by the pixels (of the flat picture) in which it may be at all.

    `there`: it surely is, were it alone; `visible`: it surely is, and is nearest; `hidden`: it surely is not
    nearest. `hiders` are the things nearest where it is. `may_hide` are those that are known only roughly.
    """

    pixels: Int[np.ndarray, " pixel"]
    there: Bool[np.ndarray, " pixel"]
    visible: Bool[np.ndarray, " pixel"]
    hidden: Bool[np.ndarray, " pixel"]
    hiders: Members
    may_hide: tuple[int, ...] = ()


def is_closed(scene: Scene, view: View, row: int) -> bool:
    """True where nothing that is not listed may be between a view and a thing."""
    complete = scene.complete
    if complete is None or complete.labels is not None:
        return False
    if complete.region is None:
        return True
    low, high = outer_box(scene, row)
    if not (np.isfinite(low).all() and np.isfinite(high).all()):
        return False
    between = shapely.MultiPoint([_eye(view)[:2], low[:2], high[:2], (low[0], high[1]), (high[0], low[1])])
    return bool(complete.region.covers(between.convex_hull))


def is_firm(scene: Scene, row: int) -> bool:
    """True where place, size and heading of a thing are points: of gravity a picture knows nothing."""
    firm: list[bool] = scene.cached("firm rows", lambda: _firm_rows(scene))
    return firm[row]


def exactly_seen(scene: Scene, view: View, row: int) -> bool:
    """True where what a view sees of a thing hangs on nothing that is known only roughly."""
    return not _loose_rows(scene) and is_closed(scene, view, row)


def look(scene: Scene, view: View, row: int) -> Look:
    """What a view sees of a thing, as far as it is known; raises BadInput for a view without a camera.

    The scene is as it stands when the view is taken.
    """
    found: dict[tuple[int, int], tuple[View, Look]] = scene.cached("bounded looks", dict)
    key = (id(view), row)
    if key not in found:
        exact = exactly_seen(scene, view, row)
        # the view is kept: while it is, no other has its identity
        found[key] = (view, (exact_look if exact else bounded_look)(scene, view, row))
    return found[key][1]


def exact_look(scene: Scene, view: View, row: int) -> Look:
    """What a view sees of a thing with everything in the middle of its bounds, and nothing else about."""
    seen = sight(scene, view)
    pixels = seen.alone(row)
    nearest = seen.picture.reshape(-1)[pixels] == row
    hiders = sorted(each for each, _ in seen.hidden_by(row))
    return Look(pixels, np.ones(len(pixels), dtype=bool), nearest, ~nearest, Members.of(hiders))


def bounded_look(scene: Scene, view: View, row: int) -> Look:
    """As `look`, with slack of any sort: the slow, general twin of `exact_look`."""
    firm, open_ = _firm(scene), not is_closed(scene, view, row)
    pixels, ways, mine = _where(scene, firm, view, row=row)
    others, exact_rows = _others(scene, firm, view, row=row, ways=ways)
    nearest, surely = _Front.none(len(pixels)), _Front.none(len(pixels))
    for other, span in others.items():
        nearest, surely = nearest.with_(span.near, other), surely.with_(span.far, other)
    there = np.isfinite(mine.far)
    hidden = surely.first < mine.near * (1 - HAIR)
    visible = there & (nearest.first > mine.far * (1 + HAIR)) & (not open_)
    sure, possible = list[int](), list[int]()
    for other, span in others.items():
        if (span.near <= np.minimum(mine.end, surely.without(other)) * (1 + HAIR)).any():
            possible.append(other)
        before = np.minimum(mine.near, nearest.without(other)) * (1 - HAIR)
        if not open_ and (there & (span.far < before)).any():
            sure.append(other)
    may_hide = tuple(each for each in possible if each not in exact_rows)
    hiders = Members(tuple(sorted(sure)), tuple(sorted(possible)), open_ and len(pixels) > 0)
    return Look(pixels, there, visible, hidden, hiders, may_hide)


@dataclass(frozen=True, eq=False, slots=True)
class _Span:
    """Along each ray: where a thing begins at the nearest and, surely, at the farthest; where it may end."""

    near: Numbers
    far: Numbers
    end: Numbers


@dataclass(frozen=True, eq=False, slots=True)
class _Front:
    """What comes before anything along each ray: the two nearest beginnings, and whose the nearest is."""

    first: Numbers
    second: Numbers
    who: Int[np.ndarray, " pixel"]

    @staticmethod
    def none(count: int) -> _Front:
        """Nothing on any ray."""
        return _Front(np.full(count, np.inf), np.full(count, np.inf), np.full(count, NO_THING))

    def with_(self, ranges: Numbers, row: int) -> _Front:
        """With one thing more on each ray."""
        nearer = ranges < self.first
        second = np.where(nearer, self.first, np.minimum(self.second, ranges))
        return _Front(np.where(nearer, ranges, self.first), second, np.where(nearer, row, self.who))

    def without(self, row: int) -> Numbers:
        """The nearest beginning of all other things."""
        others: Numbers = np.where(self.who == row, self.second, self.first)
        return others


def _firm_rows(scene: Scene) -> list[bool]:
    """Slack that is lost in the rounding of a ray is none."""
    reach = scene.center_slacks.max(axis=1) + scene.size_slacks.max(axis=1)
    lost = 1e-12 * (1 + np.abs(scene.centers).max(axis=1))
    firm: list[bool] = ((reach <= lost) & (scene.yaw_slacks_rad <= 1e-12)).tolist()
    return firm


def _loose_rows(scene: Scene) -> tuple[int, ...]:
    """The things that are known only roughly; of regions nothing is seen."""

    def found() -> tuple[int, ...]:
        kinds = enumerate(scene.kinds)
        return tuple(row for row, kind in kinds if kind != "region" and not is_firm(scene, row))

    return scene.cached("loose rows", found)


def _firm(scene: Scene) -> Scene:
    """The scene with what is known only roughly out of sight."""

    def made() -> Scene:
        loose = np.array([not is_firm(scene, row) for row in range(len(scene))], dtype=bool)
        hidden = np.where(loose[:, None], np.inf, scene.center_slacks)
        return derived(scene, "of what is known exactly", center_slacks=hidden)

    return scene.cached("firm", made)


def _eye(view: View) -> Float[np.ndarray, "3"]:
    return view.world_from_camera.translation_m


def _where(
    scene: Scene, firm: Scene, view: View, *, row: int
) -> tuple[Int[np.ndarray, " pixel"], Float[np.ndarray, "pixel 3"], _Span]:
    """The pixels in which a thing may be, the ways of their rays, and where along them it may be."""
    at, directions = pixel_rays(camera_of(view))
    ways = (view.world_from_camera.rotation @ directions).T
    if is_firm(scene, row):
        pixels = sight(firm, view).alone(row)
        ways = ways[np.searchsorted(at, pixels)]
        if not len(ways):
            return pixels, ways, _Span(*[np.empty(0)] * 3)
        ranges = alone_caster(firm, row).cast_rays(Rays(_eye(view)[None], ways)).range_m
        return pixels, ways, _Span(ranges, ranges, ranges)
    span = _span(scene, row, _eye(view), ways=ways)
    may = np.isfinite(span.near)
    return at[may], ways[may], _Span(span.near[may], span.far[may], span.end[may])


def _others(
    scene: Scene, firm: Scene, view: View, *, row: int, ways: Float[np.ndarray, "pixel 3"]
) -> tuple[dict[int, _Span], frozenset[int]]:
    """Where the other things may be along the rays; and those of which that is known exactly."""
    spans = dict[int, _Span]()
    if not len(ways):
        return spans, frozenset()
    held = things_caster(firm)
    hits = held.caster.cast_rays(Rays(_eye(view)[None], ways))
    rows = held.rows_hit(hits)
    for other in np.unique(rows[rows != NO_THING]).tolist():
        if other != row:
            ranges = np.where(rows == other, hits.range_m, np.inf)
            spans[other] = _Span(ranges, ranges, ranges)
    exact = frozenset(spans)
    far_off = withheld_rows(scene) if is_closed(scene, view, row) else frozenset[int]()
    for other in _loose_rows(scene):
        span = None if other == row or other in far_off else _span(scene, other, _eye(view), ways=ways)
        if span is not None and np.isfinite(span.near).any():
            spans[other] = span
    return spans, exact


def _span(
    scene: Scene, row: int, eye: Float[np.ndarray, "3"], *, ways: Float[np.ndarray, "pixel 3"]
) -> _Span:
    """Where along each ray a thing that is known roughly may begin and end."""
    low, high = outer_box(scene, row)
    low, high = low - HAIR * (1 + abs(low)), high + HAIR * (1 + abs(high))
    enter, leave = _slab(eye, ways, low, high=high)
    grown = _grown(scene, row)
    if grown is not None:
        middle, half, axes = grown
        own_enter, own_leave = _slab((eye - middle) @ axes, ways @ axes, -half, high=half)
        enter, leave = np.maximum(enter, own_enter), np.minimum(leave, own_leave)
    may = leave >= np.maximum(enter, 0.0)
    near = np.where(may, np.maximum(enter, 0.0), np.inf)
    far = np.full(len(ways), np.inf)
    core = _core(scene, row)
    if core is not None and not ((low <= eye) & (eye <= high)).all():
        middle, half, axes = core
        begins, ends = _slab((eye - middle) @ axes, ways @ axes, -half, high=half)
        far = np.where((ends >= begins) & (begins > 0), begins, np.inf)
    return _Span(near, far, np.where(may, leave, -np.inf))


def outer_box(scene: Scene, row: int) -> tuple[Float[np.ndarray, "3"], Float[np.ndarray, "3"]]:
    """Low and high of the box along the world's axes that holds all that a thing may fill."""
    hull, placed = corners(scene, Body(row), "high"), center_of(scene, row)
    low, high = hull.min(axis=0), hull.max(axis=0)
    if scene.yaw_slacks_rad[row]:
        reach = float(np.hypot(hull[:, 0], hull[:, 1]).max())
        low[:2], high[:2] = -reach, reach
    if not np.isfinite(hull).all():
        low, high = np.full(3, -np.inf), np.full(3, np.inf)
    return low + [each.low for each in placed], high + [each.high for each in placed]


def _grown(scene: Scene, row: int) -> tuple[Any, Any, Any] | None:
    """A box along a thing's own axes that holds all that it may fill; None where they may turn."""
    placed = center_of(scene, row)
    if scene.shapes[row] is not None or scene.yaw_slacks_rad[row] or not all(each.finite for each in placed):
        return None
    axes, moved = scene.rotations[row], np.array([(each.high - each.low) / 2 for each in placed])
    half = np.array([each.high for each in size_of(scene, row)]) / 2 + np.abs(axes.T) @ moved
    return np.array([each.middle for each in placed]), half * (1 + HAIR) + HAIR, axes


def _core(scene: Scene, row: int) -> tuple[Any, Any, Any] | None:
    """A box that a thing surely fills: its middle, half widths and axes; None where none is sure."""
    placed = center_of(scene, row)
    if scene.shapes[row] is not None or not all(each.finite for each in placed):
        return None
    half, axes = np.array([each.low for each in size_of(scene, row)]) / 2, scene.rotations[row]
    if scene.yaw_slacks_rad[row]:
        if abs(axes[2, 2]) < 1 - 1e-12:
            return None
        half, axes = np.array([min(half[:2]) / math.sqrt(2)] * 2 + [half[2]]), np.eye(3)
    moved = np.array([(each.high - each.low) / 2 for each in placed])
    half = half * (1 - HAIR) - np.abs(axes.T) @ moved
    return None if (half < 0).any() else (np.array([each.middle for each in placed]), half, axes)


def _slab(
    eye: Float[np.ndarray, "3"], ways: Float[np.ndarray, "pixel 3"], low: Any, *, high: Any
) -> tuple[Numbers, Numbers]:
    """Where each ray enters and leaves a box along the axes; it leaves before it enters where it misses."""
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (low - eye) / ways, (high - eye) / ways
    level = ways == 0
    within = (low <= eye) & (eye <= high)
    nearer = np.where(level, np.where(within, -np.inf, np.inf), np.minimum(first, second))
    farther = np.where(level, np.where(within, np.inf, -np.inf), np.maximum(first, second))
    return nearer.max(axis=1), farther.min(axis=1)
