"""Things as ink: footprints seen from above, the lower ones first."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry import MultiPoint, Polygon

from allocentric.geometry.boxes import Boxes, footprints
from allocentric.scene.facts import Ground
from allocentric.scene.placement import placement
from allocentric.scene.scene import Footprint, Scene
from allocentric.views.colours import (
    FLOOR,
    FLOOR_EDGE,
    INK,
    ROOM_WORDS,
    WALL,
    WALL_DIMMED,
    WHITE,
    WORDS,
    WORDS_DIMMED,
    Paint,
    Tone,
    paint_of,
    room_paint,
    seen_through,
)
from allocentric.views.ink import Area, Colour, Disc, Item, Line, Pixel, Text
from allocentric.views.labels import Wanted
from allocentric.views.sheet import Sheet, box_around, dotted

MOST_NAMED: Final = 80  # more names than this find no room on a plan, and are not tried
THIN: Final = 14.0  # pixels; on what is thinner, words would hide it
MANY: Final = 4  # a thing that lies over fewer things than this hides no scene
LINE_SHARE: Final = 1 / 400  # of the scene's width: half the width of a line on the ground
LEAST: Final = 7.0  # pixels; what is smaller is drawn as a dot, so that it is seen at all
OPENINGS: Final = {
    "door": Paint((226, 205, 176, 255), (140, 110, 70, 255), 1.2),
    "window": Paint((214, 232, 245, 255), (110, 150, 180, 255), 1.2),
}
UNDERFOOT: Final = frozenset({"floor", "ground"})
OVERHEAD: Final = frozenset({"ceiling", "roof"})  # would hide everything
LINTEL: Final = 1.8  # scene units over the ground; a wall that begins higher would close a doorway below it


@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """A thing that is placed: where it is seen from above, and where it may be as well."""

    row: int
    outline: Polygon  # world; without area where the thing has none; of several areas the largest
    around: Polygon | None  # all that it may cover, where its place or size is in doubt
    top: float
    highlighted: bool
    veil: bool = False  # it would hide most of the scene, and is drawn as an outline
    areas: tuple[Polygon, ...] = ()  # where it is several


def shown_things(scene: Scene, highlight: Collection[int]) -> list[Shown]:
    """The things of a scene that have a place, lower tops first; a doubted one in the middle of its doubt."""
    held = placement(scene)
    low, high = held.low, held.high
    placed = np.isfinite(low[:, :2]).all(1) & np.isfinite(high[:, :2]).all(1)
    bounded = np.isfinite(low) & np.isfinite(high)
    start, end = np.where(bounded, low, scene.centers), np.where(bounded, high, scene.centers)
    middles = start + (end - start) / 2
    outlines = footprints(Boxes(middles, scene.sizes, scene.rotations)) if len(scene) else []
    half_up = (np.abs(scene.rotations[:, 2]) * scene.sizes).sum(axis=1) / 2
    ground = float((middles[:, 2] - half_up)[placed].min(initial=math.inf))
    reach = np.ptp(middles[placed, :2], axis=0).max(initial=0.0) if placed.any() else 0.0
    half_line = max(float(reach), float(scene.sizes[placed].max(initial=0.0))) * LINE_SHARE
    shown = []
    for row in np.flatnonzero(placed).tolist():
        hangs = scene.kinds[row] == "structure" and middles[row, 2] - half_up[row] > ground + LINTEL
        if row not in highlight and (hangs or scene.labels[row] in OVERHEAD):
            continue
        shape = scene.shapes[row]
        outline, areas = _hull(outlines[row]), tuple[Polygon, ...]()
        if isinstance(shape, Footprint):
            outline, areas = _areas(shape.polygon, half_line=half_line)
        doubt = (high[row, :2] - low[row, :2]) / 2
        spread = scene.size_slacks[row, :2].max() / 2
        around = None
        if doubt.any() or 0 < spread < math.inf:
            around = _grown(outline, doubt + (spread if math.isfinite(spread) else 0.0))
        top = float(middles[row, 2] + half_up[row])
        shown.append(Shown(row, outline, around, top, row in highlight, areas=areas))
    on_ground = [isinstance(each, Footprint) for each in scene.shapes]
    return _unveiled(
        sorted(shown, key=lambda each: (each.top, -each.outline.area if on_ground[each.row] else 0.0))
    )


def _areas(shape: Ground, *, half_line: float) -> tuple[Polygon, tuple[Polygon, ...]]:
    """What lies on the ground as areas, lines widened to be seen: the largest, and all if several."""
    wide = shape if shape.area else shape.buffer(half_line, quad_segs=2) if shape.length else shape
    parts = _parts(wide)
    if not parts:
        spots = shapely.get_coordinates(wide)
        parts = [Polygon([spot] * 4) for spot in spots]
    return max(parts, key=lambda each: each.area), tuple(parts) if len(parts) > 1 else ()


def _unveiled(shown: list[Shown]) -> list[Shown]:
    """The things, those marked that lie above more than half of all: a ceiling, the whole building."""
    middles = np.array([each.outline.centroid.coords[0] for each in shown]).reshape(-1, 2)
    hidden = [int(shapely.contains_xy(each.outline, middles[:row]).sum()) for row, each in enumerate(shown)]
    least = max(MANY, len(shown) / 2)
    return [replace(each, veil=count > least) for each, count in zip(shown, hidden)]


def unplaced(scene: Scene) -> list[str]:
    """The names of the things whose place on the floor is unknown; a region may be a mere statement."""
    held = placement(scene)
    known = np.isfinite(held.low[:, :2]).all(1) & np.isfinite(held.high[:, :2]).all(1)
    return [scene.names[row] for row in np.flatnonzero(~known).tolist() if scene.kinds[row] != "region"]


def _hull(points: object) -> Polygon:
    hull = MultiPoint(np.asarray(points)).convex_hull
    return hull if isinstance(hull, Polygon) else Polygon(np.asarray(points)[[0, -1, 0, 0]])


def _grown(outline: Polygon, by: object) -> Polygon:
    """All that an outline may cover when it may be moved so far along x and y."""
    x, y = np.asarray(by, dtype=float).tolist()
    corners = shapely.get_coordinates(outline)
    moved = [corners + np.array([sign_x * x, sign_y * y]) for sign_x in (-1, 1) for sign_y in (-1, 1)]
    return _hull(np.concatenate(moved))


def ground(scene: Scene, shown: Sequence[Shown], sheet: Sheet) -> list[Item]:
    """The floor, then the regions, the larger first."""
    items = list[Item]()
    if scene.floor is not None:
        items += [Area(sheet.rings(each), FLOOR, FLOOR_EDGE, 1.2) for each in _parts(scene.floor)]
    regions = [each for each in shown if scene.kinds[each.row] == "region"]
    for each in sorted(regions, key=lambda each: -each.outline.area):
        label = scene.labels[each.row]
        paint = paint_of(label, "strong") if each.highlighted else room_paint(label)
        fill = seen_through(paint.fill, 0.22) if each.highlighted else paint.fill
        items += [Area(rings, fill, paint.edge, paint.width) for rings in _rings(each, sheet)]
    return items


def _parts(shape: Ground) -> list[Polygon]:
    return [each for each in shapely.get_parts(shape) if isinstance(each, Polygon) and not each.is_empty]


def bodies(scene: Scene, shown: Sequence[Shown], sheet: Sheet) -> list[Item]:
    """Structure, then things, lower ones first; then the outlines of doubt, and of what is highlighted."""
    solid = [each for each in shown if scene.kinds[each.row] != "region"]
    dim = any(each.highlighted for each in shown)
    structure = [each for each in solid if scene.kinds[each.row] == "structure"]
    structure.sort(key=lambda each: scene.labels[each.row] in OPENINGS)
    objects = [each for each in solid if scene.kinds[each.row] == "object"]
    items = list[Item]()
    for each in (*structure, *objects):
        items += _body(scene, each, sheet, dim=dim)
    for each in solid:
        if each.around is not None:
            edge = _paint(scene, each, dim=dim).edge
            items.append(Area(sheet.rings(each.around), None, edge, 1.4, 5.0))
        if each.highlighted:
            items += [
                Area(rings, None, _paint(scene, each, dim=dim).edge, 2.4) for rings in _rings(each, sheet)
            ]
    return items


def _rings(each: Shown, sheet: Sheet) -> list[tuple[tuple[tuple[float, float], ...], ...]]:
    return [sheet.rings(part) for part in each.areas or _parts(each.outline)]


def _paint(scene: Scene, each: Shown, *, dim: bool) -> Paint:
    label = scene.labels[each.row]
    tone: Tone = "strong" if each.highlighted else "dimmed" if dim else "plain"
    if label in UNDERFOOT and not each.highlighted:
        return Paint(FLOOR, FLOOR_EDGE, 1.2)
    if scene.kinds[each.row] == "structure" and not each.highlighted:
        wall = WALL_DIMMED if dim else WALL
        return OPENINGS.get(label, Paint(wall, wall, 0.5))
    return paint_of(label, tone)


def _body(scene: Scene, each: Shown, sheet: Sheet, *, dim: bool) -> list[Item]:
    paint = _paint(scene, each, dim=dim)
    x, y = box_size(each, sheet)
    if max(x, y) < LEAST:
        spots = [shapely.get_coordinates(part).mean(0) for part in each.areas or (each.outline,)]
        return [Disc(sheet.at(spot), LEAST / 2, paint.fill, paint.edge, paint.width) for spot in spots]
    if each.outline.area == 0:
        ends = sheet.ring(shapely.get_coordinates(each.outline)[:2])
        return [Line(ends, paint.edge, paint.width + 1.5)]
    fill = None if each.veil else paint.fill
    areas: list[Item] = [Area(rings, fill, paint.edge, paint.width) for rings in _rings(each, sheet)]
    return [*areas, *_front(scene, each, sheet, colour=paint.edge)]


def _front(scene: Scene, each: Shown, sheet: Sheet, *, colour: Colour) -> list[Item]:
    """A small triangle within the thing, pointing out at the middle of its front."""
    ahead = (scene.rotations[each.row] @ scene.fronts[each.row])[:2]
    if not np.isfinite(ahead).all() or np.linalg.norm(ahead) < 0.5:
        return []
    ahead = ahead / np.linalg.norm(ahead)
    corners = shapely.get_coordinates(each.outline)
    middle = (corners[:-1].max(0) + corners[:-1].min(0)) / 2
    reach = float(((corners - middle) @ ahead).max())
    across = float(np.abs((corners - middle) @ (-ahead[1], ahead[0])).max())
    half = min(7.0 / sheet.scale, across * 0.7, reach * 0.6)
    if half * sheet.scale < 1.5:
        return []
    left = np.array([-ahead[1], ahead[0]])
    tip = middle + ahead * (reach - min(2.5 / sheet.scale, reach * 0.2))
    base = tip - ahead * half * 1.2
    return [Area((sheet.ring([tip, base + left * half, base - left * half]),), colour, colour, 0.5)]


def box_size(each: Shown, sheet: Sheet) -> tuple[float, float]:
    """How many pixels a thing takes, across and down."""
    left, top, right, bottom = box_around(sheet.ring(shapely.get_coordinates(each.outline)))
    return right - left, bottom - top


def words(scene: Scene, shown: Sequence[Shown], sheet: Sheet, *, solids: Mapping[int, int]) -> list[Wanted]:
    """The labels that things want: highlighted ones first, then rooms, then the larger things.

    `solids` tells for a thing's row which of the solids it is.
    """
    dim = any(each.highlighted for each in shown)
    wanted = list[tuple[tuple[int, float], Wanted]]()
    for each in shown:
        name, kind, own = scene.names[each.row], scene.kinds[each.row], solids.get(each.row)
        size = max(box_size(each, sheet))
        if kind == "region":
            inside, must = _lattice(each.outline, sheet), each.highlighted
            label = Wanted(name, 17.0, ROOM_WORDS, inside, must=must, most=60.0)
            wanted.append(((0 if must else 1, -size), label))
        elif each.highlighted:
            edge = paint_of(scene.labels[each.row], "strong").edge
            label = Wanted(name, 15.0, INK, must=True, plate=WHITE, plate_edge=edge, own=own)
            wanted.append(((0, -size), _beside(label, each, sheet)))
        elif kind == "object":
            most = (10.0 if size > 30 else -1.0) if dim else (34.0 if size > 16 else 26.0)
            label = Wanted(name, 12.0, WORDS_DIMMED if dim else WORDS, most=most, own=own)
            wanted.append(((2, -size), _beside(label, each, sheet)))
    ordered = [each for _, each in sorted(wanted, key=lambda pair: pair[0])]
    sure = [each for each in ordered if each.must]
    return [*sure, *[each for each in ordered if not each.must][:MOST_NAMED]]


def _beside(label: Wanted, each: Shown, sheet: Sheet) -> Wanted:
    """The label on its thing wherever it fits into the footprint, and beside it."""
    ring = sheet.ring(shapely.get_coordinates(each.outline.exterior))
    left, top, right, bottom = around = box_around(ring)
    x, y = (left + right) / 2, (top + bottom) / 2
    outline = Polygon(ring)
    shapely.prepare(outline)
    steps = sorted(itertools.product(range(-3, 4), repeat=2), key=lambda step: math.hypot(*step))
    places = [(x + step_x * (right - left) / 8, y + step_y * (bottom - top) / 8) for step_x, step_y in steps]
    inside = [place for place in places if outline.contains(_words_box(label, place))]
    half = max(LEAST / 2, math.dist(*_spine(each.outline)[1]) * sheet.scale / 2)
    near = (max(left, x - half), max(top, y - half), min(right, x + half), min(bottom, y + half))
    return replace(label, inside=tuple(inside), spots=(near if _slants(each.outline) else around,))


def _words_box(label: Wanted, at: Pixel) -> Polygon:
    return shapely.box(*Text(at, label.text, label.size, label.colour).box)


def _slants(outline: Polygon) -> bool:
    """True where the upright box around an outline says little about it."""
    west, south, east, north = outline.bounds
    return bool(outline.area < 0.6 * (east - west) * (north - south))


def _spine(outline: Polygon) -> tuple[list[Pixel], list[Pixel]]:
    """The two lines through the middle of the least rectangle around an outline, the longer first."""
    corners = shapely.get_coordinates(outline.minimum_rotated_rectangle)
    if len(corners) < 4:  # a line or a point
        corners = shapely.get_coordinates(outline)[[0, 0, 1, 1]]
    middles = (corners[:4] + np.roll(corners[:4], -1, axis=0)) / 2
    lines = [[(float(x), float(y)) for x, y in middles[row::2]] for row in (0, 1)]
    longer, shorter = sorted(lines, key=lambda ends: -math.dist(*ends))
    return longer, shorter


def keep_off(shown: Sequence[Shown], sheet: Sheet) -> list[Float[np.ndarray, "point 2"]]:
    """Pixels for labels to keep off: outlines of what is highlighted, spines of what is thin."""
    lines = list[Float[np.ndarray, "point 2"]]()
    for each in shown:
        if each.highlighted:
            lines += [dotted([*ring, ring[0]]) for ring in sheet.rings(each.outline)]
        longer, shorter = _spine(each.outline)
        if math.dist(*shorter) * sheet.scale < THIN:
            lines.append(dotted(sheet.ring(longer)))
    return lines


def _lattice(polygon: Polygon, sheet: Sheet) -> tuple[Pixel, ...]:
    """Places within a region for its name: its middle, then others, from the middle outwards."""
    west, south, east, north = polygon.bounds
    middle = polygon.representative_point()
    spots = [
        shapely.Point(west + (east - west) * x / 10, south + (north - south) * y / 10)
        for x, y in itertools.product(range(1, 10), repeat=2)
    ]
    inside = sorted((each for each in spots if polygon.contains(each)), key=middle.distance)
    return tuple(sheet.at((each.x, each.y)) for each in (middle, *inside))
