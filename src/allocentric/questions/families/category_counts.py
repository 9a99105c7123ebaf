"""How many things of several kinds there are, and of which kind there are more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations
from typing import Final

import numpy as np

from allocentric.questions.families.measures import in_turn
from allocentric.questions.families.things import counted
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.words import a_list, plural

MOST_ASKED: Final = 400
AS_MANY: Final = "as many of one kind as of another"


def _several(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Two or three kinds, at least one of them with two things or more."""
    counts = counted(scene)
    for kinds in _drawn(sorted(counts), random, (2, 3)):
        if sum(counts[each] for each in kinds) == len(kinds):
            yield "only one of each kind"
            continue
        listed = " | ".join(f'all("{each}")' for each in kinds)
        yield Ask(f"count({listed})", {"things": a_list([plural(each) for each in kinds])})


def _most(scene: Scene, random: np.random.Generator, *, word: str, most: bool) -> Iterator[Ask | str]:
    """Two or three kinds of which one has the most, or the fewest, alone."""
    counts = counted(scene)
    for kinds in _drawn(sorted(counts), random, (2, 3) if word == "most" else (2,)):
        ranked = sorted((counts[each] for each in kinds), reverse=most)
        if ranked[0] == ranked[1]:
            yield AS_MANY
            continue
        many = tuple(plural(each) for each in kinds)
        listed = ", ".join(f'all("{each}")' for each in kinds)
        slots = {"options": a_list(many, last="or"), "list": a_list(many)}
        yield Ask(f"{word}([{listed}], by=count)", slots, options=kinds)


def _more(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Of two kinds that there are not as many of: whether there are more of the one, either way round."""
    counts = counted(scene)
    drawn = list(_drawn(sorted(counts), random, (2,)))
    unlike = [pair for pair in drawn if counts[pair[0]] != counts[pair[1]]]
    yield from (AS_MANY for _ in range(len(drawn) - len(unlike)))
    rising = [sorted(pair, key=lambda each: counts[each]) for pair in unlike]
    asks = [[_more_ask(more, less), _more_ask(less, more)] for less, more in rising]
    yield from in_turn(random, (yes for yes, _ in asks[::2]), (no for _, no in asks[1::2]))


def _more_ask(one: str, other: str) -> Ask:
    return Ask(f'count(all("{one}")) > count(all("{other}"))', {"a": plural(one), "b": plural(other)})


def _drawn(
    kinds: list[str], random: np.random.Generator, sizes: tuple[int, ...]
) -> Iterator[tuple[str, ...]]:
    every = [each for size in sizes for each in combinations(kinds, size)]
    for row in random.permutation(len(every))[:MOST_ASKED]:
        drawn = list(every[int(row)])
        random.shuffle(drawn)
        yield tuple(drawn)


FAMILIES: Final = (
    Family(
        name="multi_category_count",
        code="A2",
        about="how many things of two or three kinds there are together",
        kind="count",
        templates=(
            "How many {things} are there in total?",
            "How many {things} are there in this room?",
            "What is the total number of {things}?",
        ),
        asks=_several,
        needs=("things", "complete"),
    ),
    Family(
        name="relative_count",
        code="A3",
        about="of which kind of thing there are the most",
        kind="choice",
        templates=(
            "Are there more {options}?",
            "Which are there more of, {options}?",
            "Of {list}, which are there the most of?",
        ),
        asks=partial(_most, word="most", most=True),
        needs=("things", "complete"),
    ),
    Family(
        name="relative_count_fewest",
        code="A3",
        about="of which of two kinds of thing there are fewer",
        kind="choice",
        templates=(
            "Are there fewer {options}?",
            "Which are there fewer of, {options}?",
            "Of {list}, which are there the fewest of?",
        ),
        asks=partial(_most, word="least", most=False),
        needs=("things", "complete"),
    ),
    Family(
        name="more_of_kind",
        code="A3",
        about="whether there are more things of one kind than of another",
        kind="yes_no",
        templates=(
            "Are there more {a} than {b}?",
            "Are there more {a} here than {b}?",
            "Do the {a} outnumber the {b}?",
        ),
        asks=_more,
        needs=("things", "complete"),
    ),
)
