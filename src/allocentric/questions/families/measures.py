"""What families know of a scene before they ask: gaps, centres, bearings, the size of the room."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from operator import length_hint
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.geometry.boxes import Boxes
from allocentric.oracle.gaps import box_gaps_from
from allocentric.questions.families.reasons import UNBALANCED
from allocentric.questions.family import Ask
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured
from allocentric.words import say_number

OPTIONS: Final = 4
SMALL_ROOM_M2: Final = 40.0


def gap_rows(scene: Scene, row: int) -> list[float]:
    """The gap from one thing's box to every box, in scene units."""
    return box_gaps_from(scene, row)


def plan_m(scene: Scene) -> Float[np.ndarray, "thing thing"]:
    """How far apart the centres of any two things are on the plan."""

    def made() -> Float[np.ndarray, "thing thing"]:
        at = scene.centers[:, :2]
        apart: Float[np.ndarray, "thing thing"] = np.linalg.norm(at[:, None] - at[None], axis=2)
        return apart

    return scene.cached("plan of centres", made)


Spot = Sequence[float] | Float[np.ndarray, "..."]


def bearing_rad(at: Spot, facing: Spot, to: Spot) -> float:
    """The bearing of a point, left positive, for who stands at `at` and faces `facing`."""
    ahead = math.atan2(facing[1] - at[1], facing[0] - at[0])
    turned = math.atan2(to[1] - at[1], to[0] - at[0]) - ahead
    return math.remainder(turned, math.tau)


def corners_m(scene: Scene) -> Float[np.ndarray, "thing 8 3"]:
    """The corners of every thing's box."""

    def made() -> Float[np.ndarray, "thing 8 3"]:
        return Boxes(scene.centers, scene.sizes, scene.rotations).corners_m()

    return scene.cached("corners of boxes", made)


def least_difference_m(scene: Scene) -> float:
    """By how much distances must differ to be ranked: more where the room is large, or of unknown size."""

    def made() -> float:
        area = settled(scene, 'area(all("room"))', evidence=False)
        small = isinstance(area, Measured) and float(area.value) <= SMALL_ROOM_M2  # type: ignore[arg-type]
        return 0.15 if small else 0.3

    return scene.cached("least difference of distances", made)


def in_turn(
    random: np.random.Generator, yes: Iterable[Ask | str], no: Iterable[Ask | str]
) -> Iterator[Ask | str]:
    """Asks that are expected to be so and asks that are not, in turn, as long as there are both.

    Reasons among them are given on; of those that are left over, as many as were made already.
    """
    first, second = (iter(yes), iter(no)) if random.integers(2) else (iter(no), iter(yes))
    while True:
        one = yield from _next_ask(first)
        other = yield from _next_ask(second)
        if one is None or other is None:
            break
        yield one
        yield other
    over = (one is not None) + (other is not None)
    yield from (UNBALANCED for _ in range(over + length_hint(first) + length_hint(second)))


def _next_ask(asks: Iterator[Ask | str]) -> Generator[str, None, Ask | None]:
    for each in asks:
        if isinstance(each, Ask):
            return each
        yield each
    return None


def amounts_beside(
    right: float, random: np.random.Generator, *, say: Callable[[float], str] = say_number
) -> tuple[str, ...]:
    """Amounts to choose from, the right one first: within .25 to 1.75 of it, each 20 % from the others."""
    held = [right]
    for _ in range(200):
        drawn = right * float(random.uniform(0.25, 1.75))
        if all(abs(drawn - each) >= 0.2 * max(drawn, each) for each in held):
            held.append(drawn)
        if len(held) == OPTIONS:
            break
    return tuple(dict.fromkeys(say(each) for each in held))
