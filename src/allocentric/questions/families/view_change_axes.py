"""How a camera moved and turned between two pictures: along three of its axes and about two, at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from typing import Final

import numpy as np

from allocentric.questions.families.pictures import asked_of, called, drawn_pairs, heading_rad
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene, View
from allocentric.words import say_number

LEAST_M: Final = 0.3
LEAST_DEG: Final = 15.0
SIGNED: Final = (0, 2, 3)  # right, ahead and yaw: what has another sign in the options that are wrong
OPTIONS: Final = 4

Axes = tuple[float, float, float, float, float]
"""Metres right, up and ahead in the first camera's axes; degrees left about the vertical, and upwards."""


def axes_of(one: View, other: View, *, metres: float = 1.0) -> Axes | None:
    """How a camera moved and turned from one view to another; None where one looks rather up or down.

    `metres` is the length of a unit of the scene.
    """
    heading, pose = heading_rad(one), one.world_from_camera
    turned_to = heading_rad(other)
    if heading is None or turned_to is None:
        return None
    x, y, z = metres * (pose.rotation.T @ (other.world_from_camera.translation_m - pose.translation_m))
    before, after = (
        math.degrees(math.asin(max(-1.0, min(1.0, float(each.world_from_camera.rotation[2, 2])))))
        for each in (one, other)
    )
    yaw_rad = math.remainder(turned_to - heading, math.tau)
    return float(x), -float(y), float(z), math.degrees(yaw_rad), after - before


def told(axes: Axes) -> str:
    """Axes as they are offered: lengths to a decimetre, angles to a degree.

    >>> told((0.52, 0.0, -1.98, 45.2, -3.4))
    '0.5 m right, 0 m up, 2 m back, turned 45 degrees left and 3 down'
    """
    right, up, ahead, yaw, pitch = (round(each, 1 if at < 3 else 0) for at, each in enumerate(axes))
    aside = _way(right, " m right", " m left")
    lift, on = _way(up, " m up", " m down"), _way(ahead, " m ahead", " m back")
    return f"{aside}, {lift}, {on}, turned {_way(yaw, ' degrees left', ' degrees right')} and " + _way(
        pitch, " up", " down"
    )


def _way(amount: float, more: str, less: str) -> str:
    return f"{say_number(abs(amount))}{more if amount >= 0 else less}"


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """The right axes, and the same with other signs."""
    for one, other in drawn_pairs(scene, random):
        axes = axes_of(one, other, metres=scene.scale.low)
        if axes is None:
            yield "a camera looks rather up or down"
            continue
        if min(abs(axes[0]), abs(axes[2])) < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        if not LEAST_DEG <= abs(axes[3]) <= 180 - LEAST_DEG:
            yield f"turned by less than {LEAST_DEG:g} degrees, or nearly round"
            continue
        every = [_signed(axes, signs) for signs in product((1, -1), repeat=len(SIGNED))]
        chosen = [every[0], *(every[1 + int(each)] for each in random.permutation(7)[: OPTIONS - 1])]
        frames = asked_of(other), f"camera({asked_of(one)})"
        cases = {told(each): _so(each, *frames) for each in chosen}
        program = f"which({{{', '.join(f'{chr(34)}{text}{chr(34)}: {so}' for text, so in cases.items())}}})"
        yield Ask(program, {"v": called(one), "w": called(other)}, tuple(cases), views=(one.id, other.id))


def _so(axes: Axes, place: str, frame: str) -> str:
    """The statement that a camera moved and turned the ways that these axes say."""
    aside, ahead = (">" if each > 0 else "<" for each in (axes[0], axes[2]))
    return (
        f'offset({place}, {frame}, axis="right") {aside} 0 and '
        f'offset({place}, {frame}, axis="forward") {ahead} 0 and '
        f'turn_side({frame}, camera({place})) == "{"left" if axes[3] > 0 else "right"}"'
    )


def _signed(axes: Axes, signs: tuple[int, ...]) -> Axes:
    made = list(axes)
    for place, sign in zip(SIGNED, signs, strict=True):
        made[place] *= sign
    right, up, ahead, yaw, pitch = made
    return right, up, ahead, yaw, pitch


FAMILY: Final = Family(
    name="view_change_axes",
    code="E5",
    about="how the camera moved along its own three axes and turned about two of them, with all signs",
    kind="choice",
    templates=(
        "How did the camera move and turn from picture {v} to picture {w}, told by its axes in picture {v}?",
        "Told by the axes of the first camera, how did the camera move and turn between picture {v} and "
        "picture {w}?",
        "From picture {v} to picture {w}, how far did the camera move along each of its axes, and how did it "
        "turn?",
    ),
    asks=_asks,
    needs=("pair", "scale"),
    frame="camera",
    shown="pair",
    read_back=False,
)
