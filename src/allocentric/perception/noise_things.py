"""Errors that perception makes of single things: names, things missed, merged and split, boxes off."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Float
from shapely import affinity

from allocentric.errors import BadInput
from allocentric.geometry.boxes import SIGNS
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.meshes import Mesh
from allocentric.perception.noise_values import SPREAD, Confusion, Fault, FaultKind, Noise, draws_of, even
from allocentric.scene.scene import Footprint, Shape, Thing

CUT: Final = (0.3, 0.7)  # where along its side a thing is split
LEAST_SIZE: Final = 1e-3  # sizes below this, in scene units, look alike


@dataclass(frozen=True, eq=False, slots=True)
class Held:
    """A thing on its way, the names of those it came from, and whether it is one of them as a whole.

    `key` is its address among the random numbers, whatever it is called meanwhile.
    """

    thing: Thing
    names: tuple[str, ...]
    key: str
    whole: bool = True

    @property
    def name(self) -> str:
        """What the thing is called now."""
        return self.thing.name or ""

    @property
    def center(self) -> Float[np.ndarray, "3"]:
        """Its middle, in the world."""
        return np.asarray(self.thing.center, dtype=float)

    @property
    def size(self) -> Float[np.ndarray, "3"]:
        """Its extents along its own axes."""
        return np.asarray(self.thing.size, dtype=float)

    def happens(self, error: str, share: float, seed: int) -> bool:
        """Whether the error happens to this thing; only objects have errors."""
        return self.thing.kind == "object" and draws_of(seed, error, self.key).random() < share


def relabelled(held: list[Held], noise: Noise, seed: int, *, log: list[Fault]) -> list[Held]:
    """Things under other labels, and under names that go with them."""
    alike = _alike(held)
    changed, taken = list[Held](), {each.name for each in held}
    for each in held:
        was, label = each.thing.label, each.thing.label
        if each.happens("relabelled", noise.relabelled, seed):
            draws = draws_of(seed, "another label", each.key)
            label = _confused(was, noise.confusion, draws) if noise.confusion else alike.get(was, was)
        if label != was:
            log.append(Fault("relabelled", each.names[0], (label,)))
            each = replace(each, thing=replace(each.thing, label=label, name=_free_name(label, taken)))
            taken.add(each.name)
        changed.append(each)
    return changed


def _confused(label: str, confusion: Confusion, draws: np.random.Generator) -> str:
    """Another label, drawn by the weights of this one's row."""
    row = {other: weight for other, weight in confusion.get(label, {}).items() if other != label}
    weights = np.array(list(row.values()), dtype=float)
    if not row or not (weights >= 0).all() or not 0 < weights.sum() < math.inf:
        what = f"there are no weights of the labels that {label!r} is taken for"
        raise BadInput(what, where="Noise.confusion", mend="give its row another label with a weight above 0")
    return str(draws.choice(list(row), p=weights / weights.sum()))


def _alike(held: Sequence[Held]) -> dict[str, str]:
    """For each label of an object the other one whose things are most alike in size."""
    objects = [each for each in held if each.thing.kind == "object"]
    typical = {
        label: np.median(
            [np.log(np.sort(each.size) + LEAST_SIZE) for each in objects if each.thing.label == label], axis=0
        )
        for label in Counter(each.thing.label for each in objects)
    }
    return {
        label: min(others, key=lambda other: float(np.linalg.norm(typical[other] - size)))
        for label, size in typical.items()
        if (others := [other for other in typical if other != label])
    }


def _free_name(label: str, taken: Collection[str]) -> str:
    """A name that goes with the label and that no thing has."""
    names = (f"{label} {number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def missed(held: list[Held], noise: Noise, seed: int, *, log: list[Fault]) -> list[Held]:
    """The things that are left when some are missed."""
    gone = [each.happens("missed", noise.missed, seed) for each in held]
    log += [Fault("missed", each.names[0]) for each, missed in zip(held, gone) if missed]
    return [each for each, missed in zip(held, gone) if not missed]


def merged(held: list[Held], noise: Noise, seed: int, *, log: list[Fault]) -> list[Held]:
    """Things joined with the nearest that is left, under the largest one's name; with none left, none is."""
    gone = [each.happens("merged", noise.merged, seed) for each in held]
    groups = {row: [each] for row, each in enumerate(held) if not gone[row]}
    hosts = {row: each.center for row, (each,) in groups.items() if each.thing.kind == "object"}
    if not hosts:
        return held
    for each in (each for each, merged in zip(held, gone) if merged):
        nearest = min(hosts, key=lambda row: float(np.linalg.norm(hosts[row] - each.center)))
        groups[nearest].append(each)
    return [group[0] if len(group) == 1 else _joined(group, log) for group in groups.values()]


def _joined(group: list[Held], log: list[Fault]) -> Held:
    """The largest of things, in a box along its own axes that holds them all."""
    first, *others = sorted(group, key=lambda each: -float(each.size.prod()))
    log += [Fault("merged", each.names[0], (first.name,)) for each in others]
    axes = first.thing.world_from_thing()
    corners = np.concatenate([_corners(each) for each in group]) @ axes
    low, high = corners.min(axis=0), corners.max(axis=0)
    thing = replace(first.thing, center=axes @ (low + high) / 2, size=high - low, shape=None)
    names = tuple(name for each in (first, *others) for name in each.names)
    return replace(first, thing=thing, names=names, whole=False)


def _corners(each: Held) -> Float[np.ndarray, "8 3"]:
    corners: Float[np.ndarray, "8 3"]
    corners = (SIGNS * each.size / 2) @ each.thing.world_from_thing().T + each.center
    return corners


def split(held: list[Held], noise: Noise, seed: int, *, log: list[Fault]) -> list[Held]:
    """Things cut in two across the longer of their level sides; the first part keeps the name."""
    parts, taken = list[Held](), {each.name for each in held}
    for each in held:
        if not each.happens("split", noise.split, seed):
            parts.append(each)
            continue
        share = float(draws_of(seed, "cut", each.key).uniform(*CUT))
        name = _free_name(each.thing.label, taken)
        taken.add(name)
        axes = each.thing.world_from_thing()
        level = np.argsort(np.abs(axes[2]), kind="stable")[:2]
        along = int(level[np.argmax(each.size[level])])
        first = (each.name, each.key, share, (share - 1) / 2)
        for called, key, part, middle in (first, (name, f"{each.key}, cut off", 1 - share, share / 2)):
            size = each.size.copy()
            center = each.center + axes[:, along] * size[along] * middle
            size[along] *= part
            thing = replace(each.thing, name=called, center=center, size=size, shape=None)
            parts.append(Held(thing, each.names, key, whole=False))
        log.append(Fault("split", each.names[0], (each.name, name), (share,)))
    return parts


def jittered(each: Held, noise: Noise, seed: int, *, unit_m: float, log: list[Fault]) -> Held:
    """A thing in a slightly other place, size and heading, its shape with it."""
    if each.thing.kind != "object" or not (noise.center_m or noise.size_share or noise.yaw_rad):
        return each
    shift_m = noise.center_m * even(draws_of(seed, "moved", each.key), 3)
    factors = 1 + noise.size_share * even(draws_of(seed, "resized", each.key), 3)
    turn_rad = noise.yaw_rad * float(even(draws_of(seed, "turned", each.key), 1)[0])
    amounts: dict[FaultKind, tuple[float, ...]] = {}
    amounts |= {"moved": tuple(shift_m.tolist())} if noise.center_m else {}
    amounts |= {"resized": tuple(factors.tolist())} if noise.size_share else {}
    amounts |= {"turned": (turn_rad,)} if noise.yaw_rad else {}
    log += [Fault(kind, each.names[0], (each.name,), amount) for kind, amount in amounts.items()]
    axes = each.thing.world_from_thing()
    turned = rotation_about_up(turn_rad) @ axes if turn_rad else axes
    center, size = each.center + shift_m / unit_m, each.size * factors
    shape = carried(each.thing.shape, turned @ np.diag(factors) @ axes.T, each.center, to=center)
    thing = replace(each.thing, center=center, size=size, rotation=turned, shape=shape)
    if noise.declared:
        most = SPREAD * noise.size_share
        thing = replace(
            thing,
            center_slack=SPREAD * noise.center_m / unit_m,
            size_slack=size * most / (1 - most),
            yaw_slack_rad=SPREAD * noise.yaw_rad,
        )
    return replace(each, thing=thing)


def carried(
    shape: Shape | None,
    linear: Float[np.ndarray, "3 3"],
    center: Float[np.ndarray, "3"],
    *,
    to: Float[np.ndarray, "3"],
) -> Shape | None:
    """A shape whose every point went along with its thing: from `center` by a linear map to `to`."""
    match shape:
        case Mesh():
            return Mesh((shape.vertices_m - center) @ linear.T + to, shape.faces)
        case Footprint():
            low, high = ((each - center[2]) * linear[2, 2] + to[2] for each in (shape.low, shape.high))
            moved = linear[:2, :2] @ -center[:2] + to[:2]
            polygon = affinity.affine_transform(shape.polygon, [*linear[:2, :2].ravel(), *moved])
            return Footprint(polygon, float(low), float(high))
        case None:
            return None
