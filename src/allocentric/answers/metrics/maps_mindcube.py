"""How like a drawn map is to the true one, by MindCube's released convention.

The relation of two things is left, right, up or down, whichever of dx and dy is larger (dy where they
are the same); things closer than half a cell are inner or outer by their facings, inner where closer
than a fifth. The drawn map is turned six ways, the four quarter turns and two tips that flatten it to a
line, and the best counts: 0.7 x relations + 0.3 x facings. Only things that are in both maps count;
coverage stands apart. Our maps have y forward, MindCube's down: it is turned round here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Final

from allocentric.answers.metrics.maps import Places, scored_map
from allocentric.answers.metrics.metric import Metric

CLOSE: Final = 0.5
AT_ONE: Final = 0.2
RELATIONS_COUNT: Final = 0.7
FACINGS_COUNT: Final = 0.3

NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("up", "top", "north"), "up"),
    **dict.fromkeys(("down", "bottom", "south"), "down"),
    **dict.fromkeys(("right", "east"), "right"),
    **dict.fromkeys(("left", "west"), "left"),
    **dict.fromkeys(("inner", "front", "into", "inside", "forward"), "inner"),
    **dict.fromkeys(("outer", "back", "out", "outside", "backward"), "outer"),
}
TURN: Final[Mapping[str, str]] = {"up": "right", "right": "down", "down": "left", "left": "up"}
TIP_FORWARD: Final[Mapping[str, str]] = {"up": "inner", "down": "outer", "inner": "down", "outer": "up"}
TIP_ASIDE: Final[Mapping[str, str]] = {"left": "inner", "right": "outer", "inner": "right", "outer": "left"}


@dataclass(frozen=True, slots=True)
class MapLikeness:
    """What one way of turning a map comes to."""

    relations: float
    facings: float
    isomorphic: bool

    @property
    def overall(self) -> float:
        """Relations and facings in their weights."""
        return RELATIONS_COUNT * self.relations + FACINGS_COUNT * self.facings


Spot = tuple[float, float, str | None]
Move = tuple[tuple[float, float], tuple[float, float]]


def mindcube_likeness(given: Places, right: Places) -> MapLikeness:
    """The likeness of the best way of turning the drawn map; the first of equals."""
    truth, drawn = (
        {name: (each.x, -each.y, _facing(each.facing)) for name, each in places.items()}
        for places in (right, given)
    )
    best = MapLikeness(0.0, 0.0, False)
    if not drawn.keys() & truth.keys():
        return best
    for turned in _ways(drawn):
        found = _likeness(turned, truth)
        best = found if found.overall > best.overall else best
    return best


def coverage(given: Places, right: Places) -> float:
    """The share of the true things that are drawn."""
    return len(given.keys() & right.keys()) / len(right)


def _ways(spots: Mapping[str, Spot]) -> list[dict[str, Spot]]:
    """The map turned by 0, 90, 180 and 270 degrees, tipped forward, and tipped aside."""
    ways = [dict(spots)]
    for quarter in (1, 2, 3):
        sine, cosine = math.sin(math.radians(90 * quarter)), math.cos(math.radians(90 * quarter))
        facings = {name: _turned(name, quarter) for name in TURN}
        ways.append(_moved(spots, ((cosine, -sine), (sine, cosine)), facings))
    ways.append(_moved(spots, ((1.0, 0.0), (0.0, 0.0)), TIP_FORWARD))
    ways.append(_moved(spots, ((0.0, 0.0), (0.0, 1.0)), TIP_ASIDE))
    return ways


def _turned(facing: str, quarters: int) -> str:
    """A facing after quarter turns to the right."""
    for _ in range(quarters):
        facing = TURN[facing]
    return facing


def _moved(spots: Mapping[str, Spot], move: Move, facings: Mapping[str, str]) -> dict[str, Spot]:
    """Each place moved, each facing renamed."""
    (xx, xy), (yx, yy) = move
    return {
        name: (xx * x + xy * y, yx * x + yy * y, facings.get(facing, facing) if facing else facing)
        for name, (x, y, facing) in spots.items()
    }


def _likeness(drawn: Mapping[str, Spot], truth: Mapping[str, Spot]) -> MapLikeness:
    """Relations, facings and whether all relations hold, of a map as it lies."""
    common = sorted(drawn.keys() & truth.keys())
    pairs = [
        (_relation(drawn[a], drawn[b]), _relation(truth[a], truth[b])) for a, b in permutations(common, 2)
    ]
    told = [given == right for given, right in pairs if right is not None]
    facings = [drawn[name][2] == truth[name][2] for name in common if truth[name][2]]
    return MapLikeness(
        relations=sum(told) / len(told) if told else 0.0,
        facings=sum(facings) / len(facings) if facings else 1.0,
        isomorphic=len(common) == len(truth) and all(given == right for given, right in pairs),
    )


def _relation(one: Spot, other: Spot) -> str | None:
    """Where the other lies from the one."""
    x, y = other[0] - one[0], other[1] - one[1]
    away = math.hypot(x, y)
    if away < CLOSE:
        if one[2] == "inner" or other[2] == "outer":
            return "inner"
        if one[2] == "outer" or other[2] == "inner":
            return "outer"
        return "inner" if away < AT_ONE else None
    if abs(x) > abs(y):
        return "right" if x > 0 else "left"
    return "down" if y > 0 else "up"


def _facing(facing: str | None) -> str | None:
    """A facing by the name that the release gives it."""
    plain = (facing or "").casefold().strip()
    return NAMES.get(plain, plain) or None


def _overall(given: Places, right: Places) -> float:
    """The overall score."""
    return mindcube_likeness(given, right).overall


def _relations(given: Places, right: Places) -> float:
    """The share of relations."""
    return mindcube_likeness(given, right).relations


def _facings(given: Places, right: Places) -> float:
    """The share of facings."""
    return mindcube_likeness(given, right).facings


def _isomorphic(given: Places, right: Places) -> float:
    """1 where all relations hold."""
    return float(mindcube_likeness(given, right).isomorphic)


METRICS: Final = tuple(
    Metric(
        name=name,
        about=about,
        source="MindCube, cognitive map metrics",
        score=scored_map(rule, name),
        kinds=frozenset({"map"}),
        official=True,
    )
    for name, rule, about in (
        ("mc_map", _overall, "0.7 x relations + 0.3 x facings; keeps that missing things cost nothing"),
        (
            "mc_map_direction",
            _relations,
            "share of relations that hold; keeps that missing things cost nothing",
        ),
        ("mc_map_facing", _facings, "share of facings that hold; keeps that missing things cost nothing"),
        ("mc_map_isomorphic", _isomorphic, "1 where all relations hold, nothing missing"),
        ("mc_map_coverage", coverage, "share of the true things that are drawn"),
    )
)
