"""What is told from a pose that is imagined: a thing's own, or that of who stands somewhere and turns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from allocentric.questions.families.measures import bearing_rad
from allocentric.questions.families.pictures import asked_of, called, drawn, moment, unseen
from allocentric.questions.families.reasons import NO_FRONT, closer_than, differ_by_less, not_within
from allocentric.questions.families.things import first, fronted, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured
from allocentric.words import a_list

FOUR: Final = ("front", "left", "back", "right")
QUADRANTS: Final = ("front-left", "front-right", "back-left", "back-right")
LEAST_M: Final = 0.5
MOST_M: Final = 8.0
APART_RAD: Final = math.radians(30)
MOST_ASKED: Final = 2_000
ORDERS: Final = 4


def _of_fronts(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """A thing with a front, and another that the same picture shows."""
    fronts = fronted(scene)
    for view, (of, to) in drawn(scene, random, 2):
        if of not in fronts:
            yield NO_FRONT
            continue
        a, b = scene.labels[of], scene.labels[to]
        program = f'direction(the("{b}"), of(the("{a}")), sectors="quadrants")'
        yield Ask(program, {"a": a, "b": b}, QUADRANTS, views=(view.id,), changes=moment(scene, view))


def _locations(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    """Which of the things that a picture does not show is nearest to where it was taken."""
    for view, rows in drawn(scene, random, 4, of=unseen, ordered=False):
        names = tuple(scene.labels[row] for row in rows)
        listed = ", ".join(f'all("{each}")' for each in names)
        slots = {"options": ", ".join(names), "v": called(view)}
        program = f"nearest([{listed}], to={asked_of(view)})"
        yield Ask(program, slots, names, views=(view.id,), changes=moment(scene, view))


def _ahead(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Which of three things is most directly ahead of who stands at one and faces another."""
    rows = unique(scene)
    for at, facing, *others in first(shuffled_tuples(len(rows), 5, random), MOST_ASKED):
        here, there = scene.centers[rows[at]], scene.centers[rows[facing]]
        if not _fits(scene, rows, (at, facing, *others)):
            yield not_within(LEAST_M, MOST_M)
            continue
        off = sorted(abs(bearing_rad(here, there, scene.centers[rows[each]])) for each in others)
        if off[0] > math.pi / 4 or off[1] < math.pi / 4:
            yield "not the only one within 45 degrees of straight ahead"
            continue
        names = tuple(scene.labels[rows[each]] for each in others)
        a, b = scene.labels[rows[at]], scene.labels[rows[facing]]
        listed = ", ".join(f'the("{each}")' for each in names)
        program = f'least([{listed}], by=off_axis(frame=standing(at=the("{a}"), facing=the("{b}"))))'
        slots = {"at": a, "facing": b, "options": a_list([f"the {each}" for each in names], last="or")}
        yield Ask(program, slots, names)


def _fits(scene: Scene, rows: Sequence[int], places: Sequence[int]) -> bool:
    """Whether all are apart on the plan, and not too far, from the first."""
    at = scene.centers[rows[places[0]], :2]
    away = [float(np.linalg.norm(scene.centers[rows[each], :2] - at)) for each in places[1:]]
    return min(away) >= LEAST_M and max(away) <= MOST_M


def _turning(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """In which order things are passed by who turns in place; 30 degrees apart, and off the first heading."""
    rows = unique(scene)
    for at, facing, *others in first(shuffled_tuples(len(rows), 5, random), MOST_ASKED):
        here, there = scene.centers[rows[at]], scene.centers[rows[facing]]
        if not _fits(scene, rows, (at, facing, *others)):
            yield not_within(LEAST_M, MOST_M)
            continue
        turned = sorted(bearing_rad(here, there, scene.centers[rows[each]]) % math.tau for each in others)
        gaps = np.diff([0.0, *turned, math.tau])
        if gaps.min() < APART_RAD:
            yield differ_by_less(math.degrees(APART_RAD), "degrees")
            continue
        names = [scene.labels[rows[each]] for each in others]
        way = ("left", "right")[int(random.integers(2))]
        a, b = scene.labels[rows[at]], scene.labels[rows[facing]]
        listed = ", ".join(f'the("{each}")' for each in names)
        frame = f'standing(at=the("{a}"), facing=the("{b}"))'
        program = f'order([{listed}], by=bearing(frame={frame}, turning="{way}"))'
        slots = {"at": a, "facing": b, "way": way, "options": a_list([f"the {each}" for each in names])}
        yield Ask(program, slots, orders_of(names, random))


def orders_of(names: Sequence[str], random: np.random.Generator) -> tuple[str, ...]:
    """Every order of three names, or as many random ones as are asked for, as texts."""
    met = dict[str, None]()
    while len(met) < math.factorial(len(names)) and len(met) < 24:
        met[", ".join(names[int(each)] for each in random.permutation(len(names)))] = None
    return tuple(met)


def some_orders(ask: Ask, found: Measured, random: np.random.Generator) -> tuple[str, ...]:
    """The right order, and others of the ask's options."""
    right = ", ".join(str(each) for each in found.value)  # type: ignore[union-attr]
    others = [each for each in ask.options if each != right]
    return (right, *(others[int(each)] for each in random.permutation(len(others))[: ORDERS - 1]))


def _imagined(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Where the camera is for who stands at one thing of its picture and faces another."""
    for view, (at, facing) in drawn(scene, random, 2):
        a, b = scene.labels[at], scene.labels[facing]
        program = f'direction({asked_of(view)}, standing(at=the("{a}"), facing=the("{b}")), sectors="four")'
        slots = {"at": a, "facing": b, "v": called(view)}
        if np.linalg.norm((scene.centers[at] - scene.centers[facing])[:2]) < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        yield Ask(program, slots, FOUR, views=(view.id,), changes=moment(scene, view))


def _family(
    name: str, code: str, about: str, *, templates: tuple[str, ...], asks: Any, **more: Any
) -> Family:
    held: dict[str, Any] = {
        "kind": "choice",
        "needs": ("things", "views"),
        "frame": "observer",
        "shown": "picture",
        **more,
    }
    return Family(name=name, code=code, about=about, templates=templates, asks=asks, **held)


FAMILIES: Final = (
    _family(
        "perspective_taking",
        "E8",
        "in which quadrant a thing of a picture is from another's own point of view",
        templates=(
            "From the point of view of the {a}, in which quadrant is the {b}?",
            "From the {a}'s own point of view, in which quadrant is the {b}?",
            "Going by the {a}'s own front, in which quadrant is the {b}?",
        ),
        asks=_of_fronts,
        needs=("things", "fronts", "views"),
        frame="object",
    ),
    _family(
        "location_to_view",
        "E10",
        "which of some things who stands somewhere, facing something, has before him",
        templates=(
            "Standing by the {at} and facing the {facing}, which is most directly ahead of me: {options}?",
            "If I am standing by the {at} and facing the {facing}, which is most directly in front of me: "
            "{options}?",
            "I am standing by the {at}, facing the {facing}. Which is most directly ahead of me: {options}?",
        ),
        asks=_ahead,
        needs=("things",),
        shown="scene",
    ),
    _family(
        "view_to_location",
        "E10",
        "which of the things that a picture does not show is nearest to where it was taken",
        templates=(
            "Which of these objects ({options}) is nearest to where picture {v} was taken?",
            "Which of these is the closest to the camera of picture {v}: {options}?",
            "Which of these objects ({options}) is nearest to the camera of picture {v}?",
        ),
        asks=_locations,
        frame="camera",
    ),
    _family(
        "mental_scene_rotation",
        "E11",
        "in which order things are seen by who turns in place",
        templates=(
            "Standing by the {at} and facing the {facing}, I turn to the {way}. "
            "In which order do I see {options}?",
            "Standing by the {at}, facing the {facing} and turning {way}, "
            "in which order do I pass {options}?",
            "I am standing by the {at}, facing the {facing}, and turn {way}. "
            "In which order do I see {options}?",
        ),
        asks=_turning,
        offer=some_orders,
        needs=("things",),
        shown="scene",
    ),
    _family(
        "spatial_imagination",
        "E12",
        "where the camera is for who stands at one thing of its picture and faces another",
        templates=(
            "Standing by the {at} and facing the {facing}, where is the camera of picture {v}?",
            "If I am standing by the {at} and facing the {facing}, is the camera of picture {v} "
            "in front, behind, on the left or on the right?",
            "Standing by the {at} and facing the {facing}, is the camera of picture {v} "
            "to my left, right, front or back?",
        ),
        asks=_imagined,
    ),
)
