"""The pictures that a question may be asked about: how they are called, and what each of them shows well."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from allocentric.geometry.panorama import Panorama
from allocentric.oracle.known_looks import Look, look
from allocentric.questions.change import AtTime, Change, changed
from allocentric.questions.families.things import unique
from allocentric.scene.scene import Scene, View
from allocentric.views.surfaces import scene_caster

MOST_DRAWN: Final = 3_000
_SIMPLE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def lens_views(scene: Scene) -> tuple[View, ...]:
    """The views with a lens that has a border: all but panoramas."""
    return tuple(
        each for each in scene.views if each.camera is not None and not isinstance(each.camera, Panorama)
    )


def panorama_views(scene: Scene) -> tuple[View, ...]:
    """The views that go all the way round."""
    return tuple(each for each in scene.views if isinstance(each.camera, Panorama))


def pictured_views(scene: Scene) -> tuple[View, ...]:
    """The views of which it is known what they show: by a lens, or by the boxes that are stated of them."""
    stated = {each.view for each in scene.sightings if each.box_px}
    lenses = {each.id for each in lens_views(scene)}
    return tuple(
        each for each in scene.views if each.id in lenses or (each.camera is None and each.id in stated)
    )


def called(view: View) -> str:
    """What a view is called in a sentence, behind "picture": its id, in quotes where it is no plain word.

    >>> from allocentric.geometry.poses import Pose
    >>> [called(View(each, Pose(np.eye(3), np.zeros(3)))) for each in ("7", "walk-012", "00012")]
    ['7', 'walk-012', '"00012"']
    """
    id = view.id
    if id.isdigit():
        return id if str(int(id)) == id else f'"{id}"'
    plain = id[0].isalnum() and set(id) <= _SIMPLE and not id[0].isdigit() and any(map(str.isdigit, id))
    return id if plain else f'"{id}"'


def asked_of(view: View) -> str:
    """A view as it stands in a program: `view(7)`, `view("walk-012")`."""
    return f"view({view.id})" if view.id.isdigit() and str(int(view.id)) == view.id else f'view("{view.id}")'


def moment(scene: Scene, view: View) -> tuple[Change, ...]:
    """What has to be done to a scene in which things move, before a question about a picture of it."""
    return (AtTime(view.time_s),) if scene.tracks and view.time_s is not None else ()


def looked_at(scene: Scene, view: View) -> Look:
    """What a view shows of a scene, at the time of the view."""
    return look(changed(scene, moment(scene, view)), view)


def well_seen(scene: Scene, view: View) -> tuple[int, ...]:
    """The things that are the only one of their label, and of which a view shows a tenth and more."""

    def made() -> tuple[int, ...]:
        seen = looked_at(scene, view)
        return tuple(row for row in unique(scene) if seen.knows(row))

    return scene.cached(f"well seen in {view.id}", made)


def pictured(scene: Scene, view: View) -> tuple[int, ...]:
    """As `well_seen`; in a view without a camera, those that are stated to be in it, with a box."""
    if view.camera is not None:
        return well_seen(scene, view)
    stated = {each.row for each in scene.sightings if each.view == view.id and each.box_px}
    return tuple(row for row in unique(scene) if row in stated)


def seen_at_all(scene: Scene, view: View, row: int) -> bool:
    """Whether a view shows anything of a thing, however little: less than `well_seen` asks for."""
    return bool(looked_at(scene, view).sight.visible_px[row])


def unseen(scene: Scene, view: View) -> tuple[int, ...]:
    """The things that are the only one of their label, and of which a view shows no pixel."""
    shown = looked_at(scene, view).sight.visible_px
    return tuple(row for row in unique(scene) if not shown[row])


def still(scene: Scene, rows: Sequence[int]) -> tuple[int, ...]:
    """Those of these things that are nowhere said to move."""
    moving = {each.row for each in scene.tracks}
    return tuple(row for row in rows if row not in moving)


def drawn(
    scene: Scene,
    random: np.random.Generator,
    count: int,
    *,
    views: Sequence[View] | None = None,
    of: Callable[[Scene, View], Sequence[int]] = well_seen,
    ordered: bool = True,
) -> Iterator[tuple[View, tuple[int, ...]]]:
    """A picture and `count` different things of those that it shows well, in random order, each draw once.

    With `ordered` off the same things in another order are the same draw.
    """
    shown = [(view, of(scene, view)) for view in (lens_views(scene) if views is None else views)]
    offered = [(view, rows) for view, rows in shown if len(rows) >= count]
    total = sum((math.perm if ordered else math.comb)(len(rows), count) for _, rows in offered)
    met = set[tuple[str, tuple[int, ...]]]()
    for _ in range(MOST_DRAWN if offered else 0):
        view, rows = offered[int(random.integers(len(offered)))]
        chosen = tuple(rows[int(each)] for each in random.permutation(len(rows))[:count])
        key = (view.id, chosen if ordered else tuple(sorted(chosen)))
        if key not in met:
            met.add(key)
            yield view, chosen
        if len(met) == total:
            return


def drawn_pairs(scene: Scene, random: np.random.Generator) -> Iterator[tuple[View, View]]:
    """Two different pictures, in random order, each pair once."""
    offered, met = lens_views(scene), set[tuple[str, str]]()
    for _ in range(MOST_DRAWN if len(offered) > 1 else 0):
        one, other = (offered[int(each)] for each in random.choice(len(offered), 2, replace=False))
        if (one.id, other.id) not in met:
            met.add((one.id, other.id))
            yield one, other
        if len(met) == len(offered) * (len(offered) - 1):
            return


def apart_m(scene: Scene, one: View, other: View) -> float:
    """How far apart two cameras are, in scene units."""
    return math.dist(one.world_from_camera.translation_m, other.world_from_camera.translation_m)


def heading_rad(view: View) -> float | None:
    """Which way a camera looks on the floor, left of the world's x axis; None where it looks up or down."""
    x, y, z = view.world_from_camera.rotation[:, 2]
    return math.atan2(y, x) if math.hypot(x, y) > abs(z) else None


def within_reach(scene: Scene, view: View) -> tuple[int, ...]:
    """The things that a view shows nothing of, and whose middle one sees from there, looking elsewhere."""

    def made() -> tuple[int, ...]:
        rows = np.array(unseen(scene, view), dtype=np.int64)
        there = changed(scene, moment(scene, view))
        held, at = scene_caster(there), view.world_from_camera.translation_m
        rows = rows[np.linalg.norm(there.centers[rows] - at, axis=1) > 0]  # not what holds the camera
        hits = held.caster.cast(np.broadcast_to(at, (len(rows), 3)), there.centers[rows] - at)
        return tuple(rows[held.rows_hit(hits) == rows].tolist())

    return scene.cached(f"within reach of {view.id}", made)
