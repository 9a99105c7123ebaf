"""What an observer of some views can know of a scene, as a scene with bounds: `known_from`.

Every row of the scene stays in its place, so that all of its things can still be named. A thing of which
enough was seen is known as well as the sense tells:

- `placed`: as it is. A room is known once a tenth of its floor was seen.
- `depth`: a box holds the points seen of it and no space that was seen free (`known_depth`), turned as its
  faces show; a mesh keeps its shape, and has its place within such bounds. A room is known once half of its
  floor was seen.
- `picture`: bearings alone. Where pictures from two places show all of a thing, it lies in what their cones
  share (`known_bearings`), turned any way; else it is seen, and not placed. Cameras are placed in metres:
  the scale is known. What has a shape of its own stays without a place, and so do rooms and the floor.

All else is withheld: its place, size and heading are unknown, it is a member of no set, and whoever asks for
it by name is told why, `hidden` or `never_seen`. That is knowledge too: where all of a room was looked at,
what was not seen is not there.

`complete` is the part of the floor over which all space was accounted for (`known_space`), from the floor to
the top of what is listed: seen free, or within a thing that is known. What is shut in a thing that is known
is not looked for; yet over no thing that is withheld is the list ever said to be complete. Where that is the
whole floor and nothing is withheld, the list is complete everywhere.

One more view never widens what is possible, but for a trade in `depth`: of a thing then first seen, and
only roughly, one no longer says that it is nowhere over `complete`, but where its box may be.

North, gravity and the scale are as the scene knows them, and so are its views, which may all be named. What
the scene itself knows only roughly is known as roughly, whatever the sense.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

import numpy as np
import shapely
from jaxtyping import Bool
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon

from allocentric.errors import BadInput
from allocentric.oracle.known_bounds import bounded_by_bearings, bounded_by_depth, sightings_of, withholding
from allocentric.oracle.known_depth import Faces, faces_of
from allocentric.oracle.known_looks import LEAST_SHARE, Look, look, touch
from allocentric.oracle.known_space import (
    Extent,
    Space,
    Voxels,
    place_of,
    polygonal,
    region_of,
    seen_from,
    share_of_floor,
    space_of,
    within,
)
from allocentric.oracle.solids import footprint
from allocentric.scene.placement import placement
from allocentric.scene.scene import (
    Complete,
    Knowledge,
    Scene,
    Sensing,
    View,
    Withheld,
    derived,
)
from allocentric.scene.truth import Body
from allocentric.words import a_list

MOST_OF_A_FLOOR: Final = 0.5
"""The share of its floor that depth must show for a room to be known."""

KEPT: Final = 16  # of what is known from some views, the latest
SAFE: Final = 0.01  # how far around a withheld thing, in scene units, the list is not said to be complete


def known_from(scene: Scene, views: Iterable[View | str], sensing: Sensing = "placed") -> Scene:
    """What an observer of these views can know of a scene, by "placed", "depth" or "picture".

    The whole scene lies within the bounds of what is known of it. Of a scene that is itself known from
    views, those count too. Raises UnknownName for a view that is not there, BadInput for one without a
    camera and for a scene that is no space.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> room = scene_of("room", [Thing(label="sofa"), Thing(label="tv", center=(3, 4, 0))])
    >>> known_from(room, []).knowledge.withheld[0].detail
    "'sofa' was not seen: nothing was looked at"
    """
    if sensing not in get_args(Sensing):
        what = f"{sensing!r} is no sense of an observer"
        raise BadInput(what, where="known_from", mend=f"take {a_list(get_args(Sensing), last='or')}")
    whole, before = whole_of(scene), _views_of(scene)
    if whole.space != "solid":
        what = f"a {whole.space} cannot be looked at from a view"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="ask it as it is")
    named = [whole_view(whole, each) for each in views]
    watched = tuple({each.id: each for each in (*before, *named)}.values())
    kept: OrderedDict[object, Scene] = whole.cached("known", OrderedDict)
    key = (tuple(map(id, watched)), sensing)  # what is known holds its views: no other has this identity
    if key not in kept:
        kept[key] = _Observer(whole, watched, sensing).known()
        if len(kept) > KEPT:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]


def whole_of(scene: Scene) -> Scene:
    """The scene that a known one is known from; any other is itself."""
    while scene.knowledge is not None and scene.parent is not None:
        scene = scene.parent
    return scene


def whole_view(whole: Scene, view: View | str) -> View:
    """A view by its id, or a view as it is; raises BadInput for another view under an id that is taken."""
    if isinstance(view, str):
        return whole.view(view)
    same = next((each for each in whole.views if each.id == view.id), view)
    pose, own = view.world_from_camera, same.world_from_camera
    moved = (pose.rotation != own.rotation).any() or (pose.translation_m != own.translation_m).any()
    if moved or same.camera != view.camera:
        what = f"there is another view {view.id!r}"
        raise BadInput(what, where=f"scene {whole.id!r}", mend="give the view an id of its own")
    return same


def accounted_for(scene: Scene) -> Voxels:
    """Which voxels of the whole scene a known one accounts for: seen free, or within what is known."""
    assert scene.knowledge is not None
    return _Observer(whole_of(scene), _views_of(scene), scene.knowledge.sensing).accounted()


def _views_of(scene: Scene) -> tuple[View, ...]:
    return () if scene.knowledge is None else tuple(scene.view(each) for each in scene.knowledge.views)


@dataclass(frozen=True, eq=False, slots=True)
class _Observer:
    """Who looks at a scene from these views."""

    scene: Scene
    views: tuple[View, ...]
    sensing: Sensing

    def looks(self) -> list[Look]:
        return [look(self.scene, each) for each in self.views]

    def known(self) -> Scene:
        """The scene as this observer knows it."""
        scene, looks = self.scene, self.looks()
        faces = self._faces(looks)
        accounted = self.accounted(faces)
        seen = self._seen(looks, accounted)
        withheld = tuple(_withheld(scene, row, looks, seen=seen) for row in np.flatnonzero(~seen).tolist())
        region = region_of(space_of(scene), accounted)
        complete = self._complete(region, seen)
        told = dict[str, Any]()
        if self.sensing == "depth":
            told = bounded_by_depth(scene, faces)
        elif self.sensing == "picture":
            told = bounded_by_bearings(scene, looks, seen)
        exactly = seen & (self.sensing == "placed")
        shared = _only_of(scene, exactly)
        shared["floor"] = scene.floor if self._all_of_the_floor(region) else None
        ids = {each.id for each in scene.views}
        return derived(
            scene,
            f"known from {_some([each.id for each in self.views])} ({self.sensing})",
            **withholding(scene, seen, told),
            **shared,
            views=scene.views + tuple(each for each in self.views if each.id not in ids),
            sightings=sightings_of(scene, looks) if self.sensing == "picture" else (),
            complete=complete,
            knowledge=Knowledge(tuple(each.id for each in self.views), self.sensing, withheld),
        )

    def accounted(self, faces: Mapping[int, Faces] | None = None) -> Voxels:
        """The voxels that were seen free, or lie within what is known; none where there is no depth."""
        found = self._free()
        if self.sensing == "picture":
            return found
        solids: dict[int, Extent]
        if self.sensing == "placed":
            half = self.scene.sizes / 2
            known = np.flatnonzero(self._knows(self.looks()))
            solids = {row: (-half[row], half[row]) for row in known.tolist()}
        else:
            faces = self._faces(self.looks()) if faces is None else faces
            solids = {row: (each.inner_low, each.inner_high) for row, each in faces.items()}
        accounted: Voxels = found | within(self.scene, solids)
        return accounted

    def _free(self) -> Voxels:
        """The voxels that were seen free; none where there is no depth."""
        space = space_of(self.scene)
        found: Voxels = np.zeros((len(space.columns), len(space.heights)), dtype=bool)
        for view in () if self.sensing == "picture" else self.views:
            found |= seen_from(self.scene, view)
        return found

    def _knows(self, looks: Sequence[Look]) -> Bool[np.ndarray, " thing"]:
        """Which solid things were seen: in `placed`, enough of them."""
        seen = np.zeros(len(self.scene), dtype=bool)
        for each in looks:
            seen |= each.seen
        if self.sensing == "placed":
            for row in np.flatnonzero(seen).tolist():
                seen[row] = any(each.knows(row) for each in looks if each.seen[row])
        return seen

    def _seen(self, looks: Sequence[Look], accounted: Voxels) -> Bool[np.ndarray, " thing"]:
        """Which things, rooms too, are known at all."""
        scene, seen, space = self.scene, self._knows(looks), space_of(self.scene)
        if self.sensing == "picture":
            return seen
        least = LEAST_SHARE if self.sensing == "placed" else MOST_OF_A_FLOOR
        for row in (row for row, kind in enumerate(scene.kinds) if kind == "region"):
            seen[row] = share_of_floor(space, accounted, footprint(scene, Body(row))) >= least
        return seen

    def _faces(self, looks: Sequence[Look]) -> dict[int, Faces]:
        """What depth tells of each thing that was seen and that the scene itself knows exactly."""
        if self.sensing != "depth" or not self.views:
            return {}
        scene, faces = self.scene, dict[int, Faces]()
        free = space_of(scene).middles[self._free().reshape(-1)]
        place = place_of(scene)
        for row in np.flatnonzero(self._knows(looks)).tolist():
            touches = [touch(scene, each, row) for each in looks if each.seen[row]]
            touches = [each for each in touches if len(each.on)]
            if touches and scene.exact_rows[row]:
                faces[row] = faces_of(scene, row, touches, free=free, place=place)
        return faces

    def _complete(self, region: Polygon | MultiPolygon, seen: Bool[np.ndarray, " thing"]) -> Complete | None:
        """Where the list of what is known is complete: nowhere more than the scene's own list is."""
        scene, space = self.scene, space_of(self.scene)
        if scene.complete is None or self.sensing == "picture":
            return None
        if seen.all() and _covers(region, space):
            return scene.complete
        around = [_anywhere(scene, row) for row in np.flatnonzero(~seen).tolist()]
        if any(each is None for each in around) or region.is_empty:
            return None
        kept = region.difference(shapely.union_all(around))
        if scene.complete.region is not None:
            kept = kept.intersection(scene.complete.region)
        part = polygonal(kept)
        return None if part.is_empty else Complete(scene.complete.labels, part)

    def _all_of_the_floor(self, region: Polygon | MultiPolygon) -> bool:
        """True where all space over the walkable floor was looked at."""
        floor, space = self.scene.floor, space_of(self.scene)
        return floor is not None and _covers(region, replace(space, outline=floor))


def _covers(region: Polygon | MultiPolygon, space: Space) -> bool:
    """Whether a region is all of a space's outline, to a thousandth of a voxel."""
    return bool(region.buffer(1e-3 * space.edge).covers(space.outline)) and not space.outline.is_empty


def _anywhere(scene: Scene, row: int) -> Any:
    """All the floor that a thing may have a part over; None where that has no end. Found once a scene."""
    return scene.cached(f"anywhere of {row}", lambda: _reach(scene, row))


def _reach(scene: Scene, row: int) -> Any:
    held, slack = placement(scene), scene.size_slacks[row]
    moved = float(np.hypot(*(held.high[row, :2] - held.low[row, :2])) / 2 + np.linalg.norm(slack))
    moved += float(np.linalg.norm(scene.sizes[row])) if scene.yaw_slacks_rad[row] else 0.0
    if not math.isfinite(moved) or scene.tilt_rad:
        return None
    here = footprint(scene, Body(row))
    middle = (held.high[row, :2] + held.low[row, :2]) / 2 - scene.centers[row, :2]
    return translate(here, *middle).buffer(moved + SAFE)


def _withheld(scene: Scene, row: int, looks: Sequence[Look], *, seen: Bool[np.ndarray, " thing"]) -> Withheld:
    """Why a thing is not known."""
    name = repr(scene.names[row])
    if scene.kinds[row] == "region":
        reason = "not enough of it was seen" if looks else "nothing was looked at"
        return Withheld(row, "never_seen", f"{name} is not known: {reason}")
    if not looks:
        return Withheld(row, "never_seen", f"{name} was not seen: nothing was looked at")
    shown = [each.full.id for each in looks if each.sight.visible_px[row]]
    if shown:
        return Withheld(row, "hidden", f"too little of {name} is seen, in {_some(shown)}")
    behind = [each for each in looks if len(each.sight.alone(row))]
    if not behind:
        many = f"all {len(looks)} views" if len(looks) > 1 else f"view {looks[0].full.id!r}"
        return Withheld(row, "never_seen", f"{name} is outside the field of view of {many}")
    by = [other for each in behind for other, _ in each.sight.hidden_by(row) if other >= 0 and seen[other]]
    names = list(dict.fromkeys(repr(scene.names[other]) for other in by))[:3]
    what = f" by {a_list(names)}" if names else ""
    return Withheld(row, "hidden", f"{name} is hidden{what} in {_some([each.full.id for each in behind])}")


def _some(ids: Sequence[str]) -> str:
    """A few views, named."""
    if not ids:
        return "no view"
    named = [repr(each) for each in ids[:4]]
    if len(ids) > 4:
        named.append(f"{len(ids) - 4} more")
    return ("view " if len(ids) == 1 else "views ") + a_list(named)


def _only_of(scene: Scene, exactly: Bool[np.ndarray, " thing"]) -> dict[str, Any]:
    """What is said of single things and of pairs, where all of them are known as they are."""
    return {
        "tracks": tuple(each for each in scene.tracks if exactly[each.row]),
        "differences": tuple(
            each for each in scene.differences if exactly[each.first] and exactly[each.second]
        ),
        "stated": tuple(each for each in scene.stated if exactly[each.row]),
    }
