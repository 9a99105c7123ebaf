"""Questions about stories: how one thing lies to another, whether it does, in which block it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.geometry.sectors import NINE
from allocentric.questions.families.measures import in_turn
from allocentric.questions.families.reasons import UNBALANCED
from allocentric.questions.families.things import first, shuffled_tuples
from allocentric.questions.family import Ask, Family
from allocentric.scene.placement import connected, difference
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.stories.sizes import SIZES

MOST_DRAWN: Final = 400
OPEN: Final = ("unconnected", "not_placed")
HOMES: Final = ("block", "room")
DIAGONALS: Final = ("upper-left", "upper-right", "lower-left", "lower-right")
_SIDES: Final = (("right", ("left", "right")), ("up", ("above", "below")))
_SAID: Final = {"left": "to the left of", "right": "to the right of", "above": "above", "below": "below"}


def _objects(scene: Scene) -> list[int]:
    return [row for row, kind in enumerate(scene.kinds) if kind == "object"]


def _on_grid(scene: Scene) -> bool:
    """Whether each statement is of a step: a story without a grid states an order alone."""
    return all(each.bound.exact for each in scene.differences)


def _pairs(scene: Scene, random: np.random.Generator) -> Iterator[tuple[int, int]]:
    if scene.source.format == SIZES:  # up is bigger there: nothing lies anywhere
        return
    rows = _objects(scene)
    for one, other in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        yield rows[one], rows[other]


def _half_open(scene: Scene, random: np.random.Generator, *, grid: bool) -> Iterator[Ask | str]:
    """Pairs that statements join, two for each that they do not."""
    if _on_grid(scene) is not grid:
        return
    drawn = list(_pairs(scene, random))
    sure = [pair for pair in drawn if _is_sure(scene, pair)]
    open_ = [pair for pair in drawn if not _is_sure(scene, pair)]
    options = tuple(NINE.values()) if grid else DIAGONALS
    for row, pair in enumerate(sure):
        yield _nine(scene, pair, options)
        yield from (_nine(scene, other, options) for other in open_[row // 2 : row // 2 + row % 2])
    yield from (UNBALANCED for _ in open_[len(sure) // 2 :])


def _is_sure(scene: Scene, pair: tuple[int, int]) -> bool:
    """Whether what is stated says of both axes on which side one lies, or that they are level."""
    parts = difference(scene, *pair)[:2]
    return connected(scene, *pair) and all(each.exact or not each.holds(0.0) for each in parts)


def _nine(scene: Scene, pair: tuple[int, int], options: tuple[str, ...]) -> Ask:
    to, thing = (scene.names[row] for row in pair)
    program = f'direction(the("{thing}"), world(at=the("{to}")), sectors="nine")'
    return Ask(program, _slots(thing, to), options=options)


def _slots(thing: str, to: str) -> dict[str, str]:
    agents = {"agent_a": _agent(thing), "agent_b": _agent(to)}
    return {"a": _called(thing), "b": _called(to), **agents}


def _agent(name: str) -> str:
    return f"the agent {name}" if len(name) == 1 else _called(name)


def _called(name: str) -> str:
    return name if len(name) == 1 or (name[0].isupper() and " " not in name) else f"the {name}"


def _lies(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """That one lies on a side of another: so and not so in turn, where it is stated; and where it is open."""
    drawn = [(pair, *side) for pair in _pairs(scene, random) for side in _SIDES]
    random.shuffle(drawn)
    yes, no, open_ = list[Ask](), list[Ask](), list[Ask]()
    for (to, thing), axis, labels in drawn:
        label = labels[int(random.integers(2))]
        names = scene.names[thing], scene.names[to]
        program = f'relation(the("{names[0]}"), the("{names[1]}"), world(), axis="{axis}") == "{label}"'
        ask = Ask(program, {**_slots(*names), "side": _SAID[label]})
        part = difference(scene, to, thing)[0 if axis == "right" else 1]
        if part.holds(0.0) and not part.exact:
            open_.append(ask)
        else:
            (yes if (part.low >= 0) == (label in ("right", "above")) and not part.holds(0.0) else no).append(
                ask
            )
    told = 0
    for each in in_turn(random, yes, no):
        yield each
        told += isinstance(each, Ask)
        due = isinstance(each, Ask) and told % 4 == 0
        yield from open_[told // 4 - 1 : told // 4] if due else ()
    yield from (UNBALANCED for _ in open_[told // 4 :])


def _sides(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    """On which of two sides one lies of another, in a story that tells it of some."""
    pairs = list(_pairs(scene, random))
    told = (part for pair in pairs for part in difference(scene, *pair)[:2])
    if all(part.holds(0.0) and not part.exact for part in told):
        return
    for to, thing in pairs:
        axis, labels = _SIDES[int(random.integers(2))]
        names = scene.names[thing], scene.names[to]
        program = f'relation(the("{names[0]}"), the("{names[1]}"), world(), axis="{axis}")'
        yield Ask(program, _slots(*names), options=labels, form=0 if axis == "right" else 1)


def _told_or_open(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """On which of two sides one lies of another: where it is stated, and where it is open, in turn."""
    sure, open_ = list[Ask](), list[Ask]()
    for to, thing in _pairs(scene, random):
        axis, labels = _SIDES[int(random.integers(2))]
        names = scene.names[thing], scene.names[to]
        program = f'relation(the("{names[0]}"), the("{names[1]}"), world(), axis="{axis}")'
        ask = Ask(program, _slots(*names), options=labels, form=0 if axis == "right" else 1)
        part = difference(scene, to, thing)[0 if axis == "right" else 1]
        (open_ if part.holds(0.0) else sure).append(ask)
    yield from in_turn(random, sure, open_)


def _homes(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    """In which block or room one is, whose name does not tell."""
    for kind in HOMES:
        homes = tuple(name for name, label in zip(scene.names, scene.labels) if label == kind)
        rows = [row for row in _objects(scene) if not any(home in scene.names[row] for home in homes)]
        for row in random.permutation(len(rows)) if len(homes) > 1 else ():
            name = scene.names[rows[int(row)]]
            program = f'{{b for b in all("{kind}") if inside(the("{name}"), b)}}'
            yield Ask(program, {"a": _called(name), "home": kind}, options=homes)


FAMILIES: Final = (
    Family(
        name="full_relation",
        code="L1",
        about="on which sides of another a thing of a story lies, along both axes",
        kind="choice",
        templates=(
            "What is the position of {a} relative to {b}?",
            "Where is {a} relative to {b}?",
        ),
        asks=partial(_half_open, grid=False),
        needs=("page", "differences"),
        frame="map",
        shown="words",
        abstains=OPEN,
        withheld="ambiguous",
    ),
    Family(
        name="story_yes_no",
        code="L2",
        about="whether a thing of a story lies on a side of another",
        kind="yes_no",
        templates=("Is {a} {side} {b}?",),
        asks=_lies,
        needs=("page", "differences"),
        frame="map",
        shown="words",
        abstains=OPEN,
        withheld="ambiguous",
    ),
    Family(
        name="story_compare",
        code="L2",
        about="on which of two sides of another a thing of a story lies",
        kind="choice",
        templates=("Is {a} to the left or to the right of {b}?", "Is {a} above or below {b}?"),
        asks=_sides,
        needs=("page", "differences"),
        frame="map",
        shown="words",
        abstains=OPEN,
        withheld="ambiguous",
    ),
    Family(
        name="abstain_text_unknown",
        code="G5",
        about="on which of two sides a thing of a story lies, half of the time left open by the statements",
        kind="choice",
        templates=("Is {a} to the left or to the right of {b}?", "Is {a} above or below {b}?"),
        asks=_told_or_open,
        needs=("page", "differences"),
        frame="map",
        shown="words",
        abstains=OPEN,
        withheld="ambiguous",
    ),
    Family(
        name="membership",
        code="L3",
        about="in which block or room a thing of a story is",
        kind="choice",
        templates=("In which {home} is {a}?", "Which {home} is {a} in?"),
        asks=_homes,
        needs=("page", "differences", "rooms"),
        shown="words",
        abstains=OPEN,
        withheld="ambiguous",
    ),
    Family(
        name="multi_hop",
        code="L4",
        about="how one letter of a story lies to another, step by step on a grid",
        kind="choice",
        templates=(
            "What is the relation of {agent_a} to {agent_b}?",
            "Where is {a} relative to {b}?",
            "Which way is {a} from {b}?",
        ),
        asks=partial(_half_open, grid=True),
        needs=("page", "differences"),
        frame="map",
        shown="words",
        abstains=OPEN,
        withheld="ambiguous",
    ),
)
