"""What perception gets wrong, done to an exact scene on purpose: so much of each error, and a log of it.

Each kind of error has a strength; 0 leaves the scene as it is. What happens to a thing hangs on the seed, the
error and the thing's name alone: more of one error never changes another, and a greater strength happens to
the same things and to more.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float
from shapely import affinity
from shapely.geometry import Polygon

from allocentric.errors import BadInput
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.intervals import Interval
from allocentric.perception import noise_things as things_of
from allocentric.perception.noise_values import SPREAD, Confusion, Fault, Noise, draws_of, even
from allocentric.scene.scene import Scene, View, scene_of
from allocentric.views.surfaces import meter_of

__all__ = ["Confusion", "Corrupted", "Fault", "Noise", "corrupt"]


@dataclass(frozen=True, eq=False, slots=True)
class Corrupted:
    """A noisy scene, what was done, and for each of its things the names in the exact scene it came from."""

    scene: Scene
    log: tuple[Fault, ...]
    came_from: tuple[tuple[str, ...], ...]


def corrupt(scene: Scene, noise: Noise, seed: int) -> Corrupted:
    """The scene as a perception with these errors would have it, with the log of what was done to what.

    Errors happen to objects; structures, regions and the floor stay, but for the scale. The noisy scene knows
    no parent: nothing of the truth is left in it. Without noise it is the scene itself. Raises BadInput for a
    scene with slack, pairwise bounds, tracks or an unknown scale, and for a confusion without a row for a
    label that has to change.

    >>> from allocentric.scene.scene import Thing
    >>> room = scene_of("room", [Thing(label="sofa"), Thing(label="door", kind="structure")])
    >>> corrupt(room, Noise(missed=1.0), seed=1).log
    (Fault(kind='missed', name='sofa', became=(), amount=()),)
    """
    _check_exact(scene)
    held = [things_of.Held(thing, (name,), name) for thing, name in zip(scene.things(), scene.names)]
    if noise.none:
        return Corrupted(scene, (), tuple(each.names for each in held))
    log = list[Fault]()
    unit_m = meter_of(scene)
    held = things_of.relabelled(held, noise, seed, log=log)
    held = things_of.missed(held, noise, seed, log=log)
    held = things_of.merged(held, noise, seed, log=log)
    held = things_of.split(held, noise, seed, log=log)
    held = [things_of.jittered(each, noise, seed, unit_m=unit_m, log=log) for each in held]
    new = {each.names[0]: row for row, each in enumerate(held) if each.whole}
    rows = {row: new[name] for row, name in enumerate(scene.names) if name in new}
    noisy = scene_of(
        f"{scene.id}-noisy",
        [each.thing for each in held],
        views=_drifted(scene.views, noise, seed, unit_m=unit_m, log=log),
        stated=tuple(replace(each, row=rows[each.row]) for each in scene.stated if each.row in rows),
        sightings=tuple(replace(each, row=rows[each.row]) for each in scene.sightings if each.row in rows),
        complete=None if noise.declared and noise.of_list else scene.complete,
        **{name: getattr(scene, name) for name in ("floor", "scale", "north", "space", "source")},
    )
    noisy = _rescaled(noisy, noise, seed, log=log)
    return Corrupted(noisy, tuple(log), tuple(each.names for each in held))


def _check_exact(scene: Scene) -> None:
    for wrong, what, mend in (
        (not scene.exact, "is not exact", "give the truth that is to be made noisy"),
        (bool(scene.differences), "has pairwise bounds", "give a scene whose things are placed"),
        (bool(scene.tracks), "has things that move", "take it at one time, without tracks"),
    ):
        if wrong:
            raise BadInput(f"the scene {what}", where=f"scene {scene.id!r}", mend=mend)


def _drifted(
    views: Sequence[View], noise: Noise, seed: int, *, unit_m: float, log: list[Fault]
) -> tuple[View, ...]:
    """Views whose errors add up from one to the next; the first has none."""
    if not (noise.drift_m or noise.drift_rad):
        return tuple(views)
    drifted = list(views[:1])
    for before, view in itertools.pairwise(views):
        draws = draws_of(seed, "drifted", view.id)
        step = Pose(
            _small_rotation(draws.normal(0.0, 1 / SPREAD, 3) * noise.drift_rad),
            draws.normal(0.0, 1 / SPREAD, 3) * noise.drift_m / unit_m,
        )
        way = before.world_from_camera.inverse() @ view.world_from_camera
        pose = drifted[-1].world_from_camera @ way @ step
        off = view.world_from_camera.inverse() @ pose
        off_m = float(np.linalg.norm(off.translation_m)) * unit_m
        off_rad = math.acos(min(1.0, max(-1.0, (float(np.trace(off.rotation)) - 1) / 2)))
        log.append(Fault("drifted", view.id, amount=(off_m, off_rad)))
        drifted.append(replace(view, world_from_camera=pose))
    return tuple(drifted)


def _small_rotation(turn_rad: Float[np.ndarray, "3"]) -> Float[np.ndarray, "3 3"]:
    """The rotation about an axis by the length of the axis."""
    angle = float(np.linalg.norm(turn_rad))
    half = math.sin(angle / 2) / angle if angle else 0.5
    return rotation_from_quaternion(math.cos(angle / 2), *(half * turn_rad).tolist())


def _rescaled(scene: Scene, noise: Noise, seed: int, *, log: list[Fault]) -> Scene:
    """The scene with all of its lengths wrong by one factor."""
    if not noise.scale_share:
        return scene
    most = SPREAD * noise.scale_share
    factor = 1 + noise.scale_share * float(even(draws_of(seed, "rescaled", ""), 1)[0])
    log.append(Fault("rescaled", scene.id, amount=(factor,)))
    origin, linear = np.zeros(3), factor * np.eye(3)
    scale = scene.scale
    return replace(
        scene,
        centers=scene.centers * factor,
        sizes=scene.sizes * factor,
        center_slacks=scene.center_slacks * factor,
        size_slacks=scene.size_slacks * factor,
        shapes=tuple(things_of.carried(each, linear, origin, to=origin) for each in scene.shapes),
        floor=None if scene.floor is None else _larger(scene.floor, factor),
        complete=scene.complete
        and replace(scene.complete, region=scene.complete.region and _larger(scene.complete.region, factor)),
        views=tuple(
            replace(
                each,
                world_from_camera=Pose(
                    each.world_from_camera.rotation, each.world_from_camera.translation_m * factor
                ),
            )
            for each in scene.views
        ),
        sightings=tuple(
            replace(each, range=each.range and Interval(each.range.low * factor, each.range.high * factor))
            for each in scene.sightings
        ),
        scale=Interval(scale.low / (1 + most), scale.high / (1 - most)) if noise.declared else scale,
    )


def _larger(polygon: Polygon, factor: float) -> Polygon:
    return affinity.scale(polygon, factor, factor, origin=(0, 0))
