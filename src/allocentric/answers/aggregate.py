"""How scored rows become numbers: trees of shares, so that every node has a value and an interval."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from allocentric.answers.scored import Scored

Rows = Sequence[Scored]
Draws = Float[np.ndarray, " draw"]


@dataclass(frozen=True, eq=False, slots=True)
class Share:
    """A leaf: the sum of `top` by the sum of `bottom` over rows; a mean where `bottom` is 1 for each row.

    Rows that do not count have 0 in both. `asked` are the rows that belong to it, with or without a score;
    those that count where it is not given. What is a share of replies, not of scores, has no floor. It is
    rounded to `digits` where a release rounds before it averages.
    """

    name: str
    top: Float[np.ndarray, " row"]
    bottom: Float[np.ndarray, " row"]
    asked: Bool[np.ndarray, " row"] | None = None
    of_scores: bool = True
    digits: int | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Blend:
    """A node: the weighted mean of its parts; those without a value are left out, with their weights."""

    name: str
    parts: tuple[Share | Blend, ...]
    weights: tuple[float, ...] | None = None


Tree = Share | Blend


@dataclass(frozen=True, slots=True)
class Slow:
    """A number that is no tree of shares: any function of rows, None where it has no value."""

    name: str
    of: Callable[[Rows], float | None]


def as_they_are(rows: Rows) -> Rows:
    """The rows, unchanged."""
    return rows


def no_trees(_: Rows) -> tuple[Tree, ...]:
    """No tree: for aggregations that are slow alone."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregation:
    """A named way from rows to numbers.

    `rows` first makes the rows that count out of those scored (a product over flips, a vote); `trees` then
    says how they are averaged: the first root is the overall number, all nodes are told. `slow` are told
    after them. `official` says that it keeps a release's flaw, which `about` names.
    """

    name: str
    version: str = "1"
    about: str
    source: str
    trees: Callable[[Rows], tuple[Tree, ...]] = no_trees
    slow: tuple[Slow, ...] = ()
    rows: Callable[[Rows], Rows] = as_they_are
    official: bool = False


def share(name: str, rows: Rows, counts: Callable[[Scored], bool] | None = None) -> Share:
    """The mean score of all rows, or of those that count; rows without a score are left out of it."""
    belongs = np.array([counts is None or counts(row) for row in rows], dtype=bool)
    with_score = belongs & np.array([row.score is not None for row in rows], dtype=bool)
    scores = np.array([row.score or 0.0 for row in rows], dtype=float)
    return Share(name, np.where(with_score, scores, 0.0), with_score.astype(float), belongs)


def of_types(name: str, rows: Rows, types: Collection[str]) -> Share:
    """The mean score of the rows of some types."""
    return share(name, rows, lambda row: row.type in types)


def by_type(rows: Rows) -> tuple[Share, ...]:
    """The mean of each type, in alphabetical order."""
    return tuple(of_types(name, rows, (name,)) for name in sorted({row.type for row in rows}))


def by_group(rows: Rows) -> tuple[Share, ...]:
    """The mean of each group, in alphabetical order."""
    groups = sorted({row.group for row in rows})
    return tuple(share(name, rows, lambda row, name=name: row.group == name) for name in groups)  # type: ignore[misc]


def together(rows: Rows, key: Callable[[Scored], object]) -> list[list[Scored]]:
    """The rows that share a key, in the order in which each key comes first."""
    found = dict[object, list[Scored]]()
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def nodes(tree: Tree) -> Iterator[Tree]:
    """The tree and all that is below it, from the root down."""
    yield tree
    if isinstance(tree, Blend):
        for part in tree.parts:
            yield from nodes(part)


def leaves(tree: Tree) -> list[Share]:
    """The shares of a tree, from left to right."""
    return [node for node in nodes(tree) if isinstance(node, Share)]


def values(tree: Tree, of_leaf: Mapping[Share, Draws], draws: int = 1) -> Draws:
    """The values of a tree from those of its leaves, draw by draw; NaN where it has none."""
    if isinstance(tree, Share):
        exact = of_leaf[tree]
        return (
            exact if tree.digits is None else np.array([round(each, tree.digits) for each in exact.tolist()])
        )
    if not tree.parts:
        return np.full(draws, np.nan)
    parts = np.stack([values(part, of_leaf, draws) for part in tree.parts])
    given = np.ones(len(parts)) if tree.weights is None else np.array(tree.weights)
    counted = np.where(np.isnan(parts), 0.0, given[:, None])
    return quotient((np.nan_to_num(parts) * counted).sum(axis=0), counted.sum(axis=0))


def quotient(above: Draws, below: Draws) -> Draws:
    """The one by the other; NaN where the other is 0."""
    found: Draws = np.divide(above, below, out=np.full(len(below), np.nan), where=below != 0)
    return found


def asked(tree: Tree, rows: int) -> Bool[np.ndarray, " row"]:
    """Of each of so many rows, whether it belongs to a tree, with or without a score."""
    found = np.zeros(rows, dtype=bool)
    for leaf in leaves(tree):
        found |= (leaf.bottom != 0) if leaf.asked is None else leaf.asked
    return found


def value(tree: Tree) -> float | None:
    """The value of a tree over all rows; None where no row counts.

    >>> rows = [Scored(id="1", score=1.0), Scored(id="2", score=0.0), Scored(id="3", state="failed")]
    >>> value(share("all", rows))
    0.5
    """
    each = leaves(tree)
    of_leaf = {leaf: quotient(leaf.top.sum(keepdims=True), leaf.bottom.sum(keepdims=True)) for leaf in each}
    found = float(values(tree, of_leaf)[0])
    return None if np.isnan(found) else found
