"""The things that a question may speak of: by a label that is theirs alone, in a scene."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice, permutations
from typing import Final

import numpy as np

from allocentric.scene.scene import Scene

GENERAL: Final = frozenset({"object", "thing", "item"})
"""Labels that say no kind: "the objects" of a scene are all that is in it."""


def unique(scene: Scene) -> tuple[int, ...]:
    """The rows of the objects that are the only one of their label: "the sofa" means one of them."""
    counts = Counter(scene.labels)
    return tuple(
        row
        for row, (label, kind) in enumerate(zip(scene.labels, scene.kinds))
        if kind == "object" and counts[label] == 1
    )


def counted(scene: Scene) -> dict[str, int]:
    """How many objects of each label there are; "objects" in general are no kind that can be asked about."""
    held = zip(scene.labels, scene.kinds, strict=True)
    return dict(Counter(label for label, kind in held if kind == "object" and label not in GENERAL))


def shuffled_tuples(
    count: int, length: int, random: np.random.Generator, *, ordered: bool = True
) -> Iterator[tuple[int, ...]]:
    """Every tuple of different numbers below `count`, each once, in random order.

    Where there are more than can be laid out, tuples are drawn at random instead, which may repeat.
    """
    if count < length:
        return
    total = _total(count, length, ordered)
    if total > 200_000:
        while True:
            drawn = random.permutation(count)[:length]
            yield tuple(int(each) for each in (drawn if ordered else np.sort(drawn)))
    every = _every(count, length, ordered)
    for row in random.permutation(total):
        yield every[int(row)]


@lru_cache(64)
def _every(count: int, length: int, ordered: bool) -> tuple[tuple[int, ...], ...]:
    return tuple((permutations if ordered else combinations)(range(count), length))


def _total(count: int, length: int, ordered: bool) -> int:
    return math.perm(count, length) if ordered else math.comb(count, length)


def first(these: Iterator[tuple[int, ...]], limit: int) -> Iterator[tuple[int, ...]]:
    """No more than `limit` of them: an end for what is drawn at random."""
    return islice(these, limit)


def fronted(scene: Scene) -> dict[int, tuple[float, float]]:
    """Which way each thing with a front faces on the plan, by its row; of those that stand upright enough."""

    def made() -> dict[int, tuple[float, float]]:
        ways = np.einsum("nij,nj->ni", scene.rotations, scene.fronts)
        level = np.hypot(ways[:, 0], ways[:, 1])
        return {
            row: (float(ways[row, 0]), float(ways[row, 1])) for row in np.flatnonzero(level > 0.5).tolist()
        }

    return scene.cached("fronts on the plan", made)
