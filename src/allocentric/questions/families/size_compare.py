"""Which of some things is the largest, or the tallest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.questions.families.measures import corners_m, in_turn
from allocentric.questions.families.reasons import listed
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.words import a_list

RATIO: Final = 1.3
"""By which factor volumes and heights must differ to be compared."""

ALIKE: Final = f"not {RATIO:g} times as large as the next"
MOST_DRAWN: Final = 2_000

Sizes = Callable[[Scene], Float[np.ndarray, " thing"]]


def volumes(scene: Scene) -> Float[np.ndarray, " thing"]:
    """The volume of every box."""
    return np.asarray(scene.sizes.prod(axis=1))


def heights(scene: Scene) -> Float[np.ndarray, " thing"]:
    """The vertical extent of every box."""
    return np.asarray(np.ptp(corners_m(scene)[:, :, 2], axis=1))


def _unlike(
    scene: Scene, random: np.random.Generator, sizes: Sizes, *, count: int
) -> Iterator[tuple[int, ...] | str]:
    """Rows of things, any two of which differ by the ratio."""
    rows, held = unique(scene), sizes(scene)
    for drawn in first(shuffled_tuples(len(rows), count, random), MOST_DRAWN):
        chosen = tuple(rows[each] for each in drawn)
        rising = sorted(float(held[row]) for row in chosen)
        unlike = rising[0] > 0 and all(after >= RATIO * before for before, after in pairwise(rising))
        yield chosen if unlike else ALIKE


def _most(
    scene: Scene, random: np.random.Generator, *, sizes: Sizes, by: str, count: int, word: str
) -> Iterator[Ask | str]:
    for chosen in _unlike(scene, random, sizes, count=count):
        if isinstance(chosen, str):
            yield chosen
            continue
        names = tuple(scene.labels[row] for row in chosen)
        listed = ", ".join(f'the("{each}")' for each in names)
        articled = [f"the {each}" for each in names]
        slots = {"options": a_list(articled, last="or"), "list": a_list(articled)}
        yield Ask(f"{word}([{listed}], by={by})", slots, options=names)


def _more(scene: Scene, random: np.random.Generator, *, sizes: Sizes, of: str) -> Iterator[Ask | str]:
    held = sizes(scene)
    unlike = yield from listed(_unlike(scene, random, sizes, count=2))
    pairs = [sorted(pair, key=lambda row: float(held[row])) for pair in unlike]

    def ask(one: int, other: int) -> Ask:
        a, b = scene.labels[one], scene.labels[other]
        return Ask(f"{of.replace('◊', a)} > {of.replace('◊', b)}", {"a": a, "b": b})

    yes = (ask(more, less) for less, more in pairs[::2])
    yield from in_turn(random, yes, (ask(less, more) for less, more in pairs[1::2]))


def _family(name: str, about: str, templates: tuple[str, ...], **of: object) -> Family:
    return Family(
        name=name,
        code="A7",
        about=about,
        kind="choice",
        templates=templates,
        asks=partial(_most, **of),  # type: ignore[arg-type]
    )


FAMILIES: Final = (
    _family(
        "size_compare",
        "which of three things is the largest by volume",
        (
            "Which of {list} has the greatest volume?",
            "Which one is the largest by volume: {options}?",
            "Of {list}, which is the biggest?",
        ),
        sizes=volumes,
        by="volume",
        count=3,
        word="most",
    ),
    _family(
        "size_compare_smallest",
        "which of three things is the smallest by volume",
        (
            "Which of {list} has the smallest volume?",
            "Which one is the smallest: {options}?",
            "Of {list}, which is the smallest?",
        ),
        sizes=volumes,
        by="volume",
        count=3,
        word="least",
    ),
    _family(
        "height_compare",
        "which of two things is the taller",
        (
            "Which is taller, {options}?",
            "Which of the two is taller: {options}?",
            "Which of {list} is taller?",
        ),
        sizes=heights,
        by='extent(along="height")',
        count=2,
        word="most",
    ),
    Family(
        name="is_taller",
        code="A7",
        about="whether one thing is taller than another",
        kind="yes_no",
        templates=(
            "Is the {a} taller than the {b} is?",
            "Is the height of the {a} greater than that of the {b}?",
            "Does the {a} have a greater height than the {b}?",
        ),
        asks=partial(_more, sizes=heights, of='extent(the("◊"), along="height")'),
    ),
)
