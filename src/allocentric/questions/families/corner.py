"""Whether a thing stands in a corner of its room, and which of some things does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Final

import numpy as np

from allocentric.oracle.arrangement import in_corner
from allocentric.oracle.contact import inside
from allocentric.questions.families.measures import in_turn
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import SURELY, Body, Truth, Unknown
from allocentric.words import a_list

COUNT: Final = 3
CLEAR: Final = 1.0
MOST_DRAWN: Final = 500


def _standing(scene: Scene) -> dict[int, tuple[int, bool]]:
    """The room of each thing that is well inside of one, and whether it clearly stands in a corner of it."""

    def made() -> dict[int, tuple[int, bool]]:
        rooms = [row for row, kind in enumerate(scene.kinds) if kind == "region"]
        alone = [row for row in rooms if scene.labels.count(scene.labels[row]) == 1]
        found = dict[int, tuple[int, bool]]()
        for row, room in product(unique(scene), alone):
            if _clearly(inside(scene, Body(row), Body(room))):
                stands = _clearly(in_corner(scene, Body(row), Body(room)))
                found |= {} if stands is None else {row: (room, stands)}
        return found

    return scene.cached("things in corners", made)


def _clearly(truth: Truth | Unknown) -> bool | None:
    """Whether it is so; None where it is not clear."""
    clear = isinstance(truth, Truth) and truth.margin is not None and truth.margin.clear >= CLEAR
    return truth.possible == SURELY if clear and isinstance(truth, Truth) else None


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    held = _standing(scene)

    def asked(there: bool) -> Iterator[Ask]:
        rows = [row for row, (_, stands) in held.items() if stands is there]
        for place in random.permutation(len(rows)):
            row = rows[int(place)]
            thing, room = scene.labels[row], scene.labels[held[row][0]]
            program = f'in_corner(the("{thing}"), the("{room}"), within=cm(50))'
            yield Ask(program, {"thing": thing, "room": room})

    yield from _unclear(scene)
    yield from in_turn(random, asked(True), asked(False))


def _unclear(scene: Scene) -> Iterator[str]:
    """A reason for each thing of which it is not clear in which room it is, or whether in a corner of it."""
    reason = "not clearly in one room, or not clearly in or out of a corner"
    yield from (reason for _ in range(len(unique(scene)) - len(_standing(scene))))


def _which(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Three things of one room, of which one alone is in a corner."""
    held, among = _standing(scene), defaultdict[int, list[int]](list)
    yield from _unclear(scene)
    for row, (room, _) in held.items():
        among[room].append(row)
    for room, rows in among.items():
        for drawn in first(shuffled_tuples(len(rows), COUNT, random), MOST_DRAWN):
            chosen = [rows[each] for each in drawn]
            if sum(held[row][1] for row in chosen) != 1:
                yield "not one alone in a corner"
                continue
            names = tuple(scene.labels[row] for row in chosen)
            these = " | ".join(f'all("{each}")' for each in names)
            called = scene.labels[room]
            program = f'{{t for t in {these} if in_corner(t, the("{called}"), within=cm(50))}}'
            listed = a_list([f"the {each}" for each in names], last="or")
            yield Ask(program, {"options": listed, "room": called}, options=names)


FAMILIES: Final = (
    Family(
        name="in_corner",
        code="C14",
        about="whether a thing stands in a corner of its room: within 50 cm of two walls that meet",
        kind="yes_no",
        templates=(
            "Is the {thing} in a corner of the {room}, that is, within 50 cm of two walls that meet?",
            "Is the {thing} standing in a corner of the {room}, within 50 cm of two walls that meet?",
            "Is the {thing} within 50 cm of two walls of the {room} that meet?",
        ),
        asks=_asks,
        needs=("things", "rooms", "scale"),
        frame="map",
        human=True,
    ),
    Family(
        name="which_in_corner",
        code="C14",
        about="which of three things of a room stands in a corner of it: within 50 cm of two walls that meet",
        kind="choice",
        templates=(
            "Which of {options} stands in a corner of the {room}, within 50 cm of two walls that meet?",
            "Which one is in a corner of the {room}, within 50 cm of two walls that meet: {options}?",
            "Which of {options} is within 50 cm of two walls of the {room} that meet?",
        ),
        asks=_which,
        needs=("things", "rooms", "scale"),
        frame="map",
        human=True,
    ),
)
