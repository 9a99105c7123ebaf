"""In which order kinds of things first appear in a video."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.oracle.known_looks import look
from allocentric.oracle.visibility_first import in_order
from allocentric.questions.families.imagined import orders_of, some_orders
from allocentric.questions.families.reasons import differ_by_less
from allocentric.questions.families.things import counted, first, shuffled_tuples
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured
from allocentric.words import a_list

KINDS: Final = 4
APART_S: Final = 1.0
MOST_ASKED: Final = 2_000


def first_well_seen(scene: Scene) -> dict[str, float]:
    """When enough of some thing of each label is first seen, in seconds: one pixel nobody notes."""

    def made() -> dict[str, float]:
        labels, found = counted(scene), dict[str, float]()
        rows = [row for row, kind in enumerate(scene.kinds) if kind == "object"]
        for view in in_order(scene)[0]:
            if view.camera is None or view.time_s is None:
                continue
            seen = look(scene, view)
            for row in rows:
                label = scene.labels[row]
                if label not in found and seen.knows(row):
                    found[label] = view.time_s
            if len(found) == len(labels):
                break
        return found

    return scene.cached("first well seen", made)


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Four kinds that appear more than a second apart."""
    times_s = dict(sorted(first_well_seen(scene).items()))
    labels = list(times_s)
    for drawn in first(shuffled_tuples(len(labels), KINDS, random, ordered=False), MOST_ASKED):
        names = [labels[each] for each in random.permutation(drawn)]
        gaps = np.diff(sorted(times_s[each] for each in names))
        if gaps.min() <= APART_S:
            yield differ_by_less(APART_S, "s")
            continue
        listed = ", ".join(f'all("{each}")' for each in names)
        slots = {"kinds": ", ".join(names), "the": a_list([f"the {each}" for each in names])}
        views = tuple(each.id for each in in_order(scene)[0])
        yield Ask(f"order([{listed}], by=first_seen)", slots, orders_of(names, random), views=views)


def _noted(scene: Scene, ask: Ask, found: Measured) -> str | None:
    """In the same order by what shows enough of them."""
    times_s = first_well_seen(scene)
    told = [times_s[str(each)] for each in found.value]  # type: ignore[union-attr]
    return None if told == sorted(told) else "first seen by too little of it"


FAMILY = Family(
    name="appearance_order",
    code="F1",
    about="in which order four kinds of things first appear, more than a second apart",
    kind="choice",
    templates=(
        "What will be the first-time appearance order of the following categories in the video: {kinds}?",
        "In which order do {the} first appear?",
        "What is the first-time appearance order of the following categories: {kinds}?",
    ),
    asks=_asks,
    fair=_noted,
    offer=some_orders,
    needs=("things", "times", "complete"),
    frame="none",
    shown="video",
)
