"""A scene from above, with the proof drawn in: the same drawing as SVG and as PNG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from shapely.geometry import Polygon

from allocentric.errors import BadInput
from allocentric.jobs import atomic_write
from allocentric.scene.scene import Scene
from allocentric.views.charts import laid_flat
from allocentric.views.colours import FAINT, INK, WHITE, seen_through
from allocentric.views.ink import LINE, Area, Colour, Disc, Item, Line, Text, plate, text_width, wrapped
from allocentric.views.labels import Label, placed
from allocentric.views.marks import Mark, Observer, Polyline, Segment, Spot, Wedge
from allocentric.views.plan_marks import over, places_of, reach_of, strokes_of, under, words_of
from allocentric.views.plan_png import png_of
from allocentric.views.plan_svg import svg_of
from allocentric.views.plan_things import (
    OPENINGS,
    Shown,
    bodies,
    ground,
    keep_off,
    shown_things,
    unplaced,
    words,
)
from allocentric.views.sheet import MARGIN, Floats, Sheet, sheet_around

LEAST_WIDTH: Final = 560.0
STRIP: Final = 44.0  # height of the strip with the scale bar and north
TITLE: Final = 20.0
CAPTION: Final = 14.0
NOTE: Final = 12.0
SIDE: Final = 18.0
MOST_MISSED: Final = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan from above: x of the world to the right, y up; draws itself in a notebook."""

    items: tuple[Item, ...]
    width: int
    height: int
    title: str = ""

    def svg(self) -> str:
        """The plan as an SVG document."""
        return svg_of(self.items, self.width, self.height, title=self.title)

    def png(self) -> bytes:
        """The plan as a PNG file."""
        return png_of(self.items, self.width, self.height)

    def save(self, path: str | Path) -> None:
        """Write the plan whole or not at all, as its suffix says: `.svg` or `.png`; raises BadInput."""
        match Path(path).suffix.lower():
            case ".svg":
                atomic_write(path, self.svg().encode())
            case ".png":
                atomic_write(path, self.png())
            case other:
                what = (
                    f"a plan cannot be written as {other!r}" if other else "the picture's name has no suffix"
                )
                raise BadInput(what, where=str(path), mend="end the name with .png or .svg")

    def _repr_svg_(self) -> str:
        return self.svg()


def draw_plan(
    scene: Scene,
    *,
    marks: Sequence[Mark] = (),
    title: str = "",
    caption: str = "",
    highlight: Sequence[int] = (),
) -> Plan:
    """The scene from above with `marks` drawn in; the rows in `highlight` stand out, all else steps back.

    Highlighted things and marks are always labelled, other things where there is room; labels never
    overlap. Things that may be elsewhere have a dashed outline around all that they may cover; things
    without a place are named below the plan. A map of the globe is laid flat: see `laid_flat`.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> plan = draw_plan(scene_of("room", [Thing(label="sofa", size=(1, 2, 0.8))]), title="A sofa")
    >>> plan.svg()[:4], plan.png()[1:4]
    ('<svg', b'PNG')
    """
    scene, marks = laid_flat(scene, marks)
    shown = shown_things(scene, set(highlight))
    points = _content(scene, shown, marks)
    sheet = sheet_around(points, least_width=LEAST_WIDTH)
    width = math.ceil(max(LEAST_WIDTH, sheet.box[2]))
    head, under_head = _lines(title, TITLE, INK, top=14.0, width=width)
    sheet = replace(sheet, top=sheet.top + under_head - 14.0)
    labels = _labels(scene, shown, marks, sheet=sheet)
    strip, bottom = _foot(scene, sheet, caption, width=width)
    items = [
        *ground(scene, shown, sheet),
        *(item for mark in marks for item in under(mark, sheet)),
        *bodies(scene, shown, sheet),
        *(item for mark in _wedges_first(marks) for item in over(mark, sheet)),
        *(item for label in labels for item in _inked(label)),
        *head,
        *strip,
    ]
    return Plan(tuple(items), width, math.ceil(bottom), title)


def _content(scene: Scene, shown: Sequence[Shown], marks: Sequence[Mark]) -> Floats:
    """Places that must be on the paper."""
    shapes = [each.around or each.outline for each in shown]
    if scene.floor is not None:
        shapes.append(scene.floor)
    places = [shapely.get_coordinates(each) for each in shapes]
    places += [np.asarray(point, dtype=float)[None, :2] for mark in marks for point in places_of(mark)]
    points = np.concatenate([np.zeros((0, 2)), *places])
    # Of a sector no more than a seventh of the paper on any side: it may be far larger than the scene.
    most = float(np.ptp(points, axis=0).max()) / 7 if len(points) else 0.0
    around = [reach_of(mark, most or math.inf) for mark in marks]
    return np.concatenate([points, *around])


def _labels(scene: Scene, shown: Sequence[Shown], marks: Sequence[Mark], *, sheet: Sheet) -> list[Label]:
    """Words of marks first, then of things; all that is drawn is kept off where it can be."""
    solid = [
        each
        for each in shown
        if not each.veil and (scene.kinds[each.row] == "object" or scene.labels[each.row] in OPENINGS)
    ]
    rows = {each.row: order for order, each in enumerate(solid)}
    wanted = [each for each in (words_of(mark, sheet) for mark in marks) if each is not None]
    strokes = [*(strokes_of(mark, sheet) for mark in marks), *keep_off(shown, sheet)]
    left, top, right, bottom = sheet.box
    return placed(
        [*wanted, *words(scene, shown, sheet, solids=rows)],
        canvas=(left + 4, top + 4, right - 4, bottom - 4),
        solids=[Polygon(sheet.rings(each.outline)[0]) for each in solid],
        strokes=np.concatenate([np.zeros((0, 2)), *strokes]),
    )


def _inked(label: Label) -> list[Item]:
    items = list[Item]()
    wanted = label.wanted
    if label.leader is not None:
        colour = wanted.colour if wanted.plate is None or wanted.plate == WHITE else wanted.plate
        items += [Line(label.leader, seen_through(WHITE, 0.8), 3.0), Line(label.leader, colour, 1.0)]
        items.append(Disc(label.leader[1], 2.2, colour))
    if wanted.plate is not None:
        return [*items, plate(label.box, wanted.plate, wanted.plate_edge), label.text]
    return [*items, replace(label.text, halo=WHITE)]


def _wedges_first(marks: Sequence[Mark]) -> list[Mark]:
    """Wedges, the chosen one last; then the rest, those who stand and look on top."""
    return sorted(marks, key=_layer)


def _layer(mark: Mark) -> int:
    match mark:
        case Wedge(chosen=chosen):
            return 1 if chosen else 0
        case Polyline():
            return 2
        case Segment():
            return 3
        case Spot():
            return 4
        case Observer():
            return 5


def _foot(scene: Scene, sheet: Sheet, caption: str, *, width: int) -> tuple[list[Item], float]:
    """The scale bar, north, the caption and what is not placed, and where it all ends."""
    top = sheet.box[3]
    items: list[Item] = [*_scale_bar(scene, sheet, top), *_north(scene, width - MARGIN - 6, top)]
    said, bottom = _lines(caption, CAPTION, INK, top=top + STRIP, width=width)
    missing = unplaced(scene)
    names = ", ".join(missing[:MOST_MISSED]) + (
        f" and {len(missing) - MOST_MISSED} more" if missing[MOST_MISSED:] else ""
    )
    note = f"not placed: {names}" if missing else "" if len(scene) else "there is nothing in this scene"
    noted, bottom = _lines(note, NOTE, FAINT, top=bottom, width=width)
    return [*items, *said, *noted], bottom + 8.0


def _lines(text: str, size: float, colour: Colour, *, top: float, width: int) -> tuple[list[Item], float]:
    """Words in lines from the left, and where they end."""
    items = list[Item]()
    for line in wrapped(text, size, width - 2 * SIDE):
        top += size * LINE
        middle = SIDE + text_width(line, size) / 2
        items.append(Text((middle, top - size * LINE / 2), line, size, colour))
    return items, top


def _scale_bar(scene: Scene, sheet: Sheet, top: float) -> list[Item]:
    """A round length, in metres where the scale is known, else in scene units."""
    known = scene.scale.exact
    pixels = sheet.scale / scene.scale.low if known else sheet.scale  # a metre, or a scene unit
    power = 10.0 ** math.floor(math.log10(170 / pixels))
    length = max(each * power for each in (1, 2, 5) if each * power * pixels <= 170)
    left, right, y = SIDE + 4, SIDE + 4 + length * pixels, top + 14
    said = f"{length:g} scene unit{'' if length == 1 else 's'}"
    if known:
        said = (
            f"{length / 1000:,g} km"
            if length >= 1000
            else f"{length:g} m"
            if length >= 1
            else f"{length * 100:g} cm"
            if length >= 0.01
            else f"{length * 1000:g} mm"
        )
    return [
        Line(((left, y), (right, y)), INK, 2.0),
        *(Line(((x, y - 5), (x, y + 5)), INK, 2.0) for x in (left, right)),
        Text((right + 12 + text_width(said, NOTE) / 2, y), said, NOTE, INK),
    ]


def _north(scene: Scene, x: float, top: float) -> list[Item]:
    """An arrow to the north, with its doubt in words; nothing where every direction may be north."""
    if scene.north.full:
        return []
    turn, y = scene.north.middle_rad, top + 16
    ahead = (math.cos(turn), -math.sin(turn))
    side = (-ahead[1], ahead[0])

    def spot(forward: float, aside: float) -> tuple[float, float]:
        return x + forward * ahead[0] + aside * side[0], y + forward * ahead[1] + aside * side[1]

    doubt = "" if scene.north.exact else f" ±{math.degrees(scene.north.half_rad):.0f}°"
    said = Text((x - 34 - text_width(doubt, CAPTION) / 2, y), f"N{doubt}", CAPTION, INK)
    return [
        Area(((spot(17, 0), spot(-11, 8), spot(-6, 0)),), INK, INK, 1.0),
        Area(((spot(17, 0), spot(-11, -8), spot(-6, 0)),), WHITE, INK, 1.0),
        said,
    ]
