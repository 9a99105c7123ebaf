"""Two pictures of one view, before and after a change of the scene, and exactly which pixels it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from jaxtyping import Bool, Float

from allocentric.geometry.raycast import EngineName, Hits
from allocentric.scene.scene import Scene, View
from allocentric.views.light import DAYLIGHT, OFF, Light
from allocentric.views.mirrors import Glance, glances, mirror_rows, render_mirrored
from allocentric.views.plan_things import UNDERFOOT
from allocentric.views.render import Picture
from allocentric.views.surfaces import SceneCaster, floor_height, scene_caster

Flags = Bool[np.ndarray, " ray"]
Mask = Bool[np.ndarray, "height width"]


@dataclass(frozen=True, eq=False, slots=True)
class Pair:
    """A view before and after a change, and the pixels that the change touches. Never changes.

    `thing`: what was changed is seen there, before or after. `shadow`: on what was not changed, the sun or
    a lamp reaches there before or after, not both. `reflection`: a mirror shows one of the two there. A pixel
    may be in several; in none of them, the two colours are one bit for bit. `changed` are names of things,
    and "the floor" where its outline is drawn elsewhere.
    """

    before: Picture
    after: Picture
    changed: tuple[str, ...]
    thing: Mask
    shadow: Mask
    reflection: Mask

    def __post_init__(self) -> None:
        for field in fields(self):
            if isinstance(array := getattr(self, field.name), np.ndarray):
                array.flags.writeable = False

    @property
    def mask(self) -> Mask:
        """Every pixel that the change touches."""
        mask: Mask = self.thing | self.shadow | self.reflection
        return mask


def counterfactual(
    before: Scene,
    after: Scene,
    view: View | str,
    *,
    mirrors: Sequence[str] | None = None,
    engine: EngineName = "auto",
    light: Light | None = DAYLIGHT,
    finer: int = 1,
) -> Pair:
    """Both pictures of a view, and the pixels that the change from one scene to the other touches.

    `after` is a scene such as `without`, `moved` or `turned` give; things are one by their name, and changed
    where only one scene has them, or their label, place, size, heading or shape differ. `mirrors` are names;
    without them the things labelled so. A pixel is touched where one of its `finer` x `finer` rays is. Raises
    BadInput where the camera is not known, UnknownName for a mirror that is in neither scene.
    """
    view = before.view(view) if isinstance(view, str) else view
    for name in mirrors or ():
        if name not in after.names:
            before.row(name)  # which tells the near miss
    pictures = [
        render_mirrored(scene, view, mirrors=_there(scene, mirrors), engine=engine, light=light, finer=finer)
        for scene in (before, after)
    ]
    sides = [_Side.of(scene, other, engine) for scene, other in ((before, after), (after, before))]
    off = OFF * max(side.held.caster.triangles.radius_m for side in sides)
    touched = {
        name: np.zeros(pictures[0].instance.shape, dtype=bool) for name in ("thing", "shadow", "reflection")
    }
    both = (
        glances(scene, view, mirror_rows(scene, _there(scene, mirrors)), engine=engine, finer=finer)
        for scene in (before, after)
    )
    for first, second in zip(*both, strict=True):
        for name, flags in _touched(first, second, sides, light=light, off=off).items():
            touched[name] |= first.lines.spread(flags, False)
    changed = sorted({name for side in sides for name in side.changed()})
    mask = touched["thing"] | touched["shadow"] | touched["reflection"]
    # Both scenes are cast apart, which may round an edge that no change touches one way and the other.
    colour = np.where(mask[..., None], pictures[1].colour, pictures[0].colour)
    return Pair(pictures[0], replace(pictures[1], colour=colour), tuple(changed), **touched)


@dataclass(frozen=True, eq=False, slots=True)
class _Side:
    """One of the two scenes: what of it is not as in the other; the last is the floor's outline."""

    scene: Scene
    held: SceneCaster
    altered: Bool[np.ndarray, " row"]

    @staticmethod
    def of(scene: Scene, other: Scene, engine: EngineName) -> _Side:
        """The side of a scene against the other."""
        altered = [not _same(scene, row, other) for row in range(len(scene))]
        return _Side(
            scene, scene_caster(scene, engine=engine), np.array([*altered, _ground(scene) != _ground(other)])
        )

    def changed(self) -> list[str]:
        """The names of what is not as in the other scene."""
        return [name for name, altered in zip((*self.scene.names, "the floor"), self.altered) if altered]

    def sees_altered(self, hits: Hits) -> Flags:
        """Which of these rays met something that is not as in the other scene."""
        flags: Flags = np.isfinite(hits.range_m) & self.altered[self.held.rows_hit(hits)]
        return flags


def _touched(
    first: Glance, second: Glance, sides: Sequence[_Side], *, light: Light | None, off: float
) -> dict[str, Flags]:
    """For each ray whether the change touches it, by cause."""
    thing = sides[0].sees_altered(first.hits) | sides[1].sees_altered(second.hits)
    shadow = ~thing & _relit(first.hits, sides, ~thing, light=light, off=off)
    reflection = np.zeros(len(thing), dtype=bool)
    # Where the change is not seen itself, both rays bounce off the same mirror, or neither does.
    own, other = np.isin(first.mirror, second.mirror), np.isin(second.mirror, first.mirror)
    mirrored = sides[0].sees_altered(first.bounce)[own] | sides[1].sees_altered(second.bounce)[other]
    relit = _relit(first.bounce, sides, own, light=light, off=off)[own]
    reflection[first.mirror[own]] = mirrored | relit
    return {"thing": thing, "shadow": shadow, "reflection": reflection & ~thing}


def _relit(hits: Hits, sides: Sequence[_Side], which: Flags, *, light: Light | None, off: float) -> Flags:
    """Of these hits, on what is not changed, those that a sun or a lamp reaches in just one of the scenes."""
    relit = np.zeros(len(which), dtype=bool)
    if light is None or not light.shadows:
        return relit
    rays = np.flatnonzero(which & np.isfinite(hits.range_m))
    normals = hits.normals()[rays]
    points = hits.points_m()[rays] + off * normals
    ways = [(np.broadcast_to(np.array(light.sun, dtype=float), points.shape), np.full(len(rays), np.inf))]
    for lamp in light.lamps:
        to_lamp = np.array(lamp.at) - points
        ways.append((to_lamp, np.linalg.norm(to_lamp, axis=1)))
    for towards, within in ways:
        facing = np.flatnonzero((normals * towards).sum(axis=1) > 0)
        relit[rays[facing]] |= _differ(sides, points[facing], towards[facing], within=within[facing])
    return relit


def _differ(
    sides: Sequence[_Side],
    points: Float[np.ndarray, "point 3"],
    towards: Float[np.ndarray, "point 3"],
    *,
    within: Float[np.ndarray, " point"],
) -> Bool[np.ndarray, " point"]:
    """Where something is in the way in one of the scenes and not in the other."""
    first, second = (side.held.caster.occluded(points, towards, within) for side in sides)
    differ: Bool[np.ndarray, " point"] = first ^ second
    return differ


def _there(scene: Scene, mirrors: Sequence[str] | None) -> list[str] | None:
    return None if mirrors is None else [name for name in mirrors if name in scene.names]


def _same(scene: Scene, row: int, other: Scene) -> bool:
    name = scene.names[row]
    if name not in other.names:
        return False
    there = other.row(name)
    return (
        scene.labels[row] == other.labels[there]
        and scene.kinds[row] == other.kinds[there]
        and scene.shapes[row] is other.shapes[there]
        and np.array_equal(scene.centers[row], other.centers[there])
        and np.array_equal(scene.sizes[row], other.sizes[there])
        and np.array_equal(scene.rotations[row], other.rotations[there])
    )


def _ground(scene: Scene) -> tuple[str, float]:
    """The floor's outline as it is seen: none where a thing is the floor."""
    if scene.floor is None or UNDERFOOT & set(scene.labels):
        return "", 0.0
    return scene.floor.wkt, floor_height(scene)
