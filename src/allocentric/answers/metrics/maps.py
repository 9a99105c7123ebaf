"""How like a drawn map is to the true one, by Theory of Space's released convention.

Three parts. Directions: of all unordered pairs of named things, the agent, the doors and the origin
included, the share whose direction agrees, in eight sectors or "same place". Facings: the share that
agrees among things with a front that are no doors. Positions: exp(-RMSE / L) times coverage, RMSE over
all named things that are placed, L the root mean square distance from the origin of the true places, the
agent and the doors left out. A thing that is missing fails its pairs and its facing, and lowers coverage.
The overall score is the mean of the three. Sectors are centred on the axes; one starts at -22.5 degrees.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Final

from allocentric.answers.kinds import Expected, Placed, Value
from allocentric.answers.metrics.metric import Metric, Score, Truth, no_truth

Places = Mapping[str, Placed]
Rule = Callable[[Places, Places], float]

ORIGIN: Final = Placed("", 0.0, 0.0)  # no thing has an empty name
SECTORS: Final = 8
AGENT: Final = "agent"
DOOR: Final = "door"


def placed_by_name(value: object) -> dict[str, Placed] | None:
    """The entries of a map by their names, without case; the first of a name counts. None for no map."""
    if not isinstance(value, tuple) or not all(isinstance(each, Placed) for each in value):
        return None
    found = dict[str, Placed]()
    for each in value:
        if isinstance(each, Placed) and math.isfinite(each.x) and math.isfinite(each.y) and each.name.strip():
            found.setdefault(each.name.casefold().strip(), each)
    return found


def direction_share(given: Places, right: Places) -> float:
    """The share of pairs whose direction agrees."""
    names = ["", *sorted(right)]
    there, true = {"": ORIGIN, **given}, {"": ORIGIN, **right}
    agree = [
        one in there
        and other in there
        and _sector(there[one], there[other]) == _sector(true[one], true[other])
        for one, other in combinations(names, 2)
    ]
    return sum(agree) / len(agree)


def facing_share(given: Places, right: Places) -> float:
    """The share of facings that agree; 1 where nothing has a front."""
    fronted = [name for name, each in right.items() if each.facing is not None and DOOR not in name.split()]
    agree = [name in given and _plain(given[name].facing) == _plain(right[name].facing) for name in fronted]
    return sum(agree) / len(agree) if agree else 1.0


def position_score(given: Places, right: Places) -> float:
    """exp(-RMSE / L) times coverage; where L is 0 only an RMSE of 0 counts."""
    placed = [name for name in right if name in given]
    if not placed:
        return 0.0
    off = _rms([math.dist((given[name].x, given[name].y), (right[name].x, right[name].y)) for name in placed])
    things = [each for name, each in right.items() if name != AGENT and DOOR not in name.split()]
    scale = _rms([math.hypot(each.x, each.y) for each in things])
    likeness = math.exp(-off / scale) if scale > 0 else float(off == 0)
    return likeness * len(placed) / len(right)


def map_score(given: Places, right: Places) -> float:
    """The mean of directions, facings and positions."""
    return (direction_share(given, right) + facing_share(given, right) + position_score(given, right)) / 3


def _sector(one: Placed, other: Placed) -> int | None:
    """In which eighth of the circle one lies from another; None at the same place."""
    x, y = one.x - other.x, one.y - other.y
    if x == 0 and y == 0:
        return None
    eighth = 2 * math.pi / SECTORS
    return math.floor(math.atan2(y, x) / eighth + 0.5) % SECTORS


def _plain(facing: str | None) -> str:
    """A facing as it is compared."""
    return (facing or "").casefold().strip()


def _rms(lengths: list[float]) -> float:
    """The root of the mean square; 0 of none."""
    return math.hypot(*lengths) / math.sqrt(len(lengths)) if lengths else 0.0


def scored_map(rule: Rule, name: str) -> Score:
    """A rule for two maps as a score; 0 for no map."""

    def score(value: Value | None, truth: Truth, _: Expected) -> float:
        given, right = placed_by_name(value), placed_by_name(truth)
        if not right:
            raise no_truth(truth, name, "a map with at least one entry")
        return 0.0 if given is None else rule(given, right)

    return score


def _metric(name: str, rule: Rule, about: str) -> Metric:
    """One part of the score as a metric."""
    return Metric(
        name=name,
        about=about,
        source="Theory of Space, cognitive map; conventions found on a released run",
        score=scored_map(rule, name),
        kinds=frozenset({"map"}),
    )


METRICS: Final = (
    _metric("tos_map", map_score, "the mean of directions, facings and positions"),
    _metric(
        "tos_map_direction", direction_share, "share of pairs whose direction agrees, the origin included"
    ),
    _metric("tos_map_facing", facing_share, "share of facings that agree, doors left out"),
    _metric("tos_map_position", position_score, "exp(-RMSE / L) times coverage"),
)
