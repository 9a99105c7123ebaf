"""The turns that are missing in the description of a route from thing to thing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

import numpy as np
import shapely
from shapely.geometry import MultiPoint

from allocentric.geometry.sectors import TURNING
from allocentric.questions.families.measures import OPTIONS, bearing_rad, corners_m, plan_m
from allocentric.questions.families.things import unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE, Measured

LEAST_M: Final = 0.8
MOST_M: Final = 6.0
STOPS: Final = (3, 4)  # with the start
WORDS: Final = ("left", "right", "back")
MOST_DRAWN: Final = 3_000


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Stops that one sees each other from, with a turn that is clear at each, none of them straight on."""
    rows = unique(scene)
    for _ in range(MOST_DRAWN):
        drawn = _drawn(rows, _open_ways(scene), random)
        if drawn is None:
            yield "no open way on"
            continue
        facing, *route = drawn
        if not all(
            _clear(scene, before, here, there=there) for before, here, there in _corners(facing, route)
        ):
            yield "a turn that is none, or not clear"
            continue
        yield _ask([scene.labels[row] for row in route], scene.labels[facing])


def _drawn(rows: tuple[int, ...], open_way: np.ndarray, random: np.random.Generator) -> list[int] | None:
    """What one faces, where one begins, and stops of which each is seen from the one before."""
    if not rows:
        return None
    taken = [rows[int(random.integers(len(rows)))]]

    def beside(here: int) -> bool:
        others = [row for row in rows if open_way[here, row] and row not in taken]
        taken.extend([others[int(random.integers(len(others)))]] if others else [])
        return bool(others)

    found = beside(taken[0])  # what one faces
    start, *facing = taken
    for number in range(STOPS[int(random.integers(len(STOPS)))] - 1):
        found = found and beside(taken[-1] if number else start)
    return [*facing, start, *taken[2:]] if found else None


def _corners(facing: int, route: list[int]) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Each turn: what one looked at and from where, where one turns, and to what."""
    yield (route[0], facing), route[0], route[1]
    for before, here, there in zip(route, route[1:], route[2:], strict=False):
        yield (before, here), here, there


def _clear(scene: Scene, looked: tuple[int, int], here: int, *, there: int) -> bool:
    """Whether the turn is a turn, and well within its sector."""
    from_, at = (scene.centers[row] for row in looked)
    ahead = scene.centers[here, :2] + (at - from_)[:2]
    turn = bearing_rad(scene.centers[here], ahead, scene.centers[there])
    return TURNING.label(turn) != "straight" and TURNING.gap_rad(turn) >= TOLERANCE["rad"]


def _ask(route: list[str], facing: str) -> Ask:
    start, *stops = route
    steps = [
        f"{2 * number + 1}. [please fill in] {2 * number + 2}. Go forward until the {stop}"
        for number, stop in enumerate(stops)
    ]
    listed = ", ".join(f'the("{each}")' for each in route)
    then = ", then ".join(f"the {each}" for each in stops)
    slots = {"start": start, "facing": facing, "goal": stops[-1], "steps": ". ".join(steps), "then": then}
    return Ask(f'turns([{listed}], facing=the("{facing}"))', slots)


def _offer(ask: Ask, found: Measured, random: np.random.Generator) -> tuple[str, ...]:
    """The right turns first, then others, as many of each as there are stops."""
    right = tuple(str(each) for each in found.value)  # type: ignore[union-attr]
    others = [each for each in product(WORDS, repeat=len(right)) if each != right]
    drawn = [others[int(each)] for each in random.permutation(len(others))[: OPTIONS - 1]]
    return tuple(", ".join(f"turn {word}" for word in each) for each in (right, *drawn))


def _open_ways(scene: Scene) -> np.ndarray:
    """Between which centres no wall stands, at distances that one walks."""

    def made() -> np.ndarray:
        apart_m = plan_m(scene)
        fit = (apart_m >= LEAST_M) & (apart_m <= MOST_M)
        walls = [
            MultiPoint(corners_m(scene)[row, :, :2]).convex_hull
            for row, label in enumerate(scene.labels)
            if label == "wall"
        ]
        if not walls:
            return fit
        together = shapely.union_all(walls)
        shapely.prepare(together)
        one, other = np.nonzero(np.triu(fit))
        ways = shapely.linestrings(np.stack([scene.centers[one, :2], scene.centers[other, :2]], axis=1))
        shut = shapely.intersects(together, ways)
        fit[one[shut], other[shut]] = fit[other[shut], one[shut]] = False
        return fit

    return scene.cached("ways without walls", made)


FAMILY = Family(
    name="route_plan",
    code="F3",
    about="which turns are missing in the description of a route from thing to thing",
    kind="choice",
    templates=(
        "You are a robot beginning at the {start} facing the {facing}. You want to navigate to the {goal}. "
        "You will perform the following actions (Note: for each [please fill in], choose either 'turn back,' "
        "'turn left,' or 'turn right.'): {steps}. You have reached the final destination.",
        "I start at the {start} facing the {facing} and want to go to {then}. Which turns must I take?",
        "Starting at the {start} and facing the {facing}, I go to {then}. Which way must I turn at each "
        "stop?",
    ),
    asks=_asks,
    offer=_offer,
    frame="observer",
    human=True,
)
