"""What every reader of boxes checks: numbers, axes, declared corners, and whether a room is plausible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.frames import UP
from allocentric.geometry.polygons import Corners, polygon
from allocentric.scene.scene import Footprint, Thing

ROUNDED_WITHIN: Final = 2e-3  # axes printed with three decimals are this far from orthonormal
CORNERS_WITHIN: Final = 0.01  # scene units
BELOW_FLOOR: Final = 0.5  # scene units
UPRIGHT_WITHIN: Final = np.cos(np.radians(10))

Rotations = Float[np.ndarray, "box 3 3"]
Vectors = Float[np.ndarray, "box 3"]


def checked_axes(
    names: Sequence[str], centers: Vectors, sizes: Vectors, *, rotations: Rotations, where: str
) -> tuple[Rotations, list[str]]:
    """The rotations, freed of rounding, and what was rounded; columns are each box's axes in the world.

    Raises BadInput naming the first box that is not finite, has a size below 0, or axes that are skewed
    (more than rounding explains) or mirrored.
    """

    def refuse(bad: Any, what: str, mend: str) -> None:
        if bad.any():  # one truth value a box
            raise BadInput(f"{names[int(bad.argmax())]!r} {what}", where=where, mend=mend)

    numbers = np.concatenate([centers, sizes, rotations.reshape(len(names), 9)], axis=1)
    refuse(~np.isfinite(numbers).all(1), "has a number that is not finite", "leave it out or mend it")
    refuse((sizes < 0).any(1), "has a size below 0", "sizes are full extents, never below 0")
    off = np.abs(rotations @ rotations.transpose(0, 2, 1) - np.eye(3)).max((1, 2), initial=0)
    refuse(off > ROUNDED_WITHIN, "has skewed axes", "its three axes must be orthonormal")
    refuse(np.linalg.det(rotations) < 0, "has mirrored axes", "its axes must be right-handed: turn one round")
    rough = off > 1e-9
    if not rough.any():
        return rotations, []
    left, _, right = np.linalg.svd(rotations[rough])
    polished = rotations.copy()
    polished[rough] = left @ right  # the nearest rotation
    loud = int((off > 1e-6).sum())
    said = f"the axes of {loud} boxes are rounded, by up to {off.max():.1g}: made orthonormal"
    return polished, [said] if loud else []


def corner_warnings(
    names: Sequence[str], centers: Vectors, half_extents: Vectors, *, low: Vectors, high: Vectors
) -> list[str]:
    """What is amiss where declared lowest and highest corners (NaN: not declared) differ from the boxes'."""
    apart = np.maximum(np.abs(centers - half_extents - low), np.abs(centers + half_extents - high)).max(1)
    off = np.flatnonzero(apart > CORNERS_WITHIN)
    if not len(off):
        return []
    worst = int(off[apart[off].argmax()])
    return [
        f"the declared corners of {len(off)} boxes differ from their axes and sizes, "
        f"most for {names[worst]!r}: {apart[worst]:.2g}"
    ]


def half_extents(sizes: Vectors, rotations: Rotations) -> Vectors:
    """Half the extents of each box along the world's axes."""
    halves: Vectors = np.einsum("bij,bj->bi", np.abs(rotations), sizes) / 2
    return halves


def plausibility(
    labels: Sequence[str], centers: Vectors, sizes: Vectors, *, rotations: Rotations
) -> list[str]:
    """What looks wrong with boxes taken for a room in metres, z up: their scale, their lean, their floor."""
    warnings = list[str]()
    if not len(labels):
        return warnings
    longest = float(np.median(sizes.max(1)))
    if longest > 20:
        unit = "millimetres" if longest > 200 else "centimetres"
        warnings.append(f"half of the things are longer than {longest:.3g} m: this looks like {unit}")
    elif 0 < longest < 0.02:
        warnings.append(f"half of the things are shorter than {longest:.2g} m: is the unit the metre?")
    upright = (np.abs(rotations[:, 2, :]) > UPRIGHT_WITHIN).any(1)
    if 2 * upright.sum() < len(labels):
        warnings.append(f"only {upright.sum()} of {len(labels)} boxes stand upright: is z up?")
    half = half_extents(sizes, rotations)[:, 2]
    floors = [row for row, label in enumerate(labels) if label == "floor"]
    if floors:
        top = float(min(centers[row, 2] + half[row] for row in floors))
        warnings += below(np.delete(centers[:, 2] - half, floors), top)
    return warnings


def below(lowest: Float[np.ndarray, " box"], floor: float) -> list[str]:
    """What reaches below the floor by more than `BELOW_FLOOR`."""
    count = int((lowest < floor - BELOW_FLOOR).sum())
    return [f"{count} things reach below the floor by more than {BELOW_FLOOR} m"] if count else []


def region(label: str, name: str, corners: Corners, *, low: float, high: float, where: str) -> Thing:
    """A room: what lies over a polygon of the floor, its corners once round; raises BadInput for none."""
    try:
        outline = polygon(corners)
    except ValueError as error:
        mend = "name three corners or more, in order, once round"
        raise BadInput(f"this outline is no area: {error}", where=where, mend=mend) from None
    if not high >= low:
        raise BadInput(f"{name!r} has a height below 0", where=where, mend="mend its height")
    west, south, east, north = outline.bounds
    return Thing(
        label=label,
        name=name,
        kind="region",
        center=((west + east) / 2, (south + north) / 2, (low + high) / 2),
        size=(east - west, north - south, high - low),
        shape=Footprint(outline, low, high),
    )


def as_bodies(
    rotations: Rotations, sizes: Vectors, *, ups: Vectors, fronts: Vectors
) -> tuple[Rotations, Vectors, Vectors]:
    """The same boxes with their axes renamed as ours are: z nearest to their up, x to their front.

    `ups` and `fronts` are unit directions in the boxes' own axes as read; a front of NaN is not known. The
    third result is the fronts in the new axes. Only names and signs of axes change, so no bit is lost.
    """
    turns = np.stack([_renaming(up, front) for up, front in zip(ups, fronts)]) if len(ups) else rotations
    turned = np.einsum("bi,bij->bj", fronts, turns)
    along_axis = np.isclose(np.abs(turned).max(1, initial=0), 1, atol=1e-9)
    turned[along_axis] = np.round(turned[along_axis]) + 0.0  # no -0
    return rotations @ turns, np.abs(np.einsum("bi,bij->bj", sizes, turns)), turned


def _renaming(up: Float[np.ndarray, "3"], front: Float[np.ndarray, "3"]) -> Float[np.ndarray, "3 3"]:
    """Columns: our x, y and z in the axes as read; a matrix of 0, 1 and -1."""
    z = _nearest_axis(up, np.ones(3))
    others = 1 - np.abs(z)
    x = _nearest_axis(np.roll(np.abs(z), 1) if np.isnan(front).any() else front, others)
    return np.stack([x, np.cross(z, x), z], axis=1)


def _nearest_axis(
    direction: Float[np.ndarray, "3"], allowed: Float[np.ndarray, "3"]
) -> Float[np.ndarray, "3"]:
    axis = int((np.abs(direction) * allowed + allowed * 1e-12).argmax())
    nearest: Float[np.ndarray, "3"] = np.eye(3)[axis] * (-1.0 if direction[axis] < 0 else 1.0)
    return nearest


def world_ups(rotations: Rotations) -> Vectors:
    """The world's up in each box's own axes."""
    ups: Vectors = rotations.transpose(0, 2, 1) @ UP
    return ups


_HUMPS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def camel_label(text: str) -> str:
    """A label from words without spaces between them.

    >>> [camel_label(each) for each in ("LivingRoom", "TVStand", "Living Room")]
    ['living room', 'tv stand', 'living room']
    """
    return plain_label(_HUMPS.sub(" ", text))


_NUMBER_AT_END: Final = re.compile(r"(?<=[^\W\d])[\s._\-]*[\s._\-(]\s*\d+\)?$")


def plain_label(text: str) -> str:
    """A label as people say it.

    >>> plain_label("Ceiling_Light")
    'ceiling light'
    """
    return " ".join(text.replace("_", " ").split()).lower()


def label_of_name(name: str) -> str:
    """The label in the name of one instance, its number left out.

    >>> [label_of_name(each) for each in ("Chair_01", "Cube.002", "tv 2", "room7", "42")]
    ['chair', 'cube', 'tv', 'room7', '42']
    """
    return plain_label(_NUMBER_AT_END.sub("", name))
