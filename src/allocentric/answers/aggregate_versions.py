"""Aggregations over versions of one question: flips and rotations, votes, repeats, twins, degradation."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from allocentric.answers.aggregate import Aggregation, Blend, Rows, Share, Tree, by_type, share, together
from allocentric.answers.scored import Outcome, Scored

QUESTION_LETTERS: Final = 8  # of a 3DSRBench id; what follows is -flip, -k or both
TURNED: Final = re.compile(r"-\d+\Z")
FLIPPED: Final = re.compile(r"-flip\b")
NEEDED: Final = 4
CLEAN: Final = "clean"

Key = Callable[[Scored], object]


def product(rows: Rows, key: Key) -> list[Scored]:
    """One row for all that share a key; its score is the product of theirs: all versions have to be right.

    A group with a wrong version is wrong; else, with a version that has no score, it has none.
    """
    return [
        replace(
            group[0],
            score=_times([row.score for row in group]),
            chance=_times([row.chance for row in group]),
            blind=_times([row.blind for row in group]),
            state=_state(group),
        )
        for group in together(rows, key)
    ]


def _state(group: list[Scored]) -> Outcome:
    """What became of versions together: scored where any was, failed where all have."""
    order: tuple[Outcome, ...] = ("scored", "unread", "refused", "failed")
    return min((row.state for row in group), key=order.index)


def _times(factors: list[float | None]) -> float | None:
    """A product; None where a factor is missing and none of the others settles it."""
    known = [each for each in factors if each is not None]
    return math.prod(known) if len(known) == len(factors) else (0.0 if 0.0 in known else None)


def same_turn(row: Scored) -> object:
    """The question and its rotation, whether flipped or not."""
    return row.id[:QUESTION_LETTERS], "".join(TURNED.findall(row.id)), row.repeat


def same_flip(row: Scored) -> object:
    """The question and whether it is flipped, however rotated: an id without its last -k."""
    return TURNED.sub("", row.id), row.repeat


def same_question(row: Scored) -> object:
    """The question, flipped or not, however rotated."""
    return row.id[:QUESTION_LETTERS], row.repeat


def same_sample(row: Scored) -> object:
    """The sample, whatever the variant it was put in."""
    return row.id, row.repeat


def same_pair(row: Scored) -> object:
    """The question that rows are versions of; a row without a pair stands alone."""
    return (row.pair or f"id {row.id}"), row.repeat


def vote(rows: Rows, needed: int = NEEDED) -> list[Scored]:
    """One row a sample: right where at least `needed` of its repeats are.

    It has no score while those without one could still decide it; chance and blind are what a guess and
    the blind answer come to by the same rule.
    """
    found = list[Scored]()
    for group in together(rows, lambda row: (row.id, row.variant)):
        hits, open_ = sum(row.score == 1.0 for row in group), sum(row.score is None for row in group)
        decided = open_ < len(group) and (hits >= needed or hits + open_ < needed)
        blind = [row.blind for row in group]
        found.append(
            replace(
                group[0],
                repeat=0,
                score=float(hits >= needed) if decided else None,
                state=group[0].state if not decided else "scored",
                chance=None if group[0].chance is None else _tail(group[0].chance, len(group), needed),
                blind=None if None in blind else float(sum(each == 1.0 for each in blind) >= needed),
            )
        )
    return found


def _tail(chance: float, count: int, needed: int) -> float:
    """The probability of at least so many hits."""
    return sum(
        math.comb(count, hits) * chance**hits * (1 - chance) ** (count - hits)
        for hits in range(needed, count + 1)
    )


def agreement(rows: Rows) -> list[Scored]:
    """One row a sample that was put more than once: the share of pairs of repeats with the same value.

    Rows whose rule tells a score and no value are left out.
    """
    found = list[Scored]()
    for group in together(rows, lambda row: (row.id, row.variant)):
        given = [row.value for row in group if row.state == "scored" and row.value is not None]
        counts = Counter(map(repr, given))
        read = counts.total()
        if read >= 2:
            same = sum(count * (count - 1) for count in counts.values()) / (read * (read - 1))
            found.append(replace(group[0], repeat=0, score=same, chance=None, blind=None, state="scored"))
    return found


def plain_mean(rows: Rows) -> tuple[Tree, ...]:
    """The mean of all rows, and of each type."""
    return (share("overall", rows), *by_type(rows))


def at_once(_: Scored) -> object:
    """All rows as one block."""
    return None


def paired_drop(name: str, rows: Rows, *, worse: Callable[[Scored], bool], block: Key = at_once) -> Share:
    """The mean over pairs of the clean score less the mean of the worse ones; one for each `block` of these.

    Pairs that lack a clean or a worse row with a score are left out.
    """
    top, bottom, asked = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    places = {id(row): place for place, row in enumerate(rows)}
    for group in together([row for row in rows if row.pair and row.score is not None], same_pair):
        clean = [row for row in group if row.condition == CLEAN]
        worn = [row for row in group if row.condition != CLEAN and worse(row)]
        for held in together(worn, block) if clean else ():
            for side, sign in ((clean, 1.0), (held, -1.0)):
                for row in side:
                    top[places[id(row)]] += sign * (row.score or 0.0) / len(side)
                    asked[places[id(row)]] = True
            for row in clean:
                bottom[places[id(row)]] += 1 / len(clean)
    return Share(name, top, bottom, asked)


def degradation(rows: Rows) -> tuple[Tree, ...]:
    """The mean by condition, and the paired drop from clean to all others and to each."""
    conditions = sorted({row.condition for row in rows})
    means = [share(name, rows, lambda row, name=name: row.condition == name) for name in conditions]  # type: ignore[misc]
    drops = [
        paired_drop(f"drop_{name}", rows, worse=lambda row, name=name: row.condition == name)  # type: ignore[misc]
        for name in conditions
        if name != CLEAN
    ]
    return (share("overall", rows), *means, paired_drop("drop", rows, worse=lambda _: True), *drops)


def vote_trees(rows: Rows) -> tuple[Tree, ...]:
    """The mean of the types, each rounded to three digits first; so of each group (basic, spatial)."""
    groups = {row.type: row.group for row in rows}
    types = [replace(each, digits=3) for each in by_type(rows)]
    blends = (
        Blend(group, tuple(each for each in types if groups[each.name] == group))
        for group in sorted(set(groups.values()))
    )
    return (Blend("overall", tuple(types)), *blends)


def _products(name: str, key: Key, *, about: str, source: str = "3DSRBench") -> Aggregation:
    """An aggregation over products."""
    return Aggregation(
        name=name, about=about, source=source, trees=plain_mean, rows=lambda rows: product(rows, key)
    )


AGGREGATIONS: Final = (
    Aggregation(name="3dsr_vanilla", about="mean of all rows", source="3DSRBench", trees=plain_mean),
    _products("3dsr_flip", same_turn, about="a question and its flip, at the same rotation, both right"),
    _products(
        "3dsr_circular",
        same_flip,
        about="all rotations right; flips count as questions of their own, as in the published numbers",
        source="3DSRBench, compute_3dsrbench_results in SpatialReasoner",
    ),
    _products("3dsr_flip_circular", same_question, about="all rotations and flips right"),
    _products(
        "all_variants",
        same_sample,
        about="all variants of a sample right: rotations, flips",
        source="CircularEval",
    ),
    _products(
        "all_of_pair",
        same_pair,
        about="all versions of a question right: twins, perturbations",
        source="ours",
    ),
    Aggregation(
        name="vote_4_of_5",
        about="a question is right where 4 of its 5 repeats are; types rounded to three digits; by group",
        source="SpatialGenEval",
        trees=vote_trees,
        rows=vote,
    ),
    Aggregation(
        name="agreement",
        about="share of pairs of repeats whose values are the same",
        source="ours",
        trees=plain_mean,
        rows=agreement,
    ),
    Aggregation(
        name="degradation",
        about="mean by condition and paired drop from clean",
        source="SpaceDG and others; paired by us",
        trees=degradation,
    ),
)
