"""In which room a thing is, and whether two are in the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely

from allocentric.questions.families.measures import OPTIONS, in_turn
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Footprint, Scene

LEAST_M: Final = 0.15
MOST_DRAWN: Final = 2_000


def _homes(scene: Scene) -> dict[int, int]:
    """The room that each thing is in, of things well inside of one; rooms of one name are left out."""

    def made() -> dict[int, int]:
        held = dict[int, int]()
        rooms = _rooms(scene)
        points = shapely.points(scene.centers[:, :2])
        for room, outline in rooms.items():
            inside = shapely.contains(outline, points) & (
                shapely.distance(outline.boundary, points) >= LEAST_M / scene.scale.high
            )
            held |= {row: room for row in unique(scene) if inside[row]}
        return held

    return scene.cached("rooms of things", made)


def _homeless(scene: Scene) -> Iterator[str]:
    """A reason for each thing that is not well inside of one room."""
    reason = f"in no room, or {closer_than(LEAST_M)} to its edge"
    yield from (reason for _ in range(len(unique(scene)) - len(_homes(scene))))


def _rooms(scene: Scene) -> dict[int, shapely.Polygon]:
    return {
        row: shape.polygon
        for row, shape in enumerate(scene.shapes)
        if scene.kinds[row] == "region"
        and isinstance(shape, Footprint)
        and scene.labels.count(scene.labels[row]) == 1
    }


def _where(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    homes, rooms = _homes(scene), sorted(_rooms(scene))
    yield from _homeless(scene)
    held = sorted(homes)
    for place in random.permutation(len(held)) if len(rooms) > 1 else ():
        row = held[int(place)]
        others = [scene.labels[each] for each in rooms if each != homes[row]]
        random.shuffle(others)
        options = (scene.labels[homes[row]], *others[: OPTIONS - 1])
        thing = scene.labels[row]
        yield Ask(
            f'{{t for t in all("room") if inside(the("{thing}"), t)}}', {"thing": thing}, options=options
        )


def _inside(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    homes, rooms = _homes(scene), sorted(_rooms(scene))
    yield from _homeless(scene)
    held = sorted(homes)

    def asked(is_there: bool) -> Iterator[Ask]:
        for place in random.permutation(len(held)) if len(rooms) > 1 else ():
            row = held[int(place)]
            others = [each for each in rooms if each != homes[row]]
            room = homes[row] if is_there else others[int(random.integers(len(others)))]
            thing, name = scene.labels[row], scene.labels[room]
            yield Ask(f'inside(the("{thing}"), the("{name}"))', {"thing": thing, "room": name})

    yield from in_turn(random, asked(True), asked(False))


def _together(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    homes = _homes(scene)
    yield from _homeless(scene)
    held = sorted(homes)
    pairs = [
        (held[one], held[other])
        for one, other in first(shuffled_tuples(len(held), 2, random, ordered=False), MOST_DRAWN)
    ]

    def asked(same: bool) -> list[Ask]:
        return [_share(scene, pair) for pair in pairs if (homes[pair[0]] == homes[pair[1]]) == same]

    yield from in_turn(random, asked(True), asked(False))


def _share(scene: Scene, pair: tuple[int, int]) -> Ask:
    a, b = (scene.labels[row] for row in pair)
    both = f'inside(the("{a}"), r) and inside(the("{b}"), r)'
    return Ask(f'exists({{r for r in all("room") if {both}}})', {"a": a, "b": b})


FAMILIES: Final = (
    Family(
        name="region_relation",
        code="C15",
        about="in which room a thing is",
        kind="choice",
        templates=(
            "In which room is the {thing}?",
            "Which room is the {thing} in?",
            "In what room can I find the {thing}?",
        ),
        asks=_where,
        needs=("things", "rooms"),
        frame="map",
    ),
    Family(
        name="in_region",
        code="C15",
        about="whether a thing is in a room",
        kind="yes_no",
        templates=(
            "Is the {thing} in the {room}?",
            "Is the {thing} inside the {room}?",
            "Does the {room} contain the {thing}?",
        ),
        asks=_inside,
        needs=("things", "rooms"),
        frame="map",
    ),
    Family(
        name="same_region",
        code="C15",
        about="whether two things are in the same room",
        kind="yes_no",
        templates=(
            "Are the {a} and the {b} in the same room?",
            "Is the {a} in the same room as the {b}?",
            "Do the {a} and the {b} share a room?",
        ),
        asks=_together,
        needs=("things", "rooms"),
        frame="map",
    ),
)
