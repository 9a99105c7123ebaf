"""Maps that are drawn from pictures: where things are, what ground they cover, which floor was not seen.

The first picture lays the axes: x to the right and y ahead of its camera, level, in metres; its heading is
north, its place the origin. Cells are of one metre, and called by the whole numbers of their middles.

A map is no value of the language, and no word of it looks at a part of the floor: the programs name the
things, and the families decide. What a map hangs on is what the offsets and distances that make it hang on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
from jaxtyping import Bool, Float
from shapely.geometry import MultiPoint

from allocentric.answers.kinds import Placed, Value
from allocentric.geometry.cameras import project
from allocentric.geometry.sectors import RINGS
from allocentric.query.evidence import Cell
from allocentric.query.finish import fact
from allocentric.questions.families.measures import corners_m
from allocentric.questions.families.pictures import asked_of, called, drawn, heading_rad, lens_views, still
from allocentric.questions.families.reasons import NO_HEADING, THINGS_MOVE
from allocentric.questions.families.things import fronted
from allocentric.questions.family import Ask, Family
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Fact, Label, Measured, Undetermined, Unknown, margin, narrowest
from allocentric.views.surfaces import floor_height, scene_caster
from allocentric.words import a_list

THINGS: Final = (5, 4, 3)
BOXES: Final = (3, 2)
SHOWN: Final = 3  # pictures of which the floor is judged
REACH: Final = 4  # cells to either side, and ahead
SAMPLES: Final = 5  # along the side of a cell
MOSTLY: Final = 0.5  # of a cell's floor that is seen, to be said to be seen
OPTIONS: Final = 6
ROOM_M: Final = 0.01
CAMERA_AT_M: Final = 10.0  # of a map with boxes: a box is read with no side below 0
LOOSE: Final = Unknown("not_placed", "a place is known only roughly", "measure it")
TILTED: Final = Unknown("no_frame", "the camera looks up or down", "take one that looks ahead")


def on_the_map(view: View, points: Float[np.ndarray, "point 3"]) -> Float[np.ndarray, "point 2"] | None:
    """Places on the map that a view lays: right and ahead of it, in scene units; None without a heading."""
    heading = heading_rad(view)
    if heading is None:
        return None
    east, north = (points - view.world_from_camera.translation_m)[:, :2].T
    cosine, sine = math.cos(heading), math.sin(heading)
    return np.stack([east * sine - north * cosine, east * cosine + north * sine], axis=1)


def _rows(scene: Scene, names: Sequence[str]) -> list[int]:
    return [scene.labels.index(each) for each in names]


def _undetermined(why: Unknown) -> Undetermined:
    return Undetermined(why.reason, why.detail, why.remedy, why)


def _exact(scene: Scene, rows: Sequence[int]) -> bool:
    return scene.metric and all(scene.exact_rows[row] for row in rows)


def _of_things(scene: Scene, random: np.random.Generator, *, counts: Sequence[int]) -> Iterator[Ask | str]:
    for count in counts:
        for view, rows in drawn(scene, random, count, ordered=False):
            names = tuple(scene.labels[row] for row in still(scene, rows))
            if len(names) < count:
                yield THINGS_MOVE
                continue
            if heading_rad(view) is None:
                yield NO_HEADING
                continue
            slots = {"v": called(view), "things": a_list([f"the {each}" for each in names])}
            program = f'all("{names[0]}")' + "".join(f' | all("{each}")' for each in names[1:])
            yield Ask(program, slots, views=(view.id,), names=names)


def _facts(scene: Scene, ask: Ask, program: str) -> tuple[Fact, ...]:
    """What a program hangs on, asked of each thing `@` and the view `#` of a map, each fact once."""
    view = asked_of(scene.view(ask.views[0]))
    asked = (program.replace("@", name).replace("#", view) for name in ask.names)
    return tuple(dict.fromkeys(each for text in asked for each in settled(scene, text).evidence))


def _map(scene: Scene, ask: Ask) -> Measured | Undetermined:
    """The cells of things, and how far each is from the next cell."""
    rows = _rows(scene, ask.names)
    if not _exact(scene, rows):
        return _undetermined(LOOSE)
    places = on_the_map(scene.view(ask.views[0]), scene.centers[rows])
    if places is None:
        return _undetermined(TILTED)
    gaps = 0.5 - np.abs(places - np.rint(places))
    margins = [margin(float(gaps.min()), "m", "to the next cell")]
    facing = _facings(scene, rows, scene.view(ask.views[0]))
    margins += [margin(gap, "rad", "to the next heading") for _, gap in facing.values()]
    cells = np.rint(places) + 0.0
    said = ", ".join(f"{name} at {_cell(at)}" for name, at in zip(ask.names, cells))
    value = tuple((float(x), float(y)) for x, y in cells)
    turned = replace(ask, names=tuple(scene.labels[row] for row in facing))
    facts = (
        *_facts(scene, ask, 'offset(the("@"), camera(#), axis="forward")'),
        *_facts(scene, turned, 'facing(the("@"), #)'),
    )
    return Measured(value, Label((said,)), narrowest(margins), tuple(dict.fromkeys(facts)))


def _cell(at: Float[np.ndarray, "2"]) -> str:
    return f"({int(at[0])}, {int(at[1])})"


def _facings(scene: Scene, rows: Sequence[int], view: View) -> dict[int, tuple[str, float]]:
    """Which way, on the map, each thing with a front faces, and how far that is from the next such way."""
    heading, fronts, ring = heading_rad(view) or 0.0, fronted(scene), RINGS["compass4"]
    found = dict[int, tuple[str, float]]()
    for row in rows:
        if row in fronts:
            turned = math.remainder(math.atan2(fronts[row][1], fronts[row][0]) - heading, math.tau)
            found[row] = ring.label(turned), ring.gap_rad(turned)
    return found


def _as_map(scene: Scene, ask: Ask, found: Measured) -> Value:
    rows = _rows(scene, ask.names)
    facing = _facings(scene, rows, scene.view(ask.views[0]))
    cells = np.array(found.value, dtype=float).tolist()
    return tuple(
        Placed(name, x, y, facing[row][0] if row in facing else None)
        for name, row, (x, y) in zip(ask.names, rows, cells)
    )


def _boundaries(scene: Scene, ask: Ask) -> Measured | Undetermined:
    """The ground that things cover: least and greatest x and y of their corners."""
    rows, bounds = _rows(scene, ask.names), list[tuple[float, ...]]()
    if not _exact(scene, rows):
        return _undetermined(LOOSE)
    for row in rows:
        places = on_the_map(scene.view(ask.views[0]), corners_m(scene)[row])
        if places is None:
            return _undetermined(TILTED)
        low, high = places.min(axis=0) + CAMERA_AT_M, places.max(axis=0) + CAMERA_AT_M
        bounds.append(tuple(round(float(each), 3) for each in (*low, *high)))
    said = ", ".join(f"{name} {each}" for name, each in zip(ask.names, bounds))
    facts = _facts(scene, ask, 'distance(the("@"), #, geometry="floor")')
    return Measured(tuple(each for bound in bounds for each in bound), Label((said,)), None, facts)


def _on_the_sheet(scene: Scene, ask: Ask, found: Measured) -> str | None:
    least = min(float(each) for each in found.value)  # type: ignore[union-attr, arg-type]
    return None if least >= 0 else "off the map"


def _as_boxes(scene: Scene, ask: Ask, found: Measured) -> Value:
    flat = [float(each) for each in found.value]  # type: ignore[union-attr, arg-type]
    return tuple((flat[at], flat[at + 1], flat[at + 2], flat[at + 3]) for at in range(0, len(flat), 4))


def seen_share(scene: Scene, views: Sequence[View], cell: tuple[int, int]) -> float:
    """How much of the floor of a cell some of the views show: of a grid of points on it."""
    places = _floor_points(scene, views[0], cell)
    seen = np.zeros(len(places), dtype=bool)
    for view in views:
        seen |= _shown(scene, view, places)
    return float(seen.mean())


def _floor_points(scene: Scene, first: View, cell: tuple[int, int]) -> Float[np.ndarray, "point 3"]:
    heading = heading_rad(first) or 0.0
    along = (np.arange(SAMPLES) + 0.5) / SAMPLES - 0.5
    right, ahead = (each.reshape(-1) for each in np.meshgrid(cell[0] + along, cell[1] + along))
    cosine, sine = math.cos(heading), math.sin(heading)
    x, y = right * sine + ahead * cosine, ahead * sine - right * cosine
    at = first.world_from_camera.translation_m
    return np.stack([x + at[0], y + at[1], np.full(len(x), floor_height(scene))], axis=1)


def _shown(scene: Scene, view: View, places: Float[np.ndarray, "point 3"]) -> Bool[np.ndarray, " point"]:
    """Which points a view shows: within its border, and with nothing in between."""
    assert view.camera is not None
    at = view.world_from_camera.translation_m
    _, within = project(view.camera, (places - at) @ view.world_from_camera.rotation)
    ways = places - at
    hits = scene_caster(scene).caster.cast(np.broadcast_to(at, ways.shape), ways)
    free = hits.range_m >= np.linalg.norm(ways, axis=1) - ROOM_M
    shown: Bool[np.ndarray, " point"] = within & free
    return shown


def _cells_of(scene: Scene, view: View) -> list[tuple[int, int]]:
    """The cells about a view that are all floor."""
    if scene.floor is None or heading_rad(view) is None:
        return []
    inner, found = scene.floor.buffer(1e-6), list[tuple[int, int]]()
    for right in range(-REACH, REACH + 1):
        for ahead in range(-REACH, REACH + 1):
            outline = MultiPoint(_floor_points(scene, view, (right, ahead))[:, :2]).convex_hull
            if inner.covers(outline):
                found.append((right, ahead))
    return found


def _unexplored(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    views = lens_views(scene)
    if scene.tracks or len(views) < SHOWN or not scene.metric:
        return
    for _ in range(40):
        shown = [views[int(each)] for each in random.permutation(len(views))[:SHOWN]]
        cells = _cells_of(scene, shown[0])
        random.shuffle(cells)
        shares = {each: seen_share(scene, shown, each) for each in cells[: 4 * OPTIONS]}
        seen = [each for each, share in shares.items() if share >= MOSTLY]
        never = [each for each, share in shares.items() if share == 0]
        few = int(random.integers(1, OPTIONS))
        if len(never) < few or len(seen) < OPTIONS - few:
            yield f"fewer than {few} cells are not seen, or fewer than {OPTIONS - few} are"
            continue
        chosen = [*never[:few], *seen[: OPTIONS - few]]
        random.shuffle(chosen)
        slots = {"v": called(shown[0]), "all": a_list([f"picture {called(each)}" for each in shown])}
        options = tuple(f"({x}, {y})" for x, y in chosen)
        yield Ask("all()", slots, options, views=tuple(each.id for each in shown))


def _never_seen(scene: Scene, ask: Ask) -> Measured | Undetermined:
    """Those of the cells of which no picture shows any floor."""
    views = [scene.view(each) for each in ask.views]
    cells = [tuple(int(part) for part in each.strip("()").split(", ")) for each in ask.options]
    shares = [seen_share(scene, views, (x, y)) for x, y in cells]
    told = tuple(text for text, share in zip(ask.options, shares) if share == 0)
    gap = min((share for share in shares if share > 0), default=1.0)
    clear = margin(gap, "share", "floor of a cell that is seen")
    poses = [
        each
        for one, other in pairwise(views)
        for each in settled(scene, f"distance({asked_of(one)}, {asked_of(other)})").evidence
    ]
    facts = tuple(dict.fromkeys((fact(scene, Cell(None, "floor")), *poses)))
    return Measured(told, Label((", ".join(told),)), clear, facts)


def _as_letters(scene: Scene, ask: Ask, found: Measured) -> Value:
    told = set(found.value)  # type: ignore[arg-type]
    return tuple(chr(ord("A") + place) for place, each in enumerate(ask.options) if each in told)


_AXES: Final = "Its camera is at (0, 0), x is to its right and y ahead of it, in metres."
_MAP: Final = f"on a map laid from picture {{v}}? {_AXES}"
_GROUND: Final = "Its camera is at (10, 10), x is to its right and y ahead of it, in metres."
_FACING: Final = "North is ahead; say which way those with a front face, too."

FAMILIES: Final = (
    Family(
        name="cognitive_map",
        code="H1",
        about="in which cells things are, and which way they face, on a map laid by a picture",
        kind="map",
        templates=(
            f"In which cells of 1 m are {{things}} {_MAP} {_FACING}",
            f"Where are {{things}}, to the nearest metre, {_MAP} {_FACING}",
            f"Draw a map of {{things}} from picture {{v}}, in whole metres. {_AXES} {_FACING}",
        ),
        asks=partial(_of_things, counts=THINGS),
        decide=_map,
        tell=_as_map,
        needs=("things", "views", "scale"),
        frame="map",
        shown="picture",
    ),
    Family(
        name="boundary_map",
        code="H2",
        about="what ground things cover, as boxes on a map laid by a picture",
        kind="boxes",
        unit="m",
        templates=(
            f"What ground do {{things}} cover on a map laid from picture {{v}}? {_GROUND}",
            f"Which boxes of ground are under {{things}} on a map laid from picture {{v}}? {_GROUND}",
            f"Give the boundaries of {{things}} on a map laid from picture {{v}}. {_GROUND}",
        ),
        asks=partial(_of_things, counts=BOXES),
        decide=_boundaries,
        fair=_on_the_sheet,
        tell=_as_boxes,
        needs=("things", "views", "scale"),
        frame="map",
        shown="picture",
    ),
    Family(
        name="unexplored_map",
        code="H3",
        about="which cells of the floor none of some pictures shows",
        kind="choices",
        templates=(
            f"Only {{all}} were seen. Which of these cells of the floor were not seen, {_MAP}",
            f"Of which of these cells of 1 m does none of {{all}} show the floor, {_MAP}",
            f"Which of these floor cells, of 1 m, are unexplored after {{all}}, {_MAP}",
        ),
        asks=_unexplored,
        decide=_never_seen,
        tell=_as_letters,
        needs=("floor", "views", "scale"),
        frame="map",
        shown="views",
    ),
)
