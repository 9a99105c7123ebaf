"""Numbers that never travel alone: value, count, interval, chance and blind floors.

Intervals are percentiles of a bootstrap that draws whole scenes, since the samples of one scene are not
independent: the clusters are drawn as often as there are, with replacement, and every node of the tree is
worked out anew. The draws come from a seed, and the order of the rows changes nothing.

With few scenes such intervals are a little narrow: in simulation 95 % of them hold the truth for thirty
scenes, 91 % for ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.answers.aggregate import (
    Aggregation,
    Draws,
    Rows,
    Share,
    Tree,
    asked,
    leaves,
    nodes,
    quotient,
    together,
    value,
    values,
)
from allocentric.seeds import stream

DRAWS: Final = 1000
LEVEL: Final = 0.95
MOST_CLUSTERS: Final = 10_000
CELLS: Final = 4_000_000  # of a table of draws held at once
NO_ROWS: Final = "no row has a score"
ONE_CLUSTER: Final = "one scene: no interval"
NO_SPREAD: Final = "all scenes the same: the interval is too narrow"

Statistic = Callable[[Rows], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A value with all that it takes to judge it.

    `count` is of all rows that belong to it, `missing` of those among them that have no score, `unread` of
    those whose reply gave no value (they score as none does). `low` and `high` bound its 95 % interval and
    are None where it cannot be told: `note` says why. `chance` is what guessing comes to and `blind` what
    the best answers without looking come to, None where there is none.
    """

    name: str
    value: float | None
    count: int
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    blind: float | None = None
    missing: int = 0
    unread: int = 0
    note: str = ""

    def __str__(self) -> str:
        shown = "none" if self.value is None else f"{self.value:.3f}"
        if self.low is not None and self.high is not None:
            shown += f" [{self.low:.3f}, {self.high:.3f}]"
        return f"{self.name}: {shown} n={self.count}" + (f" ({self.note})" if self.note else "")


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds of a bootstrap, or why there are none."""

    low: float | None = None
    high: float | None = None
    note: str = ""


def numbers(rows: Rows, how: Aggregation, *, seed: int = 0, draws: int = DRAWS) -> tuple[Number, ...]:
    """Every node of an aggregation as a number, the overall one first; the first of equal names counts."""
    kept = how.rows(sorted(rows, key=lambda row: row.key))
    trees, clusters = how.trees(kept), _clusters(kept, _names(kept))
    chances = how.trees(_scored_by_floor(kept, [row.chance for row in kept]))
    blinds = how.trees(_scored_by_floor(kept, [row.blind for row in kept]))
    sampled = _sampled(trees, clusters, seed=seed, draws=draws)
    scored, has_chance, has_blind = (
        np.array([getattr(row, column) is not None for row in kept], dtype=bool)
        for column in ("score", "chance", "blind")
    )
    unread = np.array([row.state in ("unread", "refused") for row in kept], dtype=bool)
    found = dict[str, Number]()
    for node, chance, blind in zip(*map(_all, (trees, chances, blinds))):
        if node.name in found:
            continue
        mine = asked(node, len(kept))
        bounds = _bounds(clusters.of_row[mine & scored], values(node, sampled, draws))
        found[node.name] = Number(
            name=node.name,
            value=value(node),
            count=int(mine.sum()),
            missing=int((mine & ~scored).sum()),
            unread=int((mine & unread).sum()),
            low=bounds.low,
            high=bounds.high,
            note=bounds.note,
            chance=_floor(chance, has_chance[mine & scored]),
            blind=_floor(blind, has_blind[mine & scored]),
        )
    slow = (number(each.name, kept, each.of, seed=seed, draws=draws) for each in how.slow)
    return (*found.values(), *slow)


def number(name: str, rows: Rows, statistic: Statistic, *, seed: int = 0, draws: int = DRAWS) -> Number:
    """Any function of rows as a number: the rows of whole scenes are drawn anew, one draw after the other."""
    kept = sorted(rows, key=lambda row: row.key)
    by_cluster = together(kept, lambda row: row.cluster)
    by_cluster.sort(key=lambda part: part[0].cluster)
    at, found = statistic(kept), list[float]()
    for counts in _drawn(len(by_cluster), seed, draws) if at is not None and len(by_cluster) > 1 else ():
        for draw in counts:
            each = statistic([row for part, times in zip(by_cluster, draw) for row in part * int(times)])
            found.extend([] if each is None else [each])
    bounds = _interval(np.array(found)) if found else Interval(note=NO_ROWS if at is None else ONE_CLUSTER)
    missing = sum(row.score is None for row in kept)
    return Number(
        name=name,
        value=at,
        count=len(kept),
        missing=missing,
        low=bounds.low,
        high=bounds.high,
        note=bounds.note,
    )


def differences(
    before: Rows, after: Rows, how: Aggregation, *, seed: int = 0, draws: int = DRAWS
) -> tuple[Number, ...]:
    """Every node of an aggregation, after less before, over the samples that both runs have.

    The same scenes are drawn for both, so what makes a scene hard for both cancels. `missing` counts the
    rows of either run that the other lacks or that have no score in one of them.
    """
    one, other = ({row.key: row for row in rows if row.score is not None} for rows in (before, after))
    common = sorted(one.keys() & other.keys())
    left_out = len({row.key for row in (*before, *after)}) - len(common)
    kept = [how.rows([run[key] for key in common]) for run in (one, other)]
    names = _names([row for rows in kept for row in rows])
    sides = [_side(how.trees(rows), _clusters(rows, names), seed=seed, draws=draws) for rows in kept]
    return tuple(_change(was, sides[1][name], left_out) for name, was in sides[0].items() if name in sides[1])


@dataclass(frozen=True, slots=True)
class _Side:
    """One node of one run: its value, draw by draw too, and how many rows and scenes it is of."""

    name: str
    at: float | None
    sampled: Draws
    count: int
    scenes: int


def _side(trees: Sequence[Tree], clusters: _Clusters, *, seed: int, draws: int) -> dict[str, _Side]:
    """The nodes of one run by name."""
    sampled = _sampled(trees, clusters, seed=seed, draws=draws)
    found = dict[str, _Side]()
    for node in _all(trees):
        counts = asked(node, len(clusters.of_row))
        scenes = len(np.unique(clusters.of_row[counts]))
        side = _Side(node.name, value(node), values(node, sampled, draws), int(counts.sum()), scenes)
        found.setdefault(node.name, side)
    return found


def _change(was: _Side, now: _Side, left_out: int) -> Number:
    """How far a node has moved from one run to the other."""
    change = now.sampled - was.sampled
    if was.at is None or now.at is None:
        at, bounds = None, Interval(note=NO_ROWS)
    else:
        at, lone = now.at - was.at, min(was.scenes, now.scenes) < 2
        bounds = Interval(note=ONE_CLUSTER) if lone else _interval(change[~np.isnan(change)])
    return Number(
        name=was.name,
        value=at,
        count=max(was.count, now.count),
        missing=left_out,
        low=bounds.low,
        high=bounds.high,
        note=bounds.note,
    )


def _scored_by_floor(rows: Rows, floors: Sequence[float | None]) -> Rows:
    """The rows with the score of a floor each; those that have no score of their own stay without."""
    floors = [None if row.score is None else floor for row, floor in zip(rows, floors)]
    return [row if row.score == floor else replace(row, score=floor) for row, floor in zip(rows, floors)]


def _all(trees: Sequence[Tree]) -> Iterator[Tree]:
    """All nodes of all trees."""
    return (node for tree in trees for node in nodes(tree))


@dataclass(frozen=True, eq=False, slots=True)
class _Clusters:
    """The number of each row's cluster, and how many clusters there are."""

    of_row: Int[np.ndarray, " row"]
    many: int


def _names(rows: Rows) -> list[str]:
    """The clusters of rows, each once, in alphabetical order."""
    return sorted({row.cluster for row in rows})


def _clusters(rows: Rows, names: Sequence[str]) -> _Clusters:
    """The place of each row's cluster among the names; above ten thousand, clusters are drawn in bags.

    Bags of clusters picked at random are as independent as the clusters are, so the interval stays right,
    and two hundred thousand rows take no longer than ten thousand.
    """
    many = min(len(names), MOST_CLUSTERS)
    bags = stream(0, "bags", len(names)).permutation(len(names)) % MOST_CLUSTERS
    place = dict(zip(names, bags if len(names) > MOST_CLUSTERS else range(len(names))))
    return _Clusters(np.array([place[row.cluster] for row in rows], dtype=int), many)


def _drawn(many: int, seed: int, draws: int) -> Iterator[Float[np.ndarray, "some cluster"]]:
    """How often each cluster is drawn, some draws at a time."""
    random = stream(seed, "bootstrap", many, draws)
    some = max(1, min(draws, CELLS // max(many, 1)))
    for start in range(0, draws, some):
        rows = min(some, draws - start)
        chosen = random.integers(0, many, size=(rows, many)) + np.arange(rows)[:, None] * many
        yield np.bincount(chosen.ravel(), minlength=rows * many).reshape(rows, many).astype(float)


def _sampled(trees: Sequence[Tree], clusters: _Clusters, *, seed: int, draws: int) -> dict[Share, Draws]:
    """The values of each leaf, draw by draw; of one cluster or none, no draw tells anything."""
    many, each = (
        clusters.many,
        list(dict.fromkeys(leaf for tree in trees for leaf in leaves(tree))),
    )
    if many < 2 or not each:
        return {leaf: np.full(draws, np.nan) for leaf in each}
    sums = np.stack(
        [
            np.bincount(clusters.of_row, weights=part, minlength=many)
            for leaf in each
            for part in (leaf.top, leaf.bottom)
        ],
        axis=1,
    )
    drawn = np.concatenate([counts @ sums for counts in _drawn(many, seed, draws)])
    return {leaf: quotient(drawn[:, 2 * row], drawn[:, 2 * row + 1]) for row, leaf in enumerate(each)}


def _bounds(clusters: Int[np.ndarray, " counted"], sampled: Draws) -> Interval:
    """The interval of a node, from the clusters of the rows that count in it."""
    if not len(clusters):
        return Interval(note=NO_ROWS)
    if len(np.unique(clusters)) < 2:
        return Interval(note=ONE_CLUSTER)
    return _interval(sampled[~np.isnan(sampled)])


def _interval(sampled: Draws) -> Interval:
    """The percentiles of what was drawn."""
    if not len(sampled):
        return Interval(note=NO_ROWS)
    low, high = (float(each) for each in np.quantile(sampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    return Interval(low, high, NO_SPREAD if low == high else "")


def _floor(floor: Tree, known: Bool[np.ndarray, " counted"]) -> float | None:
    """The value of a node for a floor; None where a row that counts has none, or it is no share of scores."""
    told = all(leaf.of_scores for leaf in leaves(floor)) and bool(known.all())
    return value(floor) if told else None
